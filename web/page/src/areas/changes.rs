//! What changed in the prompt: since the last edit, since it was pinned, or with other values.

use super::choice::{Choice, option};
use super::icon::{Icon, icon};
use super::on;
use crate::state::diff::{Diff, Row};
use crate::state::problems::count;
use crate::state::{Action, Against, Shared};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub diff: Shared<Diff>,
    pub against: Against,
    pub sets: Vec<String>,
    /// The set in use.
    pub set: usize,
    /// Whether a prompt was pinned.
    pub pinned: bool,
    pub dispatch: Callback<Action>,
}

/// The comparison.
#[component]
pub fn Changes(props: &Props) -> Html {
    let diff = &props.diff;
    html! {
        <div class="changes">
            <div class="tools">
                { chooser(props) }
                <button class="quiet" onclick={on(&props.dispatch, Action::Pin)}>{ icon(Icon::Copy) }{ "Pin this prompt" }</button>
                if !diff.rows.is_empty() {
                    <span class="meta">{ format!("{} added, {} removed", count(diff.added, "line"), diff.removed) }</span>
                }
            </div>
            if diff.rows.is_empty() {
                <p class="empty">{ nothing(props.against) }</p>
            } else {
                <div class="diff" tabindex="0" role="group" aria-label="Changed lines of the prompt">
                    { for diff.rows.iter().enumerate().map(|(i, row)| line(i, row)) }
                </div>
            }
        </div>
    }
}

fn chooser(props: &Props) -> Html {
    let onchoose = props.dispatch.reform(|value: String| {
        Action::Compare(match value.as_str() {
            "edit" => Against::LastEdit,
            "pin" => Against::Pinned,
            set => Against::Set(set.parse().unwrap_or_default()),
        })
    });
    let value = match props.against {
        Against::LastEdit => "edit".to_owned(),
        Against::Pinned => "pin".to_owned(),
        Against::Set(set) => set.to_string(),
    };
    let mut options = vec![option("edit", "Before the last edit")];
    if props.pinned {
        options.push(option("pin", "The pinned prompt"));
    }
    let others = props.sets.iter().enumerate().filter(|(i, _)| *i != props.set);
    options
        .extend(others.map(|(i, name)| (i.to_string().into(), format!("Values: {name}").into())));
    html! {
        <label class="field"><span>{ "Compare with" }</span>
            <Choice {value} {options} {onchoose} />
        </label>
    }
}

fn nothing(against: Against) -> &'static str {
    match against {
        Against::LastEdit => "The last edit changed nothing in the prompt.",
        Against::Pinned => "The prompt is what it was when it was pinned.",
        Against::Set(_) => "The other values give the same prompt.",
    }
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
