//! Every rule with its switch, and the profile.

use super::choice::{Choice, option};
use super::icon::severity;
use super::prose::prose;
use super::rule::{RuleView, switch};
use crate::state::docs::Docs;
use crate::state::workspace::PROFILES;
use crate::state::{Action, Facts, Shared};
use std::collections::BTreeMap;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub facts: Shared<Facts>,
    pub docs: Shared<Docs>,
    pub levels: BTreeMap<String, String>,
    pub profile: String,
    pub dispatch: Callback<Action>,
}

/// The list.
#[component]
pub fn Rules(props: &Props) -> Html {
    let onchoose = props.dispatch.reform(Action::Profile);
    let options = PROFILES.map(|name| option(name, name)).to_vec();
    let rows = props.facts.rules.iter().map(|rule| {
        let chosen = props.levels.get(&rule.name).map(String::as_str);
        html! {
            <li key={rule.name.clone()}>
                <details>
                    <summary>
                        { severity(rule.severity) }
                        <code>{ &rule.name }</code>{ " " }<span class="summary">{ for props.docs.of(&rule.name).map(|docs| prose(&docs.summary)) }</span>
                    </summary>
                    <RuleView rule={rule.name.clone()} docs={props.docs.clone()} dispatch={&props.dispatch} />
                </details>
                { switch(rule, chosen, &props.dispatch) }
            </li>
        }
    });
    html! {
        <div class="rules">
            <label class="field">{ "Profile " }
                <Choice value={props.profile.clone()} {options} {onchoose} />
            </label>
            if props.facts.rules.is_empty() { <p class="note">{ "The rules appear as soon as the checker has loaded." }</p> }
            <ul>{ for rows }</ul>
        </div>
    }
}
