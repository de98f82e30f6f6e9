//! Reports files that the commands of a BMAD agent use but that its list of dependencies lacks.

use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// Reports each file that the agent is told to load and cannot find.
pub(super) fn check(role: &Role<'_>) -> Vec<Finding> {
    let blocks = role.outline.fences.iter().filter(|fence| fence.info.of(role.text) == "yaml");
    blocks.flat_map(|fence| of_block(role.text, fence.content)).collect()
}

fn of_block(text: &str, block: Span) -> Vec<Finding> {
    let (Some(commands), Some(dependencies)) =
        (value_of(text, block, "\ncommands:\n"), value_of(text, block, "\ndependencies:\n"))
    else {
        return Vec::new();
    };
    let entries = dependencies.of(text).lines().filter_map(|line| line.trim().strip_prefix("- "));
    let listed: Vec<&str> = entries.map(stem).collect();
    if listed.is_empty() {
        return Vec::new();
    }
    let used = KINDS.iter().flat_map(|kind| named_after(text, commands, kind));
    let mut missing: Vec<Span> =
        used.filter(|name| !listed.contains(&stem(name.of(text)))).collect();
    missing.sort_unstable();
    let finding = |name: Span| {
        let message =
            format!("A command uses `{}`, which `dependencies` does not list", name.of(text));
        Finding::new(name, message)
            .severity(Severity::Warning)
            .label(dependencies, "only these files can be loaded")
            .help("Add it to `dependencies`, or name a file from that list.")
    };
    missing.into_iter().map(finding).collect()
}

/// The text before the name of a dependency.
const KINDS: [&str; 3] = ["task ", "template ", "checklist "];

/// The names of several parts after a word.
fn named_after(text: &str, within: Span, kind: &'static str) -> impl Iterator<Item = Span> {
    let inner = within.of(text);
    memchr::memmem::find_iter(inner.as_bytes(), kind).filter_map(move |at| {
        let before = inner.get(..at)?;
        let rest = inner.get(at + kind.len()..)?;
        let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let name = rest.get(..length)?.trim_end_matches('.');
        let is_whole = !rest.get(length..)?.starts_with(|c: char| c.is_alphanumeric() || c == '/');
        let start = within.start + at + kind.len();
        (before.ends_with([' ', '(', '"']) && stem(name).contains('-') && is_whole)
            .then(|| Span::new(start, start + name.len()))
    })
}

/// A name without the ending of a file.
fn stem(name: &str) -> &str {
    let endings = [".md", ".yaml", ".yml", ".txt"];
    endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// The lines below a key of the outermost level.
fn value_of(text: &str, block: Span, key: &str) -> Option<Span> {
    let at = memchr::memmem::find(block.of(text).as_bytes(), key.as_bytes())?;
    let start = block.start + at + key.len();
    let lines = Span::new(start, block.end).of(text).split_inclusive('\n');
    let inside = lines.take_while(|line| line.starts_with([' ', '-', '#', '\r', '\n']));
    Some(Span::new(start, start + inside.map(str::len).sum::<usize>()))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(command: &str) -> Vec<String> {
        let text = format!(
            "# A\n\n```yaml\nagent: a\ncommands:\n  - {command}\ndependencies:\n  tasks:\n    - build-world.md\n  templates:\n    - world-tmpl.yaml\n```\n"
        );
        findings("list-mismatch", "roles/a.md", &text)
    }

    #[test]
    fn commands_use_listed_files() {
        assert_eq!(
            check("build: run task build-world.md with template wrold-tmpl.yaml"),
            [
                "6:50-6:65 warning A command uses `wrold-tmpl.yaml`, which `dependencies` does not list"
            ]
        );
        assert_eq!(check("check: Execute task build-world (checklist done-checklist)").len(), 1);
        assert_eq!(check("epic: Create an epic (task create-epic)").len(), 1);
        for command in [
            "build: run task build-world.md with template world-tmpl.yaml",
            "build: run task build-world for the provided prd-file.md",
            "list: Show each task in-depth/and more",
            "task {name}: run the task",
        ] {
            assert_eq!(check(command), [""; 0], "{command}");
        }
    }
}
