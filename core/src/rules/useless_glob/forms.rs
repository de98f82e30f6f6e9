//! Patterns in a form that matches nothing.

use super::{Field, FieldRole, Finding};
use crate::host::Host;
use crate::tools::shown;
use crate::yaml::Node;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Several patterns in one text, or a pattern that begins outside the workspace.
pub(super) fn finding(host: &Host, globs: &Field<'_>) -> Option<Finding> {
    let known = host.field_for(FieldRole::Globs)?;
    if known.one_pattern && globs.value.as_str().is_some_and(has_several) {
        let text = globs.value.as_str()?;
        let list: Vec<String> =
            text.split(',').map(|pattern| format!("\"{}\"", pattern.trim())).collect();
        let list = format!("[{}]", list.join(", "));
        let message = format!("`{}` is read as a single pattern", globs.name);
        return Some(
            Finding::new(globs.value.span, message)
                .reason("A comma does not divide patterns here, so no file matches.")
                .unsafe_fix("Write a list", Vec::from([(globs.value.span, list)])),
        );
    }
    let items = globs.value.items().filter(|_| known.from_root).unwrap_or(&[]);
    let outside = |item: &&Node<'_>| {
        item.as_str().is_some_and(|it| it.starts_with('/') || it.starts_with("../"))
    };
    let item = items.iter().find(outside)?;
    let message = format!("`{}` matches no file", shown(item.as_str()?));
    Some(
        Finding::new(item.span, message)
            .reason("It is compared with paths that begin at the root of the workspace.")
            .help("Write the path from the root, without a slash before it."),
    )
}

/// Whether a text contains commas outside of braces.
fn has_several(text: &str) -> bool {
    let mut depth = 0_usize;
    text.chars().any(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn kiro(pattern: &str) -> String {
        format!("---\ninclusion: fileMatch\nfileMatchPattern: {pattern}\n---\n\nBe short.\n")
    }

    fn check(path: &str, text: &str) -> Vec<String> {
        findings("useless-glob", path, text)
    }

    #[test]
    fn text_is_a_single_pattern_where_the_host_reads_it_as_one() {
        let path = ".kiro/steering/x.md";
        let text = kiro("\"**/*.ts,**/*.tsx\"");
        assert_eq!(
            check(path, &text),
            ["3:19-3:37 warning `fileMatchPattern` is read as a single pattern"]
        );
        assert_eq!(fixed_unsafely(path, &text), kiro("[\"**/*.ts\", \"**/*.tsx\"]"));
        for pattern in ["\"**/*.{ts,tsx}\"", "[\"a/**\", \"b/**\"]", "\"a/**\""] {
            assert_eq!(check(path, &kiro(pattern)), [""; 0], "{pattern}");
        }
        let cursor = "---\ndescription: x\nglobs: a/**,b/**\n---\n\nBe short.\n";
        assert_eq!(check(".cursor/rules/x.mdc", cursor), [""; 0]);
    }

    #[test]
    fn a_pattern_from_the_root_has_no_slash_before_it() {
        let rule = |pattern: &str| format!("---\npaths:\n  - \"{pattern}\"\n---\n\nBe short.\n");
        assert_eq!(
            check(".clinerules/x.md", &rule("/src/**")),
            ["3:5-3:14 warning `/src/**` matches no file"]
        );
        assert_eq!(check(".clinerules/x.md", &rule("src/**")), [""; 0]);
    }
}
