//! The part of the reducer for saving to a folder on this computer, which only some browsers
//! support.

use super::export::Export;
use super::problems::count;
use super::{Action, Effect, State};

/// The known facts about the project's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    /// Whether this browser can save to a folder.
    pub can: bool,
    /// The name of the folder that the project is saved to.
    pub folder: Option<String>,
    /// Whether the project has something that the folder lacks.
    pub dirty: bool,
}

/// The result of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskResult {
    /// `saved`, `changed`, `denied`, `gone`, `cancelled`, `none` or `failed`.
    pub state: String,
    /// The name of the folder.
    pub folder: String,
    /// The written files or, for `changed`, the files that others changed.
    pub paths: Vec<String>,
    /// Files of the folder that the project no longer has.
    pub left: Vec<String>,
    /// The browser's message, for `failed`.
    pub why: String,
}

/// The events of saving to disk.
#[derive(Clone, Debug)]
pub enum Event {
    /// The page learned whether and where the project can be saved.
    Found {
        /// Whether this browser can save to a folder.
        can: bool,
        /// The name of the folder.
        folder: Option<String>,
        /// Whether the project has something that the folder lacks.
        dirty: bool,
    },
    /// Choose a folder and save there.
    Choose,
    /// Save to the folder; the flag says whether to overwrite changes by others.
    Save(bool),
    /// Saving ended.
    Saved(DiskResult),
    /// Undo the last save.
    Undo,
    /// The last save was undone, completely or in part.
    Undone(bool),
}

impl State {
    /// Handles events of the folder.
    pub(super) fn on_disk(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::Found { can, folder, dirty } => self.kept.disk = Disk { can, folder, dirty },
            Event::Choose if self.kept.disk.can => {
                effects.push(Effect::ChooseFolder(Box::new(self.workspace.clone())));
            }
            Event::Choose => {
                let text = "This browser cannot save to a folder. Download a ZIP archive instead.";
                let zip = ("Download", Box::new(Action::Export(Export::Zip)));
                self.notify(text.into(), Some(zip), effects);
            }
            Event::Save(forced) => {
                self.notice = None;
                effects.push(Effect::SaveToDisk(Box::new(self.workspace.clone()), forced));
            }
            Event::Saved(result) => self.saved_to_disk(result, effects),
            Event::Undo => {
                self.notice = None;
                effects.push(Effect::UndoSave);
            }
            Event::Undone(whole) => {
                self.kept.disk.dirty = true;
                let text = if whole {
                    "The folder was restored. The project is unchanged."
                } else {
                    "Some files could not be restored because they have changed since or the browser denied access."
                };
                self.tell(text, effects);
            }
        }
    }

    fn saved_to_disk(&mut self, result: DiskResult, effects: &mut Vec<Effect>) {
        let DiskResult { state, folder, paths, left, why } = result;
        let offer = |label, event| Some((label, Box::new(Action::Disk(event))));
        if !folder.is_empty() {
            self.kept.disk.folder = Some(folder.clone());
        }
        let (text, button) = match state.as_str() {
            "cancelled" => return,
            "saved" => {
                self.kept.disk.dirty = false;
                let stays = match left.as_slice() {
                    [] => String::new(),
                    [path] => format!(" `{path}` was kept there."),
                    more => format!(
                        " {} that the project no longer has were kept there.",
                        count(more.len(), "file")
                    ),
                };
                match paths.len() {
                    0 => (format!("`{folder}` is up to date.{stays}"), None),
                    n => {
                        let text = format!("Saved {} to `{folder}`.{stays}", count(n, "file"));
                        (text, offer("Undo", Event::Undo))
                    }
                }
            }
            "changed" => {
                self.kept.disk.dirty = true;
                let what = match paths.as_slice() {
                    [path] => format!("`{path}` has different contents in `{folder}`"),
                    more => format!(
                        "{} have different contents in `{folder}`",
                        count(more.len(), "file")
                    ),
                };
                let text = format!("{what}. Nothing was saved there.");
                (text, offer("Overwrite", Event::Save(true)))
            }
            "denied" => {
                self.kept.disk.dirty = true;
                let text = format!("The browser was not allowed to save to `{folder}`.");
                (text, offer("Try again", Event::Save(false)))
            }
            "gone" => {
                self.kept.disk.dirty = true;
                let text = format!("`{folder}` no longer exists.");
                (text, offer("Choose a folder", Event::Choose))
            }
            _ => {
                self.kept.disk.dirty = true;
                (format!("Saving to disk failed. {why}"), offer("Try again", Event::Save(false)))
            }
        };
        self.notify(text.trim_end().into(), button, effects);
    }
}
