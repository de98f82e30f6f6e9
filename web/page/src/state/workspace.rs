//! The project as saved; [`Workspace::repair`] restores its invariants after loading.

use rolewright_messages::Project;
use std::collections::BTreeMap;

/// The profiles of rules, from the smallest to the largest.
pub const PROFILES: [&str; 3] = ["core", "recommended", "style"];

/// A heading below this line is not the role's title.
const TITLE_LINES: usize = 40;
/// The longest title derived from a text.
const TITLE_CHARS: usize = 60;

/// Everything of one project that survives a reload.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workspace {
    /// The name in the project list.
    pub name: String,
    /// File contents by path; never empty after `repair`.
    pub files: BTreeMap<String, String>,
    /// The main file, from which the prompt is compiled; a key of `files`.
    pub entry: String,
    /// Paths of the open tabs, all of them keys of `files`, never empty.
    pub open: Vec<String>,
    /// The selected tab; one of `open`.
    pub active: String,
    /// Host id, or `None` to detect it.
    pub host: Option<String>,
    /// The ID of the host to compile for, or `None` for the text's own host.
    pub target: Option<String>,
    /// The displayed role of a main file with several roles, from 0.
    pub role: usize,
    /// `core`, `recommended` or `style`.
    pub profile: String,
    /// Severity overrides by rule: `off`, `error`, `warning` or `info`.
    pub rules: BTreeMap<String, String>,
    /// Value sets; never empty.
    pub sets: Vec<ValueSet>,
    /// The set in use; an index into `sets`.
    pub set: usize,
}

/// A named set of values for template variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueSet {
    /// The name in the select control.
    pub name: String,
    /// Values by variable; a missing variable is unset.
    pub values: BTreeMap<String, String>,
}

/// A deleted file, with the data needed to restore it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deleted {
    path: String,
    text: String,
    tab: Option<usize>,
    entry: bool,
}

impl Workspace {
    /// A project with one empty role.
    pub fn empty() -> Workspace {
        Workspace::untitled("role.md", "")
    }

    /// A project with one file, named after its role.
    pub fn untitled(path: &str, text: &str) -> Workspace {
        let mut workspace = Workspace::new("", &[(path, text)]);
        workspace.name = workspace.title();
        workspace
    }

    /// The display name of an unnamed project: the name of its role, or else its first heading.
    pub fn title(&self) -> String {
        let text = self.text(&self.entry);
        let field = |line: &str| {
            let name = line.strip_prefix("name:")?.trim().trim_matches(['"', '\'']);
            Some(name.to_owned()).filter(|name| !name.is_empty())
        };
        let mut front = text.strip_prefix("---\n").unwrap_or("").lines();
        let name = front.by_ref().take_while(|line| *line != "---").find_map(field);
        let mut lines = text.lines().take(TITLE_LINES);
        let heading = || Some(lines.find_map(|line| line.strip_prefix("# "))?.trim().to_owned());
        let title = name.or_else(heading).filter(|title| !title.is_empty());
        title.unwrap_or("New project".into()).chars().take(TITLE_CHARS).collect()
    }

    /// A project with these files; the first file is the main file and is open.
    pub fn new(name: &str, files: &[(&str, &str)]) -> Workspace {
        let mut workspace = Workspace {
            name: name.into(),
            entry: files.first().map_or(String::new(), |(p, _)| (*p).into()),
            ..Workspace::default()
        };
        // `collect` would sort, which adds two kilobytes of code per type.
        workspace.files.extend(files.iter().map(|(p, t)| ((*p).into(), (*t).into())));
        workspace.active.clone_from(&workspace.entry);
        workspace.repair();
        workspace
    }

    /// Restores the invariants that the rest of the page relies on.
    pub fn repair(&mut self) {
        if self.files.is_empty() {
            self.files.insert("role.md".into(), String::new());
        }
        let first = self.files.keys().next().cloned().unwrap_or_default();
        if !self.files.contains_key(&self.entry) {
            self.entry.clone_from(&first);
            self.role = 0;
        }
        let files = &self.files;
        self.open.retain(|p| files.contains_key(p));
        if !self.files.contains_key(&self.active) {
            self.active = self.open.first().unwrap_or(&self.entry).clone();
        }
        if !self.open.contains(&self.active) {
            self.open.push(self.active.clone());
        }
        if !PROFILES.contains(&self.profile.as_str()) {
            self.profile = "recommended".into();
        }
        if self.sets.is_empty() {
            self.sets.push(ValueSet { name: "Default".into(), ..ValueSet::default() });
        }
        self.set = self.set.min(self.sets.len() - 1);
    }

