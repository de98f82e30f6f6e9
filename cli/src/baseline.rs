//! Reads and writes a baseline: recorded diagnostics that later runs do not report.

use crate::failure::Failure;
use crate::fingerprint::Fingerprints;
use crate::paths::join;
use crate::tally::counted;
use crate::world::World;
use rolewright_wire::{Diagnostic, Report};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const VERSION: u32 = 1;

/// The file, and the entries that matched a diagnostic.
#[derive(Debug)]
pub(crate) struct Baseline {
    file: String,
    known: BTreeSet<Entry>,
    found: BTreeSet<Entry>,
    /// The files that were checked.
    checked: BTreeSet<String>,
}

/// One diagnostic; its path is relative to the root of the run's workspace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Entry {
    path: String,
    rule: String,
    fingerprint: String,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    entries: BTreeSet<Entry>,
}

impl Baseline {
    /// Reads the file. With `update`, the file need not exist.
    pub(crate) fn open(world: &dyn World, file: &str, update: bool) -> Result<Self, Failure> {
        let known = match world.read(file) {
            Ok(bytes) => entries(&bytes),
            Err(_) if update => Ok(BTreeSet::new()),
            Err(fault) => Err(format!("{fault}; create it with --update-baseline")),
        };
        let known = known.map_err(|why| Failure::problem(format!("--baseline {file}: {why}")))?;
        let (found, checked) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self { file: file.to_string(), known, found, checked })
    }

    /// Removes diagnostics in the baseline from a report, and returns their number. `shown` is the
    /// path of the report's file from the root of the run's workspace.
    pub(crate) fn silence(
        &mut self,
        report: &mut Report,
        text: &str,
        update: bool,
        shown: impl Fn(&str) -> String,
    ) -> usize {
        let checked = report.path.clone();
        self.checked.insert(shown(&checked));
        let mut fingerprints = Fingerprints::default();
        let before = report.diagnostics.len();
        report.diagnostics.retain(|found: &Diagnostic| {
            let path = shown(&found.path);
            let fingerprint = fingerprints.of(found, &path, &checked, text);
            let entry = Entry { path, rule: found.rule.clone(), fingerprint };
            let is_known = update || self.known.contains(&entry);
            self.found.insert(entry);
            !is_known
        });
        before - report.diagnostics.len()
    }

    /// The entries without a matching diagnostic, in files that were checked or no longer exist.
    fn unneeded(&self, world: &dyn World, root: &str) -> BTreeSet<&Entry> {
        let is_settled = |entry: &&Entry| {
            self.checked.contains(&entry.path)
                || world.look(&join(root, &entry.path), true).is_err()
        };
        self.known.difference(&self.found).filter(is_settled).collect()
    }

    /// The message about obsolete entries.
    pub(crate) fn remark(&self, world: &dyn World, root: &str) -> Option<String> {
        let unneeded = self.unneeded(world, root);
        let first = unneeded.first()?;
        let (noun, verb) = if unneeded.len() == 1 { ("entry", "is") } else { ("entries", "are") };
        Some(format!(
            "{} {noun} of {} {verb} no longer needed, for example `{}` in {}; run with --update-baseline",
            unneeded.len(),
            self.file,
            first.rule,
            first.path
        ))
    }

    /// Writes the diagnostics of this run, keeps the entries of files that were not checked, and
    /// reports the result.
    pub(crate) fn update(&self, world: &dyn World, root: &str) -> Result<String, Failure> {
        let unneeded = self.unneeded(world, root);
        let kept = self.known.iter().filter(|entry| !unneeded.contains(entry));
        let entries: BTreeSet<Entry> = kept.chain(&self.found).cloned().collect();
        let count = entries.len();
        let text = serde_json::to_string_pretty(&Stored { version: VERSION, entries });
        let text = text.unwrap_or_default() + "\n";
        let written = world.replace(&self.file, text.as_bytes());
        let file = &self.file;
        written.map_err(|fault| Failure::problem(format!("{file}: cannot be written: {fault}")))?;
        Ok(format!("{} written to {file}", counted(count, "diagnostic")))
    }
}

fn entries(bytes: &[u8]) -> Result<BTreeSet<Entry>, String> {
    let stored: Stored = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    match stored.version {
        VERSION => Ok(stored.entries),
        version => Err(format!("version {version} is not supported; expected {VERSION}")),
    }
}
