use super::*;

#[test]
fn a_directive_alone_on_its_line_becomes_a_block() {
    try_out("a\n{{include:x.md}}\nb\n").file("x.md", "\n\nX\n\n\n").gives("a\n\nX\n\nb\n");
    try_out("a\n\n{{include:x.md}}\n\nb\n").file("x.md", "X").gives("a\n\nX\n\nb\n");
    try_out("{{include:x.md}}\n{{include:x.md}}").file("x.md", "X").gives("X\n\nX\n");
    try_out("a\n{{include:x.md}}\nb\n").file("x.md", "\n").gives("a\nb\n");
}

#[test]
fn an_indented_block_indents_its_lines_but_not_what_values_hold() {
    try_out("- a\n\n  {{include:x.md}}\n- b\n")
        .file("x.md", "one\n\ntwo {{V}}\nthree\n")
        .value("V", "1\n2")
        .gives("- a\n\n  one\n\n  two 1\n2\n  three\n\n- b\n");
}

#[test]
fn in_a_list_item_one_line_stays_and_more_is_lifted_out() {
    try_out("- {{include:x.md}}\n- b\n").file("x.md", "X\n").gives("- X\n- b\n");
    try_out("1. {{include:x.md}}\n2. b\n").file("x.md", "X").gives("1. X\n2. b\n");
    try_out("Load:\n- {{include:x.md}}\n- b\n")
        .file("x.md", "# X\n")
        .gives("Load:\n\n# X\n\n- b\n");
    try_out("- {{include:x.md}}\n- {{include:x.md}}\n")
        .file("x.md", "one\n\ntwo\n")
        .gives("one\n\ntwo\n\none\n\ntwo\n");
    try_out("- {{include:x.md}}\n  more\n").file("x.md", "X").gives("- X\n  more\n");
}

#[test]
fn in_a_line_only_one_line_fits() {
    try_out("a {{include:x.md}} b\n").file("x.md", "X\n").gives("a X b\n").finds(&[]);
    try_out("a {{include:x.md}} b\n")
        .file("x.md", "X\nY\n")
        .gives("a X Y b\n")
        .finds(&["MultilineInline {{include:x.md}}"]);
    try_out("{{include:x.md|inline}}\nb\n").file("x.md", "X\n").gives("X\nb\n");
}

#[test]
fn an_optional_include_that_is_absent_leaves_nothing() {
    for suffix in ["(if exists)", "  ( If Available )", "(if present)", "(OPTIONAL)"] {
        try_out(&format!("a\n\n{{{{include:x.md}}}} {suffix}\n\nb\n")).gives("a\n\nb\n");
    }
    try_out("- {{include:x.md}} (if exists)\n- b\n").gives("- b\n");
    try_out("- {{include:x.md}} (if exists) - Work done\n").gives("- Work done\n");
    try_out("see {{include:x.md|optional}} here\n").gives("see  here\n");
    try_out("- {{include:x.md}} (if exists) - Work\n").file("x.md", "X").gives("- X - Work\n");
    try_out("{{include:x.md}} (if necessary)\n").file("x.md", "X").gives("X (if necessary)\n");
}

#[test]
fn a_missing_include_stays_visible() {
    let kept = try_out("a\n{{include:x.md}}\nb\n").gives("a\n{{include:x.md}}\nb\n");
    kept.finds(&["MissingInclude x.md"]);
}

#[test]
fn headings_are_shifted_below_the_one_they_are_under() {
    let part = "# A\n\nB\n===\n\n## C ##\n\n```\n# no heading\n```\n";
    try_out("## Top\n\n{{include:x.md}}\n")
        .file("x.md", part)
        .gives("## Top\n\n### A\n\n### B\n\n#### C ##\n\n```\n# no heading\n```\n");
    try_out("{{include:x.md}}\n").file("x.md", part).gives(part);
    try_out("# T\n\n{{include:x.md}}\n").file("x.md", "## A\n").gives("# T\n\n## A\n");
    try_out("# T\n\n{{include:x.md|shift=none}}\n").file("x.md", "# A\n").gives("# T\n\n# A\n");
    try_out("# T\n\n{{include:x.md|shift=+2}}\n").file("x.md", "# A\n").gives("# T\n\n### A\n");
    try_out("# T\n\n{{include:x.md|level=1}}\n")
        .file("x.md", "### A\n#### B\n")
        .gives("# T\n\n# A\n## B\n");
    try_out("# T\n\n{{include:x.md}}\n")
        .file("x.md", "# A\n")
        .options(|o| o.shift = Some(Shift::None))
        .gives("# T\n\n# A\n");
}

