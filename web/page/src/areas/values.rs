//! The *Values* panel: a form for the template variables that shows missing, default and unused values,
//! with several named value sets.

use super::choice::{Choice, Choosable};
use super::icon::{Icon, icon};
use super::name::NameField;
use super::on;
use super::prose::prose;
use crate::browser::input;
use crate::state::action::ValueAction;
use crate::state::problems::count;
use crate::state::prompt::file_name;
use crate::state::{Action, State};
use rolewright_wire::Variable;
use yew::prelude::*;

/// The form.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let variables = state
        .outcome
        .as_ref()
        .map(|o| o.analysis.compiled.variables.as_slice())
        .unwrap_or_default();
    let used = |name: &String| variables.iter().any(|v| v.name == *name);
    let unused: Vec<(&String, &String)> =
        state.workspace.values().iter().filter(|(n, _)| !used(n)).collect();
    html! {
        <div class="values">
            if !variables.is_empty() || !unused.is_empty() || state.workspace.sets.len() > 1 { { sets(state, dispatch) } }
            if variables.is_empty() {
                <p class="empty">
                    { "This role has no variables. Add " }<code>{ "{{TEAM}}" }</code>{ " to the text, and it appears here." }
                </p>
            }
            { for variables.iter().map(|v| field(state, dispatch, v)) }
            if !unused.is_empty() { <h3>{ "Set but not used by this role" }</h3> }
            { for unused.into_iter().map(|(name, value)| html! {
                <div class="value" key={format!("unused-{name}")}>
                    <span class="value-head"><code>{ name }</code><span class="chip">{ "unused" }</span></span>
                    <span class="value-body"><span class="meta">{ value }</span>
                        <button class="quiet" aria-label={format!("Remove {name}")} onclick={on(dispatch, unset(name))}>{ "Remove" }</button>
                    </span>
                </div>
            }) }
        </div>
    }
}

fn unset(name: &str) -> Action {
    Action::Value(ValueAction::Set { name: name.into(), value: None })
}

fn sets(state: &State, dispatch: &Callback<Action>) -> Html {
    let onchoose = dispatch.reform(|value: String| {
        Action::Value(ValueAction::UseSet(value.parse().unwrap_or_default()))
    });
    let options: Vec<Choosable> = state
        .workspace
        .sets
        .iter()
        .enumerate()
        .map(|(i, set)| (i.to_string().into(), set.name.clone().into()))
        .collect();
    let onname = dispatch.reform(|name| Action::Value(ValueAction::NameSet(name)));
    let set = state.workspace.sets.get(state.workspace.set);
    let name = set.map(|set| set.name.clone()).unwrap_or_default();
    html! {
        <div class="tools sets">
            <label class="field"><span>{ "Value set" }</span>
                <Choice value={state.workspace.set.to_string()} {options} {onchoose} />
            </label>
            <label class="field"><span>{ "Name" }<span class="aside">{ " of this value set" }</span></span>
                <NameField {name} {onname} />
            </label>
            <button class="quiet" onclick={on(dispatch, Action::Value(ValueAction::AddSet))}>{ icon(Icon::Plus) }{ "Duplicate set" }</button>
            if state.workspace.sets.len() > 1 {
                <button class="quiet" onclick={on(dispatch, Action::Value(ValueAction::DropSet))}>{ icon(Icon::Bin) }{ "Delete set" }</button>
            }
        </div>
    }
}

fn field(state: &State, dispatch: &Callback<Action>, variable: &Variable) -> Html {
    let name = &variable.name;
    let value = state.workspace.values().get(name);
    let (typed, dispatch) = (name.clone(), dispatch);
    let oninput = dispatch.reform(move |event: InputEvent| {
        let value = Some(input::value(&event)).filter(|v| !v.is_empty());
        Action::Value(ValueAction::Set { name: typed.clone(), value })
    });
    let (chip, missing) = match (value, &variable.default) {
        _ if variable.runtime => (Some("set at run time"), false),
        (Some(text), _) if text.is_empty() => (Some("empty"), false),
        (Some(_), _) => (None, false),
        (None, Some(_)) => (Some("default"), false),
        (None, None) => (Some("missing"), true),
    };
    let id = format!("value-{name}");
    html! {
        <div class="value" key={name.clone()}>
            <span class="value-head">
                <label for={id.clone()}><code>{ name }</code></label>
                if let Some(chip) = chip { <span class={classes!("chip", missing.then_some("warning"))}>{ chip }</span> }
                { uses(dispatch, variable) }
            </span>
            if let Some(text) = &variable.description { <span class="meta" id={format!("{id}-about")}>{ prose(text) }</span> }
            <span class="value-body">
                <textarea {id} rows="1" value={value.cloned().unwrap_or_default()} {oninput}
                    placeholder={variable.default.clone()} disabled={variable.runtime} spellcheck="false"
                    aria-describedby={variable.description.as_ref().map(|_| format!("value-{name}-about"))} />
                if value.is_some() {
                    <button class="quiet" aria-label={format!("Unset {name}")} onclick={on(dispatch, unset(name))}>{ "Unset" }</button>
                } else if !variable.runtime {
                    <button class="quiet" aria-label={format!("Use empty text for {name}")}
                        onclick={on(dispatch, Action::Value(ValueAction::Set { name: name.clone(), value: Some(String::new()) }))}>{ "Use empty" }</button>
                }
            </span>
        </div>
    }
}

fn uses(dispatch: &Callback<Action>, variable: &Variable) -> Html {
    let Some(first) = variable.uses.first() else { return Html::default() };
    let place = format!("{}:{}", file_name(&first.path), first.range.start.line);
    let to = Action::reveal(&first.path, first.range);
    html! {
        <button class="link" onclick={on(dispatch, to)}>
            if variable.uses.len() > 1 {
                { format!("{}, first {place}", count(variable.uses.len(), "use")) }
            } else { { place } }
        </button>
    }
}
