//! Maps pointer positions to offsets in the prompt, and scrolls and focuses elements. Parts of the prompt
//! carry their block and their offset in it as `data-block` and `data-start`.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement, MouseEvent, Node, ScrollIntoViewOptions};
use web_sys::{PointerEvent, ScrollLogicalPosition};
use yew::NodeRef;

/// A block and an offset in it, in UTF-16 code units.
pub type InBlock = (usize, u32);

/// The exact character of a click; `None` if the click ended a text selection.
pub fn clicked(event: &MouseEvent) -> Option<InBlock> {
    let selection = super::window()?.get_selection().ok()??;
    if !selection.is_collapsed() {
        return None;
    }
    let exact = selection.anchor_node().and_then(|node| {
        let (block, start) = of_element(&element_of(&node)?)?;
        let inside =
            if node.node_type() == Node::TEXT_NODE { selection.anchor_offset() } else { 0 };
        Some((block, start + inside))
    });
    exact.or_else(|| hovered(event))
}

/// The part of the prompt under the pointer.
pub fn hovered(event: &MouseEvent) -> Option<InBlock> {
    of_element(&event.target()?.dyn_into::<Element>().ok()?)
}

fn element_of(node: &Node) -> Option<Element> {
    node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())
}

fn of_element(element: &Element) -> Option<InBlock> {
    let piece = element.closest("[data-start]").ok()??;
    let number = |name: &str| piece.get_attribute(name)?.parse::<u32>().ok();
    Some((number("data-block")? as usize, number("data-start")?))
}

/// Scrolls a block of the prompt into view if it is not visible.
pub fn reveal_block(block: usize) {
    let selector = format!(".block[data-block='{block}']");
    let found = super::document().and_then(|d| d.query_selector(&selector).ok().flatten());
    let Some(block) = found else { return };
    let Some(pane) = block.closest(".paper").ok().flatten() else { return };
    let (inner, outer) = (block.get_bounding_client_rect(), pane.get_bounding_client_rect());
    let visible = inner.bottom() > outer.top() + 24.0 && inner.top() < outer.bottom() - 24.0;
    if !visible && outer.height() > 0.0 {
        into_view(&block, ScrollLogicalPosition::Center);
    }
}

/// Scrolls a part of a block to the top of the prompt.
pub fn align_block(block: usize, at: u32) {
    let selector = format!(".block[data-block='{block}'] .piece [data-start]");
    let found = super::document().and_then(|d| d.query_selector_all(&selector).ok());
    let Some(parts) = found else { return };
    let part = |i: u32| parts.item(i).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let start = |e: &HtmlElement| e.get_attribute("data-start")?.parse::<u32>().ok();
    let mut before =
        (0..parts.length()).filter_map(part).filter(|e| start(e).is_some_and(|s| s <= at));
    let Some(part) = before.next_back() else { return };
    let Some(pane) = part.closest(".paper").ok().flatten() else { return };
    let by = part.get_bounding_client_rect().top() - pane.get_bounding_client_rect().top();
    pane.set_scroll_top(pane.scroll_top() + by as i32 - 12);
}

/// The part of the prompt at the top of its pane, if the pane has the pointer or the focus, since
/// then the reader scrolled it.
pub fn top_of_prompt() -> Option<InBlock> {
    let document = super::document()?;
    let pane = document.query_selector(".paper:is(:hover, :focus-within)").ok()??;
    let rect = pane.get_bounding_client_rect();
    // A short line does not reach the middle.
    let widths = [0.5, 0.25, 0.12, 0.06];
    let places = (0..5).flat_map(|step| widths.map(|share| (step, share)));
    places.into_iter().find_map(|(step, share)| {
        let (x, y) =
            (rect.left() + rect.width() * share, rect.top() + 14.0 + 12.0 * f64::from(step));
        of_element(&document.element_from_point(x as f32, y as f32)?)
    })
}

/// Focuses the element with this id; `false` if there is none.
pub fn focus(id: &str) -> bool {
    let element = super::document().and_then(|d| d.get_element_by_id(id));
    element.and_then(|e| e.dyn_into::<HtmlElement>().ok()).is_some_and(|e| e.focus().is_ok())
}

/// Whether no element has the focus, because the focused element was removed.
pub fn focus_is_lost() -> bool {
    let Some(document) = super::document() else { return false };
    let body = document.body().map(Element::from);
    document.active_element().is_none_or(|active| Some(active) == body)
}

/// The group of controls with the focus, which it can return to if its control disappears; `None` if
/// nothing has the focus.
pub fn focused_group() -> Option<Element> {
    let active = super::document()?.active_element()?;
    active.closest("[role=group], ol, nav, section, header, .app").ok()?
}

/// Focuses the current or else the first control of a group; `false` if it has none.
pub fn focus_current(group: &Element) -> bool {
    let selectors = ["[aria-current=true]", "[tabindex='0']:not([role=separator])", "button"];
    selectors.iter().any(|selector| {
        let found = group.query_selector(&format!(":scope:not(.app) {selector}")).ok().flatten();
        let found = found.and_then(|e| e.dyn_into::<HtmlElement>().ok());
        // A hidden or removed element does not take the focus.
        found.is_some_and(|e| e.focus().is_ok()) && !focus_is_lost()
    })
}

