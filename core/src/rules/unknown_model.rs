//! Reports models that are retired, that the host cannot run, or whose names have the wrong format
//! for the host.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, HOSTS, Host, Retired};
use crate::yaml::Node;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod mentions;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-model",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The model is retired, or is not one that the host can run.",
    why: "A model ID in a file outlives the model: calls to a retired model fail, or another model answers. The ID of another vendor's model fails in the same way. A new ID from a family that the host runs is never reported. The full ID of a retired model is also reported where the text says to use it: as the value of `model` in a configuration that it shows, or as info in a sentence.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: claude-sonnet-4-20250514\n---\n\nYou review changes.\n",
        at: "claude-sonnet-4-20250514",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmodel: sonnet\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let own = if cx.is_lookalike() { Vec::new() } else { of_fields(cx) };
    for finding in mentions::findings(cx, &own) {
        cx.report(finding);
    }
}

/// Checks the models that the fields name, and returns their names without a provider.
fn of_fields<'a>(cx: &mut Context<'a>) -> Vec<&'a str> {
    let role = cx.role;
    let mut own = Vec::new();
    for known in cx.host.fields.iter().filter(|field| field.role == FieldRole::Model) {
        let Some(field) = role.field(known.name).filter(|field| field.error.is_none()) else {
            continue;
        };
        let values = field.value.items().unwrap_or(core::slice::from_ref(&field.value));
        for value in values {
            let id = value.as_str().unwrap_or("").trim();
            let named = !id.is_empty() && !value.is_null();
            let is_hole = id.contains("{{") || id.contains("${");
            own.push(id.rsplit('/').next().unwrap_or(id));
            if named
                && !is_hole
                && let Some(finding) = judge(cx, value, id)
            {
                cx.report(finding);
            }
        }
    }
    own
}

fn judge(cx: &Context<'_>, value: &Node<'_>, id: &str) -> Option<Finding> {
    let host = cx.host;
    let shown = crate::tools::shown(id);
    let models = &host.models;
    if let Some(retired) = host.retired_model(id) {
        let finding = Finding::new(value.span, format!("`{shown}` {}", retirement(retired)));
        let reason = retired.note.or(models.retired_note);
        let finding = reason.into_iter().fold(finding, Finding::reason);
        return Some(replaced(finding, value, &shown, retired.successor));
    }
    if let Some(retired) = host.retired_without_date(id) {
        let finding = Finding::new(value.span, without_date(&shown, retired));
        let finding = models.unknown.note.into_iter().fold(finding, Finding::reason);
        return Some(replaced(finding, value, &shown, retired.successor));
    }
    if is_internal(id) {
        let message = format!("`{shown}` is a model for the staff of its vendor");
        return Some(
            Finding::new(value.span, message)
                .reason("The menu of anyone else does not have it.")
                .help("Use a model that everyone who uses the file has, or remove the field."),
        );
    }
    if let Some((provider, model)) = host.provided(id) {
        return judge_provided(value, &shown, provider, model);
    }
    let (message, help): (String, String) = if id.contains(" | ") {
        (format!("`{shown}` names several models in one string"), "Choose one of them.".into())
    } else if is_unqualified(host, id) {
        let form = models.qualified.unwrap_or("");
        (format!("Model `{shown}` does not name its provider"), format!("Write it as `{form}`."))
    } else if let Some(family) = host.family_of_no_id(id).filter(|_| !cx.host_is_guessed()) {
        let message = format!("`{shown}` is neither a model alias nor a model ID");
        let finding = Finding::new(value.span, message);
        let finding = models.unknown.note.into_iter().fold(finding, Finding::reason);
        return Some(replaced(finding, value, &shown, family));
    } else if let Some(other) =
        owner(host, id).filter(|_| !cx.host_is_guessed() || is_from_menu(id))
    {
        (format!("`{shown}` is not a model that {} can run", host.product), help(host, other))
    } else {
        return None;
    };
    let finding = Finding::new(value.span, message).help(help);
    Some(match models.unknown.note {
        Some(note) => finding.reason(note),
        None => finding.reason(format!("{} finds no model by this name.", host.product)),
    })
}

/// The finding for a retired model of a provider.
fn judge_provided(value: &Node<'_>, shown: &str, provider: &Host, model: &str) -> Option<Finding> {
    let dated = || provider.retired_without_date(model);
    let (message, retired) = match provider.retired_model(model) {
        Some(retired) => (format!("`{shown}` {}", retirement(retired)), retired),
        None => dated().map(|retired| (without_date(shown, retired), retired))?,
    };
    let finding = Finding::new(value.span, message);
    let finding = provider.models.retired_note.into_iter().fold(finding, Finding::reason);
    let name = provider.models.provider.unwrap_or("");
    // An alias is known only to the host that defines it.
    Some(match provider.models.aliases.contains(&retired.successor) {
        true => finding.help(format!("Use a current model of `{name}`.")),
        false => replaced(finding, value, shown, &format!("{name}/{}", retired.successor)),
    })
}

