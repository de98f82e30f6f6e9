//! A prompt that is still inside the source code of a program.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::Role;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "code-wrapper",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The prompt is inside the source code of a program.",
    why: "A prompt that was copied from a program may keep the declaration around it: ``export const PROMPT = `…`;``. Nothing runs the file, so the model reads the source: the declaration, the escapes of a string, and every quotation mark and comma of a list. Lists of strings and constants that the file does not export are reported as info.",
    example: Example {
        path: "skills/refactor/SKILL.md",
        bad: "---\nname: refactor\ndescription: Refactors a module. Use when its parts depend on each other.\n---\n\nexport const PROMPT = `\n# Refactor\n\nMove one function at a time.\n`;\n",
        at: "export const PROMPT = `",
        good: "---\nname: refactor\ndescription: Refactors a module. Use when its parts depend on each other.\n---\n\n# Refactor\n\nMove one function at a time.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some((span, is_template)) = wrapper(cx.role) else { return };
    let severity = if is_template { Severity::Warning } else { Severity::Info };
    cx.report(
        Finding::new(span, "The prompt is inside JavaScript source that nothing runs")
            .severity(severity)
            .reason("The model reads the declaration, the quotation marks and the escapes as text.")
            .help("Keep only the text of the prompt."),
    );
}

/// The declaration that the prompt begins with, and whether it exports the whole text.
fn wrapper(role: &Role<'_>) -> Option<(Span, bool)> {
    if role.within.is_some() {
        return None;
    }
    let body = role.body.of(role.text);
    let mut start = role.body.start;
    let mut lines = body.split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line.trim_end())
    });
    // Comments and short constants may come first.
    let (start, line) = lines.find(|(_, line)| {
        let is_short = line.ends_with(';') && declared(line).is_some();
        !line.trim().is_empty() && !line.starts_with("//") && !is_short
    })?;
    let (exported, value) = declared(line)?;
    let end = match value.chars().next()? {
        '`' => ["`;", "`"],
        '[' => ["];", "]"],
        '{' => ["};", "}"],
        _ => return None,
    };
    let closes = lines.any(|(_, line)| end.contains(&line));
    let is_template = exported && value.starts_with('`');
    closes.then(|| (Span::new(start, start + line.len()), is_template))
}

/// Whether a JavaScript declaration is exported, and the name it declares: `export const NAME = …`.
fn declared(line: &str) -> Option<(bool, &str)> {
    let exported = line.strip_prefix("export ");
    let (word, rest) = exported.unwrap_or(line).split_once(' ')?;
    let (name, value) = rest.split_once(" = ")?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let is_declaration =
        matches!(word, "const" | "let" | "var") && !name.is_empty() && name.chars().all(is_name);
    is_declaration.then_some((exported.is_some(), value))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("code-wrapper", "roles/a.md", text)
    }

    #[test]
    fn declarations_around_a_prompt_are_found() {
        let found = "The prompt is inside JavaScript source that nothing runs";
        for (text, at) in [
            ("// Tips\n\nconst tips = [\n  \"Use hooks\",\n];\n", "3:1-3:15 info"),
            ("export const PROMPT = `# Refactor\n\nMove it.\n`\n", "1:1-1:34 warning"),
            ("const brief = true;\n\nconst tips = [\n  \"a\",\n];\n", "3:1-3:15 info"),
            ("const layout = `\r\nsrc/\r\n`;\r\n", "1:1-1:17 info"),
        ] {
            assert_eq!(check(text), [alloc::format!("{at} {found}")], "{text}");
        }
    }

    #[test]
    fn prompts_that_show_code_are_left_alone() {
        for text in [
            "```js\nconst tips = [\n  \"Use hooks\",\n];\n```\n",
            "# Tips\n\nconst is better than let = [\n\n];\n",
            "const x = 1\n",
            "Write this:\n\nconst tips = [\n\n];\n",
            "const tips = [\n  \"Use hooks\",\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
