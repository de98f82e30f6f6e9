//! The page: it holds the state and the browser, gives every action to the reducer, carries out the
//! effects, and lays out the areas. It decides nothing itself.

mod perform;

use crate::areas::{
    banner::Banner, changes::Changes, editor::EditPane, file::FilePanel, header::Header,
    includes::Includes, notice::NoticeBar, palette::Palette, problems::Problems,
    prompt::PromptPanel, rail::Rail, rules::Rules, splitter::Splitter, status::StatusBar,
    tabs::Tab, tabs::TabList, values::Values, zones::Zones,
};
use crate::browser::{self, clock::Clock, editor::Editor, engine::Engine, storage::Keep};
use crate::browser::{tabs::Tabs, theme::System};
use crate::examples;
use crate::state::prefs::Split;
use crate::state::{Action, Dock, Panel, State, Zone};
use gloo_events::EventListener;
use yew::prelude::*;

/// The whole page.
pub struct App {
    state: State,
    dispatch: Callback<Action>,
    clock: Clock,
    engine: Engine,
    editor: Option<Editor>,
    keep: Keep,
    tabs: Tabs,
    system: System,
    host: NodeRef,
    work: NodeRef,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<App>) -> App {
        let dispatch = ctx.link().callback(|action: Action| action);
        let keep = Keep::new();
        let workspace = keep.load().unwrap_or_else(examples::first);
        let mut app = App {
            state: State::new(workspace, keep.prefs()),
            clock: Clock::new(dispatch.clone()),
            engine: Engine::new(dispatch.clone()),
            editor: None,
            tabs: Tabs::new(dispatch.clone()),
            system: System::new(dispatch.clone()),
            host: NodeRef::default(),
            work: NodeRef::default(),
            _listeners: listeners(&dispatch),
            keep,
            dispatch,
        };
        app.state.greeting = app.keep.load().is_none();
        app.state.workspace.repair();
        app.tabs.hold(&app.keep.key());
        browser::theme::set(app.state.prefs.theme);
        app
    }

    fn update(&mut self, _ctx: &Context<App>, action: Action) -> bool {
        let before = matches!(action, Action::Point(_)).then(|| self.state.pointed.clone());
        let effects = self.state.apply(action, browser::clock::now());
        for effect in effects {
            self.perform(effect);
        }
        before.is_none_or(|pointed| pointed != self.state.pointed)
    }

    fn view(&self, _ctx: &Context<App>) -> Html {
        let state = &self.state;
        let zone = match state.zone {
            Zone::Files => "files",
            Zone::Edit => "edit",
            Zone::Prompt => "prompt",
            Zone::Problems => "problems",
        };
        let prefs = &state.prefs;
        let style = format!(
            "--editor:{}%;--dock-share:{};--font:{}px",
            prefs.editor_share, prefs.dock_share, prefs.font_size
        );
        html! {
            <div class="app" data-zone={zone} data-rail={prefs.rail.to_string()} {style}>
                { self.skip_links() }
                { self.header() }
                <Banner saved={state.saved} offline={state.offline} dispatch={&self.dispatch} />
                <main class="work" ref={&self.work}>
                    { self.rail() }
                    { self.edit_pane() }
                    { self.side() }
                    { self.dock() }
                </main>
                { self.status() }
                <Zones zone={state.zone} problems={state.shown.len()} stale={state.stale}
                    dispatch={&self.dispatch} />
                <NoticeBar notice={state.notice.as_ref().map(|n| (n.text.clone(), n.offer.clone()))}
                    dispatch={&self.dispatch} />
                <Palette open={state.palette} dispatch={&self.dispatch} />
            </div>
        }
    }

    fn rendered(&mut self, _ctx: &Context<App>, first: bool) {
        if first {
            self.begin();
        }
    }
}

fn listeners(dispatch: &Callback<Action>) -> Vec<EventListener> {
    let mut all = browser::files::listen(dispatch);
    all.extend(browser::offline::listen(dispatch));
    all.extend(browser::keyboard::listen(dispatch.clone()));
    all
}

impl App {
    fn skip_links(&self) -> Html {
        let to = |action: Action| self.dispatch.reform(move |_: MouseEvent| action.clone());
        let prompt = Action::Command("prompt".into());
        html! {
            <div class="skips">
                <button onclick={to(Action::ToEditor)}>{ "Skip to the editor" }</button>
                <button onclick={to(prompt)}>{ "Skip to the compiled prompt" }</button>
                <button onclick={to(Action::Step(0))}>{ "Skip to the problems" }</button>
            </div>
        }
    }

    fn header(&self) -> Html {
        let state = &self.state;
        html! {
            <Header name={state.workspace.name.clone()} facts={state.facts.clone()}
                host={state.workspace.host.clone()} outcome={state.outcome.clone()}
                projects={state.projects.clone()} prefs={state.prefs.clone()}
                dispatch={&self.dispatch} />
        }
    }

