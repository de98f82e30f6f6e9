//! Tests the JSON and TOML readers with input that people write, errors included.

use super::*;

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
        ("{\"a\": \"\\d\"}", "7 \"\\\\d\": JSON has no such escape; write a backslash as `\\\\`"),
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
