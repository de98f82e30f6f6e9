//! The list of all rules with their severities, and the profile.

use super::choice::{Choice, option};
use super::icon::severity;
use super::prose::prose;
use super::rule::{self, switch};
use crate::state::workspace::PROFILES;
use crate::state::{Action, State};
use rolewright_messages::RuleInfo;
use yew::prelude::*;

/// The list.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let onchoose = dispatch.reform(Action::Profile);
    let options = PROFILES.map(|name| option(name, name)).to_vec();
    let row = |rule: &RuleInfo| {
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
    };
    let groups = groups(state).into_iter().map(|(theme, rules)| {
        html! {
            <section key={theme.to_owned()}>
                if !theme.is_empty() { <h3>{ theme }</h3> }
                <ul>{ for rules.into_iter().map(row) }</ul>
            </section>
        }
    });
    html! {
        <div class="rules">
            <label class="field">{ "Profile " }
                <Choice value={state.workspace.profile.clone()} {options} {onchoose} />
            </label>
            if state.facts.rules.is_empty() { <p class="note">{ "The rules appear once the checker has loaded." }</p> }
            { for groups }
        </div>
    }
}

/// The rules by their themes, in the order of the documentation; in one group until it is loaded.
fn groups(state: &State) -> Vec<(&str, Vec<&RuleInfo>)> {
    let mut groups: Vec<(&str, Vec<&RuleInfo>)> = Vec::new();
    for rule in &state.facts.rules {
        let theme = state.docs.of(&rule.name).map_or("", |docs| docs.theme.as_str());
        match groups.iter_mut().find(|(known, _)| *known == theme) {
            Some((_, rules)) => rules.push(rule),
            None => groups.push((theme, vec![rule])),
        }
    }
    let place = |theme: &str| state.docs.themes().position(|known| known == theme);
    groups.sort_by_key(|(theme, _)| place(theme));
    groups
}
