//! Placeholder lines that were never filled in.

use super::escaped_fence::escaped_blocks;
use super::host_placeholder::is_argument;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Host;
use crate::markdown::Reader;
use crate::role::{Mark, Role};
use crate::template::Expanded;
use crate::text::{Span, after_beginning};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

mod generated;
mod stand_ins;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unfilled-placeholder",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A line of the prompt is a placeholder that was never filled in.",
    why: "A role made from a template may keep lines such as a bare TODO, `[Insert the name of the product]` or `*(Placeholder - to be filled)*`, and notes for its author such as `<< REQUIRED >>`. A section between the comments of its generator may still say \"Rules not yet established.\" The model reads all this as text: it repeats it, or invents what is missing. Only lines with nothing else on them are reported, because roles often mention such markers; notes in front matter are reported as info.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nReview the change.\n\n[Insert the rules of the team]\n",
        at: "[Insert the rules of the team]",
        good: "# Reviewer\n\nReview the change.\n\nNo function is longer than a screen.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let findings: Vec<Finding> = match cx.template() {
        None => {
            let lines = lines(cx.role.text, starts(cx.role)).into_iter();
            let lines = lines.filter(|line| cx.role.outline.code_at(line.start).is_none());
            let lines: Vec<Span> = lines.collect();
            // A code block with escaped fences is still code.
            let code = if lines.is_empty() { Vec::new() } else { escaped_blocks(cx.role) };
            let in_code = |line: &Span| {
                code.iter().any(|(from, to)| from.start < line.start && line.start < to.start)
            };
            let lines = lines.into_iter().filter(|line| !in_code(line));
            lines.map(|line| finding(line, line.of(cx.role.text))).collect()
        }
        Some(expanded) => in_prompt(expanded, cx.options.markdown),
    };
    let further = unclosed(cx.role).into_iter().chain(notes(cx.role)).chain(braces(cx));
    let further =
        further.chain(stand_ins::of_plugin(cx.role)).chain(stand_ins::of_servers(cx.role));
    let further =
        further.chain(generated::of_sections(cx.role)).chain(generated::of_items(cx.role));
    let further = further.chain(generated::of_dates(cx.role));
    for finding in findings.into_iter().chain(further) {
        cx.report(finding);
    }
}

/// The only `{{name}}` in a role for a host that does not fill in such placeholders: a build left
/// it there. Several names make a form, which the model fills in.
fn braces(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    let fills_in = |host: &Host| host.placeholders.iter().any(|it| it.form.starts_with("{{"));
    if !role.has_directives || cx.place().is_none_or(fills_in) {
        return None;
    }
    let body = role.body.of(role.text);
    let mut places = memchr::memmem::find_iter(body.as_bytes(), "{{");
    let (Some(at), None) = (places.next(), places.next()) else { return None };
    let start = role.body.start + at;
    let (name, behind) = role.text.get(start + 2..)?.split_once("}}")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let line = role.line_at(start).of(role.text);
    let before = role.text.get(..start)?;
    let is_used = before.ends_with(['$', '{', '/', '"', '\'', '`', '=']) || behind.starts_with('}');
    let speaks = ["variable", "placeholder", "replace", "fill", "template"];
    let lower = line.to_ascii_lowercase();
    let is_meant =
        line.contains(['"', '“', '|', '<']) || speaks.iter().any(|word| lower.contains(word));
    let is_field = line.trim_end().ends_with("}}") && line.contains(": {{");
    let is_text = role.outline.code_at(start).is_none() && !body.contains("{%");
    let span = Span::new(start, start + name.len() + 4);
    let alone = line.trim() == span.of(role.text);
    let is_argument = is_argument(cx, name);
    (is_name && is_text && !is_used && !is_meant && !is_field && !is_argument).then(|| {
        let found = finding(span, span.of(role.text));
        if alone { found } else { found.severity(Severity::Info) }
    })
}

