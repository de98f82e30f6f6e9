//! The *Prompt* panel: shows the compiled prompt with the source file of each part in the margin, and
//! links every part to its source.

use super::icon::{Icon, icon};
use super::prose::{counted, percent};
use super::{Answer, on};
use crate::browser::{input, place};
use crate::state::export::Export;
use crate::state::prompt::{Block, Piece, file_name};
use crate::state::{Action, Engine, Hovered, Shared, utf16};
use rolewright_wire::{SegmentKind, Stats};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub outcome: Answer,
    pub highlighted: Shared<Vec<(u32, u32)>>,
    pub hovered: Option<Hovered>,
    pub mono: bool,
    pub stale: bool,
    pub engine: Engine,
    pub dispatch: Callback<Action>,
}

/// The prompt.
#[component]
pub fn PromptPanel(props: &Props) -> Html {
    let Some(outcome) = &props.outcome else {
        let text = match props.engine {
            Engine::Missing => "No prompt: the checker could not be loaded.",
            Engine::Outdated => "No prompt: reload the page.",
            _ => "The prompt appears once the checker has loaded.",
        };
        return html! { <p class="empty">{ text }</p> };
    };
    let page = &outcome.page;
    let blocks = page.blocks.iter().zip(&page.starts).enumerate().map(|(index, (block, start))| {
        let end = start + block.len;
        let inside = |(from, to): &(u32, u32)| {
            let (from, to) = (*from.max(start), *to.min(&end));
            (from < to).then(|| (from - start, to - start))
        };
        let highlighted: Vec<(u32, u32)> = props.highlighted.iter().filter_map(inside).collect();
        let at = props.hovered.as_ref().map(|p| p.at).filter(|at| start <= at && *at < end);
        let hovered = at.map(|at| at - start);
        html! { <BlockView key={index} {index} block={Rc::clone(block)} {highlighted} {hovered} /> }
    });
    let compiled = &outcome.analysis.compiled;
    let place_of = |outcome: &Answer, at: Option<place::InBlock>| {
        let (block, offset) = at?;
        Some(outcome.as_ref()?.page.starts.get(block)? + offset)
    };
    let shown = props.outcome.clone();
    let onmousemove = props
        .dispatch
        .reform(move |event: MouseEvent| Action::Hover(place_of(&shown, place::hovered(&event))));
    let (shown, dispatch) = (props.outcome.clone(), props.dispatch.clone());
    let onclick = Callback::from(move |event: MouseEvent| {
        if let Some(at) = place_of(&shown, place::clicked(&event)) {
            dispatch.emit(Action::Source(at));
        }
    });
    let margin = page.blocks.iter().any(|b| b.label.is_some()).then_some("margin");
    let empty = compiled.prompt.trim().is_empty();
    html! {
        <>
        { tools(props) }
        <div class={classes!("paper", props.mono.then_some("mono"), props.stale.then_some("stale"), margin)}
            id="prompt" tabindex="0" role="group" aria-label="Compiled prompt"
            aria-describedby="prompt-hint" onkeydown={keys(&props.dispatch)} {onmousemove} {onclick}
            onmouseleave={on(&props.dispatch, Action::Hover(None))}>
            <span id="prompt-hint" class="aside">
                { "Use the arrow keys to move between parts, Enter to go to the source and Escape to return to the editor." }
            </span>
            { for blocks }
            if empty { <p class="empty">{ "The prompt is empty. This role has no body yet." }</p> }
        </div>
        { foot(props, &compiled.stats) }
        </>
    }
}

fn keys(dispatch: &Callback<Action>) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "a" if event.ctrl_key() || event.meta_key() => {
                input::take(&event);
                return place::select_all("prompt");
            }
            _ if event.ctrl_key() || event.meta_key() => return,
            "ArrowDown" => Action::StepPrompt(1, 0),
            "ArrowUp" => Action::StepPrompt(-1, 0),
            "ArrowRight" => Action::StepPrompt(0, 1),
            "ArrowLeft" => Action::StepPrompt(0, -1),
            "Enter" => Action::HoveredSource,
            "Escape" => Action::ToEditor,
            _ => return,
        };
        input::take(&event);
        dispatch.emit(action);
    })
}

fn tools(props: &Props) -> Html {
    let view = if props.mono { "Document" } else { "Raw" };
    html! {
        <div class="tools">
            <button class="quiet" onclick={on(&props.dispatch, Action::Export(Export::Prompt))}>
                { icon(Icon::Copy) }{ "Copy prompt" }
            </button>
            <button class="quiet" onclick={on(&props.dispatch, Action::Mono)}>{ view }</button>
            if props.stale {
                <span class="meta">
                    { if props.engine == Engine::Ready { "Checking…" } else { "Compiled from an earlier version of the text" } }
                </span>
            }
        </div>
    }
}

