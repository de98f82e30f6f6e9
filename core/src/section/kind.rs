//! Determines the topic of a section from its title, with a table of titles from real roles. Knows
//! only English titles; any other title is [`SectionKind::Other`].

use alloc::string::String;
use alloc::vec::Vec;

/// The topic of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SectionKind {
    /// Who the agent is.
    Identity,
    /// What it is for.
    Purpose,
    /// When it is to be called.
    WhenToUse,
    /// What it has to do.
    Responsibilities,
    /// What it knows.
    Expertise,
    /// What guides it.
    Principles,
    /// What it must not do.
    Boundaries,
    /// What it is given.
    Inputs,
    /// What it works with.
    Tools,
    /// How it goes about its work.
    Process,
    /// What it returns.
    Output,
    /// Samples of input and output.
    Examples,
    /// How its work is judged.
    Quality,
    /// Whom it works with.
    Collaboration,
    /// What to do when something is missing or fails.
    EdgeCases,
    /// What it remembers.
    State,
    /// About the file itself.
    Meta,
    /// Any other topic.
    Other,
}

/// How sure a [`SectionKind`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The title contains a word that indicates the topic, or no title was recognized.
    Pattern,
    /// The title is a known name for the topic.
    Synonym,
    /// The title is its own name.
    Exact,
}

impl SectionKind {
    /// Its name for people.
    ///
    /// ```
    /// use rolewright_core::section::SectionKind;
    ///
    /// assert_eq!(SectionKind::WhenToUse.name(), "when to use");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            SectionKind::Identity => "identity",
            SectionKind::Purpose => "purpose",
            SectionKind::WhenToUse => "when to use",
            SectionKind::Responsibilities => "responsibilities",
            SectionKind::Expertise => "expertise",
            SectionKind::Principles => "principles",
            SectionKind::Boundaries => "boundaries",
            SectionKind::Inputs => "inputs",
            SectionKind::Tools => "tools",
            SectionKind::Process => "process",
            SectionKind::Output => "output",
            SectionKind::Examples => "examples",
            SectionKind::Quality => "quality",
            SectionKind::Collaboration => "collaboration",
            SectionKind::EdgeCases => "edge cases",
            SectionKind::State => "state",
            SectionKind::Meta => "meta",
            SectionKind::Other => "other",
        }
    }

    /// The kind that a title names.
    pub(crate) fn of_title(title: &str) -> (Self, Confidence) {
        let title = normalized(title);
        if let Some((kind, ..)) = NAMES.iter().find(|(kind, ..)| kind.name() == title) {
            return (*kind, Confidence::Exact);
        }
        if let Some((kind, ..)) = NAMES.iter().find(|(_, names, _)| names.contains(&&*title)) {
            return (*kind, Confidence::Synonym);
        }
        let after_spaces = title.match_indices(' ').filter_map(|(at, _)| title.get(at + 1..));
        let rests: Vec<&str> = core::iter::once(&*title).chain(after_spaces).collect();
        let kind = NAMES.iter().find(|(_, _, words)| words.iter().any(|w| holds(&rests, w)));
        (kind.map_or(SectionKind::Other, |(kind, ..)| *kind), Confidence::Pattern)
    }
}

/// Whether `words` appears as whole words in a title, given from each of its words on.
fn holds(rests: &[&str], words: &str) -> bool {
    rests.iter().any(|rest| {
        rest.strip_prefix(words).is_some_and(|after| after.is_empty() || after.starts_with(' '))
    })
}

/// The title in lowercase, without numbers, emoji, punctuation, parentheses and empty words.
fn normalized(title: &str) -> String {
    let title = title.split('(').next().unwrap_or(title);
    let mut out = String::with_capacity(title.len());
    for word in title.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        let filler = ["your", "my", "our", "core", "key", "the", "main", "primary", "overall"];
        let lower = word.to_lowercase();
        if word.is_empty() || filler.contains(&&*lower) || word.chars().all(|c| c.is_ascii_digit())
        {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&lower);
    }
    out
}

use SectionKind as K;

