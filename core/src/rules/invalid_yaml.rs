//! Front matter that is not valid YAML: its cause, and valid YAML for the same value.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Field, FrontMatter, Language};
use crate::host::{Effect, FieldRole, FieldType, Split, Yaml};
use crate::text::Span;
use crate::yaml::YamlErrorKind;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use cause::{alone, blame, place};

mod cause;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-yaml",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The front matter is not valid YAML.",
    why: "The usual cause is an unquoted `: ` in a description, or examples that continue at the start of the next lines. A strict host then skips the whole file, or loses its name, tools and model. Claude Code still reads a single-line value that contains a colon, but only in files with LF line endings (anthropics/claude-code issues 91871 and 80890).",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: @reviewer is for use after every change\ntools: Read\nmodel: sonnet\n---\n\nYou review changes.\n",
        at: "@",
        good: "---\nname: reviewer\ndescription: \"@reviewer is for use after every change\"\ntools: Read\nmodel: sonnet\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(front_matter) = &cx.role.front_matter else { return };
    let (Language::Yaml, Some(whole)) = (front_matter.language, &front_matter.error) else {
        return;
    };
    if cx.host.front_matter.yaml == Yaml::Lines {
        return;
    }
    let text = cx.role.text;
    if is_list_of_roles(cx) {
        return;
    }
    if let Some(finding) = of_fields(cx, front_matter) {
        return cx.report(finding);
    }
    let broken = front_matter.fields.iter().find(|field| field.error.is_some());
    let (span, message) = match broken {
        Some(field) => blame(text, field, whole),
        None => {
            let message = format!("Invalid YAML: {}", alone(whole));
            (place(text, whole.offset), message)
        }
    };
    // As a list or a map, the host would reject it.
    let must_be_text =
        |name: &str| cx.host.field(name).is_some_and(|known| known.types == [FieldType::Text]);
    let repair = front_matter::repair(text, front_matter, &must_be_text);
    // Quotes would turn a list in brackets into text.
    let is_list = |field: &Field<'_>| {
        let known = cx.host.field(&field.name);
        known.is_some_and(|known| known.split != Split::Whole)
            && front_matter::value_span(text, field).of(text).starts_with('[')
    };
    let broken_list = front_matter.fields.iter().any(|it| it.error.is_some() && is_list(it));
    let colons_only = cx.host.front_matter.yaml == Yaml::RescuesColonAlways;
    let rescue = repair.is_some()
        && !broken_list
        && front_matter::quotes_are_missing(text, front_matter, colons_only);
    let (severity, reason) = consequence(cx, front_matter, rescue);
    let mut finding = Finding::new(span, message).severity(severity).reason(reason);
    finding = match (repair, broken) {
        (Some(edits), Some(field)) => {
            let title = title(&field.name, &edits);
            finding.safe_fix(title, edits)
        }
        (_, Some(_)) => finding.help("Quote the value, or write it as a block: `|` after the colon, then each line indented by two spaces."),
        _ if whole.kind == YamlErrorKind::TooLarge => {
            finding.help("Use fewer aliases in the front matter.")
        }
        _ => finding.help("Write each field on its own line, as `name: value`."),
    };
    cx.report(finding);
}

/// Whether the front matter is a list of roles, and the host reads one.
pub(super) fn is_list_of_roles(cx: &Context<'_>) -> bool {
    let front_matter = cx.role.front_matter.as_ref().filter(|_| cx.host.front_matter.lists);
    let Some(error) = front_matter.and_then(|found| found.error.as_ref()) else { return false };
    let rest = cx.role.text.get(error.offset..).unwrap_or("");
    error.kind == YamlErrorKind::NotAMapping && rest.starts_with("- ")
}

/// Fields that cannot be separated: two on one line, or one without a space after its colon.
fn of_fields(cx: &Context<'_>, front_matter: &FrontMatter<'_>) -> Option<Finding> {
    let text = cx.role.text;
    let (severity, reason) = consequence(cx, front_matter, false);
    let finding =
        |name: Span, message: String| Finding::new(name, message).severity(severity).reason(reason);
    if let Some((name, edits)) = front_matter::run_together(text, front_matter) {
        let message =
            format!("Invalid YAML: `{}` shares its line with another field", name.of(text));
        return Some(
            finding(name, message).unsafe_fix("Start a new line before each field", edits),
        );
    }
    if front_matter.fields.iter().any(|field| field.error.is_some()) {
        return None;
    }
    let (name, edits) = front_matter::glued_colon(text, front_matter)?;
    let message = format!("Invalid YAML: no space after `{}:`", name.of(text));
    Some(finding(name, message).safe_fix("Insert a space after the colon", edits))
}

