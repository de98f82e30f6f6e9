//! Commands that run when a prompt is loaded.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Identity;
use crate::role::{Mark, Role};
use crate::text::Span;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "load-time-command",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The host runs a command in the text before the model sees it.",
    why: "In a skill, Claude Code runs what is between `` !` `` and a backtick in a shell when the skill is loaded, and puts its output in the prompt. Everyone who installs the skill runs the command, and its output is read as instructions. Review such commands like any script. Commands run in a script's code block too. If several of them commit, push or delete, all of them run each time, whatever the text between them says; only this is reported for a command.",
    example: Example {
        path: "skills/status/SKILL.md",
        bad: "---\nname: status\ndescription: Sums up the changes. Use before a commit.\n---\n\nChanges: !`git status --short`\n",
        at: "!`git status --short`",
        good: "---\nname: status\ndescription: Sums up the changes. Use before a commit.\n---\n\nRun `git status --short` and sum up the changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if let Some(note) = cx.host.argument_in_command {
        with_argument(cx, note);
    }
    let Some(note) = cx.host.load_time_command else { return };
    let role = cx.role;
    if cx.fills_in().is_none() {
        return;
    }
    let mut places = commands(role);
    places.extend(in_scripts(role));
    places.sort_unstable();
    let changing = places.iter().copied().filter(|place| changes(place.of(role.text)));
    let changing: Vec<Span> = changing.collect();
    if let [first, more @ ..] = changing.as_slice()
        && !more.is_empty()
    {
        return cx.report(
            Finding::new(*first, "Commands that change something run when the prompt is loaded")
                .and_more(more.len())
                .labels(more.iter().copied(), "also here")
                .reason("All of them run each time, one after the other, before the model reads the text between them.")
                .help("Let the model run them: write each command without `!`."),
        );
    }
    // Most commands of a person only read, and nobody else installs them.
    if cx.host.identity == Identity::File {
        return;
    }
    let Some((first, more)) = places.split_first() else { return };
    cx.report(
        Finding::new(*first, "This command runs when the prompt is loaded")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason(note)
            .help("Keep it only if it is safe to run for everyone who installs this file."),
    );
}

/// Commands that change files or commits.
const CHANGING: [&str; 6] =
    ["git commit", "git push", "git reset", "git add -A", "git add .", "git merge"];

fn changes(command: &str) -> bool {
    CHANGING.iter().any(|words| command.contains(words))
        || [" rm ", "`rm "].iter().any(|words| command.contains(words))
}

/// Commands at the start of a line in a shell's code block, where they are run as well.
fn in_scripts(role: &Role<'_>) -> impl Iterator<Item = Span> {
    starts(role).filter_map(|at| {
        let line = role.line_at(at);
        let is_first = Span::new(line.start, at).of(role.text).trim().is_empty();
        let fence = role.outline.fence_at(at).filter(|_| is_first)?;
        let is_script = matches!(fence.info.of(role.text), "bash" | "sh" | "shell" | "zsh");
        let length = Span::new(at + 2, line.end).of(role.text).find('`')?;
        is_script.then(|| Span::new(at, at + 2 + length + 1))
    })
}

/// Commands that an argument becomes a part of.
fn with_argument(cx: &mut Context<'_>, note: &'static str) {
    let role = cx.role;
    let places = starts(role).filter_map(|at| {
        let length = role.text.get(at + 2..)?.find('`')?;
        Some(Span::new(at, at + 2 + length + 1)).filter(|place| has_argument(place.of(role.text)))
    });
    let places: Vec<Span> = places.collect();
    let Some((first, more)) = places.split_first() else { return };
    cx.report(
        Finding::new(*first, "An argument becomes part of this shell command")
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason(note)
            .help("Give the argument to the model, or to a script that checks it."),
    );
}

fn has_argument(command: &str) -> bool {
    let is_one = |rest: &str| {
        rest.starts_with("ARGUMENTS") || rest.starts_with(|c: char| c.is_ascii_digit())
    };
    command.split('$').skip(1).any(is_one)
}

/// The places in a body where a command may begin: `` !` ``.
pub(super) fn starts<'a>(role: &'a Role<'_>) -> impl Iterator<Item = usize> + 'a {
    let begins = |at: &usize| role.text.as_bytes().get(*at + 1) == Some(&b'`');
    role.body_marks(Mark::Exclamation).iter().copied().filter(begins)
}

/// The commands in a text where they are run, if the host runs any.
pub(super) fn commands(role: &Role<'_>) -> Vec<Span> {
    let places = starts(role).filter_map(|at| {
        let before = role.text.get(..at)?.chars().next_back();
        let code = role.outline.code_at(at + 1)?;
        let is_start = before.is_none_or(char::is_whitespace) && role.outline.code_at(at).is_none();
        (is_start && code.start == at + 1).then(|| Span::new(at, code.end))
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, body: &str) -> Vec<String> {
        let front_matter = "---\nname: x\ndescription: Use it\n---\n";
        findings("load-time-command", path, &format!("{front_matter}{body}\n"))
    }

    #[test]
    fn all_commands_of_a_skill_are_one_finding() {
        assert_eq!(
            check("a/x/SKILL.md", "!`git log`\n\n- Now: !`date`"),
            ["5:1-5:11 info This command runs when the prompt is loaded (2 places)"]
        );
    }

    #[test]
    fn commands_that_change_something_all_run() {
        let body = "## Add\n\n```bash\n!`git add -A`\n```\n\n## Commit\n\n```bash\n!`git commit -m x`\n```";
        let found =
            "7:1-7:14 info Commands that change something run when the prompt is loaded (2 places)";
        assert_eq!(check("a/x/SKILL.md", body), [found.replace("7:", "8:")]);
        assert_eq!(check(".claude/commands/x.md", body), [found.replace("7:", "8:")]);
        let one = "Now: !`git status`\n\n!`git add -A`";
        assert_eq!(check(".claude/commands/x.md", one), [""; 0]);
        assert_eq!(check("a/x/SKILL.md", one).len(), 1);
    }

    #[test]
    fn an_argument_in_a_command_is_pointed_out() {
        let check = |body: &str| findings("load-time-command", ".opencode/commands/x.md", body);
        assert_eq!(
            check("Sum up !`git log -$1` and !`git show $ARGUMENTS`.\n"),
            ["1:8-1:22 info An argument becomes part of this shell command (2 places)"]
        );
        assert_eq!(check("Sum up $1 and !`git log $BRANCH`.\n"), [""; 0]);
        assert_eq!(
            findings("load-time-command", ".claude/commands/x.md", "Sum up !`git log -$1`.\n"),
            [""; 0]
        );
    }

    #[test]
    fn code_that_shows_it_and_other_hosts_are_left_alone() {
        for body in ["Write `` !`date` ``.", "```\n!`date`\n```", "Great!`date`"] {
            assert_eq!(check("a/x/SKILL.md", body), [""; 0], "{body}");
        }
        assert_eq!(check(".claude/agents/x.md", "!`date`"), [""; 0]);
    }
}
