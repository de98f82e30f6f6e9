//! Bindings for the JavaScript editor: carries out effects and reports its events as actions. All offsets are
//! UTF-16 offsets in the exact text, with its own line endings.
//!
//! The contract: `RolewrightEditor.create(parent, options)` gives a handle. The options are `doc`,
//! `path`, `label`, `onChange(text, isWhole, path)`, `onSelection(from, to, line, column)`,
//! `onIdle()`, `onScroll(offset)`, `onCommand(name)` and `onAsk(kind, ticket, path, offset)`. The commands are
//! `next-problem`, `previous-problem`, `fix:INDEX`, `actions`, `action:INDEX`, `save`, `prompt`,
//! `palette`, `definition` and `definition:OFFSET`. The editor asks for `completions` and `hover`;
//! `answer(ticket, value)` answers. The handle keeps undo, selection and scroll position of every file
//! by its path.

use super::object::{list, object};
use crate::state::action::PromptAction;
use crate::state::queue::Purpose;
use crate::state::{Action, Mark};
use rolewright_wire::{
    Applicability, CodeAction, Completion, CompletionKind, Edit, Hover, Range, Severity,
};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    type Handle;

    #[wasm_bindgen(catch, js_namespace = RolewrightEditor)]
    fn create(parent: &Element, options: &JsValue) -> Result<Handle, JsValue>;

    /// Shows a file, in its previous editor state if it was open before.
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
    #[wasm_bindgen(method, js_name = scrollTo)]
    fn scroll_to(this: &Handle, at: u32);
    #[wasm_bindgen(method)]
    fn undo(this: &Handle);
    #[wasm_bindgen(method)]
    fn redo(this: &Handle);
    #[wasm_bindgen(method)]
    fn select(this: &Handle, from: u32, to: u32, focus: bool);
    /// For completions, a list of `{ from, to, text, label, kind, detail }`; for a hover,
    /// `{ from, to, text }` or `null`.
    #[wasm_bindgen(method)]
    fn answer(this: &Handle, ticket: u32, value: &JsValue);
    /// A list of `{ title, isUnsafe, index }`, shown as a menu at the caret.
    #[wasm_bindgen(method)]
    fn offer(this: &Handle, actions: &JsValue);

    /// Explains the element at the caret.
    #[wasm_bindgen(method, js_name = explain)]
    fn explain_caret(this: &Handle);
    /// A list of `{ from, to }` to highlight.
    #[wasm_bindgen(method)]
    fn highlight(this: &Handle, ranges: &JsValue);
    #[wasm_bindgen(method, js_name = setTheme)]
    fn set_theme(this: &Handle, name: &str);
    #[wasm_bindgen(method, js_name = setFontSize)]
    fn set_font_size(this: &Handle, px: u32);
    #[wasm_bindgen(method, js_name = setWrap)]
    fn set_wrap(this: &Handle, wrap: bool);

    #[wasm_bindgen(method, js_name = setHabits)]
    fn set_habits(this: &Handle, tab: bool, spelling: bool);
    #[wasm_bindgen(method)]
    fn focus(this: &Handle);
    #[wasm_bindgen(method)]
    fn destroy(this: &Handle);
}

/// The editor and its listeners.
pub struct Editor {
    handle: Handle,
    _change: Closure<dyn FnMut(String, bool, String)>,
    _selection: Closure<dyn FnMut(u32, u32, u32, u32)>,
    _idle: Closure<dyn FnMut()>,
    _scroll: Closure<dyn FnMut(u32)>,
    _command: Closure<dyn FnMut(String)>,
    _ask: Closure<dyn FnMut(String, u32, String, u32)>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

impl Editor {
    /// Creates an editor in `parent` that shows a file; `None` if the editor's script did not load.
    pub fn new(
        parent: &Element,
        path: &str,
        text: &str,
        report: Callback<Action>,
    ) -> Option<Editor> {
        let to = report.clone();
        let _change = Closure::<dyn FnMut(String, bool, String)>::new(move |text, whole, path| {
            to.emit(Action::Edited { path, text, whole });
        });
        let to = report.clone();
        let _selection =
            Closure::<dyn FnMut(u32, u32, u32, u32)>::new(move |from, end, line, column| {
                to.emit(Action::Caret { from, to: end, line, column });
            });
        let _idle = Closure::<dyn FnMut()>::new(|| {});
        let to = report.clone();
        let _command =
            Closure::<dyn FnMut(String)>::new(move |name| to.emit(Action::Command(name)));
        let to = report.clone();
        let _scroll = Closure::<dyn FnMut(u32)>::new(move |at| {
            to.emit(Action::Prompt(PromptAction::EditorScrolled(at)))
        });
        let _ask = Closure::<dyn FnMut(String, u32, String, u32)>::new(
            move |kind: String, ticket, path, at| {
                report.emit(Action::Ask(match kind.as_str() {
                    "completions" => Purpose::Completions { ticket, path, at },
                    _ => Purpose::Hover { ticket, path, at },
                }));
            },
        );
        let options = object(&[
            ("doc", JsValue::from_str(text)),
            ("path", JsValue::from_str(path)),
            ("label", JsValue::from_str("Role text")),
            ("onChange", _change.as_ref().clone()),
            ("onSelection", _selection.as_ref().clone()),
            ("onIdle", _idle.as_ref().clone()),
            ("onScroll", _scroll.as_ref().clone()),
            ("onCommand", _command.as_ref().clone()),
            ("onAsk", _ask.as_ref().clone()),
        ]);
        let handle = create(parent, &options).ok()?;
        Some(Editor { handle, _change, _selection, _idle, _scroll, _command, _ask })
    }

