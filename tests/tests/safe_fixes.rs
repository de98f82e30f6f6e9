//! Fixes that are applied without looking: at least three texts for each rule that has one, and every
//! file of the corpus.

use rolewright_core::{Applicability, Input, Options, Profile, fix};
use rolewright_tests::data;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const AGENT: &str = ".claude/agents/clerk.md";
const GEMINI: &str = ".gemini/agents/clerk.md";
const ROLE: &str = "roles/clerk.md";
const COPILOT: &str = ".github/agents/clerk.agent.md";
const MODE: &str = ".github/chatmodes/clerk.chatmode.md";
const AMAZON: &str = ".amazonq/cli-agents/clerk.json";

/// A rule, where the text is, the text, and the text after the fix.
type Text = (&'static str, &'static str, &'static str, &'static str);

/// Fields of an agent, before and after.
const FIELDS: &[Text] = &[
    ("duplicate-field", AGENT, "model: opus\nmodel: opus\n", "model: opus\n"),
    (
        "duplicate-field",
        AGENT,
        "color: red\nmodel: opus\ncolor: red\n",
        "color: red\nmodel: opus\n",
    ),
    (
        "duplicate-field",
        AGENT,
        "maxTurns: 5\nmaxTurns: 5\nmodel: opus\n",
        "maxTurns: 5\nmodel: opus\n",
    ),
    ("duplicate-tool", AGENT, "tools: Read, Grep, Read\n", "tools: Read, Grep\n"),
    ("duplicate-tool", AGENT, "tools: [Read, Read, Grep]\n", "tools: [Read, Grep]\n"),
    (
        "duplicate-tool",
        AGENT,
        "tools:\n  - Read\n  - Grep\n  - Read\n",
        "tools:\n  - Read\n  - Grep\n",
    ),
    ("empty-tools", COPILOT, "tools: [read, edit, ]\n", "tools: [read, edit ]\n"),
    ("empty-tools", COPILOT, "tools: ['read',]\n", "tools: ['read']\n"),
    ("empty-tools", COPILOT, "tools: [\n  read,\n]\n", "tools: [\n  read\n]\n"),
    ("invalid-field-type", GEMINI, "tools: read_file, glob\n", "tools: [read_file, glob]\n"),
    ("invalid-field-type", GEMINI, "tools: glob\n", "tools: [glob]\n"),
    ("invalid-field-type", GEMINI, "max_turns: \"5\"\n", "max_turns: 5\n"),
    (
        "invalid-field-value",
        AGENT,
        "permissionMode: accept-edits\n",
        "permissionMode: acceptEdits\n",
    ),
    ("invalid-field-value", AGENT, "permissionMode: PLAN\n", "permissionMode: plan\n"),
    ("invalid-field-value", AGENT, "memory: Project\n", "memory: project\n"),
    ("invalid-hook", AGENT, "hooks:\n  stop: []\n", "hooks:\n  Stop: []\n"),
    ("invalid-hook", AGENT, "hooks:\n  sessionstart: []\n", "hooks:\n  SessionStart: []\n"),
    ("invalid-hook", AGENT, "hooks:\n  posttooluse: []\n", "hooks:\n  PostToolUse: []\n"),
    ("near-miss-field", AGENT, "max_turns: 5\n", "maxTurns: 5\n"),
    ("near-miss-field", AGENT, "permission-mode: plan\n", "permissionMode: plan\n"),
    ("near-miss-field", AGENT, "Model: opus\n", "model: opus\n"),
    ("removed-tool", AGENT, "tools: Read, MultiEdit\n", "tools: Read, Edit\n"),
    ("removed-tool", AGENT, "tools: Read, Glob, LS\n", "tools: Read, Glob\n"),
    ("removed-tool", AGENT, "tools: [Read, BashOutput]\n", "tools: [Read]\n"),
    ("tool-case", AGENT, "tools: read, GREP\n", "tools: Read, Grep\n"),
    ("tool-case", AGENT, "tools: ['bash(git *)', Read]\n", "tools: ['Bash(git *)', Read]\n"),
    ("tool-case", AGENT, "tools:\n  - read\n", "tools:\n  - Read\n"),
    ("renamed-tool", MODE, "tools: [codebase, read]\n", "tools: [search/codebase, read]\n"),
    ("renamed-tool", MODE, "tools: ['usages']\n", "tools: ['search/usages']\n"),
    ("renamed-tool", MODE, "tools:\n  - fetch\n  - todos\n", "tools:\n  - web/fetch\n  - todo\n"),
    ("unknown-tool", AGENT, "tools: Raed, Grep\n", "tools: Read, Grep\n"),
    ("unknown-tool", AGENT, "tools: Read, WebFecth\n", "tools: Read, WebFetch\n"),
    ("unknown-tool", AGENT, "tools: [Read, Wriet]\n", "tools: [Read, Write]\n"),
    ("invalid-yaml", AGENT, "model:opus\n", "model: opus\n"),
    ("invalid-yaml", AGENT, "initialPrompt: @notes first\n", "initialPrompt: \"@notes first\"\n"),
    ("invalid-yaml", AGENT, "initialPrompt: *now*\n", "initialPrompt: \"*now*\"\n"),
];

