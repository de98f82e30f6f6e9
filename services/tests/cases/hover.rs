use crate::{Case, case};

/// What is hovered, and the explanation.
fn told(case: &Case) -> Option<(String, String)> {
    let found = rolewright_services::hover(&case.document(), case.caret())?;
    Some((case.part(&case.path, found.range), found.text))
}

#[track_caller]
fn check(case: &Case, part: &str, start: &str) {
    let (found, text) = told(case).expect("something is told");
    assert_eq!(found, part);
    assert!(text.starts_with(start), "{text}");
}

fn role(text: &str) -> Case {
    Case::at("roles/a.md", text).beside("shared/list.md", "x\n")
}

#[test]
fn an_include_is_explained_by_the_file_it_inserts() {
    check(
        &role("{{include:sha‸red/list.md}}\n"),
        "{{include:shared/list.md}}",
        "Inserts `shared/list.md` (1 line).",
    );
    check(
        &role("{{include:sha‸red/no.md}}\n"),
        "{{include:shared/no.md}}",
        "Inserts `shared/no.md`, which does not exist.",
    );
}

#[test]
fn a_variable_is_explained_by_its_value_or_its_declaration() {
    check(
        &case("{{LANG‸UAGE}}\n").value("LANGUAGE", "Dutch"),
        "{{LANGUAGE}}",
        "`LANGUAGE` is a variable of this template.\n\nIts value is \"Dutch\".",
    );
    check(
        &case("{{LANG‸UAGE}}\n"),
        "{{LANGUAGE}}",
        "`LANGUAGE` is a variable of this template.\n\nIt has no value yet.",
    );
}

#[test]
fn a_field_is_explained_by_its_type_and_values() {
    check(&case("---\nna‸me: x\n---\n"), "name", "**name**: ");
    check(&case("---\nvaria‸bles:\n  A: b\n---\n"), "variables", "**variables**");
    check(&case("---\nfla‸vour: x\n---\n"), "flavour", "Claude Code has no field `flavour`.");
}

#[test]
fn a_tool_is_explained_by_its_status() {
    check(&case("---\ntools: Re‸ad, Grep\n---\n"), "Read", "`Read` is a tool in Claude Code.");
    check(&case("---\ntools: Read, Multi‸Edit\n---\n"), "MultiEdit", "Claude Code no longer has");
    check(&case("---\ntools:\n  - Re‸aad\n---\n"), "Reaad", "Claude Code has no tool `Reaad`.");
    check(&case("---\ntools: mcp__x_‸_y\n---\n"), "mcp__x__y", "`mcp__x__y` looks like a tool");
}

#[test]
fn a_known_value_is_explained() {
    check(
        &case("---\npermissionMode: pl‸an\n---\n"),
        "plan",
        "`plan` is a valid value of `permissionMode` in Claude Code.",
    );
    check(&case("---\nmodel: op‸us\n---\n"), "opus", "`opus` is a");
}

#[test]
fn a_suppressed_rule_is_explained() {
    check(
        &case("# A\n\n<!-- rolewright-ignore nested-f‸ence: why -->\n"),
        "nested-fence",
        "**nested-fence**: warning",
    );
    check(
        &case("# A\n\n<!-- rolewright-ignore no-s‸uch -->\n"),
        "no-such",
        "Unknown rule `no-such`.",
    );
}

#[test]
fn fields_of_whole_files_are_explained_too() {
    check(&Case::at(".kiro/agents/a.json", "{ \"na‸me\": \"x\" }\n"), "name", "**name**");
    check(&Case::at(".codex/agents/a.toml", "na‸me = \"x\"\n"), "name", "**name**");
    check(&Case::at(".roomodes", "customModes:\n  - sl‸ug: x\n"), "slug", "**slug**");
}

#[test]
fn plain_text_is_not_explained() {
    assert_eq!(told(&case("---\nname: x\n---\nplain‸ text\n")), None);
    assert_eq!(told(&case("‸")), None);
}
