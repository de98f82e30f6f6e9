//! Field values that the host does not accept, or that are too long.

use super::wording::joined;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, Effect, FieldRole, FieldType};
use crate::spelling;
use crate::text::{Span, letters};
use crate::yaml::{Entry, Node};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-field-value",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The value of a field is not one that the host accepts, or it is too long.",
    why: "Fields such as `permissionMode`, `memory` and `effort` accept only a few values. Any other value is ignored or makes the host reject the file, and the role runs with the default value instead. Models and colors are not checked by this rule.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\npermissionMode: planning\n---\n\nYou review changes.\n",
        at: "planning",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\npermissionMode: plan\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    for (known, field) in cx.known_fields() {
        let fits = super::invalid_field_type::fits(cx.host, known, &field.value);
        if field.error.is_some() || is_of_another_rule(known.role) || !fits {
            continue;
        }
        if let Some(finding) = too_long(cx, known, field).or_else(|| empty(cx, known, field)) {
            cx.report(finding);
        }
        if let Some((name, span)) = without_transport(known, field) {
            let message =
                format!("Server `{name}` in `{}` has neither a command nor a URL", known.name);
            let finding = with_consequence(cx, known, Finding::new(span, message));
            cx.report(finding.help("Add `command` or `url`, or remove the server."));
        }
        let small = too_small(cx, known, &field.value);
        if let Some(finding) = small.or_else(|| too_great(known, &field.value)) {
            cx.report(finding);
        }
        let values = field.value.items().unwrap_or(core::slice::from_ref(&field.value));
        for value in values {
            if let Some(finding) = wrong_start(cx, known, value) {
                cx.report(finding);
            }
        }
        for (effect, written) in unknown_effects(known, field) {
            let message = format!("Invalid value `{written}` for `effect`");
            let finding = with_consequence(cx, known, Finding::new(effect.span, message));
            cx.report(finding.help("Use `allow`, `ask` or `deny`."));
        }
        if let Some(finding) = misshapen(cx, known, values) {
            cx.report(finding);
        }
        if !known.closed {
            continue;
        }
        if field.value.entries().is_some() {
            for finding in in_map(cx, known, field) {
                cx.report(finding);
            }
            continue;
        }
        for value in values {
            if let Some(finding) = unknown(cx, known, value) {
                cx.report(finding);
            }
        }
    }
}

/// The first server in a field that has neither a command nor an address.
pub(super) fn without_transport<'f>(
    known: &host::Field,
    field: &'f Field<'_>,
) -> Option<(&'f str, Span)> {
    if known.role != FieldRole::McpServers {
        return None;
    }
    let is_ours = |key: &str| {
        let key = key.to_ascii_lowercase();
        ["command", "url", "uri", "tcp", "endpoint", "type", "transport", "{", "$"]
            .iter()
            .any(|word| key.contains(word))
    };
    let lacks = |entry: &&Entry<'_>| {
        entry
            .value
            .entries()
            .is_some_and(|keys| !keys.iter().any(|key| key.key.as_str().is_some_and(is_ours)))
    };
    // A map of servers, or a list whose items are maps of servers.
    let items = field.value.items().unwrap_or(core::slice::from_ref(&field.value));
    let entry = items.iter().filter_map(Node::entries).flatten().find(lacks)?;
    Some((entry.key.as_str()?, entry.key.span))
}

/// Names, descriptions, models, colors and tools are checked elsewhere.
fn is_of_another_rule(role: FieldRole) -> bool {
    matches!(
        role,
        FieldRole::Name
            | FieldRole::Description
            | FieldRole::Model
            | FieldRole::Color
            | FieldRole::Tools
            | FieldRole::DeniedTools
            | FieldRole::ApprovedTools
    )
}

/// What is neither allowed nor denied in a list of permissions, which may be under `rules`.
fn unknown_effects<'f>(
    known: &host::Field,
    field: &'f Field<'f>,
) -> impl Iterator<Item = (&'f Node<'f>, &'f str)> {
    let is_list = known.role == FieldRole::Permissions;
    let rules = field.value.get("rules").unwrap_or(&field.value);
    let rules = rules.items().filter(|_| is_list).unwrap_or(&[]);
    rules.iter().filter_map(|rule| {
        let effect = rule.get("effect")?;
        let written = effect.as_str()?;
        (!["allow", "ask", "deny"].contains(&written)).then_some((effect, written))
    })
}

