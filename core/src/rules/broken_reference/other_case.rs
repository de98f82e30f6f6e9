//! Reports links to files whose names differ only in case.

use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

/// The finding that a link works only on case-insensitive file systems, with the correct path.
pub(super) fn finding(role: &Role<'_>, span: Span, written: &str, found: &str) -> Finding {
    let message = format!("`{written}` differs only in case from `{found}`");
    let finding =
        Finding::new(span, message).reason("On case-sensitive file systems, this link is broken.");
    // The written path is either the end of the file's path or a relative path to that end.
    let end = found.len().checked_sub(written.trim_start_matches(['.', '/']).len());
    let end = end.and_then(|start| found.get(start..)).unwrap_or("");
    let lead = written.len().checked_sub(end.len()).and_then(|at| written.get(..at)).unwrap_or("");
    let is_same = written.eq_ignore_ascii_case(&[lead, end].concat());
    let places: Vec<usize> = span.of(role.text).match_indices(written).map(|(at, _)| at).collect();
    match (is_same, places.last()) {
        (true, Some(at)) => {
            let start = span.start + at + lead.len();
            let edits = Vec::from([(Span::new(start, start + end.len()), end.to_string())]);
            finding.safe_fix("Match the case of the file name", edits)
        }
        _ => finding.help("Write the path exactly as the file is named."),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings_in, fixed_in};

    const SKILL: &str = "skills/x/SKILL.md";

    #[test]
    fn a_link_in_another_case_is_corrected() {
        let text = "---\nname: x\ndescription: Use it\n---\n\nSee [Ref.md](./Docs/Ref.md) and [y](y.md).\n";
        let files = [(SKILL, text), ("skills/x/docs/ref.md", ""), ("skills/x/y.md", "")];
        assert_eq!(
            findings_in("broken-reference", SKILL, &files),
            ["6:5-6:28 warning `./Docs/Ref.md` differs only in case from `skills/x/docs/ref.md`"]
        );
        assert_eq!(fixed_in(SKILL, &files), text.replace("./Docs/Ref.md", "./docs/ref.md"));
    }

    #[test]
    fn a_file_of_the_root_is_not_meant_by_a_name_alone() {
        let text = "---\nname: x\ndescription: Use it\n---\n\nSee [a](Guide.md).\n";
        let files = [(SKILL, text), ("guide.md", "")];
        assert_eq!(findings_in("broken-reference", SKILL, &files).len(), 0);
    }
}