fn replaced(finding: Finding, value: &Node<'_>, shown: &str, by: &str) -> Finding {
    let edits = Vec::from([(value.span, by.to_string())]);
    finding.unsafe_fix(format!("Replace `{shown}` with `{by}`"), edits)
}

/// Without a clock, only what the facts say of that day is known.
fn retirement(Retired { date, past, .. }: &Retired) -> String {
    format!("{} on {date}", if *past { "was retired" } else { "will be retired" })
}

fn without_date(shown: &str, retired: &Retired) -> String {
    let retirement = retirement(retired);
    format!("`{shown}` is not a full model ID, and `{}` {retirement}", retired.id)
}

/// Whether it is the name of a menu with its vendor, which is never an ID: `Claude Sonnet 5 (copilot)`.
fn is_from_menu(id: &str) -> bool {
    id.contains(' ') && id.ends_with(')')
}

/// Whether the menu of a vendor marks the model as its own: `GPT-5.5 (Internal only)`.
fn is_internal(id: &str) -> bool {
    const MARK: &str = "(internal only)";
    let start = id.len().saturating_sub(MARK.len());
    id.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(MARK))
}

fn is_unqualified(host: &Host, id: &str) -> bool {
    host.models.qualified.is_some_and(|form| form.contains('/')) && !id.contains('/')
}

fn help(host: &Host, other: &Host) -> String {
    let (from, own) = (other.product, host.product);
    match host.models.inherit {
        Some(inherit) => format!("It is a {from} model; use a {own} model, or `{inherit}`."),
        None => format!("It is a {from} model; use a {own} model, or remove the field."),
    }
}

