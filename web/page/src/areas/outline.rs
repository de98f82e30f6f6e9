//! Shows the composition of the prompt: its sections, each with its share and its file, and the
//! source files.

use super::prompt::hue;
use super::prose::{counted, number, percent, share};
use super::{includes, on, prose};
use crate::state::action::PromptAction;
use crate::state::composition::{Part, parts};
use crate::state::{Action, Outcome, Shared, State};
use rolewright_wire::{Limit, SectionShare, Stats, Unit};
use yew::prelude::*;

/// The sections, then the files.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    let Some(outcome) = &state.outcome else {
        return html! { <p class="empty">{ "The outline appears when the checker has loaded." }</p> };
    };
    let stats = &outcome.analysis.compiled.stats;
    let rows = sections(outcome).into_iter().map(|section| row(dispatch, outcome, &section));
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

#[derive(Properties, PartialEq)]
pub struct ContentsProps {
    pub outcome: Shared<Outcome>,
    pub dispatch: Callback<Action>,
}

/// The sections below the list of files, if a wide screen has room for them; a component, so that
/// typing does not render it again.
#[component]
pub fn Contents(props: &ContentsProps) -> Html {
    let (outcome, dispatch) = (&props.outcome, &props.dispatch);
    let sections = sections(outcome);
    if sections.len() < 2 {
        return Html::default();
    }
    let rows = sections.into_iter().map(|section| {
        let Section { index, share, depth } = section;
        let (title, tokens) = (title(share).to_owned(), share.tokens);
        let bar = bar(outcome, share);
        // Without a key: an edit may move all later sections, and new keys would rebuild their rows.
        html! { <ContentsRow {index} {title} {depth} {tokens} {bar} {dispatch} /> }
    });
    html! {
        <section class="contents" aria-labelledby="contents-title">
            <h2 id="contents-title">{ "Outline" }<span class="meta">{ "~tokens" }</span></h2>
            <ul>{ for rows }</ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ContentsRowProps {
    index: usize,
    title: String,
    depth: u8,
    tokens: u32,
    bar: Vec<(&'static str, u64)>,
    dispatch: Callback<Action>,
}

/// A section of the prompt. It knows its number instead of its place, which every edit before it
/// moves.
#[component]
fn ContentsRow(props: &ContentsRowProps) -> Html {
    let ContentsRowProps { index, title, depth, tokens, bar, dispatch } = props;
    html! {
        <li style={format!("--depth:{depth}")}>
            <button title={format!("{title}: {}", prose::tokens(*tokens))}
                onclick={on(dispatch, Action::Prompt(PromptAction::VisitSection(*index)))}>
                <span class="title">{ title }</span>
                <span class="number">{ number(*tokens) }</span>
                <span class="bar-of" aria-hidden="true">{ spans(bar) }</span>
            </button>
        </li>
    }
}

/// A section as listed.
struct Section<'o> {
    /// Its number among all sections of the prompt.
    index: usize,
    share: &'o SectionShare,
    /// How far it is indented.
    depth: u8,
}

/// The sections that have text.
fn sections(outcome: &Outcome) -> Vec<Section<'_>> {
    let stats = &outcome.analysis.compiled.stats;
    let all = stats.sections.iter().enumerate().filter(|(_, section)| section.tokens > 0);
    let top = all.clone().map(|(_, section)| section.level).filter(|level| *level > 0).min();
    let depth = |share: &SectionShare| share.level.saturating_sub(top.unwrap_or(1));
    all.map(|(index, share)| Section { index, share, depth: depth(share) }).collect()
}

/// The title of a section for display.
pub fn title(section: &SectionShare) -> &str {
    match section.title.as_str() {
        "" => "(Before the first heading)",
        title => title,
    }
}

/// The bar of a section: the color and the width, in hundredths of a percent of the prompt, of each
/// part.
fn bar(outcome: &Outcome, section: &SectionShare) -> Vec<(&'static str, u64)> {
    let all = outcome.analysis.compiled.stats.tokens.estimate;
    let width = |part: &Part| percent(part.tokens * 100, all);
    parts(&outcome.page, section).iter().map(|part| (hue(part.file), width(part))).collect()
}

fn spans(bar: &[(&'static str, u64)]) -> Html {
    let span = |(hue, width): &(&'static str, u64)| {
        html! { <span class={*hue} style={format!("width:calc({width}% / 100)")} /> }
    };
    bar.iter().map(span).collect()
}

/// How much of the host's limit the prompt uses.
fn budget(stats: &Stats) -> Option<Html> {
    let limit = stats.limit.as_ref()?;
    let share = percent(limit.used, limit.max);
    let class = if limit.used > limit.max { "over" } else { "within" };
    Some(html! {
        <div class={classes!("budget", class)}>
            <p>
                { "Uses " }<strong>{ limit.share() }</strong>
                { format!(" of the host's limit: {}", used(limit)) }
            </p>
            <span class="bar-of" aria-hidden="true"><span style={format!("width:{}%", share.min(100))} /></span>
        </div>
    })
}

/// The used part of a limit: "618 bytes of 1 MiB", "15,024 of 30,000 characters".
pub fn used(limit: &Limit) -> String {
    const MIB: u32 = 1024 * 1024;
    let unit = match limit.unit {
        Unit::Characters => "character",
        Unit::Bytes if limit.max.is_multiple_of(MIB) => {
            return format!("{} of {} MiB", counted(limit.used, "byte"), limit.max / MIB);
        }
        Unit::Bytes => "byte",
        Unit::Lines => "line",
    };
    format!("{} of {}", number(limit.used), counted(limit.max, unit))
}

fn row(dispatch: &Callback<Action>, outcome: &Outcome, section: &Section<'_>) -> Html {
    let Section { share: section, depth, .. } = *section;
    let (start, tokens) = (section.prompt.0, section.tokens);
    html! {
        <tr>
            <th scope="row" style={format!("--depth:{depth}")}>
                <button class="link" onclick={on(dispatch, Action::Prompt(PromptAction::Visit(start)))}>{ title(section).to_owned() }</button>
            </th>
            <td class="number">{ number(tokens) }</td>
            <td>
                <span class="bar-of">{ spans(&bar(outcome, section)) }</span>
                <span class="number">{ share(tokens, outcome.analysis.compiled.stats.tokens.estimate) }</span>
            </td>
        </tr>
    }
}
