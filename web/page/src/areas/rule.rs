//! The documentation of one rule, in place: what, why, a bad and a good example, its switch.

use super::on;
use super::prose::prose;
use crate::browser::input;
use crate::state::Action;
use crate::state::workspace::Workspace;
use rolewright_messages::{RuleInfo, Severity};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub rule: RuleInfo,
    pub dispatch: Callback<Action>,
}

/// The documentation.
#[component]
pub fn RuleView(props: &Props) -> Html {
    let rule = &props.rule;
    let open = |text: &str| {
        let name = format!("Example of {}", rule.name);
        let workspace = Workspace::new(&name, &[("example.md", text)]);
        on(&props.dispatch, Action::Begin(Box::new(workspace)))
    };
    html! {
        <section class="rule" aria-label={format!("Rule {}", rule.name)}>
            <p><code>{ &rule.name }</code>{ ": " }{ prose(&rule.summary) }</p>
            <p>{ prose(&rule.why) }</p>
            <div class="examples">
                <figure>
                    <figcaption>{ "Reported " }<button class="link" onclick={open(&rule.bad)}>{ "Open as a project" }</button></figcaption>
                    <pre>{ &rule.bad }</pre>
                </figure>
                <figure>
                    <figcaption>{ "Right" }</figcaption>
                    <pre>{ &rule.good }</pre>
                </figure>
            </div>
            <p>
                <button class="quiet" onclick={on(&props.dispatch, level(&rule.name, Some("off")))}>
                    { "Turn this rule off in this project" }
                </button>
            </p>
        </section>
    }
}

fn level(rule: &str, level: Option<&str>) -> Action {
    Action::Level { rule: rule.into(), level: level.map(str::to_owned) }
}

/// The switch of a rule: as the profile says, or another severity.
pub fn switch(rule: &RuleInfo, chosen: Option<&str>, dispatch: &Callback<Action>) -> Html {
    let name = rule.name.clone();
    let onchange = dispatch.reform(move |event: Event| {
        let value = input::value(&event);
        level(&name, Some(value.as_str()).filter(|v| !v.is_empty()))
    });
    let usual = match rule.severity {
        Severity::Error => "Usual (error)",
        Severity::Warning => "Usual (warning)",
        Severity::Info => "Usual (info)",
    };
    let choices =
        [("", usual), ("error", "Error"), ("warning", "Warning"), ("info", "Info"), ("off", "Off")];
    html! {
        <select {onchange} aria-label={format!("Severity of {}", rule.name)}>
            { for choices.into_iter().map(|(value, words)| html! {
                <option {value} selected={chosen.unwrap_or("") == value}>{ words }</option>
            }) }
        </select>
    }
}
