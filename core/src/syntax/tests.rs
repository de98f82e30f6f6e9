use super::*;
use crate::host::Layout;
use crate::role::Syntax;
use crate::yaml::parse;
use alloc::string::{String, ToString};
use alloc::{format, vec};

/// Numbers that are the same in every run.
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

/// Every byte of the text is somewhere in the source, in order, and what is there leads back to it.
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

fn json_error(text: &str) -> String {
    let error = json::read(text).errors.remove(0);
    format!("{} {:?}: {}", error.span.start, error.span.of(text), error.message)
}

#[test]
fn an_error_in_json_is_named_at_the_place_to_fix() {
    for (text, expected) in [
        ("{\"a\": 1\n \"b\": 2}", "7 \"\": `,` is missing between two values"),
        ("{\"a\" 1}", "4 \"\": `:` is missing after the name"),
        ("{a: 1}", "1 \"a\": names must be in double quotes"),
        ("{\"a\": 'b'}", "6 \"'\": text must be in double quotes"),
        ("{\"a\": b c}", "6 \"b\": text must be in double quotes"),
        ("{\"a\": \"b\n c\"}", "8 \"\\n\": a line break in a string must be written as `\\n`"),
        ("{\"a\": \"b,\n\"c\": 1}", "6 \"\\\"\": the string is not closed"),
        (
            "{\"a\": \"\\d\"}",
            "7 \"\\\\d\": JSON knows no such escape; a backslash is written as `\\\\`",
        ),
        ("{\"a\": 1", "0 \"{\": `{` is not closed by `}`"),
        ("{\"a\": [1, 2}", "6 \"[\": `[` is not closed by `]`"),
        ("{} {}", "3 \"{}\": only one value may be in the file"),
        ("{\"a\": 01}", "6 \"01\": text must be in double quotes"),
        ("{\"a\":}", "4 \"\": the value is missing"),
    ] {
        assert_eq!(json_error(text), expected, "{text}");
    }
}

#[test]
fn comments_and_trailing_commas_are_accepted() {
    let text = "// x\n{\"a\": [1, /* y */ 2,], // z\n \"b\": null,}\n";
    let read = json::read(text);
    assert_eq!(read.errors, []);
    let root = read.root.unwrap();
    assert_eq!(root.get("a").unwrap().span.of(text), "[1, /* y */ 2,]");
    assert!(root.get("b").unwrap().is_null());
}

#[test]
fn reading_continues_after_an_error() {
    let text = "{\"a\": \"x,\n \"b\": {\"c\" 1, d: 2}\n \"e\": [1 2], \"f\": \"g\"}";
    let root = json::read(text).root.unwrap();
    let names: Vec<&str> = root.entries().unwrap().iter().filter_map(|e| e.key.as_str()).collect();
    assert_eq!(names, ["a", "b", "e", "f"]);
    assert_eq!(root.get("a").unwrap().as_str(), Some("x"));
    assert_eq!(root.get("b").unwrap().entries().unwrap().len(), 2);
    assert_eq!(root.get("e").unwrap().items().unwrap().len(), 2);
    let toml = toml::read("a = \nb = \"x\"\nc = \"y\nd = 1\n[e]\nf = [1,\n");
    let names: Vec<String> = toml
        .root
        .as_ref()
        .unwrap()
        .entries()
        .unwrap()
        .iter()
        .map(|e| e.key.as_str().unwrap().to_string())
        .collect();
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
    assert_eq!(toml.errors[0].span.start, 4);
}

#[test]
fn toml_tables_are_maps_with_places() {
    let text = "name = \"a\"\nx.y = 1_000\n[t]\nk = [1, {z = 'b'}]\n[[l]]\nn = 1\n[[l]]\nn = 2\n[l.m]\no = true\n";
    let root = toml::read(text).root.unwrap();
    assert_eq!(root.get("name").unwrap().span.of(text), "\"a\"");
    assert!(root.get("x").unwrap().get("y").unwrap().is_number());
    let items = root.get("t").unwrap().get("k").unwrap().items().unwrap();
    assert_eq!(items[1].get("z").unwrap().as_str(), Some("b"));
    let list = root.get("l").unwrap().items().unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!(list[1].get("m").unwrap().get("o").unwrap().as_bool(), Some(true));
}

#[test]
fn nothing_makes_a_reader_fail_or_run_long() {
    let mut dice = Dice(7);
    let parts = [
        "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\n", "a", " ", "=", "#", "/*", "//", "1",
        "\\u", "😀", ".",
    ];
    for _ in 0..20_000 {
        let text = dice.string(&parts, 20);
        let (_, _) = (json::read(&text), toml::read(&text));
    }
    for sign in ["{", "[", "\"a\":{", "a={", "a.", "[[", "a=[", "'", "\"\"\"", "\\", "/*", "{a "] {
        let text = sign.repeat(100_000);
        let (_, _) = (json::read(&text), toml::read(&text));
    }
    let _ = vec![toml::read("[a.b.c.d.e"), toml::read(&format!("[{}a]", "a.".repeat(100_000)))];
}