/// Notes to the author that a template left in a role: `<< REQUIRED >>`. One finding for all notes
/// in the prompt, and one for all notes in the front matter.
fn notes(role: &Role<'_>) -> Vec<Finding> {
    let text = role.text;
    let note = |&at: &usize| {
        let rest = text.get(at..)?.strip_prefix("<<")?;
        let rest = rest.get(..rest.floor_char_boundary(80))?;
        // In a comment in the front matter, the end of the line closes a note too.
        let is_comment = at < role.body.start && text.get(..at)?.ends_with("# ");
        let close = rest.find(">>");
        let line = is_comment.then(|| rest.find(['\r', '\n'])).flatten();
        let (end, behind) = match (close, line) {
            (Some(close), line) if line.is_none_or(|line| close < line) => (close, 2),
            (_, line) => (line?, 0),
        };
        let inner = rest.get(..end)?;
        let words = inner.trim();
        // A heredoc or a redirection has a space on at most one side.
        let is_even = behind == 0 || inner.starts_with(' ') == inner.ends_with(' ');
        let is_note = is_even
            && words.len() > 2
            && words.starts_with(|c: char| c.is_ascii_uppercase())
            && words.chars().all(|c| c.is_ascii_uppercase() || matches!(c, ' ' | ',' | '-' | '/'));
        let span = Span::new(at, at + 2 + end + behind);
        (is_note && role.outline.code_at(at).is_none()).then_some(span)
    };
    let found = role.marks(Mark::Less).iter().filter_map(note);
    let (front_matter, prompt): (Vec<Span>, Vec<Span>) =
        found.partition(|span| span.start < role.body.start);
    let finding = |spans: Vec<Span>, severity: Severity| {
        let (first, more) = spans.split_first()?;
        let message = format!("Template note: `{}`", first.of(text));
        let finding = Finding::new(*first, message)
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .severity(severity)
            .reason("It is addressed to the author of the role, not to the model.")
            .help("Do what it says, then delete it.");
        Some(finding)
    };
    let prompt = finding(prompt, Severity::Warning);
    prompt.into_iter().chain(finding(front_matter, Severity::Info)).collect()
}

/// Unclosed placeholders at the end of a code span, next to a closed placeholder:
/// `copy <from> <to`.
fn unclosed(role: &Role<'_>) -> Vec<Finding> {
    let marks = role.body_marks(Mark::Less).iter().filter_map(|at| role.outline.code_at(*at));
    let mut code: Vec<Span> = marks.collect();
    code.dedup();
    let code = code.iter().filter(|code| role.outline.fence_at(code.start).is_none());
    let place = |code: &Span| {
        let text = code.of(role.text).trim_end_matches('`');
        let at = text.rfind(" <")? + 1;
        let (before, name) = (text.get(..at)?, text.get(at + 1..)?);
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let closed = before.rfind('<').and_then(|open| before.get(open + 1..)?.split_once('>'));
        let is_closed =
            closed.is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_word));
        (is_closed && !name.is_empty() && name.chars().all(is_word))
            .then(|| Span::new(code.start + at, code.start + text.len()))
    };
    let finding = |span: Span| {
        let edits = Vec::from([(Span::at(span.end), String::from(">"))]);
        let message = format!("Placeholder `{}` is never closed", span.of(role.text));
        Finding::new(span, message)
            .severity(Severity::Info)
            .reason("It is unclear where the placeholder ends.")
            .unsafe_fix("Close it", edits)
    };
    code.filter_map(place).take(20).map(finding).collect()
}

/// The same check for a template, where an include may be inside a code block.
fn in_prompt(expanded: &Expanded, markdown: Reader) -> Vec<Finding> {
    let whole = Span::new(0, expanded.text.len());
    let ends = memchr::memchr_iter(b'\n', expanded.text.as_bytes());
    let lines = lines(&expanded.text, [0].into_iter().chain(ends.map(|end| end + 1)));
    if lines.is_empty() {
        return Vec::new();
    }
    let outline = markdown(&expanded.text, whole);
    let lines = lines.into_iter().filter(|line| outline.code_at(line.start).is_none());
    let finding = |line: Span| {
        let (segment, start) = expanded.origin(line.start)?;
        let span = Span::new(start, start + line.len());
        let path = expanded.files.get(segment.file as usize)?;
        let finding = finding(span, line.of(&expanded.text));
        Some(if segment.file == 0 { finding } else { finding.in_file(path) })
    };
    lines.filter_map(finding).collect()
}

