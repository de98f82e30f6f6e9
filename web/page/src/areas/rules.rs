//! Every rule with its switch, and the profile.

use super::icon::severity;
use super::prose::prose;
use super::rule::{RuleView, switch};
use crate::browser::input;
use crate::state::workspace::PROFILES;
use crate::state::{Action, Facts, Shared};
use std::collections::BTreeMap;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub facts: Shared<Facts>,
    pub levels: BTreeMap<String, String>,
    pub profile: String,
    pub dispatch: Callback<Action>,
}

/// The list.
#[component]
pub fn Rules(props: &Props) -> Html {
    let onchange = props.dispatch.reform(|event: Event| Action::Profile(input::value(&event)));
    let rows = props.facts.rules.iter().map(|rule| {
        let chosen = props.levels.get(&rule.name).map(String::as_str);
        html! {
            <li key={rule.name.clone()}>
                <details>
                    <summary>
                        { severity(rule.severity) }
                        <code>{ &rule.name }</code>{ " " }<span class="summary">{ prose(&rule.summary) }</span>
                    </summary>
                    <RuleView rule={rule.clone()} dispatch={&props.dispatch} />
                </details>
                { switch(rule, chosen, &props.dispatch) }
            </li>
        }
    });
    html! {
        <div class="rules">
            <label class="field">{ "Profile " }
                <select {onchange}>
                    { for PROFILES.into_iter().map(|name| html! {
                        <option value={name} selected={name == props.profile}>{ name }</option>
                    }) }
                </select>
            </label>
            if props.facts.rules.is_empty() { <p class="note">{ "The rules appear as soon as the checker has loaded." }</p> }
            <ul>{ for rows }</ul>
        </div>
    }
}
