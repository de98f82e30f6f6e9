//! Required fields that a file does not have, or required front matter.

use super::wording::joined;
use super::{
    Check, Context, Example, Finding, Profile, Rule, missing_companion_field, near_miss_field,
};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Language};
use crate::host::{self, Effect, Field, FieldRole, Presence, Syntax};
use crate::role::Role;
use crate::text::{Span, folder};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use draft::{name_of, stub, title};

mod bare;
mod beside;
mod draft;
mod misplaced;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-field",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "A field that the host requires is missing.",
    why: "Claude Code skips an agent without a name or description and reports it only in its debug log; Gemini CLI and GitHub Copilot reject it. To all of them, metadata in a list or code block of the body is only text. In a TOML file, a field below the header of a table is part of that table.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ntools: Read\n---\n\nYou review changes.\n",
        at: "tools",
        good: "---\nname: reviewer\ntools: Read\ndescription: Use it after every change to review it\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let (host, role) = (cx.host, cx.role);
    let text = role.text.trim_start_matches('\u{feff}');
    let readable = match role.within {
        Some(syntax) => host.reads(syntax),
        None => role.syntax == crate::role::Syntax::Markdown && host.syntax == Syntax::Markdown,
    };
    if role.within.is_none() && role.syntax != crate::role::Syntax::Markdown {
        return beside::without_roles(cx);
    }
    if !readable || text.trim().is_empty() {
        return;
    }
    let is_page = role.within.is_none() && role.front_matter.is_none();
    if is_page && beside::is_documentation(role.path) {
        return beside::beside_roles(cx);
    }
    let mut missing: Vec<&'static Field> =
        host.required_fields().filter(|field| is_missing(cx, field)).collect();
    let lacks = !missing.is_empty();
    missing.retain(|field| match misplaced::in_a_table(cx, field) {
        Some(finding) => {
            cx.report(finding.severity(severity(field.missing)));
            false
        }
        None => true,
    });
    let Some(first) = missing.first() else {
        if lacks {
            return;
        }
        let skipped = host.front_matter.presence == Presence::Required
            && host.front_matter.missing.effect == Effect::Rejected;
        if skipped && role.front_matter.is_none() && host::by_path(role.path) == Some(host) {
            let finding = bare::without_front_matter(cx, &[]);
            return cx.report(finding.severity(Severity::Warning));
        }
        if let Some(finding) = bare::of_plugin(cx) {
            return cx.report(finding);
        }
        return bare::nameless(cx);
    };
    // Content without any sign of a role is not a role: the list of roles is missing, or the file
    // belongs to another program, such as a `config/agents.yaml` with the agents of a build server.
    let may_be_else = beside::list_of_roles(cx).is_some() || host.layout.paths.contains(&"*");
    if role.within.is_some() && may_be_else && missing.len() == host.required_fields().count() {
        return;
    }
    // If only the fields indicate this host, a file without a name may be something else, such as a
    // command.
    let guessed = cx.host_is_guessed();
    if guessed && missing.iter().all(|field| field.role == FieldRole::Name) {
        return;
    }
    let finding = match &role.front_matter {
        None if host.front_matter.presence == Presence::Required => {
            misplaced::of_project(cx).unwrap_or_else(|| bare::without_front_matter(cx, &missing))
        }
        None => return,
        // If nothing could be read, or two fields were read as one, the invalid YAML is reported
        // instead.
        Some(front_matter)
            if front_matter.language == Language::Toml
                || front_matter.error.is_some()
                    && (front_matter.fields.is_empty()
                        || front_matter::run_together(role.text, front_matter).is_some()) =>
        {
            return;
        }
        Some(front_matter) => {
            let empty = role.field(first.name);
            // The fields of a data file may be far apart.
            let beside = match role.within {
                Some(_) => front_matter.fields.first(),
                None => front_matter.fields.last(),
            };
            let after = empty.or(beside);
            let span = after
                .map_or(Span::new(front_matter.span.start, front_matter.span.start + 3), |f| {
                    f.name_span
                });
            let message = match (empty, missing.len()) {
                (Some(_), 1) => format!("Field {} is empty", names(&missing)),
                (_, 1) => format!("Missing field {}", names(&missing)),
                _ => format!("Missing fields {}", names(&missing)),
            };
            let mut finding = Finding::new(span, message);
            if let Some(note) = first.missing_note {
                finding = finding.reason(note);
            }
            finding = finding.help(help(cx, &missing));
            match (empty, stub(cx, &missing)) {
                // A line after the braces would be outside the map.
                (None, Some(stub)) if !front_matter.is_flow => {
                    let place = Span::at(front_matter.content.end);
                    finding.unsafe_fix(title(&missing), Vec::from([(place, stub)]))
                }
                _ => finding,
            }
        }
    };
    let effects = missing.iter().map(|field| field.missing);
    if is_named_elsewhere(cx, &missing) {
        return;
    }
    let severity = match role.front_matter {
        _ if cx.place() == Some(host) && !host.may_be_loaded(role.path) => Severity::Info,
        _ if guessed => Severity::Warning,
        Some(_) => effects.map(severity).max().unwrap_or(Severity::Error),
        None => Severity::Error,
    };
    cx.report(finding.severity(severity));
}