fn title(field: &str, edits: &[(Span, String)]) -> String {
    let any = |what: fn(&str) -> bool| edits.iter().any(|(_, text)| what(text));
    let all = |what: fn(&str) -> bool| edits.iter().all(|(_, text)| what(text));
    if all(str::is_empty) {
        return String::from("Remove the indentation");
    }
    if all(|text| text.trim().is_empty()) {
        let spaces = if edits.iter().all(|(place, _)| place.is_empty()) {
            "Insert a space after the colon"
        } else if edits.iter().all(|(place, _)| !place.is_empty()) {
            "Replace tabs with spaces"
        } else {
            "Correct the spacing"
        };
        return String::from(spaces);
    }
    let what = match edits.len() {
        1 => format!("`{field}`"),
        2 => format!("`{field}` and 1 more field"),
        n => format!("`{field}` and {} more fields", n - 1),
    };
    if any(|text| text.starts_with(['|', '>'])) {
        format!("Rewrite {what} as a block")
    } else if all(|text| text.starts_with('[')) {
        format!("Rewrite {what} as a YAML list")
    } else if all(|text| text.starts_with('{')) {
        format!("Rewrite {what} as a YAML map")
    } else {
        format!("Quote {what}")
    }
}

/// The consequence on the host. With `rescue`, only quotes around single-line values are missing.
fn consequence(
    cx: &Context<'_>,
    front_matter: &FrontMatter<'_>,
    rescue: bool,
) -> (Severity, Cow<'static, str>) {
    let host = cx.host;
    if front_matter.error.as_ref().is_some_and(|error| error.kind == YamlErrorKind::Dialogue) {
        let reason =
            "Each of these lines is read as a separate field, so the value ends before them.";
        return (Severity::Warning, Cow::Borrowed(reason));
    }
    let crlf = front_matter.content.of(cx.role.text).contains("\r\n");
    let rescued = rescue
        && match host.front_matter.yaml {
            Yaml::Strict => false,
            Yaml::RescuesColon => !crlf,
            Yaml::RescuesColonAlways | Yaml::Lines => true,
        };
    if rescued {
        let reason = format!(
            "{} still reads such a single-line value; YAML parsers and other hosts reject the whole front matter.",
            host.product
        );
        // Hosts document globs without quotes.
        let is_glob = |field: &Field<'_>| {
            host.field(&field.name).is_some_and(|known| known.role == FieldRole::Globs)
        };
        let mut broken = front_matter.fields.iter().filter(|field| field.error.is_some());
        let severity = if broken.all(is_glob) { Severity::Info } else { Severity::Warning };
        return (severity, Cow::Owned(reason));
    }
    let severity = match host.front_matter.invalid.effect {
        Effect::Accepted | Effect::Ignored => Severity::Warning,
        _ => Severity::Error,
    };
    let note = host.front_matter.crlf.filter(|_| rescue && crlf).or(host.front_matter.invalid.note);
    let note = note.unwrap_or("YAML parsers cannot read it, so every field is lost.");
    let kept = first_lines(cx, front_matter).map(|field| {
        let note = note.trim_end_matches('.');
        Cow::Owned(format!("{note}, so it keeps only the first line of `{}`.", field.name))
    });
    (severity, kept.unwrap_or(Cow::Borrowed(note)))
}