/// For each kind, its known titles, and words that indicate it in a longer title. The first kind
/// with a matching word wins: other agents and failures come before general words.
#[rustfmt::skip]
static NAMES: [(SectionKind, &[&str], &[&str]); 17] = [
    (
        K::Collaboration,
        &["interaction pattern", "handoff", "handoffs", "handoff contract", "escalation",
          "report back", "reports to", "works with", "workflow position", "team"],
        &["other agents", "collaboration", "coordination", "handoff", "handoffs", "delegation",
          "escalation", "integration with", "interaction pattern"],
    ),
    (
        K::WhenToUse,
        &["triggers", "activation", "example interactions", "common scenarios", "use when",
          "when not to use", "use cases"],
        &["when to", "when not to", "when invoked", "when you are", "use this", "triggers",
          "activation", "invocation"],
    ),
    (
        K::EdgeCases,
        &["edge cases", "error handling", "troubleshooting", "ambiguity", "fallback",
          "common issues", "common pitfalls", "pitfalls"],
        &["edge cases", "edge case", "error handling", "errors", "troubleshooting", "fallback",
          "missing", "ambiguity", "failure", "pitfalls", "common issues"],
    ),
    (
        K::Examples,
        &["example", "sample", "samples", "few shot", "example prompts", "good examples",
          "poor examples"],
        &["examples", "example", "sample"],
    ),
    (
        K::Output,
        &["output format", "outputs", "deliverables", "required outputs", "response style",
          "response structure", "response format", "report format", "templates", "template",
          "output schema", "report", "deliverable"],
        &["output", "outputs", "deliverable", "deliverables", "report", "template", "templates",
          "response format", "response style", "response structure", "what to return"],
    ),
    (
        K::Boundaries,
        &["constraints", "rules", "critical rules", "strict boundaries", "forbidden behaviors",
          "forbidden behaviours", "guardrails", "scope", "out of scope", "non goals",
          "anti patterns", "antipatterns", "untrusted content", "secret handling", "restrictions",
          "limitations", "do not", "never", "what not to do"],
        &["constraints", "boundaries", "rules", "forbidden", "guardrails", "scope", "non goals",
          "anti patterns", "limitations", "restrictions", "prohibited", "don'ts",
          "not to do", "security considerations"],
    ),
    (
        K::Quality,
        &["quality standards", "success metrics", "success criteria", "evaluation criteria",
          "definition of done", "validation", "quality gates", "acceptance", "acceptance criteria",
          "quality assurance", "metrics", "self check", "verification"],
        &["quality", "success", "evaluation", "metrics", "definition of done", "validation",
          "acceptance", "verification", "benchmarking"],
    ),
    (
        K::Responsibilities,
        &["duties", "what you do", "mandate", "responsibility", "tasks",
          "what you are responsible for"],
        &["responsibilities", "responsibility", "duties", "mandate"],
    ),
    (
        K::Principles,
        &["philosophy", "behavioral traits", "behavioural traits", "guidelines", "best practices",
          "standards", "conventions", "constitutional", "values", "working philosophy", "beliefs"],
        &["principles", "philosophy", "traits", "guidelines", "best practices", "standards",
          "conventions", "code style", "mindset"],
    ),
    (
        K::Tools,
        &["commands", "mcp", "permissions", "setup", "tool usage", "mcp servers",
          "technologies and tools"],
        &["tools", "tool", "commands", "mcp", "permissions"],
    ),
    (
        K::Expertise,
        &["capabilities", "knowledge base", "competencies", "domain expertise", "technologies",
          "focus areas", "what you know", "skills", "knowledge", "specializations", "specialties",
          "tech stack"],
        &["expertise", "capabilities", "competencies", "knowledge", "specialization",
          "focus areas", "technologies", "skills"],
    ),
    (
        K::Inputs,
        &["input", "required inputs", "context", "context loading", "prerequisites",
          "knowledge sources", "references", "previous work", "communication protocol",
          "reference documents", "required reading"],
        &["inputs", "input", "context", "prerequisites", "references", "requirements gathering",
          "required reading", "reference documents"],
    ),
    (
        K::State,
        &["memory", "working memory", "session continuity", "update state", "certificates",
          "working memory location"],
        &["memory", "session continuity", "state"],
    ),
    (
        K::Process,
        &["workflow", "approach", "response approach", "methodology", "steps", "phases",
          "implementation phase", "execution", "protocol", "decision framework", "checklist",
          "instructions", "how you work", "procedure", "development workflow", "tasks workflow"],
        &["workflow", "process", "approach", "methodology", "steps", "step", "phase", "phases",
          "protocol", "checklist", "framework", "strategy", "procedure", "instructions"],
    ),
    (
        K::Purpose,
        &["mission", "goal", "goals", "objective", "objectives", "focus", "aim", "overview"],
        &["purpose", "mission", "objective", "objectives", "goals"],
    ),
    (
        K::Identity,
        &["role", "role title", "role definition", "persona", "who you are", "profile",
          "expert purpose", "about you", "personality"],
        &["role", "persona", "identity", "personality", "who you are"],
    ),
    (
        K::Meta,
        &["version", "author", "changelog", "maintainer notes", "license", "version history"],
        &["changelog", "version history", "maintainer"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_through_numbers_emoji_and_filler() {
        for (title, kind, confidence) in [
            ("Responsibilities", K::Responsibilities, Confidence::Exact),
            ("🎯 Your Core Mission", K::Purpose, Confidence::Synonym),
            ("2. Output Format (JSON)", K::Output, Confidence::Synonym),
            ("Key Responsibilities:", K::Responsibilities, Confidence::Exact),
            ("Integration with other agents", K::Collaboration, Confidence::Pattern),
            ("When to Use This Agent", K::WhenToUse, Confidence::Pattern),
            ("ABSOLUTE RULES", K::Boundaries, Confidence::Pattern),
            ("Database Performance", K::Other, Confidence::Pattern),
            ("", K::Other, Confidence::Pattern),
            ("职责", K::Other, Confidence::Pattern),
        ] {
            assert_eq!(SectionKind::of_title(title), (kind, confidence), "{title}");
        }
    }

    #[test]
    fn words_count_only_whole() {
        assert_eq!(SectionKind::of_title("Statement Coverage").0, K::Other);
        assert_eq!(SectionKind::of_title("Roleplay").0, K::Other);
    }

    #[test]
    fn every_kind_but_other_has_names() {
        assert!(NAMES.iter().all(|(kind, names, words)| {
            *kind != K::Other && !names.is_empty() && !words.is_empty()
        }));
    }
}
