//! Reports descriptions that explain the role but not when to use it.

use super::wording::line_number;
use super::{
    Check, Context, Example, Finding, Profile, Rule, near_miss_field, uninformative_description,
};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, Kind};
use crate::role::Role;
use crate::text::{Span, after_beginning};
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-trigger",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The description does not say when to use the role.",
    why: "A router decides from the description alone whether the role fits the task at hand. Every vendor recommends saying both what the role does and when to use it. Without the second part, a role is overlooked or chosen for the wrong tasks.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Expert reviewer of database migrations.\ntools: Read\n---\n\nYou review migrations.\n",
        at: "Expert reviewer of database migrations.",
        good: "---\nname: reviewer\ndescription: Reviews database migrations. Use before a migration is merged.\ntools: Read\n---\n\nYou review migrations.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Words from other languages in Latin script, sorted.
const NOT_ENGLISH: [&str; 40] = [
    "att", "avec", "bir", "che", "con", "dan", "das", "de", "del", "della", "der", "des", "di",
    "die", "een", "el", "em", "en", "et", "für", "het", "il", "la", "las", "le", "les", "los",
    "mit", "och", "para", "per", "pour", "que", "uma", "una", "und", "ve", "von", "voor", "wenn",
];

/// The length in bytes of the longest of them.
const LONGEST: usize = 5;

/// Shorter descriptions, in bytes, are reported for their length.
const SHORT: usize = 20;

fn check(cx: &mut Context<'_>) {
    if uninformative_description::repeats_the_name(cx) {
        return;
    }
    if !cx.host.routed || is_chosen_by_hand(cx) || says_when(cx) {
        return;
    }
    let Some(fact) = cx.host.field_for(FieldRole::Description) else { return };
    let Some(field) = cx.role.field(fact.name) else { return };
    let Some(value) = field.value.as_str().map(str::trim) else { return };
    if value.len() < SHORT || tells_when(value) || !is_english(value) || is_deprecated(value) {
        return;
    }
    if super::cut_value::is_cut(cx, field) {
        return;
    }
    let skill = cx.host.kind == Kind::Prompt;
    let what = if skill { "skill" } else { "role" };
    let finding = Finding::new(
        field.value.span,
        format!("The description does not say when to use this {what}"),
    );
    let finding = finding.reason(uninformative_description::all_that_is_seen(cx.host));
    cx.report(match line_that_says_when(cx.role) {
        Some(line) => {
            let which = match line_number(cx.role, line.start) {
                Some(number) => format!("line {number}"),
                None => String::from("the marked line"),
            };
            let help = format!(
                "Move what {which} says into the description; the text is loaded only after the {what} is chosen."
            );
            finding.help(help).label(line, "says when to use it")
        }
        None => finding.help("Say when to use it, for example \"Use after …\" or \"Use when …\"."),
    });
}

/// No one is to choose it anymore.
fn is_deprecated(description: &str) -> bool {
    let start = description.trim_start_matches(|c: char| !c.is_alphabetic());
    let words = ["deprecated", "retired", "superseded"];
    words.into_iter().any(|word| after_beginning(start, word).is_some())
}

