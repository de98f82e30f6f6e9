//! The list of problems, which the arrow keys, Enter, `.` (fix) and Escape (back to the editor) operate;
//! an empty list always says why it is empty.

use super::choice::{Choice, option};
use super::give::GiveValue;
use super::icon::{self, severity};
use super::prose::{milliseconds, prose};
use super::{Answer, on, rule};
use crate::browser::input;
use crate::state::action::{EngineAction, FileAction, ProblemAction, RuleAction, VersionAction};
use crate::state::docs::Docs;
use crate::state::export::Export;
use crate::state::list::{Entry, Event, Grouping, ListView, Scope};
use crate::state::prompt::file_name;
use crate::state::{Action, Engine, Shared, State, problems};
use rolewright_wire::{Applicability, Diagnostic, Severity};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub shown: Shared<Vec<Diagnostic>>,
    pub outcome: Answer,
    /// The open file.
    pub front: String,
    pub engine: Engine,
    pub docs: Shared<Docs>,
    pub stale: bool,
    /// Whether the project or the open file has no text yet.
    pub blank: bool,
    pub cursor: usize,
    pub why: Option<usize>,
    /// How the list is displayed.
    pub list: ListView,
    /// For each problem, the missing file that can be created.
    pub missing: Vec<Option<String>>,
    /// For each problem, the variable that can be given a value.
    pub unset: Vec<Option<String>>,
    pub dispatch: Callback<Action>,
}

/// The list with the status line above it.
#[component]
pub fn Problems(props: &Props) -> Html {
    let entries = props.list.entries(&props.shown);
    let order: Rc<Vec<usize>> = Rc::new(entries.iter().filter_map(Entry::index).collect());
    let rows = entries.iter().map(|entry| match entry {
        Entry::Problem(index) => props.shown.get(*index).map(|p| row(props, &order, *index, p)),
        Entry::Group(indices, open) => group(props, indices, *open),
    });
    let rows: Vec<Html> = rows.flatten().collect();
    let hidden = rows.is_empty() && !props.shown.is_empty();
    html! {
        <div class="problems">
            { state_line(props) }
            if hidden { <p class="note">{ "All problems are hidden by the filter." }</p> }
            <ol aria-label="Problems" class={props.stale.then_some("stale")}>{ for rows }</ol>
            { for skipped(props) }
        </div>
    }
}

/// The state of the checker, which the list alone does not reveal.
fn state_line(props: &Props) -> Html {
    let again = |words: &'static str| {
        html! { <button onclick={on(&props.dispatch, Action::Engine(EngineAction::Retry))}>{ words }</button> }
    };
    match (&props.engine, &props.outcome) {
        (Engine::Outdated, _) => html! {
            <p class="note">{ "A new version is available. Reload the page; your work is saved. " }
                <button onclick={on(&props.dispatch, Action::Version(VersionAction::Reload))}>{ "Reload" }</button></p>
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
        (_, Some(_)) if props.blank && props.shown.is_empty() => {
            html! { <p class="note">{ "Nothing to check yet." }</p> }
        }
        (_, Some(outcome)) if props.shown.is_empty() => {
            let analysis = &outcome.analysis;
            let ms = milliseconds(analysis.check_ms);
            let stats = &analysis.report.stats;
            let all = if stats.rules_off == 0 {
                html! { { format!("No problems. {} rules checked in {ms}.", stats.rules_run) } }
            } else {
                html! {
                    <span>
                    { format!("No problems. {} rules checked in {ms}; ", stats.rules_run) }
                    <button class="link" onclick={on(&props.dispatch, Action::Rule(RuleAction::Show(true)))}>
                        { format!("{} are off", stats.rules_off) }
                    </button>
                    </span>
                }
            };
            html! { <p class="note ok">{ icon::icon(icon::Icon::Tick) }{ all }</p> }
        }
        // Above a list, this note would push the rows down; the list itself is dimmed instead.
        _ if props.stale && props.shown.is_empty() => html! { <p class="note">{ "Checking…" }</p> },
        _ => Html::default(),
    }
}

