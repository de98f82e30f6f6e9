//! Fields that the host does not recognize and that are not misspellings.

use super::wording::{joined, shortened};
use super::{Check, Context, Example, Finding, Profile, Rule, invalid_hook, near_miss_field};
use crate::diagnostic::Severity;
use crate::front_matter::{Field, sounds_like_limit, sounds_like_setting};
use crate::host::{Effect, FieldRole, HOSTS, Host, Tier};
use crate::role::Syntax;
use crate::yaml::Node;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-field",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The host does not recognize a field.",
    why: "Gemini CLI and Codex reject a file with a field they do not recognize, and OpenCode passes it to the model's provider as an option, which can make calls fail. Where the host ignores such fields, a field of another host is reported as info, and a field that is named like a limit or a setting (`allowedAgents`, `token_budget`) as a warning, and any other field only in the `style` profile, because many collections keep fields of their own.",
    example: Example {
        path: ".gemini/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: [read_file]\ncategory: quality\n---\n\nYou review changes.\n",
        at: "category",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: [read_file]\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let (host, role) = (cx.host, cx.role);
    if let Some(finding) = comment(cx) {
        cx.report(finding);
    }
    // Fields parsed from broken lines may be prose, and without a known host no field is unknown.
    if host.fields.is_empty() || role.front_matter_is_broken() || cx.is_lookalike() {
        return;
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for field in near_miss_field::fields(role) {
        let name = &*field.name;
        // Broken lines may have no name at all, and another rule reports them.
        let known = name.is_empty()
            || host.field(name).is_some()
            || host.also.contains(&name)
            || is_comment(name)
            || invalid_hook::is_event(host, name);
        if known || Host::keeps_field(name) || near_miss_field::meant(host, role, name).is_some() {
            continue;
        }
        let owner = owner(host, name).filter(|_| !ANYBODYS.contains(&name));
        let is_lost = owner.is_none() && is_lost(cx, field);
        let same = |group: &&mut Group<'_>| {
            group.owner.map(|other| other.product) == owner.map(|other| other.product)
                && group.is_lost == is_lost
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.fields.push(field),
            None => groups.push(Group { owner, fields: Vec::from([field]), is_lost }),
        }
    }
    for group in groups {
        if let Some(finding) = about(cx, &group) {
            cx.report(finding);
        }
    }
    for finding in of_items(cx) {
        cx.report(finding);
    }
}

/// Keys that the host does not recognize in the maps that a field lists.
fn of_items(cx: &Context<'_>) -> Vec<Finding> {
    let (host, role) = (cx.host, cx.role);
    let mut found = Vec::new();
    for known in host.fields.iter().filter(|known| !known.keys.is_empty()) {
        let items = role.field(known.name).and_then(|field| field.value.items()).unwrap_or(&[]);
        let entries = items.iter().filter_map(Node::entries).flatten();
        for entry in entries {
            let key = entry.key.as_str().unwrap_or("");
            if key.is_empty() || known.keys.contains(&key) {
                continue;
            }
            let message =
                format!("{} does not recognize `{key}` in `{}`", host.product, known.name);
            let keys: Vec<String> = known.keys.iter().map(|key| format!("`{key}`")).collect();
            let finding = Finding::new(entry.key.span, message)
                .severity(Severity::Warning)
                .help(format!("It recognizes {}.", joined(&keys, "and")));
            found.push(match host.unknown_field.note {
                Some(note) => finding.reason(note),
                None => finding,
            });
        }
    }
    found
}

/// Unknown fields with a common cause: they belong to the same other host, or to no host.
struct Group<'r> {
    owner: Option<&'static Host>,
    fields: Vec<&'r Field<'r>>,
    /// Whether they are limits or settings that have no effect.
    is_lost: bool,
}

