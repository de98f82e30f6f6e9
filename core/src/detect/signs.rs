//! Looks for signs that a text is a role: it addresses the agent, its title names an agent, or its
//! sections are typical of a role. Reads lines, not Markdown.

use super::languages;
use crate::role::Role;
use crate::section::{self, Confidence, SectionKind};
use crate::text::{self, Span};

/// The signs of a role in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// Whether it tells its reader who they are: "You are …".
    pub addresses: bool,
    /// Whether its title names a role.
    pub titled: bool,
    /// The number of section kinds that are common in roles and rare in documentation.
    pub kinds: usize,
    /// Whether it includes other files.
    pub includes: bool,
    /// Whether it is a manual for the work of many agents.
    pub manual: bool,
    /// Whether there are placeholders to fill in: `{{commits}}`.
    pub slots: bool,
}

impl Signs {
    /// The strength of the evidence for a role; 2 is enough where people keep roles, 3 elsewhere.
    pub(super) fn weight(self) -> usize {
        let addresses = if self.addresses { 2 } else { 0 };
        addresses + usize::from(self.titled) + usize::from(self.includes) + self.kinds.min(2)
    }
}

/// Only this much of a text is read: a role identifies itself at the start.
const MOST: usize = 32 * 1024;

/// The number of non-empty lines searched for "You are …".
const OPENING_LINES: usize = 30;

/// Reads the signs of `text[body]`.
pub(super) fn read(text: &str, body: Span) -> Signs {
    let mut signs = Signs::default();
    let mut kinds = 0u32;
    let mut fence: Option<char> = None;
    let mut seen = 0;
    let mut is_titled = false;
    for line in text::lines(text, body) {
        if line.start > body.start + MOST {
            break;
        }
        let line = line.of(text).trim();
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'));
        if line.starts_with("```") || line.starts_with("~~~") {
            fence = if fence.is_none() { mark } else { fence.filter(|open| Some(*open) != mark) };
            continue;
        }
        if line.is_empty() || fence.is_some() {
            continue;
        }
        if let Some((_, rest)) = line.split_once("{{") {
            signs.includes |= rest.starts_with("include");
            signs.slots |= rest.split_once("}}").is_some_and(|(name, _)| is_variable(name));
        }
        seen += 1;
        if seen <= OPENING_LINES {
            signs.addresses |= speaks_to_the_agent(line);
            kinds |= if introduces_itself(line) { bit(SectionKind::Identity) } else { 0 };
        }
        if let Some(title) = title(line) {
            signs.manual |= line.starts_with('#') && is_manual(title);
            if !is_titled && line.starts_with("# ") {
                signs.titled = names_a_role(title);
                is_titled = true;
                continue;
            }
            kinds |= kind(title);
        }
    }
    signs.kinds = kinds.count_ones() as usize;
    signs
}

