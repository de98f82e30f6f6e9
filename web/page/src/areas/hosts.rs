//! The host dialog: the host that the text is written for, the host that it is compiled for, and
//! the result for every host.

use super::icon::{Icon, icon, severity};
use super::prose::prose;
use super::{Answer, on};
use crate::browser::{dialog, input, place};
use crate::state::action::HostAction;
use crate::state::hosts::Question;
use crate::state::problems::{count, word};
use crate::state::{Action, Facts, Shared};
use rolewright_messages::{HostInfo, HostRow};
use rolewright_wire::{Outcome, Severity};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The question that the dialog asks, while it is open.
    pub asks: Option<Question>,
    pub facts: Shared<Facts>,
    pub outcome: Answer,
    pub rows: Shared<Vec<HostRow>>,
    /// The chosen host of the text; `None` if it is detected.
    pub host: Option<String>,
    /// The chosen target host; `None` for the text's own host.
    pub target: Option<String>,
    pub dispatch: Callback<Action>,
}

/// The dialog.
#[component]
pub fn HostDialog(props: &Props) -> Html {
    let (node, field) = (use_node_ref(), use_node_ref());
    let wanted = use_state(String::new);
    {
        let (node, field, wanted) = (node.clone(), field.clone(), wanted.clone());
        use_effect_with(props.asks.is_some(), move |open| {
            wanted.set(String::new());
            dialog::set_open(&node, *open);
            if *open {
                dialog::focus_field(&field);
            }
        });
    }
    // The results make rows taller.
    use_effect_with((props.asks, props.rows.clone()), |_| place::show_chosen());
    let Some(asks) = props.asks else {
        return html! { <dialog ref={node} class="hosts" aria-labelledby="hosts-title" /> };
    };
    let oninput = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| wanted.set(input::value(&event)))
    };
    let close = Action::Host(HostAction::Ask(None));
    let list = List { props, asks, words: wanted.to_lowercase() };
    let onkeydown = {
        let (dispatch, only) = (props.dispatch.clone(), list.only());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(only) = only.as_ref().filter(|_| event.key() == "Enter") {
                dispatch.emit(asks.answer(Some(only.clone())));
            }
        })
    };
    html! {
        <dialog ref={node} class="hosts" aria-labelledby="hosts-title"
            onclose={props.dispatch.reform(|_: Event| Action::Host(HostAction::Ask(None)))} onkeydown={arrows()}>
            <header>
                <div>
                    <h2 id="hosts-title">{ "Hosts" }</h2>
                    <p>{ "A host is the product that loads your role, such as Claude Code or GitHub Copilot. It decides which fields, tools and sizes are valid, and what the file looks like." }</p>
                </div>
                <button class="round" aria-label="Close" onclick={on(&props.dispatch, close)}>{ icon(Icon::Cross) }</button>
            </header>
            <div class="questions" role="group" aria-label="Choose which host to change">
                { question(props, asks, Question::WrittenFor) }
                { icon(Icon::Arrow) }
                { question(props, asks, Question::CompiledFor) }
            </div>
            <input ref={field} type="search" class="search" placeholder="Search hosts" aria-label="Search hosts"
                autocomplete="off" value={(*wanted).clone()} {oninput} {onkeydown} />
            <div class="matrix" tabindex="-1">{ list.table() }</div>
        </dialog>
    }
}

/// Moves the focus between the search field and the rows.
fn arrows() -> Callback<KeyboardEvent> {
    Callback::from(|event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        if place::focus_neighbor(&event, ".hosts .search, .hosts .choose", by) {
            input::take(&event);
        }
    })
}

