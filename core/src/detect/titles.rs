//! Reads what the title of a text, or a line in place of one, says about roles.

use super::languages::from_letter;
use crate::text::after_beginning;

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

/// Whether a heading belongs to a manual for many agents: the manual's title, or its list of
/// participants.
pub(super) fn is_manual(title: &str) -> bool {
    let title = title.to_ascii_lowercase();
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    let is_titled = words.any(|word| matches!(word, "runbook" | "playbook" | "handbook"));
    is_titled
        || ["agent roster", "agent activation", "activation sequence"]
            .iter()
            .any(|list| title.contains(list))
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
