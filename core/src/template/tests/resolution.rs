use super::*;

#[test]
fn bare_paths_start_from_the_root_then_from_the_file() {
    try_out("{{include:x.md}}").file("x.md", "root").gives("root\n");
    try_out("{{include:x.md}}").file("roles/x.md", "file").gives("file\n");
    try_out("{{include:x.md}}")
        .file("x.md", "root")
        .file("roles/x.md", "file")
        .gives("root\n")
        .finds(&["Ambiguous x.md"]);
    try_out("{{include:x.md}}").file("x.md", "same").file("roles/x.md", "same").finds(&[]);
    try_out("{{include:./x.md}}").file("x.md", "root").file("roles/x.md", "file").gives("file\n");
    try_out("{{include:/x.md}}").file("x.md", "root").file("roles/x.md", "file").gives("root\n");
}

#[test]
fn paths_of_an_included_file_start_from_it() {
    try_out("{{include:parts/a.md}}")
        .file("parts/a.md", "{{include:./b.md}} {{include:../c.md}}")
        .file("parts/b.md", "B")
        .file("c.md", "C")
        .gives("B C\n");
}

#[test]
fn options_in_the_front_matter_apply_unless_the_caller_overrides_them() {
    let text = "---\ntemplates: { root: prompts, shift: none }\nmounts: { /b/: { path: data, trust: data } }\n---\n# T\n{{include:x.md}}\n{{include:/b/y.md|wrap=none}}\n";
    let tried = || {
        try_out(text).file("prompts/x.md", "# X").file("data/y.md", "{{Y}}").file("x.md", "root")
    };
    tried().gives("# T\n\n# X\n\n{{Y}}\n");
    tried().options(|o| o.root = Some(String::new())).gives("# T\n\nroot\n\n{{Y}}\n");
}

#[test]
fn a_name_in_another_case_is_used_and_named() {
    try_out("{{include:Parts/X.md}}")
        .file("parts/x.md", "X")
        .gives("X\n")
        .finds(&["CaseMismatch Parts/X.md"]);
}

#[test]
fn a_path_that_is_refused_stays_visible() {
    for path in ["../../etc/passwd", "file:///x", "a\\b", "~/x", "ctx/{{ENV}}.md", ".env"] {
        let text = format!("{{{{include:{path}}}}}");
        let tried = try_out(&text).file("etc/passwd", "root").gives(&format!("{text}\n"));
        tried.finds(&[&format!("UnsafePath {path}")]);
    }
    try_out("{{include:x.md}}").file("x.md", "a\0b").finds(&["UnsafePath x.md"]);
}

#[test]
fn a_fragment_names_a_part() {
    let file = "---\na: b\n---\n# One\n\none\n\n## Two Words!\n\ntwo\n\n### Deep\n\ndeep\n\n## Two Words!\n\nagain ^id\n\n- item ^it\n  more\n- last\n\n<!-- section: part -->\nP\n<!-- /section -->\n\nend\n";
    let part = |fragment: &str| {
        let text = format!("{{{{include:x.md#{fragment}}}}}");
        try_out(&text).file("x.md", file).run().text
    };
    assert_eq!(part("two-words"), "## Two Words!\n\ntwo\n\n### Deep\n\ndeep\n");
    assert!(part("two-words-1").starts_with("## Two Words!\n\nagain ^id\n"));
    assert_eq!(part("deep"), "### Deep\n\ndeep\n");
    assert_eq!(part("L4"), "# One\n");
    assert_eq!(part("L2-L4"), "a: b\n---\n# One\n");
    assert_eq!(part("^id"), "again\n");
    assert_eq!(part("part"), "P\n");
    for missing in ["nothing", "L99", "L5-L4", "^none", "L0"] {
        assert_eq!(part(missing), format!("{{{{include:x.md#{missing}}}}}\n"));
    }
}

#[test]
fn slugs_are_those_of_github() {
    let file = "# Setup\n\n1\n\n# A-1\n\n2\n\n# 🚀 Rocket Launch\n\n3\n\n# ⚙️ Gears\n\n4\n\n# 安装 步骤\n\n5\n\n# Foo & `Bar`_baz\n\n6\n\n# A\n\n7\n\n# A\n\n8\n\n# [Link](x.md) **bold**\n\n9\n\nSetup\n=====\n\n10\n";
    let number = |fragment: &str| {
        let text = format!("{{{{include:x.md#{fragment}}}}}");
        let text = try_out(&text).file("x.md", file).run().text;
        text.lines().last().unwrap_or("").to_string()
    };
    for (fragment, expected) in [
        ("setup", "1"),
        ("a-1", "2"),
        ("-rocket-launch", "3"),
        ("-gears", "4"),
        ("\u{fe0f}-gears", "4"),
        ("安装-步骤", "5"),
        ("foo--bar_baz", "6"),
        ("a", "7"),
        ("a-2", "8"),
        ("link-bold", "9"),
        ("setup-1", "10"),
    ] {
        assert_eq!(number(fragment), expected, "{fragment}");
    }
}

#[test]
fn section_comments_in_code_are_ignored() {
    try_out("{{include:x.md#a}}")
        .file("x.md", "```\n<!-- section: a -->\ncode\n```\n\n<!-- section: a -->\nreal\n")
        .gives("real\n");
}

#[test]
fn a_block_ends_with_its_id() {
    let file = "one\ntwo ^p\n\n- a\n- b ^i\n  - deep\n- c\n  more ^j\n\n| x |\n|---|\n| 1 |\n^t\n\n> q\n> r ^q\n\n```\ncode ^c\n```\n";
    let part = |id: &str| {
        let text = format!("{{{{include:x.md#^{id}}}}}");
        try_out(&text).file("x.md", file).run().text
    };
    assert_eq!(part("p"), "one\ntwo\n");
    assert_eq!(part("i"), "- b\n");
    assert_eq!(part("j"), "- c\n  more\n");
    assert_eq!(part("t"), "| x |\n|---|\n| 1 |\n");
    assert_eq!(part("q"), "> q\n> r\n");
    assert_eq!(part("c"), "{{include:x.md#^c}}\n");
}

#[test]
fn a_fragment_that_is_not_there_is_named() {
    let tried = try_out("{{include:x.md#setpu}}").file("x.md", "# Setup\n");
    let found = tried.run().problems;
    let ProblemKind::MissingFragment { nearest, .. } = &found[0].kind else { panic!("{found:?}") };
    assert_eq!(nearest.as_deref(), Some("setup"));
    tried.finds(&["MissingFragment setpu"]);
    try_out("a {{include:x.md#y|optional}}").file("x.md", "X").gives("a \n");
}

#[test]
fn a_configuration_that_holds_a_secret_is_named() {
    try_out("{{include:config.json}}")
        .file("config.json", "{\n  \"api_key\": \"sk83hd92kd72\"\n}\n")
        .finds(&["Sensitive config.json"]);
}
