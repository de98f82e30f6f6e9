use super::*;

#[test]
fn a_file_that_includes_itself_is_a_cycle() {
    let tried = try_out("a\n{{include:roles/main.md}}\n");
    let text = tried.text.clone();
    let tried = tried.file("roles/main.md", &text);
    tried.finds(&["Cycle {{include:roles/main.md}}"]).gives("a\n{{include:roles/main.md}}\n");
}

#[test]
fn a_cycle_names_every_hop() {
    let tried = try_out("{{include:a.md}}")
        .file("a.md", "A\n{{include:b.md}}\n")
        .file("b.md", "B\n{{include:a.md}}\n");
    let expanded = tried.run();
    let problem = &expanded.problems[0];
    let hops: Vec<&str> =
        problem.chain.iter().map(|at| expanded.files[at.file as usize].as_str()).collect();
    assert_eq!(hops, ["a.md", "b.md"]);
    assert_eq!(problem.kind, ProblemKind::Cycle { path: "a.md".to_string() });
    tried.gives("A\n\nB\n{{include:a.md}}\n");
}

#[test]
fn diamonds_are_fine() {
    try_out("{{include:a.md}}\n{{include:b.md}}\n")
        .file("a.md", "{{include:c.md}}")
        .file("b.md", "{{include:c.md}}")
        .file("c.md", "C")
        .gives("C\n\nC\n")
        .finds(&[]);
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let mut tried = try_out("{{include:0.md}}");
    for level in 0..9 {
        let text = format!("{{{{include:{}.md}}}}\n", level + 1).repeat(10);
        tried = tried.file(&format!("{level}.md"), &text);
    }
    let tried = tried.file("9.md", "x");
    let found = tried.run();
    assert_eq!(found.text, "{{include:0.md}}\n");
    let of = |kind| {
        found.problems.iter().find_map(|p| match p.kind {
            ProblemKind::Limit { limit, value, .. } if limit == kind => {
                Some((value, p.chain.len()))
            }
            _ => None,
        })
    };
    assert_eq!(of(LimitKind::Expansions), Some((1_111_111_111, 10)));
    assert_eq!(of(LimitKind::Depth), Some((10, 10)));
}

#[test]
fn depth_is_limited_where_it_is_too_deep() {
    let mut tried = try_out("{{include:1.md}}");
    for level in 1..=9 {
        tried = tried
            .file(&format!("{level}.md"), &format!("{level} {{{{include:{}.md}}}}", level + 1));
    }
    tried.file("10.md", "end").gives("1 2 3 4 5 6 7 8 {{include:9.md}}\n");
}

#[test]
fn an_output_that_is_too_large_is_refused_before_it_is_written() {
    let tried = try_out("{{V}}{{V}}").value("V", &"x".repeat(1 << 20));
    tried.gives("{{V}}{{V}}\n");
    let tried =
        try_out("{{include:x.md}}\n{{include:x.md}}\n").file("x.md", &"x\n".repeat(300_000));
    let found = tried.run();
    assert_eq!(found.text, "{{include:x.md}}\n{{include:x.md}}\n");
    assert_eq!(tried.problems().len(), 1);
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let tried = try_out("{{include:x.md}}\n").options(|o| o.limits.file = 3).file("x.md", "xxxx");
    tried.finds(&["Limit x.md"]).gives("{{include:x.md}}\n");
}

#[test]
fn a_directive_that_is_too_long_is_named() {
    let text = format!("{{{{include:{}}}}}\n", "x".repeat(2_000));
    let tried = try_out(&text).gives(&text);
    let found = tried.run().problems;
    let kind = ProblemKind::Limit { limit: LimitKind::Directive, value: 2_012, max: 1_024 };
    assert_eq!(found[0].kind, kind);
}

#[test]
fn twice_the_directives_on_one_line_give_no_more_than_twice_as_much() {
    for part in [
        "{{X}}",
        "{{include:x.md}}",
        "{{include:",
        "{{A:-",
        "{{!",
        "{{!--",
        "{{raw}}",
        "\\{{",
        "{{{",
        "{{> a",
        "{{X:-a}} ",
    ] {
        let given = |count: usize| {
            let found = try_out(&part.repeat(count)).value("X", "1").run();
            [found.segments.len(), found.problems.len(), found.text.len()]
        };
        let (once, twice) = (given(2_000), given(4_000));
        assert!(
            once.iter().zip(&twice).all(|(a, b)| *b <= 2 * a + 2),
            "{part}: {once:?} {twice:?}"
        );
    }
}

