//! Prompts that are too long for a model to follow reliably.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Unit;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "long-prompt",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "The compiled prompt has more than 500 lines; in the style profile, more than 200.",
    why: "The more instructions a prompt has, the more of them a model misses: at 500, the best models follow two thirds (IFScale, arXiv 2507.11538). Anthropic advises fewer than 200 lines. Two in five real prompts are longer than that, so below 500 lines it is a matter of style.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "{{include:shared/most.md}}\n",
        at: "{{include:shared/most.md}}",
        good: "{{include:shared/ten.md}}\n",
        files: &[
            ("shared/line.md", "Be exact.\n"),
            (
                "shared/ten.md",
                "{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n{{include:shared/line.md}}\n",
            ),
            (
                "shared/most.md",
                "{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n{{include:shared/ten.md}}\n",
            ),
        ],
    },
    check: Check::Role(check),
};

const LONG: usize = 200;
const VERY_LONG: usize = 500;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    // If the host counts lines, `over-limit` reports the length.
    if cx.host.body.is_some_and(|limit| limit.unit == Unit::Lines) {
        return;
    }
    let most = if cx.options.profile == Profile::Style { LONG } else { VERY_LONG };
    let lines = match cx.template() {
        Some(expanded) => count(&expanded.text),
        None if role.lines().len() <= most => return,
        None => count(role.body.of(role.text)),
    };
    if lines <= most {
        return;
    }
    let body = role.body.of(role.text);
    let lead = body.len() - body.trim_start().len();
    let span = role.line_at(role.body.start + lead);
    cx.report(
        Finding::new(span, format!("The prompt is {lines} lines long"))
            .reason("The longer it is, the more of its instructions a model misses.")
            .help("Move what is not always needed into files that are read on demand."),
    );
}

fn count(text: &str) -> usize {
    let text = text.trim();
    memchr::memchr_iter(b'\n', text.as_bytes()).count() + usize::from(!text.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn the_lines_of_the_body_are_counted() {
        let check = |path, lines| findings("long-prompt", path, &"- Help.\n".repeat(lines));
        assert_eq!(check("roles/a.md", 201), ["1:1-1:8 info The prompt is 201 lines long"]);
        assert_eq!(check("roles/a.md", 200), [""; 0]);
        assert_eq!(check(".cursor/rules/a.mdc", 300), [""; 0]);
    }
}
