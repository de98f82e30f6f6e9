//! The agents of a workspace, by the names under which others start them.

use crate::host::{self, Identity, Kind};
use crate::role::Role;
use crate::spelling::Shape;
use crate::text::letters;
use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

/// The names of a workspace's agents; cheap to copy.
///
/// ```
/// use rolewright_core::Files;
/// use std::collections::BTreeMap;
///
/// let role = "---\nname: code-reviewer\n---\nYou review.\n";
/// let files: BTreeMap<String, String> =
///     [(".claude/agents/review.md".to_string(), role.to_string())].into();
/// let agents = files.agents();
/// assert!(agents.has("Code Reviewer") && !agents.has("review"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agents(Arc<Names>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Names {
    /// Each name by its letters, in their order.
    by_letters: BTreeMap<String, String>,
    /// The shapes of these letters, in the same order.
    shapes: Vec<Shape>,
    /// Each name by its sorted words: `frontend-lead` for `lead-frontend`.
    by_words: BTreeMap<Vec<String>, String>,
}

impl Agents {
    /// The agents among the files at `paths`. Reads each file in a place for agents.
    ///
    /// ```
    /// use rolewright_core::Agents;
    ///
    /// let paths = [".claude/agents/clerk.md".into(), "README.md".into()];
    /// let agents = Agents::of(&paths, &|_| Some("You file.\n".into()));
    /// assert_eq!(agents.names().collect::<Vec<_>>(), ["clerk"]);
    /// ```
    pub fn of<'t>(paths: &[Cow<'_, str>], text: &dyn Fn(&str) -> Option<Cow<'t, str>>) -> Self {
        let paths = paths.iter().filter(|path| Self::may_be(path));
        Self::named(paths.map(|path| Self::name(path, &text(path).unwrap_or_default())))
    }

    /// Agents of these names.
    pub(crate) fn named(names: impl Iterator<Item = String>) -> Self {
        let names: BTreeSet<String> = names.collect();
        let mut known = Names::default();
        // Among names that differ only in punctuation, the first represents all.
        for name in names.into_iter().rev() {
            known.by_words.insert(words(&name), name.clone());
            known.by_letters.insert(letters(&name), name);
        }
        known.shapes = known.by_letters.keys().map(|letters| Shape::of(letters)).collect();
        Self(Arc::new(known))
    }

    /// Whether a file is where agents are kept: where a host looks for roles that have a name, or in a
    /// folder called `agents`.
    ///
    /// ```
    /// use rolewright_core::Agents;
    ///
    /// assert!(Agents::may_be(".github/agents/plan.agent.md") && !Agents::may_be("README.md"));
    /// ```
    pub fn may_be(path: &str) -> bool {
        if path.ends_with(".md") && path.contains("agents/") {
            return true;
        }
        host::by_path(path).is_some_and(|host| {
            let is_named = !matches!(host.identity, Identity::None | Identity::FieldAndFolder);
            is_named && host.kind == Kind::Role
        })
    }

    /// The name of the agent in a file: the name in its front matter, or else the file name.
    ///
    /// ```
    /// use rolewright_core::Agents;
    ///
    /// assert_eq!(Agents::name("agents/plan.md", "You plan.\n"), "plan");
    /// ```
    pub fn name(path: &str, text: &str) -> String {
        let role = Role::without_outline(text, path);
        let name = role.field("name").and_then(|field| field.value.as_str()).map(str::trim);
        name.filter(|name| !name.is_empty()).unwrap_or(stem(path)).to_string()
    }

    /// The names, sorted by their letters.
    ///
    /// ```
    /// use rolewright_core::Agents;
    ///
    /// assert_eq!(Agents::default().names().count(), 0);
    /// ```
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.by_letters.values().map(String::as_str)
    }

    /// Whether there are no agents.
    ///
    /// ```
    /// use rolewright_core::{Files, NoFiles};
    ///
    /// assert!(NoFiles.agents().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.0.by_letters.is_empty()
    }

    /// Whether there is an agent of this name, regardless of case and of the punctuation between
    /// its words.
    ///
    /// ```
    /// use rolewright_core::Agents;
    ///
    /// let agents = Agents::of(&["agents/code-reviewer.md".into()], &|_| None);
    /// assert!(agents.has("Code Reviewer") && !agents.has("reviewer"));
    /// ```
    pub fn has(&self, name: &str) -> bool {
        self.0.by_letters.contains_key(&letters(name))
    }

    /// The names reduced to their letters, and the shapes of these.
    pub(crate) fn spelled(&self) -> impl Iterator<Item = (&str, Shape)> {
        self.0.by_letters.keys().map(String::as_str).zip(self.0.shapes.iter().copied())
    }

    /// The name with exactly these letters.
    pub(crate) fn by_letters(&self, letters: &str) -> Option<&str> {
        self.0.by_letters.get(letters).map(String::as_str)
    }

    /// The first name that begins with these letters.
    pub(crate) fn longer(&self, letters: &str) -> Option<&str> {
        let (known, name) = self.0.by_letters.range(letters.to_string()..).next()?;
        known.starts_with(letters).then_some(name)
    }

    /// The name with the same words in another order.
    pub(crate) fn turned(&self, name: &str) -> Option<&str> {
        self.0.by_words.get(&words(name)).map(String::as_str)
    }
}

/// The name of a file up to its first dot.
pub(crate) fn stem(path: &str) -> &str {
    // Rules ask for the stem of every file in a workspace.
    let start = memchr::memrchr(b'/', path.as_bytes()).map_or(0, |at| at + 1);
    let file = path.get(start..).unwrap_or(path);
    let end = memchr::memchr(b'.', file.as_bytes()).unwrap_or(file.len());
    file.get(..end).unwrap_or(file)
}

/// The letters and digits of a name, in lowercase, one by one.
fn letters_of(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether two names have the same letters.
pub(crate) fn are_alike(one: &str, other: &str) -> bool {
    letters_of(one).eq(letters_of(other))
}

/// The words of a name in alphabetical order.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name.split(['-', '_', ' ']).map(letters).collect();
    words.sort_unstable();
    words
}
