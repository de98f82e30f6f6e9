//! Placeholders of other products' commands.

use super::{Context, Finding, line, one_of};
use crate::host::Identity;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// Placeholders in another product's command syntax, in a file of a host with its own syntax: their
/// start and end, the host's placeholder, and its notation.
const DIALECTS: [(&str, &str, &str, &str); 4] = [
    ("{{args}}", "", "$ARGUMENTS", "$ARGUMENTS"),
    ("{{ARGUMENTS}}", "", "$ARGUMENTS", "$ARGUMENTS"),
    ("{{{ input", " }}}", "$ARGUMENTS", "$ARGUMENTS"),
    ("!{", "}", "!`*`", "!`command`"),
];

/// Such placeholders, one finding for each kind.
pub(super) fn findings(cx: &Context<'_>) -> Vec<Finding> {
    let (role, host) = (cx.role, cx.host);
    let body = role.body.of(role.text);
    let knows = |form: &str| host.placeholders.iter().any(|known| known.form.starts_with(form));
    let is_value = |start: &str| start == VARIABLE && is_given(cx);
    let foreign = DIALECTS.iter().filter(|(start, _, own, _)| knows(own) && !knows(start));
    let foreign = foreign.filter(|(start, ..)| !is_value(start));
    let found = foreign.filter_map(|(start, end, _, own)| {
        let mut places: Vec<Span> = Vec::new();
        for at in memchr::memmem::find_iter(body.as_bytes(), start) {
            let from = role.body.start + at;
            let line = line(role.text, from + start.len());
            let is_whole = end.is_empty()
                || line.starts_with(end)
                || line.starts_with(|c: char| c.is_ascii_lowercase());
            let length = line.find(end).filter(|_| is_whole);
            if let Some(length) = length.filter(|_| role.outline.code_at(from).is_none()) {
                places.push(Span::new(from, from + start.len() + length + end.len()));
            }
        }
        let finding = one_of(role, &places, "is not filled in by", cx.reader())?;
        let reason =
            "Other products fill in this placeholder in commands; here the model sees it literally.";
        Some(finding.reason(reason).help(format!("Write `{own}`.")))
    });
    found.collect()
}

/// The placeholders in braces for everything that is typed after a command's name.
const ARGUMENTS: [&str; 2] = ["{{args}}", VARIABLE];

/// It may also be a variable of a template.
const VARIABLE: &str = "{{ARGUMENTS}}";

/// These placeholders in a file of a host that has neither arguments nor placeholders in braces.
pub(super) fn in_agents(cx: &Context<'_>) -> Vec<Span> {
    let role = cx.role;
    if !role.has_directives || knows(cx, "$ARGUMENTS") || knows(cx, "{") {
        return Vec::new();
    }
    let body = role.body.of(role.text);
    let places = ARGUMENTS.iter().flat_map(|form| {
        memchr::memmem::find_iter(body.as_bytes(), form).map(|at| {
            let start = role.body.start + at;
            Span::new(start, start + form.len())
        })
    });
    places.filter(|place| role.outline.code_at(place.start).is_none() && !is_given(cx)).collect()
}

fn knows(cx: &Context<'_>, form: &str) -> bool {
    cx.host.placeholders.iter().any(|known| known.form.starts_with(form))
}

/// Whether the role declares a variable of this name, or has a value for it.
fn is_given(cx: &Context<'_>) -> bool {
    let variables = cx.template().map_or(&[][..], |expanded| &expanded.variables);
    variables.iter().any(|variable| variable.name == "ARGUMENTS" && variable.unset.is_empty())
}

/// Whether a variable of a template is such a placeholder, in a file whose host does not fill it in.
pub(crate) fn is_argument(cx: &Context<'_>, name: &str) -> bool {
    let is_own =
        cx.host.identity != Identity::None && cx.place().or(cx.options.host) == Some(cx.host);
    matches!(name, "ARGUMENTS" | "args")
        && !knows(cx, "{")
        && (is_own || knows(cx, "$ARGUMENTS"))
        && !is_given(cx)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, body: &str) -> Vec<String> {
        let front_matter = "---\nname: x\ndescription: Use it\n---\n";
        findings("host-placeholder", path, &format!("{front_matter}{body}"))
    }

    const AGENT: &str = ".claude/agents/x.md";

    #[test]
    fn commands_have_dialects() {
        let command = ".claude/commands/x.md";
        assert_eq!(
            check(command, "Explain {{args}}.\n\n!{git diff --staged}\n"),
            [
                "5:9-5:17 warning `{{args}}` is not filled in by Claude Code",
                "7:1-7:21 warning `!{git diff --staged}` is not filled in by Claude Code",
            ]
        );
        assert_eq!(
            check(command, "Task: {{{ input }}}\n"),
            ["5:7-5:20 warning `{{{ input }}}` is not filled in by Claude Code"]
        );
        for body in ["Gemini has `{{args}}`.", "Explain $ARGUMENTS: !{ x", "```\n!{ls}\n```"] {
            assert_eq!(check(command, body), [""; 0], "{body}");
        }
        assert_eq!(check(AGENT, "Explain !{git diff}."), [""; 0]);
    }

    #[test]
    fn agents_are_given_no_arguments_in_braces_either() {
        for form in ["{{ARGUMENTS}}", "{{args}}"] {
            let body = format!("Bake {form}.\n");
            assert_eq!(check(AGENT, &body).len(), 1, "{form}");
            let text = format!("---\nname: x\ndescription: Use it\n---\n{body}");
            for rule in ["undefined-variable", "unfilled-placeholder"] {
                assert_eq!(findings(rule, AGENT, &text), [""; 0], "{form}");
            }
            assert_eq!(check(AGENT, &format!("Write `{form}`.\n")), [""; 0]);
        }
        let command =
            findings("host-placeholder", ".claude/commands/x.md", "Bake {{ARGUMENTS}}.\n");
        assert_eq!(command, ["1:6-1:19 warning `{{ARGUMENTS}}` is not filled in by Claude Code"]);
        assert_eq!(
            findings("undefined-variable", ".claude/commands/x.md", "Bake {{ARGUMENTS}}.\n"),
            [""; 0]
        );
        let given = "---\nname: x\ndescription: Use it\nvariables:\n  ARGUMENTS: bread\n---\nBake {{ARGUMENTS}}.\n";
        assert_eq!(findings("host-placeholder", AGENT, given), [""; 0]);
        assert_eq!(findings("undefined-variable", "roles/x.md", "{{ARGUMENTS}}\n").len(), 1);
    }
}