    /// Shows a file.
    pub fn show(&self, path: &str, text: &str) {
        self.handle.open(path, text);
    }

    /// Forgets a file.
    pub fn forget(&self, path: &str) {
        self.handle.close(path);
    }

    /// The path of a file has changed.
    pub fn moved(&self, from: &str, to: &str) {
        self.handle.rename(from, to);
    }

    /// Underlines problems, replacing the previous underlines.
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
            let [from, to] = span(edit.range);
            object(&[from, to, ("text", JsValue::from_str(&edit.text))])
        });
        self.handle.apply_edits(&list(edits), label);
    }

    /// Answers a request with the possible completions.
    pub fn complete(&self, ticket: u32, found: &[Completion]) {
        let found = found.iter().map(|item| {
            let [from, to] = span(item.edit.range);
            let detail = item.detail.as_deref();
            object(&[
                from,
                to,
                ("text", JsValue::from_str(&item.edit.text)),
                ("label", JsValue::from_str(&item.label)),
                ("kind", JsValue::from_str(kind(item.kind))),
                ("detail", detail.map_or(JsValue::NULL, JsValue::from_str)),
            ])
        });
        self.handle.answer(ticket, &list(found));
    }

    /// Answers a request with an explanation.
    pub fn explain(&self, ticket: u32, found: Option<&Hover>) {
        let shown = found.map(|hover| {
            let [from, to] = span(hover.range);
            object(&[from, to, ("text", JsValue::from_str(&hover.text))])
        });
        self.handle.answer(ticket, &shown.unwrap_or(JsValue::NULL));
    }

    /// Shows a menu of actions at the caret.
    pub fn offer(&self, actions: &[CodeAction]) {
        let actions = actions.iter().enumerate().map(|(index, action)| {
            // A created file is visible immediately, because it opens.
            let is_unsafe =
                action.applicability == Applicability::Unsafe && action.creates.is_empty();
            object(&[
                ("title", JsValue::from_str(&action.title)),
                ("isUnsafe", JsValue::from(is_unsafe)),
                ("index", JsValue::from(index as u32)),
            ])
        });
        self.handle.offer(&list(actions));
    }

    /// Scrolls an offset to the top.
    pub fn scroll_to(&self, at: u32) {
        self.handle.scroll_to(at);
    }

    /// Explains the element at the caret, like the editor's key binding.
    pub fn explain_caret(&self) {
        self.handle.explain_caret();
    }

    /// Undoes the last change.
    pub fn undo(&self) {
        self.handle.undo();
    }

    /// Redoes the last undone change.
    pub fn redo(&self) {
        self.handle.redo();
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

    /// Sets whether Tab indents, and whether the browser checks the spelling.
    pub fn set_habits(&self, tab: bool, spelling: bool) {
        self.handle.set_habits(tab, spelling);
    }

    /// Moves the focus here.
    pub fn focus(&self) {
        self.handle.focus();
    }
}

/// The fields of a range in the editor's format.
fn span(range: Range) -> [(&'static str, JsValue); 2] {
    [("from", JsValue::from(range.start.offset)), ("to", JsValue::from(range.end.offset))]
}

/// The kind of a completion, as a word shown in its row.
fn kind(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Field => "field",
        CompletionKind::Value => "value",
        CompletionKind::Tool => "tool",
        CompletionKind::Model => "model",
        CompletionKind::Path => "file",
        CompletionKind::Fragment => "section",
        CompletionKind::Variable => "variable",
        CompletionKind::Directive => "directive",
        CompletionKind::Rule => "rule",
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
