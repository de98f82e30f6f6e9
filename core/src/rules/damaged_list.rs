//! Lists that a converter or a missing blank line damaged.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Item;
use crate::role::{Mark, Role, Syntax};
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;
use memchr::memmem;

mod bullets;
mod indents;
mod labels;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "damaged-list",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A list has escaped checkboxes, bullets that Markdown does not recognize, items that run together on one line, or a paragraph or a label that becomes part of its last item.",
    why: "Converters escape the brackets of checkboxes and join the lines of a list. `\\[ ]` is then plain text that the model copies, and `Rules: - Read. - Write.` is one sentence with dashes. A line right below a list, with no blank line between them, belongs to the last item: what should apply to the whole role then applies to that item only. Such a line is reported only if the list indents the continuation lines of its items. So does a bold label right above the next list, which then lacks its label. Lines that begin with `•` form a single paragraph, and an item with one space of indentation too few belongs to the outer list.",
    example: Example {
        path: "roles/clerk.md",
        bad: "# Clerk\n\nBefore you answer:\n\n- \\[ ] Read the letter.\n- \\[ ] Look up the sender.\n",
        at: "\\[ ]",
        good: "# Clerk\n\nBefore you answer:\n\n- [ ] Read the letter.\n- [ ] Look up the sender.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let found = escaped(role).into_iter().chain(flattened(role)).chain(swallowed(role));
    let found = found.chain(bullets::check(role)).chain(labels::check(role));
    let found = found.chain(indents::check(role));
    for finding in found.collect::<Vec<_>>() {
        cx.report(finding);
    }
}

/// Reports checkboxes with escaped brackets, as one finding.
fn escaped(role: &Role<'_>) -> Option<Finding> {
    let boxes = role.body_marks(Mark::Backslash).iter();
    let boxes: Vec<Span> = boxes.filter_map(|at| check_box(role, *at)).collect();
    let (first, rest) = boxes.split_first()?;
    let unescaped = |span: &Span| (*span, span.of(role.text).replace('\\', ""));
    let finding = Finding::new(*first, "Escaped checkbox in a list")
        .and_more(rest.len())
        .labels(rest.iter().copied(), "also here")
        .reason("The model sees and copies the backslash, and no checkbox is displayed.");
    Some(finding.safe_fix("Remove the backslashes", boxes.iter().map(unescaped).collect()))
}

/// The checkbox at a backslash that starts the text of a list item.
fn check_box(role: &Role<'_>, start: usize) -> Option<Span> {
    let rest = role.text.get(start..)?;
    let inner = rest.strip_prefix("\\[")?.strip_prefix([' ', 'x', 'X'])?;
    let after = inner.strip_prefix("\\]").or_else(|| inner.strip_prefix(']'))?;
    if !after.starts_with([' ', '\t']) {
        return None;
    }
    let line = role.line_at(start);
    let mark = Span::new(line.start, start).of(role.text);
    let opens = item_text(mark).is_some_and(str::is_empty);
    let span = Span::new(start, start + rest.len() - after.len());
    (opens && role.outline.code_at(start).is_none()).then_some(span)
}

/// Reports lists whose items were joined to one line with their lead-in, as one finding.
fn flattened(role: &Role<'_>) -> Option<Finding> {
    let body = role.body.of(role.text).as_bytes();
    let leads_in = |at: &usize| {
        body.get(..*at).is_some_and(|before| before.ends_with(b":") || before.ends_with(b":**"))
    };
    let dashes = memmem::find_iter(body, " - ").filter(leads_in);
    let mut places: Vec<Span> = Vec::new();
    let mut end = 0;
    for dash in dashes.map(|at| role.body.start + at + 1) {
        // Items of an earlier lead-in were already read with it.
        if dash < end {
            continue;
        }
        let (place, behind) = joined_items(role, dash);
        end = behind;
        places.extend(place);
    }
    let (first, rest) = places.split_first()?;
    let finding = Finding::new(*first, "List items run together on one line")
        .and_more(rest.len())
        .labels(rest.iter().copied(), "also here")
        .reason("Markdown reads them as one sentence with dashes, not as a list.");
    Some(finding.help(match role.within {
        Some(Syntax::Yaml) => {
            "Put each item on its own line, and start the value with `|` to keep the line breaks."
        }
        _ => "Put each item on its own line.",
    }))
}

