//! The *Prompt* panel: shows the compiled prompt with the source file of each part in the margin, and
//! links every part to its source.

use super::icon::{Icon, icon};
use super::outline::{file_of, unit};
use super::prose::{counted, number, percent};
use super::{Answer, on, role, whitespace};
use crate::browser::{input, place};
use crate::state::action::{LookAction, PromptAction};
use crate::state::export::Export;
use crate::state::prompt::{Block, Piece, file_name};
use crate::state::{Action, Engine, Hovered, Outcome, Shared, utf16};
use rolewright_messages::Styled;
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
        let include = props.hovered.as_ref().and_then(|p| p.include);
        let lit = include.is_some_and(|(from, to)| from < end && *start < to);
        html! { <BlockView key={index} {index} block={Rc::clone(block)} {highlighted} {hovered} {lit} raw={props.mono} /> }
    });
    let place_of = |outcome: &Answer, at: Option<place::InBlock>| {
        let (block, offset) = at?;
        Some(outcome.as_ref()?.page.starts.get(block)? + offset)
    };
    let shown = props.outcome.clone();
    let onmousemove = props.dispatch.reform(move |event: MouseEvent| {
        Action::Prompt(PromptAction::Hover(place_of(&shown, place::hovered(&event))))
    });
    let (shown, dispatch) = (props.outcome.clone(), props.dispatch.clone());
    let onclick = Callback::from(move |event: MouseEvent| {
        if let Some(at) = place_of(&shown, place::clicked(&event)) {
            dispatch.emit(Action::Prompt(PromptAction::Source(at)));
        }
    });
    let (shown, dispatch) = (props.outcome.clone(), props.dispatch.clone());
    let onscroll = Callback::from(move |_: Event| {
        if let Some(at) = place_of(&shown, place::top_of_prompt()) {
            dispatch.emit(Action::Prompt(PromptAction::Scrolled(at)));
        }
    });
    let margin = page.blocks.iter().any(|b| b.label.is_some()).then_some("margin");
    let empty = is_empty(props);
    html! {
        <>
        { tools(props) }
        <div class={classes!("paper", props.mono.then_some("mono"), props.stale.then_some("stale"), margin)}
            id="prompt" tabindex="0" role="group" aria-label="Compiled prompt"
            aria-describedby="prompt-hint" onkeydown={keys(&props.dispatch)} {onmousemove} {onclick} {onscroll}
            onmouseleave={on(&props.dispatch, Action::Prompt(PromptAction::Hover(None)))}>
            <span id="prompt-hint" class="aside">
                { "Use the arrow keys to move between parts, Enter to go to the source and Escape to return to the editor." }
            </span>
            { for blocks }
            if empty { <p class="empty">{ "The prompt is empty. This role has no body yet." }</p> }
        </div>
        if !empty { { foot(props, outcome) } }
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
            "ArrowDown" => Action::Prompt(PromptAction::Step(1, 0)),
            "ArrowUp" => Action::Prompt(PromptAction::Step(-1, 0)),
            "ArrowRight" => Action::Prompt(PromptAction::Step(0, 1)),
            "ArrowLeft" => Action::Prompt(PromptAction::Step(0, -1)),
            "Enter" => Action::Prompt(PromptAction::HoveredSource),
            "Escape" => Action::ToEditor,
            _ => return,
        };
        input::take(&event);
        dispatch.emit(action);
    })
}

/// Whether nothing can be copied or measured.
fn is_empty(props: &Props) -> bool {
    props.outcome.as_ref().is_none_or(|o| o.analysis.compiled.prompt.trim().is_empty())
}

fn tools(props: &Props) -> Html {
    let face = |raw: bool, words: &'static str| {
        let pressed = props.mono == raw;
        html! {
            <button aria-pressed={pressed.to_string()} onclick={on(&props.dispatch, Action::Look(LookAction::Raw(raw)))}>{ words }</button>
        }
    };
    html! {
        <div class="tools">
            <span class="faces" role="group" aria-label="Show the prompt as">
                { face(false, "Document") }{ face(true, "Raw") }
            </span>
            { for props.outcome.iter().map(|outcome| role::view(outcome, &props.dispatch)) }
            if props.stale {
                <span class="meta">
                    { if props.engine == Engine::Ready { "Checking…" } else { "Compiled from an earlier version of the text" } }
                </span>
            }
            <span class="space" />
            <button class="primary" disabled={is_empty(props)} onclick={on(&props.dispatch, Action::Export(Export::Prompt))}>
                { icon(Icon::Copy) }{ "Copy prompt" }
            </button>
        </div>
    }
}

