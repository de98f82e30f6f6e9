//! A file that is no text, or too long to be a role.

use super::{Check, Example, Finding, Profile, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;
use alloc::format;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The file is not text, or it is longer than 1 MiB.",
    why: "Hosts read a role as UTF-8 text and hand it to a model as it is. A file with zero bytes is a picture, an archive or text in another encoding; one of more than a mebibyte exceeds every model's context. Neither is checked, and this says so.",
    example: Example {
        path: "roles/example.md",
        bad: "# Reviewer\n\nRe\0view the change.\n",
        at: "\0",
        good: "# Reviewer\n\nReview the change.\n",
        files: &[],
    },
    check: Check::Text(check),
};

/// Texts above this many bytes are refused.
pub(crate) const MAX_TEXT: usize = 1 << 20;

/// Why `text` cannot be checked; `None` where it can.
fn check(text: &str) -> Option<Finding> {
    if text.len() > MAX_TEXT {
        return Some(
            Finding::new(Span::at(0), format!("This file has {} bytes: it was not checked", text.len()))
                .reason("Texts of more than 1 MiB (1,048,576 bytes) are refused whole, never checked in part.")
                .help("Split it, or include the long part from a file of its own."),
        );
    }
    let zero = memchr::memchr(0, text.as_bytes())?;
    Some(
        Finding::new(Span::new(zero, zero + 1), "This file is not text: it holds a zero byte")
            .reason("It is a binary file, or text in another encoding than UTF-8, such as UTF-16.")
            .help("Save it as UTF-8."),
    )
}

/// That the role at `path` cannot be compiled: `what` it is, and `why` not. An error whatever the settings:
/// there is no prompt.
pub(crate) fn not_compiled(what: &str, why: &str, path: &str) -> Diagnostic {
    Finding::new(Span::at(0), format!("Cannot compile {what}: {why}"))
        .reason("The compiled file would lack the limits that the fields set, such as the allowed tools.")
        .help("Write the role as Markdown with YAML front matter, and compile that.")
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