/// The line from its first dash on, if at least three items follow, and the end of its paragraph.
fn joined_items(role: &Role<'_>, dash: usize) -> (Option<Span>, usize) {
    let text = role.text;
    let first = role.line_at(dash);
    let shown = Span::new(dash, first.end);
    let mut end = first.end;
    let mut has_list = false;
    let next = role.lines().partition_point(|start| *start <= dash);
    for start in role.lines().get(next..).unwrap_or(&[]) {
        let line = role.line_at(*start);
        let inner = line.of(text);
        let item = item_text(inner).is_some();
        has_list = item && inner.starts_with([' ', '\t']);
        if item || inner.trim().is_empty() || inner.trim_start().starts_with(['#', '`', '~']) {
            break;
        }
        end = line.end;
    }
    let paragraph = Span::new(first.start, end).of(text);
    let items = Span::new(dash, end).of(text);
    let dashes = memmem::find_iter(items.as_bytes(), " - ");
    let more = dashes.filter(|at| separates_items(items, *at)).take(2).count();
    let is_one = more == 2
        && begins_item(items.get(2..).unwrap_or(""))
        && !has_list
        && !is_marked_up(paragraph)
        && role.outline.code_at(dash).is_none()
        && !role.outline.is_html(dash);
    (is_one.then_some(shown), end)
}

/// Whether a dash with spaces around it is between a word or a punctuation mark and the beginning
/// of an item.
fn separates_items(text: &str, blank: usize) -> bool {
    let before = text.get(..blank).unwrap_or("");
    let after = text.get(blank + 3..).unwrap_or("");
    !before.ends_with(char::is_whitespace) && begins_item(after)
}

fn begins_item(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '"' | '*'))
}

/// Whether the text has columns or tags, which follow other rules.
fn is_marked_up(text: &str) -> bool {
    let is_tag = |at: usize| {
        let next = text.as_bytes().get(at + 1);
        next.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/' || *byte == b'!')
    };
    text.contains('|') || memchr::memchr_iter(b'<', text.as_bytes()).any(is_tag)
}

/// Paragraphs that become part of the last item of a list because there is no blank line before
/// them.
fn swallowed(role: &Role<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut outer: Option<Vec<&Item>> = None;
    let mut last_item = usize::MAX;
    if role.outline.items.is_empty() {
        return found;
    }
    for (above, line) in may_be_inside(role) {
        if !may_be_swallowed(role.text, above, line) {
            continue;
        }
        let outer = outer.get_or_insert_with(|| {
            role.outline.items.iter().filter(|item| item.depth == 0).collect()
        });
        let index = outer.partition_point(|item| item.span.start < line.start);
        let Some(index) = index.checked_sub(1).filter(|index| *index != last_item) else {
            continue;
        };
        let Some(item) = outer.get(index).filter(|item| item.span.end > line.start) else {
            continue;
        };
        last_item = index;
        if is_last(role, outer, index) && ends_alone(role, line) && indents(role.text, outer, index)
        {
            found.push(finding(role, item, line));
        }
    }
    found
}

fn finding(role: &Role<'_>, item: &Item, line: Span) -> Finding {
    let edit = (Span::at(line.start), String::from(role.line_end()));
    Finding::new(line, "Paragraph becomes part of the list item above")
        .label(role.line_at(item.span.start), "becomes part of this item")
        .reason("Without a blank line between them, it applies to that item only.")
        .safe_fix("Insert a blank line", Vec::from([edit]))
}

/// The lines that may begin a sentence, each with the line above, which may be in a list item; both
/// are recognized by their first byte.
fn may_be_inside<'r>(role: &'r Role<'_>) -> impl Iterator<Item = (Span, Span)> + 'r {
    let byte = move |at: usize| role.text.as_bytes().get(at).copied().unwrap_or(b'\n');
    let begins = |head: u8| matches!(head, b'A'..=b'Z' | b'*' | b'"' | b'`');
    let is_inside = |head: u8| matches!(head, b' ' | b'\t' | b'-' | b'*' | b'+' | b'0'..=b'9');
    let lines = role.lines().windows(2).zip(role.heads().iter().skip(1));
    let lines = lines.filter(move |(_, head)| begins(**head));
    let lines = lines.filter_map(move |(lines, head)| match lines {
        [above, line] if byte(*line) == *head && is_inside(byte(*above)) => Some((*above, *line)),
        _ => None,
    });
    let lines = lines.filter(move |(above, _)| *above >= role.body.start);
    lines.map(move |(above, line)| (role.line_at(above), role.line_at(line)))
}

/// Whether a line that begins a sentence follows the end of a sentence that is in a list item.
fn may_be_swallowed(text: &str, before: Span, line: Span) -> bool {
    let before = before.of(text);
    let ends = before.trim_end().ends_with(['.', '!', '?', ')', '`', '"', '*']);
    let is_inside = before.starts_with([' ', '\t']) || item_text(before).is_some();
    let words = line.of(text).trim_start_matches(['*', '"', '`']);
    let marks = line.len() - words.len();
    let is_text = words.starts_with(|c: char| c.is_ascii_alphanumeric());
    ends && is_inside && is_text && (marks < 3 || text.as_bytes().get(line.start) == Some(&b'*'))
}