/// Invalid values, in a map of them or in the maps of patterns inside it.
fn in_map(cx: &Context<'_>, known: &host::Field, field: &Field<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entry in field.value.entries().unwrap_or(&[]) {
        let inner = entry.value.entries().unwrap_or(core::slice::from_ref(entry));
        for Entry { key, value } in inner {
            let Some(finding) = unknown(cx, known, value) else { continue };
            let action = key.as_str().filter(|key| known.values.contains(key));
            found.push(match (action, value.as_str()) {
                (Some(action), Some(pattern)) => {
                    finding.help(format!("Write the pattern first: `\"{pattern}\": {action}`."))
                }
                _ => finding,
            });
        }
    }
    found
}

pub(super) fn unknown(cx: &Context<'_>, known: &host::Field, value: &Node<'_>) -> Option<Finding> {
    let written = value.as_str()?;
    let hole = written.contains("{{") || written.contains("${");
    let is_one = |word: &&str| match known.any_case {
        true => word.eq_ignore_ascii_case(written),
        false => *word == written,
    };
    let is_number = known.takes(FieldType::Integer) && written.parse::<i64>().is_ok();
    let known_values = known.values.iter().chain(known.synonyms).any(is_one);
    if value.is_null() || hole || known_values || is_number {
        return None;
    }
    let message = match written.trim() {
        "" => format!("`{}` is empty", known.name),
        _ => format!("Invalid value `{written}` for `{}`", known.name),
    };
    let finding = with_consequence(cx, known, Finding::new(value.span, message));
    let same = known.values.iter().find(|candidate| letters(candidate) == letters(written));
    let near = || spelling::nearest(written, known.values.iter().copied());
    let longer = || known.values.iter().copied().find(|v| v.len() > 3 && written.starts_with(v));
    let choice = help(known);
    Some(match (same, near().or_else(longer)) {
        (Some(same), _) => {
            let edits = Vec::from([(value.span, same.to_string())]);
            finding
                .help(format!("Did you mean `{same}`?"))
                .safe_fix(format!("Replace `{written}` with `{same}`"), edits)
        }
        (None, Some(near)) => {
            let edits = Vec::from([(value.span, near.to_string())]);
            finding.help(choice).unsafe_fix(format!("Replace `{written}` with `{near}`"), edits)
        }
        (None, None) => finding.help(choice),
    })
}

fn help(known: &host::Field) -> String {
    let values: Vec<String> = known.values.iter().map(|value| format!("`{value}`")).collect();
    match values.as_slice() {
        [only] => format!("Use {only}, or remove the field."),
        values => format!("Use {}.", joined(values, "or")),
    }
}

fn too_long(cx: &Context<'_>, known: &host::Field, field: &Field<'_>) -> Option<Finding> {
    let most = usize::from(known.max_chars);
    let length = field.value.as_str()?.chars().count();
    if most == 0 || length <= most {
        return None;
    }
    let message = format!("`{}` is {length} characters long; the limit is {most}", known.name);
    let finding = with_consequence(cx, known, Finding::new(field.value.span, message));
    Some(finding.help(format!("Shorten it to at most {most} characters.")))
}

/// Empty text in a field whose text must not be empty. A field without a value counts as missing.
fn empty(cx: &Context<'_>, known: &host::Field, field: &Field<'_>) -> Option<Finding> {
    let is_empty = field.value.as_str().is_some_and(|text| text.trim().is_empty());
    (is_empty && known.min_chars > 0 && !field.value.is_null()).then(|| {
        let message = format!("`{}` is empty", known.name);
        let finding = with_consequence(cx, known, Finding::new(field.value.span, message));
        finding.help("Write a value, or remove the field.")
    })
}

/// A number below the minimum that the host accepts.
fn too_small(cx: &Context<'_>, known: &host::Field, value: &Node<'_>) -> Option<Finding> {
    let least = known.at_least?;
    let written = value.as_str().filter(|_| value.is_number())?;
    let number: f64 = written.parse().ok()?;
    (number < f64::from(least)).then(|| {
        let message = format!("`{}` must be at least {least}, not {written}", known.name);
        with_consequence(cx, known, Finding::new(value.span, message))
            .help(format!("Write {least} or more, or remove the field."))
    })
}

