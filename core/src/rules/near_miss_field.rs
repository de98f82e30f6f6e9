//! Finds fields whose name is nearly the name of a host's field, or is a neighboring host's name
//! for it.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter;
use crate::host::{
    Effect, Field, FieldRole, FieldStatus, FieldType, HOSTS, Host, Tier, Tool, ToolStatus,
};
use crate::role::Role;
use crate::text::Span;
use crate::yaml::Entry;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "near-miss-field",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A field name is misspelled, or is another host's name for the field.",
    why: "Most hosts silently ignore fields they do not recognize, so a typo, or `max_turns` instead of `maxTurns`, has the same effect as leaving the field out. If `tools` was intended, the role may then use every tool.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmax_turns: 5\n---\n\nYou review changes.\n",
        at: "max_turns",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\nmaxTurns: 5\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// The field that was probably intended.
pub(super) struct Meant {
    /// The host's own field.
    pub field: &'static Field,
    /// Another host that uses the name; `None` if it is a slip.
    pub neighbor: Option<&'static Host>,
    /// Whether only another version of the host reads the field, in a different form.
    pub is_version: bool,
}

/// The host's field that `name` is nearly equal to, unless the role already has that field: then
/// the other name is there on purpose.
pub(super) fn meant(host: &'static Host, role: &Role<'_>, name: &str) -> Option<Meant> {
    if let Some(known) = host.field(name) {
        return by_version(host, role, known);
    }
    if Host::keeps_field(name) {
        return None;
    }
    let found = by_letters(host, name).or_else(|| {
        // A name that another host uses was written for that host.
        let others = HOSTS.iter().filter_map(|other| Some((other, other.field(name)?)));
        let others: Vec<(&'static Host, &Field)> = others.collect();
        if others.is_empty() { by_edit(host, name) } else { by_neighbor(host, name, &others) }
    })?;
    let usable = matches!(found.field.status, FieldStatus::Current | FieldStatus::Extension(_));
    // Names such as `triggers`, which one client of a format reads, are also authors' own.
    let usable = usable && found.field.types != [FieldType::Any];
    let has_it = || fields(role).any(|field| field.name == found.field.name);
    (usable && !has_it()).then_some(found)
}

/// The most fields of a role to examine: real front matter does not have more, and each is compared
/// with each.
pub(super) fn fields<'r, 't>(
    role: &'r Role<'t>,
) -> impl Iterator<Item = &'r front_matter::Field<'t>> {
    role.fields().iter().take(200)
}

/// The host's field for a field that another version reads in a different form.
fn by_version(host: &'static Host, role: &Role<'_>, known: &'static Field) -> Option<Meant> {
    let field = super::invalid_field_type::meant_for(host, role, known)?;
    Some(Meant { field, neighbor: None, is_version: true })
}

fn by_letters(host: &'static Host, name: &str) -> Option<Meant> {
    Some(Meant { field: host.field_like(name)?, neighbor: None, is_version: false })
}

fn by_neighbor(
    host: &'static Host,
    name: &str,
    others: &[(&'static Host, &Field)],
) -> Option<Meant> {
    let is_known = |(other, _): &(&Host, &Field)| other.tier != Tier::Recognized;
    let known = || others.iter().copied().filter(is_known);
    let same = known()
        .filter(|(_, field)| !is_ambiguous(field.role))
        .find_map(|(other, field)| Some((other, host.field_for(field.role)?)));
    // Another host's approval list corresponds to the tool list of a host without approval lists.
    let tools = || {
        known()
            .filter(|(_, field)| field.role == FieldRole::ApprovedTools)
            .find_map(|(other, _)| Some((other, host.field_for(FieldRole::Tools)?)))
    };
    let (other, field) = same.or_else(tools)?;
    // A name that is one letter off is a slip, even if another host uses it.
    let slip = is_one_edit(name, field.name);
    Some(Meant { field, neighbor: (!slip).then_some(other), is_version: false })
}

/// Field roles for which another host's field does not reveal the intended field.
fn is_ambiguous(role: FieldRole) -> bool {
    matches!(role, FieldRole::Other | FieldRole::DisplayName | FieldRole::Agents)
}

fn by_edit(host: &'static Host, name: &str) -> Option<Meant> {
    if name.len() < 4 {
        return None;
    }
    let near = |field: &&Field| field.name.len() >= 4 && is_one_edit(name, field.name);
    Some(Meant { field: host.fields.iter().find(near)?, neighbor: None, is_version: false })
}

/// Whether one letter was omitted, added, replaced or swapped with its neighbor. Comparing the
/// common prefix and suffix is enough, without a table of distances.
fn is_one_edit(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = |(x, y): &(&u8, &u8)| x == y;
    let longest = a.len().max(b.len());
    let front_matter = a.iter().zip(b).take_while(same).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let swapped = a.len() == b.len()
        && front_matter + tail + 2 == longest
        && a.get(front_matter) == b.get(front_matter + 1)
        && a.get(front_matter + 1) == b.get(front_matter);
    a != b && a.len().abs_diff(b.len()) <= 1 && (front_matter + tail + 1 >= longest || swapped)
}

fn check(cx: &mut Context<'_>) {
    let (host, role) = (cx.host, cx.role);
    let lookalike = cx.is_lookalike();
    for finding in permissions(cx) {
        cx.report(finding);
    }
    let mut taken: Vec<&str> = Vec::new();
    for field in fields(role) {
        let Some(Meant { field: own, neighbor, is_version }) = meant(host, role, &field.name)
        else {
            continue;
        };
        // In a file with a body, that is the prompt.
        let is_body = own.role == FieldRole::Prompt
            && role.within.is_none()
            && !role.body.of(role.text).trim().is_empty();
        if neighbor.is_some() && (lookalike || is_body) {
            continue;
        }
        let (name, meant) = (&field.name, own.name);
        let message = match neighbor {
            _ if is_version => {
                format!("`{name}` is not read in this form; did you mean `{meant}`?")
            }
            Some(other) => {
                let product = other.product;
                format!("Unknown field `{name}` (from {product}); did you mean `{meant}`?")
            }
            None => format!("Unknown field `{name}`; did you mean `{meant}`?"),
        };
        let title = format!("Rename `{}` to `{}`", field.name, own.name);
        let mut finding = Finding::new(field.name_span, message);
        let reason = match is_version {
            true => Some(format!("{} loads the role without it.", host.product)),
            false => reason(host, own),
        };
        if let Some(reason) = reason {
            finding = finding.reason(reason);
        }
        if matches!(host.unknown_field.effect, Effect::Rejected | Effect::LosesFrontMatter) {
            finding = finding.severity(Severity::Error);
        }
        if !taken.contains(&own.name) {
            taken.push(own.name);
            // `{"tool":x}` needs its quotes.
            let quotes = usize::from(field.name_span.len() == field.name.len() + 2);
            let name = Span::new(field.name_span.start + quotes, field.name_span.end - quotes);
            let edits = Vec::from([(name, own.name.to_string())]);
            let fits =
                field.error.is_none() && super::invalid_field_type::fits(host, own, &field.value);
            let same_meaning = neighbor.is_none_or(|other| {
                other.field(&field.name).is_some_and(|theirs| theirs.role == own.role)
            });
            finding = if fits && same_meaning && !is_version {
                finding.safe_fix(title, edits)
            } else {
                finding.unsafe_fix(title, edits)
            };
        } else {
            finding = finding.help(format!("Keep only one field for `{}`.", own.name));
        }
        cx.report(finding);
    }
}

/// Permissions under a name other than the tool name that the host checks. A name that another
/// version of the host uses was written for that version.
fn permissions(cx: &Context<'_>) -> Vec<Finding> {
    let host = cx.host;
    let mut fields = host.fields.iter();
    let known = fields.find(|known| known.role == FieldRole::Permissions && known.closed);
    let Some(field) = known.and_then(|known| cx.role.field(known.name)) else { return Vec::new() };
    let entries = field.value.entries().unwrap_or(&[]);
    let asked =
        |name: &str| match host.tool_ignoring_case(name).map(|tool| (tool.name, tool.status)) {
            Some((_, ToolStatus::Alias(own))) => Some(own),
            Some((own, ToolStatus::Current)) => (own != name).then_some(own),
            _ => None,
        };
    let by_version = |name: &str| {
        let is_own = |tool: &Tool| tool.status == ToolStatus::Current;
        let mut versions = HOSTS.iter().filter(|other| other.variant_of == Some(host.id));
        versions.any(|other| other.tool(name).is_some_and(is_own))
    };
    let one = |entry: &Entry<'_>| {
        let name = entry.key.as_str().filter(|name| !by_version(name))?;
        let own = asked(name).filter(|own| field.value.get(own).is_none())?;
        let message = format!("Unknown permission `{name}`; did you mean `{own}`?");
        let title = format!("Rename `{name}` to `{own}`");
        Some(
            Finding::new(entry.key.span, message)
                .reason(format!(
                    "{} asks for `{own}` here, so the entry has no effect.",
                    host.product
                ))
                .unsafe_fix(title, Vec::from([(entry.key.span, own.to_string())])),
        )
    };
    entries.iter().filter_map(one).collect()
}

fn reason(host: &Host, own: &Field) -> Option<String> {
    let rejects = matches!(host.unknown_field.effect, Effect::Rejected | Effect::LosesFrontMatter);
    let granted = host.tools.omitted.filter(|_| own.role == FieldRole::Tools && !rejects);
    let unknown = || format!("{} does not recognize the field.", host.product);
    Some(granted.or(host.unknown_field.note).map_or_else(unknown, ToString::to_string))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};

    fn check(path: &str, lines: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\n{lines}---\n\nYou help.\n");
        findings("near-miss-field", path, &text)
    }

    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const AGENT: &str = ".claude/agents/x.md";
    const COPILOT: &str = ".github/agents/x.agent.md";

    #[test]
    fn fields_of_one_client_of_a_format_are_nobodys_meaning() {
        assert_eq!(check("skills/x/SKILL.md", "trigger: pdf\nversions: [1]\n"), [""; 0]);
    }

    #[test]
    fn slips_and_other_spellings_are_found() {
        assert_eq!(
            check(AGENT, "colour: red\nPermission-Mode: plan\n"),
            [
                "4:1-4:7 warning Unknown field `colour`; did you mean `color`?",
                "5:1-5:16 warning Unknown field `Permission-Mode`; did you mean `permissionMode`?",
            ]
        );
        assert_eq!(
            check(COPILOT, "argumentHint: what\n"),
            ["4:1-4:13 warning Unknown field `argumentHint`; did you mean `argument-hint`?"]
        );
    }

    #[test]
    fn where_the_body_is_the_prompt_no_field_is_meant_as_one() {
        let kiro = ".kiro/agents/x.md";
        assert_eq!(check(kiro, "role: System Navigator\n"), [""; 0]);
    }

    #[test]
    fn a_field_of_another_version_in_the_form_of_this_one_is_found() {
        let map = "mode: subagent\npermissions:\n  bash: deny\ncategory: x\n";
        assert_eq!(
            check(".opencode/agent/x.md", map),
            ["5:1-5:12 warning `permissions` is not read in this form; did you mean `permission`?"]
        );
        let text = format!("---\ndescription: Use it\n{map}---\n\nYou help.\n");
        assert_eq!(findings("invalid-field-type", ".opencode/agent/x.md", &text), [""; 0]);
        let both = format!("{map}permission:\n  bash: deny\n");
        assert_eq!(check(".opencode/agent/x.md", &both), [""; 0]);
    }

    #[test]
    fn a_permission_has_the_name_that_is_asked_for() {
        let path = ".opencode/agents/x.md";
        assert_eq!(
            check(path, "permission:\n  write: deny\n  Bash: deny\n"),
            [
                "5:3-5:8 warning Unknown permission `write`; did you mean `edit`?",
                "6:3-6:7 warning Unknown permission `Bash`; did you mean `bash`?"
            ]
        );
        // Version 2 checks `shell`; next to `edit`, `write` does no harm.
        let quiet = "permission:\n  shell: deny\n  edit: deny\n  write: deny\n  git_push: ask\n";
        assert_eq!(check(path, quiet), [""; 0]);
    }

    #[test]
    fn a_field_of_vs_code_is_not_a_slip() {
        assert_eq!(check(COPILOT, "reasoning-effort: high\n"), [""; 0]);
    }

    #[test]
    fn another_hosts_name_for_the_tools_is_found() {
        assert_eq!(
            check(AGENT, "allowed-tools: Read\n"),
            [
                "4:1-4:14 warning Unknown field `allowed-tools` (from Agent Skills); did you mean `tools`?"
            ]
        );
    }

    #[test]
    fn one_edit_is_one_letter_or_two_swapped() {
        for slip in ["tool", "toolss", "tolos", "tooly", "xtools", "ttools"] {
            assert!(super::is_one_edit(slip, "tools"), "{slip}");
        }
        for other in ["tools", "to", "stool", "slots", "toys"] {
            assert!(!super::is_one_edit(other, "tools"), "{other}");
        }
    }

    #[test]
    fn a_slip_is_one_even_where_another_host_writes_it_so() {
        assert_eq!(
            check(".opencode/agent/x.md", "permisions: {}\n"),
            ["4:1-4:11 warning Unknown field `permisions`; did you mean `permissions`?"]
        );
        assert_eq!(check("skills/x/SKILL.md", "agents:\n  - one\n"), Vec::<String>::new());
    }

    #[test]
    fn it_is_an_error_where_the_file_is_refused() {
        assert_eq!(
            check(".gemini/agents/x.md", "maxTurns: 3\n"),
            ["4:1-4:9 error Unknown field `maxTurns`; did you mean `max_turns`?"]
        );
    }

    #[test]
    fn a_command_keeps_its_own_fields() {
        let text = "---\nallowed-tools: Bash(git *)\ndescription: Commit\n---\n\nCommit.\n";
        assert_eq!(findings("near-miss-field", "commands/commit.md", text), Vec::<String>::new());
    }

    #[test]
    fn a_rename_that_fits_is_safe_and_another_is_not() {
        let text =
            "---\nname: x\ndescription: Use it\nmax_turns: 3\nmcp-servers: {}\n---\n\nYou help.\n";
        assert_eq!(fixed(AGENT, text), text.replace("max_turns", "maxTurns"));
    }

    #[test]
    fn names_of_ones_own_are_quiet() {
        let own = "version: 1\nauthor: me\ncategory: dev\nemoji: x\nvibe: calm\nx-team: a\ntags: [a]\nmode: all\ndomain: web\nid: 4\ndisplayName: X\n";
        assert_eq!(check(AGENT, own), Vec::<String>::new());
        assert_eq!(check(AGENT, "tools: Read\nallowed-tools: Read\n"), Vec::<String>::new());
    }
}
