use super::*;
use alloc::format;
use alloc::string::ToString;

fn root(text: &str) -> Node<'_> {
    parse(text, Span::new(0, text.len())).unwrap().unwrap()
}

fn fails(text: &str) -> (usize, YamlErrorKind) {
    let error = parse(text, Span::new(0, text.len())).unwrap_err();
    (error.offset, error.kind)
}

#[test]
fn quoted_value_keeps_its_span() {
    let text = "name: \"a b\"\ntools: [Read, 'Grep']\n";
    let node = root(text);
    assert_eq!(node.get("name").unwrap().span.of(text), "\"a b\"");
    let tools = node.get("tools").unwrap();
    assert_eq!(tools.span.of(text), "[Read, 'Grep']");
    let spans: Vec<&str> = tools.items().unwrap().iter().map(|n| n.span.of(text)).collect();
    assert_eq!(spans, ["Read", "'Grep'"]);
}

#[test]
fn block_sequence_ends_with_its_last_item() {
    let text = "tools:\n  - Read\n  - Grep\n\nmodel: opus\n";
    assert_eq!(root(text).get("tools").unwrap().span.of(text), "- Read\n  - Grep");
}

#[test]
fn block_scalar_is_read_and_placed() {
    let text = "description: |-\n  one\n  two\nmodel: x\n";
    let value = root(text);
    let value = value.get("description").unwrap();
    assert_eq!((value.as_str().unwrap(), value.style()), ("one\ntwo", Some(Style::Literal)));
    assert!(value.span.of(text).contains("one\n  two"));
}

#[test]
fn spans_count_bytes_after_other_scripts() {
    let text = "a: 漢字\nb: x\n";
    assert_eq!(root(text).get("b").unwrap().span.of(text), "x");
}

#[test]
fn repeated_keys_are_all_there() {
    assert_eq!(root("a: 1\na: 2\n").entries().unwrap().len(), 2);
}

#[test]
fn colon_in_a_plain_value_is_named() {
    assert_eq!(fails("description: use it: often\n"), (19, YamlErrorKind::ColonInPlainValue));
}

#[test]
fn star_without_a_name_is_an_alias_error() {
    assert_eq!(fails("tools: *\n").1, YamlErrorKind::Alias);
    assert_eq!(fails("tools: *missing\n").1, YamlErrorKind::Alias);
}

#[test]
fn reserved_character_is_named() {
    assert_eq!(fails("description: @Observable\n"), (13, YamlErrorKind::ReservedCharacter));
}

#[test]
fn aliases_cannot_grow_without_bound() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..9 {
        let below = format!("*a{}", level - 1);
        let list = [below.as_str(); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    assert_eq!(fails(&text).1, YamlErrorKind::TooLarge);
}

#[test]
fn a_long_list_without_aliases_is_read_whole() {
    let text = "- x\n".repeat(3 * MAX_NODES);
    assert_eq!(root(&text).items().unwrap().len(), 3 * MAX_NODES);
}

#[test]
fn an_absent_value_is_an_empty_scalar() {
    let node = root("a:\nb: {c, d: }\n");
    assert_eq!(node.get("a").unwrap().as_str(), Some(""));
    assert!(node.get("b").unwrap().entries().unwrap().iter().all(|e| e.value.is_null()));
}

#[test]
fn empty_text_gives_no_node() {
    assert_eq!(parse("", Span::new(0, 0)).unwrap(), None);
    assert_eq!(parse("# only a comment\n", Span::new(0, 17)).unwrap(), None);
}

#[test]
fn values_know_their_core_schema_type() {
    let node = root("a: true\nb: 3.5\nc: ~\nd: \"true\"\ne: yes\n");
    assert_eq!(node.get("a").unwrap().as_bool(), Some(true));
    assert!(node.get("b").unwrap().is_number());
    assert!(node.get("c").unwrap().is_null());
    assert_eq!(node.get("d").unwrap().as_bool(), None);
    assert_eq!(node.get("e").unwrap().as_bool(), None);
}

#[test]
fn numbers_are_those_of_the_core_schema() {
    for text in ["0", "-1", "+1.5", ".5", "1.", "1e3", "1.5E-2", "0x1F"] {
        assert!(root(text).is_number(), "{text}");
    }
    for text in ["1.2.3", "e3", ".", "-", "1e", "0x", "v1", "1_000", "'1'", "NaN"] {
        assert!(!root(text).is_number(), "{text}");
    }
}
