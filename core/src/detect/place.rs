//! Determines from a path alone whether a host looks there, whether people keep roles there, or
//! whether the file need not be read at all.

use super::verdict::SkipReason;
use crate::agents::stem;
use crate::host::{self, Host, Kind};
use crate::role::Syntax;

/// What the path of a file reveals about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A host looks there: the file belongs to the host, whatever its content.
    Host(&'static Host),
    /// People keep roles in folders of this name: the text decides.
    Customary,
    /// The text decides, and has to be clear.
    Any,
    /// The file is not a role, whatever its content.
    Never(SkipReason),
}

/// Classifies a path (`/` between folders), so that most files of a project need not be read.
///
/// ```
/// use rolewright_core::detect::{Place, place};
///
/// assert_eq!(place("team/roles/clerk.md"), Place::Customary);
/// assert!(matches!(place("team/roles/README.md"), Place::Never(_)));
/// assert!(matches!(place("src/main.rs"), Place::Never(_)));
/// ```
pub fn place(path: &str) -> Place {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    match host::by_path(path) {
        Some(host) if host.front_matter.documents && is_read_me(name) => {
            return Place::Never(SkipReason::Documentation);
        }
        Some(host) => return Place::Host(host),
        None => {}
    }
    if is_documentation(name) || folders.split('/').any(|folder| is_any(folder, &ASIDE)) {
        return Place::Never(SkipReason::Documentation);
    }
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return Place::Never(SkipReason::Syntax);
    };
    if !is_any(extension, &EXTENSIONS) || name.ends_with(".min.json") {
        return Place::Never(SkipReason::Syntax);
    }
    if Syntax::of_path(name) != Syntax::Markdown && is_settings(stem) {
        return Place::Never(SkipReason::Settings);
    }
    match host::overlooking(path) {
        Some((host, _)) if host.has_plain_rules() => Place::Host(host),
        Some(_) => Place::Customary,
        None if folders.split('/').any(is_customary) => Place::Customary,
        None => Place::Any,
    }
}

const EXTENSIONS: [&str; 7] = ["md", "markdown", "yaml", "yml", "toml", "json", "jsonc"];

/// Names of files that are about a project, with their translations: `README.de.md`.
const DOCUMENTATION: [&str; 11] = [
    "readme",
    "changelog",
    "license",
    "licence",
    "licenses",
    "copying",
    "contributing",
    "contributors",
    "code_of_conduct",
    "code-of-conduct",
    "governance",
];

/// Names of project documents in uppercase only: `security.md` can be a role.
const LOUD: [&str; 11] = [
    "changes",
    "history",
    "releases",
    "notice",
    "security",
    "support",
    "authors",
    "maintainers",
    "roadmap",
    "upgrading",
    "migration",
];

/// Folders that never contain roles.
const ASIDE: [&str; 3] = ["node_modules", "issue_template", "pull_request_template"];

/// Files in which other programs keep their settings.
const SETTINGS: [&str; 14] = [
    "package",
    "package-lock",
    "composer",
    "cargo",
    "pyproject",
    "tsconfig",
    "jsconfig",
    "deno",
    "rolewright",
    "pnpm-lock",
    "pnpm-workspace",
    "docker-compose",
    "mkdocs",
    "plugin",
];

/// Names of the folders in which people keep roles.
const CUSTOMARY: [&str; 22] = [
    "role",
    "roles",
    "agent",
    "agents",
    "subagent",
    "subagents",
    "persona",
    "personas",
    "prompt",
    "prompts",
    "mode",
    "modes",
    "chatmodes",
    "expert",
    "experts",
    "droids",
    "assistants",
    "specialists",
    "bots",
    "characters",
    "teammates",
    "crew",
];

fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a file with this name describes the project and is not a role.
fn is_documentation(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    is_read_me(name) || is_any(stem, &DOCUMENTATION)
}

