//! The playground: an editor for roles with their problems and their compiled prompt.

// A program exports nothing: `pub` marks items that other modules use.
#![allow(unreachable_pub)]

mod app;
mod areas;
mod browser;
mod examples;
mod state;

fn main() {
    let root = web_sys::window().and_then(|w| w.document()?.get_element_by_id("app"));
    if let Some(root) = root {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
