//! The *Changes* panel: compares the prompt with an earlier one or with another value set, and the host file
//! with that of another host.

use super::choice::{Choice, option};
use super::icon::{Icon, icon};
use super::on;
use crate::state::action::PromptAction;
use crate::state::diff::{Diff, Row};
use crate::state::problems::count;
use crate::state::{Action, Against, State};
use yew::prelude::*;

/// The comparison.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let diff = &state.comparison.diff;
    let of_host = matches!(state.comparison.against, Against::Host(_));
    html! {
        <div class="changes">
            <div class="tools">
                { chooser(state, dispatch) }
                <button class="quiet" onclick={on(dispatch, Action::Prompt(PromptAction::Pin))}>{ icon(Icon::Pin) }{ "Pin this prompt" }</button>
            </div>
            if !diff.rows.is_empty() {
                <p class="legend meta">
                    <span class="removed"><span class="sign">{ "−" }</span>{ format!("{}: {}", before(state), count(diff.removed, "line")) }</span>
                    <span class="added"><span class="sign">{ "+" }</span>{ format!("{}: {}", after(state), count(diff.added, "line")) }</span>
                </p>
            }
            if diff.rows.is_empty() {
                <p class="empty">{ nothing(state) }</p>
            } else {
                <div class={classes!("diff", of_host.then_some("mono"))} tabindex="0" role="group" aria-label="Changed lines">
                    { for diff.rows.iter().enumerate().map(|(i, row)| line(i, row)) }
                </div>
            }
        </div>
    }
}

fn chooser(state: &State, dispatch: &Callback<Action>) -> Html {
    let onchoose = dispatch.reform(|value: String| {
        Action::Prompt(PromptAction::Compare(match value.as_str() {
            "edit" => Against::LastEdit,
            "pin" => Against::Pinned,
            other => match other.strip_prefix("host ") {
                Some(host) => Against::Host(host.parse().unwrap_or_default()),
                None => Against::Set(other.parse().unwrap_or_default()),
            },
        }))
    });
    let value = match state.comparison.against {
        Against::LastEdit => "edit".to_owned(),
        Against::Pinned => "pin".to_owned(),
        Against::Set(set) => set.to_string(),
        Against::Host(host) => format!("host {host}"),
    };
    let mut options = vec![option("edit", "Before the last edit")];
    if state.has_pin() {
        options.push(option("pin", "Pinned prompt"));
    }
    let others = state.workspace.sets.iter().enumerate().filter(|(i, _)| *i != state.workspace.set);
    options.extend(
        others.map(|(i, set)| (i.to_string().into(), format!("Value set: {}", set.name).into())),
    );
    let own = state.analysis().map_or("", |a| a.compiled.host.as_str());
    let hosts = state.facts.hosts.iter().enumerate();
    let hosts = hosts.filter(|(_, host)| host.legacy.is_none() && host.id != own);
    options.extend(hosts.map(|(i, host)| {
        (format!("host {i}").into(), format!("Host file: {}", host.title).into())
    }));
    html! {
        <label class="field"><span>{ "Compare with" }</span>
            <Choice {value} {options} {onchoose} />
        </label>
    }
}

/// The name of the prompt that contains the removed lines.
fn before(state: &State) -> String {
    match state.comparison.against {
        Against::LastEdit => "Before the last edit".into(),
        Against::Pinned => "Pinned prompt".into(),
        Against::Set(set) => {
            let set = state.workspace.sets.get(set);
            format!("Value set {}", set.map_or("", |set| set.name.as_str()))
        }
        Against::Host(host) => title(state, host).to_owned(),
    }
}

/// The name of the version that contains the added lines.
fn after(state: &State) -> String {
    match (state.comparison.against, state.analysis()) {
        (Against::Host(_), Some(analysis)) => state.title_of(&analysis.compiled.host).to_owned(),
        _ => "Current prompt".into(),
    }
}

fn title(state: &State, host: usize) -> &str {
    state.facts.hosts.get(host).map_or("", |host| &host.title)
}

fn nothing(state: &State) -> &'static str {
    match state.comparison.against {
        Against::LastEdit if !state.has_edit() => "No edits yet.",
        Against::LastEdit => "The last edit did not change the prompt.",
        Against::Pinned => "The prompt is identical to the pinned prompt.",
        Against::Set(_) => "Both value sets produce the same prompt.",
        Against::Host(_) if state.comparison.refused => {
            "Not converted: that host would let the role do more than its source allows."
        }
        Against::Host(_) => "Both hosts get the same file.",
    }
}

/// The changes of each file, under its path if there are several.
pub fn files(diffs: &[(String, Diff)]) -> Html {
    let several = diffs.len() > 1;
    diffs
        .iter()
        .map(|(path, diff)| {
            html! {
                <div key={path.clone()} class="diff-file">
                    if several { <p class="meta">{ path }</p> }
                    { for diff.rows.iter().enumerate().map(|(i, row)| line(i, row)) }
                </div>
            }
        })
        .collect()
}

fn line(index: usize, row: &Row) -> Html {
    let (class, sign, word, text) = match row {
        Row::Same(text) => ("same", " ", "", text.clone()),
        Row::Added(text) => ("added", "+", "Added: ", text.clone()),
        Row::Removed(text) => ("removed", "−", "Removed: ", text.clone()),
        Row::Skipped(n) => ("skipped", "⋯", "", format!("{} unchanged", count(*n, "line"))),
    };
    html! {
        <div key={index} class={classes!("diff-line", class)}>
            <span class="sign" aria-hidden="true">{ sign }</span><span class="aside">{ word }</span>
            <span class="text">{ text }</span>
        </div>
    }
}
