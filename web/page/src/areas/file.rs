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
        return html! { <p class="empty">{ "The host file appears once the checker has loaded." }</p> };
    };
    let (report, compiled) = (&outcome.analysis.report, &outcome.analysis.compiled);
    // Compiling a role for its own host withholds nothing, so there always is a file.
    let file = compiled.file.clone().unwrap_or_default();
    html! {
        <div class="host-file">
            <div class="tools">
                <button class="quiet" onclick={on(dispatch, Action::Export(Export::File))}>{ icon(Icon::Copy) }{ "Copy file" }</button>
                <button class="quiet" onclick={on(dispatch, Action::Export(Export::FileToDisk))}>{ icon(Icon::Down) }{ "Download" }</button>
            </div>
            <p>
                if !file.path.is_empty() {
                    <strong>{ &file.path }</strong>{ " · " }
                }
                { &report.kind }
            </p>
            <p class="meta">{ prose(&report.host_reason) }</p>
            { for compiled.losses.iter().map(|loss| {
                let to = Action::reveal(&loss.path, loss.range);
                html! {
                    <p class="loss">{ severity(loss.severity) }
                        <button class="link" onclick={on(dispatch, to)}>{ prose(&loss.message) }</button>
                    </p>
                }
            }) }
            <pre tabindex="0" role="group" aria-label="Host file contents">{ &file.text }</pre>
        </div>
    }
}
