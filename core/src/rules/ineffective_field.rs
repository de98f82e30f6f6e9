//! Fields that have an effect only together with another field.

use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{FieldStatus, HOSTS, Host, Needs};
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "ineffective-field",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A field has no effect without another one.",
    why: "Some fields only refine another one. A skill that names an `agent` but is not forked runs in the conversation itself, with its tools and its model; the agent that was chosen for its limited permissions never starts.",
    example: Example {
        path: ".claude/skills/explore/SKILL.md",
        bad: "---\nname: explore\ndescription: Explores the code. Use it before a plan.\nagent: Explore\n---\n\nFind the entry points.\n",
        at: "agent",
        good: "---\nname: explore\ndescription: Explores the code. Use it before a plan.\nagent: Explore\ncontext: fork\n---\n\nFind the entry points.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if cx.is_lookalike() {
        return;
    }
    for needs in cx.host.needs {
        let role = cx.role;
        let Some(field) = role.field(needs.field) else { continue };
        let off = field.value.is_null() || field.value.as_bool() == Some(false);
        let misspelled = near_miss_field::fields(role).any(|other| {
            near_miss_field::meant(cx.host, role, &other.name)
                .is_some_and(|meant| meant.field.name == needs.other)
        });
        if off || field.error.is_some() || misspelled || is_met(role.field(needs.other), needs) {
            continue;
        }
        cx.report(finding(cx, field, needs));
    }
    if let Some(finding) = between_versions(cx) {
        cx.report(finding);
    }
}

/// A field that only another version of the host reads, in a role that also has fields unknown to
/// that version: each version treats such a role as written for the older version.
fn between_versions(cx: &Context<'_>) -> Option<Finding> {
    let is_version = |host: &&Host| host.variant_of == Some(cx.host.id);
    HOSTS.iter().filter(is_version).find_map(|version| {
        let note = version.mixed_versions?;
        let fields = cx.role.fields();
        let is_new = |field: &&Field<'_>| {
            let known = cx.host.field(&field.name);
            let is_foreign = known.is_some_and(|it| matches!(it.status, FieldStatus::Extension(_)));
            // A field in the older version's format is meant as the older version's field.
            let is_meant = near_miss_field::meant(cx.host, cx.role, &field.name).is_none();
            is_foreign && is_meant && version.field(&field.name).is_some()
        };
        let is_old = |field: &&Field<'_>| {
            version.field(&field.name).is_none() && !Host::keeps_field(&field.name)
        };
        let new = fields.iter().find(is_new)?;
        let old: Vec<&Field<'_>> = fields.iter().filter(is_old).collect();
        let first = old.first()?;
        let message = format!("`{}` has no effect together with `{}`", new.name, first.name);
        let finding = Finding::new(new.name_span, message)
            .labels(old.iter().map(|field| field.name_span), "field of the older version");
        Some(finding.reason(note).help("Use the fields of one version only."))
    })
}

/// Whether the other field has a suitable value, or a value that is not known yet.
fn is_met(other: Option<&Field<'_>>, needs: &Needs) -> bool {
    let Some(other) = other else { return false };
    let is_hole = |value: &str| value.contains("{{") || value.contains("${");
    other.error.is_some()
        || other.value.as_str().is_none_or(|value| {
            needs.values.is_empty() || needs.values.contains(&value) || is_hole(value)
        })
}

fn finding(cx: &Context<'_>, field: &Field<'_>, needs: &Needs) -> Finding {
    let Needs { field: name, other, values, note } = *needs;
    let wanted = match values {
        [value] => format!("{other}: {value}"),
        _ => alloc::string::String::from(other),
    };
    let message = format!("`{name}` has no effect without `{wanted}`");
    let finding = Finding::new(field.name_span, message)
        .reason(note)
        .help(format!("Add `{wanted}`, or remove `{name}`."));
    let front_matter = cx.role.front_matter.as_ref().filter(|head| !head.is_flow);
    let is_new = cx.role.field(other).is_none() && cx.role.within.is_none();
    if front_matter.is_none() || !is_new || values.len() != 1 {
        return finding;
    }
    let line = format!("{wanted}{}", cx.role.line_end());
    finding.unsafe_fix(format!("Add `{wanted}`"), Vec::from([(Span::at(field.lines.end), line)]))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;

    #[test]
    fn the_other_field_must_have_the_right_value() {
        let check = |path, lines: &str| {
            let text = format!("---\nname: x\ndescription: Use it\n{lines}---\nHelp.\n");
            findings("ineffective-field", path, &text)
        };
        let skill = ".claude/skills/x/SKILL.md";
        assert_eq!(
            check(skill, "agent: Explore\ncontext: inline\n"),
            ["4:1-4:6 warning `agent` has no effect without `context: fork`"]
        );
        assert_eq!(check(skill, "agent: Explore\ncontext: fork\n"), [""; 0]);
        assert_eq!(check(skill, "agent: Explore\nContext: fork\n"), [""; 0]);
        let agent = ".opencode/agents/x.md";
        assert_eq!(check(agent, "hidden: true\nmode: primary\n").len(), 1);
        assert_eq!(check(agent, "hidden: false\nmode: primary\n"), [""; 0]);
        assert_eq!(check(agent, "hidden: true\nmode: subagent\n"), [""; 0]);
    }

    #[test]
    fn a_field_of_the_new_version_has_no_effect_beside_one_of_the_old() {
        let check = |lines: &str| {
            let text = format!("---\ndescription: Use it daily\n{lines}---\nHelp.\n");
            findings("ineffective-field", ".opencode/agents/x.md", &text)
        };
        let rules = "permissions:\n  - {action: edit, resource: \"*\", effect: deny}\n";
        assert_eq!(
            check(&format!("{rules}temperature: 0.1\nname: x\n")),
            ["3:1-3:12 warning `permissions` has no effect together with `temperature`"]
        );
        assert_eq!(check(rules), [""; 0]);
        assert_eq!(check("temperature: 0.1\npermission: {edit: deny}\n"), [""; 0]);
    }

    #[test]
    fn a_missing_field_is_added_after_the_one_that_needs_it() {
        let text = "---\nname: x\nagent: Explore\ndescription: Use it daily\n---\nHelp.\n";
        assert_eq!(
            fixed_unsafely("skills/x/SKILL.md", text),
            text.replace("Explore\n", "Explore\ncontext: fork\n")
        );
    }
}