/// Selects the contents of the element with this id.
pub fn select_all(id: &str) {
    let element = super::document().and_then(|d| d.get_element_by_id(id));
    let selection = super::window().and_then(|w| w.get_selection().ok()?);
    if let (Some(element), Some(selection)) = (element, selection) {
        // Fails only for nodes without children.
        let _ = selection.select_all_children(&element);
    }
}

/// Captures the pointer for a splitter that is being dragged.
pub fn hold(event: &PointerEvent) {
    if let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// Whether this pointer is dragging a splitter.
pub fn held(event: &PointerEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.has_pointer_capture(event.pointer_id()))
}

/// The share at which the element of a selector ends at the pointer, given the current `share` and
/// widths proportional to it.
pub fn scaled(event: &PointerEvent, selector: &str, share: u32) -> Option<u32> {
    let rect = first(selector)?.get_bounding_client_rect();
    let wanted = (f64::from(event.client_x()) - rect.left()).max(1.0);
    Some((f64::from(share) * wanted / rect.width().max(1.0)).round() as u32)
}

/// The upper element's percentage of the height of two elements, if it ends at the pointer.
pub fn share_of_both(event: &PointerEvent, upper: &str, lower: &str) -> Option<u32> {
    let (upper, lower) = (first(upper)?, first(lower)?);
    let (upper, lower) = (upper.get_bounding_client_rect(), lower.get_bounding_client_rect());
    let wanted = (f64::from(event.client_y()) - upper.top()).max(0.0);
    Some((100.0 * wanted / (upper.height() + lower.height()).max(1.0)).round() as u32)
}

/// The percentage of an element's height below the pointer.
pub fn share_from_below(event: &PointerEvent, of: &NodeRef) -> Option<u32> {
    let rect = of.cast::<Element>()?.get_bounding_client_rect();
    let below = (rect.bottom() - f64::from(event.client_y())).max(0.0);
    Some((100.0 * below / rect.height().max(1.0)).round() as u32)
}

fn first(selector: &str) -> Option<Element> {
    super::document()?.query_selector(selector).ok()?
}

/// Whether the focus moves out of an element.
pub fn leaves(event: &FocusEvent, whole: &NodeRef) -> bool {
    let to = event.related_target().and_then(|t| t.dyn_into::<Node>().ok());
    !whole.get().is_some_and(|whole| whole.contains(to.as_ref()) && to.is_some())
}

/// Focuses the first button in an element.
pub fn focus_first(whole: &NodeRef) {
    let first = whole.cast::<Element>().and_then(|e| e.query_selector("button").ok()?);
    if let Some(button) = first.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// Scrolls the element with this id into view.
pub fn show(id: &str) {
    scroll(id, ScrollLogicalPosition::Nearest);
}

/// Scrolls the element with this ID so that its top is visible.
pub fn show_from_top(id: &str) {
    scroll(id, ScrollLogicalPosition::Start);
}

/// Scrolls to an element if its parent cuts it off. Scrolling to it also makes it the place from where
/// the Tab key goes on.
pub fn show_in_parent(id: &str) {
    let element = super::document().and_then(|d| d.get_element_by_id(id));
    let Some(element) = element else { return };
    let Some(parent) = element.parent_element() else { return };
    let (own, around) = (element.get_bounding_client_rect(), parent.get_bounding_client_rect());
    if own.left() + 1.0 < around.left() || own.right() > around.right() + 1.0 {
        into_view(&element, ScrollLogicalPosition::Nearest);
    }
}

/// Scrolls the chosen row of the host dialog to its middle.
pub fn show_chosen() {
    if let Some(chosen) = first(".choose[aria-pressed=true]") {
        into_view(&chosen, ScrollLogicalPosition::Center);
    }
}

fn scroll(id: &str, to: ScrollLogicalPosition) {
    let element = super::document().and_then(|d| d.get_element_by_id(id));
    if let Some(element) = element {
        into_view(&element, to);
    }
}

fn into_view(element: &Element, to: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(to);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Moves the focus from the current element to its neighbor among the elements that match a
/// selector; `false` if there is none.
pub fn focus_neighbor(event: &Event, selector: &str, by: i32) -> bool {
    let all = super::document().and_then(|d| d.query_selector_all(selector).ok());
    let from = event.target().and_then(|t| t.dyn_into::<Node>().ok());
    let (Some(all), Some(from)) = (all, from) else { return false };
    let Some(at) = (0..all.length()).find(|i| all.item(*i).as_ref() == Some(&from)) else {
        return false;
    };
    let next = at.checked_add_signed(by).and_then(|next| all.item(next));
    next.and_then(|n| n.dyn_into::<HtmlElement>().ok()).is_some_and(|e| e.focus().is_ok())
}
