//! Provides a workspace that caches results: the results of a file are kept until the file, or
//! another file that its check read, changes.

use crate::convert;
use crate::document::Document;
use crate::summaries::RoleSummaries;
use rolewright_core::{
    Agents, Compiled, Files, Input, Options, Report, RoleSummary, Target, Values, check_one,
    compare, compile, detect, detect::FoundBy, detect::classify, host::Host, search, template,
};
use rolewright_wire as wire;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most text that a workspace can contain, in bytes. The cached data grows in addition with the
/// number of diagnostics and of included paths.
pub(crate) const MAX_BYTES: usize = 64 << 20;

/// Settings for every file of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Settings of checks and compilations.
    pub options: Options,
    /// Values of template variables.
    pub values: Values,
    /// The unit of offsets and columns.
    pub encoding: wire::Encoding,
    /// Hosts chosen for individual files, by path; all other files use the options.
    pub hosts: BTreeMap<String, &'static Host>,
}

/// The files of a project, and the results for them.
#[derive(Debug, Default)]
pub struct Workspace {
    settings: Settings,
    /// The options of files with an individually chosen host.
    own: BTreeMap<String, Options>,
    files: BTreeMap<String, String>,
    bytes: usize,
    remembered: RefCell<BTreeMap<String, CachedFile>>,
    /// The name that each file claims, which depends only on its own text.
    summaries: RefCell<BTreeMap<String, Option<RoleSummary>>>,
    /// The paths of the roles; `None` if a change may have changed the list.
    roles: RefCell<Option<Arc<BTreeSet<String>>>>,
    /// The names of the agents, cached after the first request.
    agents: OnceCell<Agents>,
    /// The summaries of the files that a role is compared with.
    near: RoleSummaries,
}

/// The results for one file, and the files that its check read.
#[derive(Debug)]
struct CachedFile {
    report: Report,
    /// Every other path whose text was requested, whether it exists or not.
    read: BTreeSet<String>,
    /// Whether the paths of all files were requested.
    listed: bool,
    /// Whether the names of all agents were requested.
    agents: bool,
}

impl Workspace {
    /// An empty workspace.
    pub fn new(settings: Settings) -> Self {
        let mut workspace = Self::default();
        workspace.configure(settings);
        workspace
    }

    /// Settings for every file.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Replaces the settings; every result is computed again when it is requested.
    pub fn configure(&mut self, settings: Settings) {
        let own = |(path, host): (&String, &&'static Host)| {
            let mut options = settings.options.clone();
            options.host = Some(*host);
            (path.clone(), options)
        };
        self.own = settings.hosts.iter().map(own).collect();
        self.settings = settings;
        self.remembered.get_mut().clear();
        self.summaries.get_mut().clear();
        *self.roles.get_mut() = None;
    }

    /// Adds a file or changes its text.
    ///
    /// # Errors
    /// The workspace would exceed [`MAX_BYTES`]; it is unchanged.
    pub fn set(&mut self, path: &str, text: String) -> Result<(), TooLarge> {
        let old = self.files.get(path);
        if old == Some(&text) {
            return Ok(());
        }
        let bytes = self.bytes - old.map_or(0, String::len) + text.len();
        if bytes > MAX_BYTES {
            return Err(TooLarge);
        }
        let is_new = old.is_none();
        if old.is_none_or(|old| self.may_move_roles(path, old, &text)) {
            *self.roles.get_mut() = None;
        }
        self.bytes = bytes;
        let names_agents = self.agents.get().is_some() && Agents::may_be(path);
        let is_renamed = names_agents
            && old.is_none_or(|old| Agents::name(path, old) != Agents::name(path, &text));
        self.files.insert(path.to_string(), text);
        self.forget(path, is_new, is_renamed);
        Ok(())
    }

