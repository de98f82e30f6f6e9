//! Reads what the title of a text, or a line in place of one, says about roles.

use super::languages::from_letter;
use crate::text::after_beginning;
use alloc::string::String;
use alloc::vec::Vec;

/// Words that end the title of a role, or appear in it.
const ROLES: [&str; 22] = [
    "agent",
    "subagent",
    "specialist",
    "engineer",
    "architect",
    "expert",
    "reviewer",
    "developer",
    "analyst",
    "designer",
    "manager",
    "assistant",
    "writer",
    "researcher",
    "tester",
    "auditor",
    "planner",
    "coordinator",
    "administrator",
    "strategist",
    "coach",
    "orchestrator",
];

pub(super) fn names_a_role(title: &str) -> bool {
    let is_word =
        |word: &str, words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let words = || title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().next_back().is_some_and(|last| is_word(last, &ROLES))
        || words().any(|word| is_word(word, &["role", "persona", "subagent"]))
}

/// Whether a title names a role in a folder of roles, but something else elsewhere.
pub(super) fn is_labeled(title: &str) -> bool {
    let is_label = || {
        let (label, _) = title.split_once(':')?;
        Some(label.trim().eq_ignore_ascii_case("agent"))
    };
    let last = title.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    last.is_some_and(|last| last.eq_ignore_ascii_case("mode")) || is_label() == Some(true)
}

/// Whether a line at the start addresses people who work with agents: "How to operate the team".
pub(super) fn is_for_operators(line: &str) -> bool {
    let line = if line.starts_with("##") { "" } else { from_letter(line) };
    let rest = after_beginning(line, "how to ").unwrap_or("");
    ["operate ", "work with ", "interact with ", "talk to ", "use the "]
        .iter()
        .any(|what| rest.starts_with(what))
}

/// Whether a title is that of a manual for the work of many agents.
pub(super) fn is_manual(title: &str) -> bool {
    let is_one = |word: &str| {
        let names = ["runbook", "playbook", "handbook"];
        names.iter().any(|name| name.eq_ignore_ascii_case(word))
    };
    title.split(|c: char| !c.is_alphanumeric()).any(is_one)
}

/// Whether a heading is that of a manual's list of agents.
pub(super) fn lists_agents(title: &str) -> bool {
    let title = title.to_ascii_lowercase();
    ["agent roster", "agent activation", "activation sequence"]
        .iter()
        .any(|list| title.contains(list))
}

/// Whether a title is the name of a file: "Role: QA Engineer" that of `qa-engineer`. The word "agent"
/// at the end does not matter.
pub(super) fn is_name(title: &str, stem: &str) -> bool {
    let title = title.split_once(':').map_or(title, |(_, name)| name);
    let of = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
        words.pop_if(|word| word == "agent");
        words
    };
    let name = of(title);
    !name.is_empty() && name == of(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profession_at_the_end_names_a_role() {
        assert!(names_a_role("Release Engineer") && names_a_role("Role: Clerk"));
        assert!(!names_a_role("Engineer things") && !names_a_role("Review Mode"));
        assert!(is_labeled("Review Mode") && is_labeled("Agent: Billing"));
        assert!(!is_labeled("Modes") && !is_labeled("Agents: a list"));
    }
}