/// The body line with content that belongs in the description: "## When to use", "Use this skill
/// when".
fn line_that_says_when(role: &Role<'_>) -> Option<Span> {
    const TITLES: [&str; 3] = ["when to use", "when to invoke", "when to activate"];
    const ITSELF: [&str; 5] = ["it", "me", "this", "the skill", "the agent"];
    const SENTENCES: [&str; 3] = ["use this skill ", "use this agent ", "invoke this "];
    let says_when = |line: &Span| {
        let marks = ['#', '*', '_', '-', ' ', ':', '?'];
        let line = line.of(role.text);
        let is_mark = |byte: &u8| matches!(byte, b'#' | b'*' | b'_' | b'-' | b' ' | b':' | b'?');
        // So does the first letter.
        let first = line.bytes().find(|byte| !is_mark(byte));
        if !matches!(first, Some(b'W' | b'w' | b'U' | b'u' | b'I' | b'i')) {
            return false;
        }
        let line = line.trim_start_matches(marks);
        let line = line.trim_end_matches(marks);
        let line = line.get(..line.floor_char_boundary(40)).unwrap_or(line).to_ascii_lowercase();
        let title = TITLES.iter().find_map(|title| line.strip_prefix(title));
        let of_the_role = title.is_some_and(|rest| {
            let rest = rest.trim_start_matches([':', '*', '?', ' ']);
            rest.is_empty() || ITSELF.iter().any(|itself| rest.starts_with(itself))
        });
        of_the_role || SENTENCES.iter().any(|lead| line.starts_with(lead))
    };
    // The first character rules out most lines.
    let may_say = |head: u8| {
        matches!(
            head,
            b'#' | b'*' | b'_' | b'-' | b':' | b'?' | b'W' | b'w' | b'U' | b'u' | b'I' | b'i'
        )
    };
    let mut lines = role.body_lines_with(may_say);
    lines.find(|line| says_when(line) && role.outline.code_at(line.start).is_none())
}

/// A router never chooses a role that only a person may start.
fn is_chosen_by_hand(cx: &Context<'_>) -> bool {
    let of = |role| cx.host.field_for(role).and_then(|fact| cx.role.field(fact.name));
    // Every host with modes uses this word for a role that people pick.
    of(FieldRole::ModelInvocation).and_then(|field| field.value.as_bool()) == Some(true)
        || of(FieldRole::Mode).and_then(|field| field.value.as_str()) == Some("primary")
}

/// Some hosts have a separate field for it; another rule reports a misspelled field.
fn says_when(cx: &Context<'_>) -> bool {
    let Some(fact) = cx.host.field_for(FieldRole::WhenToUse) else { return false };
    let is_meant = |name: &str| {
        name == fact.name
            || near_miss_field::meant(cx.host, cx.role, name)
                .is_some_and(|meant| meant.field.name == fact.name)
    };
    let mut texts =
        cx.role.fields().iter().filter_map(|field| Some((field, field.value.as_str()?)));
    texts.any(|(field, text)| !text.trim().is_empty() && is_meant(&field.name))
}

fn tells_when(description: &str) -> bool {
    let lower = description.to_ascii_lowercase();
    lower.split(['.', '!', '?', ';', '\n']).any(sentence_tells_when)
}

/// The words that indicate a time are English, so other separators do not matter.
fn sentence_tells_when(sentence: &str) -> bool {
    let words = sentence.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    let (mut before, mut has_time, mut has_role) = (None, false, false);
    let mut is_after_time = false;
    for word in words.filter(|word| word.len() > 1) {
        let is_request = before.is_some_and(|before| is_request(before, word));
        let is_moment = is_after_time && is_moment(word);
        if tells(word) || is_request || is_moment || before.is_none() && is_temporal(word) {
            return true;
        }
        has_time |= is_temporal(word);
        has_role |= is_of_the_role(word);
        is_after_time = matches!(word, b"after" | b"before") || is_after_time && is_small(word);
        before = Some(word);
    }
    has_time && has_role
}

/// Words that indicate a time or condition. Generous, because a false positive costs more than a
/// missed diagnostic.
fn tells(word: &[u8]) -> bool {
    matches!(
        word,
        b"activate"
            | b"activated"
            | b"activates"
            | b"ask"
            | b"asked"
            | b"asks"
            | b"automatically"
            | b"call"
            | b"called"
            | b"consult"
            | b"delegate"
            | b"delegated"
            | b"delegates"
            | b"delegating"
            | b"dispatch"
            | b"dispatched"
            | b"dispatches"
            | b"engage"
            | b"if"
            | b"invocation"
            | b"invoke"
            | b"invoked"
            | b"invokes"
            | b"launched"
            | b"must"
            | b"need"
            | b"needed"
            | b"needs"
            | b"once"
            | b"proactive"
            | b"proactively"
            | b"should"
            | b"spawned"
            | b"started"
            | b"tasks"
            | b"trigger"
            | b"triggered"
            | b"triggers"
            | b"until"
            | b"upon"
            | b"use"
            | b"used"
            | b"useful"
            | b"when"
            | b"whenever"
            | b"whether"
    )
}

