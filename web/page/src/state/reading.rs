//! The part of the reducer for navigation: the caret, the prompt, panels, preferences and commands.

use super::diff;
use super::disk;
use super::prefs::DOCK;
use super::problems;
use super::prompt::{self, to_source};
use super::utf16;
use super::{Action, Against, Caret, Effect, Hovered, Panel, Saved, Shared, State, Timer, Zone};
use crate::state::action::{
    FileAction, LookAction, ProblemAction, PromptAction, RuleAction, VersionAction,
};

impl State {
    /// Handles an action about navigation.
    pub(super) fn read(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Caret { from, to, line, column } => {
                // A paste itself moves the caret.
                self.edits.pasted_whole &= std::mem::take(&mut self.edits.pasting);
                self.spot.caret = Caret { from, to, line, column };
                self.highlight();
                self.follow(effects);
                self.follow_problem(effects);
            }
            Action::Prompt(PromptAction::Hover(at)) => self.hover(at, effects),
            Action::Prompt(PromptAction::Scrolled(at)) => self.scroll_editor(at, effects),
            Action::Prompt(PromptAction::EditorScrolled(at)) => self.scroll_prompt(at, effects),
            Action::Prompt(PromptAction::Source(at)) => self.source(at, effects),
            Action::Prompt(PromptAction::Visit(at)) => {
                self.screen.panel = Panel::Prompt;
                self.hover(Some(at), effects);
                if let Some(outcome) = &self.outcome {
                    effects.push(Effect::ScrollPrompt(outcome.page.block_at(at)));
                }
                self.source(at, effects);
            }
            Action::Prompt(PromptAction::VisitSection(index)) => {
                let section = self.analysis().and_then(|a| a.compiled.stats.sections.get(index));
                if let Some(at) = section.map(|section| section.prompt.0) {
                    self.read(Action::Prompt(PromptAction::Visit(at)), effects);
                }
            }
            Action::Prompt(PromptAction::Step(blocks, parts)) => self.step(blocks, parts, effects),
            Action::Prompt(PromptAction::HoveredSource) => {
                if let Some(at) = self.spot.hovered.as_ref().map(|p| p.at) {
                    self.source(at, effects);
                }
            }
            Action::ToEditor => {
                self.screen.zone = Zone::Edit;
                effects.push(Effect::FocusEditor);
            }
            Action::Prompt(PromptAction::Compare(against)) => {
                self.comparison.against = against;
                self.comparison.other = None;
                self.comparison.refused = false;
                self.request_comparison();
                self.send(effects);
                self.compare();
            }
            Action::Prompt(PromptAction::Pin) => {
                self.comparison.pinned = self.analysis().map(|a| a.compiled.prompt.clone());
                self.comparison.against = Against::Pinned;
                self.compare();
            }
            Action::Prompt(PromptAction::Role(role)) => {
                self.workspace.role = role;
                // Comparing with the prompt of another role makes no sense.
                self.comparison.before = None;
                self.save_soon(effects);
                self.ask(effects);
            }
            Action::Command(name) => self.command(&name, effects),
            Action::Palette(open) => self.open_palette(open),
            Action::Help(open) => self.dialogs.help = open,
            Action::File(FileAction::Paste) => effects.push(Effect::Paste),
            Action::Dismiss => self.notice = None,
            Action::Rang(Timer::Notice) => self.retire_notice(),
            Action::Version(VersionAction::OfflineReady) => self.offline.ready = true,
            Action::Version(VersionAction::UpdateReady) => {
                self.offline.update = true;
                effects.push(Effect::Announce(
                    "An update is ready. Reload the page to use it.".into(),
                ));
            }
            Action::Version(VersionAction::Cut(cut)) => {
                self.offline.cut = cut;
                let text = "You're offline. Everything still works.";
                effects.extend(cut.then(|| Effect::Announce(text.into())));
            }
            other => self.arrange(other, effects),
        }
    }

    /// Handles an action about panels, downloads and preferences.
    fn arrange(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Panel(panel) => {
                (self.screen.panel, self.screen.zone) = (panel, Zone::Prompt);
                // It would cover the end of the other panel. What only its button undoes stays.
                self.outdate_notice();
                self.request_panel();
                self.send(effects);
                self.compare();
                return;
            }
            Action::Problems => {
                self.screen.zone = Zone::Problems;
                if self.prefs.dock_share > 0 {
                    return;
                }
                self.prefs.dock_share = DOCK;
            }
            Action::Rule(RuleAction::Show(open)) => {
                self.dialogs.rules = open;
                if open {
                    self.want_docs(effects);
                }
                return;
            }
            Action::Zone(zone) => return self.screen.zone = zone,
            Action::File(FileAction::Download(path)) => {
                let name = prompt::file_name(&path).to_owned();
                return effects.push(Effect::Download(name, self.workspace.text(&path).into()));
            }
            Action::File(FileAction::Pick) => return effects.push(Effect::Pick(false)),
            Action::File(FileAction::PickFolder) => return effects.push(Effect::Pick(true)),
            Action::Look(LookAction::Split(split, share)) => self.prefs.set_share(split, share),
            Action::Look(LookAction::SystemTheme) => {}
            Action::Look(LookAction::Theme(theme)) => self.prefs.theme = theme,
            Action::Look(LookAction::Layout(layout)) => self.prefs.layout = layout,
            Action::Look(LookAction::FontSize(by)) => {
                self.prefs.font_size = self.prefs.font_size.saturating_add_signed(by).clamp(12, 22);
            }
            Action::Look(LookAction::Wrap) => self.prefs.wrap = !self.prefs.wrap,
            Action::Look(LookAction::Tab) => self.prefs.tab = !self.prefs.tab,
            Action::Look(LookAction::Spelling) => self.prefs.spelling = !self.prefs.spelling,
            Action::Look(LookAction::Raw(raw)) => self.prefs.mono = raw,
            Action::Look(LookAction::Lock) => self.prefs.lock = !self.prefs.lock,
            Action::Look(LookAction::Rail) => {
                // The file list is a column if there is room; otherwise, it covers the editor.
                self.prefs.rail = !self.prefs.rail;
                self.screen.zone =
                    if self.screen.zone == Zone::Files { Zone::Edit } else { Zone::Files };
            }
            Action::Look(LookAction::Speak) => self.prefs.announce = !self.prefs.announce,
            _ => return,
        }
        effects.push(Effect::Prefer);
    }

    fn hover(&mut self, at: Option<u32>, effects: &mut Vec<Effect>) {
        let origin = at.zip(self.analysis()).and_then(|(at, analysis)| to_source(analysis, at));
        let hovered = at.zip(origin).map(|(at, origin)| {
            let from = self.here(&origin.path, origin.from);
            let (line, _) = utf16::line_column(self.workspace.text(&origin.path), from);
            let include = self.analysis().and_then(|a| prompt::include_at(a, at));
            Hovered { at, origin, line, include }
        });
        if self.spot.hovered == hovered {
            return;
        }
        let ranges = hovered.iter().filter(|p| p.origin.path == self.workspace.active).map(|p| {
            let (from, to) = (p.origin.from, p.origin.to);
            let (from, to) = (self.here(&p.origin.path, from), self.here(&p.origin.path, to));
            let line = utf16::line_around(self.workspace.text(&p.origin.path), from);
            if from == to { line } else { (from, to) }
        });
        effects.push(Effect::Highlight(ranges.collect()));
        self.spot.hovered = hovered;
    }

    /// Moves to a neighboring block or part of the prompt and announces its source.
    fn step(&mut self, blocks: i32, parts: i32, effects: &mut Vec<Effect>) {
        let Some(outcome) = self.outcome.clone() else { return };
        let at = self.spot.hovered.as_ref().map(|p| p.at);
        let at = at.or(self.spot.highlighted.first().map(|(at, _)| *at)).unwrap_or(0);
        let Some((block, at)) = outcome.page.neighbor(at, blocks, parts) else { return };
        self.hover(Some(at), effects);
        effects.push(Effect::ScrollPrompt(block));
        if let Some(Hovered { origin, line, .. }) = &self.spot.hovered {
            let name = prompt::file_name(&origin.path);
            effects.push(Effect::Announce(format!("{name}, line {line}")));
        }
    }

    fn source(&mut self, at: u32, effects: &mut Vec<Effect>) {
        let Some(origin) = self.analysis().and_then(|a| to_source(a, at)) else { return };
        let from = self.here(&origin.path, origin.from);
        let to = self.here(&origin.path, origin.to);
        self.reveal(&origin.path, from, to, effects);
    }

    /// Updates the comparison while its panel is open.
    pub(super) fn compare(&mut self) {
        if self.screen.panel != Panel::Changes {
            return;
        }
        let compiled = self.analysis().map(|a| &a.compiled);
        let now = compiled.map_or("", |compiled| compiled.prompt.as_str());
        let file = compiled.and_then(|c| c.file.as_ref()).map_or("", |file| file.text.as_str());
        let diff = match self.comparison.against {
            Against::LastEdit => diff::lines(self.comparison.before.as_deref().unwrap_or(now), now),
            Against::Pinned => diff::lines(self.comparison.pinned.as_deref().unwrap_or(now), now),
            Against::Set(_) => diff::lines(self.comparison.other.as_deref().unwrap_or(now), now),
            Against::Host(_) => diff::lines(self.comparison.other.as_deref().unwrap_or(file), file),
        };
        if *self.comparison.diff != diff {
            self.comparison.diff = Shared::new(diff);
        }
    }

    fn open_palette(&mut self, open: bool) {
        self.dialogs.palette = open;
        self.dialogs.found = Shared::new(if open { self.findable() } else { Vec::new() });
    }

    fn command(&mut self, name: &str, effects: &mut Vec<Effect>) {
        match name {
            "next-problem" | "previous-problem" => {
                let forward = name == "next-problem";
                let path = &self.workspace.active;
                let next = problems::next(&self.shown, path, self.spot.caret.from, forward);
                match next {
                    Some(index) => self.go_to(index, effects),
                    None => effects.push(Effect::Announce("No problems.".into())),
                }
            }
            "actions" => self.want_actions(effects),
            "rename" => effects.extend(self.apply(Action::RenameVariable, self.edits.last_edit)),
            "undo" => effects.push(Effect::Undo),
            "explain" => effects.push(Effect::ExplainCaret),
            "redo" => effects.push(Effect::Redo),
            "save" if matches!(self.kept.saved, Saved::Elsewhere | Saved::Undecided) => {}
            "save" => {
                self.save(effects);
                if self.kept.disk.folder.is_some() {
                    self.on_disk(disk::Event::Save(false), effects);
                } else {
                    self.tell("Saved in this browser.", effects);
                }
            }
            "prompt" => {
                (self.screen.panel, self.screen.zone) = (Panel::Prompt, Zone::Prompt);
                effects.push(Effect::FocusPrompt);
            }
            "palette" => self.open_palette(true),
            "main-file" => {
                let path = self.workspace.active.clone();
                effects.extend(
                    self.apply(Action::File(FileAction::MakeMain(path)), self.edits.last_edit),
                );
            }
            "download" => self.arrange(
                Action::File(FileAction::Download(self.workspace.active.clone())),
                effects,
            ),
            _ => match name.split_once(':').map(|(word, n)| (word, n.parse::<u32>())) {
                Some(("fix", Ok(index))) => {
                    effects.extend(self.apply(
                        Action::Problem(ProblemAction::Fix(index as usize)),
                        self.edits.last_edit,
                    ));
                }
                Some(("definition", Ok(at))) => self.want_definition(at, effects),
                Some(("action", Ok(index))) => self.act(index as usize, effects),
                _ if name == "definition" => self.want_definition(self.spot.caret.from, effects),
                _ => {}
            },
        }
    }
}