/// Whether a field that the host ignores is named like a limit or a setting. A format that many
/// products read may have clients that know it, and a setting in words is a comment.
fn is_lost(cx: &Context<'_>, field: &Field<'_>) -> bool {
    let is_ignored = cx.host.unknown_field.effect == Effect::Ignored && cx.host.clients.is_empty();
    let is_said = field.value.as_str().is_some_and(|text| text.trim().contains(' '));
    is_ignored
        && !cx.host_is_guessed()
        && (sounds_like_limit(&field.name) || sounds_like_setting(&field.name) && !is_said)
}

fn about(cx: &Context<'_>, group: &Group<'_>) -> Option<Finding> {
    let (host, guessed) = (cx.host, cx.host_is_guessed());
    let severity = match host.unknown_field.effect {
        Effect::Rejected | Effect::LosesFrontMatter if !guessed => Severity::Error,
        Effect::Forwarded | Effect::Warned if !guessed => Severity::Warning,
        // A field of another host was copied from there, whatever effect it has here.
        Effect::Rejected | Effect::Forwarded if group.owner.is_some() => Severity::Warning,
        Effect::Ignored if group.is_lost => Severity::Warning,
        Effect::Ignored
            if group.owner.is_some() || !guessed && cx.options.profile == Profile::Style =>
        {
            Severity::Info
        }
        _ => return None,
    };
    let (first, more) = group.fields.split_first()?;
    let (names, product) = (group.shown(), host.product);
    let message = match (group.owner, more) {
        (Some(other), []) => {
            format!("{names} is a field in {}; {product} does not recognize it", other.product)
        }
        (Some(other), _) => {
            format!("{names} are fields in {}; {product} does not recognize them", other.product)
        }
        (None, []) => format!("{product} does not recognize the field {names}"),
        (None, _) => format!("{product} does not recognize the fields {names}"),
    };
    let mut finding = Finding::new(first.name_span, message)
        .labels(more.iter().map(|field| field.name_span), "also unknown")
        .severity(severity)
        .help(group.help());
    if let Some(note) = host.unknown_field.note {
        finding = finding.reason(note);
    }
    let names: Vec<&str> = group.fields.iter().map(|field| &*field.name).collect();
    Some(cx.removing_all(finding, &names, format!("Remove {}", group.shown())))
}

impl Group<'_> {
    fn shown(&self) -> String {
        let names: Vec<String> =
            self.fields.iter().map(|field| format!("`{}`", field.name)).collect();
        shortened(&names)
    }

    /// Moving a value to the prompt helps only if a model can follow its words.
    fn help(&self) -> &'static str {
        let prose = |node: &Node<'_>| node.as_str().is_some_and(|text| text.contains(' '));
        let is_prose = |value: &Node<'_>| {
            prose(value)
                || value.items().is_some_and(|items| items.iter().any(prose))
                || value.entries().is_some_and(|map| map.iter().any(|entry| prose(&entry.value)))
        };
        let is_setting = |name: &str| {
            let theirs = self.owner.and_then(|other| other.field(name));
            theirs.is_some_and(|field| {
                !matches!(field.role, FieldRole::Description | FieldRole::WhenToUse)
            })
        };
        let says_something = |field: &Field<'_>| {
            !is_about_the_file(&field.name) && !is_setting(&field.name) && is_prose(&field.value)
        };
        match (self.fields.iter().any(|field| says_something(field)), self.fields.len()) {
            (true, 1) => "Remove it, or move what the model should know into the text.",
            (true, _) => "Remove them, or move what the model should know into the text.",
            (false, 1) => "Remove it.",
            (false, _) => "Remove them.",
        }
    }
}

/// Fields that a product supports but people add out of habit.
const ANYBODYS: [&str; 5] = ["goal", "role", "scope", "tags", "version"];

/// Whether a field describes the file and tells the model nothing.
pub(super) fn is_about_the_file(name: &str) -> bool {
    ABOUT_THE_FILE.contains(&&*name.to_ascii_lowercase())
}

