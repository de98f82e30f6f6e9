use crate::{Input, Options, Target, compile};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};

const PROMPT: &str = "# \"Reviewer\"\n\nRead it all:\n\n- twice\n- at least\n";

/// Files of three syntaxes whose prompt is `prompt`.
fn files(prompt: &str) -> [(&'static str, String); 4] {
    let block = prompt.replace('\n', "\n      ").trim_end().to_string();
    let escaped = prompt.replace('"', "\\\"").replace('\n', "\\n");
    [
        (
            ".roomodes",
            format!(
                "customModes:\n  - slug: a\n    name: A\n    groups: [read]\n    roleDefinition: |\n      {block}\n    source: project\n"
            ),
        ),
        (
            ".codex/agents/a.toml",
            format!(
                "name = \"a\"\ndescription = \"x\"\ndeveloper_instructions = '''\n{prompt}'''\n"
            ),
        ),
        (
            ".codex/agents/b.toml",
            format!("name = \"b\"\ndescription = \"x\"\ndeveloper_instructions = \"{escaped}\"\n"),
        ),
        (
            ".kiro/agents/a.json",
            format!("{{\"name\": \"a\", \"description\": \"x\", \"prompt\": \"{escaped}\"}}\n"),
        ),
    ]
}

#[test]
fn the_prompt_is_what_the_host_reads_and_the_file_stays() {
    for (path, text) in files(PROMPT) {
        let compiled = compile(&Input::new(&text).at(path), &Options::new(), &Target::default());
        assert_eq!(compiled.prompt, PROMPT, "{path}");
        assert_eq!(compiled.file.as_ref().unwrap().text, text, "{path}");
        assert_eq!(compiled.losses, [], "{path}");
    }
}

#[test]
fn every_byte_of_the_prompt_leads_back_to_the_file() {
    for (path, text) in files(PROMPT) {
        let compiled = compile(&Input::new(&text).at(path), &Options::new(), &Target::default());
        let mut at = 0;
        for segment in &compiled.segments {
            assert_eq!(segment.out.start, at, "{path}");
            at = segment.out.end;
            let (own, source) = (segment.out.of(&compiled.prompt), segment.source.of(&text));
            let escapes = [("\n", "\\n"), ("\"", "\\\"")];
            assert!(
                own == source || escapes.contains(&(own, source)),
                "{path}: {own:?} {source:?}"
            );
        }
        assert_eq!(at, compiled.prompt.len(), "{path}");
    }
}

#[test]
fn a_prompt_is_filled_in_in_the_encoding_of_its_file() {
    let shared: BTreeMap<String, String> =
        [("tone.md".to_string(), "Say \"please\",\nand it's done.\n".to_string())].into();
    for (path, text) in files("Be kind.\n\n{{include:/tone.md}}\n") {
        let input = Input::new(&text).at(path).with_files(&shared);
        let compiled = compile(&input, &Options::new(), &Target::default());
        assert_eq!(compiled.prompt, "Be kind.\n\nSay \"please\",\nand it's done.\n", "{path}");
        let again = compile(
            &Input::new(&compiled.file.as_ref().unwrap().text).at(path),
            &Options::new(),
            &Target::default(),
        );
        assert_eq!(
            again.prompt,
            compiled.prompt,
            "{path}: {}",
            compiled.file.as_ref().unwrap().text
        );
        let include = compiled.includes[1].from.unwrap();
        assert_eq!(include.span.of(&text), "{{include:/tone.md}}", "{path}");
    }
}

#[test]
fn any_role_of_a_file_can_be_compiled() {
    let text = "customModes:\n  - slug: a\n    name: A\n    groups: []\n    roleDefinition: First.\n  - slug: b\n    name: B\n    groups: []\n    roleDefinition: Second.\n";
    let prompt = |index| {
        let target = Target::default().role(index);
        compile(&Input::new(text).at(".roomodes"), &Options::new(), &target).prompt
    };
    assert_eq!(prompt(0), "First.\n");
    assert_eq!(prompt(1), "Second.\n");
    assert_eq!(prompt(2), "");
}

#[test]
fn a_prompt_of_several_fields_keeps_its_includes_in_the_file_and_says_so() {
    let text = "customModes:\n  - slug: a\n    name: A\n    groups: []\n    roleDefinition: You are {{NAME:-A}}.\n    customInstructions: Be brief.\n";
    let compiled = compile(&Input::new(text).at(".roomodes"), &Options::new(), &Target::default());
    assert_eq!(compiled.prompt, "You are A.\n\nBe brief.\n");
    assert_eq!(compiled.file.as_ref().unwrap().text, text);
    assert_eq!(compiled.losses[0].span.start, text.find("You are").unwrap());
}
