//! Fields that have an effect only together with another field.

use super::{Check, Context, Example, Finding, Profile, Rule, near_miss_field};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::Needs;
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
}

/// Whether the other field has a value that will do, or one that is not known yet.
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
    fn a_missing_field_is_added_after_the_one_that_needs_it() {
        let text = "---\nname: x\nagent: Explore\ndescription: Use it daily\n---\nHelp.\n";
        assert_eq!(
            fixed_unsafely("skills/x/SKILL.md", text),
            text.replace("Explore\n", "Explore\ncontext: fork\n")
        );
    }
}
