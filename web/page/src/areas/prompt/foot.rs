//! The line below the prompt: its size, the share of each file, the source of the hovered part, and a
//! picture of its sections.

use super::super::on;
use super::super::outline::{title, used};
use super::super::prose::{counted, number, share, tokens};
use super::hue;
use crate::state::action::PromptAction;
use crate::state::composition::parts;
use crate::state::prompt::file_name;
use crate::state::{Action, Hovered, Outcome};
use rolewright_wire::{SegmentKind, Stats};
use yew::prelude::*;

/// Size, share of each file, the source of the hovered part, and a picture of the sections.
pub fn view(hovered: Option<&Hovered>, outcome: &Outcome, dispatch: &Callback<Action>) -> Html {
    let stats = &outcome.analysis.compiled.stats;
    let all = stats.tokens.estimate;
    let shares = stats.sources.iter().enumerate().filter(|(_, source)| source.tokens > 0);
    // The outline lists the same sections for the keyboard.
    let bars = stats.sections.iter().filter(|section| section.tokens > 0).flat_map(|section| {
        let what = format!("{}: {}, {}", title(section), tokens(section.tokens), share(section.tokens, all));
        parts(&outcome.page, section).into_iter().map(move |part| html! {
            <span class={hue(part.file)} style={format!("flex-grow:{}", part.tokens)} title={what.clone()}
                onclick={on(dispatch, Action::Prompt(PromptAction::Visit(part.start)))} />
        })
    });
    let bars: Vec<Html> = bars.collect();
    let line = match hovered {
        Some(hovered) => html! {
            <span class="origin">
                <strong>{ &hovered.origin.path }</strong>{ format!(", line {}", hovered.line) }
                { what(hovered.origin.kind) }
                if !hovered.origin.chain.is_empty() {
                    { " · via " }{ hovered.origin.chain.join(" → ") }
                }
            </span>
        },
        None => html! {
            <span class="origin meta sizes">
                { size(stats) }
                if shares.clone().count() > 1 {
                    { for shares.map(|(i, source)| html! {
                        <span class={classes!("legend", hue(i as u32))}>
                            { format!("{} {}", file_name(&source.path), share(source.tokens, all)) }
                        </span>
                    }) }
                }
            </span>
        },
    };
    html! {
        <div class="foot">
            { line }
            <span class="bars" style={format!("--parts:{}", bars.len())} aria-hidden="true">{ for bars }{ for rest(stats) }</span>
        </div>
    }
}

/// The words, the tokens, and the used part of the host's limit.
fn size(stats: &Stats) -> Html {
    let range = format!("{} to {}", number(stats.tokens.low), number(stats.tokens.high));
    let exact = format!("{}, {}", counted(stats.bytes, "byte"), counted(stats.lines, "line"));
    let limit = stats.limit.as_ref().map(|limit| {
        html! { <span class={(limit.used > limit.max).then_some("over")}>{ used(limit) }</span> }
    });
    html! {
        <>
            <span title={format!("Estimated token count: {range}. {exact}.")}>
                { format!("{} · {}", counted(stats.words, "word"), tokens(stats.tokens.estimate)) }
            </span>
            { for limit }
        </>
    }
}

/// The remaining space up to the host's limit, once the prompt is large enough to compare.
fn rest(stats: &Stats) -> Option<Html> {
    let limit = stats.limit.filter(|limit| limit.used * 5 > limit.max && limit.used < limit.max)?;
    let all = u64::from(stats.tokens.estimate);
    let tokens = all * u64::from(limit.max - limit.used) / u64::from(limit.used);
    Some(
        html! { <span class="rest" style={format!("flex-grow:{tokens}")} title="Space left within the host's limit" /> },
    )
}

fn what(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Literal => "",
        SegmentKind::Variable => " · variable value",
        SegmentKind::Unfilled => " · no value",
        SegmentKind::Shift => " · heading level shifted by the include",
        SegmentKind::Indent => " · indentation added by the include",
        SegmentKind::Blank => " · blank line added by the include",
        SegmentKind::Fence => " · code block added around the include",
        SegmentKind::Wrap => " · wrapper added around the include",
    }
}
