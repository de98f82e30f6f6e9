//! Reports values that are cut off by a comment or a row of dashes.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Field, FrontMatter, Language};
use crate::host::{FieldRole, Presence};
use crate::text::Span;
use crate::yaml::Style;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "cut-value",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A value is cut off by `#` or `---`.",
    why: "In YAML, `#` after a space starts a comment: a description that mentions `#releases` ends there, and `color: #7aa2f7` is empty. Claude Code (2.1.332) ends the front matter at the first `---` anywhere, even inside a value; the fields after it become part of the prompt.",
    example: Example {
        path: ".claude/agents/announcer.md",
        bad: "---\nname: announcer\ndescription: Use it to announce in #releases after a deployment\ntools: Read\nmodel: sonnet\n---\n\nYou write announcements.\n",
        at: "#releases after a deployment",
        good: "---\nname: announcer\ndescription: \"Use it to announce in #releases after a deployment\"\ntools: Read\nmodel: sonnet\n---\n\nYou write announcements.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let Some(front_matter) = role.front_matter.as_ref() else { return };
    if front_matter.language != Language::Yaml || cx.host.front_matter.presence == Presence::None {
        return;
    }
    if let Some(finding) = dashes(cx, front_matter) {
        cx.report(finding);
    }
    for field in front_matter.fields.iter().filter(|field| field.error.is_none()) {
        if let Some(finding) = comment(cx, front_matter, field) {
            cx.report(finding);
        }
    }
}

/// Dashes that end the front matter too early.
fn dashes(cx: &Context<'_>, front_matter: &FrontMatter<'_>) -> Option<Finding> {
    let note = cx.host.front_matter.early_end?;
    let at = memchr::memmem::find(front_matter.content.of(cx.role.text).as_bytes(), b"---")?;
    let at = front_matter.content.start + at;
    let finding = Finding::new(Span::new(at, at + 3), "`---` inside the front matter ends it")
        .reason(note)
        .help("Use another dash, or reword the value.");
    let loses_fields = front_matter.fields.iter().any(|field| field.name_span.start > at);
    Some(if loses_fields { finding.severity(Severity::Error) } else { finding })
}

/// Whether a value is cut off, so that what is left of it says nothing about the whole.
pub(super) fn is_cut(cx: &Context<'_>, field: &Field<'_>) -> bool {
    let front_matter = cx.role.front_matter.as_ref();
    front_matter.is_some_and(|it| comment(cx, it, field).is_some())
}

/// A comment that was meant as part of a value: the text touches the `#`.
fn comment(cx: &Context<'_>, front_matter: &FrontMatter<'_>, field: &Field<'_>) -> Option<Finding> {
    let text = cx.role.text;
    let is_empty = field.value.is_null() && field.value.span.is_empty();
    let is_plain = field.value.style() == Some(Style::Plain);
    if front_matter.is_flow || !(is_empty || is_plain && is_prose(cx, field)) {
        return None;
    }
    let start = front_matter::value_span(text, field).start;
    let end = if is_empty { start } else { field.value.span.end };
    let line_end = cx.role.line_at(end).end;
    let rest = text.get(end..line_end)?;
    let comment = rest.trim();
    let touches = comment.strip_prefix('#').is_some_and(|c| c.starts_with(char::is_alphanumeric));
    if !touches || !is_empty && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let at = end + rest.len() - rest.trim_start().len();
    let span = Span::new(at, at + comment.len());
    let word = comment.split_whitespace().next().unwrap_or("#");
    let message = match is_empty {
        true => format!("`{}` is empty: `{word}` is read as a comment", field.name),
        false => format!("`{}` is cut off before `{word}`", field.name),
    };
    let whole = Span::new(start, span.end);
    let edits = Vec::from([(whole, front_matter::quoted(whole.of(text)))]);
    let finding = Finding::new(span, message).reason(match is_empty {
        true => "In YAML, `#` after a space starts a comment.",
        false => {
            "In YAML, `#` after a space starts a comment, so the host reads only what is before it."
        }
    });
    // A value of several lines would have to be joined.
    let is_single = !whole.of(text).contains('\n');
    let help = "Put the value in quotes.";
    Some(if is_single {
        finding.unsafe_fix("Put the value in quotes", edits)
    } else {
        finding.help(help)
    })
}

fn is_prose(cx: &Context<'_>, field: &Field<'_>) -> bool {
    let role = cx.host.field(&field.name).map(|field| field.role);
    field.name == "description"
        || matches!(
            role,
            Some(
                FieldRole::Description
                    | FieldRole::WhenToUse
                    | FieldRole::InitialPrompt
                    | FieldRole::ArgumentHint
            )
        )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const AGENT: &str = ".claude/agents/x.md";

    fn check(fields: &str) -> Vec<String> {
        let text = format!("---\nname: x\n{fields}\n---\n\nYou help.\n");
        findings("cut-value", AGENT, &text)
    }

    #[test]
    fn the_rest_of_a_cut_description_is_not_judged() {
        let text =
            "---\nname: a\ndescription: Reviews code #42 Use it after each change.\n---\nx\n";
        for (rule, count) in [("cut-value", 1), ("description-length", 0), ("missing-trigger", 0)] {
            assert_eq!(findings(rule, AGENT, text).len(), count, "{rule}");
            let longer = text.replace("code", "code with broad experience");
            assert_eq!(findings(rule, AGENT, &longer).len(), count, "{rule}");
        }
    }

    #[test]
    fn text_that_touches_the_hash_was_not_meant_as_a_comment() {
        assert_eq!(
            check("description: For #billing, and #accounts"),
            ["3:18-3:41 warning `description` is cut off before `#billing,`"]
        );
        assert_eq!(
            check("color: #7aa2f7"),
            ["3:8-3:15 warning `color` is empty: `#7aa2f7` is read as a comment"]
        );
    }

    #[test]
    fn comments_and_hashes_inside_of_words_are_left_alone() {
        for fields in [
            "description: Ports C# and F# (see issue#12)",
            "description: Use it # when asked",
            "tools: Read #no shell",
            "#hooks: x\ndescription: Use it",
            "description: \"For #billing\" #quoted",
            "description: |\n  For #billing",
            "color: # none yet",
        ] {
            assert_eq!(check(fields), [""; 0], "{fields}");
        }
    }

    #[test]
    fn dashes_end_the_front_matter_where_the_host_looks_for_nothing_else() {
        assert_eq!(
            check("description: Reads --- and writes\ntools: Read"),
            ["3:20-3:23 error `---` inside the front matter ends it"]
        );
        assert_eq!(
            check("description: Reads --- and writes"),
            ["3:20-3:23 warning `---` inside the front matter ends it"]
        );
        let gemini = "---\nname: x\ndescription: Reads --- and writes\n---\n\nYou help.\n";
        assert_eq!(findings("cut-value", ".gemini/agents/x.md", gemini), [""; 0]);
    }

    #[test]
    fn the_fix_puts_the_whole_value_in_quotes() {
        let text = "---\r\nname: x\r\ndescription: Say \"no\" to #billing \r\ntools: Read\r\n---\r\n\r\nYou help.\r\n";
        assert_eq!(fixed(AGENT, text), text);
        assert_eq!(
            fixed_unsafely(AGENT, text),
            text.replace("Say \"no\" to #billing ", "'Say \"no\" to #billing' ")
        );
    }
}