/// Whether the host rejects the whole data file for a field that it lacks.
pub(super) fn is_refused(cx: &Context<'_>) -> bool {
    if cx.role.within.is_none() {
        return false;
    }
    let missing: Vec<&'static Field> =
        cx.host.required_fields().filter(|field| is_missing(cx, field)).collect();
    !is_named_elsewhere(cx, &missing)
        && missing.iter().any(|field| field.missing == Effect::Rejected)
}

/// Whether a configuration names the role's file, and thus the role, or may do so in files that are
/// not visible.
fn is_named_elsewhere(cx: &Context<'_>, missing: &[&'static Field]) -> bool {
    let Some(name) = cx.host.layout.named_by else { return false };
    let identity = |field: &&&Field| matches!(field.role, FieldRole::Name | FieldRole::Description);
    if missing.iter().filter(identity).count() < 2 || missing.len() > 2 {
        return false;
    }
    let path = format!("{}/{name}", folder(folder(cx.role.path)));
    let file = cx.role.path.rsplit('/').next().unwrap_or("");
    cx.files.text(path.trim_start_matches('/')).is_none_or(|text| text.contains(file))
}

/// How much it matters that a field is left out.
const fn severity(missing: Effect) -> Severity {
    match missing {
        Effect::Rejected | Effect::LosesFrontMatter => Severity::Error,
        Effect::Accepted => Severity::Info,
        _ => Severity::Warning,
    }
}

/// Whether a field is absent or empty, and no misspelled field takes its place.
fn is_missing(cx: &Context<'_>, field: &'static Field) -> bool {
    let role = cx.role;
    let spares = |requires: &host::Requires| {
        requires.spares.contains(&field.name)
            && missing_companion_field::asking(cx, requires).is_some()
    };
    let stands_in = |name: &&str| role.field(name).is_some_and(|found| !found.value.is_null());
    if cx.host.requires.iter().any(spares) || field.fallbacks.iter().any(stands_in) {
        return false;
    }
    match role.field(field.name) {
        Some(found) => {
            found.error.is_none()
                && (found.value.is_null()
                    || found.value.as_str().is_some_and(|v| v.trim().is_empty()))
        }
        // A broken line may have swallowed it.
        None if cx.role.front_matter_is_broken() && is_in_front_matter(role, field.name) => false,
        None => !near_miss_field::fields(role).any(|other| {
            near_miss_field::meant(cx.host, role, &other.name)
                .is_some_and(|meant| meant.field.name == field.name)
        }),
    }
}

fn is_in_front_matter(role: &Role<'_>, name: &str) -> bool {
    let content =
        role.front_matter.as_ref().map_or("", |front_matter| front_matter.content.of(role.text));
    content
        .lines()
        .any(|line| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with(':')))
}

