//! What the host reads from disk, and what it cannot express.

use super::icon::{Icon, icon, severity};
use super::on;
use super::prose::prose;
use crate::state::export::Export;
use crate::state::{Action, State};
use yew::prelude::*;

/// The file.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let Some(outcome) = &state.outcome else {
        return html! { <p class="empty">{ "The host file appears when the checker has loaded." }</p> };
    };
    let analysis = &outcome.analysis;
    html! {
        <div class="host-file">
            <div class="tools">
                <button class="quiet" onclick={on(dispatch, Action::Export(Export::File))}>{ icon(Icon::Copy) }{ "Copy file" }</button>
                <button class="quiet" onclick={on(dispatch, Action::Export(Export::FileToDisk))}>{ icon(Icon::Down) }{ "Download" }</button>
            </div>
            <p>
                if !analysis.host_file.path.is_empty() {
                    <strong>{ &analysis.host_file.path }</strong>{ " · " }
                }
                { &analysis.kind }
            </p>
            <p class="meta">{ prose(&analysis.host_reason) }</p>
            { for analysis.losses.iter().map(|loss| {
                let to = Action::Reveal { path: loss.path.clone(), from: loss.start, to: loss.end };
                html! {
                    <p class="loss">{ severity(loss.severity) }
                        <button class="link" onclick={on(dispatch, to)}>{ prose(&loss.message) }</button>
                    </p>
                }
            }) }
            <pre tabindex="0" role="group" aria-label="Host file contents">{ &analysis.host_file.text }</pre>
        </div>
    }
}