/// Size, share of each file, and the source of the hovered part.
fn foot(props: &Props, stats: &Stats) -> Html {
    let all: u32 = stats.sources.iter().map(|s| s.bytes).sum::<u32>().max(1);
    let shares = stats.sources.iter().enumerate().filter(|(_, share)| share.bytes > 0);
    let bars = shares.clone().map(|(i, share)| {
        let percent = percent(share.bytes, all);
        html! {
            <span class={hue(i as u32)} style={format!("flex-grow:{}", share.bytes)}
                title={format!("{}: {percent}%", share.path)} />
        }
    });
    let line = match &props.hovered {
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
            <span class="origin meta">
                { format!("{} · ~{}", counted(stats.words, "word"), counted(stats.tokens.estimate, "token")) }
                if shares.clone().count() > 1 {
                    { " · " }{ for shares.map(|(i, share)| html! {
                        <span class={classes!("legend", hue(i as u32))}>
                            { format!("{} {}%", file_name(&share.path), percent(share.bytes, all)) }
                        </span>
                    }) }
                }
            </span>
        },
    };
    html! {
        <div class="foot">
            { line }
            <span class="bars" aria-hidden="true">{ for bars }</span>
        </div>
    }
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

/// The CSS class for a file: six hues in turn, and none for the main file.
pub fn hue(file: u32) -> &'static str {
    const HUES: [&str; 6] = ["hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6"];
    match file.checked_sub(1) {
        None => "hue-0",
        Some(n) => HUES.get(n as usize % HUES.len()).copied().unwrap_or("hue-0"),
    }
}

#[derive(Properties, PartialEq)]
struct BlockProps {
    index: usize,
    block: Rc<Block>,
    highlighted: Vec<(u32, u32)>,
    hovered: Option<u32>,
}

/// One block; it is rendered again only if its text or highlights change.
#[component]
fn BlockView(props: &BlockProps) -> Html {
    let block = &props.block;
    let pieces = block.pieces.iter().map(|piece| {
        let end = piece.start + utf16::len(&piece.text);
        let here = props.hovered.is_some_and(|at| piece.start <= at && at < end);
        let cuts = cut(piece, end, &props.highlighted);
        let class = classes!(
            "piece",
            kind(piece.kind),
            (has_text(piece.kind) && piece.file != block.file)
                .then(|| classes!("foreign", hue(piece.file))),
            here.then_some("here"),
        );
        html! {
            <span {class} data-block={props.index.to_string()} data-start={piece.start.to_string()}>
                { for cuts.into_iter().map(|(start, text, highlighted)| if highlighted {
                    html! { <span class="highlighted" data-block={props.index.to_string()}
                        data-start={start.to_string()}>{ text }</span> }
                } else {
                    html! { <span data-block={props.index.to_string()}
                        data-start={start.to_string()}>{ text }</span> }
                }) }
            </span>
        }
    });
    html! {
        <div class={classes!("block", hue(block.file))} data-block={props.index.to_string()}>
            if let Some(label) = &block.label { <span class="label">{ label }</span> }
            <div class="text">{ for pieces }</div>
        </div>
    }
}

fn kind(kind: SegmentKind) -> Option<&'static str> {
    match kind {
        SegmentKind::Variable => Some("variable"),
        SegmentKind::Unfilled => Some("unfilled"),
        SegmentKind::Literal => None,
        _ => Some("made"),
    }
}

/// Whether a piece is from a file rather than generated by the compiler.
fn has_text(kind: SegmentKind) -> bool {
    matches!(kind, SegmentKind::Literal | SegmentKind::Variable | SegmentKind::Unfilled)
}

/// Splits a piece at the edges of the highlights: start in the block, text, whether it is highlighted.
fn cut(piece: &Piece, end: u32, highlighted: &[(u32, u32)]) -> Vec<(u32, String, bool)> {
    let mut cuts = Vec::new();
    let mut at = piece.start;
    let mut push = |from: u32, to: u32, highlighted: bool| {
        if from < to {
            let text = utf16::slice(&piece.text, from - piece.start, to - piece.start);
            cuts.push((from, text.to_owned(), highlighted));
        }
    };
    for &(from, to) in highlighted {
        let (from, to) = (from.clamp(at, end), to.clamp(at, end));
        push(at, from, false);
        push(from, to, true);
        at = to;
    }
    push(at, end, false);
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_highlight_splits_a_piece_and_keeps_its_text() {
        let piece =
            Piece { start: 4, text: "a🙂bcd".into(), file: 0, kind: SegmentKind::Literal };
        let cuts = cut(&piece, 10, &[(0, 5), (7, 9)]);
        let texts: Vec<(u32, &str, bool)> =
            cuts.iter().map(|(at, text, highlighted)| (*at, text.as_str(), *highlighted)).collect();
        assert_eq!(texts, [(4, "a", true), (5, "🙂", false), (7, "bc", true), (9, "d", false)]);
    }

    #[test]
    fn hues_go_round_and_the_entry_has_none() {
        assert_eq!((hue(0), hue(1), hue(6), hue(7)), ("hue-0", "hue-1", "hue-6", "hue-1"));
    }
}