fn names(fields: &[&'static Field]) -> String {
    let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
    joined(&names, "and")
}

fn help(cx: &Context<'_>, fields: &[&'static Field]) -> String {
    let [field] = fields else {
        let describes = |field: &&Field| field.role == FieldRole::Description;
        let about = match fields.iter().copied().find(describes) {
            Some(field) => {
                format!("; `{}` says what the role does and when to use it", field.name)
            }
            None => String::new(),
        };
        return format!("Add {}{about}.", names(fields));
    };
    let name = field.name;
    match field.role {
        FieldRole::Description => {
            format!("Add a `{name}` that says what the role does and when to use it.")
        }
        FieldRole::Name => match name_of(cx.role.path) {
            Some(example) => format!("Add a name, for example `{name}: {example}`."),
            None => format!("Add a `{name}`."),
        },
        _ => format!("Give `{name}` a value."),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::diagnostic::Severity;
    use crate::input::Input;
    use crate::rules::tests::findings;
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    const AGENT: &str = ".claude/agents/x.md";

    fn check(path: &str, text: &str) -> alloc::vec::Vec<alloc::string::String> {
        findings("missing-field", path, text)
    }

    #[test]
    fn a_form_to_fill_in_is_not_the_metadata_of_its_file() {
        let form =
            "# Agent Template\n\n```yaml\nname: [agent-name]\ndescription: [one sentence]\n```\n";
        let found = check("kit/agents/x.md", form);
        assert!(found.iter().all(|found| !found.contains("in the body")), "{found:?}");
        assert_eq!(
            check("kit/agents/x.md", &form.replace(['[', ']'], "").replace(" Template", "")).len(),
            1
        );
    }

    #[test]
    fn what_the_host_requires_is_named_once() {
        assert_eq!(
            check(AGENT, "---\nmodel: opus\n---\n\nYou help.\n"),
            ["2:1-2:6 error Missing fields `name` and `description`"]
        );
        assert_eq!(
            check(".github/agents/x.agent.md", "---\nname: x\ntools: [read]\n---\n\nYou help.\n"),
            ["3:1-3:6 error Missing field `description`"]
        );
        assert_eq!(
            check(AGENT, "---\nname: x\ndescription: \"\"\n---\n\nYou help.\n"),
            ["3:1-3:12 error Field `description` is empty"]
        );
    }

    #[test]
    fn an_agent_of_a_plugin_needs_front_matter() {
        let check = |path: &str, text: &str, beside: &str| {
            let files: BTreeMap<String, String> =
                [path, beside].map(|path| (String::from(path), String::from(text))).into();
            let input = Input::new(text).at(path).with_files(&files);
            let found = crate::check(&input, &crate::Options::default()).diagnostics;
            found
                .iter()
                .filter(|it| it.rule == "missing-field")
                .map(|it| it.message.to_string())
                .collect()
        };
        let text = "<!-- a -->\n\n# Scout\n\nYou look for places to stay.\n";
        let none: [String; 0] = [];
        for (beside, message) in [
            ("kits/pack/skills/a/SKILL.md", "This agent has no front matter"),
            // The manifest determines the host.
            (
                "kits/pack/.claude-plugin/plugin.json",
                "Missing front matter with `name` and `description`",
            ),
        ] {
            let found: Vec<String> = check("kits/pack/agents/scout.md", text, beside);
            assert_eq!(found, [message], "{beside}");
        }
        for (path, beside) in [
            ("kits/pack/agents/scout.md", "kits/pack/SKILL.md"),
            ("kits/pack/agents/README.md", "kits/pack/skills/a/SKILL.md"),
            ("kits/docs/agents/scout.md", "kits/pack/skills/a/SKILL.md"),
        ] {
            let found: Vec<String> = check(path, text, beside);
            assert_eq!(found, none, "{path}");
        }
        let page: Vec<String> =
            check("pack/agents/scout.md", "# Scout\n\nA list.\n", "pack/skills/a/SKILL.md");
        assert_eq!(page, none);
    }

    #[test]
    fn a_file_without_front_matter_gets_one_finding() {
        assert_eq!(
            check(AGENT, "\n# Helper\n\nYou help.\n"),
            ["2:1-2:9 error Missing front matter with `name` and `description`"]
        );
    }

    #[test]
    fn the_reason_says_what_the_host_does_without_front_matter() {
        for path in [AGENT, ".qwen/agents/x.md", ".gemini/agents/x.md"] {
            let input = Input::new("# Helper\n\nYou help.\n").at(path);
            let found = crate::check(&input, &crate::Options::default()).diagnostics;
            let found = found.iter().find(|it| it.rule == "missing-field").unwrap();
            assert!(found.reason.is_some(), "{path}");
        }
    }

    #[test]
    fn front_matter_without_required_fields_may_be_required_too() {
        assert_eq!(
            check(".kiro/agents/x.md", "# Reviewer\n\nReview it.\n"),
            ["1:1-1:11 warning Missing front matter"]
        );
        assert!(check("notes/x.md", "# Reviewer\n\nReview it.\n").is_empty());
    }

    #[test]
    fn the_severity_is_what_the_host_makes_of_it() {
        let without_name = "---\ndescription: Use it\n---\n\nYou help.\n";
        let plugin = "plugins/a/agents/x.md";
        assert_eq!(check(plugin, without_name), ["2:1-2:12 info Missing field `name`"]);
        assert_eq!(
            check(plugin, "---\nname: x\n---\n\nYou help.\n"),
            ["2:1-2:5 warning Missing field `description`"]
        );
        let elsewhere = "---\nname: x\nwhen_to_use: Use it\n---\n\nYou help.\n";
        assert_eq!(check(plugin, elsewhere), [""; 0]);
        assert_eq!(check(AGENT, elsewhere), ["3:1-3:12 error Missing field `description`"]);
        assert_eq!(
            check("skills/x/SKILL.md", without_name),
            ["2:1-2:12 warning Missing field `name`"]
        );
        assert_eq!(check(AGENT, without_name), ["2:1-2:12 error Missing field `name`"]);
    }

    #[test]
    fn a_skill_where_no_product_looks_is_no_error() {
        let text = "# Order\n\nSort the letters.\n";
        let missing = "Missing front matter with `name` and `description`";
        for (path, severity) in [
            ("web-bundles/order/SKILL.md", "info"),
            ("kit/skills/order/SKILL.md", "error"),
            ("order/SKILL.md", "error"),
            ("SKILL.md", "error"),
        ] {
            assert_eq!(check(path, text), [format!("1:1-1:8 {severity} {missing}")], "{path}");
        }
    }

    #[test]
    fn one_endless_line_is_marked_at_its_start() {
        let found = check(AGENT, &"x ".repeat(500_000));
        assert!(found[0].starts_with("1:1-1:81 error Missing front matter"), "{found:?}");
    }

    #[test]
    fn facts_in_a_fence_around_the_whole_file_are_pointed_at() {
        let text = "```markdown\n---\nname: helper\ndescription: Use it\n---\n\nYou help.\n```\n";
        assert_eq!(
            check(AGENT, text),
            ["3:1-3:13 error Missing front matter with `name` and `description`"]
        );
        let fixed = crate::fix::fix(
            &Input::new(text).at(AGENT),
            &crate::Options::default(),
            Applicability::Unsafe,
        );
        assert_eq!(fixed.text, text, "no facts are made up beside those that are there");
    }

    #[test]
    fn metadata_as_a_list_is_pointed_at() {
        assert_eq!(
            check(AGENT, "# Helper\n\n## Metadata\n- **name:** helper\n- **description:** x\n"),
            ["4:1-4:19 error Missing front matter with `name` and `description`"]
        );
        assert_eq!(
            check(AGENT, "# Helper\n\n```yaml\nname: helper\n```\n"),
            ["4:1-4:13 error Missing front matter with `name` and `description`"]
        );
    }

    #[test]
    fn metadata_in_the_text_of_a_role_without_a_host_is_a_warning() {
        let text = "# Helper\n\n- **name:** helper\n- **description:** it helps\n\nYou help.\n";
        assert_eq!(
            check("agents/x.md", text),
            [
                "3:1-3:19 warning The name and description are in the body instead of the front matter"
            ]
        );
        let late = format!("# Helper\n{}- name: x\n- description: y\n", "\n".repeat(20));
        assert!(check("agents/x.md", &late).is_empty());
        assert!(check("agents/x.md", "# Fields\n\n- name: what it is called\n").is_empty());
    }

    #[test]
    fn a_guessed_host_does_not_ask_for_a_name() {
        let text =
            "---\nallowed-tools: Read\nargument-hint: what\ndescription: Use it\n---\n\nHelp.\n";
        assert!(check("commands/x.md", text).is_empty());
    }

    #[test]
    fn a_misspelled_field_is_left_to_the_other_rule() {
        assert!(check(AGENT, "---\nname: x\ndescripton: Use it\n---\n\nYou help.\n").is_empty());
    }

    #[test]
    fn a_file_without_its_list_of_roles_is_an_error() {
        assert_eq!(
            check(".roomodes", "{\n  \"clerk\": {\"prompt\": \"You file letters.\"}\n}\n"),
            ["1:1-1:2 error Missing field `customModes`"]
        );
        assert_eq!(check(".roomodes", "none\n"), ["1:1-1:5 error Missing field `customModes`"]);
        assert!(check(".roomodes", "customModes: []\n").is_empty());
        assert!(check("modes.yaml", "clerk:\n  prompt: You file letters.\n").is_empty());
    }

    #[test]
    fn a_field_of_a_data_file_is_missed_at_its_beginning() {
        let text = "name = \"clerk\"\nmodel = \"gpt-5\"\ndeveloper_instructions = \"File it.\"\n";
        assert_eq!(
            check(".codex/agents/clerk.toml", text),
            ["1:1-1:5 error Missing field `description`"]
        );
    }

    #[test]
    fn a_configuration_may_name_the_role() {
        let text = "developer_instructions = \"File it.\"\n";
        let path = ".codex/agents/clerk.toml";
        assert_eq!(check(path, text), [""; 0]);
        let configured = |config: &str| {
            let files = [(".codex/config.toml".to_string(), config.to_string())];
            let files = alloc::collections::BTreeMap::from(files);
            let input = Input::new(text).at(path).with_files(&files);
            let found = crate::check(&input, &crate::Options::default()).diagnostics;
            found.iter().filter(|d| d.rule == "missing-field").map(|d| d.severity).next_back()
        };
        assert_eq!(configured("[agents.clerk]\nconfig_file = \"agents/clerk.toml\"\n"), None);
        assert_eq!(configured("model = \"gpt-5\"\n"), Some(Severity::Error));
    }

    #[test]
    fn a_readme_that_the_host_reads_as_a_role_is_a_warning() {
        assert_eq!(
            check(".github/agents/README.md", "# Agents\n"),
            ["1:1-1:9 warning GitHub Copilot reads this file as a role"]
        );
        assert_eq!(
            check(".opencode/agent/CONTRIBUTING.md", "# Agents\n"),
            ["1:1-1:9 warning OpenCode reads this file as a role"]
        );
        // These hosts silently skip it.
        for folder in [".kiro/agents", ".qwen/agents"] {
            assert_eq!(check(&format!("{folder}/README.md"), "# Agents\n"), [""; 0], "{folder}");
        }
        assert_eq!(
            check("plugins/a/agents/README.md", "# Agents\n"),
            ["1:1-1:9 warning Claude Code reads this file as a role"]
        );
    }

    #[test]
    fn a_role_may_be_called_what_a_page_is() {
        for name in ["security", "template", "todo"] {
            let path = format!(".claude/agents/{name}.md");
            assert_eq!(
                check(&path, "---\nname: a-b\n---\nReview it.\n"),
                ["2:1-2:5 error Missing field `description`"],
                "{path}"
            );
        }
        assert_eq!(
            check(".claude/agents/security.md", "Review it.\n").len(),
            1,
            "without front matter it is not loaded"
        );
        let crew = "clerk:\n  role: Clerk\n  backstory: Long.\n";
        assert_eq!(check("config/agents.yaml", crew).len(), 1);
        let servers = "prod:\n  host: a\n  port: 1\nstaging:\n  host: b\n";
        assert!(check("config/agents.yaml", servers).is_empty(), "of another program");
    }

    #[test]
    fn documentation_and_hosts_that_require_nothing_are_quiet() {
        assert!(check(".claude/agents/README.md", "# Agents\n").is_empty());
        assert!(check(".claude/agents/README.zh-CN.md", "# Agents\n").is_empty());
        assert!(check(".claude/agents/SHARED_PROTOCOL.md", "# Shared\n").is_empty());
        assert!(check("roles/x.md", "# Role\n").is_empty());
        assert!(check(".cursor/rules/x.mdc", "text\n").is_empty());
        assert!(check(AGENT, "").is_empty());
        let swallowed = "---\nname: x\n description: Use it\n---\n\nYou help.\n";
        assert!(check(AGENT, swallowed).is_empty());
    }
}
