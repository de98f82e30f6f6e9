//! The same requests for the files of every host that keeps its roles in YAML, TOML or JSON: each role is
//! found with its name, its fields and its prompt.

use crate::Case;
use rolewright_core::lay_out;
use rolewright_services::{
    code_actions, complete, definition, document_symbols, hover, references, rename, rename_file,
};
use rolewright_wire::CodeActionKind;

/// A file of one host: its path, what is before the prompt, how the prompt is written, what is after it.
struct Layout {
    host: &'static str,
    path: &'static str,
    before: &'static str,
    written: Written,
    after: &'static str,
    /// The names of its roles; the first one has the prompt.
    names: &'static [&'static str],
}

#[derive(Clone, Copy)]
enum Written {
    /// After front matter, as in Markdown.
    Body,
    /// A block scalar of YAML, indented by this many spaces.
    Block(usize),
    /// A multi-line TOML string with escapes.
    Basic,
    /// A string of JSON.
    Json,
}

const LAYOUTS: [Layout; 11] = [
    Layout {
        host: "cline",
        path: ".cline/agents/reviewer.yaml",
        before: "---\nname: reviewer\ndescription: Reviews code. Use it for each change.\n---\n",
        written: Written::Body,
        after: "",
        names: &["reviewer"],
    },
    Layout {
        host: "roo",
        path: ".roomodes",
        before: "customModes:\n  - slug: reviewer\n    name: Reviewer\n    groups: [read]\n    roleDefinition: |\n",
        written: Written::Block(6),
        after: "  - slug: other\n    name: Other\n    groups: [read]\n    roleDefinition: Acts.\n",
        names: &["reviewer", "other"],
    },
    Layout {
        host: "roo",
        path: ".kilocodemodes",
        before: "customModes:\n  - slug: reviewer\n    name: Reviewer\n    groups: [read]\n    roleDefinition: |\n",
        written: Written::Block(6),
        after: "",
        names: &["reviewer"],
    },
    Layout {
        host: "crewai",
        path: "config/agents.yaml",
        before: "reviewer:\n  role: Reviewer\n  goal: Find mistakes.\n  backstory: |\n",
        written: Written::Block(4),
        after: "other:\n  role: Other\n  goal: Act.\n  backstory: Acts.\n",
        names: &["reviewer", "other"],
    },
    Layout {
        host: "codex-agent",
        path: ".codex/agents/reviewer.toml",
        before: "name = \"reviewer\"\ndescription = \"Reviews code. Use it for each change.\"\ndeveloper_instructions = \"\"\"\n",
        written: Written::Basic,
        after: "\"\"\"\n",
        names: &["reviewer"],
    },
    Layout {
        host: "vibe",
        path: ".vibe/agents/reviewer.toml",
        before: "display_name = \"Reviewer\"\ndescription = \"Reviews code. Use it for each change.\"\nsystem_prompt = \"\"\"\n",
        written: Written::Basic,
        after: "\"\"\"\n",
        names: &["Reviewer"],
    },
    Layout {
        host: "kiro",
        path: ".kiro/agents/reviewer.json",
        before: "{\n  // What it does.\n  \"name\": \"reviewer\",\n  \"description\": \"Reviews code. Use it for each change.\",\n  \"prompt\": ",
        written: Written::Json,
        after: "\n}\n",
        names: &["reviewer"],
    },
    Layout {
        host: "amazon-q",
        path: ".amazonq/cli-agents/reviewer.json",
        before: "{\n  \"name\": \"reviewer\",\n  \"description\": \"Reviews code. Use it for each change.\",\n  \"prompt\": ",
        written: Written::Json,
        after: "\n}\n",
        names: &["reviewer"],
    },
    Layout {
        host: "claude-agents-map",
        path: "agents.json",
        before: "{\n  \"reviewer\": {\n    \"description\": \"Reviews code. Use it for each change.\",\n    \"prompt\": ",
        written: Written::Json,
        after: "\n  },\n  \"other\": {\n    \"description\": \"Acts. Use it to act.\",\n    \"prompt\": \"Act.\"\n  }\n}\n",
        names: &["reviewer", "other"],
    },
    Layout {
        host: "opencode",
        path: "opencode.jsonc",
        before: "{\n  \"$schema\": \"https://opencode.ai/config.json\",\n  \"agent\": {\n    \"reviewer\": {\n      \"description\": \"Reviews code. Use it for each change.\",\n      \"mode\": \"subagent\",\n      \"prompt\": ",
        written: Written::Json,
        after: ",\n    },\n    \"other\": {\n      \"description\": \"Acts. Use it to act.\",\n      \"prompt\": \"Act.\"\n    }\n  }\n}\n",
        names: &["reviewer", "other"],
    },
    Layout {
        host: "chat-json",
        path: "chat.json",
        before: "{\n  \"messages\": [\n    {\n      \"role\": \"system\",\n      \"content\": ",
        written: Written::Json,
        after: "\n    },\n    {\n      \"role\": \"user\",\n      \"content\": \"Hello.\"\n    }\n  ]\n}\n",
        names: &["Review", "chat.json"],
    },
];

