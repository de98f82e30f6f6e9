//! The words that a person reads: no retired phrase in them, and every message on the page that lists
//! them.

use rolewright_tests::messages;
use std::path::{Path, PathBuf};

/// Phrases that read as a translation, with what to write instead. They match whole words, in any
/// case.
const RETIRED: &[(&str, &str)] = &[
    ("all the same", "anyway"),
    ("as good as none", "has no effect"),
    ("as it stands", "unchanged, unexpanded"),
    ("back-tick", "backtick"),
    ("back-ticks", "backticks"),
    ("behind the", "after the"),
    ("behind it", "after it"),
    ("behind its", "after its"),
    ("beside it", "next to it"),
    ("colour", "color"),
    ("fence marks", "backticks, fence"),
    ("for who asks", "for callers that"),
    ("hint", "info"),
    ("hints", "info"),
    ("in the place of", "instead of"),
    ("is as good as", "has the same effect as"),
    ("is dear", "is expensive"),
    ("is no", "is not a, unknown"),
    ("line ends", "line breaks, line endings"),
    ("lower-case", "lowercase"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("misspelt", "misspelled"),
    ("nobody sees", "invisible"),
    ("of one line", "single-line"),
    ("says so with", "reports with"),
    ("stand", "be, appear"),
    ("stands", "is, appears"),
    ("stood", "was, appeared"),
    ("taken for", "read as"),
    ("takes part in", "is part of"),
    ("the head", "the front matter"),
    ("upper-case", "uppercase"),
    ("want a", "must be a"),
    ("wants", "must be, requires"),
    ("who asks", "callers"),
    ("without a message", "silently"),
    ("without a word", "silently"),
    ("put right", "corrected"),
    ("written anew", "rewritten"),
    ("writes anew", "regenerates"),
];

/// Text for people that is not generated, by path from the root of the repository.
const WRITTEN: &[&str] =
    &["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/README.md", "docs/templates.md"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where a phrase occurs as whole words outside code, as `line: text`.
fn places(text: &str, phrase: &str) -> Vec<String> {
    let prose = prose(text).to_lowercase();
    let part_of_word =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_'".contains(c));
    prose
        .match_indices(phrase)
        .filter(|(at, _)| {
            let after = prose[at + phrase.len()..].chars().next();
            !part_of_word(prose[..*at].chars().next_back()) && !part_of_word(after)
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
    let found: Vec<String> = RETIRED
        .iter()
        .flat_map(|(phrase, instead)| {
            let report = move |place| format!("{name}:{place}\n  “{phrase}”: write {instead}");
            places(text, phrase).into_iter().map(report)
        })
        .collect();
    assert!(found.is_empty(), "{} retired phrases:\n{}", found.len(), found.join("\n"));
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

#[test]
fn a_phrase_is_found_as_whole_words_outside_code() {
    assert_eq!(places("It Stands\nhere, outstands.", "stands"), ["1: It Stands"]);
    assert_eq!(places("Write `stands`.\n\n```\nstands\n```\n", "stands"), [""; 0]);
    assert_eq!(places("a\n\nbehind the fence", "behind the"), ["3: behind the fence"]);
}

/// Texts that no case raises yet, and strings that are not messages. A new message belongs in the
/// cases, not here.
const NOT_SHOWN: &[&str] = &[
    // Written into a file, or compared with names.
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
    "Delete this fence, or add the opening fence it belongs to.",
    "If it is a role, give its variables values; if the agent should fill it in, include it as code.",
    "Quote the value, or write it as a block: `|` after the colon, then each line indented by two spaces.",
    "Correct the spaces",
    "cannot parse",
    "undefined alias in",
    "unquoted special character in",
    "unindented line that reads as a field in",
    "no value for",
    "is not a text file",
    "Include text files only.",
    "manages the task list",
    "Write each name exactly as the host does, including case.",
    "Add draft values for ",
    "Remove the tools of ",
    // What a rule looks for.
    "Delegate to ",
    // Reported by a compilation alone.
    "Cannot compile ",
    "The compiled file would lack the limits that the fields set, such as the allowed tools.",
    "Write the role as Markdown with YAML front matter, and compile that.",
    // No host has such facts today.
    " loads the role without its fields.",
    "Remove the field.",
    "List the tools it needs in `",
];

#[test]
fn every_message_in_the_rules_is_on_the_page() {
    let page = messages::page();
    let missing: Vec<String> = std::fs::read_dir(root().join("core/src/rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
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

/// The fixed parts of the sentences in the code of a rule: what is between the placeholders of each
/// string that has more than one word.
fn texts(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let after = code
        .split_once("static RULE: Rule")
        .map_or(code, |(_, rule)| rule.split_once("\n};\n").expect("the rule ends").1);
    // Lists of words are not messages.
    let after = after.split("\nconst WORDS").next().unwrap();
    let lines = after.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
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