/// Whole texts, before and after.
const TEXTS: &[Text] = &[
    ("backslash-path", ROLE, "Read [it](docs\\it.md).\n", "Read [it](docs/it.md).\n"),
    ("backslash-path", ROLE, "![plan](img\\plan.png)\n", "![plan](img/plan.png)\n"),
    ("backslash-path", ROLE, "See [a](a\\b\\c.md#top).\n", "See [a](a/b/c.md#top).\n"),
    ("bidi-control", ROLE, "Never \u{202E}approve.\n", "Never approve.\n"),
    ("bidi-control", ROLE, "a\u{202A}b\u{202C}c\n", "abc\n"),
    ("bidi-control", ROLE, "Run `x\u{202E}y`.\n", "Run `xy`.\n"),
    (
        "broken-command",
        ROLE,
        "```sh\nfind . \\\\( -name a \\\\)\n```\n",
        "```sh\nfind . \\( -name a \\)\n```\n",
    ),
    (
        "broken-command",
        ROLE,
        "```bash\nfind . \\\\( -name '*.a' \\\\) | wc\n```\n",
        "```bash\nfind . \\( -name '*.a' \\) | wc\n```\n",
    ),
    (
        "broken-command",
        ROLE,
        "```sh\nls\nfind a \\\\( -type f \\\\) -print\n```\n",
        "```sh\nls\nfind a \\( -type f \\) -print\n```\n",
    ),
    ("damaged-list", ROLE, "- \\[ ] Read it.\n", "- [ ] Read it.\n"),
    ("damaged-list", ROLE, "• One\n• Two\n• Three\n", "- One\n- Two\n- Three\n"),
    ("empty-section", ROLE, "## Core\n\n# Core\n\nText.\n", "# Core\n\nText.\n"),
    ("empty-section", ROLE, "## Core\n\n## Core: Go\n\nText.\n", "## Core: Go\n\nText.\n"),
    ("empty-section", ROLE, "# Flow\n\nText.\n\n# Flow\n", "# Flow\n\nText.\n"),
    ("leftover-text", ROLE, "Read it.\n</content>\n</invoke>\n", "Read it.\n"),
    ("leftover-text", ROLE, "Read it.\n\n</parameter>\n", "Read it.\n"),
    ("leftover-text", ROLE, "Read it.\r\n</function_calls>\r\n", "Read it.\r\n"),
    ("damaged-list", ROLE, "1. \\[x\\] Read it.\n", "1. [x] Read it.\n"),
    (
        "damaged-list",
        ROLE,
        "- Read it,\n  all.\n- Answer it.\nNever lie.\n",
        "- Read it,\n  all.\n- Answer it.\n\nNever lie.\n",
    ),
    ("damaged-list", ROLE, "- A\n**B**:\n- C\n", "- A\n\n**B**:\n- C\n"),
    ("doubled-quote", ROLE, "Say \"\"yes\" now.\n", "Say \"yes\" now.\n"),
    ("doubled-quote", ROLE, "- (\"\"a b\", \"c d\")\n", "- (\"a b\", \"c d\")\n"),
    ("doubled-quote", ROLE, "Either \"no\" or \"\"yes\".\n", "Either \"no\" or \"yes\".\n"),
    ("hidden-tag-characters", ROLE, "Be kind.\u{E0048}\u{E0069}\n", "Be kind.\n"),
    ("hidden-tag-characters", ROLE, "\u{E0041}Be kind.\n", "Be kind.\n"),
    ("hidden-tag-characters", ROLE, "- a\u{E0041}b\n- c\u{E0042}d\n", "- ab\n- cd\n"),
    ("invisible-character", ROLE, "with\u{200B}out\n", "without\n"),
    ("invisible-character", ROLE, "a\u{AD}b c\u{2060}d\n", "ab cd\n"),
    ("invisible-character", ROLE, "rm\u{200D} it\n", "rm it\n"),
    (
        "escaped-fence",
        ROLE,
        "```md\n\\`\\`\\`sh\nls\n\\`\\`\\`\n```\n",
        "````md\n```sh\nls\n```\n````\n",
    ),
    (
        "escaped-fence",
        ROLE,
        "- a\n\n  ```\n  \\`\\`\\`\n  x\n  \\`\\`\\`\n  ```\n",
        "- a\n\n  ````\n  ```\n  x\n  ```\n  ````\n",
    ),
    (
        "escaped-fence",
        ROLE,
        "```text\nWrite\n\\`\\`\\`js\n1\n\\`\\`\\`\nand stop.\n```\n",
        "````text\nWrite\n```js\n1\n```\nand stop.\n````\n",
    ),
    (
        "nested-fence",
        ROLE,
        "```md\n```sh\nls\n```\n```\n\nText.\n",
        "````md\n```sh\nls\n```\n````\n\nText.\n",
    ),
    (
        "nested-fence",
        ROLE,
        "```markdown\n# A\n```js\n1\n```\nEnd.\n```\n\nText.\n",
        "````markdown\n# A\n```js\n1\n```\nEnd.\n````\n\nText.\n",
    ),
    (
        "nested-fence",
        ROLE,
        "~~~md\n~~~sh\nls\n~~~\n~~~\n\nText.\n",
        "~~~~md\n~~~sh\nls\n~~~\n~~~~\n\nText.\n",
    ),
    (
        "unclosed-fence",
        ROLE,
        "1. a\n   ```sh\n   ls\n```\n2. b\n",
        "1. a\n   ```sh\n   ls\n   ```\n2. b\n",
    ),
    ("unclosed-fence", ROLE, "- a\n  ```\n  x\n```\n- b\n", "- a\n  ```\n  x\n  ```\n- b\n"),
    ("unclosed-fence", ROLE, "- a\n\n  ~~~\n  x\n~~~\n\nb\n", "- a\n\n  ~~~\n  x\n  ~~~\n\nb\n"),
    (
        "plain-heading",
        ROLE,
        "# R\n\nPurpose\n\nx.\n\nKey Duties\n\n- y\n\nOutput Format\n\nz.\n",
        "# R\n\n## Purpose\n\nx.\n\n## Key Duties\n\n- y\n\n## Output Format\n\nz.\n",
    ),
    (
        "plain-heading",
        ROLE,
        "# Clerk\n\nMain Goal\n\nFile it.\n\nFirst Steps\n\n1. Read.\n\nLast Steps\n\n1. Stop.\n",
        "# Clerk\n\n## Main Goal\n\nFile it.\n\n## First Steps\n\n1. Read.\n\n## Last Steps\n\n1. Stop.\n",
    ),
    (
        "plain-heading",
        ROLE,
        "# A\r\n\r\nTone\r\n\r\nx.\r\n\r\nForm\r\n\r\n- y\r\n\r\nLength\r\n\r\nz.\r\n",
        "# A\r\n\r\n## Tone\r\n\r\nx.\r\n\r\n## Form\r\n\r\n- y\r\n\r\n## Length\r\n\r\nz.\r\n",
    ),
    (
        "glued-delimiter",
        AGENT,
        "---\nname: clerk\ndescription: Use it\n---# A\n\nFile it.\n",
        "---\nname: clerk\ndescription: Use it\n---\n# A\n\nFile it.\n",
    ),
    (
        "glued-delimiter",
        AGENT,
        "-----\nname: clerk\ndescription: Use it\n-----\n\nFile it.\n",
        "---\nname: clerk\ndescription: Use it\n---\n\nFile it.\n",
    ),
    (
        "glued-delimiter",
        AGENT,
        "name: clerk\ndescription: Use it\n---\n\nFile it.\n",
        "---\nname: clerk\ndescription: Use it\n---\n\nFile it.\n",
    ),
    (
        "misplaced-front-matter",
        AGENT,
        "\n\n---\nname: clerk\ndescription: Use it\n---\n\nFile it.\n",
        "---\nname: clerk\ndescription: Use it\n---\n\nFile it.\n",
    ),
    (
        "misplaced-front-matter",
        AGENT,
        "  ---\nname: clerk\ndescription: Use it\n---\n\nFile it.\n",
        "---\nname: clerk\ndescription: Use it\n---\n\nFile it.\n",
    ),
    (
        "misplaced-front-matter",
        AGENT,
        "---\nname: clerk\ndescription: Use it\n\nFile it.\n",
        "---\nname: clerk\ndescription: Use it\n---\n\nFile it.\n",
    ),
    ("broken-reference", ROLE, "See [x](../shared/Tone.md).\n", "See [x](../shared/tone.md).\n"),
    ("broken-reference", ROLE, "See [x](shared/Tone.md).\n", "See [x](shared/tone.md).\n"),
    ("broken-reference", ROLE, "- [Tone](../Shared/tone.md)\n", "- [Tone](../shared/tone.md)\n"),
    ("include-case-mismatch", ROLE, "{{include:shared/Tone.md}}\n", "{{include:shared/tone.md}}\n"),
    (
        "invalid-field-type",
        "skills/clerk/SKILL.md",
        "---\nname: clerk\ndescription: Files letters. Use it.\nmetadata:\n  version: 1.10\n  draft: true\n---\n\nFile it.\n",
        "---\nname: clerk\ndescription: Files letters. Use it.\nmetadata:\n  version: \"1.10\"\n  draft: \"true\"\n---\n\nFile it.\n",
    ),
    (
        "invalid-syntax",
        AMAZON,
        "{\"name\": \"clerk\", \"prompt\": \"File letters.\",}\n",
        "{\"name\": \"clerk\", \"prompt\": \"File letters.\"}\n",
    ),
    (
        "invalid-syntax",
        AMAZON,
        "{\"name\": \"clerk\", \"prompt\": \"File it,}\", \"tools\": [\"fs_read\", ]}\n",
        "{\"name\": \"clerk\", \"prompt\": \"File it,}\", \"tools\": [\"fs_read\" ]}\n",
    ),
    (
        "invalid-syntax",
        AMAZON,
        "{\r\n  \"name\": \"clerk\",\r\n  \"prompt\": \"File letters.\",\r\n}\r\n",
        "{\r\n  \"name\": \"clerk\",\r\n  \"prompt\": \"File letters.\"\r\n}\r\n",
    ),
    (
        "include-case-mismatch",
        ROLE,
        "- {{include:Shared/tone.md}}\n",
        "- {{include:shared/tone.md}}\n",
    ),
    (
        "include-case-mismatch",
        ROLE,
        "{{include:SHARED/TONE.MD|shift=none}}\n",
        "{{include:shared/tone.md|shift=none}}\n",
    ),
    (
        "literal-escape",
        GEMINI,
        "---\nname: clerk\ndescription: Use it.\\n\\nFiles letters.\n---\n\nFile it.\n",
        "---\nname: clerk\ndescription: |-\n  Use it.\n\n  Files letters.\n---\n\nFile it.\n",
    ),
    (
        "literal-escape",
        GEMINI,
        "---\nname: clerk\ndescription: 'Use it.\\nFiles letters.'\n---\n\nFile it.\n",
        "---\nname: clerk\ndescription: |-\n  Use it.\n  Files letters.\n---\n\nFile it.\n",
    ),
    (
        "literal-escape",
        GEMINI,
        "---\r\nname: clerk\r\ndescription: Use it.\\nExample: a\r\n---\r\n\r\nFile it.\r\n",
        "---\r\nname: clerk\r\ndescription: |-\r\n  Use it.\r\n  Example: a\r\n---\r\n\r\nFile it.\r\n",
    ),
];