/// One of the two questions, with its current answer.
fn question(props: &Props, asks: Question, question: Question) -> Html {
    let report = props.outcome.as_ref().map(|o| &o.analysis.report);
    let own = report.map_or("", |report| report.host.as_str());
    let (words, title, note) = match question {
        Question::WrittenFor => {
            let detected = report.filter(|report| report.detected);
            let title = props.facts.title_of(own);
            let note = detected.map_or("Chosen by you".into(), |r| without(title, &r.host_reason));
            ("Written for", title, note)
        }
        Question::CompiledFor => match &props.target {
            Some(target) => {
                ("Compiled for", props.facts.title_of(target), "Converted to this host".into())
            }
            None => ("Compiled for", "The same host", "The file is not converted".into()),
        },
    };
    let pressed = (asks == question).to_string();
    html! {
        <button class="question" aria-pressed={pressed}
            onclick={on(&props.dispatch, Action::Host(HostAction::Ask(Some(question))))}>
            <span class="meta">{ words }</span>
            <strong>{ title.to_owned() }</strong>
            <span class="meta">{ prose(&note) }</span>
        </button>
    }
}

/// A reason without the title, which is shown above it, and without the final period.
fn without(title: &str, reason: &str) -> String {
    let rest = reason.strip_prefix(title).and_then(|rest| rest.strip_prefix(", "));
    let mut rest = rest.unwrap_or(reason).trim_end_matches('.').to_owned();
    if let Some(first) = rest.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    rest
}

/// The hosts as a table.
struct List<'p> {
    props: &'p Props,
    asks: Question,
    words: String,
}

impl List<'_> {
    fn table(&self) -> Html {
        let hosts = &self.props.facts.hosts;
        let found = hosts.iter().filter(|host| self.matches(host));
        let (current, legacy): (Vec<&HostInfo>, Vec<&HostInfo>) =
            found.partition(|host| host.legacy.is_none());
        if current.is_empty() && legacy.is_empty() {
            return html! { <p class="empty">{ "No host matches." }</p> };
        }
        html! {
            <table>
                <caption class="aside">{ "What each host would make of this role" }</caption>
                <thead><tr>
                    <th scope="col">{ "Host" }</th><th scope="col">{ "This role" }</th>
                    <th scope="col">{ "Problems" }</th><th scope="col">{ "Permissions" }</th>
                    <th scope="col">{ "Writes" }</th>
                </tr></thead>
                if self.words.is_empty() { <tbody>{ self.usual() }</tbody> }
                <tbody>{ for current.into_iter().map(|host| self.row(host)) }</tbody>
                if !legacy.is_empty() {
                    <tbody>
                        <tr class="group"><th scope="rowgroup" colspan="5">{ "Legacy" }</th></tr>
                        { for legacy.into_iter().map(|host| self.row(host)) }
                    </tbody>
                }
            </table>
        }
    }

    /// The only host that matches.
    fn only(&self) -> Option<String> {
        let mut found = self.props.facts.hosts.iter().filter(|host| self.matches(host));
        found.next().filter(|_| found.next().is_none()).map(|host| host.id.clone())
    }

    fn matches(&self, host: &HostInfo) -> bool {
        let text = format!("{} {} {} {}", host.title, host.id, host.kind, host.location);
        let text = text.to_lowercase();
        self.words.split_whitespace().all(|word| text.contains(word))
    }

    /// The choice of no host in particular.
    fn usual(&self) -> Html {
        let (words, note) = match self.asks {
            Question::WrittenFor => ("Detect automatically", "By path and front matter"),
            Question::CompiledFor => ("The same host", "Nothing is converted"),
        };
        html! {
            <tr>
                <th scope="row">{ self.choose(None, words) }</th>
                <td colspan="4" class="meta">{ note }</td>
            </tr>
        }
    }

    fn choose(&self, id: Option<&str>, words: &str) -> Html {
        let chosen = match self.asks {
            Question::WrittenFor => &self.props.host,
            Question::CompiledFor => &self.props.target,
        };
        let current = chosen.as_deref() == id;
        let id = id.map(String::from);
        let action = self.asks.answer(id);
        html! {
            <button class="choose" aria-pressed={current.to_string()} onclick={on(&self.props.dispatch, action)}>
                { icon(if current { Icon::Tick } else { Icon::None }) }
                <span>{ words.to_owned() }</span>
            </button>
        }
    }

    fn row(&self, host: &HostInfo) -> Html {
        let row = self.props.rows.iter().find(|row| row.host == host.id);
        let own = self.props.outcome.as_ref().is_some_and(|o| o.analysis.report.host == host.id);
        let title = host.legacy.clone().unwrap_or_else(|| host.location.clone());
        html! {
            <tr key={host.id.clone()} title={title}>
                <th scope="row">
                    { self.choose(Some(&host.id), &host.title) }
                    if own && self.props.host.is_none() { <span class="chip">{ "detected" }</span> }
                </th>
                { row.map_or_else(|| html! { <td colspan="4" class="meta">{ "…" }</td> }, |row| cells(row, own)) }
            </tr>
        }
    }
}