#[test]
fn a_long_chain_in_one_file_needs_no_stack() {
    let mut text = String::new();
    for n in 0..20_000 {
        text.push_str(&format!("## s{n}\n\n{{{{include:x.md#s{}}}}}\n\n", n + 1));
    }
    let found = try_out("{{include:x.md#s0}}\n").file("x.md", &text).run();
    assert!(found.problems.iter().any(|p| matches!(p.kind, ProblemKind::Limit { .. })));
}

/// The limits that a role and its files exceed.
fn exceeded(tried: &Try) -> Vec<(LimitKind, u64, u64)> {
    let limit = |problem: &Problem| match problem.kind {
        ProblemKind::Limit { limit, value, max } => Some((limit, value, max)),
        _ => None,
    };
    tried.run().problems.iter().filter_map(limit).collect()
}

#[test]
fn every_limit_allows_what_it_names_and_no_more() {
    let chain = |length: usize| {
        let tried = try_out("{{include:1.md}}").file(&format!("{length}.md"), "end");
        (1..length).fold(tried, |tried, n| {
            tried.file(&format!("{n}.md"), &format!("{{{{include:{}.md}}}}", n + 1))
        })
    };
    assert_eq!(exceeded(&chain(8)), []);
    assert_eq!(exceeded(&chain(9)), [(LimitKind::Depth, 9, 8)]);

    let many = |count: usize| try_out(&"{{include:x.md}}\n".repeat(count)).file("x.md", "x");
    assert_eq!(exceeded(&many(1_000)), []);
    assert_eq!(exceeded(&many(1_001)), [(LimitKind::Expansions, 1_001, 1_000)]);

    let files = |count: usize| {
        let text: String = (1..count).map(|n| format!("{{{{include:{n}.md}}}}\n")).collect();
        (1..count).fold(try_out(&text), |tried, n| tried.file(&format!("{n}.md"), "x"))
    };
    assert_eq!(exceeded(&files(256)), []);
    assert_eq!(exceeded(&files(257)), [(LimitKind::Files, 257, 256)]);

    let file = |size: usize| {
        try_out("{{include:x.md}}")
            .options(|o| o.limits.output = 4 << 20)
            .file("x.md", &"x".repeat(size))
    };
    assert_eq!(exceeded(&file(1 << 20)), []);
    assert_eq!(exceeded(&file((1 << 20) + 1)), [(LimitKind::File, (1 << 20) + 1, 1 << 20)]);

    let directive = |size: usize| {
        let path = "x".repeat(size - "{{include:}}".len());
        try_out(&format!("{{{{include:{path}}}}}")).file(&path, "x")
    };
    assert_eq!(exceeded(&directive(1_024)), []);
    assert_eq!(exceeded(&directive(1_025)), [(LimitKind::Directive, 1_025, 1_024)]);

    let front_matter = |size: usize| {
        let front_matter = format!("---\n# {}\n---\n", "x".repeat(size - 3));
        try_out("{{include:x.md}}").file("x.md", &format!("{front_matter}x"))
    };
    assert_eq!(exceeded(&front_matter(64 << 10)), []);
    assert_eq!(
        exceeded(&front_matter((64 << 10) + 1)),
        [(LimitKind::FrontMatter, (64 << 10) + 1, 64 << 10)]
    );

    let output = |size: usize| try_out("{{V}}").value("V", &"x".repeat(size));
    assert_eq!(exceeded(&output(1 << 20)), []);
    assert_eq!(exceeded(&output((1 << 20) + 1)), [(LimitKind::Output, (1 << 20) + 1, 1 << 20)]);
}

#[test]
fn what_is_over_a_limit_names_the_heaviest_way() {
    let tried = try_out("{{include:small.md}}\n{{include:a.md}}\n")
        .file("small.md", "s")
        .file("a.md", "{{include:small.md}}\n{{include:big.md}}\n")
        .file("big.md", &"x\n".repeat(600_000));
    let tried = tried.options(|o| o.limits.file = 4 << 20);
    let found = tried.run();
    let problem = &found.problems[0];
    let hops: Vec<&str> =
        problem.chain.iter().map(|at| found.files[at.file as usize].as_str()).collect();
    assert_eq!(hops, ["roles/main.md", "a.md"]);
    tried.finds(&["Limit {{include:a.md}}"]);
}
