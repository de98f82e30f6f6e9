//! Checks a text: chooses the host, runs the rules, and reports what was not checked.

use crate::cross_file::{self, compare};
use crate::detect::{self, Detected, FoundBy};
use crate::diagnostic::Diagnostic;
use crate::front_matter::Language;
use crate::host::Host;
use crate::input::Input;
use crate::options::Options;
use crate::role::{Role, Syntax};
use crate::rules::{Check, Context, Enabled, RULES};
use crate::search::{Found, search};
use crate::summary::RoleSummary;
use crate::suppress;
use crate::template::Expanded;
use crate::workspace::{Files, Values};
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

mod data;

pub use data::lay_out;

/// The diagnostics of a text, and the checks that were skipped.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The host that the text was checked for.
    pub host: &'static Host,
    /// How the host was found.
    pub detected: Detected,
    /// The file's format, for people: "Markdown with YAML front matter".
    pub kind: &'static str,
    /// Diagnostics in the order of their places; diagnostics of other files follow.
    pub diagnostics: Vec<Diagnostic>,
    /// The skipped checks and the reason for each, one sentence each.
    pub skipped: Vec<String>,
    /// How many rules ran.
    pub rules_run: usize,
    /// How many rules the settings turn off.
    pub rules_off: usize,
}

/// The report on one file of a workspace.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FileReport {
    /// Its path.
    pub path: String,
    /// The report.
    pub report: Report,
}

/// Checks a text: runs every rule that the options enable, and the cross-file checks with its
/// neighbors.
///
/// ```
/// use rolewright_core::{Input, Options, check};
///
/// let input = Input::new("---\nname: reviewer\ntools: Raed\n---\nReview the change.\n")
///     .at(".claude/agents/reviewer.md");
/// let report = check(&input, &Options::default());
/// assert_eq!(report.host.id, "claude-code");
/// assert!(report.diagnostics.iter().any(|d| d.rule == "unknown-tool"));
/// ```
pub fn check(input: &Input<'_>, options: &Options) -> Report {
    refuse(input, options).unwrap_or_else(|| {
        if Syntax::of_path(input.path) != Syntax::Markdown {
            return data::check(input, options);
        }
        let role = Role::parse_with(input.text, input.path, options.markdown);
        check_role(&role, input, options, Reach::Neighbors).0
    })
}

/// Checks one of many files without reading the others, and returns the role's summary: [`compare`]
/// then checks the summaries against each other.
///
/// ```
/// use rolewright_core::{Input, Options, check_one};
///
/// let input = Input::new("---\nname: reviewer\n---\nReview.\n").at(".claude/agents/a.md");
/// let (_, summary) = check_one(&input, &Options::default());
/// assert_eq!(summary.map(|summary| summary.name).as_deref(), Some("reviewer"));
/// ```
pub fn check_one(input: &Input<'_>, options: &Options) -> (Report, Option<RoleSummary>) {
    if let Some(refused) = refuse(input, options) {
        return (refused, None);
    }
    if Syntax::of_path(input.path) != Syntax::Markdown {
        return (data::check(input, options), None);
    }
    let role = Role::parse_with(input.text, input.path, options.markdown);
    let (report, _) = check_role(&role, input, options, Reach::Alone);
    let summary = cross_file::summary(&role, report.host);
    (report, summary)
}

/// Checks every role of a workspace, and compares the roles with each other. [`search`] determines
/// which files are roles.
///
/// ```
/// use rolewright_core::{Options, Values, check_all};
/// use std::collections::BTreeMap;
///
/// let role = "---\nname: reviewer\ndescription: Use it.\n---\nReview.\n";
/// let files: BTreeMap<String, String> =
///     [".claude/agents/a.md", ".claude/agents/b.md", "README.md"]
///         .map(|path| (path.to_string(), role.to_string()))
///         .into();
/// let reports = check_all(&files, &Values::new(), &Options::default());
/// assert_eq!(reports.len(), 2);
/// let found = &reports[1].report.diagnostics;
/// assert!(found.iter().any(|d| d.rule == "duplicate-role-name"));
/// ```
pub fn check_all(files: &dyn Files, values: &Values, options: &Options) -> Vec<FileReport> {
    let mut reports = BTreeMap::new();
    let mut summaries = Vec::new();
    for Found { path, classified } in search(files, FoundBy::Search, options) {
        if classified.is_err() {
            continue;
        }
        let Some(text) = files.text(&path) else { continue };
        let input = Input::new(&text).at(&path).with_files(files).with_values(values);
        let (report, summary) = check_one(&input, options);
        summaries.extend(summary);
        reports.insert(path, report);
    }
    for diagnostic in compare(&summaries, options) {
        if let Some(report) = reports.get_mut(&diagnostic.path) {
            report.diagnostics.push(diagnostic);
        }
    }
    let finished = reports.into_iter().map(|(path, mut report)| {
        sort(&mut report.diagnostics, &path);
        FileReport { path, report }
    });
    finished.collect()
}

/// Which other files a check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The cross-file checks are left to the caller.
    Alone,
    /// The role is compared with its neighbors.
    Neighbors,
}