#[test]
fn headings_move_through_every_level_of_includes() {
    try_out("# T\n\n{{include:a.md}}\n")
        .file("a.md", "# A\n\n{{include:b.md}}\n")
        .file("b.md", "Under\nlined\n---\n\ntext\n")
        .gives("# T\n\n## A\n\n### Under lined\n\ntext\n");
}

#[test]
fn no_heading_goes_below_level_six() {
    try_out("##### T\n\n{{include:x.md}}\n")
        .file("x.md", "# A\n## B\n### C\n")
        .gives("##### T\n\n###### A\n###### B\n###### C\n")
        .finds(&["ClampedHeading {{include:x.md}}"]);
}

#[test]
fn a_repeated_title_can_be_left_out() {
    let main = "## Setup\n\n{{include:x.md}}\n";
    let file = "# Setup\n\ntext\n\n## More\n";
    try_out(main)
        .file("x.md", file)
        .gives("## Setup\n\n### Setup\n\ntext\n\n#### More\n")
        .finds(&["DuplicateTitle {{include:x.md}}"]);
    try_out("## Setup\n\n{{include:x.md|title=strip}}\n")
        .file("x.md", file)
        .gives("## Setup\n\ntext\n\n### More\n")
        .finds(&[]);
    try_out("{{include:x.md|title=strip}}\n")
        .file("x.md", "Setup\n=====\n\ntext\n")
        .gives("text\n");
}

#[test]
fn exact_spacing_adds_and_strips_nothing() {
    let exact = |text| try_out(text).options(|o| o.spacing = Some(Spacing::Exact));
    exact("a\n{{include:x.md}}\nb\n").file("x.md", "X\n").gives("a\nX\nb\n");
    exact("a\n{{include:x.md}}\nb\n").file("x.md", "\nX").gives("a\n\nXb\n");
    exact("\n a \n").gives("\n a \n");
    exact("a\n  {{include:x.md}}\nb").file("x.md", "1\n2\n").gives("a\n  1\n  2\nb");
}

#[test]
fn a_fence_is_longer_than_any_inside() {
    try_out("{{include:x.md|raw|fence=markdown}}\n")
        .file("x.md", "# A\n````\n{{X}}\n````\n")
        .value("X", "1")
        .gives("`````markdown\n# A\n````\n{{X}}\n````\n`````\n");
    try_out("a\n{{include:c.jsonc}}\n").file("c.jsonc", "{ }\n").gives("a\n\n```jsonc\n{ }\n```\n");
    try_out("v {{include:VERSION}}.\n").file("VERSION", "1.2\n").gives("v 1.2.\n");
    try_out("- {{include:c.json}}\n").file("c.json", "{}").gives("```json\n{}\n```\n");
}

#[test]
fn data_is_inserted_unread_and_delimited() {
    let mount = |o: &mut TemplateOptions| {
        let mount = Mount { path: "work/".to_string(), data: true };
        o.mounts.insert("/branch/".to_string(), mount);
    };
    try_out("{{include:/branch/t.md}}\n")
        .options(mount)
        .file("work/t.md", "# T {{X}}\n{{include:y.md}}\n</document>\n")
        .value("X", "1")
        .gives("<document-2 path=\"work/t.md\">\n# T {{X}}\n{{include:y.md}}\n</document>\n</document-2>\n")
        .finds(&[]);
    try_out("{{include:/branch/t.md|wrap=comment}}\n")
        .options(mount)
        .file("work/t.md", "T\n")
        .gives("<!-- begin work/t.md -->\nT\n<!-- end work/t.md -->\n");
    try_out("{{include:x.md|wrap=xml}}\n")
        .file("x.md", "{{X}}\n")
        .value("X", "1")
        .gives("<document path=\"x.md\">\n1\n</document>\n");
}

