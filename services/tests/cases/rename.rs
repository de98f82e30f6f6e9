use crate::Case;
use rolewright_services::{rename, rename_file};

/// The files that a rename changes, and what moves.
fn renamed(case: &Case, name: &str) -> Vec<String> {
    match rename(&case.document(), case.caret(), name) {
        Err(error) => vec![error],
        Ok(rename) => {
            let moved = rename.files.iter().map(|(from, to)| format!("{from} -> {to}"));
            let changed = case.after(&rename.edits);
            changed.into_iter().map(|(path, text)| format!("{path}: {text}")).chain(moved).collect()
        }
    }
}

fn role(text: &str) -> Case {
    Case::at("roles/a.md", text)
        .beside("shared/tone.md", "# Tone\n\n## Words\n\n{{NAME}} [x](../roles/b.md) ^id\n")
        .beside("roles/b.md", "{{include:shared/tone.md#words}} [t](../shared/tone.md#words)\n")
}

#[test]
fn a_variable_is_renamed_wherever_it_is_shared() {
    let case =
        role("---\nvariables:\n  \"NAME\": x\n---\n{{include:shared/tone.md}} {{ NA‸ME:-y }}\n");
    assert_eq!(
        renamed(&case, "TEAM"),
        [
            "roles/a.md: ---\nvariables:\n  \"TEAM\": x\n---\n{{include:shared/tone.md}} {{ TEAM:-y }}\n",
            "shared/tone.md: # Tone\n\n## Words\n\n{{TEAM}} [x](../roles/b.md) ^id\n",
        ]
    );
}

#[test]
fn a_name_that_a_variable_may_not_have_is_refused() {
    assert!(renamed(&role("{{NA‸ME}}\n"), "a b")[0].contains("Invalid variable name"));
    assert!(renamed(&role("{{NA‸ME}} {{OTHER}}\n"), "OTHER")[0].contains("already"));
    assert!(renamed(&role("plain‸\n"), "x")[0].contains("Nothing here"));
}

#[test]
fn a_heading_is_renamed_with_the_fragments_that_name_it() {
    let case = role("{{include:shared/tone.md#wo‸rds}}\n");
    assert_eq!(
        renamed(&case, "Choice of words"),
        [
            "roles/a.md: {{include:shared/tone.md#choice-of-words}}\n",
            "roles/b.md: {{include:shared/tone.md#choice-of-words}} [t](../shared/tone.md#choice-of-words)\n",
            "shared/tone.md: # Tone\n\n## Choice of words\n\n{{NAME}} [x](../roles/b.md) ^id\n",
        ]
    );
    assert!(renamed(&case, "Tone")[0].contains("already has a fragment"));
}

#[test]
fn a_block_is_renamed_with_the_fragments_that_name_it() {
    let case = role("{{include:shared/tone.md#^i‸d}}\n");
    assert_eq!(
        renamed(&case, "top"),
        [
            "roles/a.md: {{include:shared/tone.md#^top}}\n",
            "shared/tone.md: # Tone\n\n## Words\n\n{{NAME}} [x](../roles/b.md) ^top\n",
        ]
    );
}

#[test]
fn an_included_file_moves_with_the_paths_to_it_and_its_own() {
    let case = role("{{include:shared/to‸ne.md}} {{include:../shared/tone.md}}\n");
    assert_eq!(
        renamed(&case, "parts/voice/tone.md"),
        [
            "roles/a.md: {{include:parts/voice/tone.md}} {{include:../parts/voice/tone.md}}\n",
            "roles/b.md: {{include:parts/voice/tone.md#words}} [t](../parts/voice/tone.md#words)\n",
            "shared/tone.md: # Tone\n\n## Words\n\n{{NAME}} [x](../../roles/b.md) ^id\n",
            "shared/tone.md -> parts/voice/tone.md",
        ]
    );
}

#[test]
fn a_file_does_not_move_out_of_the_workspace_or_onto_another() {
    let case = role("{{include:shared/to‸ne.md}}\n");
    assert!(renamed(&case, "../x.md")[0].contains("not a path"));
    assert!(renamed(&case, "roles/b.md")[0].contains("already"));
}

#[test]
fn paths_below_a_root_stay_below_it() {
    let case = Case::at(
        "roles/a.md",
        "---\ntemplates: {root: shared}\n---\n{{include:tone.md}} {{include:/tone.md}}‸\n",
    )
    .beside("shared/tone.md", "x\n");
    let done = rename_file(&case.document(), "shared/tone.md", "shared/voice.md").unwrap();
    let after = case.after(&done.edits);
    assert!(after["roles/a.md"].ends_with("{{include:voice.md}} {{include:/voice.md}}\n"));
}
