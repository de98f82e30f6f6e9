//! Metadata that is not text to parsers that distinguish types.

use super::{Finding, kind};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, FieldRole, FieldType};
use crate::yaml::{Entry, Style};
use alloc::format;
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

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

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
