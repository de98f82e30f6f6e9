//! Bindings for the JavaScript editor: carries out effects and reports its events as actions. All offsets are
//! UTF-16 offsets in the exact text, with its own line endings.
//!
//! The contract: `RolewrightEditor.create(parent, options)` gives a handle. The options are `doc`,
//! `path`, `label`, `onChange(text, isUserEdit, path)`, `onSelection(from, to, line, column)`,
//! `onIdle()` and `onCommand(name)`; the names are `next-problem`, `previous-problem`, `fix-here`,
//! `fix:INDEX`, `save`, `prompt`, `palette`, `definition` and `definition:OFFSET`. The handle keeps
//! undo, selection and scroll position of every file by its path.

use super::object::{list, object};
use crate::state::{Action, Mark};
use rolewright_messages::{Edit, Severity};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    type Handle;

    #[wasm_bindgen(catch, js_namespace = RolewrightEditor)]
    fn create(parent: &Element, options: &JsValue) -> Result<Handle, JsValue>;

    /// Shows a file, as it was left if it was open before.
    #[wasm_bindgen(method)]
    fn open(this: &Handle, path: &str, text: &str);
    /// Forgets a file.
    #[wasm_bindgen(method)]
    fn close(this: &Handle, path: &str);
    #[wasm_bindgen(method)]
    fn rename(this: &Handle, from: &str, to: &str);
    /// A list of `{ from, to, severity, rule, message, fixTitle, index }`.
    #[wasm_bindgen(method, js_name = setProblems)]
    fn set_problems(this: &Handle, problems: &JsValue);
    /// A list of `{ from, to, text }`, applied as one undo step.
    #[wasm_bindgen(method, js_name = applyEdits)]
    fn apply_edits(this: &Handle, edits: &JsValue, label: &str);
    #[wasm_bindgen(method)]
    fn select(this: &Handle, from: u32, to: u32, focus: bool);
    /// A list of `{ from, to }` to highlight.
    #[wasm_bindgen(method)]
    fn highlight(this: &Handle, ranges: &JsValue);
    #[wasm_bindgen(method, js_name = setTheme)]
    fn set_theme(this: &Handle, name: &str);
    #[wasm_bindgen(method, js_name = setFontSize)]
    fn set_font_size(this: &Handle, px: u32);
    #[wasm_bindgen(method, js_name = setWrap)]
    fn set_wrap(this: &Handle, wrap: bool);
    #[wasm_bindgen(method)]
    fn focus(this: &Handle);
    #[wasm_bindgen(method)]
    fn destroy(this: &Handle);
}

/// The editor and what listens to it.
pub struct Editor {
    handle: Handle,
    _change: Closure<dyn FnMut(String, bool, String)>,
    _selection: Closure<dyn FnMut(u32, u32, u32, u32)>,
    _idle: Closure<dyn FnMut()>,
    _command: Closure<dyn FnMut(String)>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

impl Editor {
    /// An editor in `parent` that shows a file; `None` when the editor's script did not load.
    pub fn new(
        parent: &Element,
        path: &str,
        text: &str,
        report: Callback<Action>,
    ) -> Option<Editor> {
        let to = report.clone();
        let _change = Closure::<dyn FnMut(String, bool, String)>::new(move |text, _, path| {
            to.emit(Action::Edited { path, text });
        });
        let to = report.clone();
        let _selection =
            Closure::<dyn FnMut(u32, u32, u32, u32)>::new(move |from, end, line, column| {
                to.emit(Action::Caret { from, to: end, line, column });
            });
        let _idle = Closure::<dyn FnMut()>::new(|| {});
        let _command =
            Closure::<dyn FnMut(String)>::new(move |name| report.emit(Action::Command(name)));
        let options = object(&[
            ("doc", JsValue::from_str(text)),
            ("path", JsValue::from_str(path)),
            ("label", JsValue::from_str("Role text")),
            ("onChange", _change.as_ref().clone()),
            ("onSelection", _selection.as_ref().clone()),
            ("onIdle", _idle.as_ref().clone()),
            ("onCommand", _command.as_ref().clone()),
        ]);
        let handle = create(parent, &options).ok()?;
        Some(Editor { handle, _change, _selection, _idle, _command })
    }

    /// Shows a file.
    pub fn show(&self, path: &str, text: &str) {
        self.handle.open(path, text);
    }

    /// Forgets a file.
    pub fn forget(&self, path: &str) {
        self.handle.close(path);
    }

    /// A file has another path now.
    pub fn moved(&self, from: &str, to: &str) {
        self.handle.rename(from, to);
    }

    /// Underlines problems, in place of the ones before.
    pub fn underline(&self, marks: &[Mark]) {
        let marks = marks.iter().map(|mark| {
            object(&[
                ("from", JsValue::from(mark.from)),
                ("to", JsValue::from(mark.to)),
                ("severity", JsValue::from_str(severity(mark.severity))),
                ("rule", JsValue::from_str(&mark.rule)),
                ("message", JsValue::from_str(&mark.message)),
                ("fixTitle", mark.fix.as_deref().map_or(JsValue::NULL, JsValue::from_str)),
                ("index", JsValue::from(mark.index as u32)),
            ])
        });
        self.handle.set_problems(&list(marks));
    }

    /// Changes the text as one undo step.
    pub fn change(&self, edits: &[Edit], label: &str) {
        let edits = edits.iter().map(|edit| {
            let text = JsValue::from_str(&edit.text);
            let (from, to) = (JsValue::from(edit.start), JsValue::from(edit.end));
            object(&[("from", from), ("to", to), ("text", text)])
        });
        self.handle.apply_edits(&list(edits), label);
    }

    /// Selects a range.
    pub fn select(&self, from: u32, to: u32, focus: bool) {
        self.handle.select(from, to, focus);
    }

    /// Highlights ranges.
    pub fn highlight(&self, ranges: &[(u32, u32)]) {
        let ranges = ranges
            .iter()
            .map(|&(from, to)| object(&[("from", JsValue::from(from)), ("to", JsValue::from(to))]));
        self.handle.highlight(&list(ranges));
    }

    /// Sets theme, font size and wrapping.
    pub fn set_look(&self, dark: bool, font_size: u32, wrap: bool) {
        self.handle.set_theme(if dark { "dark" } else { "light" });
        self.handle.set_font_size(font_size);
        self.handle.set_wrap(wrap);
    }

    /// Moves the focus here.
    pub fn focus(&self) {
        self.handle.focus();
    }
}

/// The severity as the editor names it.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