fn skipped(props: &Props) -> Vec<Html> {
    let skipped =
        props.outcome.as_ref().map(|o| o.analysis.report.skipped.as_slice()).unwrap_or_default();
    skipped.iter().map(|text| html! { <p class="note">{ prose(text) }</p> }).collect()
}

/// The line above the list: its heading and its controls.
pub fn head(state: &State, dispatch: &Callback<Action>) -> Html {
    html! {
        <div class="dock-head">
            <h2 id="problems-heading" tabindex="-1">
                { "Problems" }
                if !state.shown.is_empty() { { " " }<span class="count">{ state.shown.len() }</span> }
            </h2>
            { tools(state, dispatch) }
            <button class="quiet rules-button" onclick={on(dispatch, Action::Rule(RuleAction::Show(true)))}>{ "Rules" }</button>
        </div>
    }
}

/// Severities, filter and *Apply all safe fixes*.
fn tools(state: &State, dispatch: &Callback<Action>) -> Html {
    let safe = state.safe_fixes();
    if state.shown.is_empty() {
        // Until the first result, the space of the tools stays reserved, so that the list does not
        // move.
        return if state.outcome.is_none() {
            html! { <div class="list-tools" /> }
        } else {
            Html::default()
        };
    }
    let counts = problems::counts(&state.shown);
    let severities = [Severity::Error, Severity::Warning, Severity::Info].into_iter().zip(counts);
    let toggles = severities.filter(|(_, n)| *n > 0).map(|(level, n)| {
        let shown = !state.list.view.hidden.contains(&level);
        let word = problems::word(level).to_lowercase();
        html! {
            <button class="toggle" aria-pressed={shown.to_string()} title={format!("Show {word}s")}
                onclick={on(dispatch, Action::List(Event::Toggle(level)))}>
                { severity(level) }{ n }<span class="aside">{ format!(" {word}{}", if n == 1 { "" } else { "s" }) }</span>
            </button>
        }
    });
    let toggles: Vec<Html> = toggles.collect();
    let only = state.shown.iter().all(|problem| problem.path == state.workspace.active);
    let all = if only {
        html! { <span>{ format!("Apply all safe fixes ({safe})") }</span> }
    } else {
        // Where there is little room, the accessible name is still complete.
        html! {
            <span><span class="wide">{ "Apply all safe fixes" }</span><span class="slim" aria-hidden="true">{ "Safe fixes" }</span>{ format!(" in this file ({safe})") }</span>
        }
    };
    let finds = state.shown.len() > 3 || !state.list.view.filter.is_empty();
    if toggles.len() < 2 && !finds && safe == 0 {
        return Html::default();
    }
    let oninput =
        dispatch.reform(|event: InputEvent| Action::List(Event::Filter(input::value(&event))));
    html! {
        <div class="list-tools">
            if toggles.len() > 1 { <span class="toggles" role="group" aria-label="Severities">{ for toggles }</span> }
            if finds {
                { grouping(state, dispatch) }
                <input type="search" class="filter" placeholder="Filter" aria-label="Filter problems by text or rule"
                    autocomplete="off" value={state.list.view.filter.clone()} {oninput} />
            }
            if safe > 0 {
                <button class="fix-all" onclick={on(dispatch, Action::Problem(ProblemAction::FixAll))}>{ all }</button>
            }
        </div>
    }
}

fn grouping(state: &State, dispatch: &Callback<Action>) -> Html {
    let value = match state.list.view.grouping {
        Grouping::Equal => "none",
        Grouping::File => "file",
        Grouping::Rule => "rule",
    };
    let options =
        vec![option("none", "Ungrouped"), option("file", "By file"), option("rule", "By rule")];
    let onchoose = dispatch.reform(|value: String| {
        Action::List(Event::Group(match value.as_str() {
            "file" => Grouping::File,
            "rule" => Grouping::Rule,
            _ => Grouping::Equal,
        }))
    });
    html! { <Choice {value} {options} name="Group problems" {onchoose} /> }
}

