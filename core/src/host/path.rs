//! Finds the host of a path from the places where hosts look for roles. Sees only the path, never a
//! file.

use super::table::{FOLDERS, NAMES, OVERLOOKING};
use super::{HOSTS, Host, Kind, Overlooked, Presence};

/// The host that reads a file at this path (`/` between folders), if a host looks there. A pattern
/// may begin at any folder, because the workspace may be part of a larger one. The pattern with the
/// most specific file name wins, then the pattern with the most specific folders, then the earlier
/// host.
///
/// ```
/// use rolewright_core::host::by_path;
///
/// assert_eq!(by_path(".claude/agents/team/clerk.md").map(|host| host.id), Some("claude-code"));
/// assert!(by_path("README.md").is_none());
/// ```
pub fn by_path(path: &str) -> Option<&'static Host> {
    let (folders, name) = split_last(path)?;
    let mut best = NAMES.iter().find(|place| name_matches(place.pattern, name));
    for folder in folders.as_bytes().split(|byte| *byte == b'/') {
        let Ok(at) = FOLDERS.binary_search_by(|(known, _)| known.as_bytes().cmp(folder)) else {
            continue;
        };
        let places = FOLDERS.get(at).map_or(&[][..], |(_, places)| places);
        let better = |place: &&Place| best.is_none_or(|best| place.rank < best.rank);
        let found = places.iter().take_while(better).find(|place| matches(place.pattern, path));
        best = found.or(best);
    }
    let host = HOSTS.get(usize::from(best?.host))?;
    let is_left_out = host.except.iter().any(|pattern| matches(pattern, path));
    (!is_left_out).then_some(host)
}

/// Other hosts that also read the file at a path, although it is in a location of a different host.
///
/// ```
/// use rolewright_core::host::also_read_by;
///
/// let others: Vec<_> = also_read_by(".claude/agents/clerk.md").map(|host| host.id).collect();
/// assert!(others.contains(&"cursor-agent"));
/// assert_eq!(also_read_by(".gemini/agents/clerk.md").count(), 0);
/// ```
pub fn also_read_by(path: &str) -> impl Iterator<Item = &'static Host> + '_ {
    let reads = |host: &&Host| host.also_reads.iter().any(|place| matches(place, path));
    HOSTS.iter().filter(reads)
}

/// The host whose own folder contains a file, and the reason the host does not load it.
pub(crate) fn overlooking(path: &str) -> Option<(&'static Host, &'static Overlooked)> {
    // Most paths lack the first folder of a location, which is faster to check than the whole
    // pattern.
    let is_hidden = path.starts_with('.') || path.contains("/.");
    let may_match = |location: &str| {
        let first = location.split('/').next().unwrap_or("").as_bytes();
        let mut parts = path.as_bytes().split(|byte| *byte == b'/');
        first.contains(&b'*')
            || (is_hidden || !first.starts_with(b".")) && parts.any(|part| part == first)
    };
    OVERLOOKING.iter().filter_map(|host| HOSTS.get(usize::from(*host))).find_map(|host| {
        let is_there =
            |place: &&Overlooked| may_match(place.location) && matches(place.location, path);
        let place = host.overlooked.iter().find(is_there)?;
        (!host.locations.iter().any(|own| matches(own, path))).then_some((host, place))
    })
}

/// A place where a host looks. A lower rank means a more specific place.
pub(super) struct Place {
    pub(super) rank: u16,
    pub(super) host: u16,
    pub(super) pattern: &'static str,
}

impl Host {
    /// Whether its files are rules that may be text alone, without front matter.
    pub(crate) fn has_plain_rules(&self) -> bool {
        self.kind == Kind::Rule && self.front_matter.presence == Presence::Optional
    }

    /// The folder above a path that this host searches together with all its subfolders.
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

/// Whether a path ends in a match of a glob: `*` within a name, `**` for any number of folders.
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
    // Names are short: a search routine for long texts takes several times as long.
    match path.bytes().rposition(|byte| byte == b'/') {
        Some(at) => Some((path.get(..at)?, path.get(at + 1..)?)),
        None if path.is_empty() => None,
        None => Some(("", path)),
    }
}

/// Whether a name matches a pattern, with `*` for any text.
pub(crate) fn name_matches(pattern: &str, name: &str) -> bool {
    // The first character tells most names from most patterns.
    if let Some(first) = pattern.bytes().next()
        && first != b'*'
        && name.bytes().next() != Some(first)
    {
        return false;
    }
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
    fn a_host_may_leave_out_names_in_its_own_folder() {
        check(".gemini/agents/_draft.md", None);
        check(".gemini/agents/draft_2.md", Some("gemini"));
        check(".claude/agents/_draft.md", Some("claude-code"));
        check("AGENT.md", Some("agent-md"));
        check("pack/agents/reviewer/AGENT.md", None);
        check(".devin/agents/reviewer/AGENT.md", Some("devin"));
    }

    #[test]
    fn commands_workflows_and_steering_files_have_places_of_their_own() {
        check(".opencode/command/a.md", Some("opencode-command"));
        check(".opencode/commands/team/a.md", Some("opencode-command"));
        check(".gemini/commands/git/a.toml", Some("gemini-command"));
        check(".kiro/steering/a.md", Some("kiro-steering"));
        check(".roo/commands/a.md", Some("roo-command"));
        check(".windsurf/workflows/a.md", Some("windsurf-workflow"));
        check(".agent/rules/a.md", Some("antigravity-rule"));
        check(".agents/workflows/a.md", Some("antigravity-workflow"));
        check(".roorules-code", Some("roo-rule"));
        check(".clinerules/workflows/a.md", Some("cline-workflow"));
        check(".clinerules/a.md", Some("cline-rule"));
        check(".clinerules", Some("cline-rule"));
        check("src/crew/config/tasks.yaml", Some("crewai-task"));
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

    /// Does the same by comparing with every location of every host.
    fn searched(path: &str) -> Option<&'static str> {
        let weight = |pattern: &str| {
            let (folders, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
            let plain = folders.split('/').filter(|part| !part.contains('*'));
            (name.len(), plain.map(str::len).sum::<usize>())
        };
        let places = HOSTS.iter().flat_map(|host| host.locations.iter().map(move |p| (host, p)));
        let found = places.filter(|(_, pattern)| matches(pattern, path));
        // `max_by_key` returns the last of equal elements, so the earlier host must come last.
        found
            .collect::<alloc::vec::Vec<_>>()
            .into_iter()
            .rev()
            .max_by_key(|(_, p)| weight(p))
            .map(|(host, _)| host.id)
    }

    #[test]
    fn the_index_of_places_finds_what_a_search_of_all_finds() {
        for pattern in HOSTS.iter().flat_map(|host| host.locations) {
            for (any, name) in [("a/b", "x"), ("a", "x.agent"), ("a/.claude/agents", "x.prompt")] {
                for above in ["", "inner/", ".github/agents/", "plugins/one/agents/"] {
                    let path = pattern.replace("**", any).replace('*', name);
                    let path = alloc::format!("{above}{path}");
                    assert_eq!(by_path(&path).map(|host| host.id), searched(&path), "{path}");
                }
            }
        }
    }

    #[test]
    fn a_workspace_may_be_inside_a_larger_one() {
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
