use super::*;

#[test]
fn text_without_directives_is_its_own_prompt() {
    try_out("\n\n# A\n\ntext  \n\n\n").gives("# A\n\ntext  \n");
    try_out("---\nname: a\n---\n\nbody").gives("body\n");
    try_out("").gives("");
    try_out(" \n\n").gives("");
    try_out("   indented\n").gives("   indented\n");
}

#[test]
fn line_endings_and_the_byte_order_mark_are_normalized() {
    try_out("\u{feff}a\r\nb\rc\r\n").gives("a\nb\nc\n");
    try_out("a\r\n{{X}}\r\n").value("X", "1\r\n2").gives("a\n1\n2\n");
}

#[test]
fn a_lone_carriage_return_ends_a_line() {
    try_out("# T\r{{include:x.md}}\rb {{A:-\rc\r")
        .file("x.md", "# X\r\rUnder\r---\r")
        .gives("# T\n\n## X\n\n### Under\n\nb {{A:-\nc\n");
    try_out("{{include:x.md#L2}}").file("x.md", "a\rb\rc").gives("b\n");
    try_out("{{include:x.md#^id}}").file("x.md", "a\r\rb ^id\r\rc").gives("b\n");
    try_out("{{include:x.md}}").file("x.md", "---\ra: b\r---\rtext\r").gives("text\n");
    try_out("- {{include:x.md}} (if exists)\r- b\r").gives("- b\n");
    try_out("a\r```\r{{X}}\r```\r{{X}}\r").gives("a\n```\n{{X}}\n```\n{{X}}\n");
}

#[test]
fn a_backslash_makes_braces_literal() {
    try_out(r"\{{X}} and \\{{X}} and \\\{{X}}")
        .value("X", "1")
        .gives("{{X}} and \\1 and \\{{X}}\n");
    try_out(r"\{{include:a.md}}").gives("{{include:a.md}}\n").finds(&[]);
}

#[test]
fn comments_are_removed_with_their_line() {
    try_out("a\n{{! note }}\nb{{!--  {{X}} }} --}}c\n").gives("a\nbc\n");
    try_out("a\n\n{{!-- two\nlines --}}\n\nb\n").gives("a\n\nb\n");
    try_out("<!-- rolewright-ignore x: y -->\nb\n").gives("b\n");
    try_out("a <!-- rolewright-ignore x --> b\n").gives("a  b\n");
    try_out("<!-- kept -->\n").gives("<!-- kept -->\n");
}

#[test]
fn a_raw_block_keeps_what_is_in_it() {
    try_out("{{raw}}\n{{X}} {{include:a.md}}\n{{/raw}}\nb {{raw}}{{X}}{{/raw}}\n")
        .value("X", "1")
        .gives("{{X}} {{include:a.md}}\nb {{X}}\n")
        .finds(&[]);
}

#[test]
fn other_languages_braces_are_text() {
    for text in [
        "${{ secrets.TOKEN }} and ${{X}}\n",
        "{{repoName}} {{ product.price | money }} <a style={{ __html: x }}>\n",
        "{{#if x}}y{{/if}} {{{X}}} {{{{X}}}} {{^x}} {{~x}}\n",
        "{{YYYY-MM-DD}} {{a b}} {{}} {{ }} {{ include \"chart.name\" . }}\n",
        "{{H\n}} {{.Name}} {{$x}}\n",
    ] {
        try_out(text).value("X", "1").gives(text).finds(&[]);
    }
}

#[test]
fn other_spellings_of_an_include_are_kept_and_named() {
    for text in [
        "{{> a.md}}",
        "{{#include a.md}}",
        "{{include a.md}}",
        "{{ Include : a.md }}",
        "{{ include:a.md }}",
        "{{INCLUDE:a.md}}",
        "{{{include:a.md}}}",
    ] {
        let kept = format!("{text}\n");
        let tried = try_out(text).file("a.md", "A").gives(&kept);
        let found = tried.run().problems;
        let expected = ProblemKind::UnknownDirective(Some("{{include:a.md}}".to_string()));
        assert_eq!(found.first().map(|p| &p.kind), Some(&expected), "{text}");
    }
    try_out("{{include:}}").gives("{{include:}}\n").finds(&["UnknownDirective {{include:}}"]);
    try_out("{{include:a.md|opional}}")
        .file("a.md", "A")
        .gives("{{include:a.md|opional}}\n")
        .finds(&["UnknownOption {{include:a.md|opional}}"]);
}

#[test]
fn a_directive_that_never_ends_is_named() {
    try_out("{{include:a.md\nb\n").gives("{{include:a.md\nb\n").finds(&["Unclosed {{include:"]);
    try_out("{{NAME}\n").finds(&["Unclosed {{NAME"]);
    try_out("{{! x\n").finds(&["Unclosed {{!"]);
    try_out("{{raw}} x\n").finds(&["Unclosed {{raw}}"]);
    try_out("{{N}\n{{NAME and\n").finds(&[]);
}

