//! Files that are not text, or too large to be a role.

use super::wording::grouped;
use super::{Check, Example, Finding, Profile, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The file is not text, or is larger than 1 MiB.",
    why: "Hosts read a role as UTF-8 text and pass it to a model as is. A file with NUL bytes is an image, an archive or text in another encoding; a file larger than 1 MiB exceeds every model's context. Neither is checked.",
    example: Example {
        path: "roles/example.md",
        bad: "# Reviewer\n\nRe\0view the change.\n",
        at: "\0",
        good: "# Reviewer\n\nReview the change.\n",
        files: &[],
    },
    check: Check::Text(check),
};

/// Texts above this many bytes are rejected.
pub(crate) const MAX_TEXT: usize = 1 << 20;

/// Why `text` cannot be checked; `None` if it can.
fn check(text: &str) -> Option<Finding> {
    if text.len() > MAX_TEXT {
        return Some(
            Finding::new(
                Span::at(0),
                format!("File is too large to check ({} bytes)", grouped(text.len())),
            )
            .reason("Files larger than 1 MiB (1,048,576 bytes) are not checked at all.")
            .help("Split it, or move the long part into an included file."),
        );
    }
    let zero = memchr::memchr(0, text.as_bytes())?;
    Some(
        Finding::new(Span::new(zero, zero + 1), "File is not text: it contains a NUL byte")
            .reason("It is a binary file, or text in an encoding other than UTF-8, such as UTF-16.")
            .help("Save it as UTF-8."),
    )
}

/// Reports that the role at `path` cannot be compiled, with a description (`what`) and a reason
/// (`why`). An error regardless of the settings, since no prompt is produced.
pub(crate) fn not_compiled(what: &str, why: &str, path: &str) -> Diagnostic {
    Finding::new(Span::at(0), format!("Cannot compile {what}: {why}"))
        .reason("The compiled file would lack the limits that the fields set, such as the allowed tools.")
        .help("Write the role as Markdown with YAML front matter, and compile that.")
        .into_diagnostic(RULE.name, Severity::Error, path)
}

/// Reports that a file contains roles, but not the role to compile.
pub(crate) fn no_such_role(names: &[String], path: &str) -> Diagnostic {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Finding::new(Span::at(0), String::from("The file does not contain the role to compile"))
        .reason(format!("It contains {}.", names.join(", ")))
        .help("Choose one of them by its name, or by its position counted from 0.")
        .into_diagnostic(RULE.name, Severity::Error, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_exactly_one_mebibyte_is_checked() {
        assert!(check(&"a".repeat(MAX_TEXT)).is_none());
        assert!(check(&"a".repeat(MAX_TEXT + 1)).is_some());
    }
}
