//! The command palette: a modal dialog that lists every command and, as you type, files, headings, hosts,
//! examples and projects.

use crate::browser::{dialog, input, place};
use crate::state::action::{
    FileAction, HostAction, LookAction, ProblemAction, ProjectAction, PromptAction, RuleAction,
    ValueAction,
};
use crate::state::disk::Event as DiskEvent;
use crate::state::export::Export;
use crate::state::hosts::Question;
use crate::state::palette::Entry;
use crate::state::prefs::{Layout, Theme};
use crate::state::snapshots::Event as SnapshotEvent;
use crate::state::workspace::Workspace;
use crate::state::{Action, Panel, Shared};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub open: bool,
    /// The entries besides the commands.
    pub entries: Shared<Vec<Entry>>,
    pub dispatch: Callback<Action>,
}

/// The most entries shown at a time: nobody reads more, and the list stays fast.
const MOST: usize = 80;

/// Label, keyboard shortcut and action.
type Command = (&'static str, &'static str, fn() -> Action);

fn named(name: &str) -> Action {
    Action::Command(name.into())
}

const COMMANDS: &[Command] = &[
    ("Next problem", "F8", || named("next-problem")),
    ("Previous problem", "Shift F8", || named("previous-problem")),
    ("Show fixes and other actions at the cursor", "Ctrl .", || named("actions")),
    ("Apply all safe fixes in this file", "", || Action::Problem(ProblemAction::FixAll)),
    ("Go to editor", "", || Action::ToEditor),
    ("Go to compiled prompt", "Ctrl Enter", || named("prompt")),
    ("Go to definition of include or variable", "F12", || named("definition")),
    ("Rename variable at the cursor", "F2", || Action::RenameVariable),
    ("Show problems", "", || Action::Problems),
    ("Rules and configuration", "", || Action::Rule(RuleAction::Show(true))),
    ("Show prompt changes", "", || Action::Panel(Panel::Changes)),
    ("Show values", "", || Action::Panel(Panel::Values)),
    ("Show outline", "", || Action::Panel(Panel::Outline)),
    ("Show host file", "", || Action::Panel(Panel::File)),
    ("Show the graph of includes and handoffs", "", || Action::Panel(Panel::Graph)),
    ("Show the prompt", "", || Action::Panel(Panel::Prompt)),
    ("Show the prompt as a document", "", || Action::Look(LookAction::Raw(false))),
    ("Show the prompt as raw text", "", || Action::Look(LookAction::Raw(true))),
    ("Explain what is at the cursor", "Shift F1", || named("explain")),
    ("Save rolewright.json to the project", "", || Action::Rule(RuleAction::Write)),
    ("Rule profile: core", "", || Action::Rule(RuleAction::Profile("core".into()))),
    ("Rule profile: recommended", "", || Action::Rule(RuleAction::Profile("recommended".into()))),
    ("Rule profile: style", "", || Action::Rule(RuleAction::Profile("style".into()))),
    ("Detect the role's host", "", || Action::Host(HostAction::WrittenFor(None))),
    ("Compile for the role's own host", "", || Action::Host(HostAction::CompiledFor(None))),
    ("Add a value set", "", || Action::Value(ValueAction::AddSet)),
    ("Copy the host file", "", || Action::Export(Export::File)),
    ("Download the host file", "", || Action::Export(Export::FileToDisk)),
    ("New empty project", "", || {
        Action::Project(ProjectAction::Begin(Box::new(Workspace::empty())))
    }),
    ("Paste a role as a new project", "", || Action::File(FileAction::Paste)),
    ("Toggle announcing new problems to screen readers", "", || Action::Look(LookAction::Speak)),
    ("Copy prompt", "", || Action::Export(Export::Prompt)),
    ("Copy link to this project", "", || Action::Export(Export::Link)),
    ("Copy files and problems as Markdown", "", || Action::Export(Export::Report)),
    ("Copy problems as a task for an assistant", "", || Action::Export(Export::Problems)),
    ("Copy the command for this check", "", || Action::Export(Export::Command)),
    ("Download source map of the prompt", "", || Action::Export(Export::Map)),
    ("Pin this prompt for comparison", "", || Action::Prompt(PromptAction::Pin)),
    ("New file", "", || Action::File(FileAction::New)),
    ("Open files from this computer", "", || Action::File(FileAction::Pick)),
    ("Open a folder from this computer", "", || Action::File(FileAction::PickFolder)),
    ("Download the project as ZIP", "", || Action::Export(Export::Zip)),
    ("Download this file", "", || named("download")),
    ("Make this the main file", "", || named("main-file")),
    ("Save", "Ctrl S", || named("save")),
    ("Save to a folder on this computer", "", || Action::Disk(DiskEvent::Choose)),
    ("Snapshots: save or restore a version", "", || Action::Snapshot(SnapshotEvent::Open(true))),
    ("Toggle line wrapping", "Alt Z", || Action::Look(LookAction::Wrap)),
    ("Toggle indenting with Tab", "", || Action::Look(LookAction::Tab)),
    ("Toggle spell check", "", || Action::Look(LookAction::Spelling)),
    ("Toggle scrolling editor and prompt together", "", || Action::Look(LookAction::Lock)),
    ("Increase text size", "", || Action::Look(LookAction::FontSize(1))),
    ("Decrease text size", "", || Action::Look(LookAction::FontSize(-1))),
    ("Layout: side by side", "", || Action::Look(LookAction::Layout(Layout::Side))),
    ("Layout: stacked", "", || Action::Look(LookAction::Layout(Layout::Stacked))),
    ("Layout: prompt only", "", || Action::Look(LookAction::Layout(Layout::Prompt))),
    ("Choose the role's host", "", || Action::Host(HostAction::Ask(Some(Question::WrittenFor)))),
    ("Compile for another host", "", || Action::Host(HostAction::Ask(Some(Question::CompiledFor)))),
    ("Help and keyboard shortcuts", "", || Action::Help(true)),
    ("Theme: light", "", || Action::Look(LookAction::Theme(Theme::Light))),
    ("Theme: dark", "", || Action::Look(LookAction::Theme(Theme::Dark))),
    ("Theme: system", "", || Action::Look(LookAction::Theme(Theme::System))),
    ("Toggle file list", "", || Action::Look(LookAction::Rail)),
];

