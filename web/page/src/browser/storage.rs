//! Stores projects and preferences in the browser. Each project has its own key, so that tabs with
//! different projects do not interfere. gloo-storage throws where the browser denies access to storage;
//! this page keeps working.

use super::object::object;
use super::{property, record};
use crate::state::prefs::Prefs;
use crate::state::workspace::Workspace;
use crate::state::{Listed, Saved};
use wasm_bindgen::JsValue;
use web_sys::Storage;

const PREFS: &str = "rolewright:prefs";
const LAST: &str = "rolewright:last";
const PROJECT: &str = "rolewright:project:";

/// Browser storage, if it is available, and the key of the current project.
pub struct Keep {
    local: Option<Storage>,
    tab: Option<Storage>,
    id: String,
    /// Key of the changes made here while another tab holds the project.
    aside: Option<String>,
}

struct Kept {
    /// Milliseconds since 1970.
    at: f64,
    workspace: Workspace,
}

impl Keep {
    /// Finds the last project of this tab, or the last one used.
    pub fn new() -> Keep {
        let local = super::window().and_then(|w| w.local_storage().ok()?);
        let tab = super::window().and_then(|w| w.session_storage().ok()?);
        let mine = tab.as_ref().and_then(|t| t.get_item(LAST).ok()?);
        let last = local.as_ref().and_then(|l| l.get_item(LAST).ok()?);
        let mut keep = Keep { local, tab, id: String::new(), aside: None };
        let id = mine.or(last).filter(|id| keep.read(id).is_some());
        keep.choose(&id.unwrap_or_else(new_id));
        keep
    }

    /// Keeps nothing.
    pub fn nothing() -> Keep {
        Keep { local: None, tab: None, id: new_id(), aside: None }
    }

    /// Whether storage is available.
    pub fn works(&self) -> bool {
        self.local.is_some()
    }

    /// The current project, if it was saved.
    pub fn load(&self) -> Option<Workspace> {
        self.read(&self.id).map(|kept| kept.workspace)
    }

    /// Switches to the project with this key.
    pub fn choose(&mut self, id: &str) {
        self.id = id.into();
        self.aside = None;
        for storage in [&self.tab, &self.local].into_iter().flatten() {
            let _ = storage.set_item(LAST, id);
        }
    }

    /// Switches to a new key.
    pub fn branch(&mut self) {
        self.choose(&new_id());
    }

    /// Switches to the key of the changes saved aside, or to a new key.
    pub fn branch_aside(&mut self) {
        let id = self.aside.take().unwrap_or_else(new_id);
        self.choose(&id);
    }

    /// Saves the current project.
    pub fn save(&self, workspace: &Workspace) -> Saved {
        self.write(&self.id, workspace)
    }

    /// Saves another project under a new key.
    pub fn save_beside(&self, workspace: &Workspace) -> Saved {
        self.write(&new_id(), workspace)
    }

    /// Saves a version aside, replacing the one saved aside before.
    pub fn save_aside(&mut self, workspace: &Workspace) -> Saved {
        let id = self.aside.get_or_insert_with(new_id).clone();
        self.write(&id, workspace)
    }

    /// Keeps the version saved aside as a separate project.
    pub fn settle_aside(&mut self) {
        self.aside = None;
    }

    fn write(&self, id: &str, workspace: &Workspace) -> Saved {
        let Some(local) = &self.local else { return Saved::Blocked };
        let at = JsValue::from_f64(js_sys::Date::now());
        let kept = object(&[("at", at), ("workspace", record::of_workspace(workspace))]);
        let Some(text) = record::to_json(&kept) else { return Saved::Blocked };
        match local.set_item(&format!("{PROJECT}{id}"), &text) {
            Ok(()) => Saved::Yes,
            Err(_) => Saved::Full,
        }
    }

    fn read(&self, id: &str) -> Option<Kept> {
        let text = self.local.as_ref()?.get_item(&format!("{PROJECT}{id}")).ok()??;
        let kept = js_sys::JSON::parse(&text).ok()?;
        let at = property(&kept, "at")?.as_f64()?;
        Some(Kept { at, workspace: record::workspace(&property(&kept, "workspace")?)? })
    }

    /// All saved projects, newest first.
    pub fn list(&self) -> Vec<Listed> {
        let Some(local) = &self.local else { return Vec::new() };
        let keys = (0..local.length().unwrap_or(0)).filter_map(|i| local.key(i).ok()?);
        let mut found: Vec<(f64, Listed)> = Vec::new();
        for (at, listed) in keys.filter_map(|key| {
            let id = key.strip_prefix(PROJECT)?.to_owned();
            let kept = self.read(&id)?;
            let when = ago(js_sys::Date::now() - kept.at);
            let current = id == self.id;
            Some((kept.at, Listed { id, name: kept.workspace.name, when, current }))
        }) {
            // There are few projects, and a sort would add more code than it saves time.
            let place = found.iter().position(|(other, _)| *other < at).unwrap_or(found.len());
            found.insert(place, (at, listed));
        }
        found.into_iter().map(|(_, listed)| listed).collect()
    }

    /// Deletes a project other than the current one and returns it.
    pub fn delete(&self, id: &str) -> Option<Workspace> {
        let local = self.local.as_ref().filter(|_| id != self.id)?;
        let kept = self.read(id)?;
        local.remove_item(&format!("{PROJECT}{id}")).ok()?;
        Some(kept.workspace)
    }

    /// The id of the current project.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The storage key of the current project.
    pub fn key(&self) -> String {
        format!("{PROJECT}{}", self.id)
    }

    /// The stored preferences.
    pub fn prefs(&self) -> Prefs {
        let text = self.local.as_ref().and_then(|l| l.get_item(PREFS).ok()?);
        let mut prefs: Prefs = text
            .and_then(|t| js_sys::JSON::parse(&t).ok())
            .map_or_else(Prefs::default, |kept| record::prefs(&kept));
        prefs.repair();
        prefs
    }

    /// Saves the preferences.
    pub fn set_prefs(&self, prefs: &Prefs) {
        if let (Some(local), Some(text)) = (&self.local, record::to_json(&record::of_prefs(prefs)))
        {
            let _ = local.set_item(PREFS, &text);
        }
    }
}

fn new_id() -> String {
    format!("{:x}-{:x}", js_sys::Date::now() as u64, (js_sys::Math::random() * 1e9) as u64)
}

fn ago(ms: f64) -> String {
    let minutes = (ms / 60_000.0) as u64;
    match minutes {
        0 => "just now".into(),
        1..60 => format!("{minutes} min ago"),
        60..1_440 => format!("{} h ago", minutes / 60),
        _ => format!("{} d ago", minutes / 1_440),
    }
}