/// Words that introduce a time at the start of a sentence, or next to a phrase about the role
/// itself; elsewhere, they describe the subject: "Monitors a service before it breaks".
fn is_temporal(word: &[u8]) -> bool {
    matches!(word, b"after" | b"before" | b"during" | b"while")
}

/// Verbs for running the role; "use", "invoke", "call" and "trigger" need no further evidence.
fn is_of_the_role(word: &[u8]) -> bool {
    matches!(word, b"executed" | b"launch" | b"run" | b"running" | b"runs" | b"spawn")
}

/// Steps of the work that surrounds a role: "Reviews a change before commit".
fn is_moment(word: &[u8]) -> bool {
    matches!(
        word,
        b"closeout"
            | b"commit"
            | b"commits"
            | b"committing"
            | b"deploy"
            | b"deploying"
            | b"deployment"
            | b"deployments"
            | b"handoff"
            | b"merge"
            | b"merges"
            | b"merging"
            | b"pr"
            | b"prs"
            | b"publishing"
            | b"push"
            | b"pushing"
            | b"release"
            | b"releases"
            | b"releasing"
            | b"shipping"
    )
}

/// Words between a time and such a step: "before each commit".
fn is_small(word: &[u8]) -> bool {
    matches!(word, b"any" | b"each" | b"every" | b"the")
}

/// A request to the role: "on request", "the user requests".
fn is_request(before: &[u8], word: &[u8]) -> bool {
    matches!(word, b"request" | b"requested" | b"requests")
        && matches!(
            before,
            b"are"
                | b"as"
                | b"explicit"
                | b"explicitly"
                | b"is"
                | b"on"
                | b"user"
                | b"users"
                | b"you"
        )
}