/// Checks a parsed role; returns the expansion if a rule has used it.
pub(crate) fn check_role(
    role: &Role<'_>,
    input: &Input<'_>,
    options: &Options,
    reach: Reach,
) -> (Report, Option<Expanded>) {
    let detected = detect::host_among(role, options.host, input.files);
    let mut context = Context::new(role, detected.host, input, options).placed(detected);
    context.run(|_| true);
    if reach == Reach::Neighbors {
        cross_file::beside_neighbors(role, detected.host, input.files, options, &mut |rule, f| {
            context.report_for(rule, f);
        });
    }
    let expanded = context.take_expanded();
    let enabled = Rc::clone(&context.enabled);
    let ran = |name: &str| {
        let elsewhere = reach == Reach::Alone && cross_file::is_ours(name);
        !elsewhere && enabled.iter().any(|it| it.rule.name == name)
    };
    let mut diagnostics = suppress(&mut context, role, &ran);
    sort(&mut diagnostics, role.path);
    let report = Report {
        host: detected.host,
        kind: kind(role),
        diagnostics,
        skipped: skipped(role),
        rules_run: enabled.len(),
        rules_off: RULES.len() - enabled.len(),
        detected,
    };
    (report, expanded)
}

/// Whether a rule checks the prompt that a model sees.
pub(crate) fn is_about_prompts(name: &str) -> bool {
    RULES.iter().any(|rule| rule.name == name && matches!(rule.check, Check::Prompt(_)))
}

/// Checks a role's prompt again for the host that a compilation targets, and replaces the prompt
/// rules' findings for the role's own host.
pub(crate) fn check_prompt(
    role: &Role<'_>,
    input: &Input<'_>,
    options: &Options,
    target: &'static Host,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    diagnostics.retain(|diagnostic| !is_about_prompts(diagnostic.rule));
    let mut context = Context::new(role, target, input, options);
    context.run(|rule| matches!(rule.check, Check::Prompt(_)));
    suppress(&mut context, role, &|_| false)
}

/// Removes suppressed diagnostics, and reports comments that suppress nothing. If a rule has not
/// run, its comment cannot be called unused.
fn suppress(
    context: &mut Context<'_>,
    role: &Role<'_>,
    ran: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let mut diagnostics = context.take_diagnostics();
    let suppressions = context.suppressions();
    sort(&mut diagnostics, role.path);
    let unused = suppress::apply(suppressions, role.path, &mut diagnostics);
    for Enabled { rule, chosen } in context.enabled.iter() {
        let Check::Suppression(check) = rule.check else { continue };
        diagnostics.extend(unused.iter().filter(|unused| ran(unused.rule)).map(|unused| {
            let finding = check(unused);
            let severity = rule.severity_of(&finding, *chosen);
            finding.into_diagnostic(rule.name, severity, role.path)
        }));
    }
    diagnostics
}

/// Sorts the diagnostics of the file at `path` by place, followed by diagnostics of other files.
///
/// ```
/// use rolewright_core::{Input, Options, check};
///
/// let mut report = check(&Input::new("# A\n\n```\n").at("a.md"), &Options::new());
/// let before = report.diagnostics.clone();
/// report.diagnostics.reverse();
/// check::sort(&mut report.diagnostics, "a.md");
/// assert_eq!(report.diagnostics, before);
/// ```
pub fn sort(diagnostics: &mut [Diagnostic], path: &str) {
    diagnostics.sort_by(|a, b| {
        let elsewhere = (a.path != path).cmp(&(b.path != path)).then_with(|| a.path.cmp(&b.path));
        let place = || a.span.start.cmp(&b.span.start).then(b.severity.cmp(&a.severity));
        elsewhere.then_with(place).then_with(|| a.rule.cmp(b.rule))
    });
}

/// The report on a text that is not checked at all, with the reason as its only diagnostic.
pub(crate) fn refuse(input: &Input<'_>, options: &Options) -> Option<Report> {
    let (rule, finding) = RULES.iter().find_map(|rule| match rule.check {
        Check::Text(check) => check(input.text).map(|finding| (rule, finding)),
        _ => None,
    })?;
    let empty = Role::without_outline("", input.path);
    let detected = detect::host(&empty, options.host);
    let severity = rule.severity_for(&finding, options);
    Some(Report {
        host: detected.host,
        kind: "a file that cannot be checked",
        diagnostics: alloc::vec![finding.into_diagnostic(rule.name, severity, input.path)],
        skipped: alloc::vec![String::from("The file was not checked.")],
        rules_run: 0,
        rules_off: RULES.len(),
        detected,
    })
}

fn kind(role: &Role<'_>) -> &'static str {
    match (role.syntax, role.front_matter.as_ref().map(|front_matter| front_matter.language)) {
        (Syntax::Markdown, None) => "Markdown without front matter",
        (Syntax::Markdown, Some(Language::Yaml)) => "Markdown with YAML front matter",
        (Syntax::Markdown, Some(Language::Bare)) => "Markdown with rule front matter",
        (Syntax::Markdown, Some(Language::Toml)) => "Markdown with TOML front matter",
        (Syntax::Markdown, Some(Language::Data)) => "a role in a data file",
        (Syntax::Yaml, _) => "YAML",
        (Syntax::Toml, _) => "TOML",
        (Syntax::Json, _) => "JSON",
    }
}

fn skipped(role: &Role<'_>) -> Vec<String> {
    let mut skipped = Vec::new();
    if role.syntax != Syntax::Markdown {
        skipped.push(alloc::format!(
            "Fields and prompts in {} files are not checked; only rules about characters and paths ran.",
            role.syntax.name()
        ));
    }
    match role.front_matter.as_ref() {
        Some(front_matter) if front_matter.language == Language::Toml => skipped.push(String::from(
            "In TOML front matter, only lists of tools, agents and files are checked; other rules about fields did not run.",
        )),
        Some(front_matter) if front_matter.error.is_some() => skipped.push(String::from(
            "The front matter is not valid YAML; its fields were read line by line, and problems that may follow from it are not reported.",
        )),
        _ => {}
    }
    skipped
}

#[cfg(test)]
mod tests;
