//! Determines which files .gitignore excludes, following git's rules.

use crate::paths::{self, join, parent};
use crate::world::World;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::sync::Arc;

/// The rules that apply in a folder, the nearest last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules(Vec<Arc<Gitignore>>);

impl Rules {
    /// The repository's rules from its root down to `folder`, without the rules in `folder` itself,
    /// and the local excludes of this clone.
    pub(crate) fn above(world: &dyn World, folder: &str) -> Self {
        let mut rules = Self::default();
        let Some(git) = upwards(world, folder, ".git") else { return rules };
        let repository = parent(&git);
        rules.add(world, &join(&git, "info/exclude"), repository);
        let inner = paths::inside(repository, folder).unwrap_or("");
        let mut at = repository.to_string();
        for name in inner.split('/').filter(|name| !name.is_empty()) {
            rules.add(world, &join(&at, ".gitignore"), &at);
            at = join(&at, name);
        }
        rules
    }

    /// These rules, with the rules from the `.gitignore` in `folder`.
    pub(crate) fn within(&self, world: &dyn World, folder: &str) -> Self {
        let mut rules = self.clone();
        rules.add(world, &join(folder, ".gitignore"), folder);
        rules
    }

    fn add(&mut self, world: &dyn World, file: &str, root: &str) {
        let Ok(bytes) = world.read(file) else { return };
        let mut builder = GitignoreBuilder::new(root);
        for line in String::from_utf8_lossy(&bytes).split('\n') {
            // As in git, an invalid pattern ignores no files.
            let line = line.strip_suffix('\r').unwrap_or(line);
            let _ = builder.add_line(None, &without_alternatives(line));
        }
        if let Ok(found) = builder.build()
            && !found.is_empty()
        {
            self.0.push(Arc::new(found));
        }
    }

    /// Whether the last rule that matches `path` excludes it.
    pub(crate) fn exclude(&self, path: &str, is_folder: bool) -> bool {
        for rules in self.0.iter().rev() {
            match rules.matched(path, is_folder) {
                Match::None => {}
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

/// A git pattern escaped for a matcher that supports `{a,b}`, which git does not.
fn without_alternatives(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let (mut is_escaped, mut in_brackets) = (false, false);
    for c in pattern.chars() {
        if matches!(c, '{' | '}') && !is_escaped && !in_brackets {
            out.push('\\');
        }
        in_brackets = match c {
            '[' if !is_escaped => true,
            ']' => false,
            _ => in_brackets,
        };
        is_escaped = c == '\\' && !is_escaped;
        out.push(c);
    }
    out
}

/// The nearest entry with that name in `folder` or above it.
pub(crate) fn upwards(world: &dyn World, folder: &str, name: &str) -> Option<String> {
    let mut at = folder;
    loop {
        let candidate = join(at, name);
        if world.look(&candidate, true).is_ok() {
            return Some(candidate);
        }
        let above = parent(at);
        if above == at || above.is_empty() {
            return None;
        }
        at = above;
    }
}