impl Layout {
    /// The file with `prompt`, which may hold carets.
    fn with(&self, prompt: &str) -> Case {
        let written = match self.written {
            Written::Body => prompt.to_string(),
            Written::Block(indent) => {
                let line = |line: &str| match line.trim_end() {
                    "" => String::from("\n"),
                    _ => " ".repeat(indent) + line,
                };
                prompt.split_inclusive('\n').map(line).collect()
            }
            Written::Basic => prompt.replace('\\', "\\\\"),
            Written::Json => serde_json::to_string(prompt).unwrap(),
        };
        let text = format!("{}{written}{}", self.before, self.after);
        Case::at(self.path, &text)
            .beside("shared/tone.md", "# Tone\n\nBe kind. {{NAME}}\n\n## Words\n\nFew.\n")
    }
}

fn each(prompt: &str, then: impl Fn(&Layout, Case)) {
    for layout in &LAYOUTS {
        then(layout, layout.with(prompt));
    }
}

#[test]
fn roles_are_found_with_their_names_and_prompts() {
    let prompt = "# Review\n\nSay \"no\" to C:\\new\\tab.\n";
    each(prompt, |layout, case| {
        let (host, roles) = lay_out(&case.input(), &case.options);
        assert_eq!(host.id, layout.host);
        assert_eq!(roles.len(), layout.names.len(), "{}", layout.host);
        let text = roles[0].text();
        assert!(text.trim_end().ends_with(prompt.trim_end()), "{}: {text}", layout.host);
        let symbols = document_symbols(&case.document());
        let names: Vec<_> = symbols.iter().map(|symbol| symbol.name.as_str()).collect();
        assert_eq!(names, layout.names, "{}", layout.host);
    });
}

#[test]
fn a_defect_in_a_prompt_is_fixed_in_place() {
    each(
        "Run this:\n\n```md\n‸\\`\\`\\`sh\nls\n\\`\\`\\`\n```\n\nThen stop.\n",
        |layout, case| {
            let found = code_actions(&case.document(), case.caret(), case.caret());
            let fix = found.iter().find(|action| action.kind == CodeActionKind::Fix);
            let fix = fix.unwrap_or_else(|| panic!("{}: {found:?}", layout.host));
            let after = case.after(&fix.edits).remove(&case.path).unwrap();
            assert_eq!(
                after,
                layout.with("Run this:\n\n````md\n```sh\nls\n```\n````\n\nThen stop.\n").text
            );
        },
    );
}

#[test]
fn includes_are_explained_completed_and_followed() {
    each("Say \"x\".\n\n{{include:shared/to‸ne.md#words}}\n", |layout, case| {
        let told = hover(&case.document(), case.caret()).unwrap();
        assert!(told.text.starts_with("Inserts"), "{}: {}", layout.host, told.text);
        let found = definition(&case.document(), case.caret());
        assert_eq!(found[0].path, "shared/tone.md", "{}", layout.host);
        let found = complete(&case.document(), case.caret());
        assert_eq!(found[0].label, "shared/tone.md", "{}", layout.host);
        assert_eq!(case.part(&case.path, found[0].edit.range), "shared/tone.md");
    });
}

#[test]
fn variables_are_renamed_with_the_files_that_share_them() {
    each("\"{{NA‸ME}}\" {{include:shared/tone.md}}\n", |layout, case| {
        assert_eq!(references(&case.document(), case.caret()).len(), 2, "{}", layout.host);
        let done = rename(&case.document(), case.caret(), "TEAM").unwrap();
        let after = case.after(&done.edits);
        assert_eq!(after[&case.path], case.text.replace("NAME", "TEAM"), "{}", layout.host);
        assert!(after["shared/tone.md"].contains("{{TEAM}}"), "{}", layout.host);
    });
}

