use super::*;

#[test]
fn a_value_is_put_in_as_it_is() {
    try_out("a {{X}} {{ Y }} {{Z}}\n")
        .value("X", "<b>&amp;")
        .value("Y", "{{include:a.md}} {{X}}")
        .value("Z", "")
        .file("a.md", "A")
        .gives("a <b>&amp; {{include:a.md}} {{X}} \n")
        .finds(&[]);
}

#[test]
fn fallbacks_follow_the_shell() {
    try_out("{{A:-one}} {{B:-}} {{C?}}. {{D:-x}} {{E?}} {{F:-a b: c}}\n")
        .value("D", "")
        .value("E", "")
        .gives("one  . x  a b: c\n");
    try_out("[{{ A ? }}] [{{ B?}}] [{{ C :-c }}]\n").gives("[] [] [c ]\n").finds(&[]);
    let kept = try_out("{{A:?say which}}").value("A", "").gives("{{A:?say which}}\n").run();
    assert_eq!(kept.variables[0].message.as_deref(), Some("say which"));
    assert_eq!(kept.variables[0].unset.len(), 1);
}

#[test]
fn a_variable_without_a_value_is_kept_counted_or_emptied() {
    let kept = try_out("{{A}} {{A}} {{B}}\n").gives("{{A}} {{A}} {{B}}\n").run();
    let unset: Vec<_> = kept.variables.iter().map(|v| (v.name.as_str(), v.unset.len())).collect();
    assert_eq!(unset, [("A", 2), ("B", 1)]);
    assert_eq!(kept.segments[0].kind, SegmentKind::Unfilled);
    let emptied =
        try_out("[{{A}}]").options(|o| o.missing = Some(Missing::Empty)).gives("[]\n").run();
    assert!(emptied.variables[0].unset.is_empty());
}

#[test]
fn explicit_values_beat_the_includers_default_which_beats_the_files_own() {
    let part = "---\nvariables: { A: own, B: own, C: own }\n---\n{{A}} {{B}} {{C}} {{D:-inline}}";
    let main = "---\nvariables: { A: outer, B: outer }\n---\n{{include:part.md}}\n";
    try_out(main).file("part.md", part).value("A", "given").gives("given outer own inline\n");
}

#[test]
fn what_the_host_fills_in_at_run_time_stays() {
    let text = "---\nvariables:\n  DATE: { stage: runtime }\n  NOTE: { required: false }\n---\n{{DATE}}[{{NOTE}}]\n";
    let kept = try_out(text).value("DATE", "today").gives("{{DATE}}[]\n").run();
    assert!(kept.variables[0].runtime);
    assert!(kept.variables.iter().all(|v| v.unset.is_empty()));
}

#[test]
fn variables_are_listed_with_what_is_known_of_them() {
    let text = "---\nvariables:\n  UNUSED: { default: x, description: Why }\n  USED: y\n---\n{{USED}} {{OTHER}}\n";
    let found = try_out(text).value("OTHER", "1").run().variables;
    let names: Vec<_> = found.iter().map(|v| (v.name.as_str(), v.uses.len(), v.given)).collect();
    assert_eq!(names, [("USED", 1, false), ("OTHER", 1, true), ("UNUSED", 0, false)]);
    assert_eq!(found[2].description.as_deref(), Some("Why"));
    assert_eq!(found[2].default.as_deref(), Some("x"));
    assert_eq!(found[2].declared.unwrap().span.of(text), "UNUSED");
}

#[test]
fn in_live_code_every_variable_counts() {
    let text = "`{{A}}`\n";
    try_out(text).gives(text);
    let live = try_out(text).options(|o| o.code = Some(Code::Live)).run();
    assert_eq!(live.variables[0].unset.len(), 1);
}

#[test]
fn an_output_template_is_named_and_its_variables_are_not_reported() {
    let guide = "# Guide\n\n{{A}}\n\n## One\n\n{{B}}\n{{C}}\n\n## Two\n\n{{D}}\n{{E}}\n";
    let tried = try_out("{{include:guide.md}}\n").file("guide.md", guide);
    tried.finds(&["OutputTemplate {{include:guide.md}}"]).gives(guide);
    let few = try_out("{{include:guide.md}}\n").file("guide.md", "{{A}}\n{{B}}\n").run();
    assert_eq!(few.variables.iter().filter(|v| !v.unset.is_empty()).count(), 2);
}

#[test]
fn a_short_role_with_many_names_is_not_an_output_template() {
    let found = try_out("# Role\n\nUse {{A}}, {{B}}, {{C}}, {{D}} and {{E}}.\n").finds(&[]).run();
    assert_eq!(found.variables.iter().filter(|v| !v.unset.is_empty()).count(), 5);
}

#[test]
fn a_file_that_leaves_room_for_values_is_a_form() {
    let part = "# Document\n\n- **Author**: {{AUTHOR}}\n- **Date**: {{DATE}}\n- **Status**: {{STATUS}} (Draft, Final)\n";
    try_out(part).finds(&["OutputTemplate {{AUTHOR}}"]);
    let checks =
        "- [ ] The page loads\n- [ ] The form works\n- [ ] Nothing is lost\n- [ ] {{CHECK_";
    let list: String = (0..12).map(|n| format!("{checks}{n}}}}}\n")).collect();
    try_out(&format!("# Checks\n\n{list}")).finds(&["OutputTemplate {{CHECK_0}}"]);
    let role = "# Role\n\nYou review.\n\n- Project: {{A}}\n- Team: {{B}}\n- Stack: {{C}}\n";
    try_out(role).finds(&[]);
}

#[test]
fn declarations_from_outside_rank_below_those_of_the_entry_and_above_those_of_includes() {
    let outside =
        |text: &'static str| move |o: &mut TemplateOptions| o.variables = Some(text.to_string());
    let json = r#"{ "TEAM": "Core", "name": { "default": "n" }, "DATE": { "stage": "runtime" } }"#;
    try_out("---\nvariables: { TEAM: FrontMatterFacts }\n---\n{{TEAM}} {{name}} {{DATE}}\n{{include:a.md}}\n")
        .file("a.md", "---\nvariables: { name: included }\n---\n{{name}}")
        .options(outside(json))
        .gives("FrontMatterFacts n {{DATE}}\n\nn\n");
    let used = try_out("{{TEAM}}\n").options(outside(json)).gives("Core\n").run();
    assert_eq!(used.variables[0].declared, None);
    assert_eq!(used.variables[0].default.as_deref(), Some("Core"));
    try_out("{{TEAM}}\n").options(outside("{ broken")).gives("{{TEAM}}\n");
}
