//! Finds the workspaces of a run: their roots, their configurations and the files that includes can
//! reach.

use crate::config::{CONFIG, Config, Layer, Settings};
use crate::failure::Failure;
use crate::ignored::upwards;
use crate::listing::every_path;
use crate::paths::{self, join, name, parent, relative, resolve};
use crate::read;
use crate::style::Style;
use crate::world::{Fault, FaultKind, Kind, World};
use rolewright_core::host::Host;
use rolewright_core::{Agents, Files, RoleSummary};
use rolewright_services::RoleSummaries;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The engine rejects includes over 1 MiB but reports their size.
const MOST_INCLUDED: usize = 16 << 20;
/// How many bytes of texts are kept.
const MOST_KEPT: usize = 16 << 20;

/// A folder with one configuration.
pub(crate) struct Home<'w> {
    pub root: String,
    pub config: Arc<Config>,
    pub texts: Texts<'w>,
}

impl Home<'_> {
    /// The settings of a file, with the command-line settings on top.
    pub(crate) fn settings(&self, path: &str, over: &Layer) -> Settings {
        self.config.settings(path, over)
    }
}

/// Every workspace that a run encounters.
pub(crate) struct Homes<'w> {
    world: &'w dyn World,
    chosen: Option<String>,
    known: RefCell<BTreeMap<String, Arc<Home<'w>>>>,
    /// The workspace of the folder where the command was started.
    pub own: Arc<Home<'w>>,
}

impl<'w> Homes<'w> {
    /// The workspace of the current folder; `chosen` is a configuration that applies to all files.
    pub(crate) fn open(
        world: &'w dyn World,
        chosen: Option<&str>,
        style: Style,
    ) -> Result<Self, Failure> {
        Self::open_at(world, &world.folder(), chosen, style)
    }

    /// The workspace of a folder.
    pub(crate) fn open_at(
        world: &'w dyn World,
        folder: &str,
        chosen: Option<&str>,
        style: Style,
    ) -> Result<Self, Failure> {
        if let Some(file) = chosen.filter(|file| world.look(file, true).is_err()) {
            let missing = Fault::of(FaultKind::Missing);
            return Err(Failure::problem(format!("--config {file}: {missing}")));
        }
        let chosen = chosen.map(|file| resolve(&world.folder(), file));
        let own = opened(world, folder, chosen.as_deref(), style)?;
        let known = BTreeMap::from([(own.root.clone(), Arc::clone(&own))]);
        Ok(Self { world, chosen, known: RefCell::new(known), own })
    }

    /// A folder whose configuration cannot be used.
    pub(crate) fn without(world: &'w dyn World, root: &str) -> Self {
        let config = Arc::new(Config::none());
        let texts = Texts::new(world, root.to_string(), Arc::clone(&config));
        let own = Arc::new(Home { root: root.to_string(), config, texts });
        let known = BTreeMap::from([(root.to_string(), Arc::clone(&own))]);
        Self { world, chosen: None, known: RefCell::new(known), own }
    }

    /// The workspace that governs a folder, whose path must not contain links.
    pub(crate) fn of_folder(&self, folder: &str) -> Result<Arc<Home<'w>>, Failure> {
        let Some(inner) = paths::inside(&self.own.root, folder) else { return self.at(folder) };
        if self.chosen.is_some() {
            return Ok(Arc::clone(&self.own));
        }
        let mut at = folder;
        for _ in inner.split('/').filter(|name| !name.is_empty()) {
            if self.world.look(&join(at, CONFIG), true).is_ok() {
                return self.at(at);
            }
            at = parent(at);
        }
        Ok(Arc::clone(&self.own))
    }

    /// The workspace of a folder, which differs from `home` if the folder has its own configuration.
    pub(crate) fn nested(
        &self,
        folder: &str,
        home: &Arc<Home<'w>>,
    ) -> Result<Arc<Home<'w>>, Failure> {
        match self.chosen.is_some() || folder == home.root {
            true => Ok(Arc::clone(home)),
            false => self.at(folder),
        }
    }

    fn at(&self, folder: &str) -> Result<Arc<Home<'w>>, Failure> {
        if let Some(known) = self.known.borrow().get(folder) {
            return Ok(Arc::clone(known));
        }
        let home = opened(self.world, folder, self.chosen.as_deref(), Style::PLAIN)?;
        let mut known = self.known.borrow_mut();
        let home = known.entry(home.root.clone()).or_insert(home);
        Ok(Arc::clone(home))
    }
}

/// The workspace of a folder: the nearest folder above it with a configuration, or else with a
/// repository.
fn opened<'w>(
    world: &'w dyn World,
    folder: &str,
    chosen: Option<&str>,
    style: Style,
) -> Result<Arc<Home<'w>>, Failure> {
    let file = chosen.map(str::to_string).or_else(|| upwards(world, folder, CONFIG));
    let holder = match (chosen, &file) {
        (None, Some(file)) => Some(file.clone()),
        _ => upwards(world, folder, ".git"),
    };
    let root = holder.as_deref().map_or(folder, parent);
    let root = world.real(root).map_err(|fault| Failure::problem(format!("{root}: {fault}")))?;
    let config = Arc::new(match &file {
        Some(file) => {
            let shown = relative(&world.folder(), file);
            Config::read(&shown, &text(world, file)?, style)?
        }
        None => Config::none(),
    });
    let texts = Texts::new(world, root.clone(), Arc::clone(&config));
    Ok(Arc::new(Home { root, config, texts }))
}

