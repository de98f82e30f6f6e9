//! Colors that the host does not recognize.

use super::{Check, Context, Example, Profile, Rule, invalid_field_value};
use crate::diagnostic::Severity;
use crate::host::FieldRole;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-color",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The host does not recognize the color.",
    why: "Claude Code knows eight color names, all in lowercase, and silently ignores everything else: the agent is shown without a color. OpenCode does not start if it does not recognize a color.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\ncolor: Blue\n---\n\nYou review changes.\n",
        at: "Blue",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Read\ncolor: blue\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if cx.is_lookalike() {
        return;
    }
    let Some(known) = cx.host.field_for(FieldRole::Color) else { return };
    let Some(field) = cx.role.field(known.name).filter(|field| field.error.is_none()) else {
        return;
    };
    let written = field.value.as_str().unwrap_or("");
    let fits = known.pattern.is_some_and(|pattern| pattern.matches(written));
    let limited = known.closed || known.pattern.is_some();
    if limited
        && !fits
        && let Some(finding) = invalid_field_value::unknown(cx, known, &field.value)
    {
        cx.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, color: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\ncolor: {color}\n---\n\nYou help.\n");
        findings("invalid-color", path, &text)
    }

    #[test]
    fn a_color_the_host_does_not_know_is_a_warning() {
        assert_eq!(
            check(".claude/agents/x.md", "\"#8B0000\""),
            ["4:8-4:17 warning Invalid value `#8B0000` for `color`"]
        );
        assert_eq!(check(".claude/agents/x.md", "teal").len(), 1);
        assert_eq!(check(".claude/agents/x.md", "cyan"), [""; 0]);
    }

    #[test]
    fn it_is_an_error_where_the_host_does_not_start() {
        assert_eq!(
            check(".opencode/agents/x.md", "teal"),
            ["4:8-4:12 error Invalid value `teal` for `color`"]
        );
        assert_eq!(check(".opencode/agents/x.md", "'#8B0000'"), [""; 0]);
        assert_eq!(check(".opencode/agents/x.md", "accent"), [""; 0]);
    }

    #[test]
    fn another_case_is_corrected() {
        let text = "---\nname: x\ndescription: Use it\ncolor: GREEN\n---\n\nYou help.\n";
        assert_eq!(fixed(".claude/agents/x.md", text), text.replace("GREEN", "green"));
    }
}
