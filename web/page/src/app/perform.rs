//! Carries out the effects that the reducer returns.

use super::App;
use crate::browser::{self, editor::Editor, files, place, spoken};
use crate::state::workspace::Workspace;
use crate::state::{Action, Effect, Saved, Timer};
use web_sys::Element;

impl App {
    /// Starts the editor first, so that typing works, and then the engine.
    pub(super) fn begin(&mut self) {
        let workspace = &self.state.workspace;
        let (path, text) = (&workspace.active, workspace.text(&workspace.active));
        let editor = self
            .host
            .cast::<Element>()
            .and_then(|parent| Editor::new(&parent, path, text, self.dispatch.clone()));
        if editor.is_none() {
            let text = "The editor could not be loaded. Your work is safe. Reload the page.";
            self.dispatch.emit(Action::Tell(text.into()));
        }
        self.editor = editor;
        self.prefer();
        let mut effects = Vec::new();
        self.state.start(&mut effects);
        for effect in effects {
            self.perform(effect);
        }
        self.dispatch.emit(Action::Rang(Timer::Ask));
        self.list_projects();
        browser::link::receive(self.dispatch.clone());
        if !self.keep.works() && !self.state.embedded {
            self.dispatch.emit(Action::Saved(Saved::Blocked));
        }
    }

