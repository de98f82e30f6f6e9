use super::*;
use crate::host::Layout;
use crate::role::Syntax;
use crate::yaml::parse;
use alloc::string::{String, ToString};
use alloc::{format, vec};

mod readers;
mod roles;

/// Pseudorandom numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }

    fn pick<'p>(&mut self, parts: &[&'p str]) -> &'p str {
        parts[self.roll(parts.len())]
    }

    fn string(&mut self, parts: &[&str], most: usize) -> String {
        let length = self.roll(most + 1);
        (0..length).map(|_| self.pick(parts)).collect()
    }
}

/// Checks that every byte of the text maps to the source, in order, and that each source position
/// maps back.
#[track_caller]
fn holds_both_ways(source: &str, decoded: &Decoded<'_>) {
    let mut last = decoded.span.start;
    for (at, c) in decoded.text.char_indices() {
        let there = decoded.to_source(Span::new(at, at + c.len_utf8()));
        assert!(there.start >= last && there.end <= decoded.span.end, "{c:?} in {source:?}");
        assert!(source.is_char_boundary(there.start) && source.is_char_boundary(there.end));
        assert!(!there.is_empty(), "{c:?} at {at} in {source:?}: {decoded:?}");
        assert_eq!(decoded.to_decoded(there.start), Some(at), "{c:?} in {source:?}: {decoded:?}");
        last = there.end;
    }
    for offset in decoded.span.start..=decoded.span.end {
        assert!(decoded.to_decoded(offset).unwrap() <= decoded.text.len());
    }
    assert_eq!(decoded.to_decoded(decoded.span.end + 1), None);
}

type Read = fn(&str) -> Option<Decoded<'_>>;

fn of_yaml(source: &str) -> Option<Decoded<'_>> {
    let root = parse(source, Span::new(0, source.len())).ok()??;
    let [entry, rest @ ..] = root.entries()? else { return None };
    let key_is_whole = entry.key.as_str() == Some("k");
    let rest_is_whole = rest.iter().all(|entry| entry.key.as_str() == Some("z"));
    (key_is_whole && rest_is_whole && rest.len() <= 1).then_some(())?;
    yaml::scalar(source, &entry.value, entry.key.span.end)
}

fn of_toml(source: &str) -> Option<Decoded<'_>> {
    let read = toml::read(source);
    let root = read.root.filter(|_| read.errors.is_empty())?;
    let entry = root.entries()?.first()?;
    let decoded = quoted::toml(source, entry.value.span);
    assert_eq!(decoded.text, published_toml(source).replace("\r\n", "\n"), "{source:?}");
    assert_eq!(entry.value.as_str(), Some(&*decoded.text), "{source:?}");
    (root.entries()?.len() == 1).then_some(decoded)
}

/// The first scalar as the published crate decodes it.
fn published_toml(source: &str) -> String {
    use toml_parser::parser::{Event, EventKind, parse_document};
    let source = toml_parser::Source::new(source);
    let mut events: Vec<Event> = Vec::new();
    parse_document(&source.lex().into_vec(), &mut events, &mut ());
    let scalar = events.iter().find(|event| event.kind() == EventKind::Scalar).unwrap();
    let mut text = alloc::borrow::Cow::Borrowed("");
    let _kind = source.get(scalar).unwrap().decode_scalar(&mut text, &mut ());
    text.into_owned()
}

fn of_json(source: &str) -> Option<Decoded<'_>> {
    let read = json::read(source);
    let root = read.root.filter(|_| read.errors.is_empty())?;
    let entry = root.entries()?.first()?;
    let known: serde_json::Value = serde_json::from_str(source).ok()?;
    assert_eq!(entry.value.as_str(), known["k"].as_str(), "{source:?}");
    Some(quoted::json(source, entry.value.span))
}

const WORDS: [&str; 16] = [
    "a", "b ", " c", "d: e", "\n", "\n", "\n\n", "é", "😀", "\"", "'", "\\", "#", "\t", " ", "- f",
];

/// Reads random values between `open` and `close`, checks their maps, and edits them.
fn edits_read_back(read: Read, open: &str, parts: &[&str], close: &str, least: (usize, usize)) {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut values, mut edits) = (0, 0);
    for _ in 0..1_500 {
        let source = format!("{open}{}{close}", dice.string(parts, 12));
        let Some(decoded) = read(&source) else { continue };
        let is_understood = decoded.form != decoded::Form::Opaque;
        assert!(is_understood || decoded.text.trim().is_empty(), "{source:?} {decoded:?}");
        if !is_understood {
            continue;
        }
        values += 1;
        holds_both_ways(&source, &decoded);
        let places: Vec<usize> =
            decoded.text.char_indices().map(|(at, _)| at).chain([decoded.text.len()]).collect();
        for _ in 0..6 {
            let (one, two) = (places[dice.roll(places.len())], places[dice.roll(places.len())]);
            let span = Span::new(one.min(two), one.max(two));
            let text = dice.string(&WORDS, 3);
            let Some((place, with)) = decoded.edit(&source, span, &text) else { continue };
            edits += 1;
            let edited = format!("{}{with}{}", &source[..place.start], &source[place.end..]);
            let meant =
                format!("{}{text}{}", &decoded.text[..span.start], &decoded.text[span.end..]);
            let said = format!("{source:?} with {text:?} at {span:?} is {edited:?}");
            let back = read(&edited).unwrap_or_else(|| panic!("{said}, which does not read"));
            if matches!(decoded.form, decoded::Form::Block(_)) {
                assert_eq!(
                    back.text.trim_end_matches('\n'),
                    meant.trim_end_matches('\n'),
                    "{said}"
                );
            } else {
                assert_eq!(back.text, meant, "{said}");
            }
        }
    }
    assert!(values >= least.0 && edits >= least.1, "{open:?}: only {values} values, {edits} edits");
}

