//! Reports roles that call themselves read-only but may edit files.

use super::tool_limits::is_unlimited;
use super::wording::is_quoted;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{Capability, FieldRole, Host};
use crate::role::{CueKind, Role};
use crate::text::{Span, after_beginning};
use crate::tools::{Grant, ToolEntry};
use alloc::format;
use alloc::string::String;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "read-only-with-edit-tools",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The text says that the agent changes nothing, but its tools let it edit files.",
    why: "What must not happen should not be possible: a sentence can be overlooked, or overruled by text that the agent reads, but a missing tool cannot be used. A tool that runs commands does not count, because most agents that only read need one.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read, Edit\n---\n\nYou review changes. You are a read-only agent.\n",
        at: "Edit",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\n---\n\nYou review changes. You are a read-only agent.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if !cx.host.tools.restricts {
        return;
    }
    let mut lists = cx.tools().iter().filter(|list| list.grant == Grant::Allowed).peekable();
    let by_field = granting(cx).filter(|_| lists.peek().is_some());
    let edits = |entry: &&ToolEntry<'_>| is_for_edits(cx.host, entry);
    let entry = lists.flat_map(|list| &list.entries).find(edits);
    let (place, name, help) = match (entry, by_field) {
        (Some(entry), _) => (
            entry.span,
            entry.shown().into_owned(),
            format!(
                "Remove `{}` from the list, or say which edits it must not make.",
                entry.shown()
            ),
        ),
        (None, Some((field, tool))) => (
            field.name_span,
            String::from(tool),
            format!("Remove `{}`, or add `{tool}` to the tools that it may not use.", field.name),
        ),
        (None, None) => {
            let said = is_unlimited(cx).then(|| promised(role)).flatten();
            if let (Some(said), Some(fact)) = (said, cx.host.field_for(FieldRole::Tools)) {
                let message =
                    format!("The text forbids {}, but every tool is granted", edits_of(role, said));
                cx.report(
                    Finding::new(said, message)
                        .reason(cx.host.tools.omitted.unwrap_or(""))
                        .help(format!("List the tools that the role needs in `{}`.", fact.name)),
                );
            }
            return;
        }
    };
    let Some(said) = promised(role).filter(|_| cx.host.tools.restricts) else { return };
    let message = format!("The text forbids {}, but `{name}` is granted", edits_of(role, said));
    cx.report(
        Finding::new(place, message)
            .label(said, "forbidden here")
            .reason("The only way to be sure that a role never uses a tool is not to grant it.")
            .help(help),
    );
}

/// Which edits the words forbid.
fn edits_of(role: &Role<'_>, said: Span) -> &'static str {
    let said = said.of(role.text).to_ascii_lowercase();
    let is_code = ["code", "code edits", "code changes"].iter().any(|end| said.ends_with(end));
    if is_code { "edits to code" } else { "all edits" }
}

/// The words by which the agent is told to change nothing at all, if there are any.
pub(super) fn promised(role: &Role<'_>) -> Option<Span> {
    let is_said = |word: &Span| !is_quoted(role.text, role.line_at(word.start), word.start);
    let mut words = role.prose_cues(CueKind::Limit);
    words.find_map(|word| promise(role, word).filter(|_| is_said(&word)))
}

/// A field that grants a tool for edits, and that tool.
fn granting<'a>(cx: &Context<'a>) -> Option<(&'a Field<'a>, &'static str)> {
    cx.known_fields().find_map(|(known, field)| {
        let denied = |name: &str| {
            let lists = cx.tools().iter().filter(|list| list.grant == Grant::Denied);
            lists.flat_map(|list| &list.entries).any(|entry| entry.name() == name)
        };
        let edits = |name: &&&str| {
            let tool = cx.host.tool(name);
            tool.is_some_and(|tool| tool.can(Capability::Edit) || tool.can(Capability::Write))
        };
        let tool = known.grants.iter().filter(edits).find(|name| !denied(name))?;
        (!field.value.is_null() && known.values.contains(&field.value.as_str()?))
            .then_some((field, *tool))
    })
}

fn is_for_edits(host: &'static Host, entry: &ToolEntry<'_>) -> bool {
    let tool = host.tool_ignoring_case(entry.name());
    // Either the specifier limits the tool, or the tool does not write files.
    let is_limited = entry.specifier().is_some();
    let edits = tool.is_some_and(|tool| {
        let does = |what| tool.can(what);
        (does(Capability::Edit) || does(Capability::Write))
            && !does(Capability::Execute)
            && !does(Capability::Notebook)
    });
    edits && !is_limited
}