/// The other host that a model belongs to, if it is known how this host names its own models.
fn owner(host: &'static Host, id: &str) -> Option<&'static Host> {
    let runs = |host: &Host| {
        host.models.prefixes.iter().any(|prefix| id.starts_with(prefix))
            || host.models.families.contains(&id)
    };
    if host.models.refused.contains(&id) {
        return HOSTS.iter().find(|other| runs(other));
    }
    if host.models.prefixes.is_empty() || runs(host) || host.models.aliases.contains(&id) {
        return None;
    }
    // A name with spaces comes from a menu and is never an ID.
    let shows = |other: &&Host| other.models.qualified.is_some_and(|form| form.contains(' '));
    match id.contains(' ') {
        true => HOSTS.iter().find(shows),
        false => HOSTS.iter().find(|other| runs(other)),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, model: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\nmodel: {model}\n---\n\nYou help.\n");
        findings("unknown-model", path, &text)
    }

    const AGENT: &str = ".claude/agents/x.md";

    #[test]
    fn aliases_of_another_product_are_no_models() {
        assert_eq!(
            check(".kiro/agents/x.md", "sonnet"),
            ["4:8-4:14 warning `sonnet` is not a model that Kiro can run"]
        );
        assert_eq!(check(".kiro/agents/x.md", "claude-sonnet-4.6"), [""; 0]);
    }

    #[test]
    fn a_retired_model_gives_the_date() {
        assert_eq!(
            check(AGENT, "claude-opus-4-20250514"),
            ["4:8-4:30 warning `claude-opus-4-20250514` was retired on 2026-06-15"]
        );
        assert_eq!(
            check(".github/agents/x.agent.md", "GPT-5 (copilot)"),
            ["4:8-4:23 warning `GPT-5 (copilot)` was retired on 2026-02-17"]
        );
        // A day that had not come when the fact was checked.
        assert_eq!(
            check(AGENT, "claude-opus-4-5"),
            ["4:8-4:23 warning `claude-opus-4-5` will be retired on 2027-01-22"]
        );
    }

    #[test]
    fn a_retired_model_is_known_without_its_date() {
        for model in ["claude-3-opus", "claude-3.5-sonnet", "claude-sonnet-4", "claude-opus-4"] {
            assert_eq!(check(AGENT, model).len(), 1, "{model}");
        }
        assert_eq!(
            check(AGENT, "claude-3-7-sonnet"),
            [
                "4:8-4:25 warning `claude-3-7-sonnet` is not a full model ID, and `claude-3-7-sonnet-20250219` was retired on 2026-02-19"
            ]
        );
        for model in ["claude-sonnet-5", "claude-opus", "claude-3"] {
            assert_eq!(check(AGENT, model), [""; 0], "{model}");
        }
    }

    #[test]
    fn a_retired_model_fails_unless_the_host_replaces_it() {
        let reason = |model: &str| {
            let text =
                format!("---\nname: x\ndescription: Use it\nmodel: {model}\n---\nYou help.\n");
            let report = crate::check::check(
                &crate::input::Input::new(&text).at(AGENT),
                &crate::options::Options::default(),
            );
            let found = report.diagnostics.into_iter().find(|d| d.rule == "unknown-model");
            found.and_then(|d| d.reason).unwrap_or_default()
        };
        assert_eq!(reason("claude-opus-4-1"), "Claude Code runs the latest Opus instead.");
        assert_eq!(
            reason("claude-sonnet-4-0"),
            "From its retirement date, the Claude API rejects requests to a model."
        );
    }

    #[test]
    fn another_vendors_model_is_found() {
        assert_eq!(
            check(AGENT, "gpt-5.4"),
            ["4:8-4:15 warning `gpt-5.4` is not a model that Claude Code can run"]
        );
        assert_eq!(
            check(AGENT, "Claude Sonnet 5 (copilot)"),
            [
                "4:8-4:33 warning `Claude Sonnet 5 (copilot)` is not a model that Claude Code can run"
            ]
        );
        assert_eq!(
            check(".gemini/agents/x.md", "sonnet"),
            ["4:8-4:14 warning `sonnet` is not a model that Gemini CLI can run"]
        );
        assert_eq!(
            check("pack/agents/x.md", "Claude Sonnet 5 (copilot)\ntools: Read, Grep"),
            [
                "4:8-4:33 warning `Claude Sonnet 5 (copilot)` is not a model that Claude Code can run"
            ]
        );
        assert_eq!(check("pack/agents/x.md", "gpt-5.4\ntools: Read, Grep"), [""; 0]);
    }

    #[test]
    fn a_name_without_its_provider_is_found_where_the_host_needs_it() {
        assert_eq!(
            check(".opencode/agents/x.md", "sonnet"),
            ["4:8-4:14 warning Model `sonnet` does not name its provider"]
        );
        assert_eq!(check(".opencode/agents/x.md", "anthropic/claude-sonnet-5"), [""; 0]);
    }

    #[test]
    fn a_family_with_a_version_is_neither_an_alias_nor_an_id() {
        assert_eq!(
            check(AGENT, "sonnet-4.5"),
            ["4:8-4:18 warning `sonnet-4.5` is neither a model alias nor a model ID"]
        );
        for model in [
            "sonnet-4-5",
            "opus-4",
            "sonnet4",
            "Haiku 4.5",
            "Claude Opus 4.5",
            "claude-4-sonnet",
            "claude-4.5-opus",
            "sonnet-4.5[1m]",
            "opus-4-5-20251101",
            "claude-sonnet-4.6",
        ] {
            assert_eq!(check(AGENT, model).len(), 1, "{model}");
            assert_eq!(check("kit/.claude/skills/x/SKILL.md", model).len(), 1, "{model}");
        }
        for model in [
            "Sonnet",
            "OPUS[1m]",
            "sonnet-mini",
            "claude-sonnet-6[1m]",
            "us.anthropic.claude-sonnet-9",
            "anthropic/claude-4-sonnet",
            "my-opus-4",
            "claude-opus",
            "4",
        ] {
            assert_eq!(check(AGENT, model), [""; 0], "{model}");
        }
        // Another product may name its models so.
        assert_eq!(check("pack/agents/x.md", "sonnet-4.5\ntools: Read, Grep"), [""; 0]);
    }

    #[test]
    fn a_retired_model_of_a_provider_is_found() {
        let path = ".opencode/agents/x.md";
        assert_eq!(
            check(path, "anthropic/claude-opus-4-20250514"),
            ["4:8-4:40 warning `anthropic/claude-opus-4-20250514` was retired on 2026-06-15"]
        );
        assert_eq!(check(path, "anthropic/claude-3-5-sonnet").len(), 1);
        assert_eq!(
            check(path, "google/gemini-2.0-flash"),
            ["4:8-4:31 warning `google/gemini-2.0-flash` was retired on 2026-06-01"]
        );
        for model in ["anthropic/claude-opus-5", "proxy/claude-3-opus", "anthropic/", "/"] {
            assert_eq!(check(path, model), [""; 0], "{model}");
        }
    }

    #[test]
    fn a_model_for_the_staff_of_a_vendor_is_no_model_for_others() {
        assert_eq!(
            check(".github/prompts/x.prompt.md", "'Claude Opus 5 (1M context)(Internal only)'"),
            [
                "4:8-4:51 warning `Claude Opus 5 (1M context)(Internal only)` is a model for the staff of its vendor"
            ]
        );
        assert_eq!(check(".github/prompts/x.prompt.md", "Claude Opus 5 (copilot)"), [""; 0]);
    }

    #[test]
    fn several_models_in_one_string_are_none() {
        assert_eq!(
            check(".github/agents/x.agent.md", "\"GPT-5.4 | Claude Sonnet 5\""),
            ["4:8-4:35 warning `GPT-5.4 | Claude Sonnet 5` names several models in one string"]
        );
    }

    #[test]
    fn ids_of_the_hosts_own_families_are_never_unknown() {
        for model in ["claude-sonnet-9", "sonnet", "inherit", "opus[1m]", "glm-5", "'{{MODEL}}'"] {
            assert_eq!(check(AGENT, model), [""; 0], "{model}");
        }
        assert_eq!(check(".gemini/agents/x.md", "gemini-3-flash"), [""; 0]);
        assert_eq!(check(".github/agents/x.agent.md", "GPT-5 mini"), [""; 0]);
        assert_eq!(check(".cursor/agents/x.md", "gpt-5.4"), [""; 0]);
    }
}
