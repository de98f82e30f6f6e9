//! Compiles the main file for every host.

use crate::analysis::{role_of, roles, written};
use crate::synced::SyncedWorkspace;
use rolewright_core::host::{HOSTS, Host};
use rolewright_core::permissions::Outcome;
use rolewright_core::{Compiled, Input, Options, Severity, check};
use rolewright_messages::HostRow;
use rolewright_services::Document;
use rolewright_wire as wire;

/// A row for each host, in the order of the hosts; `None` until there is a project.
pub(crate) fn matrix(synced: &SyncedWorkspace) -> Option<Vec<HostRow>> {
    let document = synced.document(&synced.entry)?;
    let own = synced.workspace.check(&synced.entry)?;
    let role = role_of(synced, &roles(&document));
    let checked = synced.workspace.report(&synced.entry)?;
    let done = |host| written(&document, checked.clone(), Some(host), role);
    Some(HOSTS.iter().map(|host| row(&document, host, done(host), &own)).collect())
}

fn row(
    document: &Document<'_>,
    host: &'static Host,
    done: Compiled,
    own: &wire::Report,
) -> HostRow {
    // The host does not object to the role's own errors; no file is written until they are fixed.
    let is_error = |d: &&wire::Diagnostic| d.severity == wire::Severity::Error;
    let known = |rule| own.diagnostics.iter().filter(is_error).any(|d| d.rule == rule);
    let mut found = done.report.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let is_faulty = !done.loads && done.file.is_some() && found.all(|d| known(d.rule));
    let (errors, warnings) = if is_faulty || host.id == own.host {
        let count = |severity| own.diagnostics.iter().filter(|d| d.severity == severity).count();
        (count(wire::Severity::Error), count(wire::Severity::Warning))
    } else {
        in_file(document, host, &done)
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    HostRow {
        host: host.id.into(),
        loads: done.loads,
        why: why(&done),
        permissions: match done.permissions {
            Outcome::Exact => wire::Outcome::Exact,
            Outcome::NotApplicable => wire::Outcome::NotApplicable,
            Outcome::Narrowed => wire::Outcome::Narrowed,
            Outcome::Widened => wire::Outcome::Widened,
        },
        losses: count(done.losses.len()),
        errors: count(errors),
        warnings: count(warnings),
        path: done.file.filter(|_| !is_faulty).map(|file| file.path),
    }
}

/// The number of errors and warnings that the host has for the file written for it.
fn in_file(document: &Document<'_>, host: &'static Host, done: &Compiled) -> (usize, usize) {
    let Some(file) = &done.file else { return (0, 0) };
    let mut options: Options = document.options.clone();
    options.host = Some(host);
    let input = Input::new(&file.text).at(&file.path).with_values(document.values);
    let found = check(&input, &options).diagnostics;
    let count = |severity| found.iter().filter(|d| d.severity == severity).count();
    (count(Severity::Error), count(Severity::Warning))
}

/// The reason the host does not load the file: a permission that it would widen, or the first
/// error.
fn why(done: &Compiled) -> Option<String> {
    if done.loads {
        return None;
    }
    let lost = done.losses.iter().find(|loss| loss.severity == Severity::Error);
    let wrong = done.report.diagnostics.iter().find(|d| d.severity == Severity::Error);
    let lost = lost.filter(|_| done.file.is_none()).map(|loss| loss.message.to_string());
    lost.or_else(|| wrong.map(|found| found.message.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_messages::Project;

    const READER: &str = "---\nname: reader\ndescription: Reads code. Use it for every question.\n\
                          tools: Read, Grep\n---\nYou read code.\n";

    fn rows(text: &str) -> Vec<HostRow> {
        let entry = String::from(".claude/agents/reader.md");
        let mut synced = SyncedWorkspace::default();
        synced.update(Project {
            active: entry.clone(),
            files: [(entry.clone(), text.to_string())].into(),
            entry,
            profile: "recommended".into(),
            ..Project::default()
        });
        matrix(&synced).expect("the main file is synced")
    }

    fn of(rows: &[HostRow], host: &str) -> HostRow {
        rows.iter().find(|row| row.host == host).cloned().expect("a host")
    }

    #[test]
    fn every_host_has_a_row_and_the_own_one_loses_nothing() {
        let rows = rows(READER);
        assert_eq!(rows.len(), HOSTS.len());
        let own = of(&rows, "claude-code");
        assert_eq!((own.loads, own.losses, own.errors), (true, 0, 0));
        assert_eq!(own.path.as_deref(), Some(".claude/agents/reader.md"));
    }

    #[test]
    fn a_host_that_would_widen_permissions_gets_no_file_and_says_why() {
        let codex = of(&rows(READER), "codex-agent");
        assert_eq!((codex.loads, codex.path.clone()), (false, None), "{codex:?}");
        assert_eq!(codex.permissions, wire::Outcome::Widened);
        assert!(codex.why.is_some());
    }

    #[test]
    fn no_host_is_blamed_for_an_error_of_the_role_and_none_gets_a_file() {
        let rows = rows(&format!("{READER}\n{{{{include:none.md}}}}\n"));
        for host in ["claude-code", "copilot"] {
            let row = of(&rows, host);
            assert_eq!((row.loads, row.errors, row.path.clone()), (false, 1, None), "{row:?}");
            assert!(row.why.is_some());
        }
    }

    #[test]
    fn another_host_gets_a_file_at_a_path_of_its_own() {
        let copilot = of(&rows(READER), "copilot");
        assert_eq!(copilot.path.as_deref(), Some(".github/agents/reader.agent.md"));
    }
}
