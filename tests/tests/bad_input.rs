//! Pasted text: front matter broken in every way that real files show, files that are not
//! text, and everything left open. Each gives a clear diagnostic, and the prompt of whatever could be
//! read.

use rolewright_core::{Applicability, Input, LineIndex, Options, Target, compile, fix};

const AGENT: &str = ".claude/agents/reviewer.md";
const SKILL: &str = "skills/reviewer/SKILL.md";
const GEMINI: &str = ".gemini/agents/reviewer.md";
const RULE: &str = ".cursor/rules/reviewer.mdc";

/// Errors and warnings as `LINE:COLUMN severity rule "text"`, and the prompt.
fn read(path: &str, text: &str) -> (Vec<String>, String) {
    let options = Options::default();
    let compiled = compile::compile(&Input::new(text).at(path), &options, &Target::default());
    let index = LineIndex::new(text);
    let diagnostics = compiled.report.diagnostics.iter();
    let found = diagnostics
        .filter(|d| d.severity > rolewright_core::Severity::Info)
        .map(|d| {
            let at = index.position(d.span.start);
            let place = format!("{}:{}", at.line, at.column_utf16);
            let marked: String = d.span.of(text).chars().take(20).collect();
            format!("{place} {} {} {marked:?}", d.severity.name(), d.rule)
        })
        .collect();
    (found, compiled.prompt)
}

/// The findings of `text`; its prompt is the one line that all these roles have.
#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let (found, prompt) = read(path, text);
    assert_eq!(found, expected, "{text}");
    assert_eq!(prompt, "You review.\n", "{text}");
}

/// The same, and the text after the safe fixes, which has no error and no warning left.
#[track_caller]
fn mended(path: &str, text: &str, expected: &[&str], after: &str) {
    check(path, text, expected);
    let fixed = fix(&Input::new(text).at(path), &Options::default(), Applicability::Safe).text;
    assert_eq!(fixed, after);
    check(path, after, &[]);
}

/// Front matter and the body that all these roles have.
fn front_matter(lines: &str) -> String {
    format!("---\n{lines}---\n\nYou review.\n")
}

#[test]
fn a_bare_glob_in_a_cursor_rule_is_not_yaml_and_not_reported() {
    check(RULE, &front_matter("description: a: b\nglobs: **/*\nalwaysApply: false\n"), &[]);
    check(RULE, &front_matter("globs: src/**/*.ts,*.{js,jsx}\n"), &[]);
}

#[test]
fn a_colon_in_a_plain_value_is_quoted() {
    let lines = "description: Use it on demand: always\nname: reviewer\ntools: Read\n";
    let quoted = lines.replace("Use it on demand: always", "\"Use it on demand: always\"");
    for (path, severity) in [(AGENT, "warning"), (SKILL, "error"), (GEMINI, "error")] {
        // What only some hosts take as a list of tools is not in question here.
        let lines = if path == AGENT { lines.into() } else { lines.replace("tools: Read\n", "") };
        let quoted =
            if path == AGENT { quoted.clone() } else { quoted.replace("tools: Read\n", "") };
        let found = format!("2:30 {severity} invalid-yaml \":\"");
        mended(path, &front_matter(&lines), &[&found], &front_matter(&quoted));
    }
}

#[test]
fn carriage_returns_take_the_rescue_away() {
    let text = front_matter("name: reviewer\ndescription: Use it on demand: always\ntools: Read\n");
    let after = text.replace("Use it on demand: always", "\"Use it on demand: always\"");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let fixed = fix(&Input::new(&crlf(&text)).at(AGENT), &Options::default(), Applicability::Safe);
    assert_eq!(read(AGENT, &crlf(&text)).0, ["3:30 error invalid-yaml \":\""]);
    assert_eq!(fixed.text, crlf(&after));
}

#[test]
fn a_closing_delimiter_joined_to_a_heading_is_separated() {
    let lines = "---\nname: reviewer\ndescription: Use it on demand, always\ntools: Read\n";
    let text = format!("{lines}---## What I do\n\nYou review.\n");
    let (found, prompt) = read(AGENT, &text);
    assert_eq!(found, ["5:4 error glued-delimiter \"## What I do\""]);
    assert_eq!(prompt, "## What I do\n\nYou review.\n");
}

