//! Converts between stored JavaScript objects and the page's types; missing or invalid fields take their
//! default values.

use super::object::{flag_of, list_of, map, map_of, number_of, object, text_of, texts};
use crate::state::docs::RuleDocs;
use crate::state::prefs::{Layout, Prefs, Theme};
use crate::state::workspace::{ValueSet, Workspace};
use wasm_bindgen::JsValue;

/// A project to store.
pub fn of_workspace(workspace: &Workspace) -> JsValue {
    let sets = workspace
        .sets
        .iter()
        .map(|set| object(&[("name", JsValue::from_str(&set.name)), ("values", map(&set.values))]));
    object(&[
        ("name", JsValue::from_str(&workspace.name)),
        ("files", map(&workspace.files)),
        ("entry", JsValue::from_str(&workspace.entry)),
        ("open", texts(&workspace.open)),
        ("active", JsValue::from_str(&workspace.active)),
        ("host", workspace.host.as_deref().map_or(JsValue::NULL, JsValue::from_str)),
        ("target", workspace.target.as_deref().map_or(JsValue::NULL, JsValue::from_str)),
        ("profile", JsValue::from_str(&workspace.profile)),
        ("rules", map(&workspace.rules)),
        ("sets", super::object::list(sets)),
        ("set", JsValue::from(workspace.set as u32)),
        ("role", JsValue::from(workspace.role as u32)),
    ])
}

/// A stored project; `None` if it has no files.
pub fn workspace(value: &JsValue) -> Option<Workspace> {
    let files = map_of(value, "files");
    if files.is_empty() {
        return None;
    }
    let text = |name| text_of(value, name).unwrap_or_default();
    let set = |set: &JsValue| ValueSet {
        name: text_of(set, "name").unwrap_or_default(),
        values: map_of(set, "values"),
    };
    Some(Workspace {
        name: text("name"),
        files,
        entry: text("entry"),
        open: list_of(value, "open").iter().filter_map(JsValue::as_string).collect(),
        active: text("active"),
        host: text_of(value, "host"),
        target: text_of(value, "target"),
        profile: text("profile"),
        rules: map_of(value, "rules"),
        sets: list_of(value, "sets").iter().map(set).collect(),
        set: number_of(value, "set").unwrap_or(0) as usize,
        role: number_of(value, "role").unwrap_or(0) as usize,
    })
}

/// A project for a link, without settings that have their default values.
pub fn of_shared(workspace: &Workspace) -> JsValue {
    let text = |text: &str| JsValue::from_str(text);
    let usual = workspace.profile == "recommended";
    object(&[
        // Files come first, so that a truncated link still contains most of them.
        ("f", map(&workspace.files)),
        ("e", text(&workspace.entry)),
        ("n", text(&workspace.name)),
        ("v", map(workspace.values())),
        ("t", workspace.host.as_deref().map_or(JsValue::UNDEFINED, text)),
        ("c", workspace.target.as_deref().map_or(JsValue::UNDEFINED, text)),
        ("p", if usual { JsValue::UNDEFINED } else { text(&workspace.profile) }),
        ("r", map(&workspace.rules)),
        (
            "s",
            if workspace.role == 0 {
                JsValue::UNDEFINED
            } else {
                JsValue::from(workspace.role as u32)
            },
        ),
    ])
}

/// The project in a link; `None` if it has no files.
pub fn shared(value: &JsValue) -> Option<Workspace> {
    let files = map_of(value, "f");
    let text = |name| text_of(value, name).unwrap_or_default();
    (!files.is_empty()).then(|| Workspace {
        name: text_of(value, "n").unwrap_or_else(|| "From a link".into()),
        files,
        entry: text("e"),
        host: text_of(value, "t"),
        target: text_of(value, "c"),
        profile: text("p"),
        rules: map_of(value, "r"),
        role: number_of(value, "s").unwrap_or(0) as usize,
        sets: vec![ValueSet { name: "Default".into(), values: map_of(value, "v") }],
        ..Workspace::default()
    })
}

/// An object as JSON.
pub fn to_json(value: &JsValue) -> Option<String> {
    js_sys::JSON::stringify(value).ok()?.as_string()
}

/// Preferences to store.
pub fn of_prefs(prefs: &Prefs) -> JsValue {
    object(&[
        ("theme", JsValue::from_str(prefs.theme.name())),
        ("layout", JsValue::from_str(prefs.layout.name())),
        ("fontSize", JsValue::from(prefs.font_size)),
        ("wrap", JsValue::from(prefs.wrap)),
        ("tab", JsValue::from(prefs.tab)),
        ("spelling", JsValue::from(prefs.spelling)),
        ("mono", JsValue::from(prefs.mono)),
        ("lock", JsValue::from(prefs.lock)),
        ("rail", JsValue::from(prefs.rail)),
        ("editorShare", JsValue::from(prefs.editor_share)),
        ("dockShare", JsValue::from(prefs.dock_share)),
        ("announce", JsValue::from(prefs.announce)),
    ])
}

/// Stored preferences.
pub fn prefs(value: &JsValue) -> Prefs {
    let usual = Prefs::default();
    let number = |name, usual| number_of(value, name).unwrap_or(usual);
    let flag = |name, usual| flag_of(value, name).unwrap_or(usual);
    Prefs {
        theme: text_of(value, "theme").map_or(usual.theme, |name| Theme::named(&name)),
        layout: text_of(value, "layout").map_or(usual.layout, |name| Layout::named(&name)),
        font_size: number("fontSize", usual.font_size),
        wrap: flag("wrap", usual.wrap),
        tab: flag("tab", usual.tab),
        spelling: flag("spelling", usual.spelling),
        mono: flag("mono", usual.mono),
        lock: flag("lock", usual.lock),
        rail: flag("rail", usual.rail),
        editor_share: number("editorShare", usual.editor_share),
        dock_share: number("dockShare", usual.dock_share),
        announce: flag("announce", usual.announce),
    }
}

/// The documentation of one rule.
pub fn docs(value: &JsValue) -> RuleDocs {
    let text = |name| text_of(value, name).unwrap_or_default();
    RuleDocs {
        name: text("name"),
        theme: text("theme"),
        reach: text("reach"),
        profile: text("profile"),
        summary: text("summary"),
        why: text("why"),
        bad: text("bad"),
        good: text("good"),
        path: text("path"),
        files: map_of(value, "files"),
    }
}
