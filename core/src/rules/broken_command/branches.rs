//! Branches and loops of a shell script that contain no command.

use super::SHELLS;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// `then`, `else` and `do` with nothing but comments up to the word that ends the branch, as one
/// finding.
pub(super) fn finding(role: &Role<'_>) -> Option<Finding> {
    let scripts = role.outline.fences.iter().filter(|fence| {
        let code = fence.content.of(role.text);
        // A script with gaps is a sketch, and a heredoc may contain anything.
        SHELLS.contains(&fence.info.of(role.text).trim())
            && !["...", "…", "<<"].iter().any(|part| code.contains(part))
    });
    let places: Vec<Span> =
        scripts.flat_map(|fence| empty_branches(role.text, fence.content)).collect();
    let (first, more) = places.split_first()?;
    let finding = Finding::new(*first, format!("No command follows `{}`", first.of(role.text)))
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("A comment is not a command, so the shell stops with a syntax error.");
    Some(finding.help("Write the command, or `:` if there is nothing to do."))
}

/// The words after which a script has no command.
fn empty_branches(text: &str, code: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = code.start;
    for line in code.of(text).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.split(" #").next().unwrap_or(line).trim_end();
        let words = bare.trim_start();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let first = words.split([' ', ';', '|', '&', '>', ')']).next().unwrap_or("");
        if let Some(place) = open.take()
            && ends(place.of(text), first)
        {
            found.push(place);
        }
        open = opener(words).map(|word| {
            let end = start + bare.len();
            Span::new(end - word.len(), end)
        });
    }
    found
}

/// Whether a word at the start of a line ends the branch that the other word opens.
fn ends(opener: &str, word: &str) -> bool {
    match opener {
        "then" => matches!(word, "elif" | "else" | "fi"),
        "else" => word == "fi",
        _ => word == "done",
    }
}

/// The word at the end of a line after which a command must follow.
fn opener(line: &str) -> Option<&'static str> {
    const WORDS: [&str; 3] = ["then", "else", "do"];
    WORDS.into_iter().find(|word| {
        let before = line.strip_suffix(word);
        before.is_some_and(|before| before.is_empty() || before.trim_end().ends_with(';'))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_branch_with_only_a_comment_is_a_syntax_error() {
        let check = |info: &str, code: &str| {
            let text = format!("```{info}\n{code}\n```\n");
            findings("broken-command", "roles/a.md", &text)
        };
        let script = "if [ -f pear ]; then\n  # eat it\nelif [ -f fig ]; then\n  eat fig\nelse\n\n  # starve\nfi";
        assert_eq!(
            check("bash", script),
            ["2:17-2:21 warning No command follows `then` (2 places)"]
        );
        assert_eq!(
            check("sh", "for fruit in *\ndo # all\n  # eat it\ndone"),
            ["3:1-3:3 warning No command follows `do`"]
        );
        for code in [
            "if true; then\n  # eat it\n  eat fig\nfi",
            "if true; then\n  # ...\nfi",
            "if true; then eat; else\n  :\nfi",
            "if hungry then\n  # eat\nfi",
            "cat <<X\nif true; then\nfi\nX",
            "echo then\nfi",
            "# if true; then\nfi",
        ] {
            assert_eq!(check("bash", code), [""; 0], "{code}");
        }
        assert_eq!(check("lua", script), [""; 0]);
    }
}
