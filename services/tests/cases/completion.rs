use crate::{Case, case};
use rolewright_core::host::{FieldStatus, HOSTS, Syntax};
use rolewright_services::complete;

fn labels(case: &Case) -> Vec<String> {
    complete(&case.document(), case.caret()).into_iter().map(|item| item.label).collect()
}

/// The text after accepting the completion called `label`.
fn taken(case: &Case, label: &str) -> String {
    let found = complete(&case.document(), case.caret());
    let item = found.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not among {found:?}"));
    let units: Vec<u16> = case.text.encode_utf16().collect();
    let (start, end) = (item.edit.range.start.offset, item.edit.range.end.offset);
    let before = String::from_utf16(&units[..start as usize]).unwrap();
    let after = String::from_utf16(&units[end as usize..]).unwrap();
    format!("{before}{}{after}", item.edit.text)
}

#[test]
fn a_key_is_completed_the_required_ones_first_none_twice() {
    assert_eq!(labels(&case("---\n‸\n---\n"))[..2], ["name", "description"]);
    assert!(!labels(&case("---\nname: x\n‸\n---\n")).contains(&"name".into()));
    assert!(!labels(&case("---\n‸\nname: x\n---\n")).contains(&"name".into()));
    let written = taken(&case("---\nname: x\nmod‸\n---\n"), "model");
    assert_eq!(written, "---\nname: x\nmodel: \n---\n");
}

#[test]
fn a_key_is_completed_while_the_front_matter_has_no_end_yet() {
    assert!(labels(&case("---\nna‸")).contains(&"name".into()));
    assert!(labels(&case("---\nname: x\ndesc‸\n\n# Title\n")).contains(&"description".into()));
}

#[test]
fn in_the_middle_of_a_word_the_whole_word_is_replaced_and_a_colon_is_not_doubled() {
    let written = taken(&case("---\nname: x\nmo‸dl: opus\n---\n"), "model");
    assert_eq!(written, "---\nname: x\nmodel: opus\n---\n");
    let written = taken(&case("---\nname: x\ntools: Gr‸ap, Read\n---\n"), "Grep");
    assert_eq!(written, "---\nname: x\ntools: Grep, Read\n---\n");
}

#[test]
fn fields_that_a_host_has_given_up_are_not_offered() {
    let found = labels(&case("---\n‸\n---\n").host("vscode-agent"));
    assert!(found.contains(&"user-invocable".into()) && !found.contains(&"infer".into()));
}

#[test]
fn tools_are_completed_in_every_way_a_list_of_them_is_written_and_none_twice() {
    for tools in [
        "tools: Read, Gr‸",
        "tools: [Gr‸",
        "tools: [\"Read\", \"Gr‸\"]",
        "tools:\n  - Read\n  - Gr‸",
        "tools:\n- Read\n- Gr‸",
        "tools: [\n  Read,\n  Gr‸\n]",
        "disallowedTools: Gr‸",
    ] {
        assert_eq!(labels(&case(&format!("---\nname: x\n{tools}\n---\n"))), ["Grep"], "{tools}");
    }
    assert!(!labels(&case("---\nname: x\ntools: Read, ‸\n---\n")).contains(&"Read".into()));
    assert_eq!(labels(&case("---\ntools:\n  ba‸\n---\n").host("opencode")), ["bash"]);
}

#[test]
fn values_are_those_that_the_field_knows() {
    assert_eq!(labels(&case("---\npermissionMode: acc‸\n---\n")), ["acceptEdits"]);
    assert_eq!(labels(&case("---\nbackground: ‸\n---\n")), ["true", "false"]);
    assert!(labels(&case("---\nmodel: op‸\n---\n")).contains(&"opus".into()));
    assert_eq!(labels(&case("---\nmodel: \"hai‸\n---\n")), ["haiku"]);
    assert_eq!(labels(&case("---\nname: ‸\n---\n")), ["reviewer"]);
    assert_eq!(
        labels(&Case::at("skills/pdf-forms/SKILL.md", "---\nname: ‸\n---\n")),
        ["pdf-forms"]
    );
    assert_eq!(labels(&case("---\ndescription: Rea‸\n---\n")), [""; 0]);
}

#[test]
fn text_in_front_matter_is_text() {
    assert_eq!(labels(&case("---\ndescription: |\n  mo‸\n---\n")), [""; 0]);
    assert_eq!(labels(&case("---\n# mo‸\n---\n")), [""; 0]);
    assert_eq!(labels(&case("---\nname: x\n---\nmo‸\n")), [""; 0]);
}

#[test]
fn rolewrights_own_keys_are_completed_too() {
    assert!(labels(&case("---\nname: x\n‸\n---\n")).contains(&"templates".into()));
    assert!(labels(&case("---\ntemplates:\n  re‸\n---\n")).contains(&"resolve".into()));
    assert_eq!(labels(&case("---\ntemplates:\n  resolve: ro‸\n---\n")), ["root-then-file", "root"]);
    assert_eq!(labels(&case("---\nvariables:\n  TEAM:\n    def‸\n---\n")), ["default"]);
}

