//! Tools that are listed twice.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::text::Span;
use crate::tools::{Change, ToolList};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-tool",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A tool is listed twice, or two tools have the same alias.",
    why: "The second entry has no effect. Often, another tool was intended, which is now missing. Two tools with one alias cannot be told apart by the model.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read, Grep, Grep\n---\n\nYou review changes.\n",
        at: "Grep",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read, Grep\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(|cx| {
        cx.report_lists(about);
        aliases(cx);
    }),
};

fn about(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    if let Some(note) = cx.host.tools.duplicate {
        return refused(list, note);
    }
    let mut order: Vec<usize> = (0..list.entries.len()).collect();
    order.sort_by_key(|at| list.entries.get(*at).map(|entry| &entry.text));
    let mut changes = alloc::vec![Change::Keep; list.entries.len()];
    let mut first = None;
    for pair in order.windows(2) {
        let [one, two] = pair else { continue };
        let (entry, again) = (list.entries.get(*one)?, list.entries.get(*two)?);
        if entry.text == again.text {
            *changes.get_mut(*two)? = Change::Remove;
            first = first.min(Some((*one, *two))).or(Some((*one, *two)));
        }
    }
    let (first, second) = first?;
    let (entry, again) = (list.entries.get(first)?, list.entries.get(second)?);
    let finding = Finding::new(entry.span, format!("`{}` is listed twice", entry.shown()))
        .label(again.span, "again here");
    Some(match list.edits(cx.role.text, &changes) {
        Some(edits) => finding.safe_fix("Remove the duplicates", edits),
        None => finding,
    })
}

/// Two tools that are given the same name in a map of aliases.
fn aliases(cx: &mut Context<'_>) {
    let fields = cx
        .known_fields()
        .filter(|(known, field)| known.name.ends_with("Aliases") && field.error.is_none());
    let mut found = Vec::new();
    for (_, field) in fields {
        let entries = field.value.entries().unwrap_or(&[]);
        let mut named: BTreeMap<&str, Span> = BTreeMap::new();
        for entry in entries {
            let Some(alias) = entry.value.as_str() else { continue };
            if let Some(first) = named.insert(alias, entry.value.span) {
                let message = format!("`{}` is the alias of two tools", crate::tools::shown(alias));
                let finding = Finding::new(entry.value.span, message)
                    .severity(Severity::Warning)
                    .label(first, "first used here")
                    .reason("Only one of the tools can be called by this name.");
                found.push(finding.help("Give each tool its own name."));
            }
        }
    }
    found.into_iter().for_each(|finding| cx.report(finding));
}

/// Finds a repeated tool even if its limits differ, for a host that rejects the file for it.
fn refused(list: &ToolList<'_>, note: &'static str) -> Option<Finding> {
    let first =
        |at: usize, name: &str| list.entries.iter().take(at).find(|entry| entry.name() == name);
    let mut twice = list.entries.iter().enumerate();
    let (first, again) = twice.find_map(|(at, entry)| Some((first(at, entry.name())?, entry)))?;
    let name = again.name();
    Some(
        Finding::new(again.span, format!("`{name}` is listed twice"))
            .severity(Severity::Error)
            .reason(note)
            .label(first.span, "first listed here")
            .help("Merge the two entries into one."),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::format;
    use alloc::string::String;

    const AGENT: &str = ".claude/agents/a.md";

    fn role(tools: &str) -> String {
        format!("---\nname: a\ndescription: b\ntools: {tools}\n---\nx\n")
    }

    #[test]
    fn an_alias_is_for_one_tool() {
        let check = |aliases: &str| {
            let text =
                format!("{{\"name\": \"x\", \"prompt\": \"Help.\", \"toolAliases\": {aliases}}}\n");
            findings("duplicate-tool", ".kiro/agents/x.json", &text)
        };
        assert_eq!(
            check("{\"@git/status\": \"status\", \"@fs/status\": \"status\"}"),
            ["1:89-1:97 warning `status` is the alias of two tools"]
        );
        assert_eq!(check("{\"@git/status\": \"git\", \"@fs/status\": \"fs\"}"), [""; 0usize]);
    }

    #[test]
    fn every_further_entry_goes() {
        let text = role("Read, Grep, Read, Grep, Read");
        assert_eq!(
            findings("duplicate-tool", AGENT, &text),
            ["4:8-4:12 info `Read` is listed twice"]
        );
        assert_eq!(fixed(AGENT, &text), role("Read, Grep"));
        assert_eq!(fixed(AGENT, &role("[Read, Read]")), role("[Read]"));
    }

    #[test]
    fn a_group_that_is_limited_twice_makes_the_host_refuse_the_file() {
        let modes = "customModes:\n  - slug: a\n    name: A\n    roleDefinition: You help.\n    groups:\n      - [edit, {fileRegex: a}]\n      - read\n      - [edit, {fileRegex: b}]\n";
        assert_eq!(
            findings("duplicate-tool", ".roomodes", modes),
            ["8:10-8:14 error `edit` is listed twice"]
        );
    }

    #[test]
    fn other_specifiers_are_other_entries() {
        let text = "---\nname: a\ndescription: b\nallowed-tools: Bash(git *), Bash(ls)\n---\nx\n";
        assert_eq!(findings("duplicate-tool", "a/SKILL.md", text), [""; 0]);
    }
}
