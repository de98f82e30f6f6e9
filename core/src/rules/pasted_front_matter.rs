//! Front matter of another file inside the value of a field.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::FieldRole;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "pasted-front-matter",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The description contains front matter.",
    why: "A whole file that was pasted into the field of another one, or a generator that wrote its answer into a single field, leaves lines such as `name: …` and `tools: …` in the description. There they set nothing: the host shows them as text, and grants what the real fields say.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: |\n  name: code-reviewer\n  description: Reviews changes. Use after every change.\n  tools: Read\ntools: Read, Grep\n---\n\nYou review changes.\n",
        at: "name: code-reviewer\n  description: Reviews changes. Use after every change.\n  tools: Read",
        good: "---\nname: reviewer\ndescription: Reviews changes. Use after every change.\ntools: Read, Grep\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Fields that nearly every format has, and that begin no line of a description.
const FIELDS: [&str; 4] = ["name:", "description:", "tools:", "model:"];

fn check(cx: &mut Context<'_>) {
    let is_description =
        |role: FieldRole| matches!(role, FieldRole::Description | FieldRole::WhenToUse);
    let found = cx
        .known_fields()
        .filter(|(known, field)| is_description(known.role) && field.error.is_none())
        .find_map(|(_, field)| Some((field, what(field)?)));
    let Some((field, count)) = found else { return };
    let message = match count {
        1 => format!("`{0}` begins with `{0}:`", field.name),
        _ => format!("`{}` contains {count} fields", field.name),
    };
    cx.report(
        Finding::new(field.value.span, message)
            .reason("Fields inside a value set nothing and are shown as text.")
            .help("Keep the text that describes the role, and move the rest to fields of its own."),
    );
}

/// How many fields the value contains: two at least, or its own name at the start.
fn what(field: &Field<'_>) -> Option<usize> {
    let value = field.value.as_str()?.trim();
    let starts = |lead: &str| value.lines().any(|line| line.trim_start().starts_with(lead));
    let count = FIELDS.iter().filter(|lead| starts(lead)).count();
    let repeats = value.strip_prefix(&*field.name).is_some_and(|rest| rest.starts_with(": "));
    match count {
        0 | 1 => repeats.then_some(1),
        several => Some(several),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(description: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: {description}\n---\n\nYou help.\n");
        findings("pasted-front-matter", ".claude/agents/x.md", &text)
    }

    #[test]
    fn a_value_that_repeats_its_name_or_holds_fields_is_found() {
        assert_eq!(
            check("\"description: Reviews code\""),
            ["3:14-3:41 warning `description` begins with `description:`"]
        );
        assert_eq!(
            check("\"---\\nname: y\\ndescription: Reviews code\\n---\""),
            ["3:14-3:60 warning `description` contains 2 fields"]
        );
    }

    #[test]
    fn one_line_that_resembles_a_field_is_text() {
        for text in ["\"Use it.\\nmodel: the data model\"", "Use it", "\"Description: use it\""] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