/// Size, share of each file, the source of the hovered part, and a picture of the sections.
fn foot(props: &Props, outcome: &Outcome) -> Html {
    let stats = &outcome.analysis.compiled.stats;
    let all: u32 = stats.sources.iter().map(|s| s.bytes).sum::<u32>().max(1);
    let shares = stats.sources.iter().enumerate().filter(|(_, share)| share.bytes > 0);
    // The outline lists the same sections for the keyboard.
    let bars = stats.sections.iter().filter(|section| section.bytes > 0).map(|section| {
        let (start, share) = (section.prompt.0, percent(section.tokens, stats.tokens.estimate));
        let title = if section.title.is_empty() { "Introduction" } else { &section.title };
        html! {
            <span class={hue(file_of(outcome, start))} style={format!("flex-grow:{}", section.bytes)}
                title={format!("{title}: ~{}, {share}%", counted(section.tokens, "token"))}
                onclick={on(&props.dispatch, Action::Prompt(PromptAction::Visit(start)))} />
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
                { size(stats) }
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
            <span class="bars" aria-hidden="true">{ for bars }{ for rest(stats) }</span>
        </div>
    }
}

/// The words, the tokens, and the used part of the host's limit.
fn size(stats: &Stats) -> Html {
    let tokens = stats.tokens;
    let spread = tokens.high.saturating_sub(tokens.low) / 2;
    let range = format!("{} to {}", number(tokens.low), number(tokens.high));
    let exact = format!("{}, {}", counted(stats.bytes, "byte"), counted(stats.lines, "line"));
    let limit = stats.limit.as_ref().map(|limit| {
        let words = format!("{} of {}", number(limit.used), counted(limit.max, unit(limit.unit)));
        html! { <>{ " · " }<span class={(limit.used > limit.max).then_some("over")}>{ words }</span></> }
    });
    html! {
        <>
            <span title={format!("Estimated token count: {range}. {exact}.")}>
                { format!("{} · ~{} ± {}", counted(stats.words, "word"), counted(tokens.estimate, "token"), number(spread)) }
            </span>
            { for limit }
        </>
    }
}

/// The remaining space up to the host's limit, once the prompt is large enough to compare.
fn rest(stats: &Stats) -> Option<Html> {
    let limit = stats.limit.filter(|limit| limit.used * 5 > limit.max && limit.used < limit.max)?;
    let bytes = u64::from(stats.bytes) * u64::from(limit.max - limit.used) / u64::from(limit.used);
    Some(
        html! { <span class="rest" style={format!("flex-grow:{bytes}")} title="Space left within the host's limit" /> },
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
    /// Whether the include that it belongs to is hovered.
    lit: bool,
    /// Whether it is shown without styles.
    raw: bool,
}

/// One block; rendered again only if its text or highlights change.
#[component]
fn BlockView(props: &BlockProps) -> Html {
    let block = &props.block;
    let items = if props.raw { &[][..] } else { &block.items };
    let (mut at, mut lines) = (0, Vec::new());
    for item in items {
        lines.push(pieces(props, at, item.start));
        let lead = item.text - item.start;
        lines.push(html! {
            <span class="item" style={format!("--lead:{lead}")}>
                <span class="lead">{ pieces(props, item.start, item.text) }</span>
                { pieces(props, item.text, item.end) }
            </span>
        });
        at = item.end;
    }
    lines.push(pieces(props, at, block.len));
    html! {
        <div class={classes!("block", hue(block.file), props.lit.then_some("lit"))} data-block={props.index.to_string()}>
            if let Some(label) = &block.label { <span class="label">{ label }</span> }
            <div class="text">{ for lines }</div>
        </div>
    }
}

/// The content between two offsets of a block.
fn pieces(props: &BlockProps, from: u32, to: u32) -> Html {
    let (block, raw) = (&props.block, props.raw);
    let first = block.pieces.partition_point(|piece| piece.start <= from).saturating_sub(1);
    let inside = block.pieces.iter().skip(first).take_while(|piece| piece.start < to);
    let pieces = inside.map(|piece| {
        let end = piece.start + utf16::len(&piece.text);
        let here = props.hovered.is_some_and(|at| piece.start <= at && at < end);
        let styles = if raw { &[][..] } else { &block.styles };
        let start = piece.start.max(from);
        let parts = parts(piece, (start, end.min(to)), styles, &props.highlighted);
        let class = classes!(
            "piece",
            kind(piece.kind),
            (has_text(piece.kind) && piece.file != block.file)
                .then(|| classes!("foreign", hue(piece.file))),
            here.then_some("here"),
        );
        html! {
            <span {class} data-block={props.index.to_string()} data-start={start.to_string()}>
                { for parts.into_iter().map(|part| part.view(props.index, raw)) }
            </span>
        }
    });
    pieces.collect()
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

/// Text of a piece with one look.
struct Part<'p> {
    /// Start in the block.
    start: u32,
    text: &'p str,
    style: Styled,
    highlighted: bool,
}

impl Part<'_> {
    fn view(&self, block: usize, raw: bool) -> Html {
        let Styled { heading, mark, block: columns, code, strong, emphasis, .. } = self.style;
        let class = classes!(
            self.highlighted.then_some("highlighted"),
            HEADINGS.get(usize::from(heading)).copied(),
            mark.then_some("mark"),
            columns.then_some("columns"),
            code.then_some("code"),
            strong.then_some("strong"),
            emphasis.then_some("emphasis"),
        );
        let level = (heading > 0 && !mark).then(|| heading.to_string());
        html! {
            <span {class} role={level.is_some().then_some("heading")} aria-level={level}
                data-block={block.to_string()} data-start={self.start.to_string()}>
                if raw {
                    { for whitespace::split(self.text).into_iter().map(|(text, class)| match class {
                        "" => html! { { text.to_owned() } },
                        _ => html! { <span {class}>{ text.to_owned() }</span> },
                    }) }
                } else {
                    { self.text.to_owned() }
                }
            </span>
        }
    }
}

/// The CSS classes of headings by their level.
const HEADINGS: [&str; 7] = ["", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Splits a part of a piece where its style changes. `styles` and `highlighted` are disjoint and
/// ascending.
fn parts<'p>(
    piece: &'p Piece,
    (mut start, end): (u32, u32),
    styles: &[Styled],
    highlighted: &[(u32, u32)],
) -> Vec<Part<'p>> {
    let mut parts = Vec::new();
    while start < end {
        let style = styles.get(styles.partition_point(|style| style.end <= start));
        let light = highlighted.get(highlighted.partition_point(|(_, to)| *to <= start));
        let edges = [style.map(|s| (s.start, s.end)), light.copied()].into_iter().flatten();
        let next = edges.map(|(from, to)| if start < from { from } else { to });
        let to = next.min().unwrap_or(end).min(end);
        parts.push(Part {
            start,
            text: utf16::slice(&piece.text, start - piece.start, to - piece.start),
            style: style.filter(|style| style.start <= start).copied().unwrap_or_default(),
            highlighted: light.is_some_and(|(from, _)| *from <= start),
        });
        start = to;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_split_where_its_look_changes_and_keeps_its_text() {
        let piece =
            Piece { start: 4, text: "a🙂bcd".into(), file: 0, kind: SegmentKind::Literal };
        let style = Styled { start: 7, end: 9, strong: true, ..Styled::default() };
        let parts = parts(&piece, (4, 10), &[style], &[(0, 5), (8, 10)]);
        let shown: Vec<(u32, &str, bool, bool)> =
            parts.iter().map(|p| (p.start, p.text, p.style.strong, p.highlighted)).collect();
        assert_eq!(
            shown,
            [
                (4, "a", false, true),
                (5, "🙂", false, false),
                (7, "b", true, false),
                (8, "c", true, true),
                (9, "d", false, true),
            ]
        );
    }

    #[test]
    fn hues_go_round_and_the_entry_has_none() {
        assert_eq!((hue(0), hue(1), hue(6), hue(7)), ("hue-0", "hue-1", "hue-6", "hue-1"));
    }
}
