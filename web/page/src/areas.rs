//! The areas of the screen, one module each. Text from a role is always rendered as text, never as
//! markup.

pub mod banner;
pub mod changes;
pub mod choice;
pub mod editor;
pub mod file;
pub mod give;
pub mod graph;
pub mod header;
pub mod help;
pub mod hosts;
pub mod icon;
pub mod includes;
pub mod menu;
pub mod name;
pub mod naming;
pub mod notice;
pub mod outline;
pub mod palette;
pub mod problems;
pub mod prompt;
pub mod prose;
pub mod quick;
pub mod rail;
pub mod review;
pub mod role;
pub mod rule;
pub mod rules;
pub mod snapshots;
pub mod splitter;
pub mod status;
pub mod tabs;
pub mod values;
pub mod whitespace;
pub mod zones;

use crate::state::{Action, Outcome, Shared};
use yew::{Callback, MouseEvent};

/// The latest result of the engine, if there is one.
pub type Answer = Option<Shared<Outcome>>;

/// A click handler that dispatches this action.
fn on(dispatch: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    dispatch.reform(move |_| action.clone())
}