/// Whether a file with this name is not a role even in a place where a host looks for roles. An
/// agent can be called `security`, `changelog` or `readme-writer`, but not `SECURITY`, `CHANGELOG`
/// or `README_EN`.
fn is_read_me(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let (first, rest) = stem.split_once(['-', '_', ' ']).unwrap_or((stem, ""));
    let is_loud = |word: &str| !word.contains(char::is_lowercase);
    // `LICENSE-MIT` is a license, `license-clerk` a role.
    let begins = is_any(first, &["readme", "changelog", "license", "licence", "contributing"]);
    let language = rest.split(['-', '_']).next().unwrap_or(rest);
    let is_translation = is_any(first, &["readme"]) && language.len() <= 3;
    let is_known = is_any(stem, &DOCUMENTATION) || is_any(stem, &LOUD);
    is_translation || is_loud(first) && begins || is_loud(stem) && is_known
}

fn is_settings(stem: &str) -> bool {
    let first = stem.trim_start_matches('.').split('.').next().unwrap_or(stem);
    is_any(first, &SETTINGS) || stem.ends_with(".schema") || stem.ends_with("rc")
}

/// Whether people keep roles in a folder with this name: `agents`, `custom-agents`, `.subagents`.
/// Not `.agents`, where several products keep other files, nor a name such as `with-subagents`,
/// which describes how something is done.
pub(super) fn is_customary(folder: &str) -> bool {
    if folder == ".agents" {
        return false;
    }
    // `agents-core`, but not `agent-core` or `mode-switch`.
    let first = folder.split(['-', '_']).next().filter(|first| first.len() < folder.len());
    if first.is_some_and(|first| is_any(first, &["modes", "agents"])) {
        return true;
    }
    let mut words = folder.rsplit(['-', '_', ' ', '.']);
    let is_named = words.next().is_some_and(|last| is_any(last, &CUSTOMARY));
    is_named && !words.any(|word| is_any(word, &["with", "for", "by", "using", "to", "of"]))
}

/// Whether the folders of a file mark it as invoked by people: as a command or a single-file skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Invoked {
    /// The folders do not mark it so.
    No,
    /// The file is in a folder for such files.
    Yes,
    /// The file is in a folder for commands inside this host's own folder.
    Of(&'static Host),
    /// The file is in such a folder of a product that is not known here.
    Elsewhere,
}

/// How the folders of a file mark it as invoked by people; the innermost folder that gives a sign
/// decides.
pub(super) fn invoked(path: &str) -> Invoked {
    let folders = || path.rsplit('/').skip(1);
    let is_for_them = |folder: &str| is_any(folder, &["commands", "command", "skills", "skill"]);
    let mut telling = folders().filter(|folder| is_for_them(folder) || is_customary(folder));
    let Some(folder) = telling.next().filter(|folder| is_for_them(folder)) else {
        return Invoked::No;
    };
    match folders().find(|folder| folder.starts_with('.')) {
        Some(product) => commands(product, folder).map_or(Invoked::Elsewhere, Invoked::Of),
        None => Invoked::Yes,
    }
}

/// The host whose commands are kept in a folder of this name in the host's own folder.
fn commands(product: &str, folder: &str) -> Option<&'static Host> {
    let is_there = |location: &&str| {
        let rest = location.strip_prefix(product).and_then(|rest| rest.strip_prefix('/'));
        let inner = rest.and_then(|rest| rest.strip_prefix(folder));
        inner.is_some_and(|inner| inner.starts_with('/') && inner.ends_with("/*.md"))
    };
    let mut prompts = host::HOSTS.iter().filter(|host| host.kind == Kind::Prompt);
    prompts.find(|host| host.locations.iter().any(is_there))
}

/// Whether the innermost of the folders named for roles is one in which people keep prompts.
pub(super) fn is_of_prompts(path: &str) -> bool {
    let innermost = path.rsplit('/').skip(1).find(|folder| is_customary(folder));
    innermost.is_some_and(|folder| is_any(folder, &["prompt", "prompts"]))
}