/// All texts, with the front matter around the fields.
fn texts() -> Vec<(&'static str, &'static str, String, String)> {
    let agent = |fields: &str| {
        format!(
            "---\nname: clerk\ndescription: Use it for letters\n{fields}---\n\nYou file letters.\n"
        )
    };
    let fields = FIELDS
        .iter()
        .map(|(rule, path, before, after)| (*rule, *path, agent(before), agent(after)));
    let whole = TEXTS.iter();
    let whole = whole
        .map(|(rule, path, before, after)| (*rule, *path, before.to_string(), after.to_string()));
    fields.chain(whole).collect()
}

/// The text after all safe fixes.
fn fixed(text: &str, path: &str) -> rolewright_core::Fixed {
    let files = BTreeMap::from([("shared/tone.md".to_string(), "Be kind.\n".to_string())]);
    let options = Options::new().with_profile(Profile::Style);
    fix(&Input::new(text).at(path).with_files(&files), &options, Applicability::Safe)
}

#[test]
fn a_safe_fix_writes_what_was_meant_and_leaves_nothing_to_fix() {
    let mut wrong = Vec::new();
    for (rule, path, before, after) in texts() {
        let first = fixed(&before, path);
        if first.text != after || fixed(&first.text, path).text != first.text {
            wrong
                .push(format!("{rule}: {before:?}\n  gives {:?}\n  and not {after:?}", first.text));
        }
        let left = first.report.diagnostics.iter().find(|found| found.rule == rule);
        wrong.extend(left.map(|found| format!("{rule} is still there: {}", found.message)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_with_a_safe_fix_has_three_texts_that_prove_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/rules");
    let mut proofs: BTreeMap<String, usize> = BTreeMap::new();
    for (rule, ..) in texts() {
        *proofs.entry(rule.to_string()).or_default() += 1;
    }
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().replace('_', "-");
        if path.is_dir() || name == "finding" {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let offers = source.replace("unsafe_fix(", "").contains("safe_fix(");
        let texts = proofs.get(&name).copied().unwrap_or(0);
        assert!(!offers || texts >= 3, "{name} has {texts} texts that prove its safe fix");
    }
}

#[test]
fn the_safe_fixes_of_every_real_file_are_made_in_one_pass() {
    let corpus = data::corpus();
    if corpus.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let (mut changed, mut wrong, mut rules) = (0, Vec::new(), BTreeSet::new());
    for file in &corpus {
        let first = fixed(&file.text, &file.path);
        if first.text == file.text {
            continue;
        }
        changed += 1;
        let second = fixed(&first.text, &file.path);
        if second.text != first.text {
            wrong.push(format!("{}: a second pass changes it again", file.file));
        }
        let safe = first.report.diagnostics.iter().filter(|found| {
            found.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe)
        });
        rules.extend(safe.map(|found| format!("{} in {}", found.rule, file.file)));
        wrong
            .extend(unreadable(&file.text, &first.text).map(|why| format!("{}: {why}", file.file)));
    }
    assert!(changed > 0, "no file of the corpus was changed");
    assert!(wrong.is_empty(), "{} of {changed}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rules.is_empty(), "fixes that were not made: {rules:?}");
}

/// The result of a third-party YAML parser for front matter that could be read before.
fn unreadable(before: &str, after: &str) -> Option<String> {
    let front_matter = |text: &str| {
        let rest = text.strip_prefix("---\n")?;
        Some(rest.split_once("\n---\n")?.0.to_string())
    };
    let read = |text: String| serde_norway::from_str::<serde_norway::Value>(&text);
    front_matter(before).filter(|text| read(text.clone()).is_ok())?;
    let after = front_matter(after).ok_or("the front matter is gone".to_string());
    after.and_then(|text| read(text).map_err(|error| error.to_string())).err()
}
