//! Tags around a part of a prompt that are opened and not closed, or the reverse.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::Span;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unbalanced-tag",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tag around a part of the prompt has no counterpart.",
    why: "Tags such as `<example>` and `<instructions>` tell the model where a part begins and ends. If the closing tag is missing, the part has no end, and the text that follows reads as if it belonged to it. Only well-known tags on a line of their own are checked.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\n<example>\nThe loop never ends.\n\nReport each fault like this.\n",
        at: "<example>",
        good: "# Reviewer\n\n<example>\nThe loop never ends.\n</example>\n\nReport each fault like this.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Tags that divide a prompt, and nothing else.
const TAGS: [&str; 20] = [
    "example",
    "examples",
    "commentary",
    "instructions",
    "instruction",
    "context",
    "role",
    "rules",
    "constraints",
    "output",
    "output_format",
    "input",
    "task",
    "thinking",
    "background",
    "guidelines",
    "workflow",
    "process",
    "requirements",
    "persona",
];

/// A tag on a separate line.
struct Tag<'t> {
    name: &'t str,
    span: Span,
    opens: bool,
}

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let mut open: Vec<Tag<'_>> = Vec::new();
    // The number of open tags per name, so that a closing tag without an opening tag needs no
    // search.
    let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lost: Vec<Tag<'_>> = Vec::new();
    // The last closing tag of each name.
    let mut closed: BTreeMap<&str, Span> = BTreeMap::new();
    for tag in tags(role) {
        if tag.opens {
            *opened.entry(tag.name).or_default() += 1;
            open.push(tag);
            continue;
        }
        let is_open = opened.get(tag.name).is_some_and(|count| *count > 0);
        let opener = || open.iter().rposition(|opener| opener.name == tag.name);
        match is_open.then(opener).flatten() {
            Some(at) => {
                for inner in open.drain(at..) {
                    opened.entry(inner.name).and_modify(|count| *count -= 1);
                    lost.extend((inner.name != tag.name).then_some(inner));
                }
                closed.insert(tag.name, tag.span);
            }
            None => match open.pop_if(|opener| is_other_number(opener.name, tag.name)) {
                Some(opener) => {
                    opened.entry(opener.name).and_modify(|count| *count -= 1);
                    cx.report(misnumbered(&opener, &tag));
                }
                None => lost.push(tag),
            },
        }
    }
    lost.append(&mut open);
    // Numbered tags are often only mentioned.
    lost.retain(|tag| TAGS.contains(&tag.name));
    // A tag that shares its line with text can still be a counterpart.
    let body = role.body.of(role.text);
    let mut balanced: BTreeMap<&str, bool> = BTreeMap::new();
    lost.retain(|tag| {
        let is_balanced = balanced.entry(tag.name).or_insert_with(|| {
            count(body, &format!("<{}", tag.name)) == count(body, &format!("</{}", tag.name))
        });
        !*is_balanced
    });
    for tag in lost {
        let earlier = closed.get(tag.name).filter(|span| !tag.opens && span.start < tag.span.start);
        if let Some(earlier) = earlier {
            let message =
                format!("`{}` closes a tag that is already closed", tag.span.of(role.text));
            let finding = Finding::new(tag.span, message).label(*earlier, "closed here");
            cx.report(
                finding
                    .reason("The model cannot tell where the part begins or ends.")
                    .help("Delete it, or add another opening tag before it."),
            );
            continue;
        }
        let (kind, missing) = if tag.opens { ("/", "never closed") } else { ("", "never opened") };
        cx.report(
            Finding::new(tag.span, format!("`{}` is {missing}", tag.span.of(role.text)))
                .reason("The model cannot tell where the tagged part begins or ends.")
                .help(format!(
                    "Add `<{kind}{}>` on a line of its own, or delete the tag.",
                    tag.name
                )),
        );
    }
}

/// Whether both names differ only in their number, such as `step_4` and `step_5`.
fn is_other_number(one: &str, other: &str) -> bool {
    matches!((stem(one), stem(other)), (Some(one), Some(other)) if one == other)
}

/// The name without its number.
fn stem(name: &str) -> Option<&str> {
    let (stem, number) = name.rsplit_once('_')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(stem).filter(|stem| !stem.is_empty())
}

fn misnumbered(opener: &Tag<'_>, closer: &Tag<'_>) -> Finding {
    let right = format!("</{}>", opener.name);
    let title = format!("Write `{right}`");
    Finding::new(closer.span, format!("`</{}>` closes `<{}>`", closer.name, opener.name))
        .label(opener.span, "this part is open")
        .reason("The model cannot tell where the part begins or ends.")
        .unsafe_fix(title, Vec::from([(closer.span, right)]))
}

/// How often a tag begins in a text.
fn count(text: &str, start: &str) -> usize {
    let ends =
        |at: usize| text.as_bytes().get(at + start.len()).is_some_and(|b| matches!(b, b'>' | b' '));
    memchr::memmem::find_iter(text.as_bytes(), start).filter(|at| ends(*at)).count()
}

fn tags<'a>(role: &'a Role<'_>) -> impl Iterator<Item = Tag<'a>> + 'a {
    role.body_lines_with(|head| head == b'<').filter_map(|line| {
        let start = line.start + line.of(role.text).find('<')?;
        let tag = Span::new(start, line.end).of(role.text).trim_end();
        let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
        let (opens, name) = match inner.strip_prefix('/') {
            Some(name) => (false, name),
            None => (true, inner.split(' ').next()?),
        };
        let is_prose = [line.start, start].iter().all(|at| role.outline.code_at(*at).is_none());
        let span = Span::new(start, start + tag.len());
        let is_known = TAGS.contains(&name) || stem(name).is_some();
        (is_known && is_prose && !inner.contains(['<', '>']) && !inner.ends_with('/'))
            .then_some(Tag { name, span, opens })
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn a_part_that_is_closed_twice_says_so() {
        assert_eq!(
            findings("unbalanced-tag", "roles/a.md", "<role>\na\n</role>\nb\n</role>\n"),
            ["5:1-5:8 warning `</role>` closes a tag that is already closed"]
        );
    }

    #[test]
    fn a_byte_order_mark_does_not_hide_the_first_tag() {
        let text = "\u{feff}<role>\na\n</role>\n";
        assert_eq!(findings("unbalanced-tag", "roles/a.md", text), [""; 0]);
    }

    #[test]
    fn a_numbered_tag_is_closed_under_its_own_number() {
        let check = |text: &str| findings("unbalanced-tag", "roles/a.md", text);
        assert_eq!(
            check("<step_4>\nx\n</step_5>\n<step_5>\ny\n</step_5>\n"),
            ["3:1-3:10 warning `</step_5>` closes `<step_4>`"]
        );
        for text in [
            "<step_1>\n<step_2>\nx\n</step_2>\n</step_1>\n",
            "<step n=\"4\">\nx\n</step>\n",
            "```\n<step_1>\n</step_2>\n```\n",
            "<step_1>\nx\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn nesting_code_and_other_tags_are_understood() {
        let check = |text: &str| findings("unbalanced-tag", "roles/a.md", text);
        assert_eq!(
            check("<context>\na\n<example>\nb\n</context>\n</task>\n"),
            [
                "3:1-3:10 warning `<example>` is never closed",
                "6:1-6:8 warning `</task>` is never opened",
            ]
        );
        for text in [
            "<examples>\n<example>\na\n</example>\n</examples>\n",
            "```\n<example>\n```\n",
            "<name>\n",
            "Put it in <example> tags.\n",
            "<example/>\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