fn text(world: &dyn World, file: &str) -> Result<String, Failure> {
    let bytes = world.read(file).map_err(|fault| fault.to_string());
    let text = bytes.and_then(|bytes| read::decode(bytes).map_err(str::to_string));
    text.map_err(|why| Failure::problem(format!("{file} cannot be read: {why}")))
}

/// The files that the engine can include: read on first use, and never from outside the root.
pub(crate) struct Texts<'w> {
    world: &'w dyn World,
    root: String,
    config: Arc<Config>,
    kept: Mutex<Kept>,
    /// The folders of the files that were read, without links; `None` for a folder outside the root.
    folders: Mutex<BTreeMap<String, Option<String>>>,
    paths: OnceLock<Vec<String>>,
    agents: Mutex<Option<Agents>>,
    summaries: RoleSummaries,
}

#[derive(Default)]
struct Kept {
    texts: BTreeMap<String, Option<Arc<str>>>,
    size: usize,
}

impl<'w> Texts<'w> {
    fn new(world: &'w dyn World, root: String, config: Arc<Config>) -> Self {
        Self {
            world,
            root,
            config,
            kept: Mutex::default(),
            folders: Mutex::default(),
            paths: OnceLock::new(),
            agents: Mutex::default(),
            summaries: RoleSummaries::default(),
        }
    }

    /// Discards a file, so that the next request reads it again.
    pub(crate) fn forget(&self, path: &str) {
        if let Ok(mut kept) = self.kept.lock() {
            kept.texts.remove(path);
        }
        if let Ok(mut folders) = self.folders.lock() {
            folders.clear();
        }
        self.summaries.forget(path);
        if let Ok(mut agents) = self.agents.lock()
            && Agents::may_be(path)
        {
            *agents = None;
        }
    }

    /// The text of a file to check, whose place on disk is `file`. It is kept for the other readers
    /// of the file.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read.
    pub(crate) fn role(&self, path: &str, file: &str) -> Result<String, String> {
        let is_inside = paths::inside(&self.root, file) == Some(path);
        if let Some(Some(text)) = self.kept(path).filter(|_| is_inside) {
            return Ok(text.to_string());
        }
        let bytes = read::role(self.world, file)?;
        if let Some(text) = read::utf16(&bytes) {
            return Ok(text);
        }
        let text = read::decode(bytes)?;
        if is_inside && text.len() <= MOST_INCLUDED {
            self.keep(path, Some(Arc::from(text.as_str())));
        }
        Ok(text)
    }

    fn load(&self, path: &str) -> Option<Arc<str>> {
        let (file, size) = self.file(path)?;
        if size > MOST_INCLUDED as u64 {
            return None;
        }
        read::decode(self.world.read(&file).ok()?).ok().map(Arc::from)
    }

    /// The place on disk and the size of a regular file of the workspace.
    fn file(&self, path: &str) -> Option<(String, u64)> {
        let mut file = join(&self.folder(parent(path))?, name(path));
        let mut found = self.world.look(&file, false).ok()?;
        if found.kind == Kind::Link {
            file = self.world.real(&file).ok()?;
            paths::inside(&self.root, &file)?;
            found = self.world.look(&file, true).ok()?;
        }
        (found.kind == Kind::File).then_some((file, found.size))
    }

    /// A folder of the workspace without links.
    fn folder(&self, path: &str) -> Option<String> {
        if let Some(known) = self.folders.lock().ok()?.get(path) {
            return known.clone();
        }
        let real = self.world.real(&join(&self.root, path)).ok();
        let real = real.filter(|real| paths::inside(&self.root, real).is_some());
        self.folders.lock().ok()?.insert(path.to_string(), real.clone());
        real
    }

    fn kept(&self, path: &str) -> Option<Option<Arc<str>>> {
        self.kept.lock().ok()?.texts.get(path).cloned()
    }

    fn keep(&self, path: &str, text: Option<Arc<str>>) {
        let Ok(mut kept) = self.kept.lock() else { return };
        let size = text.as_ref().map_or(1, |text| text.len());
        kept.size += size;
        if kept.size > MOST_KEPT {
            *kept = Kept { size, ..Kept::default() };
        }
        kept.texts.insert(path.to_string(), text);
    }
}

impl Files for Texts<'_> {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        let found = self.kept(path).unwrap_or_else(|| {
            let found = self.load(path);
            self.keep(path, found.clone());
            found
        });
        found.map(|text| Cow::Owned(text.to_string()))
    }

    fn exists(&self, path: &str) -> bool {
        matches!(self.kept(path), Some(Some(_))) || self.file(path).is_some()
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        let all = self.paths.get_or_init(|| every_path(self.world, &self.root, &self.config));
        all.iter().map(Cow::from).collect()
    }

    fn agents(&self) -> Agents {
        let read = || Agents::of(&self.paths(), &|path| self.text(path));
        // A second thread waits until the first has read them.
        let Ok(mut agents) = self.agents.lock() else { return read() };
        agents.get_or_insert_with(read).clone()
    }

    fn summary(
        &self,
        path: &str,
        host: Option<&'static Host>,
        read: &dyn Fn() -> Option<RoleSummary>,
    ) -> Option<RoleSummary> {
        self.summaries.get(path, host, read)
    }
}