#[test]
fn code_is_literal_but_for_known_names() {
    let text = "`{{X}}` `{{Y}}`\n\n```{{X}}\n{{X}} {{Y}} \\{{X}} {{! c }}\n{{include:a.md}}\n```\n\n    {{X}} {{Y}}\n";
    try_out(text).gives(text).finds(&["InCode {{include:a.md}}"]);
    try_out(text).value("X", "1").gives(
        "`1` `{{Y}}`\n\n```1\n1 {{Y}} {{X}} {{! c }}\n{{include:a.md}}\n```\n\n    1 {{Y}}\n",
    );
}

#[test]
fn in_code_a_backslash_counts_where_the_name_is_live() {
    let text = "`\\{{X}} \\\\{{X}} \\\\\\{{X}} \\{{Y}} \\\\{{Y}}`\n";
    try_out(text).value("X", "1").gives("`{{X}} \\1 \\{{X}} \\{{Y}} \\\\{{Y}}`\n");
    try_out(text).gives(text);
    let role = Role::parse(text, "x.md");
    let shown = directives(&role, &Options::default());
    let spans: Vec<&str> = shown.iter().map(|found| found.span.of(text)).collect();
    assert_eq!(spans, ["{{X}}", "{{Y}}"]);
    let escaped = try_out("`\\{{X}}`\n").value("X", "1").run();
    assert!(escaped.variables.is_empty());
    try_out("`\\{{X}}`\n").options(|o| o.code = Some(Code::Live)).gives("`{{X}}`\n");
    try_out("`\\\\{{X}}`\n").options(|o| o.code = Some(Code::Live)).gives("`\\{{X}}`\n");
}

#[test]
fn a_name_that_is_declared_is_live_in_any_case() {
    let front_matter = "---\nvariables:\n  name: Ann\n  Team: { default: B }\n---\n";
    try_out(&format!("{front_matter}{{{{name}}}} {{{{ Team }}}} `{{{{name}}}}` {{{{other}}}}\n"))
        .gives("Ann B `Ann` {{other}}\n");
}

#[test]
fn front_matter_is_not_filled_in() {
    try_out("---\ndescription: \"{{X}} {{include:x.md}}\"\n---\n{{X}}\n")
        .value("X", "1")
        .gives("1\n")
        .finds(&["InFrontMatter {{X}}"]);
    // A text may speak of variables.
    try_out("---\ndescription: Fills in {{VARIABLES}}.\n---\n{{VARIABLES}}\n").finds(&[]);
    try_out("\n---\na: {{X}}\n---\n").value("X", "1").gives("---\na: 1\n---\n");
}

#[test]
fn parts_of_an_include_may_be_separated_and_the_last_option_counts() {
    let tried = |options: &str| {
        try_out(&format!("## T\n\n{{{{include: x.md # two {options}}}}}\n"))
            .file("x.md", "# One\n\n# Two\n\n2\n")
    };
    tried("").gives("## T\n\n### Two\n\n2\n");
    tried("| shift = none ").gives("## T\n\n# Two\n\n2\n");
    tried("|shift=2").gives("## T\n\n### Two\n\n2\n");
    tried("|shift=+1").gives("## T\n\n## Two\n\n2\n");
    tried("|shift=0").gives("## T\n\n# Two\n\n2\n");
    tried("|shift=none|shift=auto").gives("## T\n\n### Two\n\n2\n");
    tried("|level=6|level=2").gives("## T\n\n## Two\n\n2\n");
    tried("|title=strip|title=keep").gives("## T\n\n### Two\n\n2\n");
    tried("|title=strip").gives("## T\n\n2\n");
    tried("|fence=").gives("## T\n\n```md\n# Two\n\n2\n```\n");
    for wrong in [
        "|shift=-1",
        "|shift=10",
        "|shift",
        "|level=0",
        "|level=7",
        "|wrap=html",
        "|title",
        "|Raw",
        "|",
        "|optional=yes",
        "|fence=a`b",
    ] {
        let found = tried(wrong).run().problems;
        assert!(matches!(found[0].kind, ProblemKind::UnknownOption(_)), "{wrong}");
    }
}

#[test]
fn a_suffix_is_consumed_whether_the_file_is_there_or_not() {
    for suffix in ["(if exists)", "(if available)", "(if present)", "(optional)", "(If Exists)"] {
        let text = format!("a {{{{include:x.md}}}} {suffix} b\n");
        try_out(&text).file("x.md", "X").gives("a X b\n");
        try_out(&text).gives("a  b\n");
    }
    // On the next line, the suffix is a separate sentence.
    try_out("{{include:x.md}}\n(optional)\n").file("x.md", "X").gives("X\n\n(optional)\n");
}
