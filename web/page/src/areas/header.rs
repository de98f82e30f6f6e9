//! The header: project menu, host, sharing, view settings and commands.

use super::choice::{Choice, option};
use super::icon::{Icon, icon};
use super::menu::Menu;
use super::name::NameField;
use super::on;
use crate::examples::EXAMPLES;
use crate::state::action::{HostAction, LookAction, ProjectAction};
use crate::state::disk::Event as DiskEvent;
use crate::state::export::Export;
use crate::state::hosts::Question;
use crate::state::prefs::{Layout, Theme};
use crate::state::snapshots::Event as SnapshotEvent;
use crate::state::workspace::Workspace;
use crate::state::{Action, State};
use yew::prelude::*;

/// The bar.
pub fn view(state: &State, dispatch: &Callback<Action>) -> Html {
    html! {
        <header class="bar">
            <button class="round rail-button" aria-label="Files" aria-pressed={state.prefs.rail.to_string()}
                onclick={on(dispatch, Action::Look(LookAction::Rail))}>{ icon(Icon::Rail) }</button>
            <h1 class="brand">{ "Rolewright" }</h1>
            <Menu label={state.workspace.name.clone()} name={format!("Project: {}", state.workspace.name)} class="project">
                { projects(state, dispatch) }
            </Menu>
            { host(state, dispatch) }
            <span class="space" />
            <Menu label="Share" icon={Icon::Share} class="end">{ share(dispatch) }</Menu>
            <Menu label="View" icon={Icon::View} stays=true class="view end">{ look(state, dispatch) }</Menu>
            <button onclick={on(dispatch, Action::Palette(true))} title="F1">
                <span class="short">{ icon(Icon::Commands) }</span><span class="long">{ "Commands" }</span>
            </button>
            <button class="round" aria-label="Help" title="Help and keyboard shortcuts" onclick={on(dispatch, Action::Help(true))}>{ "?" }</button>
        </header>
    }
}

/// The examples as entries of a menu.
pub fn examples(dispatch: &Callback<Action>) -> Html {
    let examples = EXAMPLES.iter().map(|example| {
        let begin = dispatch
            .reform(|_| Action::Project(ProjectAction::Begin(Box::new(example.workspace()))));
        html! {
            <li><button onclick={begin}>
                <span>{ example.name }</span><span class="meta">{ example.summary }</span>
            </button></li>
        }
    });
    html! { <ul>{ for examples }</ul> }
}

fn projects(state: &State, dispatch: &Callback<Action>) -> Html {
    let kept = state.kept.projects.iter().filter(|p| !p.current).map(|project| {
        let open = on(dispatch, Action::Project(ProjectAction::Open(project.id.clone())));
        let drop = on(dispatch, Action::Project(ProjectAction::Delete(project.id.clone())));
        html! {
            <li>
                <button onclick={open}><span>{ &project.name }</span><span class="meta">{ &project.when }</span></button>
                <button class="round" aria-label={format!("Delete project {}, saved {}", project.name, project.when)} onclick={drop}>
                    { icon(Icon::Bin) }
                </button>
            </li>
        }
    });
    let onname = dispatch.reform(|name| Action::Project(ProjectAction::Name(name)));
    html! {
        <>
        <label class="field project-name">
            <span>{ "Name" }</span>
            <NameField name={state.workspace.name.clone()} {onname} />
        </label>
        <ul>
            { disk(state, dispatch) }
            <li><button onclick={on(dispatch, Action::Snapshot(SnapshotEvent::Open(true)))}>{ "Snapshots…" }</button></li>
            <li><button onclick={on(dispatch, Action::Project(ProjectAction::Begin(Box::new(Workspace::empty()))))}>{ "New empty project" }</button></li>
        </ul>
        <h2>{ "Examples" }</h2>
        { examples(dispatch) }
        if state.kept.projects.iter().any(|p| !p.current) {
            <h2>{ "Saved in this browser" }</h2>
            <ul>{ for kept }</ul>
        }
        </>
    }
}

/// Saving to a folder, where the browser can.
fn disk(state: &State, dispatch: &Callback<Action>) -> Html {
    let item = |words: String, event: DiskEvent| {
        html! { <li><button onclick={on(dispatch, Action::Disk(event))}>{ words }</button></li> }
    };
    match &state.kept.disk.folder {
        _ if !state.kept.disk.can => Html::default(),
        None => item("Save to a folder…".into(), DiskEvent::Choose),
        Some(folder) => html! {
            <>
            { item(format!("Save to {folder}"), DiskEvent::Save(false)) }
            { item("Save to another folder…".into(), DiskEvent::Choose) }
            </>
        },
    }
}

