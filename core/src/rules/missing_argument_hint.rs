//! Prompts with numbered arguments and no description of them.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::FieldRole;
use crate::role::Mark;
use crate::text::Span;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "missing-argument-hint",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A prompt uses numbered arguments, but nothing says what they are.",
    why: "Someone who types the name of a skill or a command sees its `argument-hint` and nothing else. If the text uses `$ARGUMENTS[0]` or `$1`, the order of the arguments matters, and only the file itself shows it.",
    example: Example {
        path: ".claude/commands/compare.md",
        bad: "---\ndescription: Compares two files\n---\n\nCompare $ARGUMENTS[0] with $ARGUMENTS[1].\n",
        at: "$ARGUMENTS[0]",
        good: "---\ndescription: Compares two files\nargument-hint: \"[old] [new]\"\n---\n\nCompare $ARGUMENTS[0] with $ARGUMENTS[1].\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let takes = cx.host.placeholders.iter().any(|one| one.form == "$ARGUMENTS");
    let Some(hint) = cx.host.field_for(FieldRole::ArgumentHint).filter(|_| takes) else { return };
    let names = role.field("arguments").is_some();
    if role.field(hint.name).is_some() || names || cx.is_lookalike() {
        return;
    }
    if role.body_marks(Mark::Dollar).is_empty() {
        return;
    }
    let escaped = role.body_lines_with(|head| head == b'\\');
    let is_fence = |line: &str| line.starts_with("\\`\\`\\`") || line.starts_with("\\```");
    let escaped = escaped.filter(|line| is_fence(line.of(role.text).trim_start()));
    let escaped: Vec<usize> = escaped.map(|line| line.start).collect();
    let first = role.body_marks(Mark::Dollar).iter().find_map(|&at| {
        let length = numbered(role.text.get(at + 1..)?)? + 1;
        // In code, a `$1` may just as well be the shell's own, or a parameter of a query.
        let is_code = role.outline.code_at(at).is_some()
            || escaped.partition_point(|fence| *fence < at) % 2 == 1
            || is_query(role.line_at(at).of(role.text));
        (!is_code || length > 2).then(|| Span::new(at, at + length))
    });
    let Some(first) = first else { return };
    cx.report(
        Finding::new(first, "Numbered argument without a description")
            .reason("Nothing shows which arguments to type or in which order.")
            .help(alloc::format!("Add `{}`, for example `\"[path] [branch]\"`.", hint.name)),
    );
}

/// Whether a line is SQL.
fn is_query(line: &str) -> bool {
    [" WHERE ", " SET ", "VALUES (", "VALUES(", "INSERT INTO "]
        .iter()
        .any(|part| line.contains(part))
}

/// How long `ARGUMENTS[1]` or `1` at the start of a text is.
fn numbered(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix("ARGUMENTS[") {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        return (digits > 0 && rest.as_bytes().get(digits) == Some(&b']'))
            .then_some("ARGUMENTS[".len() + digits + 1);
    }
    let is_digit = text.starts_with(|c: char| matches!(c, '1'..='9'));
    let goes_on =
        text.get(1..)?.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ','));
    (is_digit && !goes_on).then_some(1)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn prices_code_and_other_hosts_are_left_alone() {
        let check = |path, body: &str| {
            let text = format!("---\nname: x\ndescription: Use it\n---\n{body}\n");
            findings("missing-argument-hint", path, &text)
        };
        let skill = "skills/x/SKILL.md";
        assert_eq!(
            check(skill, "Read $1 first."),
            ["5:6-5:8 info Numbered argument without a description"]
        );
        assert_eq!(check(skill, "Run `wc $ARGUMENTS[0]`.").len(), 1);
        for body in ["It costs $5.00 or $10.", "Run `awk '{print $1}'`.", "$ARGUMENTS"] {
            assert_eq!(check(skill, body), [""; 0], "{body}");
        }
        assert_eq!(check(".claude/agents/x.md", "Read $1 first."), [""; 0]);
    }

    #[test]
    fn parameters_of_a_query_and_code_between_escaped_fences_are_left_alone() {
        let check = |body: &str| {
            let text = format!("---\nname: x\ndescription: Use it\n---\n{body}\n");
            findings("missing-argument-hint", "skills/x/SKILL.md", &text)
        };
        for body in [
            "\\`\\`\\`sql\nfind fruit by $1\n\\`\\`\\`",
            "\\```sh\nwc $1\n\\```",
            "UPDATE fruit SET ripe = true WHERE id = $1;",
            "INSERT INTO fruit (id) VALUES ($1)",
        ] {
            assert_eq!(check(body), [""; 0], "{body}");
        }
        assert_eq!(check("\\```sh\nls\n\\```\n\nRead $1 now.").len(), 1);
    }
}
