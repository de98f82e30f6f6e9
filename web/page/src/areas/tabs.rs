//! A row of tabs; the arrow keys move between them, and only the current tab is a tab stop.

use super::on;
use crate::browser::{input, place};
use crate::state::Action;
use yew::prelude::*;

/// A single tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// The label.
    pub label: &'static str,
    /// The number of items, which is hidden if it is 0.
    pub count: usize,
    /// Whether this tab is selected.
    pub current: bool,
    /// The action of the tab.
    pub action: Action,
}

/// The row of tabs; ids begin with `name`, and `label` is the accessible name.
pub fn view(name: &'static str, label: &str, tabs: &[Tab], dispatch: &Callback<Action>) -> Html {
    let all = tabs;
    let last = tabs.len().saturating_sub(1);
    let tabs = all.iter().enumerate().map(|(i, tab)| {
        let steps = Steps { at: i, last, name };
        let id = steps.id(i);
        let (send, tabs) = (dispatch.clone(), all.to_vec());
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            let Some(to) = steps.target(&event.key()) else { return };
            input::take(&event);
            if let Some(tab) = tabs.get(to) {
                send.emit(tab.action.clone());
                place::focus(&steps.id(to));
            }
        });
        html! {
            <button role="tab" class="tab" {id} {onkeydown}
                aria-selected={tab.current.to_string()} aria-controls={format!("{}-panel", name)}
                tabindex={if tab.current { "0" } else { "-1" }}
                onclick={on(dispatch, tab.action.clone())}>
                { tab.label }
                if tab.count > 0 { { " " }<span class="count">{ tab.count }</span> }
            </button>
        }
    });
    html! { <div class="tabs" role="tablist" aria-label={label.to_owned()}>{ for tabs }</div> }
}

struct Steps {
    at: usize,
    last: usize,
    name: &'static str,
}

impl Steps {
    /// The tab that a key moves to.
    fn target(&self, key: &str) -> Option<usize> {
        match key {
            "ArrowRight" if self.at == self.last => Some(0),
            "ArrowRight" => Some(self.at + 1),
            "ArrowLeft" if self.at == 0 => Some(self.last),
            "ArrowLeft" => Some(self.at - 1),
            "Home" => Some(0),
            "End" => Some(self.last),
            _ => None,
        }
    }

    fn id(&self, at: usize) -> String {
        format!("{}-tab-{at}", self.name)
    }
}
