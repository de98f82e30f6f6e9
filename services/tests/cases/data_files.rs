//! The same requests in the prompt of every syntax: a YAML block scalar, a TOML literal string and
//! an escaped JSON string give the same answers.

use crate::Case;
use rolewright_services::{
    code_actions, complete, definition, document_symbols, folding_ranges, hover, links, outline,
    references, rename,
};
use rolewright_wire::{CodeActionKind, SymbolKind};

/// Files of three syntaxes whose prompt is `prompt`; the carets in it stay.
fn with_prompt(prompt: &str) -> [Case; 3] {
    let block = prompt.replace('\n', "\n      ");
    let json = serde_json::to_string(prompt).unwrap();
    [
        Case::at(
            ".roomodes",
            &format!(
                "customModes:\n  - slug: first\n    name: First\n    groups: [read]\n    roleDefinition: |\n      {block}\n  - slug: second\n    name: Second\n    groups: [edit]\n    roleDefinition: Acts.\n"
            ),
        ),
        Case::at(
            ".codex/agents/first.toml",
            &format!("name = \"first\"\ndescription = \"Reviews.\"\ndeveloper_instructions = '''\n{prompt}'''\n"),
        ),
        Case::at(
            ".kiro/agents/first.json",
            &format!("{{\n  \"name\": \"first\",\n  \"description\": \"Reviews.\",\n  \"prompt\": {json}\n}}\n"),
        ),
    ]
    .map(|case| {
        case.beside("shared/tone.md", "# Tone\n\nBe kind.\n\n## Words\n\nFew words. {{NAME}}\n")
    })
}

#[test]
fn paths_and_sections_of_includes_are_completed() {
    for case in with_prompt("Text \"quoted\".\n\n{{include:shared/to‸}}\n") {
        let labels: Vec<_> =
            complete(&case.document(), case.caret()).into_iter().map(|item| item.label).collect();
        assert_eq!(labels, ["shared/tone.md"], "{}", case.path);
    }
    for case in with_prompt("{{include:shared/tone.md#wo‸}}\n") {
        let found = complete(&case.document(), case.caret());
        assert_eq!(found[0].label, "words", "{}", case.path);
        assert_eq!(case.part(&case.path, found[0].edit.range), "wo", "{}", case.path);
    }
}

#[test]
fn variables_and_rules_are_completed() {
    for case in with_prompt("{{OTHER}} and {{OT‸}}\n") {
        let found = complete(&case.document(), case.caret());
        assert_eq!(found[0].label, "OTHER", "{}", case.path);
    }
    for case in with_prompt("<!-- rolewright-ignore nested-f‸ -->\n\nText.\n") {
        let found = complete(&case.document(), case.caret());
        assert_eq!(found[0].label, "nested-fence", "{}", case.path);
    }
}

#[test]
fn plain_text_completes_nothing() {
    for case in with_prompt("You na‸\n") {
        assert!(complete(&case.document(), case.caret()).is_empty(), "{}", case.path);
    }
}

#[test]
fn directives_are_explained_at_their_exact_place() {
    for case in with_prompt("Say \"x\".\n\n{{include:shared/to‸ne.md}}\n") {
        let found = hover(&case.document(), case.caret()).unwrap();
        assert_eq!(case.part(&case.path, found.range), "{{include:shared/tone.md}}");
        assert!(found.text.starts_with("Inserts `shared/tone.md`"), "{}", found.text);
    }
    for case in with_prompt("Hello {{NA‸ME}}.\n") {
        let found = hover(&case.document(), case.caret()).unwrap();
        assert_eq!(case.part(&case.path, found.range), "{{NAME}}");
    }
}

#[test]
fn fields_and_tools_around_a_prompt_are_explained() {
    for (path, text, part) in [
        (".roomodes", "customModes:\n  - slug: a\n    gro‸ups: [read]\n", "groups"),
        (".codex/agents/a.toml", "name = \"a\"\nmo‸del = \"x\"\n", "model"),
        (".kiro/agents/a.json", "{ \"to‸ols\": [\"read\"] }\n", "tools"),
    ] {
        let case = Case::at(path, text);
        let found = hover(&case.document(), case.caret()).unwrap();
        assert_eq!(case.part(path, found.range).trim_matches('"'), part, "{path}");
        assert!(found.text.starts_with(&format!("**{part}**")), "{path}: {}", found.text);
    }
    let case = Case::at(".kiro/agents/a.json", "{ \"tools\": [\"re‸ad\", \"write\"] }\n");
    let found = hover(&case.document(), case.caret()).unwrap();
    assert!(found.text.contains("is a tool in"), "{}", found.text);
}

#[test]
fn names_lead_to_what_they_name() {
    for case in with_prompt("Text.\n\n{{include:shared/tone.md#wo‸rds}}\n") {
        let found = definition(&case.document(), case.caret());
        assert_eq!(found[0].path, "shared/tone.md", "{}", case.path);
        assert_eq!(case.part("shared/tone.md", found[0].range), "## Words");
    }
}

