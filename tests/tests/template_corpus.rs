//! Compiles real roles and real templates, and checks that nothing false is reported about them.

use rolewright_core::host::Host;
use rolewright_core::{
    Compiled, Files, Input, NoFiles, Options, Severity, Target, compile, front_matter, template,
};
use rolewright_tests::data;
use std::collections::{BTreeMap, BTreeSet};

fn compiled(text: &str, path: &str, files: &dyn Files) -> Compiled {
    compile(&Input::new(text).at(path).with_files(files), &Options::default(), &Target::default())
}

/// Findings as `severity rule message`, of the template's own rules.
fn findings(compiled: &Compiled) -> Vec<String> {
    const OTHERS: [&str; 3] = ["plain-heading", "missing-trigger", "over-limit"];
    compiled
        .report
        .diagnostics
        .iter()
        .filter(|d| !OTHERS.contains(&d.rule))
        .map(|d| format!("{} {} {}", d.severity.name(), d.rule, d.message))
        .collect()
}

fn assert_partition(compiled: &Compiled, name: &str) {
    let mut at = 0;
    for segment in &compiled.segments {
        assert_eq!(segment.out.start, at, "{name}");
        assert!(segment.out.end > at, "{name}");
        assert!(compiled.prompt.get(segment.out.range()).is_some(), "{name}: {segment:?}");
        at = segment.out.end;
    }
    assert_eq!(at, compiled.prompt.len(), "{name}");
}

/// What the identity law allows to change: line endings, the byte order mark, blank lines at both ends
/// and the final line feed.
fn normal(body: &str) -> String {
    let lf = body.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = lf.split('\n').collect();
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let last = lines.iter().rposition(|line| !line.trim().is_empty());
    match (first, last) {
        (Some(first), Some(last)) => format!("{}\n", lines[first..=last].join("\n")),
        _ => String::new(),
    }
}

#[test]
fn a_body_without_directives_is_its_own_prompt() {
    let corpus = data::corpus();
    if corpus.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let mut proved = 0;
    for file in &corpus {
        let compiled = compiled(&file.text, &file.path, &NoFiles);
        assert_partition(&compiled, &file.file);
        let unread = file.text.contains('\0') || file.text.len() > 1 << 20;
        let filled = !compiled.variables.is_empty() || compiled.includes.len() > 1;
        if unread || filled || file.text.contains("\\{{") || file.text.contains("{{!") {
            continue;
        }
        let markdown = rolewright_core::role::Syntax::of_path(&file.path)
            == rolewright_core::role::Syntax::Markdown;
        if !markdown {
            continue;
        }
        let front_matter = front_matter::read(&file.text, file.path.ends_with(".mdc"));
        let start = front_matter.map_or(0, |front_matter| front_matter.span.end);
        let body = file.text[start..].trim_start_matches('\u{feff}');
        assert_eq!(compiled.prompt, normal(body), "{}", file.file);
        proved += 1;
    }
    println!("{proved} of {} files are their own prompt", corpus.len());
    assert!(proved > 1_600, "{proved}");
}

#[test]
fn the_seeds_without_templates_give_their_body() {
    for number in ["000", "001", "002", "003"] {
        let Some(seed) = data::seed(number) else {
            return data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
        };
        let front_matter =
            front_matter::read(&seed, false).map_or(0, |front_matter| front_matter.span.end);
        for path in [".claude/agents/x.md", "roles/x.md"] {
            assert_eq!(
                compiled(&seed, path, &NoFiles).prompt,
                normal(&seed[front_matter..]),
                "{number}"
            );
        }
    }
}

#[test]
fn the_template_alone_names_what_it_lacks_and_still_gives_a_prompt() {
    let Some(seed) = data::seed("004") else {
        return data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
    };
    let compiled = compiled(&seed, "roles/x.md", &NoFiles);
    let found = findings(&compiled);
    let count = |start: &str| found.iter().filter(|f| f.starts_with(start)).count();
    assert_eq!(count("error missing-include"), 11);
    assert_eq!(count("info missing-include Optional include"), 3);
    assert_eq!(count("error undefined-variable"), 5);
    assert_eq!(count("info orphaned-lead-in"), 2);
    assert_eq!(found.len(), 21, "{found:#?}");
    assert!(compiled.prompt.starts_with("# DevOps Engineer Role\n"));
    assert!(compiled.prompt.contains("- {{include:contexts/technical_context.md}}\n"));
    assert!(!compiled.prompt.contains("/branch/tickets.md"));
    let report = rolewright_core::check(&Input::new(&seed).at("roles/x.md"), &Options::default());
    let warned = report.diagnostics.iter().filter(|d| d.rule == "undefined-variable");
    let places: Vec<usize> = warned
        .inspect(|d| assert_eq!(d.severity, Severity::Warning))
        .map(|d| d.labels.len() + 1)
        .collect();
    assert_eq!(places, [3, 3, 4, 2, 3]);
}

#[test]
fn the_template_with_its_files_lacks_one() {
    let (Some(seed), pods) = (data::seed("004"), data::repository("kevinstorberg+pods")) else {
        return data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
    };
    if pods.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let compiled = compiled(&seed, "roles/x.md", &pods);
    assert_partition(&compiled, "004");
    let found = findings(&compiled);
    let of = |rule: &str| found.iter().filter(|f| f.contains(rule)).count();
    let missing: Vec<&String> =
        found.iter().filter(|f| f.starts_with("error missing-include")).collect();
    assert_eq!(missing, ["error missing-include Included file `config/mcp.jsonc` does not exist"]);
    assert_eq!((of("output-template"), of("clamped-heading"), of("duplicate-title")), (5, 1, 1));
    assert_eq!(
        (of("undefined-variable"), of("orphaned-lead-in"), of("Optional include")),
        (5, 2, 3)
    );
    assert_eq!(of("long-prompt"), 1);
    assert_eq!(found.len(), 19, "{found:#?}");
    assert!(compiled.prompt.contains("\n#### Deployment Setup Guide\n"));
}

