//! Tools that a role both allows and denies.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Amount, Host};
use crate::permissions;
use crate::tools::{self, Change, Grant, ToolEntry, ToolList};
use alloc::format;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "conflicting-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool is both allowed and denied.",
    why: "A denied tool is removed no matter what else allows it. Allowing it has no effect, so one of the two lists does not mean what its author intended.",
    example: Example {
        path: ".claude/agents/writer.md",
        bad: "---\nname: writer\ndescription: Writes notes. Use after a release.\ntools: Read, Write, Bash\ndisallowedTools: Bash\n---\n\nYou write notes.\n",
        at: "Bash",
        good: "---\nname: writer\ndescription: Writes notes. Use after a release.\ntools: Read, Write\ndisallowedTools: Bash\n---\n\nYou write notes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let lists = cx.tools();
    let denied: Vec<_> =
        lists.iter().filter(|l| l.grant == Grant::Denied).flat_map(|l| &l.entries).collect();
    if denied.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for list in lists.iter().filter(|list| list.grant != Grant::Denied) {
        // Where an empty list grants every tool, this is how to grant none.
        if cx.host.tools.empty_list == Amount::Everything && list.entries.len() == 1 {
            continue;
        }
        for (at, entry) in list.entries.iter().enumerate() {
            if let Some(denial) = denied.iter().find(|denial| covers(cx.host, denial, entry)) {
                found.push(about(cx, list, at, denial));
            }
        }
    }
    for finding in found {
        cx.report(finding);
    }
}

fn about(cx: &Context<'_>, list: &ToolList<'_>, at: usize, denial: &ToolEntry<'_>) -> Finding {
    let Some(entry) = list.entries.get(at) else { return Finding::new(denial.span, "") };
    let (granted, denied) = (tools::shown(&entry.text), tools::shown(&denial.text));
    let message = if granted == denied {
        format!("`{granted}` is both allowed and denied")
    } else {
        format!("`{granted}` is allowed but denied by `{denied}`")
    };
    let finding = Finding::new(entry.span, message)
        .label(denial.span, "denied here")
        .reason("Denied tools are always removed, so listing it here has no effect.")
        .help("Remove it from one of the two lists.");
    let mut changes = alloc::vec![Change::Keep; list.entries.len()];
    if let Some(change) = changes.get_mut(at) {
        *change = Change::Remove;
    }
    match list.edits(cx.role.text, &changes) {
        Some(edits) => {
            finding.unsafe_fix(format!("Remove `{granted}` from `{}`", list.field.name), edits)
        }
        None => finding,
    }
}

/// Whether a denial takes away all that an entry grants.
fn covers(host: &'static Host, denial: &ToolEntry<'_>, entry: &ToolEntry<'_>) -> bool {
    let whole = denial.specifier().is_none() || denial.specifier() == entry.specifier();
    whole && permissions::covers(host, denial.name(), entry.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Applicability;
    use crate::input::Input;
    use crate::options::Options;
    use crate::rules::tests::findings;
    use alloc::string::String;

    fn text(tools: &str, denied: &str) -> String {
        format!("---\nname: a\ndescription: b\ntools: {tools}\ndisallowedTools: {denied}\n---\nx\n")
    }

    fn check(tools: &str, denied: &str) -> Vec<String> {
        findings("conflicting-tool", ".claude/agents/a.md", &text(tools, denied))
    }

    #[test]
    fn the_same_tool_in_both_lists_is_found() {
        assert_eq!(
            check("Read, Bash", "[Write, Bash]"),
            ["4:14-4:18 warning `Bash` is both allowed and denied"]
        );
    }

    #[test]
    fn an_alias_is_the_same_tool() {
        assert_eq!(
            check("Task, Read", "Agent"),
            ["4:8-4:12 warning `Task` is allowed but denied by `Agent`"]
        );
    }

    #[test]
    fn a_pattern_covers_the_tools_of_its_server() {
        let message = |denied: &str| {
            [format!(
                "4:14-4:38 warning `mcp__github__create_file` is allowed but denied by `{denied}`"
            )]
        };
        for denied in ["mcp__github__*", "mcp__github", "mcp__*"] {
            assert_eq!(check("Read, mcp__github__create_file", denied), message(denied));
        }
        assert_eq!(check("Read, mcp__github__create_file", "mcp__git"), [""; 0]);
        assert_eq!(check("mcp__github__*", "mcp__github__create_file"), [""; 0]);
    }

    #[test]
    fn lists_that_go_together_are_left_alone() {
        assert_eq!(check("Read, Grep, Bash(git diff *)", "Write, Edit, Bash(git push *)"), [""; 0]);
        assert_eq!(check("[Read, 'mcp__github__*']", "['mcp__gitlab__*', NotebookEdit]"), [""; 0]);
        assert_eq!(check("Edit", "Edit(/src/**)"), [""; 0]);
        let reader =
            "---\nname: a\ndescription: b\ndisallowedTools: Write, Edit\n---\nNever use Write.\n";
        assert_eq!(findings("conflicting-tool", ".claude/agents/a.md", reader), [""; 0]);
    }

    #[test]
    fn a_denied_part_leaves_the_rest() {
        assert_eq!(check("Bash", "Bash(rm *)"), [""; 0]);
        assert_eq!(check("Bash(git *), Read", "Bash").len(), 1);
        assert_eq!(check("'*'", "Bash"), [""; 0]);
    }

    #[test]
    fn what_denies_everything_denies_each_tool() {
        assert_eq!(check("Read, Nonsense", "'*'").len(), 1);
    }

    #[test]
    fn a_list_that_grants_no_tool_is_left_alone_where_an_empty_one_grants_all() {
        let found = |tools: &str| {
            let text = format!(
                "---\nname: ab\ndescription: b\ntools: {tools}\ndisallowedTools: [read_file]\n---\nYou help people.\n"
            );
            findings("conflicting-tool", ".qwen/agents/ab.md", &text).len()
        };
        assert_eq!((found("[read_file]"), found("[read_file, lsp]")), (0, 1));
    }

    #[test]
    fn the_fix_takes_the_tool_out_of_the_list_that_grants_it() {
        let text = text("Read, Bash", "Bash");
        let path = ".claude/agents/a.md";
        let fixed = crate::fix::fix(
            &Input::new(&text).at(path),
            &Options::default(),
            Applicability::Unsafe,
        );
        assert_eq!(fixed.text, super::tests::text("Read", "Bash"));
    }

    #[test]
    fn a_skill_has_its_own_fields_for_it() {
        let skill = "---\nname: a\ndescription: b\nallowed-tools: Read Bash(git:*)\ndisallowed-tools: Bash\n---\nx\n";
        assert_eq!(
            findings("conflicting-tool", "a/SKILL.md", skill),
            ["4:21-4:25 warning `Bash(git:*)` is allowed but denied by `Bash`"]
        );
    }
}
