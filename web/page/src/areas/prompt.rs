//! The *Prompt* panel: shows the compiled prompt with the source file of each part in the margin, and
//! links every part to its source.

mod block;
mod chapter;
mod foot;

use super::icon::{Icon, icon};
use super::{Answer, on, role};
use crate::browser::{input, place};
use crate::state::action::{LookAction, PromptAction};
use crate::state::export::Export;
use crate::state::{Action, Engine, Hovered, Outcome, Shared};
use chapter::Chapters;
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
    let margin = outcome.page.blocks.iter().any(|b| b.label.is_some()).then_some("margin");
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
            <Chapters outcome={outcome.clone()} highlighted={props.highlighted.clone()} hovered={props.hovered.clone()} raw={props.mono} />
            if empty { <p class="empty">{ why_empty(props) }</p> }
        </div>
        if !empty { { foot::view(props.hovered.as_ref(), outcome, &props.dispatch) } }
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

fn why_empty(props: &Props) -> &'static str {
    let unchecked = |o: &Shared<Outcome>| o.analysis.report.stats.rules_run == 0;
    match props.outcome.as_ref().is_some_and(unchecked) {
        true => "No prompt: the file was not checked.",
        false => "The prompt is empty. This role has no body yet.",
    }
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

/// The CSS class for a file: six hues in turn, and none for the main file.
pub fn hue(file: u32) -> &'static str {
    const HUES: [&str; 6] = ["hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6"];
    match file.checked_sub(1) {
        None => "hue-0",
        Some(n) => HUES.get(n as usize % HUES.len()).copied().unwrap_or("hue-0"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_go_round_and_the_entry_has_none() {
        assert_eq!((hue(0), hue(1), hue(6), hue(7)), ("hue-0", "hue-1", "hue-6", "hue-1"));
    }
}