/// The broken field of several lines of which a host that reads line by line keeps only the first.
pub(super) fn first_lines<'f, 't>(
    cx: &Context<'_>,
    front_matter: &'f FrontMatter<'t>,
) -> Option<&'f Field<'t>> {
    let facts = &cx.host.front_matter;
    let by_line =
        facts.yaml == Yaml::RescuesColonAlways && facts.invalid.effect == Effect::Accepted;
    let mut broken = front_matter.fields.iter().filter(|field| field.error.is_some());
    broken.find(|field| {
        let value = field.value.as_str().unwrap_or("").trim();
        by_line && value.contains('\n')
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};

    const AGENT: &str = ".claude/agents/x.md";
    const GEMINI: &str = ".gemini/agents/x.md";

    #[track_caller]
    fn check(path: &str, front_matter: &str, expected: &[&str]) {
        let text = alloc::format!("---\n{front_matter}---\n\nYou help.\n");
        assert_eq!(findings("invalid-yaml", path, &text), expected);
    }

    #[test]
    fn a_colon_is_a_warning_where_the_host_reads_it_anyway() {
        let front_matter = "name: x\ndescription: Use it: often\n";
        let cause = "Invalid YAML: unquoted `: ` in `description`";
        check(AGENT, front_matter, &[&alloc::format!("3:20-3:21 warning {cause}")]);
        check(GEMINI, front_matter, &[&alloc::format!("3:20-3:21 error {cause}")]);
        check(
            AGENT,
            &front_matter.replace('\n', "\r\n"),
            &[&alloc::format!("3:20-3:21 error {cause}")],
        );
    }

    #[test]
    fn what_a_host_that_reads_line_by_line_loses_is_said() {
        let text = "---\nname: clerk\ndescription: Files letters. Examples:\n\n<example>\nuser: \"File it\"\n</example>\n---\n\nYou file letters.\n";
        let reason = |text: &str| {
            let input = crate::Input::new(text).at(".qwen/agents/clerk.md");
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "invalid-yaml");
            found.and_then(|d| d.reason).unwrap_or_default()
        };
        assert_eq!(
            reason(text),
            "Qwen Code reads front matter that is not valid YAML line by line, so it keeps only the first line of `description`."
        );
        let long = text.replace("<example>", &"<example>\n".repeat(200));
        for (text, count) in [(&*long, 0), (text, 0)] {
            let found = findings("description-length", ".qwen/agents/clerk.md", text);
            assert_eq!(found.len(), count);
        }
    }

    #[test]
    fn text_is_not_turned_into_a_list() {
        let text = "---\nname: x\ndescription: [\n---\n\nYou help.\n";
        assert_eq!(
            findings("invalid-yaml", AGENT, text),
            ["3:14-3:15 warning Invalid YAML: unclosed `[` in `description`"]
        );
        assert_eq!(fixed(AGENT, text), text.replace('[', "\"[\""));
        let tools = text.replace('[', "Use it.\ntools: [Read");
        assert_eq!(fixed(AGENT, &tools), tools.replace("Read", "Read]"));
    }

    #[test]
    fn a_glob_without_quotes_is_advice_where_the_host_reads_it() {
        let found = "info Invalid YAML: unquoted `*` at the start of";
        let rule = |path: &str, field: &str| {
            let text = alloc::format!("---\n{field}: **/*.ts\n---\n\nBe short.\n");
            findings("invalid-yaml", path, &text)
        };
        assert_eq!(rule(".devin/rules/x.md", "globs"), [alloc::format!("2:8-2:9 {found} `globs`")]);
        assert_eq!(
            rule(".claude/rules/x.md", "paths"),
            [alloc::format!("2:8-2:9 {found} `paths`")]
        );
        assert!(rule(".clinerules/x.md", "paths")[0].contains(" error "));
    }

    #[test]
    fn what_claude_code_quotes_itself_is_a_warning() {
        let severity = |path: &str, lines: &str| {
            let text = alloc::format!("---\nname: x\ndescription: d\n{lines}---\n\nYou help.\n");
            let found = findings("invalid-yaml", path, &text);
            found[0].split(' ').nth(1).map(alloc::string::String::from)
        };
        for (lines, expected) in [
            ("argument-hint: [issue] [format]\n", "warning"),
            ("argument-hint: {x} first\n", "warning"),
            ("argument-hint: | first\n", "warning"),
            ("argument-hint: \"a\" b\n", "error"),
            ("argument-hint: \"a b\" [--c \"d\"] [--e]\n", "warning"),
            ("argument-hint: \"a: \"b\" c\"\n", "error"),
            ("argument-hint: - a\n", "error"),
            ("tools: [Read, Grep\n", "error"),
        ] {
            assert_eq!(severity(AGENT, lines).as_deref(), Some(expected), "{lines}");
        }
        assert_eq!(severity(GEMINI, "argument-hint: [a] [b]\n").as_deref(), Some("error"));
    }

    #[test]
    fn fields_that_share_a_line_are_told_apart() {
        let front_matter = "name: x description: Use it daily tools: Read\n";
        let message = "Invalid YAML: `description` shares its line with another field";
        check(AGENT, front_matter, &[&alloc::format!("2:9-2:20 error {message}")]);
        let text = alloc::format!("---\n{front_matter}---\n\nYou help.\n");
        assert_eq!(findings("missing-field", AGENT, &text), [""; 0]);
        let apart = text.replace(" description", "\ndescription").replace(" tools", "\ntools");
        assert_eq!(fixed_unsafely(AGENT, &text), apart);
    }

    #[test]
    fn a_first_field_without_a_space_is_named() {
        let front_matter = "name:x\ndescription: Use it\n";
        check(AGENT, front_matter, &["2:1-2:5 error Invalid YAML: no space after `name:`"]);
        let text = alloc::format!("---\n{front_matter}---\n\nYou help.\n");
        assert_eq!(fixed(AGENT, &text), text.replace("name:x", "name: x"));
    }

    #[test]
    fn the_line_on_which_a_value_goes_on_is_shown() {
        check(
            AGENT,
            "name: x\ndescription: Use it. Examples:\n\nContext: a\nuser: b\n",
            &["5:1-5:2 error Invalid YAML: unindented line in `description`"],
        );
    }

    #[test]
    fn a_dialogue_at_the_start_of_lines_is_one_error() {
        check(
            AGENT,
            "name: x\ndescription: Use it. Examples\nuser: \"hi\"\nassistant: \"ho\"\nuser: \"x\"\nmodel: opus\n",
            &["4:1-4:2 error Invalid YAML: unindented line in `description`"],
        );
    }

    #[test]
    fn a_dialogue_that_passes_for_fields_is_a_warning() {
        check(
            AGENT,
            "name: x\ndescription: Use it. Examples\nuser: \"hi\"\nassistant: \"ho\"\nmodel: opus\n",
            &["4:1-4:2 warning `description` continues on unindented lines that look like fields"],
        );
        check(AGENT, "name: x\ndescription: Use it\nuser: me\n", &[]);
    }

    #[test]
    fn the_cause_is_named() {
        let one = |value: &str| {
            let text = alloc::format!("---\nname: x\ndescription: {value}\n---\n\nYou help.\n");
            let found = findings("invalid-yaml", AGENT, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            found[0].replace("Invalid YAML: ", "")
        };
        assert_eq!(one("*"), "3:14-3:15 warning unquoted `*` at the start of `description`");
        assert_eq!(one("@a"), "3:14-3:15 warning unquoted `@` at the start of `description`");
        assert_eq!(one("[a, b"), "3:14-3:15 warning unclosed `[` in `description`");
        assert_eq!(one("> a"), "3:14-3:15 warning unquoted `>` at the start of `description`");
        assert_eq!(one("\"a"), "3:14-3:15 error unclosed `\"` in `description`");
        assert_eq!(one("\"a\" b"), "3:16-3:17 error text after the closing `\"` of `description`");
        assert_eq!(
            one("[a] and b"),
            "3:16-3:17 warning text after the closing `]` of `description`"
        );
        assert_eq!(one("- a"), "3:14-3:15 error unquoted `-` at the start of `description`");
    }

    #[test]
    fn a_swallowed_field_is_named() {
        check(
            AGENT,
            "name: x\n description: Use it\n",
            &["3:2-3:13 error Invalid YAML: unexpected indentation of `description`"],
        );
        check(
            AGENT,
            "name: x\ndescription:Use it\n",
            &["3:1-3:12 error Invalid YAML: no space after `description:`"],
        );
        let text = "---\nname: x\n description: Use it\n---\n\nYou help.\n";
        assert_eq!(fixed(AGENT, text), text.replace(" description", "description"));
    }

    #[test]
    fn escaped_line_breaks_become_lines_in_the_fix() {
        let text = "---\nname: x\ndescription: Use it. Examples:\\n\\n- Context: a b\\n  user: \"c\"\nmodel: opus\n---\n\nYou help.\n";
        assert_eq!(
            fixed(AGENT, text),
            "---\nname: x\ndescription: |-\n  Use it. Examples:\n\n  - Context: a b\n    user: \"c\"\nmodel: opus\n---\n\nYou help.\n"
        );
    }

    #[test]
    fn a_tab_is_pointed_at() {
        let cause = |field| alloc::format!("error Invalid YAML: tab indentation in `{field}`");
        let list = "name: x\ndescription: Use it\ntools:\n\t- Read\n\t- Grep\n";
        check(AGENT, list, &[&alloc::format!("5:1-5:2 {}", cause("tools"))]);
        let text = alloc::format!("---\n{list}---\n\nYou help.\n");
        assert_eq!(fixed(AGENT, &text), text.replace('\t', "  "));
        let prose = "name: x\ndescription: Use it\n\tand more: things\n";
        check(AGENT, prose, &[&alloc::format!("4:1-4:2 {}", cause("description"))]);
    }

    #[test]
    fn lines_of_a_block_that_are_not_indented_are_indented() {
        let front_matter = "name: x\ndescription: |\nUse it when asked\nto do it\nmodel: opus\n";
        check(
            AGENT,
            front_matter,
            &["4:1-4:2 error Invalid YAML: unindented line in `description`"],
        );
        let text = alloc::format!("---\n{front_matter}---\n\nYou help.\n");
        assert_eq!(
            fixed(AGENT, &text),
            text.replace("Use it when", "  Use it when").replace("to do", "  to do")
        );
    }

    #[test]
    fn prose_that_continues_with_a_colon_is_not_a_field() {
        let text =
            "---\nname: x\ndescription: Use it\n  when: asked\nmodel: opus\n---\n\nYou help.\n";
        assert_eq!(
            fixed(AGENT, text),
            "---\nname: x\ndescription: |-\n  Use it\n  when: asked\nmodel: opus\n---\n\nYou help.\n"
        );
    }

    #[test]
    fn front_matter_without_fields_is_one_finding() {
        let none = "error Invalid YAML: no `name: value` fields in the front matter";
        for front_matter in
            ["- name: x\n- description: y\n", "name = x\n", "name： x\ndescription： y\n"]
        {
            let text = alloc::format!("---\n{front_matter}---\n\nYou help.\n");
            let found = findings("invalid-yaml", AGENT, &text);
            assert!(found[0].ends_with(none) && found.len() == 1, "{found:?}");
            assert!(findings("missing-field", AGENT, &text).is_empty());
        }
    }

    #[test]
    fn a_list_of_remote_agents_is_valid_where_the_host_reads_one() {
        let text =
            "---\n- kind: remote\n  name: a\n  agent_card_url: https://a.example/card\n---\n";
        for rule in ["invalid-yaml", "missing-field", "empty-body"] {
            assert_eq!(findings(rule, ".gemini/agents/x.md", text), [""; 0], "{rule}");
        }
        assert_eq!(findings("invalid-yaml", AGENT, text).len(), 1);
    }

    #[test]
    fn values_repeated_by_aliases_are_refused_where_there_are_too_many() {
        let many = alloc::format!("name: x\n{}", "b: c\n".repeat(6_000));
        let text = alloc::format!("---\n{many}---\n\nYou help.\n");
        assert!(findings("invalid-yaml", AGENT, &text).is_empty());
        let aliases =
            alloc::format!("name: x\na: &a [{}]\nb: [{}]\n", "1, ".repeat(200), "*a, ".repeat(200));
        let text = alloc::format!("---\n{aliases}---\n\nYou help.\n");
        let found = findings("invalid-yaml", AGENT, &text);
        assert!(found.len() == 1 && found[0].contains("10,000 values"), "{found:?}");
    }

    #[test]
    fn a_list_of_everything_is_quoted() {
        let text = "---\nname: x\ndescription: Use it often\ntools: *\n---\n\nYou help.\n";
        assert!(fixed(AGENT, text).contains("tools: \"*\"\n"));
    }

    #[test]
    fn heads_that_are_yaml_or_never_were_are_quiet() {
        check(AGENT, "name: x\ndescription: 'a: b'\nmodel: &m opus\neffort: *m\n", &[]);
        check(".cursor/rules/x.mdc", "description: a: b\nglobs: **/*\n", &[]);
        check(".cursorrules", "description: x\nglobs: **/*\n", &[]);
        check(AGENT, "name: x\ndescription: >\n  a: b\n  c\n", &[]);
    }
}
