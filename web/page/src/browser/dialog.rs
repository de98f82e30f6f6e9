//! Dialogs: opened as modal ones, so that the browser keeps the focus in and gives it back.

use web_sys::HtmlDialogElement;
use yew::NodeRef;

/// Opens or closes the dialog at `node`.
pub fn set_open(node: &NodeRef, open: bool) {
    let Some(dialog) = node.cast::<HtmlDialogElement>() else { return };
    if open && !dialog.open() {
        // Fails only where it is open already.
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}

/// Puts the focus on a field and selects what stands in it.
pub fn focus_field(node: &NodeRef) {
    if let Some(field) = node.cast::<web_sys::HtmlInputElement>() {
        let _ = field.focus();
        field.select();
    }
}
