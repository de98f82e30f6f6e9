//! A project in, everything the page shows out. Pure: the clock is handed in. The only caller of the
//! core in the browser.

use crate::places::{Places, narrow};
use crate::prompt;
use rolewright_core::compile::Loss;
use rolewright_core::options::Missing;
use rolewright_core::template::Expanded;
use rolewright_core::{
    Applicability, Diagnostic, Options, Profile, Report, Severity, Values, check, fix, host, rules,
};
use rolewright_core::{Compiled, compile};
use rolewright_core::{Input, Target};
use rolewright_messages as messages;
use rolewright_messages::{Analysis, Project};

/// Rules that judge a role with all it includes: an included file alone cannot answer them, and the
/// check of the entry has.
const OF_THE_WHOLE: [&str; 6] = [
    "empty-body",
    "include-cycle",
    "missing-fragment",
    "missing-include",
    "undefined-variable",
    "unsafe-include-path",
];

/// Checks and compiles the entry of `project`, and checks the open file where it is another one.
/// `clock` counts milliseconds.
pub(crate) fn analyse(project: &Project, clock: &dyn Fn() -> f64) -> Analysis {
    let options = options(project);
    let values = values(project);
    let text = project.files.get(&project.entry).map_or("", String::as_str);
    let started = clock();
    let mut preview = options.clone();
    preview.template.missing = Some(Missing::Keep);
    let compiled = compile(
        &Input::new(text).at(&project.entry).with_files(&project.files).with_values(&values),
        &preview,
        &Target::default(),
    );
    let compiled_at = clock();
    let Compiled { report, file, losses, .. } = compiled;
    let expanded = Expanded {
        text: compiled.prompt,
        segments: compiled.segments,
        files: compiled.files,
        chains: compiled.chains,
        variables: compiled.variables,
        includes: compiled.includes,
        ..Expanded::default()
    };
    let mut places = Places::new(project);
    let mut found = report.diagnostics.clone();
    let includes = prompt::includes(&expanded, &mut places);
    let included = includes.iter().any(|node| node.path == project.active);
    let open = of_open_file(project, &values, &options, &found);
    found.extend(open.into_iter().filter(|d| !included || !OF_THE_WHOLE.contains(&d.rule)));
    Analysis {
        host: report.host.id.to_string(),
        host_reason: report.detected.reason(),
        host_detected: report.detected.by != rolewright_core::detect::By::Choice,
        kind: report.kind.to_string(),
        problems: found.iter().map(|d| problem(d, &mut places)).collect(),
        skipped: report.skipped.clone(),
        rules_run: narrow(report.rules_run),
        rules_off: narrow(report.rules_off),
        check_ms: compiled_at - started,
        convert_ms: clock() - compiled_at,
        prompt: prompt::prompt(&expanded, report.host, &mut places),
        host_file: messages::HostFile { path: file.path, text: file.text },
        losses: losses.iter().map(|loss| self::loss(loss, &mut places)).collect(),
        variables: prompt::variables(&expanded, &mut places),
        includes,
    }
}

/// Edits of all safe fixes of one file, how many findings they remove and how many stay.
pub(crate) fn fix_all(project: &Project, path: &str) -> (Vec<messages::Edit>, u32, u32) {
    let Some(text) = project.files.get(path) else { return (Vec::new(), 0, 0) };
    let values = values(project);
    let options = options(project);
    let before =
        check(&Input::new(text).at(path).with_files(&project.files).with_values(&values), &options)
            .diagnostics
            .len();
    let fixed = fix(
        &Input::new(text).at(path).with_files(&project.files).with_values(&values),
        &options,
        Applicability::Safe,
    );
    let left = fixed.report.diagnostics.len();
    let edits = difference(text, &fixed.text)
        .map(|(span, text)| {
            let place = Places::new(project).of(path, span);
            messages::Edit { path: path.to_string(), start: place.start, end: place.end, text }
        })
        .into_iter()
        .collect();
    (edits, narrow(before.saturating_sub(left)), narrow(left))
}

/// Every host, as the picker shows it.
pub(crate) fn hosts() -> Vec<messages::HostInfo> {
    host::HOSTS
        .iter()
        .map(|host| messages::HostInfo { id: host.id.to_string(), title: host.title.to_string() })
        .collect()
}

/// Every rule by name and severity. Their documentation is a file of its own that the page fetches.
pub(crate) fn rules() -> Vec<messages::RuleInfo> {
    rules::RULES
        .iter()
        .map(|rule| messages::RuleInfo {
            name: rule.name.to_string(),
            severity: severity(rule.severity),
        })
        .collect()
}

fn values(project: &Project) -> Values {
    let mut values = Values::new();
    for (name, value) in &project.values {
        values.set(name, value);
    }
    values
}

fn options(project: &Project) -> Options {
    let profile = Profile::from_name(&project.profile).unwrap_or_default();
    let mut options = Options::new().with_profile(profile);
    options.host = project.host.as_deref().and_then(host::Host::by_id);
    for (rule, setting) in &project.rules {
        options.rules.insert(rule.clone(), Severity::from_name(setting));
    }
    options
}

/// What is found in the open file where it is not the entry. What the entry's own check already said
/// of it is not said twice.
fn of_open_file(
    project: &Project,
    values: &Values,
    options: &Options,
    found: &[Diagnostic],
) -> Vec<Diagnostic> {
    let Some(text) = project.files.get(&project.active).filter(|_| project.active != project.entry)
    else {
        return Vec::new();
    };
    let mut options = options.clone();
    options.host = None;
    let Report { diagnostics, .. } = check(
        &Input::new(text).at(&project.active).with_files(&project.files).with_values(values),
        &options,
    );
    let known = |d: &Diagnostic| {
        found.iter().any(|f| f.rule == d.rule && f.path == d.path && f.span == d.span)
    };
    diagnostics.into_iter().filter(|d| !known(d)).collect()
}

