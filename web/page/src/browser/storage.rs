//! Stores projects with their snapshots, and preferences, in the browser. Projects are in
//! IndexedDB, accessed through a script with the npm package `idb`: the available crates would add
//! some 20 KiB to the page.

use super::object::text_of;
use super::{property, record};
use crate::state::prefs::Prefs;
use crate::state::snapshots::Snapshot;
use crate::state::workspace::Workspace;
use crate::state::{Listed, Saved};
use js_sys::Promise;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;

const PREFS: &str = "rolewright:prefs";
const PROJECT: &str = "rolewright:project:";

#[wasm_bindgen]
extern "C" {
    /// `{ id, kept, works }`: the initial project, if one is saved.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn current() -> Result<JsValue, JsValue>;

    /// Makes a project the initial project.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn choose(id: &str) -> Result<(), JsValue>;

    /// A promise of `{ at, workspace }`.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn read(id: &str) -> Result<Promise, JsValue>;

    /// A promise of `yes`, `full` or `blocked`.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn write(id: &str, workspace: &JsValue) -> Result<Promise, JsValue>;

    /// A promise of all projects, newest first.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn list() -> Result<Promise, JsValue>;

    /// A promise that ends when the project is deleted.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn remove(id: &str) -> Result<Promise, JsValue>;

    /// A promise of whether the stored version was kept under that name.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn snapshot(id: &str, name: &str) -> Result<Promise, JsValue>;

    /// A promise of the snapshots of a project, newest first.
    #[wasm_bindgen(catch, js_namespace = RolewrightStore)]
    fn snapshots(id: &str) -> Result<Promise, JsValue>;
}

/// The result of a started call; undefined if it failed.
async fn result(call: Result<Promise, JsValue>) -> JsValue {
    let Ok(promise) = call else { return JsValue::UNDEFINED };
    JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED)
}

/// The key of the current project, and whether storage works. Calls start at once and in this
/// order; the returned futures must be awaited.
pub struct Keep {
    works: bool,
    id: String,
    first: Option<Workspace>,
    /// The key of changes made here while another tab holds the project.
    aside: Rc<RefCell<Option<String>>>,
}

impl Keep {
    /// Finds the last project of this tab, or the last one used.
    pub fn new() -> Keep {
        let found = current().unwrap_or_default();
        let works = property(&found, "works").is_some_and(|works| works.is_truthy());
        let first = property(&found, "kept").and_then(|kept| workspace_of(&kept));
        let mut keep = Keep { works, id: String::new(), first, aside: Rc::default() };
        let id = text_of(&found, "id").filter(|_| keep.first.is_some());
        keep.choose(&id.unwrap_or_else(new_id));
        keep
    }

    /// Stores nothing.
    pub fn nothing() -> Keep {
        Keep { works: false, id: new_id(), first: None, aside: Rc::default() }
    }

    /// Whether storage is available.
    pub fn works(&self) -> bool {
        self.works
    }

    /// The project to begin with, if one was saved.
    pub fn take_first(&mut self) -> Option<Workspace> {
        self.first.take()
    }

