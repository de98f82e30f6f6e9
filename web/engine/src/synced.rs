//! Keeps the project in the engine between requests, so that only differences are read and checked
//! again.

use rolewright_core::options::Missing;
use rolewright_core::{Options, Profile, Severity, Values, host::Host};
use rolewright_messages::Project;
use rolewright_services::{Document, Settings, Workspace};

/// The workspace, and the project it was last synchronized with.
#[derive(Default)]
pub(crate) struct SyncedWorkspace {
    /// The files and their results.
    pub workspace: Workspace,
    /// Path of the main file.
    pub entry: String,
    /// Path of the open file.
    pub active: String,
    /// The ID of the host to compile the main file for, or `None` for its own.
    pub target: Option<String>,
    /// The index of the role to compile, if the main file contains several.
    pub role: usize,
    /// The workspace's settings, as received from the page.
    settings: Project,
    /// Files that did not fit into the workspace.
    pub refused: Vec<String>,
}

impl SyncedWorkspace {
    /// Synchronizes the workspace with `project`.
    pub(crate) fn update(&mut self, mut project: Project) {
        let mut files = std::mem::take(&mut project.files);
        self.active = std::mem::take(&mut project.active);
        self.target = project.target.take();
        self.role = std::mem::take(&mut project.role) as usize;
        self.entry.clone_from(&project.entry);
        // A missing main file is treated as an empty text.
        files.entry(project.entry.clone()).or_default();
        if project.host.is_none() {
            // If the host is detected, a different main file does not change the settings.
            project.entry.clear();
        }
        if self.settings != project {
            self.workspace.configure(settings(&project));
            self.settings = project;
        }
        let gone = self.workspace.paths().filter(|path| !files.contains_key(*path));
        for path in gone.map(String::from).collect::<Vec<_>>() {
            self.workspace.remove(&path);
        }
        self.refused.clear();
        for (path, text) in files {
            if self.workspace.set(&path, text).is_err() {
                // An empty text always fits; the report says that the file was not read.
                let _ = self.workspace.set(&path, String::new());
                self.refused.push(path);
            }
        }
    }

    /// A file of the project, for the services.
    pub(crate) fn document<'a>(&'a self, path: &'a str) -> Option<Document<'a>> {
        self.workspace.document(path)
    }
}

fn settings(project: &Project) -> Settings {
    let profile = Profile::from_name(&project.profile).unwrap_or_default();
    let mut options = Options::new().with_profile(profile);
    // The prompt is a preview: a variable without a value is shown as written.
    options.template.missing = Some(Missing::Keep);
    for (rule, setting) in &project.rules {
        options.rules.insert(rule.clone(), Severity::from_name(setting));
    }
    let mut values = Values::new();
    for (name, value) in &project.values {
        values.set(name, value);
    }
    let chosen = project.host.as_deref().and_then(Host::by_id);
    let hosts = chosen.map(|host| (project.entry.clone(), host)).into_iter().collect();
    Settings { options, values, hosts, ..Settings::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[(&str, &str)]) -> Project {
        let file = |(path, text): &(&str, &str)| (path.to_string(), text.to_string());
        Project {
            entry: "roles/a.md".into(),
            active: "roles/a.md".into(),
            files: files.iter().map(file).collect(),
            profile: "recommended".into(),
            ..Project::default()
        }
    }

    #[test]
    fn only_what_an_edit_touches_is_checked_again() {
        let mut synced = SyncedWorkspace::default();
        let mut files = [("roles/a.md", "{{include:b.md}}\n"), ("b.md", "B\n"), ("c.md", "C\n")];
        synced.update(project(&files));
        for path in ["roles/a.md", "b.md", "c.md"] {
            synced.workspace.check(path);
        }
        assert_eq!(synced.workspace.remembered(), 3);
        synced.update(project(&files));
        assert_eq!(synced.workspace.remembered(), 3);
        files[1].1 = "B, edited\n";
        synced.update(project(&files));
        assert_eq!(synced.workspace.remembered(), 1);
    }

    #[test]
    fn files_come_and_go_with_the_project() {
        let mut synced = SyncedWorkspace::default();
        synced.update(project(&[("roles/a.md", "A\n"), ("b.md", "B\n")]));
        synced.update(project(&[("roles/a.md", "A\n"), ("c.md", "C\n")]));
        assert_eq!(synced.workspace.paths().collect::<Vec<_>>(), ["c.md", "roles/a.md"]);
    }

    #[test]
    fn a_chosen_host_is_that_of_the_main_file_alone() {
        let mut synced = SyncedWorkspace::default();
        let mut project = project(&[("roles/a.md", "A\n"), ("b.md", "B\n")]);
        project.host = Some("codex-agent".into());
        synced.update(project.clone());
        let host =
            |synced: &SyncedWorkspace, path| synced.workspace.check(path).map(|report| report.host);
        assert_eq!(host(&synced, "roles/a.md").as_deref(), Some("codex-agent"));
        assert_ne!(host(&synced, "b.md").as_deref(), Some("codex-agent"));
        project.entry = "b.md".into();
        synced.update(project);
        assert_eq!(host(&synced, "b.md").as_deref(), Some("codex-agent"));
    }
}
