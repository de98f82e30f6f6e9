//! What the prompt is made of: its sections, each with its share and its file, and the files they come from.

use super::prompt::hue;
use super::prose::{counted, number, percent};
use super::{includes, on};
use crate::state::action::PromptAction;
use crate::state::{Action, Outcome, State};
use rolewright_wire::{SectionShare, Stats, Unit};
use yew::prelude::*;

/// The sections, then the files.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let Some(outcome) = &state.outcome else {
        return html! { <p class="empty">{ "The outline appears when the checker has loaded." }</p> };
    };
    let stats = &outcome.analysis.compiled.stats;
    let largest = stats.sections.iter().map(|section| section.tokens).max().unwrap_or(0);
    let rows = stats.sections.iter().filter(|section| section.tokens > 0);
    let top = rows.clone().map(|section| section.level).filter(|level| *level > 0).min();
    let top = top.unwrap_or(1);
    let rows = rows.map(|section| row(dispatch, outcome, section, (largest, top)));
    html! {
        <div class="outline">
            { for budget(stats) }
            <table>
                <caption class="aside">{ "Sections of the prompt" }</caption>
                <thead><tr>
                    <th scope="col">{ "Section" }</th><th scope="col" class="number">{ "~Tokens" }</th>
                    <th scope="col">{ "Share" }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
            { includes::view(outcome, dispatch) }
        </div>
    }
}

/// How much of the host's limit the prompt uses.
fn budget(stats: &Stats) -> Option<Html> {
    let limit = stats.limit.as_ref()?;
    let used = percent(limit.used, limit.max);
    let class = if limit.used > limit.max { "over" } else { "within" };
    Some(html! {
        <div class={classes!("budget", class)}>
            <p>
                <strong>{ format!("{used}%") }</strong>
                { format!(" of the host's limit: {} of {}", number(limit.used), counted(limit.max, unit(limit.unit))) }
            </p>
            <span class="bar-of" aria-hidden="true"><span style={format!("width:{}%", used.min(100))} /></span>
        </div>
    })
}

/// What a limit counts, in the singular.
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Characters => "character",
        Unit::Bytes => "byte",
        Unit::Lines => "line",
    }
}

fn row(
    dispatch: &Callback<Action>,
    outcome: &Outcome,
    section: &SectionShare,
    (largest, top): (u32, u8),
) -> Html {
    let stats = &outcome.analysis.compiled.stats;
    let start = section.prompt.0;
    let share = percent(section.tokens, stats.tokens.estimate);
    let width = percent(section.tokens, largest);
    let title =
        if section.title.is_empty() { "(Before the first heading)" } else { &section.title };
    html! {
        <tr key={start}>
            <th scope="row" style={format!("--depth:{}", section.level.saturating_sub(top))}>
                <button class="link" onclick={on(dispatch, Action::Prompt(PromptAction::Visit(start)))}>{ title.to_owned() }</button>
            </th>
            <td class="number">{ number(section.tokens) }</td>
            <td>
                <span class="bar-of"><span class={hue(file_of(outcome, start))} style={format!("width:{width}%")} /></span>
                <span class="number">{ format!("{share}%") }</span>
            </td>
        </tr>
    }
}

/// The index of the file that the prompt has at an offset.
pub fn file_of(outcome: &Outcome, at: u32) -> u32 {
    let page = &outcome.page;
    page.blocks.get(page.block_at(at)).map_or(0, |block| block.file)
}