/// Whether the item at `index` is the last of its list.
fn is_last(role: &Role<'_>, outer: &[&Item], index: usize) -> bool {
    let (Some(item), next) = (outer.get(index), outer.get(index + 1)) else { return false };
    next.is_none_or(|next| {
        let between = role.text.get(item.span.end..next.span.start).unwrap_or("");
        !between.trim().is_empty()
    })
}

/// Whether the rest of the paragraph contains neither an item nor an underline: after a blank line,
/// it would become a separate list or a heading.
fn ends_alone(role: &Role<'_>, line: Span) -> bool {
    let next = role.lines().partition_point(|start| *start <= line.start);
    let rest = role.lines().get(next..).unwrap_or(&[]).iter().map(|start| role.line_at(*start));
    let mut rest = rest.map(|line| line.of(role.text)).take_while(|line| !line.trim().is_empty());
    rest.all(|line| item_text(line).is_none() && !line.starts_with([' ', '\t', '-', '=', '>', '|']))
}

/// Whether any item of the list, up to the item at `index`, has an indented line of text.
fn indents(text: &str, outer: &[&Item], index: usize) -> bool {
    let mut following: Option<&Item> = None;
    for item in outer.get(..=index).unwrap_or(&[]).iter().rev() {
        let end = following.map_or(item.span.end, |next| next.span.start);
        let between = text.get(item.span.end..end).unwrap_or("");
        if !between.trim().is_empty() {
            return false;
        }
        let more = item.span.of(text).split('\n').skip(1);
        if more.into_iter().any(is_indented_text) {
            return true;
        }
        following = Some(item);
    }
    false
}

fn is_indented_text(line: &str) -> bool {
    let inner = line.trim_start_matches([' ', '\t']);
    inner.len() < line.len()
        && item_text(inner).is_none()
        && inner.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '"' | '(' | '['))
}

/// The text after the marker of a list item.
fn item_text(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t']);
    let rest = match line.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == line.len() {
                return None;
            }
            rest.strip_prefix(['.', ')'])?
        }
    };
    rest.starts_with([' ', '\t']).then(|| rest.trim_start_matches([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("damaged-list", "roles/a.md", text)
    }

    #[test]
    fn escaped_check_boxes_are_one_finding() {
        let text = "* \\[ ] a\r\n* \\[x\\] b\r\n  1. \\[ \\] c\r\n";
        assert_eq!(check(text), ["1:3-1:7 info Escaped checkbox in a list (3 places)"]);
        assert_eq!(fixed("roles/a.md", text), "* [ ] a\r\n* [x] b\r\n  1. [ ] c\r\n");
    }

    #[test]
    fn brackets_in_code_links_and_sentences_are_left_alone() {
        for text in [
            "- Write \\[ ] for a box.\n",
            "- `\\[ ]` is a box.\n",
            "```\n- \\[ ] a\n```\n",
            "\\[ ] a\n",
            "- \\[a] b\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn items_joined_to_one_line_are_found() {
        let text = "1. **Proof**: - Ask for the log - \"Did you\n   run it?\" - Stop there\n\n2. **Form:** - **A**: one - **B**: two - C\n";
        assert_eq!(check(text), ["1:15-1:43 info List items run together on one line (2 places)"]);
    }

    #[test]
    fn dashes_that_are_no_items_are_left_alone() {
        for text in [
            "Order: - A - B\n",
            "Order: - a - b - c - d\n",
            "| Order: - A | - B - C - D |\n",
            "<p>Order: - A - B - C</p>\n",
            "Say: `x: - A - B - C`.\n",
            "- Order: - A - B - C\n  - D\n",
            "Order:\n- A\n- B\n- C\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_paragraph_below_an_indented_list_is_set_apart() {
        let text = "- Read the letter,\r\n  all of it.\r\n- Answer it.\r\nNever promise\r\nanything.\r\n\r\nEnd.\r\n";
        assert_eq!(check(text), ["4:1-4:14 info Paragraph becomes part of the list item above"]);
        assert_eq!(
            fixed("roles/a.md", text),
            "- Read the letter,\r\n  all of it.\r\n- Answer it.\r\n\r\nNever promise\r\nanything.\r\n\r\nEnd.\r\n"
        );
    }

    #[test]
    fn lines_that_may_belong_to_their_item_are_left_alone() {
        let list = "- Read the letter,\n  all of it.\n";
        for end in [
            "- Answer\nEva.\n",
            "- Answer it.\nNever promise.\n- Send it.\n",
            "- Answer it.\nnever promise.\n",
            "- Answer it.\n\nNever promise.\n",
            "- Answer it.\n## Rules\n",
            "- Answer it.\n```\nx\n```\n",
            "- Answer it.\n***\n",
            "- Answer it.\nRules\n===\n",
            "- Answer it.\n  Never promise.\n",
        ] {
            let text = [list, end].concat();
            assert_eq!(check(&text), [""; 0], "{text}");
        }
        assert_eq!(check("- Read it.\n- Answer it.\nNever promise.\n"), [""; 0]);
    }
}
