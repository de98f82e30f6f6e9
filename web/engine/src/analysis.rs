//! Computes all data that the page shows about a project. Pure: the clock is passed in.

use crate::synced::SyncedWorkspace;
use rolewright_core::compile::{self, compile_checked};
use rolewright_core::role::Syntax;
use rolewright_core::{Compiled, Report, Target, host::Host};
use rolewright_messages::Analysis;
use rolewright_services::{self as services, Document};
use rolewright_wire as wire;

/// Rules that need a role together with all its includes: an included file alone is not enough, and
/// the check of the main file has already run them.
const OF_THE_WHOLE: [&str; 6] = [
    "empty-body",
    "include-cycle",
    "missing-fragment",
    "missing-include",
    "undefined-variable",
    "unsafe-include-path",
];

/// Checks and compiles the main file, and also checks the open file if it is a different one;
/// `None` until there is a project. `clock` returns milliseconds.
pub(crate) fn analyze(synced: &SyncedWorkspace, clock: &dyn Fn() -> f64) -> Option<Analysis> {
    let started = clock();
    let document = synced.document(&synced.entry)?;
    let mut report = synced.workspace.check(&synced.entry)?;
    let roles = roles(&document);
    let target = synced.target.as_deref().and_then(Host::by_id);
    let checked = synced.workspace.report(&synced.entry)?;
    let done = written(&document, checked, target, role_of(synced, &roles));
    let loads = done.loads;
    let compiled_at = clock();
    let (chains, chain_of) = chains(&done, &document);
    let mut compiled = services::compiled(done, &document, false);
    let known = |d: &wire::Diagnostic| report.diagnostics.iter().any(|f| same(f, d));
    compiled.diagnostics.retain(|d| compiled.host != report.host && !known(d));
    let open = of_open_file(synced, &report, &compiled);
    report.diagnostics.extend(open);
    let others = of_other_roles(synced, &report);
    report.diagnostics.extend(others);
    let refused = synced.refused.iter();
    report.skipped.extend(refused.map(|path| format!("`{path}` was not read: it is too large.")));
    let styles = crate::styles::styles(&compiled.prompt);
    let check_ms = compiled_at - started;
    let convert_ms = clock() - compiled_at;
    Some(Analysis {
        report,
        compiled,
        loads,
        roles,
        chains,
        chain_of,
        styles,
        check_ms,
        convert_ms,
    })
}

/// The displayed role of the main file, compiled for its own host and the model.
pub(crate) fn prompt(synced: &SyncedWorkspace, document: &Document<'_>) -> Option<Compiled> {
    let checked = synced.workspace.report(&synced.entry)?;
    Some(written(document, checked, None, role_of(synced, &roles(document))))
}

/// The names of the roles of a file that contains several.
pub(crate) fn roles(document: &Document<'_>) -> Vec<String> {
    if Syntax::of_path(document.path) == Syntax::Markdown {
        return Vec::new();
    }
    let names = compile::roles(&document.input(), document.options);
    if names.len() > 1 { names } else { Vec::new() }
}

/// The index of the role to compile. `None` means the first role, and then a loss reports that
/// there are others.
pub(crate) fn role_of(synced: &SyncedWorkspace, roles: &[String]) -> Option<usize> {
    Some(synced.role.min(roles.len().saturating_sub(1))).filter(|role| *role > 0)
}

/// A role compiled for `host` and the model; without `host`, for its own host. `checked` is the
/// report on it.
pub(crate) fn written(
    document: &Document<'_>,
    checked: Report,
    host: Option<&'static Host>,
    role: Option<usize>,
) -> Compiled {
    let target = role.into_iter().fold(Target::of(host), Target::role);
    compile_checked(&document.input(), document.options, &target, checked)
}

