//! Imports in a form that the host does not read.

use super::{Context, Finding, MAX_PATH};
use crate::role::Mark;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// `@"a file.md"` and `@import a.md`.
pub(super) fn check(cx: &Context<'_>) -> Vec<Finding> {
    let (role, host) = (cx.role, cx.host);
    if host.import_depth == 0 {
        return Vec::new();
    }
    let found = role.body_marks(Mark::At).iter().filter_map(|&start| {
        let before = role.text.get(..start)?.chars().next_back();
        if !before.is_none_or(char::is_whitespace) {
            return None;
        }
        let end = role.text.floor_char_boundary(role.body.end.min(start + MAX_PATH));
        let line = role.text.get(start + 1..end)?.lines().next()?;
        let (form, length, path) = quoted(line).or_else(|| with_word(line))?;
        let is_import = is_path(path) && role.outline.code_at(start).is_none();
        let span = Span::new(start, start + 1 + length);
        is_import.then(|| {
            let written = format!("@{}", path.replace(' ', "\\ "));
            Finding::new(span, format!("{} does not read an import {form}", host.product))
                .reason(
                    "It reads the path right after `@`, up to the first space without a backslash.",
                )
                .unsafe_fix(format!("Write `{written}`"), Vec::from([(span, written)]))
        })
    });
    found.collect()
}

/// What is unusual about it, its length, and its path.
type Form<'l> = (&'static str, usize, &'l str);

fn quoted(line: &str) -> Option<Form<'_>> {
    let mark = line.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let path = line.get(1..)?.split_once(mark)?.0;
    Some(("in quotation marks", path.len() + 2, path))
}

fn with_word(line: &str) -> Option<Form<'_>> {
    let path = line.strip_prefix("import ")?.split_whitespace().next()?;
    let path = path.trim_matches(['"', '\'', ';']);
    let end = line.find(path)? + path.len();
    let rest = line.get(end..)?.trim_end();
    // A word after it makes it a sentence.
    rest.trim_matches(['"', '\'', ';']).is_empty().then_some((
        "with the word `import`",
        line.trim_end().len(),
        path,
    ))
}

fn is_path(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or("");
    let is_text = [".md", ".txt", ".json", ".yaml", ".yml", ".toml"];
    is_text.iter().any(|ending| name.ends_with(ending)) && !path.contains(['*', '<', '{', ':'])
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("broken-reference", "CLAUDE.md", text)
    }

    #[test]
    fn only_a_path_right_after_the_sign_is_read() {
        let quoted = "- Conventions: @\"Design Docs/api.md\" and more\n";
        assert_eq!(
            check(quoted),
            ["1:16-1:37 warning Claude Code does not read an import in quotation marks"]
        );
        assert_eq!(
            fixed_unsafely("CLAUDE.md", quoted),
            "- Conventions: @Design\\ Docs/api.md and more\n"
        );
        let word = "# Memory\n\n@import ./docs/a.md\n";
        assert_eq!(
            check(word),
            ["3:1-3:20 warning Claude Code does not read an import with the word `import`"]
        );
        assert_eq!(fixed_unsafely("CLAUDE.md", word), "# Memory\n\n@./docs/a.md\n");
        for text in [
            "@docs/a.md\n",
            "Write `@import a.md`.\n",
            "```css\n@import \"a.md\";\n```\n",
            "Use @import rules of CSS.\n",
            "@import a.md is not read.\n",
            "@\"name\" is a string.\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
        assert_eq!(findings("broken-reference", "AGENTS.md", word), [""; 0]);
    }
}
