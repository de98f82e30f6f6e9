//! Caches the results of earlier runs. A file is checked again if its text, its settings, the
//! program or any other file that its check requested has changed.
//!
//! The cache is in the user's own cache folder and never in the workspace, where someone else's commit
//! could include a cache that hides problems.

mod entry;
mod observed;

use crate::VERSION;
use crate::fingerprint;
use crate::paths::join;
use crate::world::{Kind, World};
pub(crate) use entry::{Entry, StoredSummary};
use observed::Observed;
use rolewright_core::{Files, RoleSummary};
use rolewright_wire::Report;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// For fewer files, checking takes less time than reading the cache.
pub(crate) const FEWEST: usize = 32;
/// The first bytes of a cache; each layout has a different number.
const MAGIC: &[u8] = b"rolewright cache 2\n";

/// A digest of a text: in practice, different texts have different digests.
type Digest = [u8; 16];
/// Digests by the folder of a workspace.
type Digests = Mutex<BTreeMap<String, Digest>>;

/// The results for the files of one workspace.
pub(crate) struct Cache<'w> {
    world: &'w dyn World,
    place: String,
    program: String,
    known: BTreeMap<String, Entry>,
    added: Mutex<BTreeMap<String, Entry>>,
    /// The digests of the lists of all paths, by folder.
    lists: Digests,
    /// Digests of the names of all agents.
    agents: Digests,
    found: AtomicUsize,
}

/// A file that may have been checked before.
pub(crate) struct Question<'a> {
    /// The path on disk.
    pub file: &'a str,
    pub text: &'a str,
    /// The folder of its workspace.
    pub root: &'a str,
    /// A text that changes whenever the other inputs of a report change.
    pub settings: &'a str,
    pub files: &'a dyn Files,
}

/// The result of a check.
pub(crate) type Answer = (Report, Option<RoleSummary>);

impl<'w> Cache<'w> {
    /// Whether an earlier run has kept a cache of the workspace at `root`.
    pub(crate) fn is_there(world: &dyn World, root: &str) -> bool {
        place(world, root).is_some_and(|place| world.look(&place, true).is_ok())
    }

    /// The cache of the workspace at `root`; `None` if there is nowhere to keep a cache.
    pub(crate) fn open(world: &'w dyn World, root: &str) -> Option<Self> {
        let place = place(world, root)?;
        let program = format!("{VERSION} {}", world.program());
        let known = world.read(&place).ok().and_then(|bytes| unpacked(world, &bytes, &program));
        Some(Self {
            world,
            place,
            program,
            known: known.unwrap_or_default(),
            added: Mutex::default(),
            lists: Mutex::default(),
            agents: Mutex::default(),
            found: AtomicUsize::new(0),
        })
    }

    /// The cached result for a file if nothing has changed; otherwise, the result of `check`.
    pub(crate) fn answer(
        &self,
        question: &Question<'_>,
        check: impl FnOnce(&dyn Files) -> Answer,
    ) -> Answer {
        let known = self.known.get(question.file);
        if let Some(answer) = known.and_then(|entry| self.unchanged(entry, question)) {
            self.found.fetch_add(1, Ordering::Relaxed);
            return answer;
        }
        let files = Observed::new(self.world, question.files);
        let answer = check(&files);
        let list = files.is_listed().then(|| self.list(question));
        let agents = files.are_agents_known().then(|| self.agents(question));
        let entry = Entry {
            text: digest(self.world, [question.text]),
            settings: digest(self.world, [question.settings, question.root]),
            requests: files.into_requests(),
            list,
            agents,
            report: answer.0.clone(),
            summary: answer.1.as_ref().map(Into::into),
        };
        if let Ok(mut added) = self.added.lock() {
            added.insert(question.file.to_string(), entry);
        }
        answer
    }

    /// The new entry of a file.
    pub(crate) fn added(&self, file: &str) -> Option<Entry> {
        self.added.lock().ok()?.get(file).cloned()
    }

    /// Takes over the entry that another run has made; `None` if that run found the file unchanged.
    pub(crate) fn adopt(&self, file: &str, entry: Option<Entry>) {
        match (entry, self.added.lock()) {
            (Some(entry), Ok(mut added)) => drop(added.insert(file.to_string(), entry)),
            (None, _) => drop(self.found.fetch_add(1, Ordering::Relaxed)),
            (Some(_), Err(_)) => {}
        }
    }