/// The heading of a group.
fn group(props: &Props, indices: &[usize], open: bool) -> Option<Html> {
    let first = props.shown.get(*indices.first()?)?;
    let dispatch = &props.dispatch;
    let mut missing: Vec<String> =
        indices.iter().filter_map(|i| props.missing.get(*i).cloned().flatten()).collect();
    missing.dedup();
    let name = props.list.group_of(first);
    let unfold = on(dispatch, Action::List(Event::Unfold(name.into())));
    if props.list.grouping != Grouping::Equal {
        return Some(html! {
            <li key={format!("group-{name}")} class="problem group heading">
                <button class="go" aria-expanded={open.to_string()} onclick={unfold}>
                    { icon::icon(icon::Icon::Chevron) }
                    <span class="message">{ name }</span>{ " " }
                    <span class="count">{ indices.len() }</span>
                </button>
            </li>
        });
    }
    let words = if first.rule == "missing-include" {
        format!("{} includes do not exist", indices.len())
    } else {
        format!("{} problems from the rule `{}`", indices.len(), first.rule)
    };
    Some(html! {
        <li key={format!("group-{name}")} class={classes!("problem", "group", icon::class(first.severity))}>
            <button class="go" aria-expanded={open.to_string()} onclick={unfold}>
                { severity(first.severity) }
                <span class="word">{ problems::word(first.severity) }</span>{ " " }
                <span class="message">{ prose(&words) }</span>
                { icon::icon(icon::Icon::Chevron) }
            </button>
            <span class="remedies">
                <span class="reason">{ "First: " }{ prose(&first.message) }</span>
                if missing.len() > 1 {
                    <button onclick={on(dispatch, Action::List(Event::CreateAll(missing.clone())))}>
                        { format!("Create all {} files", missing.len()) }
                    </button>
                }
            </span>
        </li>
    })
}

fn row(props: &Props, order: &Rc<Vec<usize>>, index: usize, problem: &Diagnostic) -> Html {
    let dispatch = &props.dispatch;
    let current = index == props.cursor;
    let open = props.why == Some(index);
    // The list can still be focused if the current problem has no row.
    let stop = current || !order.contains(&props.cursor) && order.first() == Some(&index);
    let tabindex = if stop { "0" } else { "-1" };
    let start = problem.range.start;
    // In a list for the open file, the file name adds nothing visually, but it is still read out.
    let single = props.list.grouping == Grouping::File
        || props.shown.iter().all(|other| other.path == props.front);
    let file = html! { <span class={if single { "aside" } else { "in-file" }}>{ file_name(&problem.path) }{ ":" }</span> };
    html! {
        <li key={index} class={classes!("problem", icon::class(problem.severity))}
            data-current={current.to_string()} id={open.then_some("why")} onkeydown={keys(props, order, index)}>
            <button class="go" id={format!("problem-{index}")} {tabindex}
                onfocus={dispatch.reform(move |_| Action::Problem(ProblemAction::Cursor(index)))}
                onclick={on(dispatch, Action::Problem(ProblemAction::GoTo(index)))}>
                { severity(problem.severity) }
                <span class="word">{ problems::word(problem.severity) }</span>{ " " }
                <span class="message">{ prose(&problem.message) }</span>
                <span class="where"><span class="rule-name">{ &problem.rule }</span><span class="place">{ file }{ format!("{}:{}", start.line, start.column) }</span></span>
            </button>
            { remedies(props, index, problem, tabindex) }
            if open { { details(props, index, problem) } }
        </li>
    }
}