#[test]
fn a_leading_star_is_quoted() {
    mended(
        AGENT,
        &front_matter("name: reviewer\ndescription: **Use** it on demand\ntools: *\n"),
        &["3:14 warning invalid-yaml \"*\""],
        &front_matter("name: reviewer\ndescription: \"**Use** it on demand\"\ntools: \"*\"\n"),
    );
}

#[test]
fn a_leading_at_sign_or_back_tick_is_quoted() {
    for value in ["@Observable で状態を管理する", "`review` is used on demand"] {
        mended(
            SKILL,
            &front_matter(&format!("name: reviewer\ndescription: {value}\n")),
            &[&format!("3:14 error invalid-yaml {:?}", &value[..1])],
            &front_matter(&format!("name: reviewer\ndescription: \"{value}\"\n")),
        );
    }
}

#[test]
fn a_dialogue_at_the_start_of_its_lines_becomes_a_block() {
    mended(
        AGENT,
        &front_matter(
            "name: reviewer\ndescription: Use it on demand. Examples:\n\n<example>\nContext: A change\nuser: \"Look\"\nassistant: \"I look\"\n</example>\n\ntools: Read\n",
        ),
        &["5:1 error invalid-yaml \"<\""],
        &front_matter(
            "name: reviewer\ndescription: |-\n  Use it on demand. Examples:\n\n  <example>\n  Context: A change\n  user: \"Look\"\n  assistant: \"I look\"\n  </example>\n\ntools: Read\n",
        ),
    );
}

#[test]
fn literal_line_breaks_become_lines() {
    let lines = |value: &str| {
        front_matter(&format!("name: reviewer\ndescription: {value}\ntools: [read_file]\n"))
    };
    let block = lines("|-\n  Use it on demand.\n\n  Often.");
    let plain = r"Use it on demand.\n\nOften.";
    mended(GEMINI, &lines(plain), &["3:31 warning literal-escape \"\\\\n\""], &block);
    let quoted = "\"Use it on demand.\\\\n\\\\nOften.\"";
    mended(GEMINI, &lines(quoted), &["3:32 warning literal-escape \"\\\\\\\\n\""], &block);
}

#[test]
fn a_delimiter_that_grew_is_cut() {
    let lines = "name: reviewer\ndescription: Use it on demand, always\ntools: Read\n";
    let (three, many) = ("---\n", format!("{}\n", "-".repeat(56)));
    mended(
        AGENT,
        &format!("{three}{lines}{many}\nYou review.\n"),
        &["5:1 error glued-delimiter \"--------------------\""],
        &front_matter(lines),
    );
    mended(
        AGENT,
        &format!("{many}{lines}{many}\nYou review.\n"),
        &["1:1 error glued-delimiter \"--------------------\""],
        &front_matter(lines),
    );
}

#[test]
fn a_missing_delimiter_is_put_in() {
    let lines = "name: reviewer\ndescription: Use it on demand, always\ntools: Read\n";
    mended(
        AGENT,
        &format!("{lines}---\n\nYou review.\n"),
        &["1:1 error glued-delimiter \"name\""],
        &front_matter(lines),
    );
    mended(
        AGENT,
        &format!("---\n{lines}\nYou review.\n"),
        &["1:1 error misplaced-front-matter \"---\""],
        &front_matter(lines),
    );
}

#[test]
fn text_before_the_front_matter_is_named() {
    let good = front_matter("name: reviewer\ndescription: Use it on demand, always\ntools: Read\n");
    mended(
        AGENT,
        &format!("\u{feff}{good}"),
        &["1:1 warning misplaced-front-matter \"\\u{feff}\""],
        &good,
    );
    mended(AGENT, &format!("\n\n{good}"), &["3:1 error misplaced-front-matter \"---\""], &good);
    mended(AGENT, &format!(" {good}"), &["1:2 error misplaced-front-matter \"---\""], &good);
    let (found, _) = read(AGENT, &format!("<!-- licence -->\n{good}"));
    assert_eq!(found, ["1:1 error misplaced-front-matter \"<!-- licence -->\""]);
}

#[test]
fn a_rule_between_paragraphs_is_not_front_matter() {
    let text = "<!-- a partial -->\n\n# Part\n\nText.\n\n---\n\nname: of nothing\n";
    assert_eq!(read("partials/part.md", text), (Vec::new(), text.into()));
}