fn finding(span: Span, text: &str) -> Finding {
    Finding::new(span, format!("Unfilled placeholder `{text}`"))
        .reason("The model reads it literally.")
        .help("Replace it with the actual text, or delete the line.")
}

/// The starts of the lines of a body that may contain only a placeholder.
fn starts(role: &Role<'_>) -> impl Iterator<Item = usize> {
    role.body_heads().filter(|(_, head)| may_begin(*head)).map(|(start, _)| start)
}

/// Whether a line that contains only a placeholder may begin with this character.
fn may_begin(head: u8) -> bool {
    matches!(head, b'-' | b'*' | b'_' | b'[' | b'(' | b'<' | b'T' | b'E')
}

/// The lines of `text` at `starts` that contain only a placeholder.
fn lines(text: &str, starts: impl Iterator<Item = usize>) -> Vec<Span> {
    let is_mark = |byte: &u8| matches!(byte, b' ' | b'\t' | b'-' | b'*' | b'_');
    let mut found = Vec::new();
    for start in starts {
        let rest = text.as_bytes().get(start..).unwrap_or(&[]);
        // The first letter rules out most lines.
        let mut bytes = rest.iter();
        let first = bytes.find(|byte| !is_mark(byte));
        let second = bytes.next();
        let may_be = match first {
            Some(b'[' | b'(') => true,
            Some(b'<') => second == Some(&b'!'),
            Some(b'T') => matches!(second, Some(b'O' | b'B')),
            Some(b'E') => second == Some(&b'x'),
            _ => false,
        };
        if may_be {
            let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let item = rest.get(blanks..).is_some_and(|rest| rest.starts_with(b"- "));
            let line = Span::new(start + blanks + 2 * usize::from(item), start + length);
            let line = Span::new(line.start, line.start + line.of(text).trim_end().len());
            if is_placeholder(line.of(text)) || stand_ins::is_unwritten(text, line) {
                found.push(line);
            }
        }
    }
    found
}

fn is_placeholder(line: &str) -> bool {
    matches!(line, "TODO" | "TODO:" | "TBD" | "TBD:" | "TBD.") || is_order(line) || is_remark(line)
}

/// `[Insert the name of the product]`.
fn is_order(line: &str) -> bool {
    let inner = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let opens = ["Insert ", "insert ", "Your ", "your "].iter().any(|o| inner.starts_with(o));
        opens && inner.len() <= 120 && !inner.contains(['[', ']'])
    })
}

/// The beginnings of bracketed remarks that represent text to come.
const REMARKS: [&str; 10] = [
    "placeholder",
    "to be filled",
    "to be completed",
    "to be added",
    "to be determined",
    "to be written",
    "to be defined",
    "content to be",
    "tbd",
    "coming soon",
];

