//! Sets of values that do not match the list that explains them.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

mod dependencies;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "list-mismatch",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "One of several values in brackets is missing from the list that explains the others.",
    why: "A format such as `[Critical/High/Low]` says what the model may write, and a list says what each value means. If one of them was renamed or added in one place only, the model uses a value that nothing explains, or never uses the one that is explained. A command of a BMAD agent that uses a file missing from `dependencies` is reported as a warning, because the agent loads only the files listed there.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nGive each fault a severity: [Critical/Medium/Low].\n\n- **Critical**: data is lost.\n- **Moderate**: a feature fails.\n- **Low**: anything else.\n",
        at: "Medium",
        good: "# Reviewer\n\nGive each fault a severity: [Critical/Medium/Low].\n\n- **Critical**: data is lost.\n- **Medium**: a feature fails.\n- **Low**: anything else.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// The most sets of values to compare.
const MAX_SETS: usize = 50;

/// Lists beyond this many are not compared.
const MAX_LISTS: usize = 200;

/// Nobody chooses from more values than this.
const MAX_VALUES: usize = 12;

/// The labels of a list in lowercase, and the list's place.
struct Labels {
    names: Vec<String>,
    span: Span,
}

fn check(cx: &mut Context<'_>) {
    dependencies::check(cx.role).into_iter().for_each(|finding| cx.report(finding));
    let text = cx.role.text;
    let sets: Vec<Vec<Span>> = sets(text, cx.role.body).take(MAX_SETS).collect();
    if sets.is_empty() {
        return;
    }
    let lists = lists(cx);
    let mut findings = Vec::new();
    for set in &sets {
        // A list that has all of them explains them.
        let missing = |list: &Labels| -> Vec<Span> {
            let is_there = |value: &Span| list.names.contains(&value.of(text).to_lowercase());
            set.iter().copied().filter(|value| !is_there(value)).collect()
        };
        if lists.iter().any(|list| missing(list).is_empty()) {
            continue;
        }
        let close = |list: &&Labels| missing(list).len() == 1 && list.names.len() <= set.len();
        let Some(list) = lists.iter().find(close) else { continue };
        let value = missing(list).first().copied().unwrap_or_default();
        let message =
            format!("`{}` is not in the list that explains the other values", value.of(text));
        findings.push(
            Finding::new(value, message)
                .label(list.span, "this list")
                .help("Use the same values in both places."),
        );
    }
    findings.into_iter().for_each(|finding| cx.report(finding));
}

/// At least three bracketed values, separated by slashes: `[High/Medium/Low]`.
fn sets(text: &str, body: Span) -> impl Iterator<Item = Vec<Span>> + '_ {
    let inner = body.of(text);
    memchr::memchr_iter(b'[', inner.as_bytes()).filter_map(move |at| {
        let start = body.start + at + 1;
        let rest = text.get(start..body.end)?;
        let (set, behind) = rest.split_at(memchr::memchr3(b'[', b']', b'\n', rest.as_bytes())?);
        // Most brackets contain something else: a link, a checkbox, a list.
        if !behind.starts_with(']') || memchr::memchr2(b'/', b'|', set.as_bytes()).is_none() {
            return None;
        }
        let mut start = start;
        let values = set.split(['/', '|']).map(|value| {
            let lead = value.len() - value.trim_start().len();
            let span = Span::new(start + lead, start + lead + value.trim().len());
            start += value.len() + 1;
            span
        });
        let values: Vec<Span> = values.collect();
        let is_value = |value: &Span| {
            let value = value.of(text);
            value.starts_with(|c: char| c.is_uppercase())
                && value.split(' ').count() <= 3
                && value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        };
        let is_set = (3..=MAX_VALUES).contains(&values.len());
        (is_set && values.iter().all(is_value)).then_some(values)
    })
}

/// The lists whose items begin with a label in bold or code and a colon.
fn lists(cx: &Context<'_>) -> Vec<Labels> {
    let text = cx.role.text;
    let mut lists: Vec<Labels> = Vec::new();
    let mut open = false;
    for line in cx.role.body_lines() {
        match label(line.of(text)) {
            Some(name) if open => {
                if let Some(list) = lists.last_mut().filter(|list| list.names.len() <= MAX_VALUES) {
                    list.names.push(name);
                    list.span.end = line.end;
                }
            }
            Some(name) if lists.len() < MAX_LISTS => {
                lists.push(Labels { names: Vec::from([name]), span: line });
                open = true;
            }
            Some(_) => break,
            // A blank line or a continuation line does not end a list.
            None => {
                open = open && (line.of(text).trim().is_empty() || line.of(text).starts_with(' '))
            }
        }
    }
    lists.retain(|list| list.names.len() >= 2);
    lists
}

/// The term that a list item explains: "- **High**: …".
fn label(line: &str) -> Option<String> {
    let item = line.trim_start();
    let item = item.strip_prefix("- ").or_else(|| item.strip_prefix("* "))?;
    let mark = ["**", "`"].into_iter().find(|mark| item.starts_with(mark))?;
    let (name, rest) = item.get(mark.len()..)?.split_once(mark)?;
    let explains = name.ends_with(':') || rest.trim_start().starts_with([':', '-', '–', '—']);
    explains.then(|| name.trim_end_matches(':').to_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    const LIST: &str = "- **High**: a\n- **Medium:** b\n- `Low` – c\n";

    #[test]
    fn a_value_that_the_list_does_not_have_is_named() {
        let text = alloc::format!("Severity: [High | Normal | Low]\n\n{LIST}");
        assert_eq!(
            findings("list-mismatch", "roles/a.md", &text),
            ["1:19-1:25 info `Normal` is not in the list that explains the other values"]
        );
        let code = alloc::format!("```\n[High/Normal/Low]\n```\n\n{LIST}");
        assert_eq!(findings("list-mismatch", "roles/a.md", &code).len(), 1);
    }

    #[test]
    fn other_lists_and_other_brackets_are_left_alone() {
        for values in [
            "[High/Medium/Low]",
            "[high/normal/low]",
            "[High/Low]",
            "[Good/Bad/Low]",
            "[x](High/Normal/Low)",
        ] {
            let text = alloc::format!("Severity: {values}\n\n{LIST}");
            assert!(findings("list-mismatch", "roles/a.md", &text).is_empty(), "{values}");
        }
    }
}