#[test]
fn the_template_is_too_long_for_a_host_once_the_work_of_others_is_there() {
    let (Some(seed), mut pods) = (data::seed("004"), data::repository("kevinstorberg+pods")) else {
        return data::skipped(1, "the seeds are not there (ROLEWRIGHT_DATA)");
    };
    let Some(specification) = pods.get("templates/architecture_spec.md").cloned() else {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    };
    let over = |files: &dyn Files| {
        let to = Host::by_id("copilot");
        let done = compile(
            &Input::new(&seed).at("roles/x.md").with_files(files),
            &Options::default(),
            &Target::of(to),
        );
        let found = done.report.diagnostics.into_iter().find(|d| d.rule == "over-limit");
        found.map(|d| (d.severity, d.help.unwrap_or_default().into_owned()))
    };
    assert_eq!(over(&pods), None);
    pods.insert("branch/architecture_spec.md".into(), specification);
    let (severity, help) = over(&pods).unwrap();
    assert_eq!(severity, Severity::Error);
    assert!(help.contains("templates/deployment_setup_guide.md"), "{help}");
}

#[test]
fn every_role_of_the_tree_compiles_without_a_false_word() {
    let pods = data::repository("kevinstorberg+pods");
    if pods.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let roles: Vec<(&String, &String)> = pods
        .iter()
        .filter(|(path, _)| path.starts_with("roles/") && !path.starts_with("roles/shared/"))
        .collect();
    assert_eq!(roles.len(), 9);
    for (path, text) in roles {
        let compiled = compiled(text, path, &pods);
        assert_partition(&compiled, path);
        let mut rules = BTreeSet::new();
        for d in &compiled.report.diagnostics {
            rules.insert(d.rule);
            match d.rule {
                // The tree lacks this one file, and the branch's files exist at run time only.
                "missing-include" if d.severity == Severity::Error => {
                    assert_eq!(
                        d.message, "Included file `config/mcp.jsonc` does not exist",
                        "{path}"
                    );
                }
                // True of every name: none has a value, and each appears in the role itself.
                "undefined-variable" => assert_eq!(d.path, *path, "{}", d.message),
                "missing-include" | "orphaned-lead-in" | "output-template" | "clamped-heading"
                | "duplicate-title" | "plain-heading" | "long-prompt" => {}
                other => panic!("{path}: {other}: {}", d.message),
            }
        }
        assert!(rules.contains("output-template"), "{path}");
    }
}

#[test]
fn the_templates_of_another_tree_compile_in_silence() {
    let specops = data::repository("jrpbuilds+specops-opencode");
    if specops.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let mut options = Options::default();
    options.template.root = Some("prompts".into());
    for (path, text) in specops.iter().filter(|(path, _)| path.ends_with(".md")) {
        let by_root =
            compile(&Input::new(text).at(path).with_files(&specops), &options, &Target::default());
        let by_file = compiled(text, path, &specops);
        assert_eq!(by_root.prompt, by_file.prompt, "{path}");
        assert!(!by_root.prompt.contains("{{"), "{path}");
        let found = findings(&by_root);
        let of_template: Vec<&String> =
            found.iter().filter(|f| f.contains("include") || f.contains("variable")).collect();
        assert!(of_template.is_empty(), "{path}: {of_template:?}");
    }
}

#[test]
fn the_longest_roles_of_the_tree_are_too_long_for_a_host() {
    let pods = data::repository("kevinstorberg+pods");
    let Some(text) = pods.get("roles/analyst.md") else {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    };
    let options = Options::new().with_host(Host::by_id("copilot").unwrap());
    let compiled = compile(
        &Input::new(text).at("roles/analyst.md").with_files(&pods),
        &options,
        &Target::default(),
    );
    let over: Vec<_> =
        compiled.report.diagnostics.iter().filter(|d| d.rule == "over-limit").collect();
    assert_eq!(over.len(), 1);
    assert!(over[0].span.of(text).contains("{{include:") || !over[0].span.is_empty());
    assert!(
        over[0].help.as_ref().is_some_and(|help| help.contains("templates/system_analysis.md"))
    );
}

#[test]
fn every_place_of_a_prompt_leads_back_to_the_same_bytes() {
    let pods = data::repository("kevinstorberg+pods");
    for (path, text) in pods.iter().filter(|(path, _)| path.starts_with("roles/")) {
        let input = Input::new(text).at(path).with_files(&pods);
        let expanded = template::expand(&input, &Options::default());
        let all = expanded.destinations();
        let sources: BTreeMap<u32, &str> =
            expanded.files.iter().zip(0..).map(|(p, n)| (n, pods[p].as_str())).collect();
        for segment in expanded.segments.iter().filter(|s| s.kind == template::SegmentKind::Literal)
        {
            let source = sources[&segment.file].get(segment.source.range()).unwrap();
            assert_eq!(source.replace("\r\n", "\n"), segment.out.of(&expanded.text));
            assert!(
                all.of(segment.file, segment.source)
                    .iter()
                    .any(|out| out.start <= segment.out.start && segment.out.end <= out.end)
            );
        }
    }
}
