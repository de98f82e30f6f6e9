//! Answers one request.

use crate::analysis::{self, prompt};
use crate::synced::SyncedWorkspace;
use rolewright_core::{Applicability, fix, host, rules};
use rolewright_messages::{Answer, HostInfo, Project, Request, Response, RuleInfo, Task, encode};
use rolewright_services::{self as services, difference, source_map};
use rolewright_wire::{Edit, Severity};

/// Handles one request. `clock` returns milliseconds.
pub(crate) fn respond(
    synced: &mut SyncedWorkspace,
    request: Request,
    clock: &dyn Fn() -> f64,
) -> Response {
    let Request { rev, project, task } = request;
    synced.update(project);
    Response::Answer { rev, answer: answer(synced, &task, clock) }
}

/// Answers a request that nobody made, while the page is still loading: browsers compile a function
/// when it is first called, which takes most of the time of a first check.
pub(crate) fn warm_up() {
    const PATH: &str = ".claude/agents/code-reviewer.md";
    let text = include_str!("../../page/src/examples/code-reviewer.md");
    let project = Project {
        entry: PATH.into(),
        active: PATH.into(),
        files: [(PATH.into(), text.into())].into(),
        ..Project::default()
    };
    let request = Request { rev: 0, project, task: Task::Analyze };
    encode(&respond(&mut SyncedWorkspace::default(), request, &|| 0.0));
}

/// The answer; `None` if the task is about a file that the project does not have.
fn answer(synced: &SyncedWorkspace, task: &Task, clock: &dyn Fn() -> f64) -> Option<Answer> {
    Some(match task {
        Task::Analyze => Answer::Analysis(Box::new(analysis::analyze(synced, clock)?)),
        Task::FixAll { path } => fix_all(synced, path)?,
        Task::Matrix => Answer::Matrix(crate::matrix::matrix(synced)?),
        Task::Graph => Answer::Graph(crate::graph::graph(synced)),
        Task::SourceMap => {
            let document = synced.document(&synced.entry)?;
            Answer::SourceMap(source_map(&prompt(synced, &document)?, &document))
        }
        Task::Complete { path, offset } => {
            Answer::Completions(services::complete(&synced.document(path)?, *offset))
        }
        Task::Hover { path, offset } => {
            Answer::Hover(services::hover(&synced.document(path)?, *offset))
        }
        Task::Definition { path, offset } => {
            Answer::Definition(services::definition(&synced.document(path)?, *offset))
        }
        Task::Rename { path, offset, name } => {
            let renamed = services::rename(&synced.document(path)?, *offset, name);
            Answer::Renamed(renamed.map(|renamed| renamed.edits))
        }
        Task::MoveFile { from, to } => {
            let renamed = services::rename_file(&synced.document(from)?, from, to);
            Answer::Renamed(renamed.map(|renamed| renamed.edits))
        }
        Task::CodeActions { path, start, end } => {
            Answer::CodeActions(services::code_actions(&synced.document(path)?, *start, *end))
        }
    })
}

/// The edits of all safe fixes in one file, and the numbers of fixes and of the diagnostics that
/// remain.
fn fix_all(synced: &SyncedWorkspace, path: &str) -> Option<Answer> {
    let document = synced.document(path)?;
    let done = fix(&document.input(), document.options, Applicability::Safe);
    let left = done.report.diagnostics.len();
    let places = document.places();
    let edits = difference(document.text, &done.text).into_iter().map(|(span, text)| Edit {
        path: path.to_string(),
        range: places.range(path, span),
        text,
    });
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (fixed, left) = (count(done.applied.len()), count(left));
    Some(Answer::Fixed { edits: edits.collect(), fixed, left })
}

/// Every host, as shown in the picker.
pub(crate) fn hosts() -> Vec<HostInfo> {
    let info = |host: &host::Host| HostInfo {
        id: host.id.into(),
        title: host.title.into(),
        kind: host.kind.name().into(),
        location: host.locations.first().map_or(String::new(), |glob| (*glob).into()),
        legacy: match host.status {
            host::Status::Current => None,
            host::Status::Legacy(how) | host::Status::Ended(how) => Some(how.into()),
        },
    };
    host::HOSTS.iter().map(info).collect()
}

/// Every rule with its name and severity. The documentation is a separate file that the page
/// fetches.
pub(crate) fn rules() -> Vec<RuleInfo> {
    let severity = |severity| match severity {
        rolewright_core::Severity::Error => Severity::Error,
        rolewright_core::Severity::Warning => Severity::Warning,
        rolewright_core::Severity::Info => Severity::Info,
    };
    rules::RULES
        .iter()
        .map(|rule| RuleInfo { name: rule.name.into(), severity: severity(rule.severity) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_messages::Project;

    const AGENT: &str = ".claude/agents/a.md";

    fn ask(text: &str, task: Task) -> Option<Answer> {
        let project = Project {
            entry: AGENT.into(),
            active: AGENT.into(),
            files: [(AGENT.to_string(), text.to_string())].into(),
            profile: "recommended".into(),
            ..Project::default()
        };
        match respond(&mut SyncedWorkspace::default(), Request { rev: 7, project, task }, &|| 0.0) {
            Response::Answer { rev: 7, answer } => answer,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn fixing_all_changes_only_what_differs() {
        let text = "---\nname: a\ndescription: Use it for 😀.\ntools: read, Grep\n---\nText.\n";
        let found = ask(text, Task::FixAll { path: AGENT.into() });
        let Some(Answer::Fixed { edits, fixed, .. }) = found else { panic!("{found:?}") };
        let at = text[..text.find("read").unwrap()].encode_utf16().count();
        let range = edits[0].range;
        assert_eq!((range.start.offset as usize, range.end.offset as usize), (at, at + 1));
        assert_eq!((edits.len(), edits[0].text.as_str(), fixed), (1, "R", 1));
    }

    #[test]
    fn a_variable_is_renamed_everywhere() {
        let text = "Ask {{WHO}} and {{WHO}}.\n";
        let found = ask(text, Task::Rename { path: AGENT.into(), offset: 7, name: "TEAM".into() });
        let Some(Answer::Renamed(Ok(edits))) = found else { panic!("{found:?}") };
        assert_eq!(edits.len(), 2);
    }

    #[test]
    fn a_service_counts_in_utf16() {
        let text = "---\nname: 😀\ndescr";
        let offset = u32::try_from(text.encode_utf16().count()).unwrap();
        let found = ask(text, Task::Complete { path: AGENT.into(), offset });
        let Some(Answer::Completions(found)) = found else { panic!("{found:?}") };
        assert_eq!(found[0].label, "description");
        assert_eq!(found[0].edit.range.start.offset, offset - 5);
    }

    #[test]
    fn a_file_that_the_project_does_not_have_is_answered_by_nothing() {
        assert_eq!(ask("", Task::Hover { path: "none.md".into(), offset: 0 }), None);
    }
}
