use crate::Case;
use rolewright_core::{Target, compile};
use rolewright_services::{prompt_ranges, source_location, source_map};

fn role() -> Case {
    Case::at("roles/a.md", "# 漢 Role\n\n{{include:shared/tone.md}}\n\nEnd.\n")
        .beside("shared/tone.md", "Be kind.\n")
}

fn compiled(case: &Case) -> rolewright_core::compile::Compiled {
    compile(&case.input(), &case.options, &Target::of(None))
}

#[test]
fn a_place_of_the_prompt_leads_to_its_source_and_the_includes_above_it() {
    let case = role();
    let done = compiled(&case);
    let at = u32::try_from(done.prompt[..done.prompt.find("kind").unwrap()].encode_utf16().count())
        .unwrap();
    let found = source_location(&done, &case.document(), at);
    let shown: Vec<_> = found
        .iter()
        .map(|l| format!("{}:{}:{}", l.path, l.range.start.line, l.range.start.column))
        .collect();
    assert_eq!(shown, ["shared/tone.md:1:4", "roles/a.md:3:1"]);
    assert!(source_location(&done, &case.document(), 9_999).is_empty());
}

#[test]
fn a_part_of_a_source_leads_to_every_place_in_the_prompt() {
    let case = Case::at("roles/a.md", "{{include:x.md}}\n\n{{include:x.md}}\n")
        .beside("roles/x.md", "Twice.\n");
    let done = compiled(&case);
    let found = prompt_ranges(&done, &case.document(), "roles/x.md", 0, 5);
    let parts: Vec<_> =
        found.iter().map(|(start, end)| &done.prompt[*start as usize..*end as usize]).collect();
    assert_eq!(parts, ["Twice", "Twice"]);
    assert!(prompt_ranges(&done, &case.document(), "other.md", 0, 5).is_empty());
}

#[test]
fn a_source_map_names_every_file() {
    let case = role();
    let map: serde_json::Value =
        serde_json::from_str(&source_map(&compiled(&case), &case.document())).unwrap();
    assert_eq!(map["version"], 3);
    assert_eq!(map["sources"], serde_json::json!(["roles/a.md", "shared/tone.md"]));
    assert!(!map["mappings"].as_str().unwrap().is_empty());
}
