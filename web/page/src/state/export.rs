//! Exports a project as text: a Markdown report, a list of problems, the equivalent command, and the
//! prompt's source map.

use super::problems::{tally, word};
use super::utf16;
use super::workspace::Workspace;
use rolewright_messages::{Analysis, Problem, Prompt, SegmentKind};
use std::fmt::Write;

/// What can be exported.
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
    /// The prompt, copied.
    Prompt,
    /// The prompt's source map, saved to disk.
    Map,
    /// The file the host reads, copied.
    File,
    /// The file the host reads, saved to disk.
    FileToDisk,
}

/// The problems as a Markdown list, with help.
pub fn problems(found: &[Problem]) -> String {
    let mut text = format!("{}.\n", tally(found));
    for p in found {
        let place = format!("{}:{}:{}", p.path, p.line, p.column);
        let _ = write!(text, "\n- **{}** `{place}` {} ({})", word(p.severity), p.message, p.rule);
        for more in p.help.iter().chain(&p.reason) {
            let _ = write!(text, "\n  {}", more.replace('\n', "\n  "));
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
    let host = analysis.map(|a| a.host.as_str()).or(workspace.host.as_deref());
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
        let _ = write!(text, "\n## Problems\n\n{}", problems(&analysis.problems));
    }
    let _ = write!(text, "\nChecked with Rolewright {version}: `{}`\n", command(workspace));
    text
}

/// The command that runs the same check.
pub fn command(workspace: &Workspace) -> String {
    let mut words = format!("npx rolewright check {}", quoted(&workspace.entry));
    if let Some(host) = &workspace.host {
        let _ = write!(words, " --host {}", quoted(host));
    }
    if workspace.profile != "recommended" {
        let _ = write!(words, " --profile {}", workspace.profile);
    }
    for (option, pairs) in [("rule", &workspace.rules), ("value", workspace.values())] {
        for (name, value) in pairs {
            let _ = write!(words, " --{option} {}", quoted(&format!("{name}={value}")));
        }
    }
    words
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

/// The prompt's way back as a Source Map, version 3. `text` gives the text of a file by its path.
pub fn source_map<'t>(prompt: &Prompt, file: &str, text: impl Fn(&str) -> &'t str) -> String {
    let sources: Vec<Lines> = prompt.files.iter().map(|path| Lines::of(text(path))).collect();
    let out = Lines::of(&prompt.text);
    let mut mappings = Mappings::default();
    for segment in &prompt.segments {
        let Some(source) = sources.get(segment.file as usize) else { continue };
        let copied = segment.kind == SegmentKind::Literal;
        let mut at = segment.start;
        // One mapping for each line: the format maps no line that it does not name.
        while at < segment.end {
            let (line, column) = out.place(at);
            let inside = if copied { at - segment.start } else { 0 };
            let (from_line, from_column) = source.place(segment.source_start + inside);
            mappings.add(line, [column, segment.file, from_line, from_column]);
            at = out.start_after(line).unwrap_or(segment.end);
        }
    }
    let mut names = String::new();
    for path in &prompt.files {
        let comma = if names.is_empty() { "" } else { "," };
        let _ = write!(names, "{comma}{}", json(path));
    }
    format!(
        "{{\"version\":3,\"file\":{},\"sources\":[{names}],\"names\":[],\"mappings\":\"{}\"}}\n",
        json(file),
        mappings.text
    )
}

/// Where the lines of a text start, in UTF-16.
struct Lines(Vec<u32>);

impl Lines {
    fn of(text: &str) -> Lines {
        let mut starts = vec![0];
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            at += utf16::len(line);
            starts.push(at);
        }
        Lines(starts)
    }

    /// Line and column of an offset, both from 0.
    fn place(&self, at: u32) -> (u32, u32) {
        let line = self.0.partition_point(|start| *start <= at).saturating_sub(1);
        (line as u32, at - self.0.get(line).copied().unwrap_or(at))
    }

    fn start_after(&self, line: u32) -> Option<u32> {
        self.0.get(line as usize + 1).copied()
    }
}

/// The mappings so far; every number is relative to the one before, columns within their line.
#[derive(Default)]
struct Mappings {
    text: String,
    line: u32,
    last: [u32; 4],
    open: bool,
}

impl Mappings {
    fn add(&mut self, line: u32, numbers: [u32; 4]) {
        while self.line < line {
            self.text.push(';');
            self.line += 1;
            self.last[0] = 0;
            self.open = false;
        }
        if self.open {
            self.text.push(',');
        }
        self.open = true;
        for (number, last) in numbers.iter().zip(self.last) {
            digits(&mut self.text, *number, last);
        }
        self.last = numbers;
    }
}

/// Writes a difference as a base-64 number of variable length.
fn digits(text: &mut String, value: u32, last: u32) {
    let mut rest = (u64::from(value.abs_diff(last)) << 1) | u64::from(value < last);
    loop {
        let digit = (rest & 31) as u8 | if rest > 31 { 32 } else { 0 };
        rest >>= 5;
        text.push(char::from(match digit {
            0..26 => b'A' + digit,
            26..52 => b'a' + digit - 26,
            52..62 => b'0' + digit - 52,
            62 => b'+',
            _ => b'/',
        }));
        if rest == 0 {
            return;
        }
    }
}

fn json(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            c if c < ' ' => {
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::super::problems::tests::problem;
    use super::*;
    use rolewright_messages::Segment;

    fn workspace() -> Workspace {
        let mut workspace = Workspace::new("Two", &[("a.md", "Read {{X}}.\n"), ("b.md", "````\n")]);
        workspace.host = Some("plain".into());
        workspace.sets[0].values.insert("X".into(), "it's".into());
        workspace
    }

    #[test]
    fn problems_are_one_line_each_with_what_to_do() {
        let mut found = problem("undefined-variable", 3, "`X` has no value");
        found.help = Some("Give it one.".into());
        assert_eq!(
            problems(&[found]),
            "1 error.\n\n- **Error** `a.md:3:1` `X` has no value (undefined-variable)\n  Give it one.\n"
        );
        assert_eq!(problems(&[]), "No problems.\n");
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

    #[test]
    fn a_source_map_leads_each_line_of_the_prompt_to_its_file() {
        let piece = |start, end, file, source_start, source_end| Segment {
            start,
            end,
            file,
            source_start,
            source_end,
            kind: SegmentKind::Literal,
            chain: 0,
        };
        let prompt = Prompt {
            text: "One 🙂\nTwo\nThree\n".into(),
            segments: vec![piece(0, 7, 0, 4, 11), piece(7, 11, 1, 0, 4), piece(11, 17, 0, 21, 27)],
            files: vec!["a\"b.md".into(), "b.md".into()],
            ..Prompt::default()
        };
        let text =
            |path: &str| if path == "b.md" { "Two\n" } else { "---\nOne 🙂\nAway.....\nThree\n" };
        assert_eq!(
            source_map(&prompt, "p.md", text),
            "{\"version\":3,\"file\":\"p.md\",\"sources\":[\"a\\\"b.md\",\"b.md\"],\"names\":[],\
             \"mappings\":\"AACA;ACDA;ADGA\"}\n"
        );
    }
}