/// The words around a cue, if they forbid all changes.
fn promise(role: &Role<'_>, word: Span) -> Option<Span> {
    let line = role.line_at(word.start);
    let lead = role.text.get(line.start..word.start)?;
    let rest = role.text.get(word.end..line.end)?;
    let lower = |text: &str, word: &str| after_beginning(text, word).is_some();
    match word.of(role.text) {
        text if text.eq_ignore_ascii_case("only") => {
            let before = lead.get(lead.len().checked_sub(5)?..)?;
            let hyphen = before.eq_ignore_ascii_case("read-");
            let addressed = [" agent", " reviewer", " role", " advisor", " analyst", " mode"];
            let is_role = addressed.iter().any(|noun| lower(rest, noun));
            let start = word.start - 5;
            let sentence = role.text.get(line.start..start)?;
            let says = ["ou are a ", "ou are an ", "ou are ", "ou are strictly "];
            let is_said = says.iter().any(|says| sentence.trim_end_matches("**").ends_with(says));
            let ends = rest.trim_start_matches("**").starts_with(['.', '!']) || is_role;
            (hyphen && is_said && ends).then(|| Span::new(start, word.end))
        }
        text if ["not", "never", "cannot"].iter().any(|word| text.eq_ignore_ascii_case(word)) => {
            let verbs = [
                " modify, edit, or write to",
                " create or modify",
                " edit",
                " modify",
                " write",
                " change",
                " make",
            ];
            let first = verbs.iter().find(|verb| lower(rest, verb)).map(|verb| verb.len());
            // "You do not implement solutions or modify code."
            let second = || {
                let near = rest.get(..rest.floor_char_boundary(50))?.to_ascii_lowercase();
                let at = near.find(" or ")? + " or".len();
                let verb = verbs
                    .iter()
                    .find(|verb| near.get(at..).is_some_and(|it| it.starts_with(**verb)))?;
                Some(at + verb.len())
            };
            let verb = first.or_else(second)?;
            let object = rest.get(verb..)?;
            let objects = [
                " any code edits",
                " any code changes",
                " code edits",
                " code changes",
                " any files",
                " any file",
                " files",
                " any code",
                " code",
                " the code",
                " source files",
                " source code",
                " any changes",
                " changes",
                " any edits",
            ];
            let object = objects.iter().find(|known| lower(object, known))?;
            // Who writes no code may write plans.
            let writes = rest.get(..verb)?.to_ascii_lowercase().ends_with(" write");
            if writes && object.ends_with("code") {
                return None;
            }
            let after = rest.get(verb + object.len()..)?;
            let after = after.trim_start_matches("**");
            let done = after.starts_with(['.', '!', ';']) || after.is_empty();
            let sentence = lead.rsplit(". ").next().unwrap_or(lead);
            let asks = sentence.trim_start_matches(|c: char| !c.is_alphabetic());
            let begins = ["", "do ", "you do ", "you must ", "you "]
                .iter()
                .any(|start| asks.eq_ignore_ascii_case(start));
            (done && begins).then(|| Span::new(word.start, word.end + verb + object.len()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(tools: &str, text: &str) -> Vec<String> {
        let text = format!("---\nname: a\ndescription: Use it\ntools: {tools}\n---\n{text}\n");
        findings("read-only-with-edit-tools", ".claude/agents/a.md", &text)
    }

    #[test]
    fn a_promise_beside_a_tool_that_edits_is_found() {
        assert_eq!(
            check("Read, Write", "- **Do NOT modify any files.**"),
            ["4:14-4:19 info The text forbids all edits, but `Write` is granted"]
        );
        assert_eq!(check("Edit", "You are a read-only reviewer of code.").len(), 1);
        for text in ["You never edit code.", "You DO NOT directly build things or modify code."] {
            assert_eq!(
                check("Edit", text),
                ["4:8-4:12 info The text forbids edits to code, but `Edit` is granted"],
                "{text}"
            );
        }
    }

    #[test]
    fn a_memory_lets_it_edit_files_too() {
        let promise = "You are a read-only agent.";
        assert_eq!(
            check("Read\nmemory: project", promise),
            ["5:1-5:7 info The text forbids all edits, but `Write` is granted"]
        );
        assert_eq!(check("Read\nmemory: project\ndisallowedTools: Write, Edit", promise), [""; 0]);
        assert_eq!(check("Read\nmemory: project", "You review."), [""; 0]);
    }

    #[test]
    fn without_a_list_every_tool_edits() {
        let check = |text: &str| {
            let text = format!("---\nname: a\ndescription: Use it\n---\n{text}\n");
            findings("read-only-with-edit-tools", ".claude/agents/a.md", &text)
        };
        assert_eq!(
            check("You review changes. You CANNOT edit code."),
            ["5:25-5:41 info The text forbids edits to code, but every tool is granted"]
        );
        assert_eq!(check("- **DO NOT modify, edit, or write to ANY files**").len(), 1);
        assert_eq!(check("You cannot edit code that you have not read."), [""; 0]);
    }

    #[test]
    fn only_the_agent_itself_promises() {
        assert_eq!(check("Write", "**Implementation files are READ-ONLY.** Report."), [""; 0]);
    }

    #[test]
    fn what_is_limited_or_about_something_else_is_left_alone() {
        for text in [
            "Do not edit files outside of `src`.",
            "Do not change code that works.",
            "Say \"do not edit files.\" to them.",
            "The cache is read-only.",
            "If nothing fails, do not edit files.",
            "You are a planner. You do NOT write code. You plan.",
        ] {
            assert_eq!(check("Read, Edit", text), [""; 0], "{text}");
        }
        assert_eq!(check("Read, Bash", "You are a read-only agent."), [""; 0]);
    }
}