    /// The text of a file; empty if there is no such file.
    pub fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// The values in use.
    pub fn values(&self) -> &BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        self.sets.get(self.set).map_or(&NONE, |s| &s.values)
    }

    /// Opens a file and selects its tab. Returns `false` if there is no such file.
    pub fn activate(&mut self, path: &str) -> bool {
        let known = self.files.contains_key(path);
        if known {
            self.active = path.into();
            self.repair();
        }
        known
    }

    /// Closes a tab and selects its neighbor. The last tab stays open.
    pub fn close(&mut self, path: &str) {
        let Some(at) = self.open.iter().position(|p| p == path) else { return };
        if self.open.len() == 1 {
            return;
        }
        self.open.remove(at);
        if self.active == path {
            self.active = self.open[at.min(self.open.len() - 1)].clone();
        }
    }

    /// Whether no file has any text.
    pub fn is_blank(&self) -> bool {
        self.files.values().all(|text| text.trim().is_empty())
    }

    /// Removes all files to make room for others, and returns their paths.
    pub fn take_files(&mut self) -> impl Iterator<Item = String> + use<> {
        self.open.clear();
        self.active.clear();
        std::mem::take(&mut self.files).into_keys()
    }

    /// Adds a file under a free path and returns that path.
    pub fn add(&mut self, path: &str, text: &str) -> String {
        let path = self.free_path(path);
        self.files.insert(path.clone(), text.into());
        path
    }

    /// `path`, or the first of `path-2`, `path-3` and so on that is free.
    pub fn free_path(&self, path: &str) -> String {
        let path = tidy(path).unwrap_or_else(|| "role.md".into());
        let dot = path.find('.').filter(|d| *d > path.rfind('/').map_or(0, |s| s + 1));
        let (stem, end) = path.split_at(dot.unwrap_or(path.len()));
        let numbered = |n: usize| format!("{stem}-{n}{end}");
        if !self.files.contains_key(&path) {
            return path;
        }
        (2..).map(numbered).find(|p| !self.files.contains_key(p)).unwrap_or(path)
    }

    /// Changes the path of a file and returns the new path, or a message that explains why it
    /// cannot change.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<String, String> {
        let to = tidy(to).ok_or("Enter a path, for example `shared/style.md`.")?;
        if to != from && self.files.contains_key(&to) {
            return Err(format!("`{to}` already exists."));
        }
        if let Some(text) = self.files.remove(from) {
            self.files.insert(to.clone(), text);
        }
        for path in self.open.iter_mut().chain([&mut self.entry, &mut self.active]) {
            if path == from {
                path.clone_from(&to);
            }
        }
        Ok(to)
    }

    /// Deletes a file. Returns `None` for the last file, which cannot be deleted.
    pub fn delete(&mut self, path: &str) -> Option<Deleted> {
        if self.files.len() < 2 {
            return None;
        }
        let text = self.files.remove(path)?;
        let tab = self.open.iter().position(|p| p == path);
        let deleted = Deleted { path: path.into(), text, tab, entry: self.entry == path };
        self.repair();
        Some(deleted)
    }

    /// Restores a deleted file and returns its path.
    pub fn restore(&mut self, deleted: Deleted) -> String {
        let path = self.add(&deleted.path, &deleted.text);
        if let Some(tab) = deleted.tab {
            self.open.insert(tab.min(self.open.len()), path.clone());
            self.active.clone_from(&path);
        }
        if deleted.entry {
            self.entry.clone_from(&path);
        }
        path
    }

    /// Whether text and settings are equal; open tabs and the role shown do not count.
    pub fn says_the_same(&self, other: &Workspace) -> bool {
        let (open, active) = (other.open.clone(), other.active.clone());
        Workspace { open, active, role: other.role, ..self.clone() } == *other
    }

    /// The project for a request to the engine, with the values of one value set.
    pub fn project(&self, set: usize) -> Project {
        Project {
            entry: self.entry.clone(),
            active: self.active.clone(),
            files: self.files.clone(),
            values: self.sets.get(set).map(|s| s.values.clone()).unwrap_or_default(),
            host: self.host.clone(),
            target: self.target.clone(),
            role: u32::try_from(self.role).unwrap_or(u32::MAX),
            profile: self.profile.clone(),
            rules: self.rules.clone(),
        }
    }
}

