//! Code blocks that name another language than the one they contain.

use super::invalid_data_example::is_bad_on_purpose;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
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
    why: "The model runs such blocks, writes them to files of the named language, or checks them as such, and a reader sees them in the wrong colors. Three kinds are found: a script whose first lines name a shell or another interpreter, code that begins with a well-known command, and a block for the shell that begins with a call, JSON, a list or a sentence.",
    example: Example {
        path: "roles/tester.md",
        bad: "# Tester\n\nBefore you report:\n\n```javascript\nnpm ci\nnpm run test\n```\n",
        at: "javascript",
        good: "# Tester\n\nBefore you report:\n\n```bash\nnpm ci\nnpm run test\n```\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// The languages that are checked, each with words in the interpreters of its scripts. Data has
/// none.
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

/// Labels of code that a shell runs.
const SHELLS: [&str; 4] = ["bash", "sh", "shell", "zsh"];

/// Programs whose names begin no line in these languages.
const PROGRAMS: [&str; 16] = [
    "npm", "npx", "yarn", "pnpm", "pip", "pip3", "uv", "python", "python3", "git", "cd", "curl",
    "docker", "kubectl", "cargo", "mkdir",
];

/// What a block contains, and the label that it should have.
#[derive(PartialEq, Eq)]
struct Content {
    what: String,
    label: Option<&'static str>,
    severity: Severity,
}

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    // Blocks with the same label and the same kind of content have one cause.
    let mut found: Vec<(&str, Content, Vec<Span>)> = Vec::new();
    for fence in role.outline.fences.iter().filter(|fence| fence.closed) {
        let info = fence.info.of(role.text);
        let label = info.trim();
        let content = fence.content.of(role.text);
        let content = match LANGUAGES.iter().find(|(name, _)| *name == label) {
            Some((_, own)) => in_language(content, own),
            None if SHELLS.contains(&label) => in_shell(content),
            None => continue,
        };
        // Fences that are wrongly paired enclose other text.
        let is_block = |content: &Content| {
            content.severity == Severity::Warning || role.fence_faults().is_empty()
        };
        let content = content.filter(|_| !is_bad_on_purpose(role.text, fence)).filter(is_block);
        let Some(content) = content else { continue };
        let start = fence.info.start + info.len() - info.trim_start().len();
        let place = Span::new(start, start + label.len());
        match found.iter_mut().find(|(other, known, _)| *other == label && *known == content) {
            Some((.., places)) => places.push(place),
            None => found.push((label, content, Vec::from([place]))),
        }
    }
    for (label, content, places) in found {
        let Some((first, more)) = places.split_first() else { continue };
        let message = format!("The code block is labeled `{label}`, but contains {}", content.what);
        let finding = Finding::new(*first, message)
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .severity(content.severity)
            .reason("The model copies the label, or takes the lines for that language.");
        let edits = |label| places.iter().map(|place| (*place, String::from(label))).collect();
        cx.report(match content.label {
            Some(label) => finding.unsafe_fix(format!("Label it `{label}`"), edits(label)),
            None => finding.help("Write the name of its language."),
        });
    }
}

/// Shell commands, or a script for another interpreter than those of the language.
fn in_language(content: &str, own: &[&str]) -> Option<Content> {
    let is_line = |line: &&str| line.starts_with("#!") && !line.starts_with("#![");
    let (what, is_shell) = match content.lines().take(3).find(is_line) {
        Some(line) if own.iter().any(|word| line.contains(word)) => return None,
        Some(line) => (format!("a script for `{}`", name(line)), name(line).ends_with("sh")),
        None if is_commands(content, own.is_empty()) => (String::from("shell commands"), true),
        None => return None,
    };
    Some(Content { what, label: is_shell.then_some("bash"), severity: Severity::Warning })
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

/// Whether the first line that is no comment runs a well-known program, and in data all others too.
fn is_commands(content: &str, is_data: bool) -> bool {
    let is_code = |line: &&str| !line.is_empty() && !line.starts_with(['#', '/', '*']);
    let mut lines = content.lines().map(str::trim).filter(is_code);
    let runs = |line: &str| {
        let (program, rest) = line.split_once(' ').unwrap_or((line, ""));
        PROGRAMS.contains(&program)
            && rest.starts_with(|c: char| {
                c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '@' | '/')
            })
            && !line.ends_with([';', '{', ',', ':'])
    };
    lines.next().is_some_and(runs) && (!is_data || lines.all(runs))
}

/// What no shell can run, judged by the first line that is no comment.
fn in_shell(content: &str) -> Option<Content> {
    let mut lines = content.lines().map(str::trim);
    let mut code = lines.by_ref().skip_while(|line| line.is_empty() || line.starts_with('#'));
    let first = code.next()?;
    let of = |what, label, severity| Some(Content { what: String::from(what), label, severity });
    if is_commit_message(first) {
        return of("commit messages", Some("text"), Severity::Warning);
    }
    if is_call(first) {
        return of("calls", Some("text"), Severity::Warning);
    }
    if is_json(first, lines.next().unwrap_or("")) {
        return of("JSON", None, Severity::Warning);
    }
    let what = if is_item(first) { "a list" } else { "text" };
    (is_item(first) || is_prose(first)).then(|| of(what, None, Severity::Info))?
}