/// The include chains for people, and the index of each prompt segment's chain.
fn chains(done: &Compiled, document: &Document<'_>) -> (Vec<Vec<String>>, Vec<u32>) {
    let places = document.places();
    let expanded = done.expanded();
    let hop = |at: rolewright_core::template::Place| {
        let path = done.files.get(at.file as usize).map_or("", String::as_str);
        format!("{path}:{}", places.line(path, at.span.start))
    };
    let count = u32::try_from(done.chains.len()).unwrap_or(u32::MAX);
    let chains = (0..count).map(|chain| expanded.hops(chain).into_iter().map(hop).collect());
    (chains.collect(), done.segments.iter().map(|segment| segment.chain).collect())
}

/// The diagnostics of the open file if it is not the main file, except those that the check of the
/// main file has already reported.
fn of_open_file(
    synced: &SyncedWorkspace,
    report: &wire::Report,
    compiled: &wire::Compiled,
) -> Vec<wire::Diagnostic> {
    if synced.active == synced.entry {
        return Vec::new();
    }
    let Some(open) = synced.workspace.check(&synced.active) else { return Vec::new() };
    let included = compiled.includes.iter().any(|node| node.path == synced.active);
    let known = |d: &wire::Diagnostic| {
        let found = &report.diagnostics;
        found.iter().any(|f| same(f, d)) || included && OF_THE_WHOLE.contains(&d.rule.as_str())
    };
    open.diagnostics.into_iter().filter(|d| !known(d)).collect()
}

/// The diagnostics of roles that are neither the main file nor open.
fn of_other_roles(synced: &SyncedWorkspace, report: &wire::Report) -> Vec<wire::Diagnostic> {
    let all = synced.workspace.check_all().files.into_iter();
    let others = all.filter(|other| other.path != synced.entry && other.path != synced.active);
    let found = others.flat_map(|other| other.diagnostics);
    found.filter(|d| !report.diagnostics.iter().any(|f| same(f, d))).collect()
}

