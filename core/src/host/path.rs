//! Finds the host of a path by the places in which hosts look for roles. Sees only the path, never
//! a file.

use super::{HOSTS, Host};

/// The host that reads a file at this path (`/` between folders), where a host looks there. A pattern
/// may begin at any folder, as the workspace may be a part of a larger one. The pattern that says
/// most about the file's own name wins, then the one that says most about its folders, then the earlier
/// host.
///
/// ```
/// use rolewright_core::host::by_path;
///
/// assert_eq!(by_path(".claude/agents/team/clerk.md").map(|host| host.id), Some("claude-code"));
/// assert!(by_path("README.md").is_none());
/// ```
pub fn by_path(path: &str) -> Option<&'static Host> {
    if path.is_empty() {
        return None;
    }
    let mut best: Option<((usize, usize), &'static Host)> = None;
    for host in &HOSTS {
        for pattern in host.locations {
            let name = split_last(pattern).map_or(0, |(_, name)| name.len());
            if best.is_some_and(|((most, _), _)| name < most) || !matches(pattern, path) {
                continue;
            }
            let weight = (name, folders(pattern));
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, host));
            }
        }
    }
    best.map(|(_, host)| host)
}

/// How much a pattern says about the folders of a file.
fn folders(pattern: &str) -> usize {
    pattern.split('/').filter(|part| !part.contains('*')).map(str::len).sum()
}

impl Host {
    /// The folder above a path that this host searches with all folders below it.
    pub(crate) fn deep_location<'p>(&self, path: &'p str) -> Option<&'p str> {
        let tops = self.locations.iter().filter_map(|location| location.split_once("/**/"));
        let mut above = path;
        while let Some((folder, _)) = split_last(above).filter(|(folder, _)| !folder.is_empty()) {
            if tops.clone().any(|(top, _)| matches(top, folder)) {
                return Some(folder);
            }
            above = folder;
        }
        None
    }
}

/// Whether a path ends in what a glob describes: `*` within a name, `**` for any number of folders.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    if !pattern.bytes().any(|byte| byte == b'*') {
        let before = path.strip_suffix(pattern);
        return pattern.is_empty() || before.is_some_and(|b| b.is_empty() || b.ends_with('/'));
    }
    let Some((pattern_rest, pattern_last)) = split_last(pattern) else { return true };
    if pattern_last == "**" {
        let mut rest = path;
        loop {
            if matches(pattern_rest, rest) {
                return true;
            }
            let Some((shorter, _)) = split_last(rest) else { return false };
            rest = shorter;
        }
    }
    match split_last(path) {
        Some((path_rest, path_last)) => {
            name_matches(pattern_last, path_last) && matches(pattern_rest, path_rest)
        }
        None => false,
    }
}

fn split_last(path: &str) -> Option<(&str, &str)> {
    // Names are short: a search made for long texts takes several times as long.
    match path.bytes().rposition(|byte| byte == b'/') {
        Some(at) => Some((path.get(..at)?, path.get(at + 1..)?)),
        None if path.is_empty() => None,
        None => Some(("", path)),
    }
}

/// Whether a name is what a pattern describes, `*` standing for any text.
pub(crate) fn name_matches(pattern: &str, name: &str) -> bool {
    if let Some(end) = pattern.strip_prefix('*').filter(|end| !end.bytes().any(|b| b == b'*')) {
        return name.ends_with(end);
    }
    let Some((first, mut rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    while let Some((part, more)) = rest.split_once('*') {
        let Some(at) = name.find(part) else { return false };
        name = name.get(at + part.len()..).unwrap_or("");
        rest = more;
    }
    name.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(by_path(path).map(|host| host.id), expected, "{path}");
    }

    #[test]
    fn each_host_is_found_where_it_looks() {
        check(".claude/agents/reviewer.md", Some("claude-code"));
        check(".claude/agents/team/backend/reviewer.md", Some("claude-code"));
        check("plugins/security/agents/auditor.md", Some("claude-code-plugin"));
        check(".github/agents/planner.agent.md", Some("copilot"));
        check(".github/agents/planner.md", Some("copilot"));
        check(".github/chatmodes/plan.chatmode.md", Some("vscode-agent"));
        check(".claude/skills/pdf/SKILL.md", Some("claude-skill"));
        check(".github/skills/pdf/SKILL.md", Some("agent-skill"));
        check(".deepagents/agents/clerk/AGENTS.md", Some("deep-agents"));
        check(".amazonq/cli-agents/clerk.json", Some("amazon-q"));
        check("SKILL.md", Some("agent-skill"));
        check(".cursor/agents/reviewer.md", Some("cursor-agent"));
        check(".cursor/rules/python/style.mdc", Some("cursor-rule"));
        check(".cursorrules", Some("cursor-rule"));
        check(".codex/agents/reviewer.toml", Some("codex-agent"));
        check("AGENTS.md", Some("agents-md"));
        check(".gemini/agents/reviewer.md", Some("gemini"));
        check(".opencode/agent/team/reviewer.md", Some("opencode"));
        check(".opencode/agents/reviewer.md", Some("opencode"));
        check(".roomodes", Some("roo"));
        check(".qwen/agents/reviewer.md", Some("qwen"));
        check(".factory/droids/reviewer.md", Some("factory"));
        check(".kiro/agents/reviewer.json", Some("kiro"));
    }

    #[test]
    fn a_workspace_may_lie_inside_a_larger_one() {
        check("services/billing/.claude/agents/reviewer.md", Some("claude-code"));
        check("external_plugins/telegram/skills/configure/SKILL.md", Some("agent-skill"));
    }

    #[test]
    fn the_name_of_the_file_says_more_than_its_folder() {
        check("plugins/awesome/agents/planner.agent.md", Some("copilot"));
        check("plugins/security/agents/triage/SKILL.md", Some("agent-skill"));
    }

    #[test]
    fn a_path_where_no_host_looks_belongs_to_none() {
        check("", None);
        check("roles/admin.md", None);
        check("README.md", None);
        check(".claude/agents", None);
        check(".claude/agents/reviewer.txt", None);
        check("my.claude/agents/reviewer.md", None);
        check("agents/reviewer.md", None);
    }

    #[test]
    fn a_star_stands_for_any_text_within_a_name() {
        for (pattern, name, expected) in [
            ("mcp__*", "mcp__github__list", true),
            ("mcp__*", "mcp_github", false),
            ("*/*", "github/list", true),
            ("*/*", "github", false),
            ("*", "", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c", false),
            ("ab*b", "ab", false),
        ] {
            assert_eq!(name_matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
