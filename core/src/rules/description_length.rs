//! Descriptions that are too long for the host, or too short to choose the role by.

use super::wording::grouped;
use super::{
    Check, Context, Example, Finding, Profile, Rule, invalid_yaml, uninformative_description,
};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{Effect, FieldRole};
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

mod budget;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "description-length",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The description is too short to choose the role by, or longer than the host allows, by itself or together with all others.",
    why: "A router reads every description in every conversation to decide which role to use. A long one costs tokens every time, and the Agent Skills specification allows at most 1,024 characters; some clients skip a skill that exceeds this limit. A very short one gives the router too little to go on. Where a host warns about the length of all descriptions together (Claude Code above 15,000 tokens), the longest one is reported.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use for reviews\ntools: Read\n---\n\nYou review changes.\n",
        at: "Use for reviews",
        good: "---\nname: reviewer\ndescription: Use after each commit to review the change for defects.\ntools: Read\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::RoleAndFolder(check, budget::check),
};

/// A description with more characters is long, unless the host sets a limit. The only specification
/// with a limit uses this value.
const LONG: usize = 1_024;

/// A shorter description is too vague.
const SHORT: usize = 20;

fn check(cx: &mut Context<'_>) {
    let Some(fact) = cx.host.field_for(FieldRole::Description) else { return };
    let Some(field) = cx.role.field(fact.name) else { return };
    let Some(value) = field.value.as_str().map(str::trim).filter(|value| !value.is_empty()) else {
        return;
    };
    // The rest is lost, as another rule reports.
    let lost = cx.role.front_matter.as_ref().and_then(|it| invalid_yaml::first_lines(cx, it));
    if lost.is_some_and(|lost| lost.name == field.name) {
        return;
    }
    // A host that reads `\n` as a line break sees one character.
    let escapes = match cx.host.front_matter.reads_escapes {
        true => memchr::memmem::find_iter(value.as_bytes(), "\\n").count(),
        false => 0,
    };
    let count = value.chars().count() - escapes;
    let limit = usize::from(fact.max_chars);
    let longest = if fact.warn_chars > 0 { usize::from(fact.warn_chars) } else { LONG };
    let written = grouped(count);
    let found = if limit > 0 && count > limit {
        let severity = match fact.invalid {
            Effect::Rejected => Severity::Error,
            _ => Severity::Warning,
        };
        let message =
            format!("Description is {written} characters long; the limit is {}", grouped(limit));
        let finding = Finding::new(field.value.span, message).severity(severity);
        long(
            cx.role,
            field,
            value,
            match fact.invalid_note {
                Some(note) => finding.reason(note),
                None => finding,
            },
        )
    } else if limit == 0 && cx.host.routed && count > longest {
        let message = match fact.warn_chars {
            0 => format!("Description is {written} characters long"),
            _ => {
                let (host, most) = (cx.host.product, grouped(longest));
                format!("Description is {written} characters long; {host} warns above {most}")
            }
        };
        long(
            cx.role,
            field,
            value,
            Finding::new(field.value.span, message)
                .reason("It is in context in every conversation, whether or not the role is used."),
        )
    } else if is_short(cx, value, count)
        && field.error.is_none()
        && !super::cut_value::is_cut(cx, field)
    {
        let unit = if count == 1 { "character" } else { "characters" };
        let message = format!("Description is only {written} {unit} long");
        Finding::new(field.value.span, message)
            .reason(uninformative_description::all_that_is_seen(cx.host))
            .help("Say what the role does and when to use it.")
    } else {
        return;
    };
    cx.report(found);
}

/// Whether the description is too vague for a router. Another rule reports a description that
/// repeats the name.
fn is_short(cx: &Context<'_>, value: &str, count: usize) -> bool {
    cx.host.routed
        && count < SHORT
        && value.is_ascii()
        && !uninformative_description::repeats_the_name(cx)
}