/// Fields that describe the file and tell the model nothing.
const ABOUT_THE_FILE: [&str; 24] = [
    "author",
    "authors",
    "categories",
    "category",
    "created",
    "date",
    "display_name",
    "emoji",
    "homepage",
    "icon",
    "id",
    "keywords",
    "license",
    "maintainer",
    "name",
    "owner",
    "repository",
    "source",
    "status",
    "tags",
    "title",
    "updated",
    "url",
    "version",
];

fn is_comment(name: &str) -> bool {
    name.starts_with("<!--")
}

/// An HTML comment, which YAML reads as a key: the first line of a file, or a line of front matter.
fn comment(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    let start = match role.syntax {
        Syntax::Markdown => {
            let yaml = role.within.is_none();
            role.fields().iter().find(|field| yaml && is_comment(&field.name))?.name_span.start
        }
        Syntax::Yaml if is_comment(role.text) => 0,
        _ => return None,
    };
    let line = role.line_at(start);
    let inner = line.of(role.text).strip_prefix("<!--")?.strip_suffix("-->")?;
    // Without a space after the colon, it is not a key, and the file cannot be parsed.
    inner.contains(": ").then(|| {
        let edits = Vec::from([(line, format!("#{}", inner.trim_end()))]);
        Finding::new(line, "YAML reads this HTML comment as a field")
            .severity(Severity::Info)
            .reason("Comments in YAML start with `#`.")
            .unsafe_fix("Turn it into a YAML comment", edits)
    })
}