/// The dialog.
#[component]
pub fn Palette(props: &Props) -> Html {
    let (node, field) = (use_node_ref(), use_node_ref());
    let wanted = use_state(String::new);
    let at = use_state(|| 0_usize);
    {
        let (node, field, wanted, at) = (node.clone(), field.clone(), wanted.clone(), at.clone());
        use_effect_with(props.open, move |open| {
            wanted.set(String::new());
            at.set(0);
            dialog::set_open(&node, *open);
            if *open {
                dialog::focus_field(&field);
            }
        });
    }
    let close = props.dispatch.reform(|_: Event| Action::Palette(false));
    if !props.open {
        return html! { <dialog ref={node} class="palette" aria-label="Commands" /> };
    }
    let found = found(&wanted, &props.entries);
    let run = {
        let dispatch = props.dispatch.clone();
        move |action: Action| {
            dispatch.emit(Action::Palette(false));
            dispatch.emit(action);
        }
    };
    let oninput = {
        let (wanted, at) = (wanted.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            wanted.set(input::value(&event));
            at.set(0);
        })
    };
    let onkeydown = {
        let (at, run, found) = (at.clone(), run.clone(), found.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = found.len().saturating_sub(1);
            match event.key().as_str() {
                "ArrowDown" => at.set((*at + 1).min(last)),
                "ArrowUp" => at.set(at.saturating_sub(1)),
                "Enter" => found.get(*at).into_iter().for_each(|(.., action)| run(action.clone())),
                _ => return,
            }
            input::take(&event);
        })
    };
    let options = found.iter().enumerate().map(|(i, (name, note, is_key, action))| {
        let (run, action) = (run.clone(), action.clone());
        html! {
            <li role="option" id={format!("command-{i}")} aria-selected={(i == *at).to_string()}
                onclick={Callback::from(move |_: MouseEvent| run(action.clone()))}>
                <span>{ name }</span>
                if *is_key { <kbd>{ *note }</kbd> } else { <span class="meta">{ *note }</span> }
            </li>
        }
    });
    let current = format!("command-{}", *at);
    place::show(&current);
    html! {
        <dialog ref={node} class="palette" aria-label="Commands" onclose={close}>
            <input ref={field} role="combobox" aria-expanded="true" aria-controls="commands" aria-label="Command"
                aria-activedescendant={current} autocomplete="off" placeholder="Command, file, heading, host…" {oninput} {onkeydown} />
            <ul id="commands" role="listbox" aria-label="Commands">{ for options }</ul>
            if found.is_empty() { <p class="empty">{ "Nothing matches." }</p> }
            <p class="meta">{ "Press Enter to run, Escape to close." }</p>
        </dialog>
    }
}

/// A row: its name, its key or kind, whether that is a key, and its action.
type Found = (String, &'static str, bool, Action);

/// The entries that contain every word; without words, only the commands.
fn found(wanted: &str, entries: &[Entry]) -> Vec<Found> {
    let wanted = wanted.to_lowercase();
    let fits = |label: &str, kind: &str| {
        let text = format!("{kind} {label}").to_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
    };
    let commands = COMMANDS
        .iter()
        .filter(|(name, ..)| fits(name, ""))
        .map(|(name, key, action)| ((*name).to_owned(), *key, !key.is_empty(), action()));
    let entries = entries
        .iter()
        .filter(|entry| !wanted.trim().is_empty() && fits(&entry.label, entry.kind))
        .map(|entry| (entry.label.clone(), entry.kind, false, entry.action.clone()));
    commands.chain(entries).take(MOST).collect()
}