    /// Switches to the project with this key.
    pub fn choose(&mut self, id: &str) {
        self.id = id.into();
        self.aside = Rc::default();
        if self.works {
            // Without the script, nothing works, and that is reported.
            let _ = choose(id);
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
    pub fn save(&self, workspace: &Workspace) -> impl Future<Output = Saved> + use<> {
        self.save_as(&self.id, workspace)
    }

    /// Saves a project under a key.
    pub fn save_as(&self, id: &str, workspace: &Workspace) -> impl Future<Output = Saved> + use<> {
        let call = self.works.then(|| write(id, &record::of_workspace(workspace)));
        async move {
            let Some(call) = call else { return Saved::Blocked };
            match result(call).await.as_string().as_deref() {
                Some("yes") => Saved::Yes,
                Some("pending") => Saved::Pending,
                Some("full") => Saved::Full,
                _ => Saved::Blocked,
            }
        }
    }

    /// Saves a version separately, replacing the version saved this way before.
    pub fn save_aside(&self, workspace: &Workspace) -> impl Future<Output = Saved> + use<> {
        let id = self.aside.borrow_mut().get_or_insert_with(new_id).clone();
        self.save_as(&id, workspace)
    }

    /// Returns a function that keeps the version saved aside as a separate project.
    pub fn settle_aside(&self) -> impl FnOnce() + use<> {
        let aside = self.aside.clone();
        move || {
            aside.take();
        }
    }

    /// A saved project.
    pub fn read(&self, id: &str) -> impl Future<Output = Option<Workspace>> + use<> {
        let call = read(id);
        async move { workspace_of(&result(call).await) }
    }

    /// All saved projects, newest first.
    pub fn list(&self) -> impl Future<Output = Vec<Listed>> + use<> {
        let call = self.works.then(list);
        let current = self.id.clone();
        async move {
            let Some(call) = call else { return Vec::new() };
            let found = js_sys::Array::from(&result(call).await).into_iter();
            found.filter_map(|found| listed(&found, &current)).collect()
        }
    }

    /// Deletes a project other than the current one and returns it.
    pub fn delete(&self, id: &str) -> impl Future<Output = Option<Workspace>> + use<> {
        let calls = (id != self.id).then(|| (read(id), remove(id)));
        async move {
            let (read, removed) = calls?;
            let workspace = workspace_of(&result(read).await);
            result(removed).await;
            workspace
        }
    }

    /// Saves the stored version of the project as a snapshot with a name.
    pub fn take_snapshot(&self, name: &str) -> impl Future<Output = bool> + use<> {
        let call = self.works.then(|| snapshot(&self.id, name));
        async move {
            match call {
                Some(call) => result(call).await.is_truthy(),
                None => false,
            }
        }
    }

    /// The snapshots of the project, newest first.
    pub fn snapshots(&self) -> impl Future<Output = Vec<Snapshot>> + use<> {
        let call = self.works.then(|| snapshots(&self.id));
        async move {
            let Some(call) = call else { return Vec::new() };
            let found = js_sys::Array::from(&result(call).await).into_iter();
            found.filter_map(|found| snapshot_of(&found)).collect()
        }
    }

    /// The id of the current project.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The storage key of the current project.
    pub fn key(&self) -> String {
        format!("{PROJECT}{}", self.id)
    }

    /// The stored preferences. They are in localStorage, because the first frame needs them.
    pub fn prefs(&self) -> Prefs {
        let text = local().and_then(|l| l.get_item(PREFS).ok()?).filter(|_| self.works);
        let mut prefs: Prefs = text
            .and_then(|t| js_sys::JSON::parse(&t).ok())
            .map_or_else(Prefs::default, |kept| record::prefs(&kept));
        prefs.repair();
        prefs
    }

    /// Saves the preferences.
    pub fn set_prefs(&self, prefs: &Prefs) {
        if let Some(local) = local().filter(|_| self.works)
            && let Some(text) = record::to_json(&record::of_prefs(prefs))
        {
            let _ = local.set_item(PREFS, &text);
        }
    }
}

/// Deletes a project.
pub fn forget(id: &str) -> impl Future<Output = ()> + use<> {
    let removed = remove(id);
    async move {
        result(removed).await;
    }
}

fn local() -> Option<Storage> {
    super::window()?.local_storage().ok()?
}

fn workspace_of(kept: &JsValue) -> Option<Workspace> {
    record::workspace(&property(kept, "workspace")?)
}

fn listed(found: &JsValue, current: &str) -> Option<Listed> {
    let id = text_of(found, "id")?;
    let (name, when) = (text_of(found, "name").unwrap_or_default(), when(found)?);
    Some(Listed { current: id == current, id, name, when })
}

fn snapshot_of(found: &JsValue) -> Option<Snapshot> {
    let (id, name) = (text_of(found, "id")?, text_of(found, "name").unwrap_or_default());
    Some(Snapshot { id, name, when: when(found)? })
}

fn when(found: &JsValue) -> Option<String> {
    Some(ago(js_sys::Date::now() - property(found, "at")?.as_f64()?))
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
