//! The navigation of a narrow screen, which shows one area at a time.

use super::icon::severity;
use super::on;
use crate::state::{Action, State, Zone};
use yew::prelude::*;

/// The navigation bar.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let zones = [
        (Zone::Files, "Files"),
        (Zone::Edit, "Edit"),
        (Zone::Prompt, "Prompt"),
        (Zone::Problems, "Problems"),
    ];
    html! {
        <nav class="zones" aria-label="Views">
            { for zones.into_iter().map(|(zone, words)| html! {
                <button class={(zone == Zone::Prompt).then_some("only-narrow")}
                    aria-current={(zone == state.screen.zone).then_some("true")}
                    onclick={on(dispatch, Action::Zone(zone))}>
                    { words }
                    if zone == Zone::Problems && state.outcome.is_some() && !state.workspace.is_blank() {
                        { " " }
                        { for state.shown.iter().map(|problem| problem.severity).max().map(severity) }
                        <span class="count">{ state.shown.len() }</span>
                    }
                    if zone == Zone::Prompt && state.stale { <span class="dot" title="Compiling" /> }
                </button>
            }) }
        </nav>
    }
}