    /// Removes a file, and returns whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        let Some(text) = self.files.remove(path) else { return false };
        self.bytes -= text.len();
        *self.roles.get_mut() = None;
        self.forget(path, true, Agents::may_be(path));
        true
    }

    /// Discards the results that a change of the file at `path` may affect. `moved`: whether it was
    /// added or removed; `renamed`: whether the workspace may have different agents now.
    fn forget(&mut self, path: &str, moved: bool, renamed: bool) {
        self.summaries.get_mut().remove(path);
        self.near.forget(path);
        if renamed {
            self.agents.take();
        }
        let affected = |known: &String, remembered: &CachedFile| {
            known == path
                || remembered.read.contains(path)
                || moved && remembered.listed
                || renamed && remembered.agents
        };
        self.remembered.get_mut().retain(|known, remembered| !affected(known, remembered));
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// How many reports are cached.
    pub fn remembered(&self) -> usize {
        self.remembered.borrow().len()
    }

    /// A file, for the services.
    pub fn document<'a>(&'a self, path: &'a str) -> Option<Document<'a>> {
        Some(Document {
            text: self.files.get(path)?,
            path,
            files: self,
            values: &self.settings.values,
            options: self.options(path),
            encoding: self.settings.encoding,
        })
    }

    /// Every role, for the services.
    pub fn roles(&self) -> impl Iterator<Item = Document<'_>> {
        let roles = self.role_paths();
        let paths = self.paths().filter(move |path| roles.contains(*path));
        paths.filter_map(|path| self.document(path))
    }

    /// The paths of the files that are roles themselves, not parts of other roles.
    fn role_paths(&self) -> Arc<BTreeSet<String>> {
        let find = || {
            let found = search(&self.files, FoundBy::Search, &self.settings.options);
            let roles = found.into_iter().filter(|file| file.classified.is_ok());
            // A file with an individually chosen host was declared a role by a person.
            Arc::new(roles.map(|file| file.path).chain(self.own.keys().cloned()).collect())
        };
        Arc::clone(self.roles.borrow_mut().get_or_insert_with(find))
    }

    /// Whether an edit may turn a file into a role or a part of a role, or the reverse.
    fn may_move_roles(&self, path: &str, old: &str, new: &str) -> bool {
        let sign = |text: &str| {
            classify(path, text, FoundBy::Search).map(|classified| classified.sign).ok()
        };
        let parts = |text: &str| {
            if !text.contains("{{include:") {
                return Vec::new();
            }
            let input = Input::new(text).at(path).with_files(&self.files);
            template::expand(&input.with_values(&self.settings.values), self.options(path)).files
        };
        // The first part is the file itself.
        detect::names_roles(path)
            || sign(old) != sign(new)
            || parts(old).get(1..) != parts(new).get(1..)
    }

    fn options(&self, path: &str) -> &Options {
        self.own.get(path).unwrap_or(&self.settings.options)
    }

    /// The problems of a file, both on its own and compared with the other roles.
    pub fn check(&self, path: &str) -> Option<wire::Report> {
        let document = self.document(path)?;
        let mut report = self.report(path)?;
        report.diagnostics.extend(self.across().into_iter().filter(|d| d.path == path));
        rolewright_core::check::sort(&mut report.diagnostics, path);
        Some(convert::report(report, &document))
    }

    /// The problems of every role; files that were not recognized as roles are listed.
    pub fn check_all(&self) -> wire::WorkspaceReport {
        let mut across: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for diagnostic in self.across() {
            across.entry(diagnostic.path.clone()).or_default().push(diagnostic);
        }
        let mut all = wire::WorkspaceReport::default();
        let roles = self.role_paths();
        for path in self.paths() {
            let role = Some(path).filter(|path| roles.contains(*path));
            let Some(document) = role.and_then(|path| self.document(path)) else {
                all.skipped.push(path.to_string());
                continue;
            };
            let Some(mut report) = self.report(path) else { continue };
            report.diagnostics.extend(across.remove(path).unwrap_or_default());
            rolewright_core::check::sort(&mut report.diagnostics, path);
            all.files.push(convert::report(report, &document));
        }
        all
    }

    /// A file as a host and its model get it.
    pub fn compile(&self, path: &str, target: &Target) -> Option<Compiled> {
        let document = self.document(path)?;
        Some(compile(&document.input(), document.options, target))
    }

    /// The cached report on this file alone, not compared with the other roles.
    pub fn report(&self, path: &str) -> Option<Report> {
        if let Some(known) = self.remembered.borrow().get(path) {
            return Some(known.report.clone());
        }
        let text = self.files.get(path)?;
        Some(self.look(path, text))
    }

    /// Checks a file, and caches the results.
    fn look(&self, path: &str, text: &str) -> Report {
        let watched = TrackedFiles::new(self);
        let values = &self.settings.values;
        let input = Input::new(text).at(path).with_files(&watched).with_values(values);
        let (report, summary) = check_one(&input, self.options(path));
        let TrackedFiles { read, listed, agents, .. } = watched;
        let mut read = read.into_inner();
        read.remove(path);
        let found =
            CachedFile { report: report.clone(), read, listed: listed.get(), agents: agents.get() };
        self.remembered.borrow_mut().insert(path.to_string(), found);
        self.summaries.borrow_mut().insert(path.to_string(), summary);
        report
    }

    /// The problems found by comparing roles.
    fn across(&self) -> Vec<rolewright_core::Diagnostic> {
        for path in self.role_paths().iter() {
            let known = self.summaries.borrow().contains_key(path);
            if !known && let Some(text) = self.files.get(path) {
                self.look(path, text);
            }
        }
        let summaries: Vec<RoleSummary> =
            self.summaries.borrow().values().flatten().cloned().collect();
        compare(&summaries, &self.settings.options)
    }
}

impl Files for Workspace {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.files.text(path)
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        self.files.paths()
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn agents(&self) -> Agents {
        self.agents.get_or_init(|| self.files.agents()).clone()
    }

    fn summary(
        &self,
        path: &str,
        host: Option<&'static Host>,
        read: &dyn Fn() -> Option<RoleSummary>,
    ) -> Option<RoleSummary> {
        self.near.get(path, host, read)
    }
}

/// A workspace would exceed [`MAX_BYTES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a workspace holds at most {} MiB of text", MAX_BYTES >> 20)
    }
}

impl std::error::Error for TooLarge {}

/// Files that record the requests made to them.
struct TrackedFiles<'a> {
    workspace: &'a Workspace,
    read: RefCell<BTreeSet<String>>,
    listed: Cell<bool>,
    agents: Cell<bool>,
}

impl<'a> TrackedFiles<'a> {
    fn new(workspace: &'a Workspace) -> Self {
        let (listed, agents) = (Cell::default(), Cell::default());
        Self { workspace, read: RefCell::default(), listed, agents }
    }
}

impl Files for TrackedFiles<'_> {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.read.borrow_mut().insert(path.to_string());
        Files::text(self.workspace, path)
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        self.listed.set(true);
        Files::paths(self.workspace)
    }

    fn exists(&self, path: &str) -> bool {
        self.read.borrow_mut().insert(path.to_string());
        self.workspace.exists(path)
    }

    fn agents(&self) -> Agents {
        self.agents.set(true);
        Files::agents(self.workspace)
    }
}

#[cfg(test)]
mod tests;
