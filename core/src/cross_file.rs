//! Compares the summaries of roles in different files, so that a workspace of any size can be
//! checked file by file.

use crate::detect;
use crate::diagnostic::Diagnostic;
use crate::host::Host;
use crate::options::Options;
use crate::role::Role;
use crate::rules::{Check, Finding, RULES, Rule};
use crate::summary::RoleSummary;
use crate::suppress;
use crate::workspace::Files;
use alloc::string::ToString;
use alloc::vec::Vec;

/// Compares the roles with these `summaries`: returns one diagnostic for each defect, in the later
/// of the two files by path.
///
/// ```
/// use rolewright_core::{RoleSummary, Options, Span, compare, host::Host};
///
/// let host = Host::by_id("claude-code").ok_or("unknown host")?;
/// let summary = |path: &str| RoleSummary::new(path.into(), host, "reviewer".into(), Span::new(10, 18));
/// let summaries = [summary(".claude/agents/a.md"), summary(".claude/agents/b.md")];
/// let found = compare(&summaries, &Options::default());
/// assert_eq!(found[0].path, ".claude/agents/b.md");
/// # Ok::<(), &str>(())
/// ```
pub fn compare(summaries: &[RoleSummary], options: &Options) -> Vec<Diagnostic> {
    let mut sorted: Vec<&RoleSummary> = summaries.iter().collect();
    sorted.sort_by(|a, b| a.place().cmp(&b.place()).then_with(|| a.path.cmp(&b.path)));
    let mut found = Vec::new();
    for group in sorted.chunk_by(|a, b| a.place() == b.place()) {
        judge(group, options, &mut |rule, summary, finding| {
            if !summary.suppressed.iter().any(|name| name == rule.name) {
                let severity = rule.severity_for(&finding, options);
                found.push(finding.into_diagnostic(rule.name, severity, &summary.path));
            }
        });
    }
    found
}

/// Compares `role` with its neighbors, and returns the diagnostics of the role only. Reads the
/// neighbors only if a rule needs them.
pub(crate) fn beside_neighbors(
    role: &Role<'_>,
    host: &'static Host,
    files: &dyn Files,
    options: &Options,
    report: &mut dyn FnMut(&'static Rule, Finding),
) {
    if !files.is_known() || !rules().any(|(rule, _)| rule.runs(options)) {
        return;
    }
    if detect::classify_parsed(role, detect::place(role.path), files).is_err() {
        return;
    }
    let Some(own) = RoleSummary::of(role, host) else { return };
    let neighbors = neighbors(&own, files, options);
    let mut group: Vec<&RoleSummary> = neighbors.iter().collect();
    group.push(&own);
    judge(&group, options, &mut |rule, summary, finding| {
        if summary.path == own.path {
            report(rule, finding);
        }
    });
}

/// The summary of a role, with the cross-file rules that its comments suppress.
pub(crate) fn summary(role: &Role<'_>, host: &'static Host) -> Option<RoleSummary> {
    let mut summary = RoleSummary::of(role, host)?;
    let suppressions = suppress::read(role);
    let off =
        suppressions.iter().filter(|s| s.scope.contains(summary.span.start) && is_ours(s.rule));
    summary.suppressed = off.map(|s| s.rule.to_string()).collect();
    Some(summary)
}

/// Whether a rule of this name compares files.
pub(crate) fn is_ours(name: &str) -> bool {
    rules().any(|(rule, _)| rule.name == name)
}

/// The summaries of the roles that are loaded together with a role, in path order.
///
/// ```
/// use rolewright_core::{RoleSummary, Options, Span, host::Host, neighbors};
/// use std::collections::BTreeMap;
///
/// let role = "---\nname: clerk\ndescription: Files. Use it.\n---\nFile it.\n";
/// let files: BTreeMap<String, String> =
///     [(".claude/agents/office/clerk.md".to_string(), role.to_string())].into();
/// let host = Host::by_id("claude-code").unwrap();
/// let own = RoleSummary::new(".claude/agents/a.md".into(), host, "clerk".into(), Span::new(10, 15));
/// assert_eq!(neighbors(&own, &files, &Options::default())[0].name, "clerk");
/// ```
pub fn neighbors(own: &RoleSummary, files: &dyn Files, options: &Options) -> Vec<RoleSummary> {
    let is_beside = own.is_beside();
    let paths = files.paths().into_iter();
    let near =
        paths.filter(|path| **path != *own.path && is_beside(path) && RoleSummary::may_be(path));
    let summaries = near.filter_map(|path| RoleSummary::among(files, &path, options.host));
    summaries.filter(|summary| summary.host == own.host).collect()
}

type Compare = fn(&[&RoleSummary], &mut dyn FnMut(usize, Finding));

fn rules() -> impl Iterator<Item = (&'static Rule, Compare)> {
    RULES.iter().filter_map(|rule| match rule.check {
        Check::Folder(compare) | Check::RoleAndFolder(_, compare) => Some((rule, compare)),
        _ => None,
    })
}

fn judge(
    group: &[&RoleSummary],
    options: &Options,
    report: &mut dyn FnMut(&'static Rule, &RoleSummary, Finding),
) {
    for (rule, compare) in rules().filter(|(rule, _)| rule.runs(options)) {
        compare(group, &mut |at, finding| {
            if let Some(summary) = group.get(at) {
                report(rule, summary, finding);
            }
        });
    }
}
