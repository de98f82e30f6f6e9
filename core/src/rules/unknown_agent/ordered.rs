//! Finds the agents that a sentence orders to start, and those in a list that the host does not
//! read.

use super::is_kebab;
use crate::host::Kind;
use crate::role::Role;
use crate::rules::Context;
use crate::rules::wording::words_before;
use crate::text::{Span, letters};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Verbs that start an agent.
const VERBS: [&str; 10] =
    ["call", "dispatch", "engage", "invoke", "launch", "query", "run", "spawn", "start", "use"];

/// The last words of names of agents; `long-running agents` are no such name.
const KINDS: [&str; 26] = [
    "analyst",
    "architect",
    "auditor",
    "checker",
    "coder",
    "debugger",
    "designer",
    "dev",
    "developer",
    "engineer",
    "expert",
    "explorer",
    "fixer",
    "generator",
    "implementer",
    "lead",
    "manager",
    "optimizer",
    "planner",
    "researcher",
    "reviewer",
    "specialist",
    "tester",
    "validator",
    "verifier",
    "writer",
];

/// Names in orders such as "Launch research-specialist agents".
pub(super) fn in_orders(role: &Role<'_>) -> Vec<(String, Span)> {
    let body = role.body;
    let nouns = memchr::memmem::find_iter(body.of(role.text).as_bytes(), " agent");
    nouns.filter_map(|at| ordered(role, body.start + at)).collect()
}

/// The name before the noun at `at`.
fn ordered(role: &Role<'_>, at: usize) -> Option<(String, Span)> {
    let after = role.text.get(at + " agent".len()..)?;
    let after = after.strip_prefix('s').unwrap_or(after);
    if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/')) {
        return None;
    }
    let line = role.line_at(at);
    let before = role.text.get(line.start..at)?;
    let bare = before.trim_end_matches(['`', '*']);
    let start = bare.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len();
    let name = bare.get(start..)?;
    let kind = name.rsplit('-').next()?;
    let is_marked = before.ends_with('`');
    if !is_kebab(name) || !is_marked && !KINDS.contains(&kind) {
        return None;
    }
    let lead = bare.get(..start)?.trim_end_matches(['`', '*']);
    let articles = ["the ", "a ", "an "].into_iter();
    let lead = articles.filter_map(|article| lead.strip_suffix(article)).next().unwrap_or(lead);
    let verb = lead.strip_suffix(' ')?.rsplit(|c: char| !c.is_ascii_alphabetic()).next()?;
    let is_order = VERBS.iter().any(|known| known.eq_ignore_ascii_case(verb));
    let verb_start = line.start + lead.len() - 1 - verb.len();
    let is_negated = words_before(role.text, line, verb_start).take(3).any(|word| {
        let word = word.of(role.text).to_ascii_lowercase();
        matches!(&*word, "not" | "never" | "cannot" | "would" | "to") || word.ends_with("n't")
    });
    let span = Span::new(line.start + start, line.start + bare.len());
    (is_order && !is_negated && role.outline.fence_at(at).is_none())
        .then(|| (name.to_string(), span))
}

/// The names in fields that say which agents the role may start, although the host does not read
/// them.
pub(super) fn in_unread_fields(cx: &Context<'_>) -> Vec<(String, Span)> {
    const FIELDS: [&str; 2] = ["allowedagents", "subagents"];
    let mut names = Vec::new();
    if cx.host.kind != Kind::Role {
        return names;
    }
    for field in cx.role.fields() {
        let is_unread = cx.host.field(&field.name).is_none();
        if !is_unread || !FIELDS.contains(&&*letters(&field.name)) {
            continue;
        }
        for item in field.value.items().unwrap_or(&[]) {
            let name = item.as_str().unwrap_or("");
            if is_kebab(name) {
                names.push((name.to_string(), item.span));
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::options::Options;
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str, agents: &[&str]) -> Vec<String> {
        let file = |name: &&str| {
            (format!(".claude/agents/{name}.md"), format!("---\nname: {name}\n---\nx\n"))
        };
        let files: BTreeMap<String, String> = agents.iter().map(file).collect();
        let input = Input::new(text).at(".claude/agents/x.md").with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found = found.into_iter().filter(|d| d.rule == "unknown-agent");
        found.map(|d| format!("{} {}", d.severity.name(), d.message)).collect()
    }

    #[test]
    fn an_agent_that_a_sentence_orders_to_start_exists() {
        let check = |body: &str, agents: &[&str]| {
            check(&format!("---\nname: x\ndescription: y\n---\n{body}\n"), agents)
        };
        let two = ["clerk", "file-tester"];
        for (body, name) in [
            ("1. Launch mail-specialist agents with orders.", "mail-specialist"),
            ("When it is done, use the `mail-sorting` agent.", "mail-sorting"),
            ("Then spawn a mail-reviewer agent.", "mail-reviewer"),
        ] {
            let found = [format!("info The workspace has no agent `{name}`")];
            assert_eq!(check(body, &two), found, "{body}");
        }
        for body in [
            "Launch long-running agents.",
            "Use the file-tester agent.",
            "Use the general-purpose agent.",
            "Never launch mail-specialist agents.",
            "The mail-specialist agent does it.",
            "```\nLaunch mail-specialist agents\n```",
            "Use mail-specialist agent-like prompts.",
        ] {
            assert_eq!(check(body, &two), [""; 0], "{body}");
        }
        assert_eq!(check("Launch mail-specialist agents.", &["clerk"]), [""; 0]);
    }

    #[test]
    fn an_unread_list_names_agents_too() {
        let text = "---\nname: x\ndescription: y\nallowedAgents: [mail-sorter, clerk, file-tester]\n---\nLaunch mail-sorter agents. Launch the `mail-sorter` agent.\n";
        assert_eq!(
            check(text, &["clerk", "file-tester"]),
            ["info The workspace has no agent `mail-sorter`"]
        );
    }
}