/// The host that the field belongs to. Names that many hosts use or that only describe the file
/// prove nothing, and neither do the fields of a rarely used host.
fn owner(host: &Host, name: &str) -> Option<&'static Host> {
    let knows = |other: &&Host| {
        other.field(name).is_some_and(|field| {
            !matches!(field.role, FieldRole::Other | FieldRole::Metadata | FieldRole::License)
        })
    };
    let others = HOSTS.iter().filter(|other| other.product != host.product);
    others.filter(|other| other.tier != Tier::Recognized).find(knows)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, lines: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\n{lines}---\n\nYou help.\n");
        findings("unknown-field", path, &text)
    }

    #[test]
    fn the_severity_is_what_the_host_does() {
        assert_eq!(
            check(".gemini/agents/x.md", "vibe: calm\n"),
            ["4:1-4:5 error Gemini CLI does not recognize the field `vibe`"]
        );
        assert_eq!(
            check(".opencode/agents/x.md", "tags: [a]\n"),
            ["4:1-4:5 warning OpenCode does not recognize the field `tags`"]
        );
        assert_eq!(
            check(".claude/agents/x.md", "vibe: calm\n"),
            ["4:1-4:5 info Claude Code does not recognize the field `vibe`"]
        );
    }

    #[test]
    fn a_limit_or_setting_without_effect_is_a_warning() {
        let agent = ".claude/agents/x.md";
        assert_eq!(
            check(agent, "allowedAgents: [clerk]\nvibe: calm\nmodel_settings:\n  budget: 5\n"),
            [
                "4:1-4:14 warning Claude Code does not recognize the fields `allowedAgents` and `model_settings`",
                "5:1-5:5 info Claude Code does not recognize the field `vibe`",
            ]
        );
        for lines in ["model_choice: Because it is fast\n", "compatible_tools: [x]\n"] {
            assert!(check(agent, lines).iter().all(|found| found.contains(" info ")), "{lines}");
        }
        // A client may know it.
        let skill = "token_budget: 5\n";
        assert!(!check("skills/x/SKILL.md", skill).iter().any(|it| it.contains("warning")));
    }

    #[test]
    fn keys_of_listed_maps_are_fields_too() {
        let lines =
            "target: vscode\nhandoffs:\n  - label: Review\n    agent: reviewer\n    sent: true\n";
        assert_eq!(
            check(".github/agents/x.agent.md", lines),
            ["8:5-8:9 warning VS Code does not recognize `sent` in `handoffs`"]
        );
        let send = lines.replace("sent", "send");
        assert_eq!(check(".github/agents/x.agent.md", &send), [""; 0]);
    }

    #[test]
    fn unknown_fields_of_one_file_have_one_cause() {
        let text = "---\nname: x\ndescription: Use it\nvibe: calm\nversion: 2\nhidden: true\nduties: [file letters]\n---\n\nYou help.\n";
        let report = crate::check(
            &crate::Input::new(text).at(".gemini/agents/x.md"),
            &crate::Options::default(),
        );
        let found: Vec<_> =
            report.diagnostics.iter().filter(|d| d.rule == super::RULE.name).collect();
        let [several, foreign] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            several.message,
            "Gemini CLI does not recognize the fields `vibe`, `version` and `duties`"
        );
        let labels: Vec<_> = several.labels.iter().map(|label| label.span.of(text)).collect();
        assert_eq!(labels, ["version", "duties"]);
        assert_eq!(
            several.help.as_deref(),
            Some("Remove them, or move what the model should know into the text.")
        );
        assert_eq!(
            foreign.message,
            "`hidden` is a field in OpenCode; Gemini CLI does not recognize it"
        );
        assert_eq!(foreign.help.as_deref(), Some("Remove it."));
        let fixed = fixed_unsafely(".gemini/agents/x.md", text);
        assert!(fixed.starts_with("---\nname: x\ndescription: Use it\n---\n"), "{fixed}");
    }

    #[test]
    fn an_html_comment_is_not_one_in_yaml() {
        let modes = "<!-- Version: 2 -->\ncustomModes:\n  - slug: a\n    name: A\n    roleDefinition: You help.\n    groups: [read]\n";
        assert_eq!(
            findings("unknown-field", ".roomodes", modes),
            ["1:1-1:20 info YAML reads this HTML comment as a field"]
        );
        assert_eq!(
            check(".gemini/agents/x.md", "<!-- Owner: me -->\n"),
            ["4:1-4:19 info YAML reads this HTML comment as a field"]
        );
        assert_eq!(
            findings("unknown-field", ".roomodes", &modes.replacen("<!--", "# <!--", 1)),
            [""; 0]
        );
    }

    #[test]
    fn a_field_that_anybody_may_call_so_is_not_said_to_be_of_a_host_that_few_know() {
        assert_eq!(
            check(".github/chatmodes/x.chatmode.md", "title: X\n"),
            ["4:1-4:6 warning VS Code does not recognize the field `title`"]
        );
    }

    #[test]
    fn a_field_of_another_host_says_whose_it_is() {
        assert_eq!(
            check(".github/agents/x.agent.md", "hidden: true\n"),
            ["4:1-4:7 info `hidden` is a field in OpenCode; GitHub Copilot does not recognize it"]
        );
    }

    #[test]
    fn misspelled_fields_and_those_meant_for_others_are_left_to_others() {
        assert_eq!(check(".gemini/agents/x.md", "maxTurns: 3\nx-team: a\n"), [""; 0]);
        assert_eq!(check("roles/x.md", "vibe: calm\n"), [""; 0]);
    }

    #[test]
    fn a_field_of_another_host_is_a_warning_where_the_host_is_guessed() {
        let path = "pack/agents/x.md";
        assert_eq!(
            check(path, "model: gemini-3-flash\ncolor: teal\n"),
            ["5:1-5:6 warning `color` is a field in Claude Code; Gemini CLI does not recognize it"]
        );
        assert_eq!(check(path, "model: gemini-3-flash\nemoji: x\n"), [""; 0]);
        assert_eq!(check(".claude/agents/x.md", "color: teal\n"), [""; 0]);
        assert_eq!(check("roles/x.md", "color: teal\n"), [""; 0]);
    }
}