#[test]
fn tabs_quotes_brackets_and_indentation_are_named_and_fixed() {
    let name = "name: reviewer\n";
    let usual = "description: Use it on demand, always\ntools: Read\n";
    for (bad, found, good) in [
        (
            "description: Use it on demand, always\ntools:\n\t- Read\n",
            "5:1 error invalid-yaml \"\\t\"",
            "description: Use it on demand, always\ntools:\n  - Read\n",
        ),
        (
            "description: \"Use it on demand, always\ntools: Read\n",
            "3:14 error invalid-yaml \"\\\"\"",
            "description: \"Use it on demand, always\"\ntools: Read\n",
        ),
        (
            "description: Use it on demand, always\ntools: [Read, Grep\n",
            "4:8 error invalid-yaml \"[\"",
            "description: Use it on demand, always\ntools: [Read, Grep]\n",
        ),
        (
            " description: Use it on demand, always\ntools: Read\n",
            "3:2 error invalid-yaml \"description\"",
            usual,
        ),
        (
            "description:Use it on demand, always\ntools: Read\n",
            "3:1 error invalid-yaml \"description\"",
            usual,
        ),
        (
            "description: |\nUse it on demand, always\ntools: Read\n",
            "4:1 error invalid-yaml \"U\"",
            "description: |\n  Use it on demand, always\ntools: Read\n",
        ),
    ] {
        let text = |lines: &str| front_matter(&format!("{name}{lines}"));
        mended(AGENT, &text(bad), &[found], &text(good));
    }
}

#[test]
fn a_field_given_twice_is_an_error() {
    let good = "name: reviewer\ndescription: Use it on demand, always\ntools: Read\n";
    mended(
        AGENT,
        &front_matter(&format!("{good}tools: Read\n")),
        &["5:1 error duplicate-field \"tools\""],
        &front_matter(good),
    );
    check(
        AGENT,
        &front_matter(&format!("{good}tools: Bash\n")),
        &["5:1 error duplicate-field \"tools\""],
    );
}

#[test]
fn front_matter_without_fields_is_an_error() {
    for (lines, at) in [
        ("- name: reviewer\n- description: x\n", "\"-\""),
        ("name = reviewer\n", "\"n\""),
        ("name:reviewer\ndescription:Use it\n", "\"name\""),
    ] {
        check(AGENT, &front_matter(lines), &[&format!("2:1 error invalid-yaml {at}")]);
    }
    check(AGENT, "---\n---\n\nYou review.\n", &["1:1 error missing-field \"---\""]);
}

#[test]
fn yaml_of_every_style_is_read() {
    let lines =
        |description: &str| format!("name: reviewer\ndescription: {description}tools: Read\n");
    for description in [
        "Use it on demand, always # and a comment\n",
        "'It''s used: on demand'\n",
        "\"Used: on\n  demand,\n  \\\"always\\\"\"\n",
        ">-\n  Use it: on\n  demand\n\n",
        "|2\n    Use it: on\n  demand\n",
        "&d Use it on demand, always\n",
    ] {
        check(AGENT, &front_matter(&lines(description)), &[]);
        let crlf = front_matter(&lines(description)).replace('\n', "\r\n");
        assert_eq!(read(AGENT, &crlf).0, [""; 0], "{crlf}");
    }
    let list = "tools: # what it may do\n  - Read # files\n  # - Write\n  - \"Agent(x)\"\n";
    check(
        AGENT,
        &front_matter(&lines("Use it on demand, always\n").replace("tools: Read\n", list)),
        &[],
    );
    let json =
        "{\"name\": \"reviewer\", \"description\": \"Use it on demand\", \"tools\": [\"Read\"]}\n";
    check(AGENT, &front_matter(json), &[]);
    check(
        AGENT,
        &front_matter(&lines("Use it on demand, always\n")).replace("\n---\n\n", "\n...\n\n"),
        &[],
    );
}

#[test]
fn files_without_text_say_so() {
    for text in ["", "\n\n", " \r\n"] {
        let (found, prompt) = read(AGENT, text);
        assert_eq!((found.len(), prompt.as_str()), (1, ""), "{text:?}: {found:?}");
        assert!(found[0].contains("error empty-body"), "{found:?}");
    }
    let binary = String::from_utf8_lossy(&[0x89, b'P', b'N', b'G', 0, 1, 2, 0xFF]).into_owned();
    assert_eq!(read(AGENT, &binary).0, ["1:5 error unreadable-file \"\\0\""]);
}

