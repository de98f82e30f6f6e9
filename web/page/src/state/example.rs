//! The part of the reducer for the example of a first visit, which a pasted role replaces.

use super::workspace::Workspace;
use super::{Effect, State};

impl State {
    /// The user replaced the example with their own text, so the path of the example must no longer
    /// decide the host.
    pub(super) fn become_own(&mut self, path: &str, old: String, effects: &mut Vec<Effect>) {
        let mut example = self.workspace.clone();
        example.files.insert(path.into(), old);
        let free = self.workspace.free_path("role.md");
        let Ok(to) = self.workspace.rename(path, &free) else { return };
        self.edits.replaced = Some((example, to.clone()));
        self.workspace.name = self.workspace.title();
        // The example's other files are not the user's, unless the text includes one of them.
        let text = self.workspace.text(&to).to_owned();
        let rest = |other: &&String| **other != to && !text.contains(other.as_str());
        let rest: Vec<String> = self.workspace.files.keys().filter(rest).cloned().collect();
        for other in rest {
            self.workspace.delete(&other);
            effects.push(Effect::Forget(other));
        }
        effects.push(Effect::Moved(path.into(), to));
    }

    /// The example that was replaced, if undo has just brought back its text.
    pub(super) fn take_replaced(&mut self, path: &str) -> Option<Workspace> {
        let (workspace, edits) = (&self.workspace, &mut self.edits);
        let is_back = |(example, to): &mut (Workspace, String)| {
            to == path && example.text(&example.active) == workspace.text(path)
        };
        edits.replaced.take_if(is_back).map(|(example, _)| example)
    }

    /// Undo brought back the text of the example, so its path and its other files come back too.
    pub(super) fn become_example(
        &mut self,
        path: &str,
        example: Workspace,
        effects: &mut Vec<Effect>,
    ) {
        let Ok(to) = self.workspace.rename(path, &example.active) else { return };
        for (path, text) in example.files {
            self.workspace.files.entry(path).or_insert(text);
        }
        self.workspace.name = example.name;
        effects.push(Effect::Moved(path.into(), to));
    }
}
