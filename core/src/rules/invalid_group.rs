//! Entries of a list of tool groups that are neither a name nor a pair of a name and its options.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::FieldRole;
use crate::yaml::{Node, Value};
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-group",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "A tool group is written in a form that the host rejects.",
    why: "Roo Code accepts a group as a name, or as a list of two: the name, and a map with `fileRegex` and `description`. A map with the name as its key, a third element or a pattern that JavaScript cannot compile makes it ignore every mode in the file (packages/types/src/mode.ts).",
    example: Example {
        path: ".roomodes",
        bad: "customModes:\n  - slug: writer\n    name: Writer\n    roleDefinition: You write documentation.\n    groups:\n      - read\n      - [edit, {fileRegex: '*.md'}]\n",
        at: "'*.md'",
        good: "customModes:\n  - slug: writer\n    name: Writer\n    roleDefinition: You write documentation.\n    groups:\n      - read\n      - [edit, {fileRegex: '\\.md$'}]\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let (role, host) = (cx.role, cx.host);
    let Some(pattern) = host.tools.pair_pattern else { return };
    for field in role.fields() {
        let fact = host.field(&field.name).filter(|fact| fact.role == FieldRole::Tools);
        let (Some(fact), Some(items)) = (fact, field.value.items()) else { continue };
        for item in items {
            let finding = match &item.value {
                Value::Mapping(_) => Some(as_map(item, pattern)),
                Value::Sequence(parts) => in_pair(item, parts, pattern),
                _ => None,
            };
            let Some(finding) = finding else { continue };
            cx.report(match fact.invalid_note {
                Some(note) => finding.reason(note),
                None => finding,
            });
        }
    }
}

fn as_map(item: &Node<'_>, pattern: &str) -> Finding {
    let key = item.entries().and_then(|entries| entries.first()).map(|entry| &entry.key);
    let name = key.and_then(Node::as_str).unwrap_or("NAME");
    Finding::new(
        key.map_or(item.span, |key| key.span),
        format!("Group `{name}` must not be written as a map"),
    )
    .help(format!("Write the name and its options as a list of two: `[{name}, {{{pattern}: …}}]`."))
}

fn in_pair(item: &Node<'_>, parts: &[Node<'_>], pattern: &str) -> Option<Finding> {
    let [name, options] = parts else {
        return Some(
            Finding::new(item.span, "The list must contain a group name and its options").help(
                format!("Write the name alone, or a list of two: `[NAME, {{{pattern}: …}}]`."),
            ),
        );
    };
    name.as_str()?;
    let Some(entries) = options.entries() else {
        return Some(
            Finding::new(options.span, "The options of a group must be a map")
                .help(format!("Write `{{{pattern}: …}}`.")),
        );
    };
    let entry = entries.iter().find(|entry| entry.key.as_str() == Some(pattern))?;
    let text = entry.value.as_str()?;
    let fault = fault(text)?;
    let (what, help): (String, String) = match fault {
        Fault::NothingToRepeat if text.starts_with('*') => (
            "nothing before `*` to repeat".into(),
            format!("Write a regular expression, not a glob: `{}`.", as_expression(text)),
        ),
        Fault::NothingToRepeat => (
            "nothing to repeat before `*`, `+` or `?`".into(),
            "Write what to repeat, or put a backslash before the character to match it literally."
                .into(),
        ),
        Fault::Open(bracket) => (
            format!("`{bracket}` is never closed"),
            format!("Close it, or write `\\{bracket}` to match it literally."),
        ),
        Fault::Unopened => (
            "`)` is never opened".into(),
            "Delete it, or write `\\)` to match it literally.".into(),
        ),
        Fault::Backslash => (
            "a backslash at the end".into(),
            "Delete it, or write `\\\\` to match a backslash.".into(),
        ),
    };
    let message = format!("Invalid regular expression in `{pattern}`: {what}");
    Some(Finding::new(entry.value.span, message).help(help))
}

