//! Projects and preferences in the browser's storage. Each project has a key of its own, so that
//! tabs with different projects never meet; a tab remembers its project for as long as it lives.
//! Not with gloo-storage: it throws where the browser denies the storage, and there the page works on.

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

/// The storage, if the browser gives one, and the key of the project at hand.
pub struct Keep {
    local: Option<Storage>,
    tab: Option<Storage>,
    id: String,
    /// Key of what was changed here while another tab had the project.
    aside: Option<String>,
}

struct Kept {
    /// Milliseconds since 1970.
    at: f64,
    workspace: Workspace,
}

impl Keep {
    /// Finds the project this tab had, else the last one.
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

    /// Whether the browser keeps anything at all.
    pub fn works(&self) -> bool {
        self.local.is_some()
    }

    /// The project at hand, if it was ever kept.
    pub fn load(&self) -> Option<Workspace> {
        self.read(&self.id).map(|kept| kept.workspace)
    }

    /// Goes on with the project of that key.
    pub fn choose(&mut self, id: &str) {
        self.id = id.into();
        self.aside = None;
        for storage in [&self.tab, &self.local].into_iter().flatten() {
            let _ = storage.set_item(LAST, id);
        }
    }

    /// Goes on under a key of its own.
    pub fn branch(&mut self) {
        self.choose(&new_id());
    }

    /// Goes on under the key of what was stored aside, else under one of its own.
    pub fn branch_aside(&mut self) {
        let id = self.aside.take().unwrap_or_else(new_id);
        self.choose(&id);
    }

    /// Keeps the project.
    pub fn save(&self, workspace: &Workspace) -> Saved {
        self.write(&self.id, workspace)
    }

    /// Keeps a project beside the one at hand.
    pub fn save_beside(&self, workspace: &Workspace) -> Saved {
        self.write(&new_id(), workspace)
    }

    /// Stores a version beside the project at hand, in place of the one stored aside before.
    pub fn save_aside(&mut self, workspace: &Workspace) -> Saved {
        let id = self.aside.get_or_insert_with(new_id).clone();
        self.write(&id, workspace)
    }

    /// Leaves what was stored aside in the list of projects for good.
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

    /// Every project kept, newest first.
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
            // Few enough that a sort would cost more code than it saves time.
            let place = found.iter().position(|(other, _)| *other < at).unwrap_or(found.len());
            found.insert(place, (at, listed));
        }
        found.into_iter().map(|(_, listed)| listed).collect()
    }

    /// Deletes a project other than the one at hand, and gives what it was.
    pub fn delete(&self, id: &str) -> Option<Workspace> {
        let local = self.local.as_ref().filter(|_| id != self.id)?;
        let kept = self.read(id)?;
        local.remove_item(&format!("{PROJECT}{id}")).ok()?;
        Some(kept.workspace)
    }

    /// The key of the project at hand.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key under which the storage holds a project.
    pub fn key(&self) -> String {
        format!("{PROJECT}{}", self.id)
    }

    /// The preferences of this device.
    pub fn prefs(&self) -> Prefs {
        let text = self.local.as_ref().and_then(|l| l.get_item(PREFS).ok()?);
        let mut prefs: Prefs = text
            .and_then(|t| js_sys::JSON::parse(&t).ok())
            .map_or_else(Prefs::default, |kept| record::prefs(&kept));
        prefs.repair();
        prefs
    }

    /// Keeps the preferences.
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
