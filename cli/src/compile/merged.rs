//! Tracks the files that a run has produced so far: adds roles that a host keeps in one file one
//! after the other, and rejects a second role in the same place.

use super::Job;
use crate::workspace::Home;
use rolewright_core::host::{Host, Syntax};
use rolewright_core::{Agents, Files};
use rolewright_wire::Compiled;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Whether the host keeps all roles of a workspace in one file, by name.
pub(super) fn keeps_several(host: &Host) -> bool {
    let is_fixed = host.locations.first().is_some_and(|place| !place.contains('*'));
    host.syntax == Syntax::Yaml && is_fixed
}

/// The file to which roles are added.
pub(super) struct TargetFile {
    /// Its path in a workspace of its host.
    pub path: String,
    /// Its text, unless it is to be created.
    pub text: Option<String>,
}

/// A place in a workspace: its root, the host, the path of the file, and the role in it if there
/// are several.
type Place = (String, String, String, String);

/// The files that a run has made.
#[derive(Default)]
pub(super) struct MergedFiles {
    /// Files with several roles, by workspace and path.
    texts: BTreeMap<(String, String), String>,
    /// The content of each place: the source file of the role, the index of the role in that file,
    /// and the file written for that role alone, if known.
    taken: BTreeMap<Place, (String, usize, Option<String>)>,
}

impl MergedFiles {
    /// The files of a workspace, including the files produced for it, with `target` instead of the
    /// workspace's own file.
    pub(super) fn around<'m>(
        &'m self,
        home: &'m Home<'_>,
        target: Option<TargetFile>,
    ) -> WorkspaceFiles<'m> {
        WorkspaceFiles { merged: self, root: &home.root, files: &home.texts, target }
    }

    /// Records a file; if another role already has its place, returns that role's source file and
    /// the path.
    pub(super) fn add(
        &mut self,
        job: &Job<'_, '_>,
        name: &str,
        done: &Compiled,
    ) -> Result<(), (String, String)> {
        let Some(file) = &done.file else { return Ok(()) };
        let (root, path) = (&job.source.home.root, &file.path);
        let several = job.host.filter(|host| keeps_several(host));
        let name = several.map_or("", |_| name);
        let place = (root.clone(), done.host.clone(), path.clone(), name.to_string());
        let text = several.is_none().then(|| file.text.clone());
        if let Some((other, role, known)) = self.taken.get(&place) {
            let is_same = *other == job.source.path && *role == job.role;
            if !is_same && (text.is_none() || *known != text) {
                return Err((other.clone(), path.clone()));
            }
        }
        self.taken.insert(place, (job.source.path.clone(), job.role, text));
        if several.is_some() {
            self.texts.insert((root.clone(), path.clone()), file.text.clone());
        }
        Ok(())
    }
}

/// The files of a workspace, including the files produced for it.
pub(super) struct WorkspaceFiles<'m> {
    merged: &'m MergedFiles,
    root: &'m str,
    files: &'m dyn Files,
    target: Option<TargetFile>,
}

impl Files for WorkspaceFiles<'_> {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        let merged = self.merged.texts.get(&(self.root.to_string(), path.to_string()));
        let target = self.target.as_ref().filter(|target| target.path == path);
        match (merged, target) {
            (Some(merged), _) => Some(merged.into()),
            (None, Some(target)) => target.text.as_ref().map(Cow::from),
            (None, None) => self.files.text(path),
        }
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        self.files.paths()
    }

    fn exists(&self, path: &str) -> bool {
        match self.target.as_ref().filter(|target| target.path == path) {
            Some(target) => target.text.is_some(),
            None => self.files.exists(path),
        }
    }

    fn is_known(&self) -> bool {
        self.files.is_known()
    }

    fn agents(&self) -> Agents {
        self.files.agents()
    }
}
