//! Reports a model that the text names for the role itself and that differs from the model in its
//! front matter.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::FieldRole;
use crate::role::CueKind;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "mismatched-model",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The text names a different model than the front matter.",
    why: "Only the front matter decides which model runs. A text that names another one was left behind when the field changed, or the field was changed by mistake; anyone who reads the file expects the wrong costs and abilities. Only sentences about the role itself (\"You run on Opus\") and the trailer \"Co-Authored-By\" of commits are checked. A sentence that repeats a field of the front matter with a different value is reported as a warning.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---\n\nYou run on Opus and review changes.\n",
        at: "Opus",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: opus\n---\n\nYou run on Opus and review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Phrases about the role itself, in lowercase: the text before a [`CueKind::Runs`] word, and the
/// text that starts with that word.
const LEADS: [(&str, &str); 14] = [
    ("you ", "run on "),
    ("you ", "run as "),
    ("you are ", "running on "),
    ("you are ", "running as "),
    ("you are ", "powered by "),
    ("you are ", "backed by "),
    ("this agent ", "runs on "),
    ("this agent ", "runs as "),
    ("this agent ", "runs with "),
    ("this agent ", "uses "),
    ("this agent is ", "powered by "),
    ("this agent is ", "pinned to "),
    ("", "runs on the model "),
    ("**", "model**: "),
];

fn check(cx: &mut Context<'_>) {
    of_fields(cx).into_iter().for_each(|finding| cx.report(finding));
    let models = &cx.host.models;
    let Some(field) = cx.host.field_for(FieldRole::Model).and_then(|it| cx.role.field(it.name))
    else {
        return;
    };
    let Some(set) = field.value.as_str().map(str::to_ascii_lowercase) else { return };
    let is_inherited = models.inherit == Some(&*set);
    let family = models.families.iter().find(|family| set.contains(**family)).copied();
    let Some(own) = models.inherit.filter(|_| is_inherited).or(family) else { return };
    let mut first = None;
    for cue in cx.role.prose_cues(CueKind::Runs) {
        let named = named_from(cx.role.text, cue.start).filter(|name| {
            let name = name.of(cx.role.text).to_ascii_lowercase();
            models.families.contains(&&*name) || models.inherit == Some(&*name)
        });
        let Some(name) = named else { continue };
        // A text that names both models explains when each of them runs.
        if name.of(cx.role.text).eq_ignore_ascii_case(own) {
            return;
        }
        first = first.or(Some(name));
    }
    let of_commits = || author_of_commits(cx).filter(|_| !is_inherited);
    let Some(span) = first.or_else(of_commits) else { return };
    let named = span.of(cx.role.text);
    if named.eq_ignore_ascii_case(own) {
        return;
    }
    let message = format!(
        "The text names the model `{named}`, but `{}` is `{}`",
        field.name,
        field.value.as_str().unwrap_or("")
    );
    cx.report(
        Finding::new(span, message)
            .reason("Only the front matter decides which model runs.")
            .help("Correct the text or the field, or do not name the model in the text.")
            .label(field.value.span, "runs on this one"),
    );
}

/// The model that commits are to name as their author: "Co-Authored-By: Claude Opus 4.7".
fn author_of_commits(cx: &Context<'_>) -> Option<Span> {
    const TRAILERS: [&str; 2] = ["Co-Authored-By: Claude ", "Co-authored-by: Claude "];
    let body = cx.role.body;
    let find = |trailer: &&str| {
        let at = memchr::memmem::find(body.of(cx.role.text).as_bytes(), trailer.as_bytes())?;
        Some(body.start + at + trailer.len())
    };
    let start = TRAILERS.iter().find_map(find)?;
    let rest = cx.role.text.get(start..)?;
    let end = start + rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = Span::new(start, end);
    let is_family = |family: &&str| family.eq_ignore_ascii_case(name.of(cx.role.text));
    cx.host.models.families.iter().any(is_family).then_some(name)
}