#[test]
fn what_a_prompt_includes_is_renamed_from_its_own_file_too() {
    each("Say \"x\". {{include:shared/tone.md#words}}\n", |layout, case| {
        let part = Case::at("shared/tone.md", "# Tone\n\n## Wo‸rds\n\nFew.\n");
        let part = part.beside(layout.path, &case.text);
        let used = references(&part.document(), part.caret());
        assert_eq!(used.len(), 1, "{}: {used:?}", layout.host);
        let done = rename(&part.document(), part.caret(), "Choice of words").unwrap();
        let after = &part.after(&done.edits)[layout.path];
        assert_eq!(*after, case.text.replace("#words", "#choice-of-words"), "{}", layout.host);
        let moved = rename_file(&part.document(), "shared/tone.md", "parts/voice.md").unwrap();
        let after = &part.after(&moved.edits)[layout.path];
        assert_eq!(*after, case.text.replace("shared/tone.md", "parts/voice.md"));
    });
}

#[test]
fn fields_are_explained() {
    for (path, text, field) in [
        (".cline/agents/a.yaml", "---\nna‸me: a\n---\nReview.\n", "name"),
        (".kilocodemodes", "customModes:\n  - sl‸ug: a\n", "slug"),
        ("config/agents.yaml", "a:\n  role: A\n  go‸al: Act.\n  backstory: b\n", "goal"),
        (".vibe/agents/a.toml", "dis‸play_name = \"A\"\n", "display_name"),
        (".amazonq/cli-agents/a.json", "{ \"na‸me\": \"a\", \"prompt\": \"b\" }\n", "name"),
        (
            "agents.json",
            "{ \"a\": { \"des‸cription\": \"b\", \"prompt\": \"c\" } }\n",
            "description",
        ),
        (
            "opencode.json",
            "{ \"agent\": { \"a\": { \"description\": \"b\", \"mo‸de\": \"all\", \"prompt\": \"c\" } } }\n",
            "mode",
        ),
    ] {
        let case = Case::at(path, text);
        let told = hover(&case.document(), case.caret()).unwrap_or_else(|| panic!("{path}"));
        assert!(told.text.starts_with(&format!("**{field}**")), "{path}: {}", told.text);
        assert_eq!(case.part(path, told.range).trim_matches('"'), field, "{path}");
    }
}

#[test]
fn fields_and_their_values_are_completed_where_roles_have_them() {
    for (path, text, label) in [
        (".cline/agents/a.yaml", "---\nname: a\nmod‸\n---\nReview.\n", "modelId"),
        (".kilocodemodes", "customModes:\n  - slug: a\n    whenT‸\n", "whenToUse"),
        (
            "config/agents.yaml",
            "a:\n  role: A\n  goal: B\n  backstory: c\n  allow_d‸\n",
            "allow_delegation",
        ),
        (".vibe/agents/a.toml", "system_prompt = \"a\"\nagent_t‸\n", "agent_type"),
        (".vibe/agents/a.toml", "system_prompt = \"a\"\nagent_type = \"sub‸\"\n", "subagent"),
        (".amazonq/cli-agents/a.json", "{ \"prompt\": \"a\", \"des‸ }\n", "description"),
        (
            "agents.json",
            "{ \"a\": { \"description\": \"b\", \"prompt\": \"c\", \"mod‸\" } }\n",
            "model",
        ),
        (
            "agents.json",
            "{ \"a\": { \"description\": \"b\", \"prompt\": \"c\", \"tools\": [\"Read\", \"Gr‸\"] } }\n",
            "Grep",
        ),
        (
            "opencode.json",
            "{ \"agent\": { \"a\": { \"description\": \"b\", \"prompt\": \"c\", \"mode\": \"pri‸\" } } }\n",
            "primary",
        ),
        (
            "opencode.json",
            "{ \"agent\": { \"a\": { \"description\": \"b\", \"prompt\": \"c\", \"temp‸\" } } }\n",
            "temperature",
        ),
    ] {
        let case = Case::at(path, text);
        let found = complete(&case.document(), case.caret());
        let first = found.first().map(|item| item.label.as_str());
        assert_eq!(first, Some(label), "{path}: {text}");
    }
}