#[test]
fn a_megabyte_on_one_line_is_checked_and_compiled() {
    let line = "read and report. ".repeat(61_000);
    let text = format!(
        "---\nname: reviewer\ndescription: Use it on demand, always\ntools: Read\n---\n{line}\n"
    );
    let (found, prompt) = read(AGENT, &text);
    assert_eq!(found, [""; 0]);
    assert_eq!(prompt, format!("{line}\n"));
    assert_eq!(read(AGENT, &line).0, ["1:1 error missing-field \"read and report. rea\""]);
}

#[test]
fn everything_left_open_is_named_and_nothing_is_lost() {
    let text = "---\nname: \"reviewer\ndescription: [Use it\ntools: [Read, Grep\n\nYou review `all of it.\n\n```js\nlet a = {{include:a\n\n<!-- {{NAME\n";
    let (found, prompt) = read(AGENT, text);
    assert_eq!(
        found,
        [
            "1:1 error misplaced-front-matter \"---\"",
            "2:7 error invalid-yaml \"\\\"\"",
            "11:1 warning truncated-file \"<!-- {{NAME\""
        ],
    );
    assert_eq!(prompt, text.split_once("Grep\n\n").unwrap().1);
}

#[test]
fn every_script_counts_as_text() {
    for (name, description, body) in [
        ("代码审查", "在提交代码之后使用，审查代码质量。", "你是审查专家 🧑‍💻。\n"),
        ("مراجع", "استخدمه بعد كل تغيير لمراجعة الشفرة", "أنت مراجع. می‌خواهم 👨‍👩‍👧‍👦\n"),
        ("समीक्षक", "हर बदलाव के बाद इसका उपयोग करें", "आप क्‍ष की समीक्षा करते हैं।\n"),
        ("flags", "Use it on demand, always", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🏳️‍🌈 ❤️‍🔥 1️⃣\n"),
    ] {
        let lines = format!("name: {name}\ndescription: {description}\ntools: Read\n");
        let text = format!("---\n{lines}---\n\n{body}");
        assert_eq!(read(AGENT, &text), (Vec::new(), body.to_string()));
        assert_eq!(read(AGENT, &text.replace('\n', "\r\n")).0, [""; 0]);
    }
}

#[test]
fn each_host_is_judged_by_its_own_rules() {
    let copilot = "---\ndescription: 'Use it for tests of all kinds'\ntools: ['search', 'edit', 'my-server/*']\nmodel: GPT-5.5.5\nhandoffs: []\n---\n\nYou review.\n";
    check(".github/agents/reviewer.agent.md", copilot, &[]);
    let chat = "---\ndescription: Plans\ntools: ['codebase', 'fetch']\n---\n\nYou review.\n";
    check(".github/chatmodes/plan.chatmode.md", chat, &[]);
    check(
        GEMINI,
        &front_matter(
            "name: My Reviewer\ndescription: Use it on demand\ntools: read_file, glob\nmaxTurns: 5\ntemperature: \"0.2\"\n",
        ),
        &[
            "2:7 error invalid-name \"My Reviewer\"",
            "4:8 error invalid-field-type \"read_file, glob\"",
            "5:1 error near-miss-field \"maxTurns\"",
            "6:14 error invalid-field-type \"\\\"0.2\\\"\"",
        ],
    );
    let skill =
        "name: reviewer\ndescription: Use it on demand\nmetadata:\n  author: x\n  tags:\n    - a\n";
    // Other programs read such metadata, so it is info.
    check(SKILL, &front_matter(skill), &[]);
}

#[test]
fn prompts_in_other_syntaxes_are_searched_for_what_every_text_may_hold() {
    let roo = "customModes:\n  - slug: x\n    name: X\n    groups: [read]\n    roleDefinition: Look at /home/peter/notes/x.md\n";
    assert_eq!(read(".roomodes", roo).0, ["5:29 warning machine-path \"/home/peter/notes/x.\""]);
    let codex = "name = \"x\"\ndescription = \"Use it after every change to the code\"\ndeveloper_instructions = \"\"\"\nRead /Users/anna/code/x.\n\"\"\"\n";
    assert_eq!(
        read(".codex/agents/x.toml", codex).0,
        ["4:6 warning machine-path \"/Users/anna/code/x\""]
    );
}