    /// Carries out one effect.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Later(timer, ms) => self.clock.later(timer, ms),
            Effect::Cancel(timer) => self.clock.cancel(timer),
            Effect::StartEngine => self.engine.start(),
            Effect::StopEngine => self.engine.stop(),
            Effect::Send(request) => self.engine.ask(&request),
            Effect::FetchDocs => browser::docs::fetch(self.dispatch.clone()),
            Effect::FocusPrompt => {
                place::focus("prompt");
            }
            Effect::FocusProblem(index) => {
                if !place::focus(&format!("problem-{index}")) {
                    place::focus("problems-heading");
                }
            }
            Effect::ScrollProblem(index) => {
                // A row has two lines; both are shown, whichever way the list scrolls.
                place::show(&format!("remedies-{index}"));
                place::show(&format!("problem-{index}"));
            }
            Effect::RescueFocus(id) => {
                if place::focus_is_lost() && !place::focus(&id) {
                    self.perform(Effect::FocusEditor);
                }
            }
            Effect::ScrollPrompt(block) => place::reveal_block(block),
            Effect::AlignPrompt(at) => {
                if let Some(page) = self.state.outcome.as_ref().map(|o| &o.page) {
                    let block = page.block_at(at);
                    place::align_block(block, at - page.starts.get(block).copied().unwrap_or(at));
                }
            }
            Effect::ScrollWhy => place::show_from_top("why"),
            Effect::Announce(text) => spoken::say(&text),
            Effect::Copy(text, said) => files::copy(&text, said, self.dispatch.clone()),
            Effect::Pack(workspace) => browser::link::pack(&workspace, self.dispatch.clone()),
            Effect::Download(name, text) => {
                let said = match files::download(&name, &text) {
                    Ok(()) => format!("Downloaded `{name}`."),
                    Err(_) => "The browser blocked the download.".into(),
                };
                self.dispatch.emit(Action::Tell(said));
            }
            Effect::Paste => files::paste(self.dispatch.clone()),
            Effect::Pick(folder) => files::pick(folder, self.dispatch.clone()),
            Effect::DownloadZip(name, files) => {
                let said = match files::download_zip(&name, &files) {
                    Ok(()) => format!("Downloaded `{name}`."),
                    Err(_) => "The browser blocked the download.".into(),
                };
                self.dispatch.emit(Action::Tell(said));
            }
            Effect::Prefer => {
                self.keep.set_prefs(&self.state.prefs);
                self.prefer();
            }
            Effect::Update => browser::offline::update(),
            Effect::Reload => browser::offline::reload(),
            other => self.store_or_edit(other),
        }
    }

    fn store_or_edit(&mut self, effect: Effect) {
        match effect {
            Effect::Save(workspace) => {
                let saved =
                    if self.state.embedded { Saved::Yes } else { self.keep.save(&workspace) };
                if !self.state.projects.iter().any(|project| project.current) {
                    self.list_projects();
                }
                self.dispatch.emit(Action::Saved(saved));
            }
            Effect::Branch => {
                self.keep.branch();
                self.tabs.hold(&self.keep.key());
                self.list_projects();
            }
            Effect::BranchAside => {
                self.keep.branch_aside();
                self.tabs.hold(&self.keep.key());
                self.list_projects();
            }
            Effect::OpenProject(id) => {
                self.keep.choose(&id);
                self.tabs.hold(&self.keep.key());
                if let Some(workspace) = self.keep.load() {
                    self.dispatch.emit(Action::Load(Box::new(workspace)));
                }
                self.list_projects();
            }
            Effect::DropProject(id) => {
                if let Some(workspace) = self.keep.delete(&id) {
                    self.dispatch.emit(Action::Dropped(Box::new(workspace)));
                }
                self.list_projects();
            }
            Effect::SaveBeside(workspace) => {
                self.keep.save_beside(&workspace);
                self.list_projects();
            }
            Effect::Abandon(former) => {
                let mine = self.keep.id().to_owned();
                self.store_or_edit(Effect::OpenProject(former));
                self.keep.delete(&mine);
                self.list_projects();
            }
            Effect::TakeOver => self.tabs.take_over(),
            Effect::ReadTheirs => {
                self.dispatch.emit(Action::Theirs(self.keep.load().map(Box::new)));
            }
            Effect::SaveAside(workspace) => {
                if self.save_aside(&workspace) {
                    self.list_projects();
                }
            }
            Effect::Settle(mut beside, chosen) => {
                beside.name.push_str(" (copy)");
                if self.save_aside(&beside) {
                    self.keep.settle_aside();
                    self.dispatch.emit(Action::Settled(chosen));
                    self.list_projects();
                }
            }
            other => self.edit(other),
        }
    }

    fn edit(&mut self, effect: Effect) {
        let Some(editor) = &self.editor else { return };
        match effect {
            Effect::Show(path, text) => editor.show(&path, &text),
            Effect::Forget(path) => editor.forget(&path),
            Effect::Moved(from, to) => editor.moved(&from, &to),
            Effect::Change(edits, label) => editor.change(&edits, &label),
            Effect::ScrollEditor(at) => editor.scroll_to(at),
            Effect::Undo => editor.undo(),
            Effect::Redo => editor.redo(),
            Effect::Select(from, to, focus) => editor.select(from, to, focus),
            Effect::Underline(marks) => editor.underline(&marks),
            Effect::Complete(ticket, found) => editor.complete(ticket, &found),
            Effect::Explain(ticket, found) => editor.explain(ticket, found.as_ref()),
            Effect::Offer(actions) => editor.offer(&actions),
            Effect::Highlight(ranges) => editor.highlight(&ranges),
            Effect::FocusEditor => editor.focus(),
            _ => {}
        }
    }

    /// Saves a version next to the current project and reports a failure.
    fn save_aside(&mut self, workspace: &Workspace) -> bool {
        let stored = self.keep.save_aside(workspace) == Saved::Yes;
        if !stored {
            let text = "Browser storage is full. Your changes are not being saved. \
                        Delete old projects or download your files.";
            self.dispatch.emit(Action::Tell(text.into()));
        }
        stored
    }

    fn list_projects(&self) {
        self.dispatch.emit(Action::Projects(self.keep.list()));
    }

    fn prefer(&mut self) {
        let prefs = &self.state.prefs;
        browser::theme::set(prefs.theme);
        if let Some(editor) = &self.editor {
            editor.set_look(self.system.is_dark(prefs.theme), prefs.font_size, prefs.wrap);
        }
    }
}