#[test]
fn variables_are_found_and_renamed_across_syntaxes() {
    for case in with_prompt("{{NA‸ME}} \"and\" {{include:shared/tone.md}} {{NAME}}\n") {
        let found = references(&case.document(), case.caret());
        assert_eq!(found.len(), 3, "{}: {found:?}", case.path);
        assert!(found.iter().all(|place| case.part(&place.path, place.range) == "NAME"));
        let done = rename(&case.document(), case.caret(), "TEAM").unwrap();
        let after = case.after(&done.edits);
        assert_eq!(after[&case.path].matches("{{TEAM}}").count(), 2, "{}", case.path);
        assert!(after["shared/tone.md"].contains("{{TEAM}}"));
    }
}

#[test]
fn a_heading_in_a_prompt_is_renamed_in_its_own_encoding() {
    for case in with_prompt("# To‸p\n\n[up](#top)\n") {
        let done = rename(&case.document(), case.caret(), "Say \"hi\"").unwrap();
        let after = &case.after(&done.edits)[&case.path];
        let json = case.path.ends_with(".json");
        let heading = if json { "# Say \\\"hi\\\"" } else { "# Say \"hi\"" };
        assert!(after.contains(heading) && after.contains("(#say-hi)"), "{after}");
    }
}

#[test]
fn each_role_is_a_symbol_with_its_fields_and_sections() {
    for case in with_prompt("# One\n\n## Two\n\ntext\n") {
        let found = document_symbols(&case.document());
        let sections: Vec<_> = found[0]
            .children
            .iter()
            .filter(|child| child.kind == SymbolKind::Section)
            .map(|child| (child.name.as_str(), child.children.len()))
            .collect();
        assert_eq!(sections, [("One", 1)], "{}", case.path);
        assert_eq!(case.part(&case.path, found[0].children.last().unwrap().selection), "One");
        let roles = if case.path == ".roomodes" { 2 } else { 1 };
        assert_eq!(found.len(), roles, "{}", case.path);
    }
}

#[test]
fn links_and_outline_have_places_in_the_file() {
    for case in with_prompt("# \"Top\"\n\n{{include:shared/tone.md}} [w](https://example.org)\n") {
        let parts: Vec<_> = links(&case.document())
            .into_iter()
            .map(|link| case.part(&case.path, link.range))
            .collect();
        assert_eq!(parts, ["shared/tone.md", "[w](https://example.org)"], "{}", case.path);
        let found = outline(&case.document());
        assert_eq!(found.sections[0].title, "\"Top\"");
        assert_eq!(found.directives[0].name, "shared/tone.md");
        assert!(found.fields.iter().any(|field| field.name == "name"), "{}", case.path);
    }
}

#[test]
fn prompts_of_several_lines_fold() {
    for case in with_prompt("# One\n\ntext\n\n# Two\n\ntext\n").into_iter().take(2) {
        let found = folding_ranges(&case.document());
        assert!(found.len() >= 2, "{}: {found:?}", case.path);
    }
}

#[test]
fn a_missing_include_is_offered_and_created() {
    for case in with_prompt("Text.\n\n{{include:shared/no‸ne.md}}\n") {
        let found = code_actions(&case.document(), case.caret(), case.caret());
        let create = found.iter().find(|action| action.kind == CodeActionKind::CreateInclude);
        assert_eq!(create.unwrap().creates[0].0, "shared/none.md", "{}", case.path);
    }
}

#[test]
fn a_fix_in_a_prompt_is_written_in_its_own_encoding() {
    let prompt = "Run this:\n\n```md\n‸\\`\\`\\`sh\nls\n\\`\\`\\`\n```\n\nThen stop.\n";
    for case in with_prompt(prompt) {
        let found = code_actions(&case.document(), case.caret(), case.caret());
        let fix = found.iter().find(|action| action.kind == CodeActionKind::Fix);
        let fix = fix.unwrap_or_else(|| panic!("{}: {found:?}", case.path));
        let after = case.after(&fix.edits).remove(&case.path).unwrap();
        if case.path.ends_with(".json") {
            let read: serde_json::Value = serde_json::from_str(&after).unwrap();
            assert!(read["prompt"].as_str().unwrap().contains("```sh\nls"), "{after}");
        }
        assert!(!after.contains("\\`\\`\\`sh"), "{after}");
    }
}

#[test]
fn a_rule_is_turned_off_in_a_prompt_by_a_comment_there() {
    for case in with_prompt("Text.\n\n{{include:shared/no‸ne.md}}\n") {
        let found = code_actions(&case.document(), case.caret(), case.caret());
        let action = found.iter().find(|action| action.kind == CodeActionKind::SuppressHere);
        let after = case.after(&action.unwrap().edits).remove(&case.path).unwrap();
        assert!(after.contains("<!-- rolewright-ignore missing-include -->"), "{after}");
    }
}

#[test]
fn broken_files_answer_in_what_can_still_be_read() {
    for (path, text) in [
        (
            ".roomodes",
            "customModes:\n  - slug: a\n    roleDefinition: |\n      See {{include:shared/to‸}}\n  - slug: [b\n",
        ),
        (
            ".codex/agents/a.toml",
            "name = \ndeveloper_instructions = '''\nSee {{include:shared/to‸}}\n'''\nmodel = \"x\n",
        ),
        (".kiro/agents/a.json", "{ \"name\": , \"prompt\": \"See {{include:shared/to‸}}\" \n"),
    ] {
        let case = Case::at(path, text).beside("shared/tone.md", "x\n");
        let found = complete(&case.document(), case.caret());
        assert_eq!(found.first().map(|item| item.label.as_str()), Some("shared/tone.md"), "{path}");
    }
}
