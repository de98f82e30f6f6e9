//! Included text stays within its place: nothing in it changes the text around it.

use super::*;

#[test]
fn an_included_file_keeps_front_matter_that_has_no_end() {
    let text = "---\nname: x\nUse {{A}}.\n\ntext\n";
    try_out("{{include:x.md}}\n")
        .file("x.md", text)
        .value("A", "1")
        .gives("---\nname: x\nUse 1.\n\ntext\n")
        .finds(&["KeptFrontMatter ---"]);
    try_out("{{include:x.md}}\n")
        .file("x.md", "# T\n\n---\nname: x\ndescription: y\n---\ntext\n")
        .gives("# T\n\n---\nname: x\ndescription: y\n---\ntext\n")
        .finds(&["KeptFrontMatter ---"]);
    try_out("{{include:x.md}}\n")
        .file("x.md", "name: x\ndescription: y\n\ntext\n")
        .gives("name: x\ndescription: y\n\ntext\n")
        .finds(&[]);
    try_out("{{include:x.md}}\n")
        .file("x.md", "\n---\nname: x\ndescription: y\n---\ntext\n")
        .gives("text\n");
}

#[test]
fn a_code_block_ends_with_the_file_that_opens_it() {
    try_out("{{include:x.md}}\n\n# Next\n\n{{A}}\n")
        .file("x.md", "Run:\n\n~~~~sh\nls\n")
        .gives("Run:\n\n~~~~sh\nls\n~~~~\n\n# Next\n\n{{A}}\n")
        .finds(&["OpenCodeBlock ~~~~sh"]);
    // Four spaces make it a line of code.
    try_out("{{include:x.md}}\nb\n")
        .file("x.md", "```\nls\n    ```\n")
        .gives("```\nls\n    ```\n```\n\nb\n");
    try_out("{{include:x.md#L1-L2}}\nb\n")
        .file("x.md", "```\nls\n```\n")
        .gives("```\nls\n```\n\nb\n")
        .finds(&["OpenCodeBlock ```"]);
    try_out("- a\n\n  {{include:x.md}}\n- b\n")
        .file("x.md", "```\nls\n")
        .gives("- a\n\n  ```\n  ls\n  ```\n\n- b\n");
    for closed in ["```\nls\n```\n", "- a\n  ```\n  ls\n", "> ```\n> ls\n", "`````\n", "a ``` b\n"]
    {
        let tried = try_out("{{include:x.md}}\nb\n").file("x.md", closed);
        let expected = usize::from(closed == "`````\n");
        assert_eq!(tried.problems().len(), expected, "{closed}");
    }
}

#[test]
fn a_code_block_is_closed_once_however_deep_it_is_included() {
    try_out("{{include:a.md}}\n\n{{include:b.md}}\n\nend\n")
        .file("a.md", "{{include:b.md}}\n")
        .file("b.md", "```\nx\n")
        .gives("```\nx\n```\n\n```\nx\n```\n\nend\n")
        .finds(&["OpenCodeBlock ```"]);
}

#[test]
fn exact_spacing_closes_no_code_block_and_names_it() {
    try_out("{{include:x.md}}\nb\n")
        .options(|o| o.spacing = Some(Spacing::Exact))
        .file("x.md", "```\nls\n")
        .gives("```\nls\nb\n")
        .finds(&["OpenCodeBlock ```"]);
}

#[test]
fn what_the_text_leaves_open_ends_before_its_wrapping() {
    let wrapped = |option: &str, text: &str, expected: &str| {
        try_out(&format!("{{{{include:x.md|wrap={option}}}}}\n"))
            .file("x.md", text)
            .gives(expected);
    };
    wrapped("comment", "a <!-- b\n", "<!-- begin x.md -->\na <!-- b\n-->\n<!-- end x.md -->\n");
    wrapped("comment", "<!-->\n", "<!-- begin x.md -->\n<!-->\n<!-- end x.md -->\n");
    wrapped("xml", "<!--\n", "<document path=\"x.md\">\n<!--\n-->\n</document>\n");
    wrapped("xml", "```\n<!--\n", "<document path=\"x.md\">\n```\n<!--\n```\n-->\n</document>\n");
    try_out("a {{include:x.md|wrap=comment}} b\n")
        .file("x.md", "<!-- c")
        .gives("a <!-- begin x.md --><!-- c--><!-- end x.md --> b\n");
}

#[test]
fn in_a_nested_list_item_several_lines_stay_in_the_item_around_it() {
    try_out("- a\n  - {{include:x.md}}\n  - b\n- c\n")
        .file("x.md", "one\n\ntwo\n")
        .gives("- a\n\n  one\n\n  two\n\n  - b\n- c\n");
    try_out("1. a\n\t- {{include:x.md}}\n\t- b\n")
        .file("x.md", "one\n\ntwo\n")
        .gives("1. a\n\n\tone\n\n\ttwo\n\n\t- b\n");
}

#[test]
fn an_indent_that_means_nothing_makes_no_code() {
    try_out("text\n      {{include:x.md}}\n").file("x.md", "one\n").gives("text\n\none\n");
    try_out("- a\n      {{include:x.md}}\n- b\n")
        .file("x.md", "one\n")
        .gives("- a\n\n  one\n\n- b\n");
    try_out("- a\n\n  - b\n\n    {{include:x.md}}\n")
        .file("x.md", "one\n")
        .gives("- a\n\n  - b\n\n    one\n");
}

#[test]
fn a_long_indent_counts_for_every_line() {
    let main = format!("-\t- a\n{}{{{{include:x.md}}}}\n", "\t".repeat(10_000));
    let found = try_out(&main).file("x.md", &"x\n".repeat(1_000)).run();
    assert!(found.text.len() < 1 << 20);
}

#[test]
fn headings_that_stay_stay_at_every_outer_include() {
    let tried = |option: &str| {
        try_out("# T\n\n{{include:a.md}}\n")
            .file("a.md", &format!("# A\n\n{{{{include:b.md|{option}}}}}\n"))
            .file("b.md", "# B\n\nC\n---\n")
    };
    tried("shift=none").gives("# T\n\n## A\n\n# B\n\nC\n---\n");
    tried("raw").gives("# T\n\n## A\n\n# B\n\nC\n---\n");
    tried("raw|shift=+1").gives("# T\n\n## A\n\n### B\n\n#### C\n");
    tried("level=3").gives("# T\n\n## A\n\n#### B\n\n##### C\n");
}
