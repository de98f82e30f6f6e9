//! Reports shell code that contains only comments.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Fence;
use crate::role::Role;
use crate::text::Span;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "comment-only-script",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A shell code block contains only comments.",
    why: "A shell code block says: run this. If it holds nothing but comments, nothing can be run, and the steps that the comments describe look like remarks and not like instructions. As a list outside code, they are read as steps.",
    example: Example {
        path: "roles/supporter.md",
        bad: "# Support agent\n\n## Step 1\n\n```bash\n# Read the question and its history\n# Check whether it was answered before\n```\n",
        at: "```bash",
        good: "# Support agent\n\n## Step 1\n\n1. Read the question and its history.\n2. Check whether it was answered before.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Languages of code blocks that a shell runs.
const SHELLS: [&str; 4] = ["bash", "sh", "shell", "zsh"];

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let opening = |fence: &Fence| Span::new(fence.span.start, fence.info.end);
    let is_empty = |fence: &&Fence| {
        fence.closed && SHELLS.contains(&fence.info.of(role.text).trim()) && is_prose(role, fence)
    };
    let places: Vec<_> = role.outline.fences.iter().filter(is_empty).map(opening).collect();
    let Some((first, more)) = places.split_first() else { return };
    cx.report(
        Finding::new(*first, "The code block contains only comments")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason("There is nothing to run in it.")
            .help("Write the commands, or turn the comments into a list."),
    );
}

/// Whether there are two lines at least, all comments, and none of them a command that is commented out.
fn is_prose(role: &Role<'_>, fence: &Fence) -> bool {
    let content = fence.content.of(role.text);
    let mut lines = content.lines().map(str::trim).filter(|line| !line.is_empty());
    let says_something = |line: &str| {
        let comment = line.trim_start_matches('#').trim_start();
        line.starts_with('#')
            && !line.starts_with("#!")
            && comment.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
    };
    lines.clone().count() > 1 && lines.all(says_something)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn commands_and_what_is_commented_out_are_left_alone() {
        let check = |code: &str| {
            findings("comment-only-script", "roles/a.md", &format!("```sh\n{code}\n```\n"))
        };
        assert_eq!(
            check("# Read it\n\n# Answer it"),
            ["1:1-1:6 info The code block contains only comments"]
        );
        for code in ["# Read it\nls", "# Read it\n# npm test", "# Read it", "#!/bin/sh\n# Read", ""]
        {
            assert_eq!(check(code), [""; 0], "{code}");
        }
        let python = "```python\n# Read it\n# Answer it\n```\n";
        assert_eq!(findings("comment-only-script", "roles/a.md", python), [""; 0]);
    }
}
