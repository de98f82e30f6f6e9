//! The checks of a batch of files, which threads divide among themselves.

use super::item::{CheckedFile, Item, checked, text_of};
use crate::cache::{Cache, Entry, StoredSummary};
use crate::config::Layer;
use crate::world::{Work, World};
use borsh::{BorshDeserialize, BorshSerialize};
use rolewright_wire::{Encoding, Report};
use std::sync::Mutex;

/// The result for one file.
pub(super) type Outcome<'w> = Result<CheckedFile<'w>, String>;

/// Files to check.
pub(super) struct Batch<'a, 'w> {
    world: &'w dyn World,
    items: &'a [Item<'w>],
    over: &'a Layer,
    encoding: Encoding,
    cache: Option<&'a Cache<'w>>,
    slots: Vec<Mutex<Option<Outcome<'w>>>>,
}

/// The result for one file, as it passes from a thread to another that shares no memory with it.
#[derive(BorshSerialize, BorshDeserialize)]
struct Message {
    path: String,
    reader: Option<String>,
    outcome: Result<Checked, String>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct Checked {
    text: String,
    report: Report,
    summary: Option<StoredSummary>,
    /// What the cache keeps of it; nothing if it came from the cache.
    entry: Option<Entry>,
}

impl<'a, 'w> Batch<'a, 'w> {
    pub(super) fn new(
        world: &'w dyn World,
        items: &'a [Item<'w>],
        over: &'a Layer,
        encoding: Encoding,
        cache: Option<&'a Cache<'w>>,
    ) -> Self {
        let slots = items.iter().map(|_| Mutex::default()).collect();
        Self { world, items, over, encoding, cache, slots }
    }

    /// The results in the order of the files; `None` for a file that was not checked, because the user
    /// stopped the run.
    pub(super) fn outcomes(self) -> Vec<Option<Outcome<'w>>> {
        self.world.spread(self.items.len(), &self);
        self.slots.into_iter().map(|slot| slot.into_inner().ok().flatten()).collect()
    }

    fn put(&self, at: usize, outcome: Outcome<'w>) {
        if let Some(Ok(mut slot)) = self.slots.get(at).map(Mutex::lock) {
            *slot = Some(outcome);
        }
    }

    fn message(&self, at: usize) -> Option<Message> {
        let (item, slot) = (self.items.get(at)?, self.slots.get(at)?.lock().ok()?);
        let checked = |done: &CheckedFile<'_>| Checked {
            text: done.text.clone(),
            report: done.report.clone(),
            summary: done.summary.as_ref().map(Into::into),
            entry: self.cache.zip(item.file.as_ref()).and_then(|(cache, file)| cache.added(file)),
        };
        Some(Message {
            path: item.path.clone(),
            reader: item.reader_id(),
            outcome: slot.as_ref()?.as_ref().map(checked).map_err(Clone::clone),
        })
    }

    /// The outcome in a message about a file of this batch.
    fn received(&self, at: usize, message: Message) -> Option<Outcome<'w>> {
        let item = self.items.get(at)?;
        if message.path != item.path || message.reader != item.reader_id() {
            return None;
        }
        let Checked { text, report, summary, entry } = match message.outcome {
            Ok(checked) => checked,
            Err(why) => return Some(Err(why)),
        };
        let summary = match summary {
            Some(summary) => Some(summary.restored()?),
            None => None,
        };
        if let (Some(cache), Some(file)) = (self.cache, &item.file) {
            cache.adopt(file, entry);
        }
        Some(Ok(item.checked_elsewhere(text, self.over, (report, summary))))
    }
}

impl Work for Batch<'_, '_> {
    fn part(&self, at: usize) {
        let Some(item) = self.items.get(at).filter(|_| !self.world.is_stopped()) else { return };
        let (over, encoding, cache) = (self.over, self.encoding, self.cache);
        let text = text_of(self.world, item);
        self.put(at, text.map(|text| checked(item, text, over, encoding, cache)));
    }

    fn result(&self, at: usize) -> Vec<u8> {
        let message = self.message(at).and_then(|message| borsh::to_vec(&message).ok());
        message.unwrap_or_default()
    }

    fn accept(&self, at: usize, result: &[u8]) -> bool {
        let message = borsh::from_slice(result).ok();
        let outcome = message.and_then(|message| self.received(at, message));
        let is_accepted = outcome.is_some();
        outcome.into_iter().for_each(|outcome| self.put(at, outcome));
        is_accepted
    }
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use super::*;
    use crate::native::Native;
    use crate::style::Style;
    use crate::workspace::Homes;
    use std::sync::Arc;

    const TEXT: &str = "---\nname: a\ndescription: b\ntools: Read, bash\n---\nYou read.\n";

    #[test]
    fn only_a_result_of_the_same_file_is_taken_over() {
        let world = Native::new();
        let homes = Homes::open(&world, None, Style::PLAIN).unwrap();
        let item =
            |path: &str| Item::input(path.to_string(), TEXT.to_string(), Arc::clone(&homes.own));
        let items = [item(".claude/agents/a.md"), item(".claude/agents/b.md")];
        let over = Layer::default();
        let batch = || Batch::new(&world, &items, &over, Encoding::Utf8, None);
        let (helper, first) = (batch(), batch());
        helper.part(0);
        let result = helper.result(0);
        assert!(!first.accept(1, &result), "of another file");
        assert!(!first.accept(0, &result[1..]), "damaged");
        assert!(!first.accept(1, &helper.result(1)), "not done");
        assert!(!first.accept(7, &result), "beyond the batch");
        assert!(first.accept(0, &result));
        let taken = first.slots[0].lock().unwrap();
        let report = &taken.as_ref().unwrap().as_ref().ok().unwrap().report;
        assert!(report.diagnostics.iter().any(|found| found.rule == "tool-case"));
        assert!(first.slots[1].lock().unwrap().is_none());
    }
}
