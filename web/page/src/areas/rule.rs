//! The documentation of a rule with an incorrect and a correct example, and its severity setting.

use super::choice::{Choice, option};
use super::prose::prose;
use crate::state::action::{ProjectAction, RuleAction};
use crate::state::docs::{Docs, RuleDocs};
use crate::state::{Action, Shared};
use rolewright_messages::RuleInfo;
use rolewright_wire::Severity;
use yew::prelude::*;

/// The documentation.
pub fn view(rule: &str, all: &Shared<Docs>, dispatch: &Callback<Action>) -> Html {
    let body = match (&**all, all.of(rule)) {
        (_, Some(docs)) => documentation(docs, all, dispatch),
        (Docs::Here(_), None) => html! { <p>{ "This rule has no documentation." }</p> },
        (Docs::Missing, _) => html! { <p>{ "The rule documentation could not be loaded." }</p> },
        _ => html! { <p>{ "Loading the rule documentation…" }</p> },
    };
    html! {
        <section class="rule" aria-label={format!("Rule {rule}")}>
            { body }
        </section>
    }
}

fn documentation(docs: &RuleDocs, all: &Shared<Docs>, dispatch: &Callback<Action>) -> Html {
    let (all, name) = (all.clone(), docs.name.clone());
    let open = dispatch.reform(move |_: MouseEvent| {
        let example = all.of(&name).map(RuleDocs::example).unwrap_or_default();
        Action::Project(ProjectAction::Begin(Box::new(example)))
    });
    html! {
        <>
        <p><code>{ &docs.name }</code>{ ": " }{ prose(&docs.summary) }</p>
        <p>{ prose(&docs.why) }</p>
        <p class="note">
            { prose(&docs.reach) }{ " " }
            <a href={format!("docs/rules/{}.html", docs.name)} target="_blank">{ "In the manual" }</a>
        </p>
        <div class="examples">
            <figure>
                <figcaption>
                    { "Incorrect " }
                    <button class="link" onclick={open}>{ "Open as a project" }</button>
                </figcaption>
                <pre tabindex="0" role="group" aria-label="Incorrect">{ &docs.bad }</pre>
            </figure>
            <figure>
                <figcaption>{ "Correct" }</figcaption>
                <pre tabindex="0" role="group" aria-label="Correct">{ &docs.good }</pre>
            </figure>
        </div>
        </>
    }
}

fn level(rule: &str, level: Option<&str>) -> Action {
    Action::Rule(RuleAction::Level { rule: rule.into(), level: level.map(str::to_owned) })
}

/// The severity setting of a rule: the default of the profile, or another severity.
pub fn switch(rule: &RuleInfo, chosen: Option<&str>, dispatch: &Callback<Action>) -> Html {
    let name = rule.name.clone();
    let onchoose = dispatch
        .reform(move |value: String| level(&name, Some(value.as_str()).filter(|v| !v.is_empty())));
    let usual = match rule.severity {
        Severity::Error => "Default (error)",
        Severity::Warning => "Default (warning)",
        Severity::Info => "Default (info)",
    };
    let options = vec![
        option("", usual),
        option("error", "Error"),
        option("warning", "Warning"),
        option("info", "Info"),
        option("off", "Off"),
    ];
    html! {
        <Choice value={chosen.unwrap_or("").to_owned()} {options} {onchoose}
            name={format!("Severity of {}", rule.name)} />
    }
}
