//! A field that appears more than once in the front matter.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Field, Language};
use crate::text::Span;
use crate::yaml::{Entry, Node};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-field",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "A field appears more than once in the front matter.",
    why: "YAML does not allow duplicate keys. Some parsers reject the whole front matter, some keep the first value and some the last, so the same file grants different tools on different hosts.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n\"tools\": Read, Bash\n---\n\nYou review changes.\n",
        at: "\"tools\"",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read, Bash\nmodel: sonnet\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(front_matter) = &cx.role.front_matter else { return };
    let fields = front_matter.fields.iter();
    let inner: Vec<Finding> =
        fields.filter_map(|field| inside(&field.name, &field.value)).collect();
    inner.into_iter().for_each(|finding| cx.report(finding));
    // Comparing a few names is less work than sorting them.
    let is_new = |(at, field): (usize, &Field<'_>)| {
        front_matter.fields.iter().take(at).all(|other| other.name != field.name)
    };
    if front_matter.fields.len() < 30 && front_matter.fields.iter().enumerate().all(is_new) {
        return;
    }
    let mut places: BTreeMap<&str, Vec<&Field<'_>>> = BTreeMap::new();
    for field in &front_matter.fields {
        places.entry(&field.name).or_default().push(field);
    }
    let lenient = front_matter.language == Language::Bare;
    for (name, fields) in places.iter() {
        let [first, second, ..] = fields.as_slice() else { continue };
        let mut finding = Finding::new(second.name_span, message(name, fields.len()))
            .severity(if lenient { Severity::Warning } else { Severity::Error })
            .reason(match cx.role.within {
                None => "Some YAML parsers reject the front matter; others keep the first value or the last.",
                Some(_) => "Some parsers reject the file; others keep the first value or the last.",
            })
            .label(first.name_span, "first defined here");
        finding = finding.labels(fields.iter().skip(2).map(|field| field.name_span), "also here");
        let text = cx.role.text;
        let value = |field: &Field<'_>| front_matter::value_span(text, field).of(text);
        let rest = || fields.iter().skip(1);
        finding = if rest().all(|field| value(field) == value(first)) {
            let again = |field: &Field<'_>| {
                field.name == first.name && field.name_span.start > first.name_span.start
            };
            let gone = front_matter::without(text, front_matter, again).into_iter();
            let edits = gone.map(|range| (range, String::new())).collect();
            finding.safe_fix(format!("Delete the duplicate `{name}`"), edits)
        } else {
            finding.help("Keep the intended value and delete the others.")
        };
        cx.report(finding);
    }
}

/// The first key that is written twice in a map inside the value of a field.
fn inside(field: &str, value: &Node<'_>) -> Option<Finding> {
    if let Some(items) = value.items() {
        return items.iter().find_map(|item| inside(field, item));
    }
    let entries = value.entries()?;
    let mut keys: BTreeMap<&str, Span> = BTreeMap::new();
    for Entry { key, value } in entries {
        // Several maps may be merged into one.
        let Some(name) = key.as_str().filter(|name| *name != "<<") else { continue };
        if let Some(first) = keys.insert(name, key.span) {
            let finding = Finding::new(key.span, format!("Duplicate key `{name}` in `{field}`"))
                .reason("Some parsers reject the file; others keep the first value or the last.")
                .label(first, "first defined here");
            return Some(finding.help("Keep the intended value and delete the others."));
        }
        if let Some(finding) = inside(field, value) {
            return Some(finding);
        }
    }
    None
}

fn message(name: &str, count: usize) -> String {
    match count {
        2 => format!("Duplicate field `{name}`"),
        n => format!("Duplicate field `{name}` ({n} times)"),
    }
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::rules::tests::{findings, fixed};

    const AGENT: &str = ".claude/agents/x.md";

    #[test]
    fn a_repetition_is_deleted() {
        let text = "---\r\nname: x\r\ndescription: Use it\r\nmodel: opus\r\nmodel: opus\r\nmodel: opus\r\n---\r\n\r\nYou help.\r\n";
        assert_eq!(
            findings("duplicate-field", AGENT, text),
            ["5:1-5:6 error Duplicate field `model` (3 times)"]
        );
        assert_eq!(fixed(AGENT, text), text.replace("model: opus\r\nmodel: opus\r\n", ""));
    }

    #[test]
    fn a_repetition_in_braces_is_deleted_with_its_comma() {
        for (fields, expected) in [
            ("{name: x, name: x, description: Use it}", "{name: x, description: Use it}"),
            ("{name: x, description: Use it, name: x}", "{name: x, description: Use it}"),
            ("{name: x, description: Use it, name: x, }", "{name: x, description: Use it, }"),
            (
                "{\n  name: x,\n  description: Use it,\n  name: x\n}",
                "{\n  name: x,\n  description: Use it\n}",
            ),
        ] {
            let text = |fields| alloc::format!("---\n{fields}\n---\n\nYou help.\n");
            assert_eq!(findings("duplicate-field", AGENT, &text(fields)).len(), 1, "{fields}");
            assert_eq!(fixed(AGENT, &text(fields)), text(expected));
        }
    }

    #[test]
    fn a_key_inside_a_field_may_not_be_repeated_either() {
        let text =
            "---\nname: x\ndescription: Use it\nmetadata:\n  a: 1\n  b: 2\n  a: 3\n---\n\nHelp.\n";
        assert_eq!(
            findings("duplicate-field", AGENT, text),
            ["7:3-7:4 error Duplicate key `a` in `metadata`"]
        );
        let apart =
            "---\nname: x\ndescription: Use it\nhooks:\n  - {a: 1}\n  - {a: 2}\n---\n\nHelp.\n";
        assert_eq!(findings("duplicate-field", AGENT, apart), [""; 0]);
    }

    #[test]
    fn different_values_are_left_to_people() {
        let text =
            "---\nname: x\ndescription: Use it\nmodel: opus\nmodel: haiku\n---\n\nYou help.\n";
        assert_eq!(
            findings("duplicate-field", AGENT, text),
            ["5:1-5:6 error Duplicate field `model`"]
        );
        assert_eq!(fixed(AGENT, text), text);
    }

    #[test]
    fn a_list_given_twice_is_named_with_its_first_place() {
        let text = "---\nname: x\ntools:\n  - Read # files\n\n# what it may do\ndescription: Use it\ntools:\n  - Read\n  - Bash\n---\n\nYou help.\n";
        let report = crate::check(&Input::new(text).at(AGENT), &crate::Options::default());
        let found = report.diagnostics.iter().find(|d| d.rule == "duplicate-field").unwrap();
        assert_eq!(text[..found.span.start].matches('\n').count() + 1, 8);
        assert_eq!(text[..found.labels[0].span.start].matches('\n').count() + 1, 3);
        assert_eq!(fixed(AGENT, text), text, "which of the two is meant nobody knows");
    }

    #[test]
    fn thousands_of_fields_are_compared_as_well_as_few() {
        let fields: alloc::string::String =
            (0..2_000).map(|n| alloc::format!("x-{n}: {n}\n")).collect();
        let text = alloc::format!("---\nname: x\n{fields}x-7: 7\n---\n\nYou help.\n");
        assert_eq!(
            findings("duplicate-field", AGENT, &text),
            ["2003:1-2003:4 error Duplicate field `x-7`"]
        );
    }

    #[test]
    fn the_same_word_elsewhere_is_quiet() {
        let text = "---\nname: x\ndescription: |\n  name: y\nhooks:\n  name: z\n---\n\nname: w\n";
        assert!(findings("duplicate-field", AGENT, text).is_empty());
    }
}