/// `*.md` as a regular expression.
fn as_expression(glob: &str) -> String {
    format!("{}$", glob.trim_start_matches('*').replace('.', "\\.").replace('*', ".*"))
}

/// Why JavaScript cannot compile an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NothingToRepeat,
    Open(char),
    Unopened,
    Backslash,
}

/// Syntax that makes `new RegExp(text)` throw in every environment; the host decides about the
/// rest.
fn fault(text: &str) -> Option<Fault> {
    let mut characters = text.chars().peekable();
    let mut depth = 0_usize;
    let mut can_repeat = false;
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                if characters.next().is_none() {
                    return Some(Fault::Backslash);
                }
                can_repeat = true;
            }
            '[' => {
                let mut is_closed = false;
                while let Some(c) = characters.next() {
                    if c == ']' {
                        is_closed = true;
                        break;
                    }
                    if c == '\\' {
                        characters.next();
                    }
                }
                if !is_closed {
                    return Some(Fault::Open('['));
                }
                can_repeat = true;
            }
            '(' => {
                depth += 1;
                can_repeat = false;
                // `(?:`, `(?=`, `(?<name>`
                if characters.next_if_eq(&'?').is_some() {
                    characters.next();
                }
            }
            ')' => {
                depth = match depth.checked_sub(1) {
                    Some(less) => less,
                    None => return Some(Fault::Unopened),
                };
                can_repeat = true;
            }
            '*' | '+' | '?' => {
                if !can_repeat {
                    return Some(Fault::NothingToRepeat);
                }
                // `+?` repeats as little as possible.
                characters.next_if_eq(&'?');
                can_repeat = false;
            }
            '|' | '^' => can_repeat = false,
            _ => can_repeat = true,
        }
    }
    (depth > 0).then_some(Fault::Open('('))
}

#[cfg(test)]
mod tests {
    use super::{Fault, fault};
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn mode(groups: &str) -> Vec<String> {
        let modes = format!(
            "customModes:\n  - slug: a\n    name: A\n    roleDefinition: You help.\n    groups:\n{groups}"
        );
        findings("invalid-group", ".roomodes", &modes)
    }

    #[test]
    fn a_group_is_a_name_or_a_pair() {
        assert!(
            mode("      - read\n      - [edit, {fileRegex: '\\.md$', description: Docs}]\n")
                .is_empty()
        );
        assert!(
            mode("      - read\n      - - edit\n        - fileRegex: \\.(md|mdx)$\n").is_empty()
        );
    }

    #[test]
    fn a_map_is_none() {
        assert_eq!(
            mode("      - edit:\n          fileRegex: a\n"),
            ["6:9-6:13 error Group `edit` must not be written as a map"]
        );
        assert_eq!(
            mode("      - [edit]\n"),
            ["6:9-6:15 error The list must contain a group name and its options"]
        );
        assert_eq!(
            mode("      - [edit, a]\n"),
            ["6:16-6:17 error The options of a group must be a map"]
        );
    }

    #[test]
    fn the_pattern_has_to_compile() {
        assert_eq!(
            mode("      - [edit, {fileRegex: '*.md'}]\n"),
            [
                "6:28-6:34 error Invalid regular expression in `fileRegex`: nothing before `*` to repeat"
            ]
        );
        for fine in
            ["\\.md$", "^(?!a)(?:b|c)+?$", "[a-z]*", "a\\", "(a)*", "]", "a{2}", "", "^docs/.*"]
        {
            let expected = fine.ends_with('\\').then_some(Fault::Backslash);
            assert_eq!(fault(fine), expected, "{fine}");
        }
        assert_eq!(fault("**/*.md"), Some(Fault::NothingToRepeat));
        assert_eq!(fault("(*a)"), Some(Fault::NothingToRepeat));
        assert_eq!(fault("(a"), Some(Fault::Open('(')));
        assert_eq!(fault("[a"), Some(Fault::Open('[')));
        assert_eq!(fault("a)"), Some(Fault::Unopened));
    }
}
