//! Files in a place or under a name that the host reads only for old workspaces.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::agents::stem;
use crate::diagnostic::Severity;
use crate::host;
use crate::text::Span;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "deprecated-location",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The host reads files of this name only for old workspaces.",
    why: "A host that changes where its files belong keeps reading the old ones for a while. VS Code asks to rename chat modes (`.chatmode.md`) to agents (`.agent.md`), and Cursor documents `.cursorrules` as legacy.",
    example: Example {
        path: ".github/chatmodes/planner.chatmode.md",
        bad: "---\ndescription: Plans a change. Use before work starts.\n---\n\nYou plan changes.\n",
        at: "---",
        good: "This role has moved to `.github/agents/planner.agent.md`.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some((note, help)) = cx.host.deprecated_location(cx.role.path) else { return };
    let first = cx.role.line_at(0);
    // A line that only gives the file's new location is not a role.
    if first.is_empty() || cx.role.front_matter.is_none() && cx.role.lines().len() < 3 {
        return;
    }
    let finding =
        Finding::new(Span::new(0, first.end), "This file location is deprecated").reason(note);
    cx.report(match moved_already(cx) {
        Some(path) => finding.help(format!(
            "`{path}` has the same name; if it has replaced this file, delete this one."
        )),
        None => finding.help(help),
    });
}

/// A file of the same name where the host looks now.
fn moved_already(cx: &Context<'_>) -> Option<String> {
    let (host, own) = (cx.host, stem(cx.role.path));
    if !cx.files.is_known() {
        return None;
    }
    let reads = |path: &str| host.locations.iter().any(|place| host::path_matches(place, path));
    let is_it = |path: &&Cow<'_, str>| {
        stem(path) == own && host.deprecated_location(path).is_none() && reads(path)
    };
    cx.paths().iter().find(is_it).map(|path| path.to_string())
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use alloc::collections::BTreeMap;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    #[test]
    fn a_file_that_was_copied_already_is_deleted_instead_of_moved() {
        let text = "---\ndescription: Plans a change. Use before work starts.\n---\n\nYou plan.\n";
        let path = ".github/chatmodes/planner.chatmode.md";
        let help = |other: &str| -> Vec<String> {
            let files: BTreeMap<String, String> =
                [path, other].map(|path| (path.to_string(), text.to_string())).into();
            let input = Input::new(text).at(path).with_files(&files);
            let found = crate::check(&input, &crate::Options::default()).diagnostics;
            let found = found.into_iter().filter(|it| it.rule == "deprecated-location");
            found.filter_map(|it| it.help.map(|help| help.to_string())).collect()
        };
        assert_eq!(
            help(".github/agents/planner.agent.md"),
            [
                "`.github/agents/planner.agent.md` has the same name; if it has replaced this file, delete this one."
            ]
        );
        assert_eq!(
            help("docs/planner.md"),
            ["Move it to `.github/agents` and rename it to end in `.agent.md`."]
        );
    }
}
