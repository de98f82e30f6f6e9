//! The list of problems, which the arrow keys, Enter, `.` (fix) and Escape (back to the editor) operate;
//! an empty list always says why it is empty.

use super::icon::{self, severity};
use super::prose::{milliseconds, prose};
use super::rule;
use super::{Answer, on};
use crate::browser::input;
use crate::state::docs::Docs;
use crate::state::export::Export;
use crate::state::prompt::file_name;
use crate::state::{Action, Dock, Engine, Shared, problems};
use rolewright_wire::{Applicability, Diagnostic};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub shown: Shared<Vec<Diagnostic>>,
    pub outcome: Answer,
    pub engine: Engine,
    pub docs: Shared<Docs>,
    pub stale: bool,
    pub cursor: usize,
    pub why: Option<usize>,
    /// For each problem, the missing file that can be created.
    pub missing: Vec<Option<String>>,
    pub dispatch: Callback<Action>,
}

/// The list with the status line above it.
#[component]
pub fn Problems(props: &Props) -> Html {
    let rows = props.shown.iter().enumerate().map(|(index, problem)| row(props, index, problem));
    html! {
        <div class="problems">
            { state_line(props) }
            <ol aria-label="Problems" class={props.stale.then_some("stale")}>{ for rows }</ol>
            { for skipped(props) }
        </div>
    }
}

/// The state of the checker, which the list alone does not show.
fn state_line(props: &Props) -> Html {
    let again = |words: &'static str| {
        html! { <button onclick={on(&props.dispatch, Action::Retry)}>{ words }</button> }
    };
    match (&props.engine, &props.outcome) {
        (Engine::Outdated, _) => html! {
            <p class="note">{ "A new version is available. Reload the page; your work is saved. " }
                <button onclick={on(&props.dispatch, Action::Reload)}>{ "Reload" }</button></p>
        },
        (Engine::Missing, _) => html! {
            <p class="note">{ "The checker could not be loaded. Your work is safe. " }{ again("Try again") }</p>
        },
        (Engine::Stopped(why), _) => html! {
            <p class="note">{ "The checker crashed on this text and was restarted. " }
                if !why.is_empty() { <code>{ why }</code> }
                { again("Check again") }
                <button onclick={on(&props.dispatch, Action::Export(Export::Report))}>{ "Copy bug report" }</button></p>
        },
        (Engine::Loading, None) => html! {
            <p class="note">{ "Loading the checker… You can start typing." }</p>
        },
        (_, Some(outcome)) if props.shown.is_empty() => {
            let analysis = &outcome.analysis;
            let ms = milliseconds(analysis.check_ms);
            let stats = &analysis.report.stats;
            let all = if stats.rules_off == 0 {
                html! { { format!("No problems. {} rules checked in {ms}.", stats.rules_run) } }
            } else {
                html! {
                    <>
                    { format!("No problems. {} rules checked in {ms}; ", stats.rules_run) }
                    <button class="link" onclick={on(&props.dispatch, Action::Dock(Dock::Rules))}>
                        { format!("{} are off", stats.rules_off) }
                    </button>
                    </>
                }
            };
            html! { <p class="note ok">{ icon::icon(icon::Icon::Tick) }{ all }</p> }
        }
        _ if props.stale => html! { <p class="note">{ "Checking…" }</p> },
        _ => Html::default(),
    }
}

fn skipped(props: &Props) -> Vec<Html> {
    let skipped =
        props.outcome.as_ref().map(|o| o.analysis.report.skipped.as_slice()).unwrap_or_default();
    skipped.iter().map(|text| html! { <p class="note">{ prose(text) }</p> }).collect()
}

fn row(props: &Props, index: usize, problem: &Diagnostic) -> Html {
    let dispatch = &props.dispatch;
    let current = index == props.cursor;
    let open = props.why == Some(index);
    let tabindex = if current { "0" } else { "-1" };
    let start = problem.range.start;
    let place = format!("{}:{}:{}", file_name(&problem.path), start.line, start.column);
    let is_unsafe =
        problem.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Unsafe);
    let create = props.missing.get(index).cloned().flatten();
    html! {
        <li key={index} class={classes!("problem", icon::class(problem.severity))}
            data-current={current.to_string()} id={open.then_some("why")} onkeydown={keys(props, index)}>
            <button class="go" id={format!("problem-{index}")} {tabindex}
                onfocus={dispatch.reform(move |_| Action::Cursor(index))}
                onclick={on(dispatch, Action::GoTo(index))}>
                { severity(problem.severity) }
                <span class="word">{ problems::word(problem.severity) }</span>{ " " }
                <span class="message">{ prose(&problem.message) }</span>
            </button>
            <span class="remedies" id={format!("remedies-{index}")}>
                <span class="place">{ place }</span>
                <span class="rule-name">{ &problem.rule }</span>
                if let Some(reason) = problem.reason.as_ref().filter(|_| !open) {
                    <span class="reason">{ prose(reason) }</span>
                }
                if let Some(fix) = &problem.fix {
                    <button {tabindex} class={is_unsafe.then_some("unsafe")}
                        title={if is_unsafe { "Unsafe: may change the meaning; review the result" } else { "Safe: does not change the meaning" }}
                        onclick={on(dispatch, Action::Fix(index))}>
                        { "Fix: " }{ prose(&fix.title) }
                    </button>
                }
                if let Some(path) = create {
                    <button {tabindex} onclick={on(dispatch, Action::Create(path.clone()))}>
                        { format!("Create {path}") }
                    </button>
                }
                <button class="quiet" {tabindex} aria-expanded={open.to_string()}
                    aria-label={format!("Why: {}", problem.rule)}
                    onclick={on(dispatch, Action::Why(index))}>{ "Why" }</button>
            </span>
            if open {
                <div class="why">
                    { for problem.reason.iter().map(|text| html! { <p>{ prose(text) }</p> }) }
                    { for problem.help.iter().map(|text| html! { <p><strong>{ "Help: " }</strong>{ prose(text) }</p> }) }
                    if is_unsafe {
                        <p>{ "The fix is unsafe: it may change the meaning. Review the result." }</p>
                    }
                    { for problem.labels.iter().map(|label| {
                        let to = Action::reveal(&label.path, label.range);
                        html! { <p>
                            <button class="link" onclick={on(dispatch, to)}>{ format!("{}:{}", file_name(&label.path), label.range.start.line) }</button>
                            { " " }{ prose(&label.message) }
                        </p> }
                    }) }
                    { rule::view(&problem.rule, &props.docs, dispatch) }
                </div>
            }
        </li>
    }
}

fn keys(props: &Props, index: usize) -> Callback<KeyboardEvent> {
    let (dispatch, last) = (props.dispatch.clone(), props.shown.len().saturating_sub(1));
    Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return,
            "ArrowDown" => Action::Step((index + 1).min(last)),
            "ArrowUp" => Action::Step(index.saturating_sub(1)),
            "Home" => Action::Step(0),
            "End" => Action::Step(last),
            "." => Action::Fix(index),
            "Escape" => Action::ToEditor,
            _ => return,
        };
        input::take(&event);
        dispatch.emit(action);
    })
}
