//! Carries out the effects that the reducer returns.

use super::App;
use crate::browser::{self, disk, editor::Editor, files, place, spoken, storage};
use crate::state::action::{ProjectAction, TabAction};
use crate::state::snapshots::Event as Snapshots;
use crate::state::workspace::Workspace;
use crate::state::{Action, Effect, Saved, Timer};
use std::future::Future;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

impl App {
    /// Starts the engine and asks it for the first answer, which it finds while the page is drawn.
    pub(super) fn start_engine(&mut self) {
        let mut effects = Vec::new();
        self.state.start(&mut effects);
        effects.extend(self.state.apply(Action::Rang(Timer::Ask), browser::clock::now()));
        for effect in effects {
            self.perform(effect);
        }
    }

    /// Starts the editor, in the element that has been drawn for it.
    pub(super) fn begin(&mut self) {
        let workspace = &self.state.workspace;
        let (path, text) = (&workspace.active, workspace.text(&workspace.active));
        let editor = self
            .host
            .cast::<Element>()
            .and_then(|parent| Editor::new(&parent, path, text, self.dispatch.clone()));
        if editor.is_none() {
            let text = "The editor could not be loaded. Your work is safe. Reload the page.";
            self.dispatch.emit(Action::Notify(text.into()));
        }
        self.editor = editor;
        self.prefer();
        // The first answer may have come before there was an editor.
        let mut effects = Vec::new();
        self.state.underline(&mut effects);
        for effect in effects {
            self.perform(effect);
        }
        self.list_projects();
        self.find_folder();
        browser::link::receive(self.dispatch.clone());
        if !self.keep.works() && !self.state.screen.embedded {
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
                // A row has two lines; both are scrolled into view, in either direction.
                place::show(&format!("remedies-{index}"));
                place::show(&format!("problem-{index}"));
            }
            Effect::RescueFocus(id) => {
                // Where nothing had the focus, nothing lost it.
                if self.focused.is_none() {
                    return;
                }
                if place::focus_is_lost() && !place::focus(&id) {
                    self.perform(Effect::FocusEditor);
                }
                // A phone that shows the list hides the editor.
                if place::focus_is_lost() {
                    place::focus("problems-heading");
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
                self.dispatch.emit(Action::Notify(said));
            }
            Effect::Paste => files::paste(self.dispatch.clone()),
            Effect::Pick(folder) => files::pick(folder, self.dispatch.clone()),
            Effect::DownloadZip(name, files) => {
                let said = match files::download_zip(&name, &files) {
                    Ok(()) => format!("Downloaded `{name}`."),
                    Err(_) => "The browser blocked the download.".into(),
                };
                self.dispatch.emit(Action::Notify(said));
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
            Effect::Save(workspace) => self.save(&workspace),
            Effect::ListProjects => self.list_projects(),
            Effect::Branch => {
                self.keep.branch();
                self.switched();
            }
            Effect::BranchAside => {
                self.keep.branch_aside();
                self.switched();
            }
            Effect::Switch(id) => {
                self.keep.choose(&id);
                self.switched();
            }
            Effect::OpenProject(id) => self.open_project(id, None),
            Effect::Abandon(former) => {
                let mine = self.keep.id().to_owned();
                self.open_project(former, Some(mine));
            }
            Effect::DropProject(id) => {
                let deleted = self.keep.delete(&id);
                self.report(async move {
                    let workspace = deleted.await?;
                    Some(Action::Project(ProjectAction::Deleted(id, Box::new(workspace))))
                });
                self.list_projects();
            }
            Effect::SaveBeside(id, workspace) => {
                let saved = self.keep.save_as(&id, &workspace);
                spawn_local(async move {
                    saved.await;
                });
                self.list_projects();
            }
            Effect::TakeOver => self.tabs.take_over(),
            Effect::ReadTheirs => {
                let theirs = self.keep.read(self.keep.id());
                self.report(async move {
                    Some(Action::Tab(TabAction::Theirs(theirs.await.map(Box::new))))
                });
            }
            Effect::SaveAside(workspace) => self.save_aside(&workspace, None),
            Effect::Settle(mut beside, chosen) => {
                beside.name.push_str(" (copy)");
                self.save_aside(&beside, Some(chosen));
            }
            Effect::ChooseFolder(workspace) => {
                let saved = disk::choose(self.keep.id(), &workspace);
                self.report(async move { Some(Action::Disk(saved.await)) });
            }
            Effect::SaveToDisk(workspace, forced) => {
                let saved = disk::write(self.keep.id(), &workspace, forced);
                self.report(async move { Some(Action::Disk(saved.await)) });
            }
            Effect::UndoSave => {
                let undone = disk::take_back(self.keep.id());
                self.report(async move { Some(Action::Disk(undone.await)) });
            }
            Effect::ListSnapshots => {
                let list = self.keep.snapshots();
                self.report(async move { Some(Action::Snapshot(Snapshots::Listed(list.await))) });
            }
            Effect::TakeSnapshot(name) => {
                let taken = self.keep.take_snapshot(&name);
                self.report(async move { Some(Action::Snapshot(Snapshots::Taken(taken.await))) });
            }
            Effect::ReadSnapshot(id) => {
                let now = self.keep.take_snapshot("Before restoring");
                let found = self.keep.read(&id);
                self.report(async move {
                    now.await;
                    Some(Action::Snapshot(Snapshots::Found(found.await.map(Box::new))))
                });
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
            Effect::ExplainCaret => editor.explain_caret(),
            Effect::Offer(actions) => editor.offer(&actions),
            Effect::Highlight(ranges) => editor.highlight(&ranges),
            Effect::FocusEditor => editor.focus(),
            _ => {}
        }
    }

    /// Dispatches the result of a future.
    fn report(&self, action: impl Future<Output = Option<Action>> + 'static) {
        let dispatch = self.dispatch.clone();
        spawn_local(async move {
            if let Some(action) = action.await {
                dispatch.emit(action);
            }
        });
    }

    fn save(&self, workspace: &Workspace) {
        if self.state.screen.embedded {
            return self.dispatch.emit(Action::Saved(Saved::Yes));
        }
        let saved = self.keep.save(workspace);
        self.report(async move { Some(Action::Saved(saved.await)) });
        if !self.state.kept.projects.iter().any(|project| project.current) {
            self.list_projects();
        }
    }

    /// Opens a project from the list, and deletes another project if that worked.
    fn open_project(&self, id: String, drop: Option<String>) {
        let found = self.keep.read(&id);
        let dispatch = self.dispatch.clone();
        spawn_local(async move {
            let Some(workspace) = found.await else {
                return dispatch.emit(Action::Notify("This project no longer exists.".into()));
            };
            dispatch.emit(Action::Project(ProjectAction::Opened(id, Box::new(workspace))));
            if let Some(drop) = drop {
                storage::forget(&drop).await;
                dispatch.emit(Action::Project(ProjectAction::List));
            }
        });
    }

    /// The tab has switched to another project.
    fn switched(&self) {
        self.tabs.hold(&self.keep.key());
        self.list_projects();
        self.find_folder();
    }

    /// Whether the project can be saved to disk, and where.
    fn find_folder(&self) {
        if !self.state.screen.embedded {
            let found = disk::find(self.keep.id(), &self.state.workspace);
            self.report(async move { Some(Action::Disk(found.await)) });
        }
    }

    /// Saves a version next to the current project and reports a failure. Afterwards, continues
    /// with the chosen version, if any.
    fn save_aside(&self, workspace: &Workspace, chosen: Option<Box<Workspace>>) {
        let (saved, settle) = (self.keep.save_aside(workspace), self.keep.settle_aside());
        self.report(async move {
            if matches!(saved.await, Saved::Full | Saved::Blocked) {
                let text = "Browser storage is full. Your changes are not being saved. \
                            Delete old projects or download your files.";
                return Some(Action::Notify(text.into()));
            }
            let chosen = chosen?;
            settle();
            Some(Action::Tab(TabAction::Settled(chosen)))
        });
        self.list_projects();
    }

    fn list_projects(&self) {
        let list = self.keep.list();
        self.report(async move { Some(Action::Project(ProjectAction::Listed(list.await))) });
    }

    fn prefer(&mut self) {
        let prefs = &self.state.prefs;
        browser::theme::set(prefs.theme);
        if let Some(editor) = &self.editor {
            editor.set_look(self.system.is_dark(prefs.theme), prefs.font_size, prefs.wrap);
            editor.set_habits(prefs.tab, prefs.spelling);
        }
    }
}
