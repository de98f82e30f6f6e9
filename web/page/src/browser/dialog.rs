//! Modal dialogs, for which the browser traps and restores the focus.

use web_sys::HtmlDialogElement;
use yew::NodeRef;

/// Opens or closes the dialog at `node`.
pub fn set_open(node: &NodeRef, open: bool) {
    let Some(dialog) = node.cast::<HtmlDialogElement>() else { return };
    if open && !dialog.open() {
        // Fails only if it is already open.
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}

/// Focuses a field and selects its contents.
pub fn focus_field(node: &NodeRef) {
    if let Some(field) = node.cast::<web_sys::HtmlInputElement>() {
        let _ = field.focus();
        field.select();
    }
}