/// Whether the description is in Latin script and has fewer than two words that only exist in
/// another language.
fn is_english(description: &str) -> bool {
    let letters = || description.chars().filter(|c| c.is_alphabetic());
    let latin = description.is_ascii()
        || letters().filter(char::is_ascii).count() * 20 >= letters().count() * 19;
    latin && words(description).filter(is_foreign).count() < 2
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Whether a word belongs to another language, ignoring ASCII case.
pub(super) fn is_foreign(word: &&str) -> bool {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    NOT_ENGLISH.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    const AGENT: &str = ".claude/agents/a.md";

    fn check(path: &str, description: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: {description}\n---\nx\n");
        findings("missing-trigger", path, &text)
    }

    #[test]
    fn a_description_of_what_the_role_is_is_not_enough() {
        assert_eq!(
            check(AGENT, "Senior engineer with broad experience."),
            ["3:14-3:52 info The description does not say when to use this role"]
        );
    }

    #[test]
    fn the_space_below_a_block_is_not_part_of_it() {
        let text =
            "---\nname: a\ndescription: >\n  Senior engineer of it.\n\nmodel: opus\n---\nx\n";
        assert_eq!(
            findings("missing-trigger", AGENT, text),
            ["4:3-4:25 info The description does not say when to use this role"]
        );
    }

    #[test]
    fn a_word_that_tells_when_is_enough() {
        for description in [
            "Reviews code. Use proactively after changes.",
            "Reviews code WHENEVER a branch is pushed.",
            "Invoke for tasks that touch the database.",
            "Must run before each of the releases.",
            "Verifier dispatched by the scan; not for direct invocation.",
            "Reads changes. Spawn this agent AFTER code has been written.",
            "Reads changes. Launch it before the plan is carried out.",
            "Checks changes for errors and gaps before commit, merge or closeout.",
            "Checks changes for errors and gaps before each release.",
        ] {
            assert_eq!(check(AGENT, description), [""; 0], "{description}");
        }
    }

    #[test]
    fn what_is_deprecated_is_not_to_be_chosen() {
        let text = "\"[DEPRECATED] Merged into the reviewer of changes.\"";
        assert_eq!(check(AGENT, text), [""; 0]);
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(NOT_ENGLISH.is_sorted());
    }

    #[test]
    fn a_time_of_the_subject_tells_nothing() {
        for description in [
            "Covers the whole pull request lifecycle.",
            "Monitors a service before it breaks.",
            "Writes the tests for every module.",
            "Refactors code while keeping its behavior.",
            "Spawns processes and watches them.",
            "Makes decisions, all while shipping fast.",
            "Finds commits before the one that broke the build.",
        ] {
            assert_eq!(check(AGENT, description).len(), 1, "{description}");
        }
        for description in [
            "Runs the tests before each of the commits.",
            "Reviewer of code. After a change, reads the diff.",
            "Writes reports on request, in plain words.",
            "Draws a diagram that the user requests.",
        ] {
            assert_eq!(check(AGENT, description), [""; 0], "{description}");
        }
    }

    #[test]
    fn a_line_of_the_text_that_says_it_is_named() {
        let text = "---\nname: a\ndescription: Draws diagrams in several notations\n---\n\n# A\n\n## When to use this skill\n\nFor plans.\n";
        let report = crate::check(
            &crate::Input::new(text).at("skills/a/SKILL.md"),
            &crate::Options::default(),
        );
        let found = report.diagnostics.iter().find(|d| d.rule == RULE.name).unwrap();
        assert_eq!(found.message, "The description does not say when to use this skill");
        assert_eq!(
            found.help.as_deref(),
            Some(
                "Move what line 8 says into the description; the text is loaded only after the skill is chosen."
            )
        );
        assert_eq!(found.labels.first().unwrap().span.of(text), "## When to use this skill");
    }

    #[test]
    fn part_of_a_word_tells_nothing() {
        assert_eq!(check(AGENT, "Builds reusable interfaces in causes and effects.").len(), 1);
    }

    #[test]
    fn other_languages_are_not_judged() {
        assert_eq!(check(AGENT, "审查代码质量和安全性的专家审查代码质量和安全性的专家"), [""; 0]);
        assert_eq!(check(AGENT, "Experto en la revisión de código para equipos"), [""; 0]);
        assert_eq!(check(AGENT, "Prüft Änderungen und schreibt Berichte für die Gruppe"), [""; 0]);
    }

    #[test]
    fn roles_without_a_router_need_no_trigger() {
        assert_eq!(check("a/b.chatmode.md", "Senior engineer with broad experience."), [""; 0]);
        let by_hand = "---\nname: a\ndescription: Deploys the whole system at once to production\ndisable-model-invocation: true\n---\nx\n";
        assert_eq!(findings("missing-trigger", "a/SKILL.md", by_hand), [""; 0]);
    }

    #[test]
    fn a_field_of_its_own_is_enough() {
        let skill = "---\nname: a\ndescription: Draws diagrams in several notations\nwhen_to_use: for plans\n---\nx\n";
        assert_eq!(findings("missing-trigger", "a/SKILL.md", skill), [""; 0]);
    }

    #[test]
    fn a_misspelled_field_of_its_own_is_enough() {
        let skill = "---\nname: a\ndescription: Draws diagrams in several notations\nwhen-to-use: for plans\n---\nx\n";
        assert_eq!(findings("missing-trigger", "a/SKILL.md", skill), [""; 0]);
    }

    #[test]
    fn a_role_that_people_pick_needs_no_trigger() {
        let role =
            "---\ndescription: Plans whole projects with broad experience\nmode: primary\n---\nx\n";
        assert_eq!(findings("missing-trigger", ".opencode/agents/a.md", role), [""; 0]);
        let role = role.replace("primary", "subagent");
        assert_eq!(findings("missing-trigger", ".opencode/agents/a.md", &role).len(), 1);
    }

    #[test]
    fn what_a_role_works_with_is_no_trigger() {
        assert_eq!(check(AGENT, "Builds small sites using a generator.").len(), 1);
        assert_eq!(check(AGENT, "Reads logs; spawned by the scanner."), [""; 0]);
    }

    #[test]
    fn a_missing_or_short_description_belongs_to_other_rules() {
        assert_eq!(check(AGENT, ""), [""; 0]);
        assert_eq!(check(AGENT, "Reviewer"), [""; 0]);
    }
}