/// The result of a role on a host; on its own host, what differs is not lost.
fn cells(row: &HostRow, own: bool) -> Html {
    let (class, shape, words) = match (row.loads, row.losses) {
        (true, 0) => ("loads", Icon::Tick, "Loads".to_owned()),
        (true, n) if own => {
            ("loads", Icon::Tick, format!("Loads, {}", count(n as usize, "change")))
        }
        (true, 1) => ("loses", Icon::Minus, "Loads, 1 loss".to_owned()),
        (true, n) => ("loses", Icon::Minus, format!("Loads, {n} losses")),
        (false, _) if row.path.is_none() && row.errors > 0 => {
            ("rejected", Icon::Cross, "Has errors".to_owned())
        }
        (false, _) if row.path.is_none() => ("rejected", Icon::Cross, "No file".to_owned()),
        (false, _) => ("rejected", Icon::Cross, "Rejected".to_owned()),
    };
    let path = row.path.clone().filter(|path| !path.is_empty());
    html! {
        <>
        <td class={classes!("result", class)}><span>{ icon(shape) }{ words }</span></td>
        { tallies(row) }
        <td class={classes!("permissions", outcome(row.permissions))}>{ permissions(row.permissions) }</td>
        <td class={classes!("written", (path.is_none() && row.why.is_none()).then_some("nothing"))}>
            { for path.as_ref().map(|path| html! { <span class="path">{ path }</span> }) }
            { for row.why.as_ref().map(|why| html! { <span class="meta">{ prose(why) }</span> }) }
            if path.is_none() && row.why.is_none() { { "–" } }
        </td>
        </>
    }
}

fn outcome(permissions: Outcome) -> Option<&'static str> {
    match permissions {
        Outcome::Widened => Some("widened"),
        Outcome::NotApplicable => Some("none"),
        _ => None,
    }
}

/// How many errors and warnings a host finds.
fn tallies(row: &HostRow) -> Html {
    let one = |level: Severity, n: u32| {
        let words = count(n as usize, word(level).to_lowercase().as_str());
        html! {
            <span class="tally" title={words.clone()}>
                { severity(level) }<span aria-hidden="true">{ n }</span><span class="aside">{ words }</span>
            </span>
        }
    };
    let found = [(Severity::Error, row.errors), (Severity::Warning, row.warnings)];
    let found: Vec<Html> =
        found.into_iter().filter(|(_, n)| *n > 0).map(|(level, n)| one(level, n)).collect();
    match (&row.path, found.is_empty()) {
        (None, true) => html! { <td class="none">{ "–" }</td> },
        (_, true) => html! { <td class="none">{ "none" }</td> },
        _ => html! { <td><span class="tallies">{ for found }</span></td> },
    }
}

/// The effect on the permissions, in one word.
pub fn permissions(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Exact => "exact",
        Outcome::NotApplicable => "–",
        Outcome::Narrowed => "narrowed",
        Outcome::Widened => "widened",
    }
}
