//! Reports another file's front matter inside the value of a field or inside the prompt.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::FieldRole;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "pasted-front-matter",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The description or the prompt contains front matter.",
    why: "A whole file that was pasted into the field of another one, or a generator that wrote its answer into a single field, leaves lines such as `name: …` and `tools: …` in the description. There they set nothing: the host shows them as text, and grants what the real fields say. The same happens to front matter below other front matter or in the middle of a file, for example where an editor put empty front matter before a rule that was pasted whole.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: |\n  name: code-reviewer\n  description: Reviews changes. Use after every change.\n  tools: Read\ntools: Read, Grep\n---\n\nYou review changes.\n",
        at: "name: code-reviewer\n  description: Reviews changes. Use after every change.\n  tools: Read",
        good: "---\nname: reviewer\ndescription: Reviews changes. Use after every change.\ntools: Read, Grep\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Fields that exist in nearly every format, and that do not begin a line in descriptions.
const FIELDS: [&str; 4] = ["name:", "description:", "tools:", "model:"];

fn check(cx: &mut Context<'_>) {
    // If every line is there twice, another rule says so.
    let fields = in_prompt(cx.role).filter(|_| cx.role.second_lines().is_empty());
    if let Some(fields) = fields {
        cx.report(
            Finding::new(fields, "Front matter inside the prompt")
                .reason("Only fields at the start of the file set anything; here they are text.")
                .help("Move the fields to the start of the file, or delete them."),
        );
    }
    let is_description =
        |role: FieldRole| matches!(role, FieldRole::Description | FieldRole::WhenToUse);
    let is_text = |role: FieldRole| is_description(role) || role == FieldRole::Prompt;
    let whole = cx
        .known_fields()
        .filter(|(known, field)| is_text(known.role) && field.error.is_none())
        .filter(|(_, field)| begins_with_front_matter(field));
    let whole: Vec<&Field<'_>> = whole.map(|(_, field)| field).collect();
    if let Some((first, more)) = whole.split_first() {
        let message = format!("`{}` begins with the front matter of another file", first.name);
        let finding = Finding::new(first.value.span, message)
            .labels(more.iter().map(|field| field.value.span), "so does this value")
            .reason("Fields inside a value set nothing and are shown as text.")
            .help("Write the text that the field should have.");
        return cx.report(finding);
    }
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

/// Fields between two lines of dashes. In Markdown, the second line turns them into a heading.
/// After a colon, they show the expected format of a file.
fn in_prompt(role: &Role<'_>) -> Option<Span> {
    const KNOWN: [&str; 4] = ["globs", "alwaysApply", "applyTo", "tools"];
    let underlined =
        role.outline.headings.iter().filter(|heading| heading.setext && !heading.nested);
    let fields = underlined.map(|heading| heading.text).find(|fields| {
        let before = role.text.get(..fields.start).unwrap_or("").trim_end();
        let lead = before.strip_suffix("---").unwrap_or(before);
        let is_opened = lead.len() < before.len() && (lead.is_empty() || lead.ends_with('\n'));
        let is_shown = lead.trim_end().ends_with(':');
        let mut names =
            fields.of(role.text).lines().map(|line| line.split(':').next().unwrap_or(""));
        let has = |name: &str| {
            fields
                .of(role.text)
                .lines()
                .any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')))
        };
        let is_front_matter = has("description") && (has("name") || KNOWN.into_iter().any(has));
        is_opened && !is_shown && is_front_matter && names.all(|name| !name.contains(' '))
    })?;
    Some(fields)
}

/// Whether a value is another file's front matter on one line: `--- name: x description: y ---`.
fn begins_with_front_matter(field: &Field<'_>) -> bool {
    let value = field.value.as_str().unwrap_or("").trim_start();
    let inner = value.strip_prefix("---").filter(|rest| rest.starts_with(' '));
    inner.is_some_and(|inner| FIELDS.iter().any(|lead| inner.trim_start().starts_with(lead)))
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
    fn values_that_begin_with_front_matter_are_one_finding() {
        let text = "customModes:\n  - slug: x\n    name: X\n    description: '--- name: y description: Works ---'\n    roleDefinition: '--- name: y description: Works ---'\n    groups: [read]\n";
        assert_eq!(
            findings("pasted-front-matter", ".roomodes", text),
            ["4:18-4:54 warning `description` begins with the front matter of another file"]
        );
        let dashes = text.replace("--- name: y", "--- of the trade:");
        assert_eq!(findings("pasted-front-matter", ".roomodes", &dashes), [""; 0]);
    }

    #[test]
    fn front_matter_below_other_text_is_found() {
        let check = |body: &str| {
            let text = format!("---\ndescription:\nglobs:\nalwaysApply: true\n---\n{body}");
            findings("pasted-front-matter", ".cursor/rules/a.mdc", &text)
        };
        let rule =
            "---\ndescription: Style of code\nglobs: *.ts\nalwaysApply: true\n---\n# Style\n";
        assert_eq!(check(rule), ["7:1-9:18 warning Front matter inside the prompt"]);
        assert_eq!(check(&format!("Always use tabs.\n\n{rule}")).len(), 1);
        for body in [
            format!("```\n{rule}```\n"),
            format!("Begin each rule like this:\n\n{rule}"),
            String::from("---\ndescription: of the text\n---\n"),
            String::from("---\n\nA name: and a description: of it\n---\n"),
        ] {
            assert_eq!(check(&body), [""; 0], "{body}");
        }
    }

    #[test]
    fn one_line_that_resembles_a_field_is_text() {
        for text in ["\"Use it.\\nmodel: the data model\"", "Use it", "\"Description: use it\""] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
