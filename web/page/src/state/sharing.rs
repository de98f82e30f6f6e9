//! The part of the reducer for sharing: links, copies and downloads.

use super::export::{self, Export};
use super::figures::number;
use super::queue::Purpose;
use super::workspace::Workspace;
use super::{Action, Effect, State, prompt};
use crate::state::action::ProjectAction;
use rolewright_messages::Analysis;
use rolewright_wire::HostFile;

/// The longest link, in characters, that chat apps keep intact.
const CHAT: usize = 2_000;
/// The longest link, in characters, that issues and emails keep intact.
const ISSUE: usize = 8_000;

impl State {
    /// Handles an action about links and copies, or returns any other action.
    pub(super) fn share(&mut self, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
        match action {
            Action::Export(what) => self.export(what, effects),
            Action::Linked(Some(link)) => {
                let said = reach(link.len());
                effects.push(Effect::Copy(link, said));
            }
            Action::Linked(None) => {
                self.tell(
                    "This browser cannot create links. Copy the project as Markdown instead.",
                    effects,
                );
            }
            Action::Received { workspace, whole } => self.received(workspace, whole, effects),
            Action::Project(ProjectAction::Abandon(former)) => {
                self.notice = None;
                effects.push(Effect::Abandon(former));
            }
            other => return Some(other),
        }
        None
    }

    fn export(&mut self, what: Export, effects: &mut Vec<Effect>) {
        let workspace = &self.workspace;
        let analysis = self.analysis();
        let copy = |text: String, said: &str| Effect::Copy(text, said.into());
        let effect = match (what, analysis) {
            (Export::Link, _) => Effect::Pack(Box::new(workspace.clone())),
            (Export::Zip, _) => {
                let name = format!("{}.zip", workspace.name.replace(['/', '\\'], "-"));
                Effect::DownloadZip(name, export::files(workspace))
            }
            (Export::Command, _) => copy(export::command(workspace), "Command copied."),
            (Export::Report, _) => {
                let text =
                    export::report(workspace, analysis, &self.facts.version, self.breakdown());
                copy(text, "Files and problems copied as Markdown.")
            }
            (Export::File | Export::FileToDisk, Some(a)) if a.compiled.file.is_none() => {
                return self.tell("The role was not converted to this host.", effects);
            }
            (_, None) => return self.tell("The first check has not finished yet.", effects),
            (Export::Prompt, Some(a)) => copy(a.compiled.prompt.clone(), "Prompt copied."),
            (Export::File, Some(a)) => copy(file(a).text, "File copied."),
            (Export::FileToDisk, Some(a)) => {
                let HostFile { path, text } = file(a);
                Effect::Download(prompt::file_name(&path).to_owned(), text)
            }
            (Export::Problems, Some(a)) => {
                let task = export::task(&self.shown, self.title_of(&a.report.host));
                copy(task, "Problems copied as a task for an assistant.")
            }
            (Export::Map, Some(_)) => {
                self.request(Purpose::SourceMap, self.workspace.set);
                return self.send(effects);
            }
        };
        effects.push(effect);
    }

    /// Opens the project from a link as a new project; it never replaces the open one.
    fn received(
        &mut self,
        workspace: Option<Box<Workspace>>,
        whole: bool,
        effects: &mut Vec<Effect>,
    ) {
        let Some(workspace) = workspace else {
            if whole {
                let text = "This link is from a later version of Rolewright. Reload the page, then open it again.";
                return self.tell(text, effects);
            }
            return self.tell("This link is damaged. Nothing in it could be read.", effects);
        };
        // An empty project is reused, so there is nothing to return to.
        let current = self.kept.projects.iter().find(|p| p.current && !self.workspace.is_blank());
        let former = current.map(|p| p.id.clone());
        self.begin(*workspace, effects);
        let text = if whole {
            "Opened the link as a new project."
        } else {
            "This link is incomplete. The readable part was opened as a new project."
        };
        if self.screen.embedded && whole {
            // The embedding page has chosen the content.
            self.notice = None;
            return;
        }
        let discard =
            former.map(|id| ("Discard", Box::new(Action::Project(ProjectAction::Abandon(id)))));
        self.notify(text.into(), discard, effects);
    }
}

/// The file the host reads.
fn file(analysis: &Analysis) -> HostFile {
    analysis.compiled.file.clone().unwrap_or_default()
}

/// The notice for a link of this length.
fn reach(len: usize) -> String {
    let advice = if len <= CHAT {
        ", short enough for a chat."
    } else if len <= ISSUE {
        ". It fits in an issue or an email, but chat apps may truncate it."
    } else {
        ", too long for most apps. Copy the project as Markdown instead."
    };
    format!("Link copied: {} characters{advice}", number(len as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_where_it_survives() {
        assert!(reach(1_300).ends_with("short enough for a chat."));
        assert!(reach(2_001).contains("chat apps may truncate it"));
        assert!(reach(9_000).contains("too long"));
    }
}
