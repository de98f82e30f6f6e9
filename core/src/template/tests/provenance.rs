use super::*;
use alloc::borrow::Cow;

/// Segments as `text|kind|file|source`.
fn segments(tried: &Try) -> Vec<String> {
    let expanded = tried.run();
    let shown = |s: &Segment| {
        let file = expanded.files[s.file as usize].as_str();
        let text =
            if file == "roles/main.md" { tried.text.as_str() } else { tried.files[file].as_str() };
        format!("{:?} {} {file} {:?}", s.out.of(&expanded.text), s.kind.name(), s.source.of(text))
    };
    expanded.segments.iter().map(shown).collect()
}

#[test]
fn every_byte_has_its_place() {
    let tried =
        try_out("# T\n{{include:a.md}}\nb {{V}} {{W}}").file("a.md", "# A\n").value("V", "1");
    assert_eq!(
        segments(&tried),
        [
            r##""# T\n" literal roles/main.md "# T\n""##,
            r#""\n" blank roles/main.md "{{include:a.md}}""#,
            r##""#" shift roles/main.md "{{include:a.md}}""##,
            r##""# A\n" literal a.md "# A\n""##,
            r#""\n" blank roles/main.md "{{include:a.md}}""#,
            r#""b " literal roles/main.md "b ""#,
            r#""1" variable roles/main.md "{{V}}""#,
            r#"" " literal roles/main.md " ""#,
            r#""{{W}}" unfilled roles/main.md "{{W}}""#,
            r#""\n" blank roles/main.md """#,
        ]
    );
}

#[test]
fn an_indented_piece_keeps_its_place() {
    let tried = try_out("- a\n  {{include:a.md}}\n").file("a.md", "x\r\ny\n");
    assert_eq!(
        segments(&tried),
        [
            r#""- a\n" literal roles/main.md "- a\n""#,
            r#""\n" blank roles/main.md "{{include:a.md}}""#,
            r#""  " indent roles/main.md "{{include:a.md}}""#,
            r#""x\n" literal a.md "x\r\n""#,
            r#""  " indent roles/main.md "{{include:a.md}}""#,
            r#""y\n" literal a.md "y\n""#,
        ]
    );
}

#[test]
fn offsets_lead_to_file_range_and_chain() {
    let tried = try_out("top\n{{include:a.md}}\n")
        .file("a.md", "A\n{{include:b.md}}\n")
        .file("b.md", "deep text");
    let expanded = tried.run();
    let at = expanded.text.find("text").unwrap();
    let (segment, offset) = expanded.origin(at).unwrap();
    assert_eq!(expanded.files[segment.file as usize], "b.md");
    assert_eq!(offset, 5);
    let hops: Vec<&str> = expanded
        .hops(segment.chain)
        .iter()
        .map(|p| expanded.files[p.file as usize].as_str())
        .collect();
    assert_eq!(hops, ["roles/main.md", "a.md"]);
    assert!(expanded.origin(expanded.text.len()).is_none());
}

#[test]
fn a_source_range_leads_to_every_place_it_ends_up() {
    let tried = try_out("{{include:a.md}}\n\nx {{V}}\n\n{{include:a.md}}\n")
        .file("a.md", "A bc d\n")
        .value("V", "1");
    let expanded = tried.run();
    let all = expanded.destinations();
    let file = |path: &str| expanded.files.iter().position(|f| f == path).unwrap() as u32;
    let found = all.of(file("a.md"), Span::new(2, 4));
    let texts: Vec<&str> = found.iter().map(|s| s.of(&expanded.text)).collect();
    assert_eq!(texts, ["bc", "bc"]);
    let main = tried.text.as_str();
    let at = main.find("{{V").unwrap();
    assert_eq!(all.of(file("roles/main.md"), Span::at(at + 2))[0].of(&expanded.text), "1");
    assert_eq!(all.of(file("a.md"), Span::at(99)), []);
    assert_eq!(all.of(99, Span::at(0)), []);
}

#[test]
fn the_tree_of_includes_has_sizes_and_states() {
    let expanded = try_out("{{include:a.md}}\n{{include:no.md}}\n{{include:o.md|optional}}\n")
        .file("a.md", "A {{include:b.md}}\n")
        .file("b.md", "BB")
        .run();
    let nodes: Vec<_> =
        expanded.includes.iter().map(|n| (n.path.as_str(), n.depth, n.state, n.bytes)).collect();
    assert_eq!(
        nodes,
        [
            ("roles/main.md", 0, IncludeState::Included, expanded.text.len()),
            ("a.md", 1, IncludeState::Included, 5),
            ("b.md", 2, IncludeState::Included, 2),
            ("no.md", 1, IncludeState::Missing, 0),
            ("o.md", 1, IncludeState::Absent, 0),
        ]
    );
}

#[test]
fn a_source_map_follows_the_format() {
    let expanded = try_out("é {{V}}\nb\n").value("V", "1").run();
    assert_eq!(
        source_map(&expanded, "out.md", |_| Some("é {{V}}\nb\n".into())),
        r#"{"version":3,"file":"out.md","sources":["roles/main.md"],"names":[],"mappings":"AAAA,EAAE,CAAK;AACP"}"#
    );
}

/// Files in a caller-defined order.
struct Unsorted(Vec<(&'static str, &'static str)>);

impl Files for Unsorted {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.0.iter().find(|(known, _)| *known == path).map(|(_, text)| Cow::Borrowed(*text))
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        self.0.iter().map(|(path, _)| Cow::Borrowed(*path)).collect()
    }
}

#[test]
fn order_of_files_and_unused_files_change_nothing() {
    let text = "{{include:a.md}}{{include:b.md}}{{include:C.md}}{{include:Aa.md}}";
    let expanded = |files: Unsorted| {
        let input = Input::new(text).at("roles/main.md").with_files(&files);
        let expanded = expand(&input, &Options::new());
        (expanded.text, expanded.segments, expanded.problems)
    };
    let one = expanded(Unsorted(std::vec![
        ("a.md", "A"),
        ("b.md", "B"),
        ("c.md", "1"),
        ("AA.md", "2"),
        ("aa.md", "3")
    ]));
    let two = expanded(Unsorted(std::vec![
        ("z.md", "Z"),
        ("aa.md", "3"),
        ("AA.md", "2"),
        ("c.md", "1"),
        ("b.md", "B"),
        ("a.md", "A")
    ]));
    assert_eq!(one.0, "AB12\n");
    assert_eq!(one, two);
}

#[test]
fn fences_marks_and_joined_lines_have_their_places() {
    let tried = try_out("{{include:a.md|fence=x|wrap=xml}}\n\nb {{include:a.md}} c\n")
        .file("a.md", "1\n2\n");
    assert_eq!(
        segments(&tried),
        [
            r#""<document path=\"a.md\">\n" wrap roles/main.md "{{include:a.md|fence=x|wrap=xml}}""#,
            r#""```x\n" fence roles/main.md "{{include:a.md|fence=x|wrap=xml}}""#,
            r#""1\n2\n" literal a.md "1\n2\n""#,
            r#""```\n" fence roles/main.md "{{include:a.md|fence=x|wrap=xml}}""#,
            r#""</document>\n" wrap roles/main.md "{{include:a.md|fence=x|wrap=xml}}""#,
            r#""\nb " literal roles/main.md "\nb ""#,
            r#""1 2" literal a.md "1\n2""#,
            r#"" c\n" literal roles/main.md " c\n""#,
        ]
    );
}
