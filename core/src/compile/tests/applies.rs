//! Tests when a converted rule applies.

use super::*;

const HOSTS: [(&str, &str); 5] = [
    ("cursor-rule", ".cursor/rules/a.mdc"),
    ("instructions-file", ".github/instructions/a.instructions.md"),
    ("devin-rule", ".devin/rules/a.md"),
    ("kiro-steering", ".kiro/steering/a.md"),
    ("claude-rule", ".claude/rules/a.md"),
];

/// The front matter of a rule converted for each of the hosts, without braces of lines.
fn everywhere(fields: &str, path: &str) -> Vec<(&'static str, String)> {
    let text = if fields.is_empty() {
        String::from("Be short.\n")
    } else {
        alloc::format!("---\n{fields}\n---\n\nBe short.\n")
    };
    let convert = |(host, own): &(&'static str, &str)| {
        (*own != path).then(|| {
            let done = compiled(&text, path, Some(host));
            let file = written(&done);
            let head = file.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---"));
            let mut told = head.map_or("", |(head, _)| head).replace('\n', "; ");
            if losses(&done).iter().any(|loss| loss.contains("applies to every request")) {
                told.push('!');
            }
            (*host, told)
        })
    };
    HOSTS.iter().filter_map(convert).collect()
}

fn listed(found: &[(&'static str, String)]) -> Vec<String> {
    found.iter().map(|(host, told)| alloc::format!("{host}: {told}")).collect()
}

#[test]
fn a_rule_that_always_applies_says_so_everywhere() {
    let all = [
        "cursor-rule: alwaysApply: true",
        "instructions-file: applyTo: \"**\"",
        "devin-rule: trigger: always_on",
        "kiro-steering: ",
        "claude-rule: ",
    ];
    for (fields, path, own) in [
        ("alwaysApply: true", ".cursor/rules/a.mdc", 0),
        ("applyTo: '**'", ".github/instructions/a.instructions.md", 1),
        ("trigger: always_on", ".devin/rules/a.md", 2),
        ("inclusion: always", ".kiro/steering/a.md", 3),
        ("", ".claude/rules/a.md", 4),
    ] {
        let mut expected: Vec<&str> = all.into();
        expected.remove(own);
        assert_eq!(listed(&everywhere(fields, path)), expected, "{path}");
    }
    assert_eq!(listed(&everywhere("", "CLAUDE.md")), all);
}

#[test]
fn a_rule_for_some_files_keeps_its_patterns() {
    assert_eq!(
        listed(&everywhere("globs: src/**/*.{ts,tsx},lib/**", ".cursor/rules/a.mdc")),
        [
            "instructions-file: applyTo: src/**/*.{ts,tsx},lib/**",
            "devin-rule: trigger: glob; globs: [\"src/**/*.{ts,tsx}\", lib/**]",
            "kiro-steering: inclusion: fileMatch; fileMatchPattern: [\"src/**/*.{ts,tsx}\", lib/**]",
            "claude-rule: paths: [\"src/**/*.{ts,tsx}\", lib/**]",
        ]
    );
    assert_eq!(
        listed(&everywhere(
            "inclusion: fileMatch\nfileMatchPattern: 'src/**'",
            ".kiro/steering/a.md"
        )),
        [
            "cursor-rule: globs: src/**",
            "instructions-file: applyTo: src/**",
            "devin-rule: trigger: glob; globs: src/**",
            "claude-rule: paths: src/**",
        ]
    );
    let done = compiled(
        "---\npaths: [src/**]\n---\n\nBe short.\n",
        ".claude/rules/a.md",
        Some("agents-md"),
    );
    assert_eq!(
        losses(&done),
        ["warning AGENTS.md applies to every request, not only to matching files."]
    );
}

#[test]
fn a_rule_that_others_choose_is_not_added_to_every_request_silently() {
    assert_eq!(
        listed(&everywhere("description: On mail.", ".cursor/rules/a.mdc")),
        [
            "instructions-file: description: On mail.",
            "devin-rule: trigger: model_decision; description: On mail.",
            "kiro-steering: inclusion: auto; description: On mail.",
            "claude-rule: !",
        ]
    );
    assert_eq!(
        listed(&everywhere("inclusion: manual", ".kiro/steering/a.md")),
        ["cursor-rule: ", "instructions-file: ", "devin-rule: trigger: manual", "claude-rule: !"]
    );
    // An agent is chosen by its description, too.
    let agent = "---\nname: a\ndescription: Sorts.\n---\n\nYou sort.\n";
    let done = compiled(agent, ".claude/agents/a.md", Some("devin-rule"));
    assert!(written(&done).contains("trigger: model_decision\n"), "{}", written(&done));
}
