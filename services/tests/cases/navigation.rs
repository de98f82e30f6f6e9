use crate::{Case, case};
use rolewright_services::{definition, references};
use rolewright_wire::Location;

fn shown(case: &Case, found: Vec<Location>) -> Vec<String> {
    let show = |place: Location| {
        let part = case.part(&place.path, place.range);
        format!("{}:{} {part}", place.path, place.range.start.line)
    };
    found.into_iter().map(show).collect()
}

fn defined(case: &Case) -> Vec<String> {
    shown(case, definition(&case.document(), case.caret()))
}

fn used(case: &Case) -> Vec<String> {
    shown(case, references(&case.document(), case.caret()))
}

fn role(text: &str) -> Case {
    Case::at("roles/a.md", text)
        .beside("shared/tone.md", "# Tone\n\nBe kind.\n\n## Words\n\nFew. {{NAME}}\n")
        .beside(
            "roles/b.md",
            "{{include:../shared/tone.md#words}} {{NAME}}\n[t](../shared/tone.md)\n",
        )
}

#[test]
fn the_path_of_an_include_leads_to_its_file() {
    assert_eq!(defined(&role("{{include:shared/to‸ne.md}}\n")), ["shared/tone.md:1 "]);
    assert_eq!(defined(&role("{{include:shared/no‸ne.md}}\n")), [""; 0]);
}

#[test]
fn a_fragment_leads_to_its_section() {
    assert_eq!(
        defined(&role("{{include:shared/tone.md#wo‸rds}}\n")),
        ["shared/tone.md:5 ## Words"]
    );
}

#[test]
fn a_link_leads_to_a_file_or_a_heading() {
    assert_eq!(defined(&role("[x](../shared/to‸ne.md)\n")), ["shared/tone.md:1 "]);
    assert_eq!(defined(&role("[x](../shared/to‸ne.md#words)\n")), ["shared/tone.md:5 ## Words"]);
    assert_eq!(defined(&role("[x](#to‸p)\n\n# Top\n")), ["roles/a.md:3 # Top"]);
    assert_eq!(defined(&role("[x](https://exa‸mple.org)\n")), [""; 0]);
}

#[test]
fn a_variable_leads_to_its_declaration_even_in_another_file() {
    let text = "---\nvariables:\n  NAME: x\n---\n{{include:shared/tone.md}} {{NA‸ME}}\n";
    assert_eq!(defined(&role(text)), ["roles/a.md:3 NAME"]);
    let part = Case::at("shared/part.md", "{{NA‸ME}}\n")
        .beside("roles/a.md", "---\nvariables: {NAME: x}\n---\n{{include:shared/part.md}}\n");
    assert_eq!(defined(&part), ["roles/a.md:2 NAME"]);
}

#[test]
fn a_subagent_that_a_field_names_leads_to_its_file() {
    let case =
        Case::at(".github/agents/a.agent.md", "---\ndescription: x\nagents: [plan‸ner]\n---\n")
            .host("vscode-agent")
            .beside(".github/agents/planner.agent.md", "---\nname: planner\ndescription: y\n---\n");
    assert_eq!(defined(&case), [".github/agents/planner.agent.md:2 planner"]);
}

#[test]
fn a_file_is_referenced_by_includes_and_links() {
    assert_eq!(
        used(&role("{{include:shared/to‸ne.md}}\n")),
        [
            "roles/a.md:1 shared/tone.md",
            "roles/b.md:1 ../shared/tone.md",
            "roles/b.md:2 [t](../shared/tone.md)"
        ]
    );
}

#[test]
fn a_section_is_referenced_by_fragments_and_anchors() {
    assert_eq!(
        used(&role("{{include:shared/tone.md#wo‸rds}}\n")),
        ["roles/a.md:1 words", "roles/b.md:1 words"]
    );
    assert_eq!(used(&case("# T‸op\n\n[up](#top)\n")), [".claude/agents/reviewer.md:3 [up](#top)"]);
}

#[test]
fn a_variable_is_referenced_in_every_file_that_shares_it() {
    assert_eq!(
        used(&role("{{include:shared/tone.md}} {{NA‸ME}}\n")),
        ["roles/a.md:1 NAME", "roles/b.md:1 NAME", "shared/tone.md:7 NAME"]
    );
    assert_eq!(used(&role("{{NA‸ME}}\n")), ["roles/a.md:1 NAME"], "b shares nothing with a");
}

#[test]
fn plain_text_leads_nowhere() {
    assert_eq!(defined(&case("plain ‸text\n")), [""; 0]);
    assert_eq!(used(&case("plain ‸text\n")), [""; 0]);
}