#[test]
fn data_stays_delimited_in_the_middle_of_a_line() {
    let mount = |o: &mut TemplateOptions| {
        let mount = Mount { path: "work/".to_string(), data: true };
        o.mounts.insert("/branch/".to_string(), mount);
    };
    let tried = || try_out("- {{include:/branch/t.md}} (if exists) - Work\n").options(mount);
    tried()
        .file("work/t.md", "{{X}}\n")
        .gives("- <document path=\"work/t.md\">{{X}}</document> - Work\n");
    tried().gives("- Work\n");
}

#[test]
fn files_in_the_folder_of_a_data_mount_are_data_however_they_are_named() {
    for path in ["jobs/t.md", "./../jobs/t.md", "/jobs/t.md", "/branch/t.md", "/./branch/t.md"] {
        try_out(&format!("{{{{include:{path}}}}}\n"))
            .options(|o| {
                let mount = Mount { path: "jobs/".to_string(), data: true };
                o.mounts.insert("/branch/".to_string(), mount);
            })
            .file("jobs/t.md", "{{X}} {{include:y.md}}\n")
            .gives("<document path=\"jobs/t.md\">\n{{X}} {{include:y.md}}\n</document>\n")
            .finds(&[]);
    }
}

#[test]
fn no_text_can_close_the_marks_around_it() {
    let wrapped = |option: &str, text: &str| {
        let main = format!("{{{{include:x.md|wrap={option}}}}}\n");
        let text = try_out(&main).file("x.md", text).run().text;
        text.lines().last().unwrap_or("").to_string()
    };
    assert_eq!(wrapped("xml", "a"), "</document>");
    assert_eq!(wrapped("xml", "</DOCUMENT >\n</document-7>"), "</document-8>");
    assert_eq!(wrapped("xml", "</document-4294967295>"), "</document-2>");
    assert_eq!(wrapped("comment", "a"), "<!-- end x.md -->");
    assert_eq!(wrapped("comment", "<!-- end x.md --> b"), "<!-- end x.md 2 -->");
    let many: String = (0..50_000).map(|n| format!("</document-{n}>\n")).collect();
    assert_eq!(wrapped("xml", &many), "</document-50000>");
    let tried = try_out("{{include:a-->b.md|wrap=comment}}\n").file("a-->b.md", "a\n");
    tried.gives("<!-- begin a--&gt;b.md -->\na\n<!-- end a--&gt;b.md -->\n");
}

#[test]
fn the_extension_of_a_name_may_be_in_capitals() {
    try_out("{{include:X.MD}}\n").file("X.MD", "{{V}}\n").value("V", "1").gives("1\n");
    try_out("{{include:X.JSON}}\n").file("X.JSON", "{}\n").gives("```JSON\n{}\n```\n");
    try_out("{{include:x.a`b}}\n").file("x.a`b", "y\n").gives("```\ny\n```\n");
}

#[test]
fn raw_text_is_not_read() {
    try_out("# T\n{{include:x.md|raw}}\n")
        .file("x.md", "---\na: b\n---\n# {{X}}\n\\{{X}}\n")
        .value("X", "1")
        .gives("# T\n\n# {{X}}\n\\{{X}}\n");
}

#[test]
fn once_keeps_the_first() {
    try_out("{{include:x.md|once}}\n\n{{include:x.md|once}}\n\nb\n")
        .file("x.md", "X")
        .gives("X\n\nb\n");
}

#[test]
fn a_lead_in_that_leads_to_nothing_is_named() {
    try_out("# A\n\nReview these:\n- {{include:x.md}} (if exists)\n- {{include:y.md}} (if exists)\n\n## B\n\nb\n")
        .gives("# A\n\nReview these:\n\n## B\n\nb\n")
        .finds(&["MissingInclude x.md", "MissingInclude y.md", "OrphanedLeadIn Review these:"]);
    try_out("Review:\n- {{include:x.md}} (if exists)\n- more\n").finds(&["MissingInclude x.md"]);
    try_out("# A\n\n{{include:x.md|optional}}\n\n# B\n\nb\n")
        .finds(&["MissingInclude x.md", "OrphanedLeadIn # A"]);
    try_out("# A\n\n{{include:x.md|optional}}\n\ntext\n").finds(&["MissingInclude x.md"]);
    try_out("A\n===\n\n{{include:x.md|optional}}\n\nB\n===\n\nb\n")
        .finds(&["MissingInclude x.md", "OrphanedLeadIn A\n==="]);
}

