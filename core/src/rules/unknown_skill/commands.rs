//! Reports commands that a namespace of the workspace does not have: `/session:close`.

use crate::diagnostic::Severity;
use crate::role::Role;
use crate::rules::wording::shortened;
use crate::rules::{Context, Finding};
use crate::text::Span;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use memchr::memmem;

/// A folder with fewer commands may be a name for something else.
const NAMESPACE: usize = 3;

/// Each is looked up among all paths.
const MAX: usize = 100;

/// A command in code.
struct Command<'r> {
    namespace: &'r str,
    name: &'r str,
    span: Span,
}

pub(super) fn check(cx: &Context<'_>) -> Option<Finding> {
    let mut commands: Vec<Command<'_>> = named(cx.role).collect();
    if commands.is_empty() {
        return None;
    }
    let paths = cx.paths();
    let has = |namespace: &str| {
        let folder = format!("commands/{namespace}/");
        let folder = memmem::Finder::new(&folder);
        let is_in = |path: &str| {
            let at = folder.find(path.as_bytes());
            at.is_some_and(|at| at == 0 || path.get(..at).unwrap_or("").ends_with('/'))
        };
        paths.iter().filter(|path| is_in(path)).count() >= NAMESPACE
    };
    // A command of this name may also be a skill, or be in a folder of a plugin.
    let exists = |name: &str| {
        let nested = name.replace(':', "/");
        let (file, folder) = (format!("/{nested}."), format!("/{nested}/"));
        let (file, folder) = (memmem::Finder::new(&file), memmem::Finder::new(&folder));
        let is_there = |path: &[u8]| file.find(path).is_some() || folder.find(path).is_some();
        paths.iter().any(|path| is_there(path.as_bytes()))
    };
    // Most commands of a text share a namespace.
    let mut namespaces: BTreeMap<&str, bool> = BTreeMap::new();
    let mut has = |namespace| *namespaces.entry(namespace).or_insert_with(|| has(namespace));
    commands.retain(|it| has(it.namespace) && !exists(it.name));
    let (first, more) = commands.split_first()?;
    let mut shown: Vec<String> = Vec::new();
    for it in &commands {
        let name = format!("`/{}:{}`", it.namespace, it.name);
        if !shown.contains(&name) {
            shown.push(name);
        }
    }
    let what = if shown.len() > 1 { "commands" } else { "command" };
    let message = format!("The workspace has no {what} {}", shortened(&shown));
    let joined = first.name.replace(':', "-");
    let help = match exists(&joined) {
        true => format!("Did you mean `/{}:{joined}`?", first.namespace),
        false => String::from("Correct the name, or remove it if it is not installed elsewhere."),
    };
    let finding = Finding::new(first.span, message)
        .labels(more.iter().map(|it| it.span), "not in the workspace either")
        .severity(Severity::Info)
        .reason("The folder of its namespace has no file of this name.");
    Some(finding.help(help))
}

/// The commands in code spans. An alias is only another name for the command that the text is.
fn named<'r>(role: &'r Role<'_>) -> impl Iterator<Item = Command<'r>> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let command = move |code: &Span| {
        let written = code.of(role.text).trim_matches('`');
        let word = written.strip_prefix('/')?.split(' ').next()?;
        let (namespace, name) = word.split_once(':')?;
        let is_name = !namespace.is_empty()
            && namespace.chars().all(is_part)
            && name.split(':').all(|part| !part.is_empty() && part.chars().all(is_part));
        let is_hole = matches!(name, "name" | "command") || name.ends_with("-name");
        let start = code.start + (code.len() - written.len()) / 2;
        let line = role.line_at(start).of(role.text);
        (is_name && !is_hole && !line.contains("lias")).then(|| Command {
            namespace,
            name,
            span: Span::new(start, start + 1 + word.len()),
        })
    };
    role.outline.code.iter().filter_map(command).take(MAX)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        let agent = ".claude/agents/x.md";
        let text = alloc::format!("---\nname: x\ndescription: Use it\n---\n\n{text}\n");
        let files = [
            (agent, text.as_str()),
            (".claude/commands/mail/open.md", ""),
            (".claude/commands/mail/file-letter.md", ""),
            (".claude/commands/mail/in/sort.md", ""),
            (".claude/commands/tax/pay.md", ""),
            ("post/skills/send/SKILL.md", ""),
        ];
        findings_in("unknown-skill", agent, &files)
    }

    #[test]
    fn a_command_that_its_namespace_lacks_is_found() {
        assert_eq!(
            check("Run `/mail:close` or `/mail:burn all`, then `/mail:close`."),
            ["6:6-6:17 info The workspace has no commands `/mail:close` and `/mail:burn`"]
        );
        assert_eq!(
            check("Run `/mail:file:letter`."),
            ["6:6-6:23 info The workspace has no command `/mail:file:letter`"]
        );
    }

    #[test]
    fn known_commands_and_other_namespaces_are_left_alone() {
        for text in [
            "Run `/mail:open`, `/mail:in:sort`, `/mail:send` and `/mail:file-letter now`.",
            "Run `/tax:file` of another folder, and `/work:start`.",
            "Write `/mail:name` or `/mail:<name>`, or /mail:burn.",
            "**Aliases:** `/mail:burn`",
            "```\n/mail:burn\n```",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