fn long(role: &Role<'_>, field: &Field<'_>, value: &str, finding: Finding) -> Finding {
    if !has_examples(value) {
        return finding
            .help("Keep what the role does and when to use it; move the rest into the body.");
    }
    let finding = finding
        .help("Keep only what decides when to use the role; move the examples into the body.");
    match move_examples(role, field, value) {
        Some(edits) => finding.unsafe_fix("Move the examples into the body", edits),
        None => finding,
    }
}

const EXAMPLE: &str = "<example>";

/// Whether a description shows calls: in tags, with a number, or as a conversation.
fn has_examples(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_conversation = lower.contains("user: \"") || lower.contains("user: '");
    lower.contains(EXAMPLE) || lower.contains("example 1") || is_conversation
}

/// The description up to its first example on one line, and the rest at the end of the body.
fn move_examples(role: &Role<'_>, field: &Field<'_>, value: &str) -> Option<Vec<(Span, String)>> {
    let intact = role
        .front_matter
        .as_ref()
        .is_some_and(|front_matter| front_matter.fault.is_none() && !front_matter.is_flow);
    if role.front_matter_is_broken() || !intact {
        return None;
    }
    let value = value.replace("\\n", "\n");
    let (before, _) = value.split_once(EXAMPLE)?;
    let kept = without_lead_in(before);
    if kept.chars().count() < SHORT {
        return None;
    }
    let examples = value.get(before.len()..)?.trim();
    let end = role.line_end();
    let line: Vec<&str> = kept.split_whitespace().collect();
    let written = format!(": {}{end}", quoted(&line.join(" ")));
    let gap = if role.text.ends_with('\n') { "" } else { end };
    let moved = format!(
        "{gap}{end}## Examples{end}{end}{}{end}",
        examples.lines().collect::<Vec<_>>().join(end)
    );
    Some(vec![
        (Span::new(field.name_span.end, field.lines.end), written),
        (Span::at(role.text.len()), moved),
    ])
}

/// The text without list markers and a trailing lead-in to the examples: "Examples:", "Specifically:".
fn without_lead_in(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let unmarked = text.trim_end_matches(['-', '*']).trim_end();
        let last = unmarked.rsplit(['.', '!', '?', '\n']).next().unwrap_or("").trim_start();
        let leads =
            last.ends_with(':') && last.len() <= MOST_LEAD_IN && last.len() < unmarked.len();
        let kept = if leads { unmarked.len() - last.len() } else { unmarked.len() };
        let kept = unmarked.get(..kept).unwrap_or("").trim_end();
        if kept.len() == text.len() {
            return text;
        }
        text = kept;
    }
}