/// Whether the text between braces names the missing content.
fn is_variable(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The title on a line: a heading, a bold line, a label, or a few words in title case.
fn title(line: &str) -> Option<&str> {
    if let Some(heading) = line.strip_prefix('#') {
        return Some(heading.trim_start_matches('#').trim_matches(['*', ' ', '#', ':']));
    }
    let bold =
        line.trim_end_matches(':').strip_prefix("**").and_then(|line| line.strip_suffix("**"));
    let label = || line.strip_suffix(':');
    let plain = || section::is_plain_title(line).then_some(line);
    bold.or_else(label).or_else(plain).filter(|title| title.len() < 60)
}

/// The kind of a section as a bit, if such a section is rare in documentation.
fn kind(title: &str) -> u32 {
    use SectionKind as K;
    let (kind, confidence) = SectionKind::of_title(title);
    let distinctive = match kind {
        K::Identity | K::Responsibilities | K::Boundaries | K::Collaboration => true,
        K::Purpose | K::WhenToUse | K::Expertise | K::Principles | K::Process | K::Output => {
            confidence > Confidence::Pattern
        }
        _ => false,
    };
    if distinctive { bit(kind) } else { 0 }
}

fn bit(kind: SectionKind) -> u32 {
    1 << (kind as u32)
}

const OPENINGS: [&str; 9] = [
    "you are ",
    "you're ",
    "act as ",
    "i am an ",
    "i am a ",
    "your role is ",
    "your task is ",
    "your job is ",
    "operate as ",
];

/// How documentation addresses its reader.
const TO_READERS: [&str; 14] = [
    "using",
    "free",
    "not",
    "here",
    "looking",
    "interested",
    "welcome",
    "reading",
    "able",
    "viewing",
    "done",
    "ready",
    "familiar",
    "already",
];

/// Phrases with which a text assigns an identity to its reader.
const SELF: [&str; 6] = [
    "your persona",
    "your full agent",
    "your agent",
    "agent operating guidelines",
    "agent definition",
    "this persona",
];

fn speaks_to_the_agent(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    if SELF.iter().any(|phrase| lower.contains(phrase)) {
        return true;
    }
    let line = from_letter(line);
    if languages::speaks_to_the_agent(line) {
        return true;
    }
    let opening = OPENINGS.iter().find_map(|opening| {
        let start = line.get(..opening.len())?;
        start.eq_ignore_ascii_case(opening).then(|| line.get(opening.len()..).unwrap_or(""))
    });
    opening.is_some_and(|rest| {
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        // "You are building a product" describes a situation, unless "as" introduces an identity.
        let happens = word.len() > 4 && word.ends_with("ing") && !rest.contains(" as ");
        !TO_READERS.contains(&word) && !happens
    })
}

/// The author's introduction says who the agent is, but may also be that of a person.
fn introduces_itself(line: &str) -> bool {
    languages::introduces_itself(from_letter(line))
}

fn from_letter(line: &str) -> &str {
    line.trim_start_matches(|c: char| !c.is_alphanumeric())
}

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

fn names_a_role(title: &str) -> bool {
    let is_word =
        |word: &str, words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let words = || title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words().next_back().is_some_and(|last| is_word(last, &ROLES))
        || words().any(|word| is_word(word, &["role", "persona", "subagent"]))
}

/// Whether a heading belongs to a manual for many agents: the manual's title, or its list of
/// participants.
fn is_manual(title: &str) -> bool {
    let title = title.to_ascii_lowercase();
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    let is_titled = words.any(|word| matches!(word, "runbook" | "playbook" | "handbook"));
    is_titled
        || ["agent roster", "agent activation", "activation sequence"]
            .iter()
            .any(|list| title.contains(list))
}

/// Whether a text is that of a command: it has placeholders for arguments, runs a command when it
/// is loaded, has its own invocation as title, `/session:commit`, or shows how to invoke it.
pub(super) fn is_of_command(role: &Role<'_>) -> bool {
    let body = role.body.of(role.text);
    let holds = |mark: &str| memchr::memmem::find(body.as_bytes(), mark.as_bytes()).is_some();
    let is_titled = || {
        let first = body.lines().map(str::trim).find(|line| !line.is_empty());
        let name = first.and_then(|line| line.strip_prefix("# /"));
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    holds("$ARGUMENTS")
        || holds("{{args}}")
        || holds("!`") && body.lines().any(|line| line.trim_start().starts_with("!`"))
        || is_titled()
        || is_called(body, role.path)
}

/// Whether a line calls the file by its name: `/kit:review [file]`.
fn is_called(body: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let calls = |line: &str| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let call = line.strip_prefix('/')?.split([' ', '`', '*']).next()?;
        Some(call.rsplit(':').next() == Some(stem))
    };
    let is_there =
        stem.len() > 2 && memchr::memmem::find(body.as_bytes(), stem.as_bytes()).is_some();
    is_there && body.lines().any(|line| calls(line) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Signs {
        read(text, Span::new(0, text.len()))
    }

    #[test]
    fn a_text_that_speaks_to_the_agent_is_told_from_one_that_speaks_to_its_reader() {
        for line in [
            "You are a clerk.",
            "> **You are** the clerk.",
            "You're an analyst.",
            "Act as a clerk.",
        ] {
            assert_eq!(signs(line).addresses, !line.contains("**You are**"), "{line}");
        }
        for line in
            ["You are using version 3.", "You are free to copy it.", "If you are a user, read on."]
        {
            assert!(!signs(line).addresses, "{line}");
        }
    }

    #[test]
    fn titles_and_sections_of_a_role_count() {
        let found =
            signs("# Billing Clerk Role\n\n## Responsibilities\n- x\n\n**Boundaries:**\n- y\n");
        assert_eq!(found, Signs { titled: true, kinds: 2, ..Signs::default() });
        assert!(signs("# Release Engineer\n").titled);
        assert_eq!(signs("# Engineer things\n\n## Usage\n\n## Examples\n").weight(), 0);
    }

    #[test]
    fn code_says_nothing() {
        assert_eq!(signs("```\nYou are a clerk.\n# Clerk Agent\n```\n"), Signs::default());
    }
}