fn problem(d: &Diagnostic, places: &mut Places<'_>) -> messages::Problem {
    let place = places.of(&d.path, d.span);
    messages::Problem {
        rule: d.rule.to_string(),
        severity: severity(d.severity),
        path: d.path.clone(),
        start: place.start,
        end: place.end,
        line: place.line,
        column: place.column,
        message: d.message.to_string(),
        reason: d.reason.as_ref().map(ToString::to_string),
        help: d.help.as_ref().map(ToString::to_string),
        labels: d.labels.iter().map(|label| self::label(label, places)).collect(),
        fix: d.fix.as_ref().map(|fix| self::fix_of(fix, places)),
    }
}

fn loss(loss: &Loss, places: &mut Places<'_>) -> messages::Loss {
    let place = places.of(&loss.path, loss.span);
    messages::Loss {
        severity: severity(loss.severity),
        path: loss.path.clone(),
        start: place.start,
        end: place.end,
        message: loss.message.to_string(),
    }
}

fn label(label: &rolewright_core::Label, places: &mut Places<'_>) -> messages::Label {
    let place = places.of(&label.path, label.span);
    messages::Label {
        path: label.path.clone(),
        start: place.start,
        end: place.end,
        line: place.line,
        message: label.message.to_string(),
    }
}

fn fix_of(fix: &rolewright_core::Fix, places: &mut Places<'_>) -> messages::Fix {
    let edit = |edit: &rolewright_core::Edit| {
        let place = places.of(&edit.path, edit.span);
        messages::Edit {
            path: edit.path.clone(),
            start: place.start,
            end: place.end,
            text: edit.text.clone(),
        }
    };
    messages::Fix {
        title: fix.title.to_string(),
        safe: fix.applicability == Applicability::Safe,
        edits: fix.edits.iter().map(edit).collect(),
    }
}

fn severity(severity: Severity) -> messages::Severity {
    match severity {
        Severity::Error => messages::Severity::Error,
        Severity::Warning => messages::Severity::Warning,
        Severity::Info => messages::Severity::Info,
    }
}

/// The one edit that turns `before` into `after`: what differs between their common ends.
fn difference(before: &str, after: &str) -> Option<(rolewright_core::Span, String)> {
    if before == after {
        return None;
    }
    let prefix: usize = before
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let (old, new) = (before.get(prefix..)?, after.get(prefix..)?);
    let suffix: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let span = rolewright_core::Span::new(prefix, before.len() - suffix);
    Some((span, new.get(..new.len() - suffix)?.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(text: &str) -> Project {
        Project {
            entry: "roles/a.md".into(),
            active: "roles/a.md".into(),
            files: [("roles/a.md".to_string(), text.to_string())].into(),
            profile: "recommended".into(),
            ..Project::default()
        }
    }

    #[test]
    fn places_are_utf16() {
        let analysis = analyse(&project("# 😀\n\0"), &|| 0.0);
        let problem = &analysis.problems[0];
        assert_eq!((problem.start, problem.end, problem.line, problem.column), (5, 6, 2, 1));
    }

    #[test]
    fn an_unknown_entry_is_an_empty_text() {
        let analysis = analyse(&Project::default(), &|| 0.0);
        assert_eq!(analysis.prompt.text, "");
    }

    #[test]
    fn an_open_include_is_not_asked_for_what_only_the_whole_role_knows() {
        let head = "---\nname: a\ndescription: Answers. Use daily.\nvariables: { WHO: Ann }\n---\n";
        let mut project = project(&format!("{head}\nYou answer.\n\n{{{{include:b.md}}}}\n"));
        project.files.insert("b.md".into(), "Ask {{WHO}}.\n".into());
        let rules = |project: &Project| {
            let found = analyse(project, &|| 0.0).problems.into_iter();
            found.filter(|p| p.path == "b.md").map(|p| p.rule).collect::<Vec<_>>()
        };
        project.active = "b.md".into();
        assert_eq!(rules(&project), Vec::<String>::new());
        project.files.insert("roles/a.md".into(), "You answer.\n".into());
        assert_eq!(rules(&project), ["undefined-variable"]);
    }

    #[test]
    fn every_file_of_the_corpus_is_told_what_a_check_says() {
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
            let Analysis { host, problems, .. } = analyse(&project, &|| 0.0);
            let told = problems.into_iter().map(|p| (p.rule, p.severity, p.line, p.message));
            let none = Values::new();
            let options = super::options(&project);
            let report = check(
                &Input::new(&file.text)
                    .at(&file.path)
                    .with_files(&project.files)
                    .with_values(&none),
                &options,
            );
            let mut places = Places::new(&project);
            let expected = report.diagnostics.iter().map(|d| {
                let problem = super::problem(d, &mut places);
                (d.rule.to_string(), problem.severity, problem.line, d.message.to_string())
            });
            assert_eq!(host, report.host.id, "{}", file.file);
            assert!(told.eq(expected), "{}", file.file);
        }
    }

    #[test]
    fn one_edit_covers_what_differs() {
        assert_eq!(
            difference("a b c", "a x c"),
            Some((rolewright_core::Span::new(2, 3), "x".into()))
        );
        assert_eq!(difference("aa", "aaa"), Some((rolewright_core::Span::new(2, 2), "a".into())));
        assert_eq!(difference("é", "è"), Some((rolewright_core::Span::new(0, 2), "è".into())));
        assert_eq!(difference("same", "same"), None);
    }
}
