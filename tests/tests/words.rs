//! Checks the words that a person reads: they contain no retired phrase, and every message is
//! listed in docs/messages.md.

use rolewright_tests::messages;
use std::path::{Path, PathBuf};

/// Phrases that read as a translation, each with what to write instead.
const RETIRED: &str = include_str!("../retired-phrases.txt");

fn retired() -> impl Iterator<Item = (&'static str, &'static str)> {
    RETIRED.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "))
}

/// Text for people that is not generated, by path from the root of the repository.
const WRITTEN: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "tests/README.md",
    "core/data/hosts/README.md",
    "docs/ci.md",
    "docs/editors.md",
    "docs/manual/conversion.md",
    "docs/manual/design.md",
    "docs/manual/start.md",
    "editors/vscode/README.md",
    "docs/templates.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where a phrase occurs as whole words outside code, as `line: text`. `*` at its end matches any
/// ending.
fn places(text: &str, phrase: &str) -> Vec<String> {
    let (phrase, any_ending) =
        phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
    let prose = prose(text).to_lowercase();
    let part_of_word =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_'".contains(c));
    prose
        .match_indices(phrase)
        .filter(|(at, _)| {
            let after = prose[at + phrase.len()..].chars().next();
            !part_of_word(prose[..*at].chars().next_back()) && (any_ending || !part_of_word(after))
        })
        .map(|(at, _)| {
            let line = prose[..at].matches('\n').count();
            format!("{}: {}", line + 1, text.lines().nth(line).unwrap_or(""))
        })
        .collect()
}

/// The text with code blocks and code spans blanked out, line for line.
fn prose(text: &str) -> String {
    let mut fence: Option<String> = None;
    let mut out = String::new();
    for line in text.lines() {
        let marks: String = line.trim_start().chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if marks.len() >= open.len() => fence = None,
            Some(_) => {}
            None if marks.len() >= 3 => fence = Some(marks),
            None => out.extend(line.split('`').step_by(2).flat_map(|part| [part, "`"])),
        }
        out.push('\n');
    }
    out
}

/// Fails with the place of every retired phrase in `text`.
fn assert_plain(name: &str, text: &str) {
    let found: Vec<String> = retired()
        .flat_map(|(phrase, instead)| {
            let report = move |place| format!("{name}:{place}\n  “{phrase}”: write {instead}");
            places(text, phrase).into_iter().map(report)
        })
        .collect();
    assert!(found.is_empty(), "{} retired phrases:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_rule_has_a_row_in_the_table_of_precision() {
    let page = include_str!("../../docs/precision.md");
    for rule in rolewright_core::rules::RULES {
        assert!(page.contains(&format!("\n| `{}` | ", rule.name)), "{}", rule.name);
    }
}

#[test]
fn messages_hold_no_retired_phrase() {
    assert_plain("docs/messages.md", &messages::page());
}

#[test]
fn rules_and_hosts_are_described_in_plain_words() {
    assert_plain("docs/rules.md", &read("docs/rules.md"));
    assert_plain("docs/hosts.md", &read("docs/hosts.md"));
}

#[test]
fn written_pages_hold_no_retired_phrase() {
    for path in WRITTEN {
        assert_plain(path, &read(path));
    }
}

/// Phrases that are good English in a comment, such as "stands for every tool" and "there is no file".
const ALLOWED_IN_COMMENTS: [&str; 6] =
    ["is no", "line ends", "stand", "stands", "there is no such", "wants"];

#[test]
fn comments_hold_no_retired_phrase() {
    for folder in ["core", "services", "wire", "cli", "npm/src", "web", "tests/src", "xtask"] {
        for path in files(&root().join(folder)) {
            if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                let comments: String =
                    source.lines().flat_map(|line| [comment(line), "\n"]).collect();
                let phrases = retired().filter(|(phrase, _)| !ALLOWED_IN_COMMENTS.contains(phrase));
                let found: Vec<String> =
                    phrases.flat_map(|(phrase, _)| places(&comments, phrase)).collect();
                assert!(found.is_empty(), "{}:\n{}", path.display(), found.join("\n"));
            }
        }
    }
}

/// The comment that a line of Rust consists of, or nothing.
fn comment(line: &str) -> &str {
    line.trim_start().strip_prefix("//").unwrap_or("")
}

#[test]
fn a_phrase_is_found_as_whole_words_outside_code() {
    assert_eq!(places("It Stands\nhere, outstands.", "stands"), ["1: It Stands"]);
    assert_eq!(places("Write `stands`.\n\n```\nstands\n```\n", "stands"), [""; 0]);
    assert_eq!(places("a\n\nbehind the fence", "behind the"), ["3: behind the fence"]);
    assert_eq!(places("Coloured", "colour*"), ["1: Coloured"]);
    assert_eq!(places("Coloured", "colour"), [""; 0]);
}