const MODES: Layout =
    Layout { paths: &["customModes[]", ""], prompts: &["roleDefinition"], named_by: None };

/// Names and prompts of the roles, a line each, and the errors with their lines.
fn told(text: &str, syntax: Syntax, layout: &Layout) -> (Vec<String>, Vec<String>) {
    let found = roles(text, syntax, layout);
    let name = |role: &RoleSource<'_>| match &role.key {
        Some((key, span)) => {
            assert!(span.of(text).contains(&**key));
            key.to_string()
        }
        None => role.fields.first().and_then(|f| f.value.as_str()).unwrap_or("?").to_string(),
    };
    let prompts = |role: &RoleSource<'_>| {
        role.prompts.iter().map(|prompt| prompt.text.text.to_string()).collect::<Vec<_>>().join("|")
    };
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let errors = found.errors.iter();
    (
        found.roles.iter().map(|role| format!("{}: {}", name(role), prompts(role))).collect(),
        errors.map(|error| format!("{} {}", line(error.span.start), error.message)).collect(),
    )
}

#[test]
fn roles_are_found_where_their_host_keeps_them() {
    let none = Vec::<String>::new;
    let yaml = "customModes:\n  - slug: a\n    roleDefinition: You a.\n  - slug: b\n    roleDefinition: >-\n      You\n      b.\n";
    assert_eq!(
        told(yaml, Syntax::Yaml, &MODES),
        (vec!["a: You a.".into(), "b: You b.".into()], none())
    );
    assert_eq!(
        told("slug: c\nroleDefinition: x\n", Syntax::Yaml, &MODES),
        (vec!["c: x".into()], none())
    );
    let map = Layout { paths: &["agent.*", "*"], prompts: &["prompt"], named_by: None };
    let json = "{\"agent\": {\"a\": {\"prompt\": \"x\\ny\"}, \"b\": {\"prompt\": \"file://b.md\"}, \"c\": 1}}";
    assert_eq!(told(json, Syntax::Json, &map), (vec!["a: x\ny".into(), "b: ".into()], none()));
    let flat = "{\"a\": {\"prompt\": \"x\"}}";
    assert_eq!(told(flat, Syntax::Json, &map), (vec!["a: x".into()], none()));
    let two = Layout { paths: &["*"], prompts: &["role", "goal"], named_by: None };
    let crew = "a:\n  goal: g\n  role: r\nb:\n  role: s\n";
    assert_eq!(told(crew, Syntax::Yaml, &two), (vec!["a: r|g".into(), "b: s".into()], none()));
    let chat = Layout { paths: &["messages[]", "[]"], prompts: &["content"], named_by: None };
    let json = "[{\"role\": \"system\", \"content\": \"x\"}]";
    assert_eq!(told(json, Syntax::Json, &chat), (vec!["system: x".into()], none()));
    let whole = Layout { paths: &[""], prompts: &["developer_instructions"], named_by: None };
    let toml = "name = \"a\"\ndeveloper_instructions = '''\nx\n'''\n[mcp]\n";
    assert_eq!(told(toml, Syntax::Toml, &whole), (vec!["a: x\n".into()], none()));
}

#[test]
fn a_broken_role_does_not_hide_the_others() {
    let text = "customModes:\n  - slug: a\n    roleDefinition: You: a\n    name: x\n  - slug: b\n    roleDefinition: |\n      You b.\n    name: *\n\n  - slug: c\n    roleDefinition: You c.\n";
    let (roles, errors) = told(text, Syntax::Yaml, &MODES);
    assert_eq!(roles, ["a: You: a", "b: You b.\n", "c: You c."]);
    assert_eq!(
        errors,
        ["3 a value with `: ` needs quotes", "8 a value that begins with `*` or `&` needs quotes"]
    );
    let map = Layout { paths: &["*"], prompts: &["role"], named_by: None };
    let (roles, errors) = told("a:\n  role: \"x\nb:\n  role: y\n", Syntax::Yaml, &map);
    assert_eq!(roles, ["a: \"x", "b: y"]);
    assert_eq!(errors.len(), 1);
    let json = "{\"a\": {\"role\": \"x\", \"b\": 1 2}, \"b\": {\"role\" \"y\"}}";
    let (roles, errors) = told(json, Syntax::Json, &map);
    assert_eq!((roles, errors.len()), (vec!["a: x".to_string(), "b: y".to_string()], 1));
}

#[test]
fn broken_yaml_of_any_shape_is_read_in_linear_time() {
    let mut dice = Dice(11);
    let parts =
        ["a:", "- ", "\n", "\n  ", "\n    ", " b", "*", ": ", "\"", "|", "\t", "#", "[", "{", "é"];
    for _ in 0..5_000 {
        let text = dice.string(&parts, 24);
        let _ = roles(&text, Syntax::Yaml, &MODES);
    }
    let many = format!("customModes:\n{}", "  - slug: a: b\n    name: *\n".repeat(5_000));
    let found = roles(&many, Syntax::Yaml, &MODES);
    assert_eq!((found.roles.len(), found.errors.len()), (5_000, MAX_ERRORS));
}