/// `feat(ui): add a button`, `fix!: …`.
fn is_commit_message(line: &str) -> bool {
    const KINDS: [&str; 9] =
        ["feat", "fix", "docs", "refactor", "test", "chore", "perf", "style", "build"];
    let Some((head, _)) = line.split_once(": ") else { return false };
    let head = head.trim_end_matches('!');
    let kind = head.split('(').next().unwrap_or("");
    let scope = head.get(kind.len()..).unwrap_or("");
    let is_scope = scope.is_empty() || scope.ends_with(')') && !scope.contains([' ', '"', '\'']);
    KINDS.contains(&kind) && is_scope
}

/// `Task("Review", …)` or `mcp__server__tool …`. A shell defines functions with empty parentheses
/// and calculates in doubled ones.
fn is_call(line: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let behind = line.trim_start_matches(is_part);
    let is_name = behind.len() < line.len() && line.starts_with(|c: char| c.is_ascii_alphabetic());
    let opens = behind.strip_prefix('(').is_some_and(|rest| !rest.starts_with([')', '(', ' ']));
    is_name && opens || line.starts_with("mcp__")
}

fn is_json(first: &str, next: &str) -> bool {
    let opens = matches!(first, "{" | "[") && next.starts_with(['"', '{']);
    opens || first.starts_with("{\"") || first.starts_with("[{")
}

/// `- Review`, `1. Review`.
fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ") || number.len() < line.len() && number.starts_with(". ")
}

/// `**Findings:**`, or a sentence.
fn is_prose(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or("").trim_end_matches(',');
    let is_word = word.starts_with(char::is_uppercase)
        && word.chars().skip(1).all(|c| c.is_lowercase() || c == '\'');
    let is_sentence =
        is_word && line.ends_with(['.', ':', '!', '?']) && line.matches(' ').count() > 3;
    is_sentence || line.starts_with("**")
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
    fn code_that_begins_with_a_command_is_for_the_shell() {
        for content in [
            "uv run python -c \"\nimport x\nx.y()\n\"",
            "# Open it\npython manage.py shell << EOF\nx\nEOF",
        ] {
            assert_eq!(
                check("python", content),
                [
                    "3:4-3:10 warning The code block is labeled `python`, but contains shell commands"
                ]
            );
        }
        assert_eq!(check("json", "npm install\n{\"a\": 1}"), [""; 0]);
    }

    #[test]
    fn no_shell_runs_calls_json_or_text() {
        for (content, what) in [
            (
                "# Start it\nTask(\"Review\", \"all\")",
                "warning The code block is labeled `bash`, but contains calls",
            ),
            (
                "# Feature\nfeat(fruit): add pears\n\nfix: peel them",
                "warning The code block is labeled `bash`, but contains commit messages",
            ),
            ("list(path=\"docs\")", "warning The code block is labeled `bash`, but contains calls"),
            (
                "mcp__flow__init { topology: \"mesh\" }",
                "warning The code block is labeled `bash`, but contains calls",
            ),
            (
                "{\"id\":1}\n\ncat x.json",
                "warning The code block is labeled `bash`, but contains JSON",
            ),
            ("{\n  \"id\": 1\n}", "warning The code block is labeled `bash`, but contains JSON"),
            (
                "1. Create the PR\n2. Merge",
                "info The code block is labeled `bash`, but contains a list",
            ),
            ("- Review (all)", "info The code block is labeled `bash`, but contains a list"),
            ("**Findings:**", "info The code block is labeled `bash`, but contains text"),
            (
                "# Ask\nThis project has no such file.",
                "info The code block is labeled `bash`, but contains text",
            ),
        ] {
            assert_eq!(check("bash", content), [format!("3:4-3:8 {what}")], "{content}");
        }
        for content in [
            "main() {\n  ls\n}",
            "main () { ls; }",
            "for((i=0;i<3;i++)); do ls; done",
            "(cd x && ls)",
            "names=(a b)",
            "{\n  ls\n}",
            "[ -f x ] && ls",
            "python -c \"\nprint(1)\n\"",
            "* * * * * ls",
            "-- x",
            "Rscript run.R --all --now x",
            "Get-ChildItem -Path . -Recurse -File.",
            "",
        ] {
            assert_eq!(check("sh", content), [""; 0], "{content}");
        }
    }

    #[test]
    fn blocks_with_the_same_mistake_are_one_finding() {
        let text = "```bash\nlist(\"a\")\n```\n\n```sh\nlist(\"b\")\n```\n\n```bash\nglob(\"c\")\n```\n\nWrong:\n\n```bash\nlist(\"a\")\n```\n";
        assert_eq!(
            findings("mislabeled-code", "roles/a.md", text),
            [
                "1:4-1:8 warning The code block is labeled `bash`, but contains calls (2 places)",
                "5:4-5:6 warning The code block is labeled `sh`, but contains calls"
            ]
        );
        // The first fence is glued to text, so the blocks after it are shifted.
        let text = "**Query:**```sql\nselect 1\n```bash\n**Findings:**\n```\n";
        assert_eq!(findings("mislabeled-code", "roles/a.md", text), [""; 0]);
        assert_eq!(
            fixed_unsafely("roles/a.md", "```bash\nlist(\"a\")\n```\n"),
            "```text\nlist(\"a\")\n```\n"
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