/// A number above the maximum that any model accepts.
fn too_great(known: &host::Field, value: &Node<'_>) -> Option<Finding> {
    let most = known.at_most?;
    let written = value.as_str().filter(|_| value.is_number())?;
    let number: f64 = written.parse().ok()?;
    (number > f64::from(most)).then(|| {
        let message = format!("`{}` must be at most {most}, not {written}", known.name);
        Finding::new(value.span, message)
            .reason("No model accepts a higher value.")
            .help(format!("Write {most} or less, or remove the field."))
    })
}

/// An entry that does not start as it must.
fn wrong_start(cx: &Context<'_>, known: &host::Field, value: &Node<'_>) -> Option<Finding> {
    let first = known.starts.first()?;
    let written = value.as_str().filter(|text| !text.trim().is_empty())?;
    if known.starts.iter().any(|start| written.starts_with(start)) || written.contains("${") {
        return None;
    }
    let starts: Vec<String> = known.starts.iter().map(|start| format!("`{start}`")).collect();
    let shown = crate::tools::shown(written);
    let message =
        format!("`{shown}` in `{}` must start with {}", known.name, joined(&starts, "or"));
    let finding = with_consequence(cx, known, Finding::new(value.span, message));
    let corrected = format!("{first}{written}");
    Some(match written.contains("://") {
        true => finding.help("Name a file in the workspace."),
        // The quotes stay where they are.
        false => {
            let edits = Vec::from([(value.span, format!("\"{corrected}\""))]);
            finding.unsafe_fix(format!("Insert `{first}` before it"), edits)
        }
    })
}

/// A text that does not have the required shape, or an entry that occurs twice.
fn misshapen(cx: &Context<'_>, known: &host::Field, values: &[Node<'_>]) -> Option<Finding> {
    // Another rule reports a prompt that is missing.
    let is_checked = known.values.is_empty() && known.role != FieldRole::Prompt;
    let pattern = known.pattern.filter(|_| is_checked)?;
    let texts = || values.iter().filter_map(|value| Some((value.span, value.as_str()?.trim())));
    let repeats = |at: usize, text: &str| known.unique && texts().take(at).any(|it| it.1 == text);
    texts().enumerate().find_map(|(at, (span, text))| {
        let message = match () {
            () if text.contains("{{") => return None,
            () if !pattern.matches(text) => {
                format!("Invalid value `{text}` in `{}`: use {}", known.name, pattern.name())
            }
            () if repeats(at, text) => format!("`{text}` is listed twice in `{}`", known.name),
            () => return None,
        };
        let finding = with_consequence(cx, known, Finding::new(span, message));
        Some(finding.help("Correct it, or remove it."))
    })
}

