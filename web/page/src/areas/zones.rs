//! The zones of a narrow screen, one at a time.

use super::on;
use crate::state::{Action, Zone};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub zone: Zone,
    pub problems: usize,
    pub stale: bool,
    pub dispatch: Callback<Action>,
}

/// The row of zones.
#[component]
pub fn Zones(props: &Props) -> Html {
    let zones = [
        (Zone::Files, "Files"),
        (Zone::Edit, "Edit"),
        (Zone::Prompt, "Prompt"),
        (Zone::Problems, "Problems"),
    ];
    html! {
        <nav class="zones" aria-label="Zones">
            { for zones.into_iter().map(|(zone, words)| html! {
                <button aria-current={(zone == props.zone).then_some("true")}
                    onclick={on(&props.dispatch, Action::Zone(zone))}>
                    { words }
                    if zone == Zone::Problems { { format!(" ({})", props.problems) } }
                    if zone == Zone::Prompt && props.stale { <span class="dot" title="Being compiled" /> }
                </button>
            }) }
        </nav>
    }
}