#[test]
fn a_codex_agent_is_completed_in_toml() {
    let codex = |text| Case::at(".codex/agents/a.toml", text);
    assert_eq!(taken(&codex("name = \"a\"\nmode‸\n"), "model"), "name = \"a\"\nmodel = \n");
    assert_eq!(
        taken(&codex("model_reasoning_effort = ‸\n"), "high"),
        "model_reasoning_effort = \"high\"\n"
    );
    assert_eq!(
        taken(&codex("model_reasoning_effort = \"hi‸\"\n"), "high"),
        "model_reasoning_effort = \"high\"\n"
    );
    assert_eq!(labels(&codex("developer_instructions = \"\"\"\nna‸\n\"\"\"\n")), [""; 0]);
    assert_eq!(labels(&codex("[mcp_servers.x]\nna‸\n")), [""; 0]);
}

#[test]
fn a_roo_mode_is_completed_in_yaml_each_mode_by_itself() {
    let roo = |text: &str| Case::at(".roomodes", text);
    assert!(labels(&roo("customModes:\n  - slug: a\n    na‸\n")).contains(&"name".into()));
    assert!(labels(&roo("customModes:\n  - ‸\n")).contains(&"slug".into()));
    let found = labels(&roo("customModes:\n  - slug: a\n    ‸\n    name: A\n"));
    assert!(!found.iter().any(|label| ["slug", "name"].contains(&label.as_str())), "{found:?}");
    let second = roo("customModes:\n  - slug: a\n    name: A\n  - slug: b\n    na‸\n");
    assert!(labels(&second).contains(&"name".into()));
    let groups = roo("customModes:\n  - slug: a\n    groups:\n      - read\n      - ed‸\n");
    assert_eq!(labels(&groups), ["edit"]);
    assert_eq!(labels(&roo("customModes:\n  - slug: a\n    source: pro‸\n")), ["project"]);
    assert_eq!(labels(&roo("customModes:\n  - slug: a\n    groups:\n      na‸\n")), [""; 0]);
}

#[test]
fn a_kiro_agent_is_completed_in_json() {
    let kiro = |text: &str| Case::at(".kiro/agents/a.json", text);
    assert_eq!(taken(&kiro("{\n  \"des‸\n}\n"), "description"), "{\n  \"description\": \n}\n");
    assert_eq!(
        taken(&kiro("{\n  \"des‸\": \"\"\n}\n"), "description"),
        "{\n  \"description\": \"\"\n}\n"
    );
    assert_eq!(
        taken(&kiro("{ \"tools\": [\"read\", ‸] }\n"), "write"),
        "{ \"tools\": [\"read\", \"write\"] }\n"
    );
    assert!(!labels(&kiro("{ \"tools\": [\"read\", \"‸\"] }\n")).contains(&"read".into()));
    assert_eq!(labels(&kiro("{ \"includeMcpJson\": ‸ }\n")), ["true", "false"]);
    assert_eq!(labels(&kiro("{ \"prompt\": \"na‸\" }\n")), [""; 0]);
    assert_eq!(labels(&kiro("{ \"mcpServers\": { \"na‸\" } }\n")), [""; 0]);
}

#[test]
fn every_field_of_every_host_is_completed_where_such_a_file_has_its_fields() {
    let mut count = 0;
    for host in &HOSTS {
        let (path, text) = match host.syntax {
            Syntax::Markdown => ("a.md", "---\n‸\n---\n"),
            Syntax::Toml => ("a.toml", "‸\n"),
            Syntax::Yaml => ("a.yaml", &*in_yaml(host.layout.paths.first().unwrap_or(&""))),
            Syntax::Json => ("a.json", &*in_json(host.layout.paths.first().unwrap_or(&""))),
        };
        let found = labels(&Case::at(path, text).host(host.id));
        for field in host.fields {
            let usable = matches!(field.status, FieldStatus::Current | FieldStatus::Extension(_));
            assert_eq!(
                found.iter().any(|l| l == field.name),
                usable,
                "{}: {}",
                host.id,
                field.name
            );
            count += 1;
        }
    }
    assert!(count > 150, "{count} fields");
}

/// A JSON file with the caret where the role at a path of a layout has its fields.
fn in_json(path: &str) -> String {
    let mut text = String::from("{ ‸ }");
    for name in path.split('.').filter(|name| !name.is_empty()).rev() {
        let (key, is_list) = match name.strip_suffix("[]") {
            Some(key) => (key, true),
            None => (name, false),
        };
        text = if is_list { format!("[{text}]") } else { text };
        text = format!("{{ \"{}\": {text} }}", if key == "*" { "x" } else { key });
    }
    text + "\n"
}