fn with_consequence(cx: &Context<'_>, known: &host::Field, finding: Finding) -> Finding {
    let rejected = matches!(known.invalid, Effect::Rejected | Effect::LosesFrontMatter);
    let product = cx.host.product;
    let reason = known.invalid_note.map_or_else(
        || match known.invalid {
            Effect::Rejected => format!("{product} rejects the file."),
            Effect::LosesFrontMatter => format!("{product} loads the role without its fields."),
            Effect::Ignored => cx.host.ignores(),
            _ => format!("{product} documents no other values for this field."),
        },
        String::from,
    );
    let severity = if rejected { Severity::Error } else { Severity::Warning };
    finding.severity(severity).reason(reason)
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::rules::tests::{findings, fixed};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn text(lines: &str) -> String {
        format!("---\nname: x\ndescription: Use it\n{lines}---\n\nYou help.\n")
    }

    fn check(path: &str, lines: &str) -> Vec<String> {
        findings("invalid-field-value", path, &text(lines))
    }

    const AGENT: &str = ".claude/agents/x.md";

    #[test]
    fn no_model_takes_a_greater_number() {
        let text = "---\ndescription: Use it\ntemperature: 5\ntop_p: 1.5\n---\n\nYou help.\n";
        assert_eq!(
            findings("invalid-field-value", ".opencode/agents/x.md", text),
            [
                "3:14-3:15 warning `temperature` must be at most 2, not 5",
                "4:8-4:11 warning `top_p` must be at most 1, not 1.5"
            ]
        );
        let text = text.replace("5", "0");
        assert!(findings("invalid-field-value", ".opencode/agents/x.md", &text).is_empty());
    }

    #[test]
    fn a_word_the_host_does_not_know_is_a_warning() {
        assert_eq!(
            check(AGENT, "permissionMode: yolo\nmemory: \"global\"\n"),
            [
                "4:17-4:21 warning Invalid value `yolo` for `permissionMode`",
                "5:9-5:17 warning Invalid value `global` for `memory`",
            ]
        );
    }

    #[test]
    fn it_is_an_error_where_the_file_is_refused() {
        assert_eq!(
            check(".gemini/agents/x.md", "kind: lokal\n"),
            ["4:7-4:12 error Invalid value `lokal` for `kind`"]
        );
    }

    #[test]
    fn a_server_needs_a_way_to_reach_it() {
        let codex = |lines: &str| {
            let text = format!(
                "name = \"x\"\ndescription = \"Use it.\"\ndeveloper_instructions = \"Help.\"\n{lines}"
            );
            findings("invalid-field-value", ".codex/agents/x.toml", &text)
        };
        assert_eq!(
            codex("[mcp_servers.ci]\nenabled = true\n"),
            ["4:14-4:16 error Server `ci` in `mcp_servers` has neither a command nor a URL"]
        );
        assert_eq!(codex("[mcp_servers.ci]\ncommand = \"ci\"\n"), [""; 0]);
        assert_eq!(check(AGENT, "mcpServers:\n  - ci:\n      httpUrl: x\n  - tracker\n"), [""; 0]);
        assert_eq!(check(AGENT, "mcpServers:\n  - ci: {args: [a]}\n").len(), 1);
    }

    #[test]
    fn every_entry_has_the_shape_of_the_field() {
        let codex = |names: &str| {
            let text = format!(
                "name = \"x\"\ndescription = \"Use it.\"\ndeveloper_instructions = \"Help.\"\nnickname_candidates = {names}\n"
            );
            findings("invalid-field-value", ".codex/agents/x.toml", &text)
        };
        assert_eq!(codex("[\"Ada 1\", \"Bo\"]"), [""; 0]);
        assert_eq!(
            codex("[\"Ada\", \"Bo!\"]"),
            [
                "4:31-4:36 error Invalid value `Bo!` in `nickname_candidates`: use letters, digits, spaces, `-` and `_`"
            ]
        );
        assert_eq!(
            codex("[\"Ada\", \"Ada\"]"),
            ["4:31-4:36 error `Ada` is listed twice in `nickname_candidates`"]
        );
    }

    #[test]
    fn another_case_is_corrected() {
        assert_eq!(
            fixed(AGENT, &text("permissionMode: accept-edits\nmemory: User\n")),
            text("permissionMode: acceptEdits\nmemory: user\n")
        );
        assert_eq!(fixed(AGENT, &text("effort: hihg\n")), text("effort: hihg\n"));
    }

    #[test]
    fn claude_code_takes_an_effort_in_any_case_and_as_a_number() {
        for effort in ["42", "med", "HIGH", "\"7\""] {
            assert_eq!(check(AGENT, &format!("effort: {effort}\n")), [""; 0], "{effort}");
        }
        assert_eq!(check(AGENT, "effort: extreme\n").len(), 1);
    }

    #[test]
    fn an_empty_value_is_called_empty() {
        let found = check(AGENT, "permissionMode: ''\ncolor: ''\n");
        assert_eq!(found, ["4:17-4:19 warning `permissionMode` is empty"]);
        assert_eq!(
            findings("invalid-color", AGENT, &text("color: ''\n")),
            ["4:8-4:10 warning `color` is empty"]
        );
    }

    #[test]
    fn the_permissions_of_opencode_are_three_words_at_any_depth() {
        let path = ".opencode/agents/x.md";
        let lines = "permission:\n  edit: maybe\n  bash:\n    \"*\": ask\n    \"git *\": perhaps\n";
        assert_eq!(
            check(path, lines),
            [
                "5:9-5:14 error Invalid value `maybe` for `permission`",
                "8:14-8:21 error Invalid value `perhaps` for `permission`"
            ]
        );
        assert_eq!(check(path, "permission: never\n").len(), 1);
        assert_eq!(check(path, "permission:\n  edit: {allow: \"*.md\", deny: \"*\"}\n").len(), 2);
        assert_eq!(check(path, "permission:\n  edit: {\"*.md\": allow, \"*\": deny}\n"), [""; 0]);
    }

    #[test]
    fn each_permission_in_a_list_has_an_effect_that_the_host_knows() {
        let rules = "[{\"capability\": \"shell\", \"effect\": \"sometimes\"}]";
        let text = format!(
            "{{\"name\": \"x\", \"prompt\": \"You help.\", \"permissions\": {{\"rules\": {rules}}}}}\n"
        );
        let path = ".kiro/agents/x.json";
        let found = findings("invalid-field-value", path, &text);
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("Invalid value `sometimes` for `effect`"), "{found:?}");
        assert_eq!(
            findings("invalid-field-value", path, &text.replace("sometimes", "deny")),
            [""; 0]
        );
        let lines = "permissions:\n  - {action: edit, resource: \"*\", effect: perhaps}\n";
        assert_eq!(check(".opencode/agents/x.md", lines).len(), 1);
    }

    #[test]
    fn text_that_must_not_be_empty_has_a_character() {
        let check = |value: &str| check("skills/x/SKILL.md", &format!("compatibility: {value}\n"));
        assert_eq!(check("\"\""), ["4:16-4:18 warning `compatibility` is empty"]);
        assert_eq!(check("Python"), [""; 0]);
        assert_eq!(check(""), [""; 0]);
    }

    #[test]
    fn agents_of_devin_may_trigger_a_rule() {
        assert_eq!(check(".devin/rules/x.md", "trigger: agent\n"), [""; 0]);
        assert_eq!(check(".devin/rules/x.md", "trigger: agents\n").len(), 1);
    }

    #[test]
    fn numbers_have_a_least_and_entries_a_start() {
        assert_eq!(
            check(".gemini/agents/x.md", "max_turns: 0\ntimeout_mins: 5\n"),
            ["4:12-4:13 error `max_turns` must be at least 1, not 0"]
        );
        let kiro = check(".kiro/agents/x.md", "resources: [README.md, \"skill://a/SKILL.md\"]\n");
        assert_eq!(
            kiro,
            [
                "4:13-4:22 warning `README.md` in `resources` must start with `file://` or `skill://`"
            ]
        );
    }

    #[test]
    fn length_is_counted_in_characters() {
        let value = "ä".repeat(501);
        assert_eq!(
            check("skills/x/SKILL.md", &format!("compatibility: {value}\n")),
            ["4:16-4:517 warning `compatibility` is 501 characters long; the limit is 500"]
        );
        assert!(
            check("skills/x/SKILL.md", &format!("compatibility: {}\n", "ä".repeat(500))).is_empty()
        );
    }

    #[test]
    fn values_of_other_hosts_are_found_and_the_choice_is_named() {
        let report = |lines: &str| {
            let report =
                crate::check(&Input::new(&text(lines)).at(AGENT), &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "invalid-field-value");
            found.and_then(|d| d.help).unwrap_or_default()
        };
        assert_eq!(report("effort: minimal\n"), "Use `low`, `medium`, `high`, `xhigh` or `max`.");
        assert_eq!(report("isolation: container\n"), "Use `worktree`, or remove the field.");
        assert_eq!(
            report("permissionMode: BypassPermissions\n"),
            "Did you mean `bypassPermissions`?"
        );
        assert_eq!(check("skills/x/SKILL.md", "shell: zsh\n").len(), 1);
        assert_eq!(check(".github/agents/x.agent.md", "target: vs-code\n").len(), 1);
        assert_eq!(check(".github/agents/x.agent.md", "target: vscode\n"), Vec::<String>::new());
    }

    #[test]
    fn known_values_placeholders_models_and_colors_are_quiet() {
        let lines = "permissionMode: plan\nmodel: gpt\ncolor: teal\neffort:\nmemory: {{memory}}\n";
        assert_eq!(
            check(AGENT, &lines.replace("{{memory}}", "\"{{memory}}\"")),
            Vec::<String>::new()
        );
    }
}
