//! Finds the command palette's entries besides its own commands: files, headings, hosts, examples
//! and projects.

use super::list::Event;
use super::{Action, State};
use crate::examples::EXAMPLES;
use crate::state::action::{FileAction, HostAction, ProblemAction, ProjectAction, PromptAction};

/// Something that the palette offers.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub label: String,
    /// The kind of entry.
    pub kind: &'static str,
    /// The action when it is chosen.
    pub action: Action,
}

impl Entry {
    fn new(label: impl Into<String>, kind: &'static str, action: Action) -> Entry {
        Entry { label: label.into(), kind, action }
    }
}

impl State {
    /// The current entries: undoable changes first, then from nearest to farthest.
    pub(super) fn findable(&self) -> Vec<Entry> {
        let mut found = Vec::new();
        self.find_undo(&mut found);
        for path in self.workspace.files.keys() {
            found.push(Entry::new(path, "File", Action::File(FileAction::Open(path.clone()))));
        }
        let sections = self.analysis().map(|a| a.compiled.stats.sections.as_slice());
        for section in sections.unwrap_or_default().iter().filter(|s| !s.title.is_empty()) {
            let visit = Action::Prompt(PromptAction::Visit(section.prompt.0));
            found.push(Entry::new(&section.title, "Heading", visit));
        }
        for host in &self.facts.hosts {
            let id = Some(host.id.clone());
            found.push(Entry::new(
                &host.title,
                "Written for",
                Action::Host(HostAction::WrittenFor(id.clone())),
            ));
            found.push(Entry::new(
                &host.title,
                "Compile for",
                Action::Host(HostAction::CompiledFor(id)),
            ));
        }
        for example in EXAMPLES {
            let begin = Action::Project(ProjectAction::Begin(Box::new(example.workspace())));
            found.push(Entry::new(example.name, "Example", begin));
        }
        for project in self.kept.projects.iter().filter(|project| !project.current) {
            let open = Action::Project(ProjectAction::Open(project.id.clone()));
            found.push(Entry::new(&project.name, "Project", open));
        }
        found
    }

    /// Adds the notice's action, and undo and redo of edits.
    fn find_undo(&self, found: &mut Vec<Entry>) {
        if let Some(notice) = &self.notice
            && let Some((label, action)) = &notice.offer
        {
            let label = format!("{label}: {}", notice.text.replace('`', ""));
            found.push(Entry::new(label, "Last action", (**action).clone()));
        }
        for (label, command) in [("Undo the last edit", "undo"), ("Redo", "redo")] {
            found.push(Entry::new(label, "Edit", Action::Command(command.into())));
        }
        if let Some(fix) = self.shown.get(self.list.cursor).and_then(|p| p.fix.as_ref()) {
            let label = fix.title.replace('`', "");
            found.push(Entry::new(
                label,
                "Fix",
                Action::Problem(ProblemAction::Fix(self.list.cursor)),
            ));
        }
        if let Some(problem) = self.shown.get(self.list.cursor) {
            let scopes = [
                (super::list::Scope::Here, "here"),
                (super::list::Scope::File, "in this file"),
                (super::list::Scope::Project, "in this project"),
            ];
            for (scope, at) in scopes {
                let label = format!("Turn off {} {at}", problem.rule);
                let turn_off = Action::List(Event::TurnOff(self.list.cursor, scope));
                found.push(Entry::new(label, "Rule", turn_off));
            }
        }
    }
}
