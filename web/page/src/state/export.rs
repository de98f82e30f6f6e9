//! Exports a project as text: a Markdown report, a list of problems and the equivalent command.

use super::problems::{tally, word};
use super::workspace::Workspace;
use rolewright_messages::Analysis;
use rolewright_wire::Diagnostic;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The possible exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// A link to the project, copied to the clipboard.
    Link,
    /// Files and problems as Markdown, copied.
    Report,
    /// The problems as Markdown, copied.
    Problems,
    /// The command line, copied.
    Command,
    /// All files and the settings as a ZIP archive, saved to disk.
    Zip,
    /// The prompt, copied.
    Prompt,
    /// The prompt's source map, saved to disk.
    Map,
    /// The file the host reads, copied.
    File,
    /// The file the host reads, saved to disk.
    FileToDisk,
}

/// The problems as a task: what to do with them, and the list.
pub fn task(found: &[Diagnostic], host: &str) -> String {
    let mut paths: Vec<String> = Vec::new();
    for p in found {
        let path = format!("`{}`", p.path);
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return "No problems.\n".into();
    }
    let paths = paths.join(", ");
    format!("Fix these problems in {paths} ({host}). Keep everything else.\n{}", list(found))
}

/// The problems as a Markdown list, each with its reason and how to fix it.
fn list(found: &[Diagnostic]) -> String {
    let mut text = String::new();
    for p in found {
        let start = p.range.start;
        let place = format!("{}:{}:{}", p.path, start.line, start.column);
        let _ = write!(text, "\n- **{}** `{place}` {} ({})", word(p.severity), p.message, p.rule);
        for more in p.reason.iter().chain(&p.help) {
            let _ = write!(text, "\n  {}", more.replace('\n', "\n  "));
        }
        if let Some(fix) = &p.fix {
            let _ = write!(text, "\n  Fix: {}", fix.title);
        }
    }
    if !found.is_empty() {
        text.push('\n');
    }
    text
}

/// The whole project as Markdown: files, host, values, problems, and the error of a crash.
pub fn report(
    workspace: &Workspace,
    analysis: Option<&Analysis>,
    version: &str,
    breakdown: Option<&str>,
) -> String {
    let mut text = format!("# {}\n", workspace.name);
    let host = analysis.map(|a| a.report.host.as_str()).or(workspace.host.as_deref());
    let _ = write!(
        text,
        "\n- Main file: `{}`\n- Host: {}\n",
        workspace.entry,
        host.unwrap_or("not detected yet")
    );
    for (name, value) in workspace.values() {
        let _ = writeln!(text, "- `{name}`: {}", value.replace('\n', " "));
    }
    for (path, content) in &workspace.files {
        let fence = fence(content);
        let end = if content.ends_with('\n') { "" } else { "\n" };
        let _ = write!(text, "\n## {path}\n\n{fence}markdown\n{content}{end}{fence}\n");
    }
    if let Some(why) = breakdown {
        let _ = write!(text, "\n## Checker crash\n\n```text\n{why}\n```\n");
    }
    if let Some(analysis) = analysis {
        let found = &analysis.report.diagnostics;
        let _ = write!(text, "\n## Problems\n\n{}.\n{}", tally(found), list(found));
    }
    let _ = write!(text, "\nChecked with Rolewright {version}: `{}`\n", command(workspace));
    text
}

/// The command that runs the same check.
pub fn command(workspace: &Workspace) -> String {
    let mut words = format!("npx rolewright check {}", quoted(&workspace.entry));
    option(&mut words, "host", workspace.host.as_deref());
    if workspace.profile != "recommended" {
        option(&mut words, "profile", Some(&workspace.profile));
    }
    pairs(&mut words, "rule", &workspace.rules);
    pairs(&mut words, "value", workspace.values());
    words
}

/// The command that converts the main file even though the host grants more permissions.
pub fn widening(workspace: &Workspace) -> String {
    let mut words = format!("npx rolewright compile {}", quoted(&workspace.entry));
    option(&mut words, "host", workspace.host.as_deref());
    option(&mut words, "to", workspace.target.as_deref());
    pairs(&mut words, "value", workspace.values());
    words + " --allow-widening"
}

fn option(words: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = write!(words, " --{name} {}", quoted(value));
    }
}

fn pairs(words: &mut String, name: &str, pairs: &BTreeMap<String, String>) {
    for (key, value) in pairs {
        option(words, name, Some(&format!("{key}={value}")));
    }
}

/// All files of a project, with its settings as `rolewright.json` if they differ from the defaults.
pub fn files(workspace: &Workspace) -> BTreeMap<String, String> {
    let mut files = workspace.files.clone();
    if let Some(settings) = settings(workspace) {
        files.entry("rolewright.json".into()).or_insert(settings);
    }
    files
}