    fn unchanged(&self, entry: &Entry, question: &Question<'_>) -> Option<Answer> {
        let is_same = entry.text == digest(self.world, [question.text])
            && entry.settings == digest(self.world, [question.settings, question.root])
            && entry.list.is_none_or(|list| list == self.list(question))
            && entry.agents.is_none_or(|agents| agents == self.agents(question))
            && entry.requests.texts.iter().all(|(path, known)| {
                question.files.text(path).map(|text| digest(self.world, [&*text])) == *known
            })
            && entry
                .requests
                .paths
                .iter()
                .all(|(path, known)| question.files.exists(path) == *known);
        if !is_same {
            return None;
        }
        let summary = match &entry.summary {
            Some(summary) => Some(summary.restored()?),
            None => None,
        };
        Some((entry.report.clone(), summary))
    }

    fn list(&self, question: &Question<'_>) -> Digest {
        let of = || digest(self.world, question.files.paths().iter().map(AsRef::as_ref));
        once(&self.lists, question.root, of)
    }

    fn agents(&self, question: &Question<'_>) -> Digest {
        once(&self.agents, question.root, || digest(self.world, question.files.agents().names()))
    }

    /// The number of files that were not checked again.
    pub(crate) fn found(&self) -> usize {
        self.found.load(Ordering::Relaxed)
    }

    /// Saves new results for the next run. A failure to write is ignored, since it only makes the
    /// next run slower.
    pub(crate) fn keep(self) {
        let added = self.added.into_inner().unwrap_or_default();
        if added.is_empty() {
            return;
        }
        let mut known = self.known;
        known.extend(added);
        known.retain(|file, _| self.world.look(file, true).is_ok());
        let _ = self.world.replace(&self.place, &packed(self.world, &self.program, &known));
    }
}

/// The result of `of` for a folder, which is computed only once.
fn once(known: &Digests, folder: &str, of: impl FnOnce() -> Digest) -> Digest {
    let Ok(mut known) = known.lock() else { return of() };
    *known.entry(folder.to_string()).or_insert_with(of)
}

/// The file for the cache of the workspace at `root`.
fn place(world: &dyn World, root: &str) -> Option<String> {
    let name = format!("{:016x}", fingerprint::hash([root]));
    Some(join(&folder(world)?, &name))
}

/// The folder for this program's caches, according to the system's conventions.
fn folder(world: &dyn World) -> Option<String> {
    let set = |name| world.variable(name).filter(|folder| !folder.is_empty());
    let folder = |path: String| path.replace('\\', "/");
    if let Some(cache) = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")) {
        return Some(join(&folder(cache), "rolewright"));
    }
    let home = folder(set("HOME")?);
    let library = join(&home, "Library/Caches");
    let is_there = |path: &str| world.look(path, true).is_ok_and(|meta| meta.kind == Kind::Folder);
    let cache = if is_there(&library) { library } else { join(&home, ".cache") };
    Some(join(&cache, "rolewright"))
}

/// The entries in the bytes of a cache; `None` if a single bit differs from the bytes that this
/// program wrote.
fn unpacked(world: &dyn World, bytes: &[u8], program: &str) -> Option<BTreeMap<String, Entry>> {
    let (sum, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(size_of::<Digest>())?;
    if sum != of_bytes(world, rest) {
        return None;
    }
    let (writer, entries): (String, BTreeMap<String, Entry>) = borsh::from_slice(rest).ok()?;
    (writer == program).then_some(entries)
}

fn packed(world: &dyn World, program: &str, entries: &BTreeMap<String, Entry>) -> Vec<u8> {
    let rest = borsh::to_vec(&(program, entries)).unwrap_or_default();
    [MAGIC, &of_bytes(world, &rest), &rest].concat()
}

/// The digest of several texts in sequence.
fn digest<'t>(world: &dyn World, texts: impl IntoIterator<Item = &'t str>) -> Digest {
    let mut bytes = Vec::new();
    for text in texts {
        // The length prefix keeps texts apart, so that moving their boundary changes the digest.
        bytes.extend((text.len() as u64).to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    of_bytes(world, &bytes)
}

fn of_bytes(world: &dyn World, bytes: &[u8]) -> Digest {
    world.sha256(bytes).first_chunk().copied().unwrap_or_default()
}

#[cfg(all(test, feature = "native"))]
mod tests;