/// A sentence that ends with a colon introduces examples if it is no longer than this.
const MOST_LEAD_IN: usize = 60;

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Applicability;
    use crate::input::Input;
    use crate::options::Options;
    use crate::rules::tests::findings;

    const AGENT: &str = ".claude/agents/a.md";

    fn check(path: &str, description: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: {description}\n---\nx\n");
        findings("description-length", path, &text)
    }

    #[test]
    fn examples_without_tags_belong_into_the_body_too() {
        let help = |end: &str| {
            let about = "Files letters in the right drawer. ".repeat(40);
            let text =
                format!("---\nname: x\ndescription: >\n  {about}\n  {end}\n---\n\nFile it.\n");
            let input = crate::Input::new(&text).at(".claude/agents/x.md");
            let options =
                crate::Options::default().with_profile(crate::options::Profile::Recommended);
            let found = crate::check(&input, &options).diagnostics;
            let found = found.into_iter().find(|it| it.rule == "description-length");
            String::from(found.unwrap().help.unwrap())
        };
        for end in ["Example 1: file this.", "user: \"File this\""] {
            assert!(help(end).ends_with("move the examples into the body."), "{end}");
        }
        assert!(help("For example, bills.").ends_with("move the rest into the body."));
    }

    #[test]
    fn a_description_over_the_limit_of_the_host_is_an_error() {
        assert_eq!(check("a/SKILL.md", &"x".repeat(1_024)), [""; 0]);
        assert_eq!(
            check("a/SKILL.md", &"x".repeat(1_025)),
            ["3:14-3:1039 error Description is 1,025 characters long; the limit is 1,024"]
        );
    }

    #[test]
    fn characters_count_and_not_bytes() {
        assert_eq!(check("a/SKILL.md", &"审".repeat(1_024)), [""; 0]);
        assert_eq!(check("a/SKILL.md", &"😀".repeat(1_025)).len(), 1);
    }

    #[test]
    fn a_long_description_is_info_where_a_router_reads_it() {
        let long = "Use it often. ".repeat(80);
        assert_eq!(check(AGENT, &long), ["3:14-3:1133 info Description is 1,119 characters long"]);
        assert_eq!(check("a/b.chatmode.md", &long), [""; 0]);
        assert_eq!(
            check(".qwen/agents/a.md", &long),
            ["3:14-3:1133 info Description is 1,119 characters long; Qwen Code warns above 1,000"]
        );
    }

    #[test]
    fn an_escape_that_the_host_reads_counts_as_one_character() {
        let description = format!("Use it: {}", "\\n".repeat(600));
        assert_eq!(check(AGENT, &description), [""; 0]);
        let description = format!("Use it: {}", "\\n".repeat(1_200));
        assert_eq!(
            check(AGENT, &description),
            ["3:14-3:2422 info Description is 1,208 characters long"]
        );
        assert_eq!(check("a/SKILL.md", &"a\\n".repeat(400)).len(), 1);
    }

    #[test]
    fn a_few_characters_are_info() {
        assert_eq!(
            check(AGENT, "Reviews"),
            ["3:14-3:21 info Description is only 7 characters long"]
        );
        assert_eq!(check(AGENT, "审查代码，提交之后使用"), [""; 0]);
        assert_eq!(check(AGENT, "''"), [""; 0]);
        assert_eq!(check(AGENT, "[a, b]"), [""; 0]);
    }

    #[test]
    fn examples_move_into_the_body() {
        let example = format!("<example>\\nuser: \\\"go\\\" {}\\n</example>", "x".repeat(1_100));
        let text = format!(
            "---\r\nname: a\r\ndescription: \"Use this to say \\\"go\\\".\\\\n\\\\nExamples:\\\\n- {example}\"\r\nmodel: opus\r\n---\r\nBody\r\n"
        );
        let fixed = crate::fix::fix(
            &Input::new(&text).at(AGENT),
            &Options::default(),
            Applicability::Unsafe,
        );
        let expected = format!(
            "---\r\nname: a\r\ndescription: \"Use this to say \\\"go\\\".\"\r\nmodel: opus\r\n---\r\nBody\r\n\r\n## Examples\r\n\r\n<example>\r\nuser: \"go\" {}\r\n</example>\r\n",
            "x".repeat(1_100)
        );
        assert_eq!(fixed.text, expected);
    }

    #[test]
    fn what_leads_to_the_examples_goes_with_them() {
        let kept = "Use it after each commit.";
        for lead in [" Specifically:\n\n", "\n\nExamples:\n- ", "\n\nFor example:\n\n* ", "\n"] {
            assert_eq!(without_lead_in(&format!("{kept}{lead}")), kept, "{lead:?}");
        }
        assert_eq!(without_lead_in("Use it for:"), "Use it for:");
    }

    #[test]
    fn examples_of_a_block_move_too() {
        let text = format!(
            "---\nname: a\ndescription: |\n  Use this after each commit.\n  <example>\n  {}\n  </example>\n---\nBody",
            "x".repeat(1_100)
        );
        let fixed = crate::fix::fix(
            &Input::new(&text).at(AGENT),
            &Options::default(),
            Applicability::Unsafe,
        );
        let expected = format!(
            "---\nname: a\ndescription: \"Use this after each commit.\"\n---\nBody\n\n## Examples\n\n<example>\n{}\n</example>\n",
            "x".repeat(1_100)
        );
        assert_eq!(fixed.text, expected);
    }
}