/// `*(Placeholder - to be filled)*`, possibly as a list item.
fn is_remark(line: &str) -> bool {
    let stress = ['*', '_'];
    let bare = line.trim_end_matches('.').trim_matches(stress);
    let inner = bare.strip_prefix(['(', '[']).and_then(|line| line.strip_suffix([')', ']']));
    let Some(inner) = inner.map(|inner| inner.trim_matches(stress)) else { return false };
    let begins = |start: &str| {
        after_beginning(inner, start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    REMARKS.iter().any(|start| begins(start)) && !inner.contains(['[', ']'])
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;
    use crate::input::Input;
    use alloc::collections::BTreeMap;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    fn found(text: &str) -> std::vec::Vec<std::string::String> {
        findings("unfilled-placeholder", "roles/x.md", text)
    }

    #[test]
    fn only_whole_lines_count() {
        assert_eq!(
            found("TBD\r\n\r\n[Your product]\r\n"),
            [
                "1:1-1:4 warning Unfilled placeholder `TBD`",
                "3:1-3:15 warning Unfilled placeholder `[Your product]`"
            ]
        );
        assert!(
            found("Flag TODO comments.\n\n- [Your name](x)\n\nTODO: later\n\n```\nTBD\n```\n")
                .is_empty()
        );
    }

    #[test]
    fn the_only_name_in_braces_is_left_from_a_build() {
        let check = |path: &str, text: &str| findings("unfilled-placeholder", path, text);
        assert_eq!(
            check(".cursorrules", "You write apps.\n\n{{instructions}}\n"),
            ["3:1-3:17 warning Unfilled placeholder `{{instructions}}`"]
        );
        let skill = "---\nname: a\ndescription: Use it\n---\n\n";
        let path = "skills/a/SKILL.md";
        let own = std::format!("{skill}{{{{model}}}} can do more than this.\n");
        assert_eq!(check(path, &own), ["6:1-6:10 info Unfilled placeholder `{{model}}`"]);
        for text in [
            "Reply `Hello {{name}}`.",
            "Say \"Hello {{name}}\".",
            "- Title: {{title}}\n- Owner: {{owner}}",
            "- Title: {{title}}",
            "Replace {{name}} with the name.",
            "Run it in ${{ matrix }}.",
            "Use {{ this }} only inside {% if x %}.",
        ] {
            assert_eq!(check(path, &std::format!("{skill}{text}\n")), [""; 0], "{text}");
        }
        assert_eq!(check("roles/a.md", "{{instructions}}\n"), [""; 0]);
    }

    #[test]
    fn a_prompt_in_an_escaped_code_block_is_passed_on() {
        let text = "Ask for a plan:\n\n\\`\\`\\`ts\nTask(prompt=\"Plan it:\n  [Insert the map here]\n\")\n\\`\\`\\`\n";
        assert_eq!(findings("unfilled-placeholder", "roles/a.md", text), [""; 0]);
    }

    #[test]
    fn a_remark_in_brackets_stands_for_text_to_come() {
        assert_eq!(
            found("## Rules\n\n*(Placeholder - To be filled later)*\n- [TBD]\n"),
            [
                "3:1-3:37 warning Unfilled placeholder `*(Placeholder - To be filled later)*`",
                "4:3-4:8 warning Unfilled placeholder `[TBD]`"
            ]
        );
        assert!(found("- [ ] Placeholder\n\n(Placeholders are kept.)\n- [x]\n").is_empty());
    }

    #[test]
    fn notes_for_the_author_are_found_in_the_front_matter_too() {
        let text = "---\nname: x # << REQUIRED >>\ndescription: b # << REQUIRED >>\n---\n<< REFINED KB GUIDANCE >>\n\n`<< A B >>` cat <<EOF >>x\n";
        assert_eq!(
            found(text),
            [
                "2:11-2:25 info Template note: `<< REQUIRED >>` (2 places)",
                "5:1-5:26 warning Template note: `<< REFINED KB GUIDANCE >>`"
            ]
        );
        let unclosed = "+++\nid = \"x\" # << UPDATED\nn = 1 # x << 2\n+++\n\ncat # << EOF\n";
        assert_eq!(found(unclosed), ["2:12-2:22 info Template note: `<< UPDATED`"]);
    }

    #[test]
    fn a_place_at_the_end_of_code_is_closed_like_the_others() {
        assert_eq!(
            found("Run `copy <FROM> <TO`.\n"),
            ["1:18-1:21 info Placeholder `<TO` is never closed"]
        );
        assert!(found("Run `sort <in`, `a <b> < c`, `Vec<T>` and `if a <b`.\n").is_empty());
    }

    #[test]
    fn a_mark_in_an_included_fence_is_shown_and_not_meant() {
        let files = [("a.md", "Write:\n\n```\nTODO\n```\n\nTBD\n"), ("b.json", "TODO\n")]
            .map(|(path, text)| (path.to_string(), text.to_string()));
        let text = "{{include:a.md}}\n\n{{include:b.json}}\n";
        let report = crate::check(
            &Input::new(text).at("roles/x.md").with_files(&BTreeMap::from(files)),
            &crate::Options::default(),
        );
        let found: Vec<_> =
            report.diagnostics.iter().map(|d| (d.rule, d.path.as_str(), d.span.start)).collect();
        assert_eq!(found, [("unfilled-placeholder", "a.md", 22)]);
    }

    #[test]
    fn included_text_is_judged_in_its_place() {
        assert_eq!(found("{{A:-x}}\n\nTODO:\n"), ["3:1-3:6 warning Unfilled placeholder `TODO:`"]);
    }
}
