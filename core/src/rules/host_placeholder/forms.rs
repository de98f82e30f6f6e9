//! Commands that end in a form whose values nobody fills in.

use super::{Context, Finding, one_of};
use crate::host::Identity;
use crate::role::{Mark, Role};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The placeholders for arguments, each with its beginning and what to write for a name.
const OWN: [(&str, &str); 3] =
    [("$ARGUMENTS", "$ARGUMENTS"), ("{{args}}", "{{args}}"), ("${input:*}", "${input:")];

/// Two or more lines such as `Fruit: {fruit}` in a command that does not use its arguments.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    if host.identity != Identity::File || cx.place() != Some(host) {
        return None;
    }
    let fills_in = |form: &str| host.placeholders.iter().any(|known| known.form == form);
    let (form, start) = OWN.iter().find(|(form, _)| fills_in(form))?;
    let body = role.body.of(role.text);
    let is_numbered =
        |at: &usize| role.text.as_bytes().get(at + 1).is_some_and(|next| next.is_ascii_digit());
    let is_used = body.contains(start)
        || role.field("arguments").is_some()
        || role.body_marks(Mark::Dollar).iter().any(is_numbered);
    if is_used {
        return None;
    }
    let slots = role.body_lines().filter_map(|line| slot(role, line));
    let slots: Vec<Span> = slots.collect();
    let (first, more) = slots.split_first()?;
    // One form may be the output and another one the input.
    if more.is_empty() || slots.iter().take(MOST_SLOTS).any(|slot| is_output(role, *slot)) {
        return None;
    }
    let name = first.of(role.text).trim_matches(['{', '}']);
    let own = if form.ends_with("*}") { format!("{start}{name}}}") } else { String::from(*start) };
    let finding = one_of(role, &slots, "is not filled in by", cx.reader())?;
    Some(
        finding
            .reason("This product has another placeholder; the model sees this one literally.")
            .help(format!("Write `{own}` where the value belongs.")),
    )
}

/// The place of `{fruit}` in a line that consists of a label and this name: `Fruit: {fruit}`.
fn slot(role: &Role<'_>, line: Span) -> Option<Span> {
    let shown = line.of(role.text).trim_end().strip_suffix('}')?;
    let (label, name) = shown.rsplit_once('{')?;
    let start = line.start + label.len();
    let label = label.trim_start_matches(['-', '*', ' ', '#']);
    let label = label.strip_suffix(' ')?.trim_end_matches('*').strip_suffix(':')?;
    let is_label = label.len() < MOST_LABEL
        && label.starts_with(|c: char| c.is_ascii_uppercase())
        && label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '*' | '-' | '/'));
    let is_name = name.len() > 1
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_-".contains(&byte));
    (is_label && is_name && role.outline.code_at(start).is_none())
        .then(|| Span::new(start, start + name.len() + 2))
}

/// A longer form is a page to write.
const MOST_SLOTS: usize = 20;

/// Longer labels are sentences.
const MOST_LABEL: usize = 40;

/// Words of titles and lead-ins above a form that the model is to fill in.
const OUTPUT: [&str; 12] = [
    "output",
    "template",
    "format",
    "report",
    "example",
    "response",
    "result",
    "message",
    "structure",
    "write",
    "summary",
    "document",
];

/// Whether the form is below a title or right after a line that makes it something to write.
fn is_output(role: &Role<'_>, slot: Span) -> bool {
    let names = |text: &str| {
        let lower = text.to_ascii_lowercase();
        OUTPUT.iter().any(|word| lower.contains(word))
    };
    let headings = &role.outline.headings;
    let above = headings.partition_point(|heading| heading.span.start < slot.start);
    let title = above.checked_sub(1).and_then(|at| headings.get(at));
    let line = role.line_at(slot.start).start;
    let start = title.map_or(role.body.start, |title| title.span.end);
    let section = Span::new(start.min(line), line).of(role.text);
    let mut lines = section.lines().rev().map(str::trim);
    let lead_in = lines.find(|line| !line.is_empty() && !line.contains(": {"));
    title.is_some_and(|title| title.level > 1 && names(title.text.of(role.text)))
        || lead_in.is_some_and(|line| line.ends_with(':') || names(line))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn a_form_in_a_command_without_arguments_stays_empty() {
        let check = |text: &str| findings("host-placeholder", ".claude/commands/x.md", text);
        let form = "Fruit name: {fruit_name}\nPeeled: {peeled}\n";
        let text = alloc::format!("# Peel\n\nPeel a fruit.\n\n{form}");
        assert_eq!(
            check(&text),
            ["5:13-5:25 warning `{fruit_name}` is not filled in by Claude Code (2 places)"]
        );
        for text in [
            alloc::format!("# Peel\n\nPeel $ARGUMENTS.\n\n{form}"),
            alloc::format!("# Peel\n\nPeel $1.\n\n{form}"),
            alloc::format!("# Peel\n\n## Report\n\n{form}"),
            alloc::format!("# Peel\n\nBegin with these lines:\n\n{form}"),
            alloc::format!("# Peel\n\n```\n{form}```\n"),
            "# Peel\n\nFruit: {fruit}\n".into(),
        ] {
            assert_eq!(check(&text), [""; 0], "{text}");
        }
        assert_eq!(findings("host-placeholder", ".github/prompts/x.prompt.md", &text).len(), 1);
        assert_eq!(findings("host-placeholder", ".cursor/commands/x.md", &text), [""; 0]);
    }
}
