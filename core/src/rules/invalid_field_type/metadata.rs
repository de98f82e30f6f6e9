//! Metadata that is not text: lists and maps, and what parsers that distinguish types read as
//! numbers.

use super::{Finding, Part, kind};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, FieldRole, FieldType};
use crate::yaml::{Entry, Style};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Numbers, `true` and `false` in a map of strings.
pub(super) fn typed(known: &host::Field, field: &Field<'_>) -> Option<Finding> {
    let is_map = known.role == FieldRole::Metadata && known.takes(FieldType::TextMap);
    let is_typed = |entry: &&Entry<'_>| {
        let value = &entry.value;
        value.style() == Some(Style::Plain) && (value.is_number() || value.as_bool().is_some())
    };
    let entries = field.value.entries().filter(|_| is_map)?;
    let typed: Vec<&Entry<'_>> = entries.iter().filter(is_typed).collect();
    let (first, more) = typed.split_first()?;
    let message = format!(
        "`{}.{}` is {}, not a string",
        field.name,
        first.key.as_str().unwrap_or(""),
        kind(&first.value)
    );
    let edits = typed
        .iter()
        .filter_map(|entry| Some((entry.value.span, format!("\"{}\"", entry.value.as_str()?))));
    let edits = edits.collect();
    Some(
        Finding::new(first.value.span, message)
            .and_more(more.len())
            .labels(more.iter().map(|entry| entry.value.span), "no string either")
            .severity(Severity::Info)
            .reason("Some validators reject it, and as a number, `1.10` becomes `1.1`.")
            .safe_fix("Quote it", edits),
    )
}

/// A list or a map in a map of strings. Some programs document such metadata of their own, so it is
/// not an error of the author.
pub(super) fn nested(known: &host::Field, field: &Field<'_>, part: &Part<'_, '_>) -> Finding {
    let Part { node, place, .. } = part;
    let (name, kind) = (&field.name, kind(node));
    let key = place.trim_start_matches('.');
    let inner = node.entries().and_then(|entries| entries.first()?.key.as_str());
    let flat = match inner {
        Some(inner) => format!("flatten it, for example `{key}-{inner}: …`"),
        None => String::from("write it as one string"),
    };
    let finding = Finding::new(node.span, format!("`{name}{place}` is {kind}, not a string"))
        .severity(Severity::Info)
        .help(format!("Keep it if a program that reads it expects {kind}; otherwise, {flat}."));
    known.invalid_note.into_iter().fold(finding, Finding::reason)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;

    #[test]
    fn a_map_in_metadata_may_be_what_another_program_reads() {
        let found = |lines: &str, path: &str| {
            let text = format!(
                "---\nname: x\ndescription: Use it after a change.\nmetadata:\n{lines}---\nHelp.\n"
            );
            let input = crate::Input::new(&text).at(path);
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "invalid-field-type");
            let help = |d: crate::Diagnostic| d.help.unwrap_or_default().into_owned();
            found.map(|d| (d.severity.name(), String::from(&*d.message), help(d)))
        };
        let (severity, message, help) =
            found("  tool:\n    tags: [a]\n", ".github/skills/x/SKILL.md").unwrap();
        assert_eq!((severity, &*message), ("info", "`metadata.tool` is a map, not a string"));
        assert_eq!(
            help,
            "Keep it if a program that reads it expects a map; otherwise, flatten it, for example `tool-tags: …`."
        );
        let (.., help) = found("  tags: [a, b]\n", "skills/x/SKILL.md").unwrap();
        assert_eq!(
            help,
            "Keep it if a program that reads it expects a list; otherwise, write it as one string."
        );
        assert_eq!(found("  tool:\n    tags: [a]\n", ".claude/skills/x/SKILL.md"), None);
    }

    #[test]
    fn numbers_in_metadata_are_a_matter_of_style() {
        let skill = "skills/x/SKILL.md";
        let text = |lines: &str| {
            format!("---\nname: x\ndescription: Use it\nmetadata:\n{lines}---\nHelp.\n")
        };
        let typed = text("  version: 1.10\n  draft: true\n  author: me\n");
        assert_eq!(
            findings("invalid-field-type", skill, &typed),
            ["5:12-5:16 info `metadata.version` is a number, not a string (2 places)"]
        );
        let strings = text("  version: \"1.10\"\n  updated: 2026-11-29\n");
        assert_eq!(findings("invalid-field-type", skill, &strings), [""; 0]);
    }
}