/// The second line of a row: the reason and the available actions.
fn remedies(props: &Props, index: usize, problem: &Diagnostic, tabindex: &'static str) -> Html {
    let dispatch = &props.dispatch;
    let open = props.why == Some(index);
    let create = props.missing.get(index).cloned().flatten();
    let unset = props.unset.get(index).cloned().flatten();
    let preview = |shown: Option<usize>| {
        dispatch.reform(move |_: FocusEvent| Action::List(Event::Preview(shown)))
    };
    html! {
        <span class="remedies" id={format!("remedies-{index}")}>
            if let Some(reason) = &problem.reason { <span class="reason">{ prose(reason) }</span> }
            if let Some(help) = help(props, index, problem).filter(|(_, in_row)| *in_row) {
                <span class="help-text">{ prose(help.0) }</span>
            }
            if let Some(fix) = &problem.fix {
                <button {tabindex}
                    title={if is_unsafe(problem) { "May change the meaning; you review the changes before they are applied" } else { "Does not change the meaning" }}
                    onfocus={preview(Some(index))} onblur={preview(None)}
                    onclick={on(dispatch, Action::Problem(ProblemAction::Fix(index)))}>
                    { "Fix: " }{ prose(&fix.title) }{ if is_unsafe(problem) { "…" } else { "" } }
                </button>
            }
            if let Some(path) = create {
                <button {tabindex} onclick={on(dispatch, Action::File(FileAction::Create(path.clone())))}>
                    { format!("Create {path}") }
                </button>
            }
            if let Some(name) = unset { <GiveValue {name} {tabindex} {dispatch} /> }
            <button class="quiet" {tabindex} aria-expanded={open.to_string()}
                aria-label={format!("Why: {}", problem.rule)}
                onclick={on(dispatch, Action::Problem(ProblemAction::ToggleExplanation(index)))}>{ "Why" }</button>
        </span>
    }
}

/// What to do, and whether the row says it because it has no button for it.
fn help<'p>(props: &Props, index: usize, problem: &'p Diagnostic) -> Option<(&'p str, bool)> {
    let has = |offers: &[Option<String>]| offers.get(index).is_some_and(Option::is_some);
    let in_row = problem.fix.is_none() && !has(&props.missing) && !has(&props.unset);
    problem.help.as_deref().map(|help| (help, in_row))
}

fn is_unsafe(problem: &Diagnostic) -> bool {
    problem.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Unsafe)
}

/// The content that *Why* opens.
fn details(props: &Props, index: usize, problem: &Diagnostic) -> Html {
    let dispatch = &props.dispatch;
    let off = |scope, words: &'static str| {
        let action = Action::List(Event::TurnOff(index, scope));
        html! { <button class="link" onclick={on(dispatch, action)}>{ words }</button> }
    };
    html! {
        <div class="why">
            if let Some(help) = help(props, index, problem).filter(|(_, in_row)| !in_row) {
                <p>{ prose(help.0) }</p>
            }
            { for problem.labels.iter().map(|label| {
                let to = Action::reveal(&label.path, label.range);
                html! { <p>
                    <button class="link" onclick={on(dispatch, to)}>{ format!("{}:{}", file_name(&label.path), label.range.start.line) }</button>
                    { " " }{ prose(&label.message) }
                </p> }
            }) }
            <p class="turn-off">{ "Turn off this rule: " }
                { off(Scope::Here, "here") }{ " · " }{ off(Scope::File, "in this file") }{ " · " }
                { off(Scope::Project, "in the project") }
            </p>
            { rule::view(&problem.rule, &props.docs, dispatch) }
        </div>
    }
}

fn keys(props: &Props, order: &Rc<Vec<usize>>, index: usize) -> Callback<KeyboardEvent> {
    let (dispatch, order) = (props.dispatch.clone(), Rc::clone(order));
    Callback::from(move |event: KeyboardEvent| {
        let at = order.iter().position(|other| *other == index).unwrap_or(0);
        let step = |to: usize| {
            let to = order.get(to).or(order.last());
            to.map_or(Action::ToEditor, |to| Action::Problem(ProblemAction::Step(*to)))
        };
        let action = match event.key().as_str() {
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return,
            "ArrowDown" => step(at + 1),
            "ArrowUp" => step(at.saturating_sub(1)),
            "Home" => step(0),
            "End" => step(usize::MAX),
            "." => Action::Problem(ProblemAction::Fix(index)),
            "Escape" => Action::ToEditor,
            _ => return,
        };
        input::take(&event);
        dispatch.emit(action);
    })
}
