//! The root component: passes every action to the reducer, carries out the effects it returns, and lays
//! out the areas.

mod perform;

use crate::areas::tabs::{self, Tab};
use crate::areas::{banner, changes, editor, file, graph, header, notice, outline, rail, splitter};
use crate::areas::{help::HelpDialog, naming::NameDialog, quick, rules::RulesDrawer};
use crate::areas::{
    hosts::HostDialog,
    palette::Palette,
    problems::{self, Problems},
    prompt::PromptPanel,
    review::ReviewDialog,
    snapshots::SnapshotDialog,
};
use crate::areas::{status, values, zones};
use crate::browser::{self, clock::Clock, editor::Editor, engine::Engine, place, storage::Keep};
use crate::browser::{tabs::Tabs, theme::System};
use crate::examples;
use crate::state::action::{ProblemAction, PromptAction};
use crate::state::export;
use crate::state::prefs::{Prefs, Split};
use crate::state::{Action, Effect, Panel, State, Zone};
use gloo_events::EventListener;
use web_sys::Element;
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
    /// Effects that need the next render first: moving the focus and scrolling.
    after: Vec<Effect>,
    /// The group of controls that had the focus before the updates that are about to be shown.
    focused: Option<Element>,
    /// The file whose tab was last brought into view.
    front: String,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<App>) -> App {
        let dispatch = ctx.link().callback(|action: Action| action);
        let query = browser::query::read();
        let mut keep = if query.embed { Keep::nothing() } else { Keep::new() };
        let saved = keep.take_first();
        let greeting = !query.embed && query.example.is_none() && saved.is_none();
        if query.example.is_some() {
            // The saved project stays unchanged.
            keep.branch();
        }
        let workspace = query.example.or(saved).unwrap_or_else(examples::first);
        let mut prefs = keep.prefs();
        prefs.theme = query.theme.unwrap_or(prefs.theme);
        let mut app = App {
            state: State::new(workspace, prefs),
            clock: Clock::new(dispatch.clone()),
            engine: Engine::new(dispatch.clone()),
            editor: None,
            tabs: Tabs::new(dispatch.clone()),
            system: System::new(dispatch.clone()),
            host: NodeRef::default(),
            work: NodeRef::default(),
            after: Vec::new(),
            focused: None,
            front: String::new(),
            _listeners: listeners(&dispatch),
            keep,
            dispatch,
        };
        app.state.screen.greeting = greeting;
        app.state.screen.embedded = query.embed;
        if !query.embed {
            browser::query::forget();
        }
        app.state.workspace.repair();
        app.tabs.hold(&app.keep.key());
        browser::theme::set(app.state.prefs.theme);
        app.start_engine();
        app
    }

    fn update(&mut self, _ctx: &Context<App>, action: Action) -> bool {
        let before = matches!(action, Action::Prompt(PromptAction::Hover(_)))
            .then(|| self.state.spot.hovered.clone());
        let scrolled = matches!(
            action,
            Action::Prompt(PromptAction::Scrolled(_))
                | Action::Prompt(PromptAction::EditorScrolled(_))
        );
        // Further updates may come between the first one's render and the end of rendering.
        self.focused = place::focused_group().or(self.focused.take());
        for effect in self.state.apply(action, browser::clock::now()) {
            if effect.needs_drawing() {
                self.after.push(effect);
            } else {
                self.perform(effect);
            }
        }
        let renders = !scrolled && before.is_none_or(|hovered| hovered != self.state.spot.hovered);
        self.focused = self.focused.take().filter(|_| renders);
        renders
    }

    fn view(&self, _ctx: &Context<App>) -> Html {
        let (state, dispatch) = (&self.state, &self.dispatch);
        let zone = match state.screen.zone {
            Zone::Files => "files",
            Zone::Edit => "edit",
            Zone::Prompt => "prompt",
            Zone::Problems => "problems",
        };
        let prefs = &state.prefs;
        let style = format!(
            "--share:{};--above:{}fr;--below:{}fr;--dock-share:{};--font:{}px",
            prefs.editor_share,
            prefs.editor_share,
            100 - prefs.editor_share,
            state.dock_share(),
            prefs.font_size
        );
        html! {
            <div class="app" data-zone={zone} data-rail={prefs.rail.to_string()} data-layout={prefs.layout.name()} data-embed={state.screen.embedded.then_some("true")} {style}>
                { self.skip_links() }
                { header::view(state, dispatch) }
                { banner::view(state, dispatch) }
                <main class="work" ref={&self.work}>
                    { rail::view(state, dispatch) }
                    { editor::view(state, &self.host, dispatch) }
                    { self.side() }
                    { self.dock() }
                </main>
                { status::view(state, dispatch) }
                { quick::view(state, dispatch) }
                { zones::view(state, dispatch) }
                { notice::view(state, dispatch) }
                <Palette open={state.dialogs.palette} entries={state.dialogs.found.clone()} {dispatch} />
                <HelpDialog open={state.dialogs.help} facts={state.facts.clone()} {dispatch} />
                <NameDialog variable={state.dialogs.variable.clone()} {dispatch} />
                <RulesDrawer open={state.dialogs.rules} facts={state.facts.clone()} docs={state.docs.clone()}
                    profile={state.workspace.profile.clone()} rules={state.workspace.rules.clone()}
                    settings={state.dialogs.rules.then(|| export::settings(&state.workspace)).flatten()} {dispatch} />
                <SnapshotDialog open={state.kept.snapshots.open} list={state.kept.snapshots.list.clone()} {dispatch} />
                <ReviewDialog review={state.dialogs.review.clone()} {dispatch} />
                <HostDialog asks={state.hosts.asks} facts={state.facts.clone()} outcome={state.outcome.clone()}
                    rows={state.hosts.rows.clone()} host={state.workspace.host.clone()}
                    target={state.workspace.target.clone()} {dispatch} />
            </div>
        }
    }

    fn rendered(&mut self, _ctx: &Context<App>, first: bool) {
        if first {
            self.begin();
        }
        browser::set_title(&self.state.workspace.name);
        let active = &self.state.workspace.active;
        if self.front != *active {
            self.front.clone_from(active);
            place::show_in_parent(&editor::tab_id(active));
        }
        for effect in std::mem::take(&mut self.after) {
            self.perform(effect);
        }
        // A control that removes itself would take the focus with it.
        let group = self.focused.as_ref().filter(|_| place::focus_is_lost());
        if group.is_some_and(|group| !place::focus_current(group)) {
            self.perform(Effect::RescueFocus(String::new()));
        }
        self.focused = None;
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
                <button onclick={to(Action::ToEditor)}>{ "Skip to editor" }</button>
                <button onclick={to(prompt)}>{ "Skip to compiled prompt" }</button>
                <button onclick={to(Action::Problem(ProblemAction::Step(0)))}>{ "Skip to problems" }</button>
            </div>
        }
    }

    /// The panels next to the editor.
    fn side(&self) -> Html {
        let (state, dispatch) = (&self.state, &self.dispatch);
        let panel = match state.screen.panel {
            Panel::Prompt => html! {
                <PromptPanel outcome={state.outcome.clone()} highlighted={state.spot.highlighted.clone()}
                    hovered={state.spot.hovered.clone()} mono={state.prefs.mono} stale={state.stale}
                    engine={state.engine.clone()} {dispatch} />
            },
            Panel::Changes => changes::view(state, dispatch),
            Panel::Values => values::view(state, dispatch),
            Panel::Outline => outline::view(state, dispatch),
            Panel::File => file::view(state, dispatch),
            Panel::Graph => graph::view(state, dispatch),
        };
        let tab = |panel, label, count| Tab {
            label,
            count,
            current: state.screen.panel == panel,
            action: Action::Panel(panel),
        };
        let row = [
            tab(Panel::Prompt, "Prompt", 0),
            tab(Panel::Changes, "Changes", 0),
            tab(Panel::Values, "Values", state.missing_values()),
            tab(Panel::Outline, "Outline", 0),
            tab(Panel::File, "Host file", 0),
            tab(Panel::Graph, "Graph", 0),
        ];
        html! {
            <section class="side" aria-label="Compiled prompt">
                { splitter::view(Split::Prompt, &state.prefs, &self.work, dispatch) }
                { tabs::view("side", "Compiled output", &row, dispatch) }
                <div class="panel" role="tabpanel" id="side-panel"
                    aria-labelledby={format!("side-tab-{}", state.screen.panel as usize)}>
                    { panel }
                </div>
            </section>
        }
    }

    /// The list of problems, and the changes of the focused fix.
    fn dock(&self) -> Html {
        let (state, dispatch) = (&self.state, &self.dispatch);
        let prefs = Prefs { dock_share: state.dock_share(), ..state.prefs.clone() };
        let closed = (prefs.dock_share == 0).to_string();
        html! {
            <section class="dock" aria-label="Problems" data-closed={closed}>
                { splitter::view(Split::Dock, &prefs, &self.work, dispatch) }
                { problems::head(state, dispatch) }
                <div class="panel" id="dock-panel">
                    <Problems shown={state.shown.clone()} outcome={state.outcome.clone()}
                        front={state.workspace.active.clone()} engine={state.engine.clone()} docs={state.docs.clone()} stale={state.stale}
                        blank={state.is_blank()} cursor={state.list.cursor} why={state.list.why}
                        list={state.list.view.clone()} missing={state.missing_files()}
                        unset={state.unset_variables()} {dispatch} />
                </div>
                if let Some(preview) = &state.list.preview {
                    <div class="preview" aria-hidden="true">{ changes::files(&preview.diffs) }</div>
                }
            </section>
        }
    }
}