/// Texts that no case raises yet, and strings that are not messages. A new message belongs in the
/// cases, not here.
const NOT_SHOWN: &[&str] = &[
    // Reported by a compilation alone.
    "Cannot compile ",
    "The compiled file would lack the limits that the fields set, such as the allowed tools.",
    "Write the role as Markdown with YAML front matter, and compile that.",
    "The file does not contain the role to compile",
    "It contains ",
    "Choose one of them by its name, or by its position counted from 0.",
    // Only for a prompt in a data file, whose lines have no numbers of their own.
    "the next fence",
    "the marked line",
    // The page shows one text of each form, that for OpenCode's `permission`.
    "` for `effect`",
    "Use `allow`, `ask` or `deny`.",
    // Written into a file, or compared with names or phrases.
    "don't hesitate to ask",
    "For example:",
    "Here's an example:",
    "Here is an example:",
    "return (⏎",
    "Last Updated",
    "Last updated",
    "here's a ",
    "here is a ",
    "concise prompt for ",
    "detailed prompt for ",
    "complete prompt for ",
    " prompt for ",
    "save this file as ",
    " tier above",
    "## Examples",
    "all available",
    // Reached only by files of a size or shape that is not worth a case.
    "The template expands to",
    "pieces of text",
    "The template includes",
    "The prompt would be up to",
    "variation selector",
    "With the files above it, this file makes ",
    " bytes; the limit is ",
    "cut off here",
    "The descriptions of ",
    " roles take up about ",
    " tokens; the limit is ",
    "Shorten the longest descriptions, this one first: move examples into the prompts.",
    "Delete this fence, or add the opening fence it belongs to.",
    "If it is a role, give its variables values; if the agent should fill it in, include it as code.",
    "unindented line that reads as a field in",
    "no value for",
    // What a rule looks for.
    " not yet ",
    "**None documented yet.**",
    "(internal only)",
    "Delegate to ",
    "VALUES (",
    "INSERT INTO ",
    // No host has such facts today.
    " loads the role without its fields.",
    "Remove the field.",
    "List the tools that the role needs in `",
    // What a rule looks for in a text.
    "ou are ",
    "ou are a ",
    "ou are an ",
    "ou are strictly ",
    "you do ",
    "you must ",
    " modify, edit, or write to",
    " create or modify",
    " any code edits",
    " any code changes",
    " code edits",
    " code changes",
    " any files",
    " any file",
    " any code",
    " the code",
    " source files",
    " source code",
    " any changes",
    " any edits",
    "use the ",
    "using the ",
    "launch the ",
    "invoke the ",
    "call the ",
    "when invoked",
    "MCP tools like `",
    "MCP tools such as `",
    "MCP Integration",
    "MCP Servers",
    "MCP servers",
    "MCP Tools",
];

#[test]
fn every_message_in_the_rules_is_on_the_page() {
    let page = messages::page();
    let missing: Vec<String> = files(&root().join("core/src/rules"))
        .into_iter()
        .filter(|path| !path.ends_with("tests.rs") && !path.ends_with("finding.rs"))
        .flat_map(|path| {
            let source = std::fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let texts = texts(&source);
            texts.into_iter().map(move |text| format!("{name}: {text}"))
        })
        .filter(|named| {
            let text = named.split_once(": ").unwrap().1;
            let braces = text.replace('{', "{{").replace('}', "}}");
            let shown = page.contains(text) || page.contains(&braces);
            !NOT_SHOWN.contains(&text) && !shown
        })
        .collect();
    assert!(missing.is_empty(), "add cases for:\n{}", missing.join("\n"));
}

/// The files of a folder and of those in it: a large rule has a folder of its own.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The fixed parts of the sentences in the code of a rule: what is between the placeholders of each
/// string that has more than one word.
fn texts(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let after = code
        .split_once("static RULE: Rule")
        .map_or(code, |(_, rule)| rule.split_once("\n};\n").expect("the rule ends").1);
    let mut in_list = false;
    let mut is_message = |line: &&str| {
        let line = line.trim();
        // Words that a text is compared with are not messages.
        in_list |= line.starts_with("const ") && line.contains(": [");
        let is_list = in_list;
        in_list &= !line.ends_with("];");
        let compared = ["starts_with(", "ends_with(", "contains(", ".any("];
        !is_list && !line.starts_with("//") && !compared.iter().any(|call| line.contains(call))
    };
    let code: String =
        after.lines().filter(|line| is_message(line)).flat_map(|line| [line, "\n"]).collect();
    strings(&code).iter().flat_map(|string| fixed(string)).collect()
}

/// The string literals of a piece of Rust, unescaped.
fn strings(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut chars = code.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        // A quote between single quotes is a character.
        if c == '"' && before != '\'' && before != '\\' {
            let mut string = String::new();
            while let Some(c) = chars.next().filter(|c| *c != '"') {
                match (c, chars.peek()) {
                    ('\\', Some('n')) => _ = chars.next().map(|_| string.push('⏎')),
                    ('\\', Some(_)) => string.extend(chars.next()),
                    _ => string.push(c),
                }
            }
            found.push(string);
        }
        before = c;
    }
    found
}

/// What is fixed in a format string: at least eight characters with a space in them.
fn fixed(string: &str) -> Vec<String> {
    let marked = string.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let pieces = marked.split('{').flat_map(|part| match part.split_once('}') {
        Some((_, rest)) => [rest, ""],
        None => [part, ""],
    });
    pieces
        .map(|piece| piece.replace('\u{1}', "{").replace('\u{2}', "}"))
        .filter(|piece| piece.trim().contains(' ') && piece.len() >= 8)
        .collect()
}
