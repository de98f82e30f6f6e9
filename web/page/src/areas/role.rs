//! Selects one of the roles in a file that contains several, since the page shows only one.

use super::choice::{Choice, Choosable};
use crate::state::action::PromptAction;
use crate::state::{Action, Outcome};
use yew::prelude::*;

/// The selector; nothing if there is only one role.
pub fn view(outcome: &Outcome, dispatch: &Callback<Action>) -> Html {
    let roles = &outcome.analysis.roles;
    if roles.is_empty() {
        return Html::default();
    }
    let shown = (outcome.request.project.role as usize).min(roles.len() - 1);
    let options = roles.iter().enumerate();
    let options: Vec<Choosable> = options
        .map(|(at, name)| {
            (at.to_string().into(), format!("{name} ({} of {})", at + 1, roles.len()).into())
        })
        .collect();
    let onchoose = dispatch.reform(|value: String| {
        Action::Prompt(PromptAction::Role(value.parse().unwrap_or_default()))
    });
    html! { <Choice value={shown.to_string()} {options} name="Role of this file" {onchoose} /> }
}
