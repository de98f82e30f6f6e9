//! Code blocks that name another language than the one they contain.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::markdown::Fence;
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "mislabeled-code",
    severity: Severity::Warning,
    profile: Profile::Recommended,
    summary: "A code block names another language than the one it contains.",
    why: "The model writes such blocks to files of the named language, or checks them as such, and a reader sees them in the wrong colors. Two kinds are found: a script whose first lines name a shell or another interpreter, and blocks in which every line runs a well-known command.",
    example: Example {
        path: "roles/tester.md",
        bad: "# Tester\n\nBefore you report:\n\n```javascript\nnpm ci\nnpm run test\n```\n",
        at: "javascript",
        good: "# Tester\n\nBefore you report:\n\n```bash\nnpm ci\nnpm run test\n```\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// The languages that are checked, each with words in the interpreters of its scripts.
const LANGUAGES: [(&str, &[&str]); 11] = [
    ("javascript", &["node", "bun", "deno", "zx", "osascript"]),
    ("js", &["node", "bun", "deno", "zx", "osascript"]),
    ("typescript", &["node", "bun", "deno", "zx", "tsx"]),
    ("ts", &["node", "bun", "deno", "zx", "tsx"]),
    ("python", &["python", "uv", "pypy"]),
    ("json", &[]),
    ("yaml", &[]),
    ("java", &["java", "jbang"]),
    ("go", &["go"]),
    ("css", &[]),
    ("html", &[]),
];

/// Programs whose names begin no line in these languages.
const PROGRAMS: [&str; 12] = [
    "npm", "npx", "yarn", "pnpm", "pip", "git", "cd", "curl", "docker", "kubectl", "cargo", "mkdir",
];

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let found: Vec<Finding> =
        role.outline.fences.iter().filter_map(|fence| mislabeled(role, fence)).collect();
    found.into_iter().for_each(|finding| cx.report(finding));
}

fn mislabeled(role: &Role<'_>, fence: &Fence) -> Option<Finding> {
    let label = fence.info.of(role.text).trim();
    let (_, own) = LANGUAGES.iter().find(|(name, _)| *name == label).filter(|_| fence.closed)?;
    let content = fence.content.of(role.text);
    let mut first = content.lines().take(3);
    let interpreter = first.find(|line| line.starts_with("#!") && !line.starts_with("#!["));
    let (what, is_shell) = match interpreter {
        Some(line) if own.iter().any(|word| line.contains(word)) => return None,
        Some(line) => (format!("a script for `{}`", name(line)), name(line).ends_with("sh")),
        None if is_commands(content) => (String::from("shell commands"), true),
        None => return None,
    };
    let start = fence.info.start + fence.info.of(role.text).find(label)?;
    let place = Span::new(start, start + label.len());
    let finding =
        Finding::new(place, format!("The code block is labeled `{label}`, but contains {what}"))
            .reason("The model copies the label, or takes the lines for that language.");
    Some(match is_shell {
        true => finding.unsafe_fix("Label it `bash`", Vec::from([(place, String::from("bash"))])),
        false => finding.help("Write the name of its language."),
    })
}

/// The program in the first line of a script: `#!/usr/bin/env bash`.
fn name(line: &str) -> &str {
    let mut words = line.trim_start_matches("#!").split_whitespace();
    let program = words.next().unwrap_or("").rsplit('/').next().unwrap_or("");
    match program {
        "env" => words.find(|word| !word.starts_with('-')).unwrap_or(program),
        program => program,
    }
}

/// Whether all lines but comments run a well-known program.
fn is_commands(content: &str) -> bool {
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with(['#', '/', '*']);
    let mut lines = content.lines().map(str::trim).filter(is_code).peekable();
    let runs = |line: &str| {
        let (program, rest) = line.split_once(' ').unwrap_or((line, ""));
        PROGRAMS.contains(&program)
            && rest.starts_with(|c: char| {
                c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '@' | '/')
            })
            && !line.ends_with([';', '{', ',', ':'])
    };
    lines.peek().is_some() && lines.all(runs)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(label: &str, content: &str) -> Vec<String> {
        let text = format!("Run it:\n\n```{label}\n{content}\n```\n");
        findings("mislabeled-code", "roles/a.md", &text)
    }

    #[test]
    fn a_shell_script_is_no_javascript() {
        assert_eq!(
            check("javascript", "// rollback.sh\n#!/usr/bin/env -S bash\ngit stash"),
            [
                "3:4-3:14 warning The code block is labeled `javascript`, but contains a script for `bash`"
            ]
        );
        assert_eq!(
            check("python", "#!/usr/bin/ruby\nputs 1"),
            [
                "3:4-3:10 warning The code block is labeled `python`, but contains a script for `ruby`"
            ]
        );
        assert_eq!(
            check("json", "# Install it\nnpm install -D x"),
            ["3:4-3:8 warning The code block is labeled `json`, but contains shell commands"]
        );
        assert_eq!(
            fixed_unsafely("roles/a.md", "```js\ngit status\n```\n"),
            "```bash\ngit status\n```\n"
        );
    }

    #[test]
    fn code_of_the_language_is_left_alone() {
        for (label, content) in [
            ("javascript", "#!/usr/bin/env node\nrun()"),
            ("python", "#!/usr/bin/env -S uv run\nrun()"),
            ("yaml", "npm: 1\ngit: 2"),
            ("js", "// npm run test"),
            ("js", "git = 1;"),
            ("python", "git = load()"),
            ("bash", "npm run test"),
            ("rust", "#![no_std]"),
        ] {
            assert_eq!(check(label, content), [""; 0], "{content}");
        }
    }
}
