//! The list of all rules with their severities, and the profile.

use super::choice::{Choice, option};
use super::icon::severity;
use super::prose::prose;
use super::rule::{self, switch};
use crate::state::workspace::PROFILES;
use crate::state::{Action, State};
use yew::prelude::*;

/// The list.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let onchoose = dispatch.reform(Action::Profile);
    let options = PROFILES.map(|name| option(name, name)).to_vec();
    let rows = state.facts.rules.iter().map(|rule| {
        let chosen = state.workspace.rules.get(&rule.name).map(String::as_str);
        html! {
            <li key={rule.name.clone()}>
                <details>
                    <summary>
                        { severity(rule.severity) }
                        <code>{ &rule.name }</code>{ " " }<span class="summary">{ for state.docs.of(&rule.name).map(|docs| prose(&docs.summary)) }</span>
                    </summary>
                    { rule::view(&rule.name, &state.docs, dispatch) }
                </details>
                { switch(rule, chosen, dispatch) }
            </li>
        }
    });
    html! {
        <div class="rules">
            <label class="field">{ "Profile " }
                <Choice value={state.workspace.profile.clone()} {options} {onchoose} />
            </label>
            if state.facts.rules.is_empty() { <p class="note">{ "The rules appear once the checker has loaded." }</p> }
            <ul>{ for rows }</ul>
        </div>
    }
}
