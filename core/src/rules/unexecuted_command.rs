//! Reports commands that look as if they run when the prompt is loaded, but do not.

use super::{Check, Context, Example, Finding, Profile, Rule, load_time_command};
use crate::diagnostic::Severity;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unexecuted-command",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A command is written to run when the prompt is loaded, but does not.",
    why: "Claude Code runs `` !`command` `` only in skills and commands, and only if the `!` starts a line or follows a space. Elsewhere, the model gets the command itself instead of its output, and answers from what it imagines the output to be.",
    example: Example {
        path: "skills/status/SKILL.md",
        bad: "---\nname: status\ndescription: Sums up a branch. Use it before a merge.\n---\n\nBranch=!`git branch --show-current`\n",
        at: "!`git branch --show-current`",
        good: "---\nname: status\ndescription: Sums up a branch. Use it before a merge.\n---\n\nBranch: !`git branch --show-current`\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if let Some(note) = cx.host.unexecuted_command {
        return in_another_file(cx, note);
    }
    if cx.host.load_time_command.is_none() || cx.fills_in().is_none() {
        return;
    }
    let places = load_time_command::starts(role).filter_map(|at| {
        let before = role.text.get(..at)?.chars().next_back()?;
        let code = role.outline.code_at(at + 1).filter(|code| code.start == at + 1)?;
        let joined = matches!(before, '=' | ':' | '(' | '"' | '\'' | '[' | '|' | '>');
        joined.then(|| Span::new(at, code.end))
    });
    let places: Vec<Span> = places.collect();
    for place in places {
        cx.report(
            Finding::new(place, "This command does not run when the prompt is loaded")
                .reason("Only a `!` at the start of a line or after a space makes it run.")
                .unsafe_fix(
                    "Insert a space before `!`",
                    Vec::from([(Span::at(place.start), String::from(" "))]),
                ),
        );
    }
}

/// Commands in a file of a host that runs commands only in other files.
fn in_another_file(cx: &mut Context<'_>, note: &'static str) {
    let places = load_time_command::commands(cx.role);
    let Some((first, more)) = places.split_first().filter(|_| !cx.host_is_guessed()) else {
        return;
    };
    cx.report(
        Finding::new(*first, "This command does not run when the prompt is loaded")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason(note)
            .help("Tell the agent to run the command."),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_space_or_a_word_before_it_is_not_a_mistake() {
        let check = |path, body: &str| {
            let text = format!("---\nname: x\ndescription: Use it\n---\n{body}\n");
            findings("unexecuted-command", path, &text)
        };
        let skill = "skills/x/SKILL.md";
        assert_eq!(
            check(skill, "Now:!`date`"),
            ["5:5-5:12 warning This command does not run when the prompt is loaded"]
        );
        for body in ["Now: !`date`", "Great!`date`", "!`date`", "```\nx=!`date`\n```"] {
            assert_eq!(check(skill, body), [""; 0], "{body}");
        }
        assert_eq!(check(".claude/agents/x.md", "Now:!`date`"), [""; 0]);
        assert_eq!(
            check(".claude/agents/x.md", "Branch: !`git branch`\n\n!`date`"),
            ["5:9-5:22 warning This command does not run when the prompt is loaded (2 places)"]
        );
        assert_eq!(check(".claude/agents/x.md", "Write `` !`date` ``, then go!"), [""; 0]);
    }
}