/// The host that the text is written for and, if it differs, the host that it is compiled for.
fn host(state: &State, dispatch: &Callback<Action>) -> Html {
    let analysis = state.analysis();
    let own = analysis.map(|a| state.title_of(&a.report.host).to_owned());
    let words = own.unwrap_or_else(|| "Detecting…".into());
    let target = state.workspace.target.as_deref().map(|id| state.title_of(id).to_owned());
    let question = if target.is_some() { Question::CompiledFor } else { Question::WrittenFor };
    let title = analysis.map(|a| a.report.host_reason.clone());
    html! {
        <button class="host" aria-haspopup="dialog" {title}
            onclick={on(dispatch, Action::Host(HostAction::Ask(Some(question))))}>
            <span class="meta">{ "Host" }</span>
            // A phone shows it in two lines: another element appears instead of one that moves.
            <span class="host-name" key={words.clone()}>{ words }</span>
            if let Some(target) = target {
                { icon(Icon::Arrow) }<span class="aside">{ "compiled for" }</span>
                <span class="host-name">{ target }</span>
            }
            { icon(Icon::Chevron) }
        </button>
    }
}

/// The entries of the *Share* menu, each with a note on its use.
fn share(dispatch: &Callback<Action>) -> Html {
    let rows = [
        (Export::Link, "Copy link", "The link contains the text itself. Nothing is uploaded."),
        (Export::Report, "Copy as Markdown", "All files and problems, for an issue or a chat"),
        (
            Export::Problems,
            "Copy as a task for an assistant",
            "The problems as a list, with how to fix each one",
        ),
        (Export::Zip, "Download as ZIP", "All files with their paths, and the settings"),
        (Export::Command, "Copy command", "Runs the same check on the command line"),
        (Export::Map, "Download source map", "Version 3; maps the prompt back to its source files"),
    ];
    html! {
        <ul>{ for rows.into_iter().map(|(what, words, use_of)| html! {
            <li><button onclick={on(dispatch, Action::Export(what))}>
                <span>{ words }</span><span class="meta">{ use_of }</span>
            </button></li>
        }) }</ul>
    }
}

fn look(state: &State, dispatch: &Callback<Action>) -> Html {
    let (prefs, dispatch) = (&state.prefs, dispatch);
    let onchoose =
        dispatch.reform(|value: String| Action::Look(LookAction::Theme(Theme::named(&value))));
    let value = prefs.theme.name();
    let options =
        vec![option("system", "System"), option("light", "Light"), option("dark", "Dark")];
    let onlayout =
        dispatch.reform(|value: String| Action::Look(LookAction::Layout(Layout::named(&value))));
    let layouts = vec![
        option("side", "Side by side"),
        option("stacked", "Stacked"),
        option("prompt", "Prompt only"),
    ];
    let switch = |on_now: bool, words: &'static str, action: Action| {
        html! {
            <label class="check">
                <input type="checkbox" checked={on_now} onchange={dispatch.reform(move |_| action.clone())} />{ words }
            </label>
        }
    };
    html! {
        <div class="settings">
            <label class="field"><span>{ "Theme" }</span>
                <Choice {value} {options} {onchoose} />
            </label>
            <label class="field layout"><span>{ "Layout" }</span>
                <Choice value={prefs.layout.name()} options={layouts} onchoose={onlayout} />
            </label>
            <div class="field" role="group" aria-label="Text size">
                <span>{ "Text size" }</span>
                <button class="round" aria-label="A−, decrease text size" onclick={on(dispatch, Action::Look(LookAction::FontSize(-1)))}>{ "A−" }</button>
                <span>{ prefs.font_size }</span>
                <button class="round" aria-label="A+, increase text size" onclick={on(dispatch, Action::Look(LookAction::FontSize(1)))}>{ "A+" }</button>
            </div>
            { switch(prefs.wrap, "Wrap long lines", Action::Look(LookAction::Wrap)) }
            { switch(prefs.tab, "Tab indents (Escape, then Tab, leaves the editor)", Action::Look(LookAction::Tab)) }
            { switch(prefs.spelling, "Check spelling", Action::Look(LookAction::Spelling)) }
            { switch(prefs.lock, "Scroll editor and prompt together", Action::Look(LookAction::Lock)) }
            { switch(prefs.mono, "Show the prompt as raw text", Action::Look(LookAction::Raw(!prefs.mono))) }
            { switch(prefs.announce, "Announce new problems to screen readers", Action::Look(LookAction::Speak)) }
        </div>
    }
}
