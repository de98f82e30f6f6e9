//! `check`: text in, report out. Chooses the host, runs the rules, and says what was not checked.

use crate::detect::{self, Detected};
use crate::diagnostic::Diagnostic;
use crate::front_matter::Language;
use crate::host::Host;
use crate::options::Options;
use crate::role::{Role, Syntax};
use crate::rules::{Context, RULES, duplicate_role_name, unreadable_file, unused_suppression};
use crate::suppress;
use crate::template::Expanded;
use crate::workspace::{Files, Values};
use alloc::string::String;
use alloc::vec::Vec;

/// What was found, and what was not looked at.
#[derive(Clone, Debug)]
pub struct Report {
    /// The host the text was judged for.
    pub host: &'static Host,
    /// How the host was found.
    pub detected: Detected,
    /// What the file is, for people: "Markdown with YAML front matter".
    pub kind: &'static str,
    /// Diagnostics in the order of their places; those of other files follow.
    pub diagnostics: Vec<Diagnostic>,
    /// What was not checked and why, one sentence each.
    pub skipped: Vec<String>,
    /// How many rules ran.
    pub rules_run: usize,
    /// How many rules the settings switch off.
    pub rules_off: usize,
}

/// Checks `text`, which stands or would stand at `path` (relative to the workspace root, with `/`).
pub fn check(
    text: &str,
    path: &str,
    files: &dyn Files,
    values: &Values,
    options: &Options,
) -> Report {
    if let Some(refused) = refuse(text, path, options) {
        return refused;
    }
    let role = Role::parse_with(text, path, options.markdown);
    check_role(&role, files, values, options)
}

/// Checks a role that is already taken apart.
pub fn check_role(
    role: &Role<'_>,
    files: &dyn Files,
    values: &Values,
    options: &Options,
) -> Report {
    check_expanded(role, files, values, options).0
}

/// The same, with the expansion where a rule has asked for it.
pub(crate) fn check_expanded(
    role: &Role<'_>,
    files: &dyn Files,
    values: &Values,
    options: &Options,
) -> (Report, Option<Expanded>) {
    let detected = detect::host(role, options.host);
    let mut context = Context::new(role, detected.host, files, values, options);
    let mut rules_run = 0;
    for rule in RULES.iter().filter(|rule| rule.runs(options)) {
        context.run(rule);
        rules_run += 1;
    }
    let expanded = context.take_expanded();
    let mut diagnostics = suppress(&mut context, role, options);
    sort(&mut diagnostics, role.path);
    let report = Report {
        host: detected.host,
        kind: kind(role),
        diagnostics,
        skipped: skipped(role),
        rules_run,
        rules_off: RULES.len() - rules_run,
        detected,
    };
    (report, expanded)
}

/// Takes out what comments suppress, and says which of them suppress nothing.
fn suppress(context: &mut Context<'_>, role: &Role<'_>, options: &Options) -> Vec<Diagnostic> {
    let mut diagnostics = context.take_diagnostics();
    let suppressions = context.suppressions();
    sort(&mut diagnostics, role.path);
    let unused = suppress::apply(suppressions, role.path, &mut diagnostics);
    let rule = &unused_suppression::RULE;
    // A rule that did not run says nothing about the comment that switches it off.
    let elsewhere = |name: &str| !options.across && name == duplicate_role_name::RULE.name;
    let ran = |name: &str| {
        !elsewhere(name) && RULES.iter().any(|rule| rule.name == name && rule.runs(options))
    };
    if rule.runs(options) {
        let severity = options.severity_of(rule.name).flatten().unwrap_or(rule.severity);
        diagnostics.extend(
            unused
                .into_iter()
                .filter(|suppression| ran(suppression.rule))
                .map(|suppression| unused_suppression::unused(suppression))
                .map(|finding| finding.into_diagnostic(rule.name, severity, role.path)),
        );
    }
    diagnostics
}

/// In the order of their places, those of other files behind.
pub(crate) fn sort(diagnostics: &mut [Diagnostic], path: &str) {
    diagnostics.sort_by(|a, b| {
        let elsewhere = (a.path != path).cmp(&(b.path != path)).then_with(|| a.path.cmp(&b.path));
        let place = || a.span.start.cmp(&b.span.start).then(b.severity.cmp(&a.severity));
        elsewhere.then_with(place).then_with(|| a.rule.cmp(b.rule))
    });
}

/// A text that is not checked at all, with the reason as its one diagnostic.
pub(crate) fn refuse(text: &str, path: &str, options: &Options) -> Option<Report> {
    let finding = unreadable_file::refusal(text)?;
    let empty = Role::head_of("", path);
    let detected = detect::host(&empty, options.host);
    let rule = &unreadable_file::RULE;
    let severity = options.severity_of(rule.name).flatten().unwrap_or(rule.severity);
    Some(Report {
        host: detected.host,
        kind: "not a text that can be checked",
        diagnostics: alloc::vec![finding.into_diagnostic(rule.name, severity, path)],
        skipped: alloc::vec![String::from("Nothing in this file was checked.")],
        rules_run: 0,
        rules_off: RULES.len(),
        detected,
    })
}

fn kind(role: &Role<'_>) -> &'static str {
    match (role.syntax, role.front_matter.as_ref().map(|head| head.language)) {
        (Syntax::Markdown, None) => "Markdown without front matter",
        (Syntax::Markdown, Some(Language::Yaml)) => "Markdown with YAML front matter",
        (Syntax::Markdown, Some(Language::Bare)) => "Markdown with a rule head",
        (Syntax::Markdown, Some(Language::Toml)) => "Markdown with TOML front matter",
        (Syntax::Yaml, _) => "YAML",
        (Syntax::Toml, _) => "TOML",
        (Syntax::Json, _) => "JSON",
    }
}

fn skipped(role: &Role<'_>) -> Vec<String> {
    let mut skipped = Vec::new();
    if role.syntax != Syntax::Markdown {
        skipped.push(alloc::format!(
            "The fields and prompts inside a {} file are not read: only the rules about characters and paths ran.",
            role.syntax.name()
        ));
    }
    match role.front_matter.as_ref() {
        Some(head) if head.language == Language::Toml => skipped.push(String::from(
            "The TOML front matter is not read: the rules about fields did not run.",
        )),
        Some(head) if head.error.is_some() => skipped.push(String::from(
            "The front matter is not valid YAML: its fields were read line by line, and what follows from the broken YAML is not reported again.",
        )),
        _ => {}
    }
    skipped
}