/// Fields that the text repeats with a different value: in a sentence about the front matter, or in
/// a table row.
fn of_fields(cx: &Context<'_>) -> Vec<Finding> {
    let (role, text) = (cx.role, cx.role.text);
    let mut found: Vec<Finding> = Vec::new();
    let mut last = role.body.start;
    for code in &role.outline.code {
        let inner = code.of(text).trim_matches('`');
        let is_name = |name: &&str| {
            let rest = inner.strip_prefix(*name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        let Some(name) = FIELDS.into_iter().find(is_name) else { continue };
        let Some(field) = role.field(name) else { continue };
        let Some(own) = field.value.as_str() else { continue };
        let line = role.line_at(code.start);
        let said = match inner.split_once(": ") {
            Some((_, value)) => says_own(line.of(text)).then(|| {
                let at = code.start + code.of(text).find(inner).unwrap_or(0) + name.len() + 2;
                Span::new(at, at + value.len())
            }),
            None => cell_after(text, line, *code),
        };
        let Some(said) = said.filter(|said| line.start >= last && VALUES.contains(&said.of(text)))
        else {
            continue;
        };
        if said.of(text).eq_ignore_ascii_case(own.trim()) {
            continue;
        }
        last = line.end;
        let message =
            format!("The text says `{name}: {}`; the front matter says `{own}`", said.of(text));
        found.push(
            Finding::new(said, message)
                .severity(Severity::Warning)
                .reason("Only the front matter decides.")
                .help("Correct the text or the field.")
                .label(field.value.span, "this value is used"),
        );
    }
    found
}

/// Fields whose values texts repeat.
const FIELDS: [&str; 2] = ["model", "effort"];

/// Values of these fields, so that a description of their format is not read as a value.
const VALUES: [&str; 9] =
    ["inherit", "opus", "sonnet", "haiku", "low", "medium", "high", "xhigh", "max"];

/// Whether a line describes the actual front matter.
fn says_own(line: &str) -> bool {
    const ABOUT_OTHERS: [&str; 13] = [
        "not ", "never", "instead", "unless", "declare", "example", "should", "other", "its ",
        "their ", "set ", "each ", "every ",
    ];
    let line = line.to_ascii_lowercase();
    (line.contains("frontmatter") || line.contains("front matter"))
        && !ABOUT_OTHERS.iter().any(|word| line.contains(word))
}

/// The cell after the first cell of a table row, if the first cell is the code.
fn cell_after(text: &str, line: Span, code: Span) -> Option<Span> {
    let before = text.get(line.start..code.start)?;
    let rest = text.get(code.end..line.end)?;
    let cell = rest.trim_start().strip_prefix('|')?;
    let value = cell.split('|').next()?.trim().trim_matches('`');
    let start = line.end - cell.len() + cell.find(value)?;
    (before.trim() == "|").then(|| Span::new(start, start + value.len()))
}

/// The word that names the role's model, if the second part of one of the [`LEADS`] is at `at`.
fn named_from(text: &str, at: usize) -> Option<Span> {
    let (before, rest) = text.split_at_checked(at)?;
    let is_said = |(lead, said): &&(&str, &str)| {
        let lead_start = before.len().checked_sub(lead.len());
        let led = lead_start.and_then(|start| before.get(start..));
        led.is_some_and(|led| led.eq_ignore_ascii_case(lead))
            && rest.get(..said.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(said))
    };
    let (_, said) = LEADS.iter().find(is_said)?;
    let marks = ['*', '`', '"'];
    let name = ["the ", "claude "].iter().fold(rest.get(said.len()..)?, |rest, word| {
        let rest = rest.trim_start_matches(marks);
        match rest.get(..word.len()) {
            Some(start) if start.eq_ignore_ascii_case(word) => rest.get(word.len()..).unwrap_or(""),
            _ => rest,
        }
    });
    let name = name.trim_start_matches(marks);
    let start = text.len() - name.len();
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    Some(Span::new(start, start + length))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(model: &str, body: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\nmodel: {model}\n---\n\n{body}\n");
        findings("mismatched-model", ".claude/agents/x.md", &text)
    }

    #[test]
    fn sentences_about_the_role_are_read() {
        assert_eq!(
            check("opus", "You run on Sonnet."),
            ["7:12-7:18 info The text names the model `Sonnet`, but `model` is `opus`"]
        );
        assert_eq!(check("claude-haiku-4-5", "This agent runs on **Claude Opus**.").len(), 1);
        assert_eq!(check("inherit", "You are powered by Opus.").len(), 1);
    }

    #[test]
    fn a_field_of_the_front_matter_is_not_repeated_with_another_value() {
        assert_eq!(
            check("opus", "| Field | Value | Why |\n|---|---|---|\n| `model` | inherit | as set |"),
            ["9:13-9:20 warning The text says `model: inherit`; the front matter says `opus`"]
        );
        assert_eq!(
            check("high\neffort: high", "It matches the frontmatter `effort: low`.").len(),
            1
        );
        for body in [
            "The front matter pins `model: sonnet`, not `model: opus`.",
            "The front matter pins `model: opus`.",
            "Declare `model: sonnet` in the front matter of new agents.",
            "When you write an agent, set `model: haiku` in its front matter.",
            "| `model` | string | optional |",
            "| `model` | opus | as set |",
            "| `color` | inherit | none |",
            "```\n| `model` | inherit |\n```",
        ] {
            assert_eq!(check("opus", body), [""; 0], "{body}");
        }
    }

    #[test]
    fn commits_name_the_model_that_made_them() {
        let commit = "```\nfix: x\n\nCo-Authored-By: Claude Opus 4.7 <a@b.example>\n```";
        assert_eq!(
            check("haiku", commit),
            ["10:24-10:28 info The text names the model `Opus`, but `model` is `haiku`"]
        );
        for model in ["opus", "claude-opus-4-1", "inherit"] {
            assert_eq!(check(model, commit), [""; 0], "{model}");
        }
        assert_eq!(check("haiku", "Co-Authored-By: Claude Code <a@b.example>"), [""; 0]);
    }

    #[test]
    fn other_models_of_the_same_text_are_left_alone() {
        for body in [
            // Another file sets the model when the agent is started.
            "> `effort: medium`, `model: sonnet` — dispatch fields live in the manifest",
            "Declare `model: sonnet` unless the user asks for another.",
            "> The field is `model: opus`, not `model: sonnet`.",
            "You run on Opus.\n\nThis agent runs on Sonnet at night.",
            "```\nYou run on Sonnet.\n```",
            "You run on Linux.",
        ] {
            assert_eq!(check("opus", body), [""; 0], "{body}");
        }
    }
}
