//! Tracks the texts that a client has open, and the workspaces around them: unsaved text takes
//! precedence over the disk.

use super::places;
use crate::classify;
use crate::config::{Layer, Settings};
use crate::failure::Failure;
use crate::paths::{self, inside, join, parent, resolve};
use crate::style::Style;
use crate::workspace::{Home, Homes};
use crate::world::World;
use rolewright_core::detect::{self, Place};
use rolewright_core::host::Host;
use rolewright_core::{Agents, Files, RoleSummary};
use rolewright_services::Document;
use rolewright_wire::Encoding;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A text that a client has open.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub uri: String,
    pub text: String,
    pub version: Option<i64>,
}

/// Open texts and workspaces.
pub(crate) struct Documents<'w> {
    world: &'w dyn World,
    /// Open documents by their path on disk.
    pub open: BTreeMap<String, Open>,
    roots: Vec<(String, Homes<'w>)>,
}

/// A file of a workspace, with its workspace and settings.
pub(crate) struct WorkspaceFile<'a, 'w> {
    pub home: Arc<Home<'w>>,
    /// The file's path in its workspace.
    pub path: String,
    pub text: Cow<'a, str>,
    pub settings: Settings,
    open: &'a BTreeMap<String, Open>,
}

impl<'w> Documents<'w> {
    pub(super) fn new(world: &'w dyn World) -> Self {
        Self { world, open: BTreeMap::new(), roots: Vec::new() }
    }

    /// The folders that the client has open.
    pub(super) fn roots(&self) -> Vec<String> {
        self.roots.iter().map(|(root, _)| root.clone()).collect()
    }

    /// Reopens these folders, discards everything that was read, and returns the problems in their
    /// configurations.
    pub(super) fn set_roots(&mut self, roots: &[String]) -> Vec<String> {
        let mut problems = Vec::new();
        self.roots.clear();
        for root in roots {
            let root = self.world.real(root).unwrap_or_else(|_| root.clone());
            let homes = match Homes::open_at(self.world, &root, None, Style::PLAIN) {
                Ok(homes) => homes,
                Err(Failure::Problem(why) | Failure::Usage(why, _)) => {
                    problems.push(why);
                    Homes::without(self.world, &root)
                }
            };
            self.roots.push((root, homes));
        }
        problems
    }

    /// The path of a URI's file on disk, with links resolved. For a URI without a path on disk, the
    /// file has the URI's last component as its name, in the first folder.
    pub(super) fn place(&self, uri: &str) -> String {
        let path = places::path(uri).unwrap_or_else(|| {
            let name = uri.rsplit(['/', ':']).next().unwrap_or(uri);
            join(self.roots.first().map_or("/", |(root, _)| root), name)
        });
        let path = resolve("/", &path);
        match self.world.real(parent(&path)) {
            Ok(folder) => join(&folder, paths::name(&path)),
            Err(_) => path,
        }
    }

    /// The URI of a file, in the client's spelling.
    pub(super) fn uri(&self, place: &str) -> String {
        match self.open.get(place) {
            Some(open) => open.uri.clone(),
            None => places::uri(place),
        }
    }

    /// The workspace that governs a file.
    pub(super) fn home(&self, place: &str) -> Option<Arc<Home<'w>>> {
        let holds = |(root, _): &&(String, Homes<'w>)| inside(root, place).is_some();
        let nearest = self.roots.iter().filter(holds).max_by_key(|(root, _)| root.len());
        let (_, homes) = nearest.or_else(|| self.roots.first())?;
        Some(homes.of_folder(parent(place)).unwrap_or_else(|_| Arc::clone(&homes.own)))
    }

    /// A file with its surroundings; `over` contains the client's settings.
    pub(super) fn around(&self, place: &str, over: &Layer) -> Option<WorkspaceFile<'_, 'w>> {
        let home = self.home(place)?;
        let path = match inside(&home.root, place) {
            Some(path) => path.to_string(),
            None => place.trim_start_matches('/').to_string(),
        };
        let text = match self.open.get(place) {
            Some(open) => Cow::from(open.text.as_str()),
            None => Cow::from(home.texts.text(&path)?.into_owned()),
        };
        let settings = home.settings(&path, over);
        Some(WorkspaceFile { home, path, text, settings, open: &self.open })
    }

    /// The paths of all roles, both on disk and open only.
    pub(super) fn roles(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (_, homes) in &self.roots {
            let home = &homes.own;
            found.extend(home.texts.paths().iter().map(|path| join(&home.root, path)));
        }
        found.extend(self.open.keys().cloned());
        found.retain(|place| {
            let Some(home) = self.home(place) else { return false };
            let Some(path) = inside(&home.root, place) else { return false };
            let text = match self.open.get(place) {
                Some(open) => Cow::from(open.text.as_str()),
                None if matches!(detect::place(path), Place::Never(_)) => Cow::from(""),
                None => {
                    home.texts.text(path).map_or(Cow::from(""), |text| text.into_owned().into())
                }
            };
            home.config.includes(path) || classify::of_text(path, &text, false, &home.texts).is_ok()
        });
        found.sort();
        found.dedup();
        found
    }
}

impl WorkspaceFile<'_, '_> {
    /// The file for the services.
    pub(super) fn document(&self, encoding: Encoding) -> Document<'_> {
        Document {
            text: &self.text,
            path: &self.path,
            files: self,
            values: &self.settings.values,
            options: &self.settings.options,
            encoding,
        }
    }

    /// Whether it is checked: other texts that the client opens are not roles.
    pub(super) fn is_role(&self) -> bool {
        let by_text = || classify::of_text(&self.path, &self.text, false, self).is_ok();
        self.home.config.includes(&self.path) || by_text()
    }

    /// The path on disk for a path of the workspace.
    pub(super) fn place(&self, path: &str) -> String {
        join(&self.home.root, path)
    }
}

impl Files for WorkspaceFile<'_, '_> {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        match self.open.get(&self.place(path)) {
            Some(open) => Some(Cow::from(open.text.as_str())),
            None => self.home.texts.text(path),
        }
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        let mut paths = self.home.texts.paths();
        let open = self.open.keys().filter_map(|place| inside(&self.home.root, place));
        paths.extend(open.map(Cow::from));
        paths.sort();
        paths.dedup();
        paths
    }

    fn agents(&self) -> Agents {
        let is_as_on_disk = |(place, open): (&String, &Open)| {
            let Some(path) = inside(&self.home.root, place).filter(|path| Agents::may_be(path))
            else {
                return true;
            };
            let saved = self.home.texts.text(path);
            saved.is_some_and(|saved| Agents::name(path, &saved) == Agents::name(path, &open.text))
        };
        match self.open.iter().all(is_as_on_disk) {
            true => self.home.texts.agents(),
            false => Agents::of(&self.paths(), &|path| self.text(path)),
        }
    }

    fn summary(
        &self,
        path: &str,
        host: Option<&'static Host>,
        read: &dyn Fn() -> Option<RoleSummary>,
    ) -> Option<RoleSummary> {
        // What is cached is on disk.
        let is_open = self.open.contains_key(&self.place(path));
        if is_open { read() } else { self.home.texts.summary(path, host, read) }
    }
}
