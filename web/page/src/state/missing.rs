//! The part of the state for missing things: variables without values, and included files that do
//! not exist.

use super::checking::offsets;
use super::{State, utf16};
use rolewright_wire::{Diagnostic, IncludeState, Location};

impl State {
    /// For each displayed problem, the variable that can be given a value.
    pub fn unset_variables(&self) -> Vec<Option<String>> {
        let all = self.analysis().map_or(&[][..], |a| &a.compiled.variables);
        let unset = |problem: &Diagnostic| {
            if problem.rule != "undefined-variable" {
                return None;
            }
            let range = problem.range;
            let at = |place: &Location| {
                place.path == problem.path
                    && place.range.start.offset < range.end.offset
                    && range.start.offset < place.range.end.offset
            };
            let found = all.iter().filter(|v| !v.given).find(|v| v.uses.iter().any(at))?;
            Some(found.name.clone())
        };
        self.shown.iter().map(unset).collect()
    }

    /// The path to create for a problem that is an include of a missing file.
    pub fn creatable(&self, problem: &Diagnostic) -> Option<String> {
        if problem.rule != "missing-include" {
            return None;
        }
        let (start, end) = offsets(problem);
        let outcome = self.outcome.as_ref()?;
        let found = outcome.analysis.compiled.includes.iter().find(|node| {
            node.state == IncludeState::Missing
                && node.from.as_ref().is_some_and(|from| {
                    let range = from.range;
                    from.path == problem.path
                        && range.start.offset < end
                        && start < range.end.offset
                })
        });
        // The prompt has only the includes of the main file.
        let written = found.map(|node| node.path.as_str()).or_else(|| {
            let text = outcome.request.project.files.get(&problem.path)?;
            let path = utf16::slice(text, start, end);
            Some(path).filter(|path| problem.message.contains(&format!("Included file `{path}`")))
        })?;
        Some(missing_path(&problem.path, written))
    }
}

/// The path for a missing file that is included as `written` from `from`.
pub fn missing_path(from: &str, written: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relative = written.starts_with("./") || written.starts_with("../");
    let mut names: Vec<&str> =
        if relative { folder.split('/').filter(|n| !n.is_empty()).collect() } else { Vec::new() };
    for name in written.split('#').next().unwrap_or(written).split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}
