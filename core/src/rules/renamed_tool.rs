//! Reports tools that are listed under an old name that the host still reads.

use super::wording::shortened;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::ToolStatus;
use crate::tools::{ToolEntry, ToolList};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "renamed-tool",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "A tool is listed under an old name that the host still reads.",
    why: "VS Code has grouped its tools and still resolves the names that they had before, but its editor marks them and completion offers only the new ones. A list with both kinds is hard to compare with others.",
    example: Example {
        path: ".github/chatmodes/reviewer.chatmode.md",
        bad: "---\ndescription: Use it after every change\ntools: [search/codebase, usages]\n---\n\nYou review changes.\n",
        at: "usages",
        good: "---\ndescription: Use it after every change\ntools: [search/codebase, search/usages]\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if !cx.host_is_guessed() {
        cx.report_lists(about);
    }
}

fn about(cx: &Context<'_>, list: &ToolList<'_>) -> Option<Finding> {
    let new_name = |entry: &ToolEntry<'_>| match cx.host.tool(entry.name())?.status {
        ToolStatus::Legacy(name) => Some(name),
        _ => None,
    };
    let old: Vec<&ToolEntry<'_>> =
        list.entries.iter().filter(|entry| new_name(entry).is_some()).collect();
    let (first, more) = old.split_first()?;
    let name = new_name(first)?;
    let (message, title) = match more {
        [] => (
            format!("`{}` is the old name of `{name}`", first.shown()),
            format!("Replace `{}` with `{name}`", first.shown()),
        ),
        _ => {
            let names: Vec<String> = old.iter().map(|it| format!("`{}`", it.shown())).collect();
            (
                format!("{} are old names of tools", shortened(&names)),
                String::from("Replace the old names"),
            )
        }
    };
    let mut finding = Finding::new(first.span, message)
        .reason(format!("{} still reads old names, and marks them.", cx.host.product));
    for entry in more.iter().take(super::finding::MAX_LABELS) {
        if let Some(name) = new_name(entry) {
            finding = finding.label(entry.span, format!("now `{name}`"));
        }
    }
    let change = |at: usize| Some(Some(new_name(list.entries.get(at)?)?.to_string()));
    Some(match list.replace(cx.role.text, change) {
        Some(edits) => finding.safe_fix(title, edits),
        None => finding.help("Write the new names."),
    })
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::options::{Options, Profile};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn role(tools: &str) -> String {
        format!("---\ndescription: Use it after every change\ntools: {tools}\n---\n\nYou help.\n")
    }

    fn options() -> Options {
        Options { profile: Profile::Style, ..Options::default() }
    }

    fn found(path: &str, tools: &str) -> Vec<String> {
        let text = role(tools);
        let found = crate::check(&Input::new(&text).at(path), &options()).diagnostics;
        let found = found.iter().filter(|it| it.rule == "renamed-tool");
        found.map(|it| format!("{} {}", it.span.of(&text), it.message)).collect()
    }

    const MODE: &str = ".github/chatmodes/a.chatmode.md";

    #[test]
    fn a_list_with_old_names_is_one_finding() {
        assert_eq!(
            found(MODE, "[read, codebase, fetch, problems]"),
            ["codebase `codebase`, `fetch` and `problems` are old names of tools"]
        );
        assert_eq!(
            found(".github/prompts/a.prompt.md", "['editFiles']"),
            ["editFiles `editFiles` is the old name of `edit/editFiles`"]
        );
        assert_eq!(found(MODE, "[read, search/codebase, my/tool]"), [""; 0]);
        assert_eq!(found("kit/a.md", "[codebase]"), [""; 0]);
    }

    #[test]
    fn the_fix_writes_each_new_name_once() {
        let text = role("['search/codebase', 'codebase', \"usages\", 'todos']");
        let fixed = crate::fix::fix(
            &Input::new(&text).at(MODE),
            &options(),
            crate::diagnostic::Applicability::Safe,
        );
        assert_eq!(fixed.text, role("['search/codebase', \"search/usages\", 'todo']"));
    }
}