/// Whether the innermost of the folders named for roles is one in which people keep agents, and no
/// descriptions of the jobs of people or prompts.
pub(super) fn is_of_agents(path: &str) -> bool {
    let innermost = path.rsplit('/').skip(1).find(|folder| is_customary(folder));
    let is_other = |word: &str| is_any(word, &["role", "roles", "prompt", "prompts"]);
    innermost.is_some_and(|folder| !folder.split(['-', '_', ' ', '.']).any(is_other))
}

/// Whether a file is a role by its name: `system_prompt.md`, `prompts/system.md`.
pub(super) fn is_system_prompt(path: &str) -> bool {
    let name = stem(path);
    is_any(name, &["system_prompt", "system-prompt", "systemprompt"])
        || is_any(name, &["system"]) && is_of_prompts(path)
}

/// Whether a file is a part shared by others, by its folder or its name, or is about roles:
/// `QUICK_REFERENCE.md`.
pub(super) fn is_fragment(path: &str) -> bool {
    let is_part = |folder: &str| {
        folder.starts_with('_')
            || is_any(
                folder,
                &["shared", "common", "partials", "includes", "fragments", "snippets"],
            )
    };
    let stem = stem(path);
    let is_shouted = stem.contains(char::is_uppercase) && !stem.contains(char::is_lowercase);
    let is_loud = is_shouted && stem.contains(['_', '-']);
    is_loud || is_step(path) || path.split('/').any(is_part)
}

/// Whether a file is one of the steps of a longer text: `steps/step-01-init.md`.
pub(super) fn is_step(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let number = name.strip_prefix("step").map(|rest| rest.trim_start_matches(['-', '_']));
    number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || parts.next() == Some("steps")
}

/// Whether a file is in a folder for documentation.
pub(super) fn is_in_docs(path: &str) -> bool {
    let mut folders = path.rsplit('/').skip(1);
    folders.any(|folder| is_any(folder, &["docs", "doc", "documentation", "website", "site"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn a_file_about_the_project_is_not_a_role() {
        for path in [
            "README.md",
            "roles/README.zh-CN.md",
            "agents/CHANGELOG.md",
            "LICENSE.md",
            "prompts/README_EN.md",
            "prompts/readme_zh-cn.md",
            ".claude/agents/README.md",
            ".claude/agents/SECURITY.md",
            "agents/LICENSE-MIT.md",
            "changelog.md",
        ] {
            assert_eq!(place(path), Place::Never(SkipReason::Documentation), "{path}");
        }
    }

    #[test]
    fn an_agent_may_be_called_what_a_file_about_the_project_is() {
        for name in ["security", "support", "migration", "roadmap", "changelog", "readme-writer"] {
            let path = format!(".claude/agents/{name}.md");
            assert!(matches!(place(&path), Place::Host(_)), "{path}");
        }
        assert_eq!(place("agents/security.md"), Place::Customary);
        assert_eq!(place("agents/readme-writer.md"), Place::Customary);
        assert_eq!(place("categories/migration.md"), Place::Any);
    }

    #[test]
    fn what_other_programs_read_is_no_role() {
        assert_eq!(place("agents/package.json"), Place::Never(SkipReason::Settings));
        assert_eq!(place("agents/tsconfig.build.json"), Place::Never(SkipReason::Settings));
        assert_eq!(place("agents/agent.schema.json"), Place::Never(SkipReason::Settings));
        assert_eq!(place("agents/main.py"), Place::Never(SkipReason::Syntax));
    }

    #[test]
    fn the_folders_in_which_people_keep_roles_are_known_at_any_depth() {
        for path in [
            "roles/a.md",
            "kit/custom-agents/deep/a.md",
            "a/Personas/b.yaml",
            ".subagents/a.md",
            "modes-old/a.json",
        ] {
            assert_eq!(place(path), Place::Customary, "{path}");
        }
        assert_eq!(place("agents/license-clerk.md"), Place::Customary);
        assert_eq!(place(".agents/notes/a.md"), Place::Any);
        assert_eq!(place("engineering/backend.md"), Place::Any);
        assert_eq!(place("agenthub/a.md"), Place::Any);
        assert_eq!(place("agent-core/a.md"), Place::Any);
    }
}