/// A YAML file with the caret where the role at a path of a layout has its fields.
fn in_yaml(path: &str) -> String {
    let mut text = String::new();
    let mut indent = String::new();
    for name in path.split('.').filter(|name| !name.is_empty()) {
        let (key, is_list) = match name.strip_suffix("[]") {
            Some(key) => (key, true),
            None => (name, false),
        };
        let key = if key == "*" { "x" } else { key };
        text += &format!("{indent}{key}:\n");
        indent += "  ";
        if is_list {
            return format!("{text}{indent}- ‸\n");
        }
    }
    format!("{text}{indent}‸\n")
}

fn role(text: &str) -> Case {
    Case::at("roles/a.md", text)
        .beside("shared/tone.md", "# Tone 漢\n\nBe kind.\n\n## Words & [links](x)\n\n## Tone 漢\n")
        .beside("shared/list.md", "x\n")
        .beside("roles/near.md", "x\n")
}

#[test]
fn a_path_is_completed_from_the_root_from_the_folder_and_by_a_part_of_it() {
    assert_eq!(labels(&role("{{include:sh‸}}\n")), ["shared/list.md", "shared/tone.md"]);
    assert_eq!(labels(&role("{{include:ton‸}}\n")), ["shared/tone.md"]);
    assert_eq!(labels(&role("{{include:./‸}}\n"))[0], "./near.md");
    assert_eq!(labels(&role("{{include:../sh‸}}\n")), ["../shared/list.md", "../shared/tone.md"]);
    assert_eq!(labels(&role("{{include:/sh‸}}\n")), ["/shared/list.md", "/shared/tone.md"]);
    assert_eq!(
        taken(&role("{{include:sh‸ared/tne.md}}\n"), "shared/tone.md"),
        "{{include:shared/tone.md}}\n"
    );
}

#[test]
fn a_path_starts_where_the_root_and_mounts_say() {
    let rooted = role("---\ntemplates: {root: shared}\n---\n{{include:to‸}}\n");
    assert_eq!(labels(&rooted), ["tone.md"]);
    let rooted = role("---\ntemplates: {root: shared}\n---\n{{include:/‸}}\n");
    assert_eq!(labels(&rooted), ["/list.md", "/tone.md"]);
    let mounted = role("---\nmounts: {\"/lib/\": shared/}\n---\n{{include:/lib/t‸}}\n");
    assert_eq!(labels(&mounted), ["/lib/tone.md"]);
    let file = role("---\ntemplates: {resolve: file}\n---\n{{include:‸}}\n");
    assert!(
        labels(&file).contains(&"near.md".into())
            && !labels(&file).contains(&"roles/near.md".into())
    );
}

#[test]
fn a_section_of_an_included_file_is_completed_as_the_engine_names_it() {
    let found = labels(&role("{{include:shared/tone.md#‸}}\n"));
    assert_eq!(found, ["tone-漢", "words--links", "tone-漢-1"]);
    for label in found {
        let written = role(&format!("{{{{include:shared/tone.md#{label}‸}}}}\n"));
        let report = rolewright_services::report(
            rolewright_core::check(&written.input(), &written.options),
            &written.document(),
        );
        assert!(report.diagnostics.iter().all(|d| d.rule != "missing-fragment"), "{label}");
    }
}

#[test]
fn options_of_an_include_are_completed() {
    assert_eq!(labels(&role("{{include:shared/tone.md|op‸}}\n")), ["optional"]);
    assert_eq!(labels(&role("{{include:shared/tone.md | raw | wrap=x‸}}\n")), ["wrap=xml"]);
}

#[test]
fn a_variable_is_completed_where_it_is_declared_supplied_or_used() {
    let declared =
        "---\nvariables:\n  TEAM: { description: Who we are, default: Platform }\n---\n{{TE‸}}\n";
    let case = case(declared);
    let found = complete(&case.document(), case.caret());
    assert_eq!(found[0].label, "TEAM");
    assert_eq!(found[0].detail.as_deref(), Some("Who we are. Its default is \"Platform\"."));
    assert_eq!(labels(&crate::case("{{LANG‸}}\n").value("LANGUAGE", "Dutch")), ["LANGUAGE"]);
    assert_eq!(labels(&crate::case("{{OTHER}} {{OT‸}}\n")), ["OTHER"]);
    assert_eq!(labels(&crate::case("${{ git‸\n")), [""; 0]);
}

#[test]
fn rules_are_completed_in_a_comment_that_suppresses_one() {
    let found = labels(&case("# A\n\n<!-- rolewright-ignore nested‸\n"));
    assert!(found.contains(&"nested-fence".into()));
    assert!(labels(&case("---\n# rolewright-ignore tool-c‸\n---\n")).contains(&"tool-case".into()));
    assert!(labels(&case("<!-- rolewright-ignore a, tool-c‸ -->\n")).contains(&"tool-case".into()));
    assert_eq!(labels(&case("<!-- rolewright-ignore a: tool-c‸ -->\n")), [""; 0]);
}

#[test]
fn a_place_past_the_end_or_inside_a_character_harms_nothing() {
    let case = case("---\nname: x\nmod😀‸\n---\n");
    for offset in (0..40).chain([u32::MAX]) {
        complete(&case.document(), offset);
    }
}