/// Whether two diagnostics report the same defect.
fn same(a: &wire::Diagnostic, b: &wire::Diagnostic) -> bool {
    a.rule == b.rule && a.path == b.path && a.range == b.range
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_core::{Input, Values, check};
    use rolewright_messages::Project;

    fn project(text: &str) -> Project {
        Project {
            entry: "roles/a.md".into(),
            active: "roles/a.md".into(),
            files: [("roles/a.md".to_string(), text.to_string())].into(),
            profile: "recommended".into(),
            ..Project::default()
        }
    }

    fn analysis(project: &Project) -> Analysis {
        let mut synced = SyncedWorkspace::default();
        synced.update(project.clone());
        analyze(&synced, &|| 0.0).expect("the main file is synced")
    }

    #[test]
    fn of_a_file_with_several_roles_the_chosen_one_is_shown() {
        let modes = "customModes:\n  - {slug: a, name: A, groups: [], roleDefinition: Read.}\n  - {slug: b, name: B, groups: [], roleDefinition: Write.}\n";
        let mut project = project("");
        (project.entry, project.active) = (".roomodes".into(), ".roomodes".into());
        project.files = [(".roomodes".to_string(), modes.to_string())].into();
        let shown = |role| {
            let found = analysis(&Project { role, ..project.clone() });
            (found.roles, found.compiled.prompt)
        };
        let names = || vec!["a".to_string(), "b".to_string()];
        assert_eq!(shown(0), (names(), "Read.\n".into()));
        assert_eq!(shown(1), (names(), "Write.\n".into()));
        assert_eq!(shown(9), (names(), "Write.\n".into()), "there may be fewer after an edit");
        assert_eq!(analysis(&self::project("Text.\n")).roles, Vec::<String>::new());
    }

    #[test]
    fn places_are_utf16() {
        let found = analysis(&project("# 😀\n\0")).report.diagnostics;
        let range = found[0].range;
        assert_eq!((range.start.offset, range.end.offset), (5, 6));
        assert_eq!((range.start.line, range.start.column), (2, 1));
    }

    #[test]
    fn the_file_is_the_one_of_the_host_it_is_compiled_for() {
        let text = "---\nname: a\ndescription: Answers. Use daily.\ntools: Read\n---\n\nAnswer.\n";
        let mut project = project(text);
        project.host = Some("claude-code".into());
        project.target = Some("copilot".into());
        let found = analysis(&project);
        assert_eq!(
            (found.report.host.as_str(), found.compiled.host.as_str()),
            ("claude-code", "copilot")
        );
        let file = found.compiled.file.expect("a file");
        assert_eq!(file.path, ".github/agents/a.agent.md");
        assert!(file.text.contains("tools:"), "{}", file.text);
    }

    #[test]
    fn every_role_of_the_project_is_checked() {
        let mut project = project("Answer.\n");
        let other = "---\nname: other\ndescription: Reads what others wrote. Use it daily.\ntools: read\n---\nRead.\n";
        project.files.insert(".claude/agents/other.md".into(), other.into());
        let found = analysis(&project).report.diagnostics;
        let other =
            |d: &wire::Diagnostic| d.path == ".claude/agents/other.md" && d.rule == "tool-case";
        assert!(found.iter().any(other), "{found:?}");
    }

    #[test]
    fn an_unknown_main_file_is_an_empty_text() {
        assert_eq!(analysis(&Project::default()).compiled.prompt, "");
    }

    #[test]
    fn a_variable_without_a_value_is_shown_as_it_is_written() {
        assert_eq!(analysis(&project("Ask {{WHO}}.\n")).compiled.prompt, "Ask {{WHO}}.\n");
    }

    #[test]
    fn each_segment_has_the_includes_that_lead_to_it() {
        let mut project = project("One\n\n{{include:b.md}}\n");
        project.files.insert("b.md".into(), "Two\n".into());
        let Analysis { compiled, chains, chain_of, .. } = analysis(&project);
        assert_eq!(chain_of.len(), compiled.segments.len());
        let two = compiled.segments.iter().position(|s| s.path == "b.md").expect("an include");
        assert_eq!(chains[chain_of[two] as usize], ["roles/a.md:3"]);
        assert!(chains[chain_of[0] as usize].is_empty());
    }

    #[test]
    fn an_open_include_is_not_asked_for_what_only_the_whole_role_knows() {
        let head = "---\nname: a\ndescription: Answers. Use daily.\nvariables: { WHO: Ann }\n---\n";
        let mut project = project(&format!("{head}\nYou answer.\n\n{{{{include:b.md}}}}\n"));
        project.files.insert("b.md".into(), "Ask {{WHO}}.\n".into());
        let rules = |project: &Project| {
            let found = analysis(project).report.diagnostics.into_iter();
            found.filter(|d| d.path == "b.md").map(|d| d.rule).collect::<Vec<_>>()
        };
        project.active = "b.md".into();
        assert_eq!(rules(&project), Vec::<String>::new());
        project.files.insert("roles/a.md".into(), "You answer.\n".into());
        assert_eq!(rules(&project), ["undefined-variable"]);
    }

    #[test]
    fn every_file_of_the_corpus_gets_what_a_check_reports() {
        let corpus = rolewright_tests::data::corpus();
        if corpus.is_empty() {
            return rolewright_tests::data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
        }
        for file in corpus {
            let project = Project {
                entry: file.path.clone(),
                active: file.path.clone(),
                files: [(file.path.clone(), file.text.clone())].into(),
                ..project("")
            };
            let told = analysis(&project).report;
            let none = Values::new();
            let input = Input::new(&file.text).at(&file.path).with_files(&project.files);
            let report = check(&input.with_values(&none), &Default::default());
            assert_eq!(told.host, report.host.id, "{}", file.file);
            let told = told.diagnostics.iter().map(|d| (d.rule.as_str(), d.message.clone()));
            let expected = report.diagnostics.iter().map(|d| (d.rule, d.message.to_string()));
            assert!(told.eq(expected), "{}", file.file);
        }
    }
}