/// The settings of a project as `rolewright.json`; `None` if they are the defaults.
pub fn settings(workspace: &Workspace) -> Option<String> {
    let mut fields = Vec::new();
    if workspace.profile != "recommended" {
        fields.push(format!("  \"profile\": {}", json(&workspace.profile)));
    }
    if let Some(host) = &workspace.host {
        let only = json(&workspace.entry);
        let host = json(host);
        fields.push(format!("  \"overrides\": [{{ \"files\": [{only}], \"host\": {host} }}]"));
    }
    for (name, pairs) in [("rules", &workspace.rules), ("values", workspace.values())] {
        let pairs: Vec<String> =
            pairs.iter().map(|(k, v)| format!("    {}: {}", json(k), json(v))).collect();
        if !pairs.is_empty() {
            fields.push(format!("  \"{name}\": {{\n{}\n  }}", pairs.join(",\n")));
        }
    }
    (!fields.is_empty()).then(|| format!("{{\n{}\n}}\n", fields.join(",\n")))
}

/// A text as a JSON string.
fn json(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if c < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A code fence that nothing in `text` can close.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

/// A word quoted for a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::problems::tests::problem;
    use super::*;

    fn workspace() -> Workspace {
        let mut workspace = Workspace::new("Two", &[("a.md", "Read {{X}}.\n"), ("b.md", "````\n")]);
        workspace.host = Some("plain".into());
        workspace.sets[0].values.insert("X".into(), "it's".into());
        workspace
    }

    #[test]
    fn a_task_says_what_to_do_with_the_problems_and_how_to_fix_each_one() {
        let mut found = problem("undefined-variable", 3, "`X` has no value");
        found.reason = Some("The model sees the braces.".into());
        found.help = Some("Give it one.".into());
        let title = String::from("Replace `{{X}}` with `x`");
        let applicability = rolewright_wire::Applicability::Safe;
        found.fix = Some(rolewright_wire::Fix { title, applicability, edits: Vec::new() });
        let expected = "Fix these problems in `a.md` (Claude Code subagent). Keep everything else.\n\n\
            - **Error** `a.md:3:1` `X` has no value (undefined-variable)\n  \
            The model sees the braces.\n  Give it one.\n  Fix: Replace `{{X}}` with `x`\n";
        assert_eq!(task(&[found], "Claude Code subagent"), expected);
        assert_eq!(task(&[], "Claude Code subagent"), "No problems.\n");
    }

    #[test]
    fn a_report_holds_every_file_in_a_fence_that_its_text_cannot_end() {
        let report = report(&workspace(), None, "1.2.3", None);
        assert!(report.contains("## a.md\n\n```markdown\nRead {{X}}.\n```\n"));
        assert!(report.contains("## b.md\n\n`````markdown\n````\n`````\n"));
        assert!(report.contains("- Host: plain\n- `X`: it's\n"));
        assert!(report.contains("Rolewright 1.2.3"));
    }

    #[test]
    fn a_report_says_what_stopped_the_checker() {
        let report = report(&workspace(), None, "1.2.3", Some("panicked at core/src/lib.rs:1:2"));
        let expected = "## Checker crash\n\n```text\npanicked at core/src/lib.rs:1:2\n```\n";
        assert!(report.contains(expected));
    }

    #[test]
    fn settings_are_a_configuration_file_unless_they_are_the_usual_ones() {
        assert_eq!(settings(&Workspace::new("One", &[("a.md", "")])), None);
        let mut workspace = workspace();
        workspace.host = None;
        workspace.rules.insert("tool-case".into(), "off".into());
        workspace.sets[0].values.insert("X".into(), "a \"b\"\n".into());
        let expected = "{\n  \"rules\": {\n    \"tool-case\": \"off\"\n  },\n  \"values\": {\n    \"X\": \"a \\\"b\\\"\\n\"\n  }\n}\n";
        assert_eq!(settings(&workspace).as_deref(), Some(expected));
        assert!(files(&workspace).contains_key("rolewright.json"));
    }

    #[test]
    fn the_command_that_consents_to_more_permissions_names_both_hosts() {
        let mut workspace = workspace();
        workspace.target = Some("codex-agent".into());
        assert_eq!(
            widening(&workspace),
            "npx rolewright compile a.md --host plain --to codex-agent --value 'X=it'\\''s' --allow-widening"
        );
    }

    #[test]
    fn the_command_names_what_differs_from_the_usual_and_quotes_it() {
        assert_eq!(
            command(&workspace()),
            "npx rolewright check a.md --host plain --value 'X=it'\\''s'"
        );
        assert_eq!(
            command(&Workspace::new("One", &[("a b.md", "")])),
            "npx rolewright check 'a b.md'"
        );
    }
}
