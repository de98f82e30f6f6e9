//! Folders on a drive in which a command runs.

use super::{is_stand_in, owner, path_from};
use crate::role::{Mark, Role};
use crate::text::Span;

/// Root and whole path of folders such as `C:/Shop/web` that a command changes to, or that a command
/// reads when the prompt is loaded. Elsewhere, such a path may belong to a program.
pub(super) fn paths(role: &Role<'_>) -> impl Iterator<Item = (Span, Span)> {
    let text = role.text;
    let slashes = memchr::memmem::find_iter(text.as_bytes(), ":/").map(|colon| colon + 1);
    let backslashes = role.marks(Mark::Backslash).iter().copied();
    slashes.chain(backslashes).filter_map(|at| {
        let start = at.checked_sub(2).filter(|_| text.get(at - 1..at) == Some(":"))?;
        let found = folder(text, start, at)?;
        runs_there(role, start).then_some(found)
    })
}

/// Folders of the system, which every machine has.
const OF_SYSTEM: [&str; 6] = ["windows", "program", "programdata", "users", "temp", "tmp"];

/// The path with the drive at `start` and its first separator at `at`, if it has two named folders.
fn folder(text: &str, start: usize, at: usize) -> Option<(Span, Span)> {
    let letter = text.get(start..start + 1)?;
    let separator = text.get(at..at + 1)?;
    // Another variant finds these.
    let is_other = separator == "\\" && !matches!(letter, "A" | "B" | "C");
    let is_alone = !text.get(..start)?.ends_with(|c: char| c.is_alphanumeric() || c == '\\');
    if !letter.starts_with(|c: char| c.is_ascii_uppercase()) || is_other || !is_alone {
        return None;
    }
    let first = owner(text, at + 1)?;
    let rest = text.get(first.end..)?.strip_prefix(separator)?;
    let second = owner(text, text.len() - rest.len())?;
    let is_named = |name: &str| {
        let lower = name.to_ascii_lowercase();
        name.len() > 2
            && !is_stand_in(name)
            && !lower.starts_with("my")
            && !OF_SYSTEM.contains(&lower.as_str())
    };
    (is_named(first.of(text)) && is_named(second.of(text)))
        .then(|| (Span::new(start, first.end + 1), path_from(text, start, second.end)))
}

/// Whether a command changes to the path, or is run when the prompt is loaded.
fn runs_there(role: &Role<'_>, start: usize) -> bool {
    let Some(code) = role.outline.code_at(start) else { return false };
    let before = Span::new(code.start, start).of(role.text);
    let before = before.strip_suffix('"').unwrap_or(before);
    let is_changed_to = before
        .strip_suffix("cd ")
        .is_some_and(|lead| lead.is_empty() || lead.ends_with(['`', '\n', ' ', ';', '&']));
    let is_inline = role.outline.fence_at(start).is_none();
    let is_run = is_inline && role.text.get(..code.start).is_some_and(|lead| lead.ends_with('!'));
    is_changed_to || is_run
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("machine-path", ".claude/commands/x.md", text)
    }

    #[test]
    fn a_command_that_runs_in_a_folder_of_a_drive_runs_on_one_machine() {
        assert_eq!(
            check("!`cd C:/Bakery/Oven && git diff`\n\n!`git -C C:/Bakery/Oven log`\n"),
            ["1:6-1:20 warning 2 paths in `C:/Bakery/` exist on one machine only"]
        );
        for text in [
            "```sh\ncd C:/Bakery/Oven\nmake\n```\n",
            "Run `cd \"C:\\Bakery\\Oven\"`.\n",
            "Run `cd D:\\Bakery\\Oven` first.\n",
        ] {
            assert_eq!(check(text).len(), 1, "{text}");
        }
        for text in [
            "Run `cd C:/path/to/oven`.\n",
            "Run `cd C:/Bakery/my-oven`.\n",
            "Run `cd C:\\Windows\\System32`.\n",
            "Run `cd C:/Bakery`.\n",
            "The data is in `C:/Bakery/Oven`.\n",
            "See https://example.com/a/b and cd C:/Bakery/Oven\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
