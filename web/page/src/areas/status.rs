//! The status bar: counts, place, size, what was checked and how fast, where the text is kept.

use super::icon::severity;
use super::prose::{milliseconds, number};
use super::{Answer, on};
use crate::state::{Action, Caret, Dock, Engine, Offline, Saved, Shared, problems};
use rolewright_messages::{Prompt, Severity};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub shown: Shared<Vec<rolewright_messages::Problem>>,
    pub outcome: Answer,
    pub engine: Engine,
    pub version: String,
    pub caret: Caret,
    pub saved: Saved,
    pub offline: Offline,
    pub stale: bool,
    pub dispatch: Callback<Action>,
}

/// The bar.
#[component]
pub fn StatusBar(props: &Props) -> Html {
    let [errors, warnings, infos] = problems::counts(&props.shown);
    let part = |s: Severity, n: usize, word: &str| {
        let word = problems::count(n, word).split_off(n.to_string().len());
        html! { <span class="tally">{ severity(s) }{ n }<span class="aside">{ word }</span></span> }
    };
    let caret = props.caret;
    html! {
        <footer class="status">
            <button onclick={on(&props.dispatch, Action::Dock(Dock::Problems))}>
                { part(Severity::Error, errors, "error") }{ part(Severity::Warning, warnings, "warning") }{ part(Severity::Info, infos, "info") }
            </button>
            <span class="wide">
                { format!("Ln {}, Col {}", caret.line, caret.column) }
                if caret.to > caret.from { { format!(" ({} selected)", caret.to - caret.from) } }
            </span>
            { for props.outcome.iter().map(|o| size(&o.analysis.prompt)) }
            { for props.outcome.iter().map(|o| html! {
                <span class="wide">{ format!("{} rules · {}", o.analysis.rules_run, milliseconds(o.analysis.check_ms)) }</span>
            }) }
            <span class="wide" data-checker={format!("{:?}", props.engine)}>{ engine(props) }</span>
            <span class="space" />
            <span>{ kept(props.saved) }</span>
            { network(props) }
        </footer>
    }
}

fn size(prompt: &Prompt) -> Html {
    let band = format!(
        "An estimate from the shapes of words: between {} and {} tokens. {} bytes, {} lines.",
        number(prompt.tokens_low),
        number(prompt.tokens_high),
        number(prompt.bytes),
        number(prompt.lines),
    );
    let spread = prompt.tokens_high.saturating_sub(prompt.tokens_low) / 2;
    let limit = prompt.limit.as_ref().map(|limit| {
        let class = if limit.used > limit.max { "over" } else { "" };
        html! {
            <span class={classes!("wide", class)}>
                { format!("{} of {} {}", number(limit.used), number(limit.max), limit.unit) }
            </span>
        }
    });
    html! {
        <>
        <span class="wide" title={band}>
            { format!("{} words · ~{} tokens ± {}", number(prompt.words), number(prompt.tokens), number(spread)) }
        </span>
        { for limit }
        </>
    }
}

fn engine(props: &Props) -> String {
    match props.engine {
        Engine::Loading => "Loading the checker…".into(),
        Engine::Ready if props.stale => "Checking…".into(),
        Engine::Ready => format!("v{}", props.version),
        Engine::Stopped => "Checker restarted".into(),
        Engine::Missing => "No checker".into(),
        Engine::Outdated => "Reload needed".into(),
    }
}

fn kept(saved: Saved) -> &'static str {
    match saved {
        Saved::Yes => "Saved",
        Saved::Pending => "Saving…",
        Saved::Full | Saved::Blocked => "Not saved",
        Saved::Elsewhere => "Open in another tab",
    }
}

fn network(props: &Props) -> Html {
    let Offline { ready, cut, update } = props.offline;
    if update {
        return html! {
            <button onclick={on(&props.dispatch, Action::Update)}>{ "Update ready · Reload" }</button>
        };
    }
    let text = match (ready, cut) {
        (_, true) => "Offline",
        (true, false) => "Ready offline ✓",
        (false, false) => "Online",
    };
    html! { <span>{ text }</span> }
}
