//! The part of the reducer that keeps editor, prompt and list of problems at the same place.

use super::prompt::{to_prompt, to_source};
use super::{Caret, Effect, Panel, Shared, State, problems, utf16};
use rolewright_wire::{Compiled, Segment, SegmentKind};

impl State {
    /// Highlights the parts of the prompt that come from the caret's line or the selection.
    pub(super) fn highlight(&mut self) {
        let path = &self.workspace.active;
        if self.splice(path).is_some() {
            return;
        }
        let Some(analysis) = self.analysis() else { return };
        let Caret { from, to, .. } = self.spot.caret;
        let (from, to) = if from == to {
            utf16::line_around(self.workspace.text(path), from)
        } else {
            (from, to)
        };
        let highlighted = to_prompt(&analysis.compiled, path, from, to);
        if *self.spot.highlighted != highlighted {
            self.spot.highlighted = Shared::new(highlighted);
        }
    }

    /// Scrolls the prompt to the place of the caret or, if it has none there, to the nearest one; after
    /// an edit, once the answer has arrived.
    pub(super) fn follow(&mut self, effects: &mut Vec<Effect>) {
        let path = &self.workspace.active;
        self.edits.following = self.splice(path).is_some();
        if self.edits.following || self.edits.pasted_whole || self.screen.panel != Panel::Prompt {
            return;
        }
        let Some(outcome) = &self.outcome else { return };
        let lit = self.spot.highlighted.first().map(|(at, _)| *at);
        let near = || nearest(&outcome.analysis.compiled, path, self.spot.caret.from);
        if let Some(at) = lit.or_else(near) {
            effects.push(Effect::ScrollPrompt(outcome.page.block_at(at)));
        }
    }

    /// The editor follows the prompt, where the file it shows is in view there.
    pub(super) fn scroll_editor(&mut self, at: u32, effects: &mut Vec<Effect>) {
        let origin = self.analysis().and_then(|analysis| to_source(analysis, at));
        let Some(origin) = origin.filter(|o| self.prefs.lock && o.path == self.workspace.active)
        else {
            return;
        };
        effects.push(Effect::ScrollEditor(self.here(&origin.path, origin.from)));
    }

    /// The prompt follows the editor.
    pub(super) fn scroll_prompt(&mut self, at: u32, effects: &mut Vec<Effect>) {
        let path = &self.workspace.active;
        if !self.prefs.lock || self.screen.panel != Panel::Prompt || self.splice(path).is_some() {
            return;
        }
        let Some(outcome) = &self.outcome else { return };
        let end = utf16::len(self.workspace.text(path));
        let found = to_prompt(&outcome.analysis.compiled, path, at, end);
        if let Some((from, _)) = found.first() {
            effects.push(Effect::AlignPrompt(*from));
        }
    }

    /// Makes the problem at the caret the current one of the list.
    pub(super) fn follow_problem(&mut self, effects: &mut Vec<Effect>) {
        let path = &self.workspace.active;
        if self.splice(path).is_some() {
            return;
        }
        let caret = (self.spot.caret.from, self.spot.caret.line);
        let found = problems::at_caret(&self.shown, self.list.cursor, path, caret);
        if let Some(index) = found.filter(|index| *index != self.list.cursor) {
            self.list.cursor = index;
            effects.push(Effect::ScrollProblem(index));
        }
    }
}

/// The place of the prompt that is nearest to an offset of a file; `None` if the prompt contains
/// nothing of the file.
fn nearest(compiled: &Compiled, path: &str, at: u32) -> Option<u32> {
    let own = compiled.segments.iter().filter(|segment| segment.path == path);
    let away = |segment: &&Segment| {
        let (start, end) = segment.source;
        start.saturating_sub(at) + at.saturating_sub(end)
    };
    let Segment { prompt, source, kind, .. } = own.min_by_key(away)?;
    let inside = match kind {
        SegmentKind::Literal => at.clamp(source.0, source.1) - source.0,
        _ => 0,
    };
    Some((prompt.0 + inside).min(prompt.1))
}