#[test]
fn in_quotations_cells_and_tags_an_include_is_part_of_the_line() {
    let gives = |text: &str, expected: &str| {
        try_out(text).file("x.md", "one\ntwo\n").file("y.md", "Y").gives(expected);
    };
    gives("> {{include:x.md}}\n> b\n", "> one two\n> b\n");
    gives("| {{include:y.md}} | b |\n|---|---|\n", "| Y | b |\n|---|---|\n");
    gives("[^1]: {{include:y.md}}\n", "[^1]: Y\n");
    gives("- [ ] {{include:y.md}}\n", "- [ ] Y\n");
    gives("<b>{{include:y.md}}</b>\n", "<b>Y</b>\n");
    gives("<!-- {{include:y.md}} -->\n", "<!-- Y -->\n");
    gives("# {{include:y.md}}\n", "# Y\n");
    gives("a {{include:y.md}}\n===\n", "a Y\n===\n");
    gives("[{{include:y.md}}](y)\n", "[Y](y)\n");
}

#[test]
fn an_include_above_a_rule_or_an_underline_is_a_block() {
    try_out("{{include:x.md}}\n---\nb\n").file("x.md", "X").gives("X\n\n---\nb\n");
    try_out("# T\n\n{{include:x.md}}\n===\n").file("x.md", "# X").gives("# T\n\n## X\n\n===\n");
}

#[test]
fn in_nested_lists_items_keep_their_place() {
    try_out("- a\n  - {{include:x.md}}\n  - b\n").file("x.md", "X").gives("- a\n  - X\n  - b\n");
    try_out("-\ta\n\n\t{{include:x.md}}\n")
        .file("x.md", "one\n\ntwo\n")
        .gives("-\ta\n\n\tone\n\n\ttwo\n");
    try_out("- a\n  - {{include:x.md}}\n")
        .file("x.md", "- one\n- two\n")
        .gives("- a\n\n  - one\n  - two\n");
}

#[test]
fn headings_move_in_quotations_and_lists_and_never_in_code() {
    try_out("# T\n{{include:x.md}}\n")
        .file(
            "x.md",
            "# A\n\n> # B\n\n- # C\n\n~~~\nD\n===\n~~~\n\n    # E\n\n`# F`\n\nG\nH\n---\n",
        )
        .gives(
            "# T\n\n## A\n\n> ## B\n\n- ## C\n\n~~~\nD\n===\n~~~\n\n    # E\n\n`# F`\n\n### G H\n",
        );
    try_out("# T\n{{include:x.md}}\n")
        .file("x.md", "# {{V}}\n\n{{V}}\n===\n")
        .value("V", "v")
        .gives("# T\n\n## v\n\n## v\n");
}

#[test]
fn once_keeps_the_first_of_a_diamond() {
    try_out("{{include:a.md}}\n{{include:b.md}}\n")
        .file("a.md", "A\n{{include:c.md|once}}\n")
        .file("b.md", "B\n{{include:c.md|once}}\n")
        .file("c.md", "C")
        .gives("A\n\nC\n\nB\n");
    try_out("{{include:c.md}}\n{{include:c.md|once}}\n").file("c.md", "C").gives("C\n");
    try_out("{{include:c.md#a|once}}\n{{include:c.md|once}}\n")
        .file("c.md", "# A\n\n# B\n")
        .gives("# A\n\n# A\n\n# B\n");
}

#[test]
fn an_included_file_loses_its_front_matter_byte_order_mark_and_line_endings() {
    try_out("a\n{{include:x.md}}\nb\n")
        .file("x.md", "\u{feff}---\r\nk: v\r\n---\r\n\r\n# X\r\ntext\rmore\r\n\r\n")
        .gives("a\n\n# X\ntext\nmore\n\nb\n");
}

#[test]
fn a_comment_over_two_lines_keeps_the_underlined_heading_after_it() {
    try_out("# One\n{{include:a.md}}")
        .file("a.md", "{{!--\n--}}Set\n===\ntext")
        .gives("# One\n\n## Set\ntext\n");
}
