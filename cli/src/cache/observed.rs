//! Wraps files so that every request to them is recorded.

use super::entry::Requests;
use super::{Digest, digest};
use crate::world::World;
use rolewright_core::{Agents, Files};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// The files of a workspace during one check.
pub(super) struct Observed<'a> {
    world: &'a dyn World,
    files: &'a dyn Files,
    read: RefCell<BTreeMap<String, Option<Digest>>>,
    found: RefCell<BTreeMap<String, bool>>,
    is_listed: Cell<bool>,
    are_agents_known: Cell<bool>,
}

impl<'a> Observed<'a> {
    pub(super) fn new(world: &'a dyn World, files: &'a dyn Files) -> Self {
        Self {
            world,
            files,
            read: RefCell::default(),
            found: RefCell::default(),
            is_listed: Cell::default(),
            are_agents_known: Cell::default(),
        }
    }

    /// Whether all paths were requested.
    pub(super) fn is_listed(&self) -> bool {
        self.is_listed.get()
    }

    /// Whether the names of all agents were requested.
    pub(super) fn are_agents_known(&self) -> bool {
        self.are_agents_known.get()
    }

    /// The requests for single files.
    pub(super) fn into_requests(self) -> Requests {
        Requests {
            texts: self.read.into_inner().into_iter().collect(),
            paths: self.found.into_inner().into_iter().collect(),
        }
    }
}

impl Files for Observed<'_> {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        let text = self.files.text(path);
        let name = || text.as_ref().map(|text| digest(self.world, [&**text]));
        self.read.borrow_mut().entry(path.to_string()).or_insert_with(name);
        text
    }

    fn exists(&self, path: &str) -> bool {
        let exists = self.files.exists(path);
        self.found.borrow_mut().entry(path.to_string()).or_insert(exists);
        exists
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        self.is_listed.set(true);
        self.files.paths()
    }

    fn is_known(&self) -> bool {
        self.files.is_known()
    }

    fn agents(&self) -> Agents {
        self.are_agents_known.set(true);
        self.files.agents()
    }
}
