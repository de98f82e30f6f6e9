//! Looks for signs that a text is a role: it addresses the agent, its title names an agent, or its
//! sections are typical of a role. Reads lines, not Markdown.

use super::languages::{self, OPENING_LINES, from_letter};
use super::titles::{is_for_operators, is_labeled, is_manual, is_name, lists_agents, names_a_role};
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
    /// Whether its title names a role only to those who expect one: `Agent: Billing`, `Review Mode`.
    pub labeled: bool,
    /// Whether that title is also the name of the file: `# QA Engineer` in `qa-engineer.md`.
    pub named: bool,
    /// Whether it is short and begins with what its reader does: "You review …".
    pub acts: bool,
    /// Whether there is more than titles and single words.
    pub prose: bool,
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
    pub(super) fn weight(self, customary: bool) -> usize {
        let addresses = if self.addresses { 2 } else { 0 };
        let titled = self.titled || customary && self.labeled;
        addresses + usize::from(titled) + usize::from(self.includes) + self.kinds.min(2)
    }
}

/// Only this much of a text is read: a role identifies itself at the start.
const MOST: usize = 32 * 1024;

/// The number of non-empty lines that may say what the text is for.
const LEAD_LINES: usize = 2;

/// Longer texts, in bytes, that begin with "You review …" are guides.
const SHORT: usize = 1_500;

/// Shorter lines, in bytes, are no prose.
const SENTENCE: usize = 20;

/// Reads the signs of `text[body]`, in a file whose name without an extension is `stem`.
pub(super) fn read(text: &str, body: Span, stem: &str) -> Signs {
    let mut signs = Signs::default();
    let mut kinds = 0u32;
    let mut fence: Option<char> = None;
    let mut seen = 0;
    let mut is_titled = false;
    let mut has_code = false;
    for line in text::lines(text, body) {
        if line.start > body.start + MOST {
            break;
        }
        let line = line.of(text).trim();
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'));
        if line.starts_with("```") || line.starts_with("~~~") {
            fence = if fence.is_none() { mark } else { fence.filter(|open| Some(*open) != mark) };
            has_code = true;
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
            kinds |= introduction(line);
        }
        signs.manual |= seen <= LEAD_LINES && !signs.addresses && is_for_operators(line);
        if let Some(title) = title(line) {
            signs.manual |= line.starts_with('#') && lists_agents(title);
            if !is_titled && line.starts_with("# ") {
                signs.manual |= is_manual(title);
                signs.titled = names_a_role(title);
                signs.labeled = is_labeled(title);
                signs.named = signs.titled && is_name(title, stem);
                is_titled = true;
                continue;
            }
            kinds |= kind(title);
        } else {
            signs.acts |= !signs.prose && is_action(line);
            signs.prose |= line.len() >= SENTENCE;
        }
    }
    signs.acts &= !has_code && body.len() <= SHORT;
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

const OPENINGS: [&str; 14] = [
    "you are ",
    "you're ",
    "act as ",
    "i am an ",
    "i am a ",
    "your role is ",
    "your task is ",
    "your job is ",
    "operate as ",
    "assume the persona of ",
    "assume the role of ",
    "adopt the persona of ",
    "adopt the role of ",
    "take on the role of ",
];

/// What an agent is doing according to its opening: "You are assisting …". Other activities describe
/// a situation.
const AT_WORK: [&str; 4] = ["assisting", "helping", "supporting", "acting"];

/// What agents do according to their opening: "You review …".
#[rustfmt::skip]
const ACTIONS: [&str; 32] = [
    "analyze", "analyse", "assess", "assist", "audit", "build", "coordinate", "define", "design", "develop",
    "document", "draft", "evaluate", "explore", "fix", "help", "implement", "investigate", "maintain",
    "manage", "optimize", "orchestrate", "own", "plan", "refactor", "research", "review", "specialize",
    "test", "translate", "verify", "write",
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
        let happens = word.len() > 4
            && word.ends_with("ing")
            && !AT_WORK.contains(&word)
            && !rest.contains(" as ");
        !TO_READERS.contains(&word) && !happens
    })
}

/// The kind of section that a line stands for. These lines may also be about people, so they count
/// no more than a section.
fn introduction(line: &str) -> u32 {
    let line = from_letter(line);
    if text::after_beginning(line, "as ").is_some() && line.contains(", your responsibilities") {
        return bit(SectionKind::Responsibilities);
    }
    if languages::introduces_itself(line) { bit(SectionKind::Identity) } else { 0 }
}

/// Whether a line begins with what its reader does.
fn is_action(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next() == Some("You") && words.next().is_some_and(|word| ACTIONS.contains(&word))
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
        read(text, Span::new(0, text.len()), "qa-engineer")
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
        assert!(found.titled && !found.labeled);
        assert_eq!((found.kinds, found.weight(false)), (2, 3));
        assert!(signs("# Release Engineer\n").titled);
        assert_eq!(signs("# Engineer things\n\n## Usage\n\n## Examples\n").weight(true), 0);
    }

    #[test]
    fn a_title_may_be_the_name_of_the_file() {
        for title in ["# QA Engineer\n", "# Role: QA Engineer\n", "# QA Engineer Agent\n"] {
            assert!(signs(title).named, "{title}");
        }
        for title in ["# Engineer\n", "# Test Engineer\n", "# QA Engineers\n"] {
            assert!(!signs(title).named, "{title}");
        }
    }

    #[test]
    fn an_agent_may_be_at_work() {
        for line in [
            "You are assisting a clerk with letters.",
            "You are helping the office.",
            "Assume the persona of a strict clerk.",
        ] {
            assert!(signs(line).addresses, "{line}");
        }
        assert!(!signs("You are building a product.").addresses);
        let duties = signs("As the Clerk, your responsibilities are to:\n");
        assert_eq!((duties.kinds, duties.addresses), (1, false));
    }

    #[test]
    fn some_titles_name_a_role_only_among_roles() {
        for title in ["# Agent: Billing\n", "# Review Mode\n"] {
            let found = signs(title);
            assert_eq!((found.weight(true), found.weight(false)), (1, 0), "{title}");
        }
        assert!(!signs("# Modes\n").labeled && !signs("# Agents: a list\n").labeled);
    }

    #[test]
    fn a_short_text_may_begin_with_what_its_reader_does() {
        assert!(signs("# Filing\n\nYou review letters.\nFile none.\n").acts);
        assert!(signs("You write the letters of the office.").acts);
        for text in [
            "You install the package.",
            "The office has rules for letters.\n\nYou review letters.",
            "You write an agent like this:\n\n```\n# Clerk\n```\n",
        ] {
            assert!(!signs(text).acts, "{text}");
        }
        assert!(!signs(&"You review letters. ".repeat(100)).acts);
    }

    #[test]
    fn instructions_for_those_who_work_with_agents_are_a_manual() {
        assert!(signs("# Instructions\n*How to operate the team*\n").manual);
        assert!(signs("# Playbook\n").manual && signs("# Office\n\n## Agent Roster\n").manual);
        assert!(!signs("# Clerk\n\n## Playbook Phases\n").manual);
        for text in [
            "# Instructions\n\nHow to use it: paste it.\n",
            "# Tutor\n\n## How to work with students\n",
            "You are a tutor.\n\nHow to work with students:\n",
        ] {
            assert!(!signs(text).manual, "{text}");
        }
    }

    #[test]
    fn code_says_nothing() {
        assert_eq!(signs("```\nYou are a clerk.\n# Clerk Agent\n```\n"), Signs::default());
    }
}