/// A normalized path: `/` between names, and no empty, `.` or `..` names.
fn tidy(path: &str) -> Option<String> {
    let names: Vec<&str> = path
        .split(['/', '\\'])
        .map(str::trim)
        .filter(|n| !n.is_empty() && *n != "." && *n != "..")
        .collect();
    Some(names.join("/")).filter(|p| !p.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Workspace {
        Workspace::new("Two", &[("a.md", "A"), ("b.md", "B")])
    }

    #[test]
    fn a_project_from_outside_is_made_usable() {
        let mut workspace = Workspace { open: vec!["gone.md".into()], set: 7, ..two() };
        workspace.active = "gone.md".into();
        workspace.repair();
        assert_eq!((workspace.active.as_str(), workspace.open.len()), ("a.md", 1));
        assert_eq!(workspace.set, 0);
        let mut empty = Workspace::default();
        empty.repair();
        assert_eq!(empty.text("role.md"), "");
        assert_eq!(empty.entry, "role.md");
    }

    #[test]
    fn an_unnamed_project_is_called_as_its_role() {
        let title = |text: &str| Workspace::untitled("role.md", text).name;
        assert_eq!(title("---\ndescription: d\nname: \"reviewer\"\n---\n# Other\n"), "reviewer");
        assert_eq!(title("# Style guide\n\nWrite plainly.\n"), "Style guide");
        assert_eq!(title("---\nname:\n---\nname: none\n# Cook\n"), "Cook");
        assert_eq!(title(""), "New project");
    }

    #[test]
    fn closing_the_front_tab_shows_its_neighbor_and_the_last_one_stays() {
        let mut workspace = two();
        workspace.activate("b.md");
        workspace.close("b.md");
        assert_eq!(workspace.active, "a.md");
        workspace.close("a.md");
        assert_eq!(workspace.open, ["a.md"]);
    }

    #[test]
    fn a_second_file_of_the_same_path_gets_a_number() {
        let mut workspace = two();
        assert_eq!(workspace.add("a.md", ""), "a-2.md");
        assert_eq!(workspace.add("a.md", ""), "a-3.md");
        assert_eq!(workspace.add("x/.env", ""), "x/.env");
        assert_eq!(workspace.add("x/.env", ""), "x/.env-2");
        assert_eq!(workspace.add("../..//new.md", ""), "new.md");
    }

    #[test]
    fn renaming_moves_tab_and_entry_and_never_overwrites() {
        let mut workspace = two();
        assert!(workspace.rename("a.md", "b.md").is_err());
        assert_eq!(workspace.rename("a.md", "x/c.md"), Ok("x/c.md".into()));
        assert_eq!((workspace.entry.as_str(), workspace.active.as_str()), ("x/c.md", "x/c.md"));
        assert_eq!(workspace.text("x/c.md"), "A");
    }

    #[test]
    fn a_deleted_file_comes_back_as_it_was() {
        let mut workspace = two();
        let before = workspace.clone();
        let deleted = workspace.delete("a.md").unwrap();
        assert_eq!((workspace.entry.as_str(), workspace.active.as_str()), ("b.md", "b.md"));
        workspace.restore(deleted);
        assert_eq!(workspace.files, before.files);
        assert_eq!(workspace.entry, "a.md");
        assert_eq!(workspace.active, "a.md");
    }

    #[test]
    fn the_last_file_stays() {
        let mut workspace = Workspace::new("One", &[("a.md", "A")]);
        assert_eq!(workspace.delete("a.md"), None);
        assert_eq!(workspace.text("a.md"), "A");
    }
}