    fn rail(&self) -> Html {
        let workspace = &self.state.workspace;
        html! {
            <Rail files={workspace.files.keys().cloned().collect::<Vec<_>>()}
                active={workspace.active.clone()} entry={workspace.entry.clone()}
                renaming={self.state.renaming.clone()} troubled={self.state.troubled()}
                dispatch={&self.dispatch} />
        }
    }

    fn edit_pane(&self) -> Html {
        let workspace = &self.state.workspace;
        html! {
            <EditPane open={workspace.open.clone()} active={workspace.active.clone()}
                entry={workspace.entry.clone()} host={&self.host} dispatch={&self.dispatch} />
        }
    }

    /// The panels beside the editor.
    fn side(&self) -> Html {
        let state = &self.state;
        let (outcome, dispatch) = (state.outcome.clone(), &self.dispatch);
        let sets: Vec<String> = state.workspace.sets.iter().map(|s| s.name.clone()).collect();
        let panel = match state.panel {
            Panel::Prompt => html! {
                <PromptPanel {outcome} lit={state.lit.clone()} pointed={state.pointed.clone()}
                    mono={state.prefs.mono} stale={state.stale} engine={state.engine.clone()}
                    {dispatch} />
            },
            Panel::Changes => html! {
                <Changes diff={state.diff.clone()} against={state.against} {sets}
                    set={state.workspace.set} pinned={state.has_pin()} {dispatch} />
            },
            Panel::Values => html! {
                <Values {outcome} values={state.workspace.values().clone()} {sets}
                    set={state.workspace.set} {dispatch} />
            },
            Panel::Includes => html! { <Includes {outcome} {dispatch} /> },
            Panel::File => html! { <FilePanel {outcome} {dispatch} /> },
        };
        let missing = state.missing_values();
        let tab = |panel, label: &str, count| Tab {
            label: label.to_owned().into(),
            count,
            current: state.panel == panel,
            action: Action::Panel(panel),
        };
        let tabs = vec![
            tab(Panel::Prompt, "Prompt", 0),
            tab(Panel::Changes, "Changes", 0),
            tab(Panel::Values, "Values", missing),
            tab(Panel::Includes, "Includes", 0),
            tab(Panel::File, "File", 0),
        ];
        html! {
            <section class="side" aria-label="Compiled prompt">
                <Splitter split={Split::Prompt} share={state.prefs.editor_share} within={&self.work}
                    {dispatch} />
                <TabList name="side" label="What the role becomes" {tabs} {dispatch} />
                <div class="panel" role="tabpanel" id="side-panel" aria-labelledby={format!("side-tab-{}", state.panel as usize)}>
                    { panel }
                </div>
            </section>
        }
    }

    /// The lists below.
    fn dock(&self) -> Html {
        let (state, dispatch) = (&self.state, &self.dispatch);
        let tab = |dock, label: &str, count| Tab {
            label: label.to_owned().into(),
            count,
            current: state.dock == dock,
            action: Action::Dock(dock),
        };
        let tabs =
            vec![tab(Dock::Problems, "Problems", state.shown.len()), tab(Dock::Rules, "Rules", 0)];
        let safe = state.safe_fixes();
        let onclick = dispatch.reform(|_: MouseEvent| Action::FixAll);
        let list = match state.dock {
            Dock::Problems => html! {
                <Problems shown={state.shown.clone()} outcome={state.outcome.clone()}
                    engine={state.engine.clone()} docs={state.docs.clone()} stale={state.stale}
                    cursor={state.cursor} why={state.why} missing={state.missing_files()}
                    greeting={state.greeting} {dispatch} />
            },
            Dock::Rules => html! {
                <Rules facts={state.facts.clone()} docs={state.docs.clone()} levels={state.workspace.rules.clone()}
                    profile={state.workspace.profile.clone()} {dispatch} />
            },
        };
        html! {
            <section class="dock" aria-label="Problems" data-closed={(state.prefs.dock_share == 0).to_string()}>
                <Splitter split={Split::Dock} share={state.prefs.dock_share} within={&self.work}
                    {dispatch} />
                <div class="tab-row">
                    <TabList name="dock" label="Problems and rules" {tabs} {dispatch} />
                    if safe > 0 {
                        <button class="primary" {onclick}>{ format!("Fix all safe ({safe})") }</button>
                    }
                </div>
                <div class="panel" role="tabpanel" id="dock-panel" aria-labelledby={format!("dock-tab-{}", state.dock as usize)}>
                    { list }
                </div>
            </section>
        }
    }

    fn status(&self) -> Html {
        let state = &self.state;
        html! {
            <StatusBar shown={state.shown.clone()} outcome={state.outcome.clone()}
                engine={state.engine.clone()} version={state.facts.version.clone()}
                caret={state.caret} saved={state.saved} offline={state.offline}
                stale={state.stale} dispatch={&self.dispatch} />
        }
    }
}