const LINES: [&str; 16] = [
    "a", "b c", "  x", "\n  ", "\n  ", "\n  ", "\n\n  ", "\n    ", "\n", "# d", "é😀", " ", "\t",
    "\"'", "\\n", ": ",
];

#[test]
fn block_scalars_are_read_and_edited_in_place() {
    for header in ["|", "|-", "|+", "|2", "|2-", "| # x | y"] {
        for close in ["\n", "\nz: 1\n", "\n\n\nz: 1", ""] {
            edits_read_back(of_yaml, &format!("k: {header}\n  "), &LINES, close, (150, 300));
        }
    }
}

#[test]
fn folded_scalars_are_read_and_edited_in_place() {
    for header in [">", ">-", ">+", ">2"] {
        for close in ["\n", "\nz: 1\n"] {
            edits_read_back(of_yaml, &format!("k: {header}\n  "), &LINES, close, (100, 100));
        }
    }
}

#[test]
fn crlf_line_endings_become_one_character_in_the_text() {
    let lines: Vec<String> = LINES.iter().map(|part| part.replace('\n', "\r\n")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    edits_read_back(of_yaml, "k: |\r\n  ", &lines, "\r\nz: 1\r\n", (150, 300));
    edits_read_back(of_yaml, "k: >\r\n  ", &lines, "\r\nz: 1\r\n", (100, 100));
    edits_read_back(
        of_toml,
        "k = \"\"\"\r\n",
        &["a", "\r\n", "\\\r\n  ", "\"", " "],
        "\"\"\"\r\n",
        (150, 300),
    );
    edits_read_back(of_toml, "k = '''", &["a", "\r\n", "\\", "'", "\""], "'''\r\n", (150, 300));
}

#[test]
fn scalars_between_quotes_and_without_are_read_and_edited() {
    let double = [
        "a",
        " ",
        "\n  ",
        "\n\n  ",
        "\\n",
        "\\\"",
        "\\x41",
        "\\u00e9",
        "\\U0001F600",
        "\\\n   ",
        "\\ ",
        "\t",
        "'",
        "\\\\",
        "\\ud83d\\ude00",
        "é",
    ];
    edits_read_back(of_yaml, "k: \"", &double, "\"\nz: 1\n", (150, 300));
    let single = ["a", " ", "\n  ", "\n\n  ", "''", "\\", "\"", "\t", ": ", " #", "é"];
    edits_read_back(of_yaml, "k: '", &single, "'\n", (100, 100));
    let plain = ["a", "b", " ", "\n  ", "\n\n  ", "'", "\\", "-", "#", ":", "é"];
    edits_read_back(of_yaml, "k: ", &plain, "\nz: 1\n", (80, 25));
}

#[test]
fn toml_strings_are_read_and_edited() {
    let basic =
        ["a", " ", "\\n", "\\\"", "\\u00e9", "\\U0001F600", "\\\\", "\\x41", "\\e", "\t", "'", "é"];
    edits_read_back(of_toml, "k = \"", &basic, "\"\n", (150, 300));
    let multi = [
        "a",
        " ",
        "\n",
        "\\n",
        "\\\"",
        "\"",
        "\"\"",
        "\\\n  ",
        "\\ \n\n\t",
        "\\\\",
        "\\u00e9",
        "'",
        "é",
    ];
    edits_read_back(of_toml, "k = \"\"\"", &multi, "\"\"\"\n", (150, 300));
    edits_read_back(of_toml, "k = '", &["a", " ", "\\", "\"", "\t", "é"], "'\n", (100, 100));
    edits_read_back(
        of_toml,
        "k = '''",
        &["a", " ", "\n", "\\", "'", "''", "\"", "é"],
        "'''\n",
        (100, 100),
    );
}

#[test]
fn json_strings_are_read_and_edited() {
    let parts = [
        "a",
        " ",
        "\\n",
        "\\\"",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\\\",
        "\\/",
        "\\b\\f\\r\\t",
        "'",
        "é",
        "😀",
    ];
    edits_read_back(of_json, "{\"k\": \"", &parts, "\"}", (150, 300));
}

#[test]
fn the_map_of_plain_lines_is_small() {
    let source = format!("k: |\n{}", "  a line of text\n".repeat(1_000));
    assert_eq!(of_yaml(&source).unwrap().piece_count(), 1_000);
    let source = format!("k = '''\n{}'''", "a line of text\n".repeat(1_000));
    assert_eq!(of_toml(&source).unwrap().piece_count(), 1);
}
