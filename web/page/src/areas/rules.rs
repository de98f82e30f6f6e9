//! The drawer with all rules: the profile, the severity of each rule, and the resulting
//! configuration.

use super::icon::{Icon, icon, severity};
use super::on;
use super::prose::prose;
use super::rule::{self, switch};
use crate::browser::{dialog, input};
use crate::state::action::RuleAction;
use crate::state::docs::{Docs, RuleDocs};
use crate::state::workspace::PROFILES;
use crate::state::{Action, Facts, Shared};
use rolewright_messages::RuleInfo;
use std::collections::BTreeMap;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub open: bool,
    pub facts: Shared<Facts>,
    pub docs: Shared<Docs>,
    pub profile: String,
    /// The rules whose severity was changed.
    pub rules: BTreeMap<String, String>,
    /// The configuration, unless it is the default.
    pub settings: Option<String>,
    pub dispatch: Callback<Action>,
}

/// The purpose of a profile.
const PURPOSES: [&str; 3] = ["What a build should fail on", "Adds advice", "Adds matters of taste"];

/// The drawer.
#[component]
pub fn RulesDrawer(props: &Props) -> Html {
    let node = use_node_ref();
    let wanted = use_state(String::new);
    let changed = use_state(|| false);
    {
        let (node, wanted, changed) = (node.clone(), wanted.clone(), changed.clone());
        use_effect_with(props.open, move |open| {
            wanted.set(String::new());
            changed.set(false);
            dialog::set_open(&node, *open);
        });
    }
    if !props.open {
        return html! { <dialog ref={node} class="drawer" aria-label="Rules" /> };
    }
    let dispatch = &props.dispatch;
    let oninput = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| wanted.set(input::value(&event).to_lowercase()))
    };
    let onchange = {
        let changed = changed.clone();
        Callback::from(move |_: Event| changed.set(!*changed))
    };
    let rows = props.facts.rules.iter().filter(|rule| {
        let docs = props.docs.of(&rule.name);
        let text =
            format!("{} {}", rule.name, docs.map_or("", |docs| &docs.summary)).to_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
            && (!*changed || props.rules.contains_key(&rule.name))
    });
    let groups = groups(&props.docs, rows);
    html! {
        <dialog ref={node} class="drawer" aria-labelledby="rules-title"
            onclose={dispatch.reform(|_: Event| Action::Rule(RuleAction::Show(false)))}>
            <header>
                <h2 id="rules-title">{ "Rules" }</h2>
                <button class="round" aria-label="Close" onclick={on(dispatch, Action::Rule(RuleAction::Show(false)))}>{ icon(Icon::Cross) }</button>
            </header>
            <div class="profiles" role="group" aria-label="Profile">
                { for PROFILES.into_iter().zip(PURPOSES).map(|(name, purpose)| profile(props, name, purpose)) }
            </div>
            <div class="rule-tools">
                <input type="search" placeholder="Search rules" aria-label="Search rules" autocomplete="off"
                    value={(*wanted).clone()} {oninput} />
                <label class="check">
                    <input type="checkbox" checked={*changed} {onchange} />
                    { format!("Changed ({})", props.rules.len()) }
                </label>
            </div>
            <div class="rules" tabindex="-1">
                if groups.is_empty() { <p class="empty">{ "No rule matches." }</p> }
                { for groups.into_iter().map(|(theme, rules)| group(props, theme, rules)) }
            </div>
            if let Some(settings) = &props.settings {
                <footer>
                    <div>
                        <code>{ "rolewright.json" }</code>
                        <button onclick={on(dispatch, Action::Rule(RuleAction::Write))}>{ "Save to the project" }</button>
                    </div>
                    <pre tabindex="0" role="group" aria-label="Configuration">{ settings }</pre>
                </footer>
            }
        </dialog>
    }
}

/// A profile, with the number of rules that it contains and the number that it adds.
fn profile(props: &Props, name: &'static str, purpose: &'static str) -> Html {
    let current = props.profile == name;
    let own = match &*props.docs {
        Docs::Here(all) => all.iter().filter(|docs: &&RuleDocs| docs.profile == name).count(),
        _ => 0,
    };
    let sign = if name == "core" { "" } else { "+" };
    let mut title = name.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    html! {
        <button class="question" aria-pressed={current.to_string()}
            onclick={on(&props.dispatch, Action::Rule(RuleAction::Profile(name.into())))}>
            <strong>{ title }</strong>
            <span class="meta">{ purpose }{ if own > 0 { format!(": {sign}{own}\u{a0}rules") } else { String::new() } }</span>
        </button>
    }
}

/// The rules by theme, in the order of the documentation; in one group until it is loaded.
fn groups<'p>(
    docs: &'p Docs,
    rules: impl Iterator<Item = &'p RuleInfo>,
) -> Vec<(&'p str, Vec<&'p RuleInfo>)> {
    let mut groups: Vec<(&str, Vec<&RuleInfo>)> = Vec::new();
    for rule in rules {
        let theme = docs.of(&rule.name).map_or("", |docs| docs.theme.as_str());
        match groups.iter_mut().find(|(known, _)| *known == theme) {
            Some((_, rules)) => rules.push(rule),
            None => groups.push((theme, vec![rule])),
        }
    }
    let place = |theme: &str| docs.themes().position(|known| known == theme);
    groups.sort_by_key(|(theme, _)| place(theme));
    groups
}

fn group(props: &Props, theme: &str, rules: Vec<&RuleInfo>) -> Html {
    html! {
        <section key={theme.to_owned()}>
            if !theme.is_empty() { <h3>{ theme }</h3> }
            <ul>{ for rules.into_iter().map(|rule| row(props, rule)) }</ul>
        </section>
    }
}

fn row(props: &Props, rule: &RuleInfo) -> Html {
    let chosen = props.rules.get(&rule.name).map(String::as_str);
    let docs = props.docs.of(&rule.name);
    html! {
        <li key={rule.name.clone()} data-changed={chosen.is_some().then_some("true")}>
            <details>
                <summary>
                    { severity(rule.severity) }<code>{ &rule.name }</code>
                    <span class="summary">{ for docs.map(|docs| prose(&docs.summary)) }</span>
                </summary>
                { rule::view(&rule.name, &props.docs, &props.dispatch) }
            </details>
            { switch(rule, chosen, &props.dispatch) }
        </li>
    }
}
