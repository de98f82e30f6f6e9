//! Runs over files: reads, fixes and checks them, and passes the reports on folder by folder.

use super::batch::{Batch, Outcome};
use super::compare::{Below, compare};
use super::item::{CheckedFile, Item, checked, text_of};
use crate::arguments::{CheckOptions, Format};
use crate::baseline::Baseline;
use crate::cache::{self, Cache};
use crate::classify::RoleFile;
use crate::config::Layer;
use crate::exit;
use crate::formats::{Formatter, from_own, shown};
use crate::progress::Progress;
use crate::sink::Sink;
use crate::tally::{Tally, counted};
use crate::workspace::Home;
use crate::world::{Stream, World};
use rolewright_core::fix::Refused;
use rolewright_core::host::{Host, by_path};
use rolewright_core::{Applicability, fix};
use rolewright_wire::{Diagnostic, Encoding, Report};
use similar::TextDiff;
use std::sync::Arc;

/// The number of files that are read and checked before their reports are written.
const BATCH: usize = 256;

/// Why a fix was left out, for people.
fn refusal(path: &str, text: &str, refused: &Refused) -> String {
    let line = text.get(..refused.span.start).map_or(0, |before| before.matches('\n').count()) + 1;
    let Refused { rule, title, causes, .. } = refused;
    let because = match causes.as_slice() {
        [] => String::from("the problem would remain"),
        causes => format!("it would lead to `{}`", causes.join("` and `")),
    };
    format!("{path}:{line}: not applied: {title} ({rule}); {because}")
}

/// The file without the fixes that were left out, so that they are not offered again.
fn without<'w>(mut file: CheckedFile<'w>, refused: &[Refused]) -> CheckedFile<'w> {
    for found in &mut file.report.diagnostics {
        let is_it = |refused: &Refused| {
            let title = found.fix.as_ref().map(|fix| fix.title.as_str());
            refused.rule == found.rule && title == Some(&*refused.title)
        };
        if refused.iter().any(is_it) {
            found.fix = None;
        }
    }
    file
}

/// A run.
pub(super) struct Job<'a, 'w> {
    pub world: &'w dyn World,
    pub options: &'a CheckOptions,
    pub over: &'a Layer,
    pub encoding: Encoding,
    pub tally: Tally,
    pub baseline: Option<Baseline>,
    cache: Option<Cache<'w>>,
    below: Below,
    /// The workspace of the folder where the command was started.
    pub own: Option<Arc<Home<'w>>>,
    formatter: Box<dyn Formatter + 'a>,
    out: &'a mut Sink<'w>,
    progress: Progress<'w>,
}

impl<'a, 'w> Job<'a, 'w> {
    pub(super) fn new(
        world: &'w dyn World,
        options: &'a CheckOptions,
        over: &'a Layer,
        encoding: Encoding,
        formatter: Box<dyn Formatter + 'a>,
        out: &'a mut Sink<'w>,
    ) -> Self {
        let progress = Progress::new(world);
        Self {
            world,
            options,
            over,
            encoding,
            tally: Tally::default(),
            baseline: None,
            cache: None,
            below: Below::new(),
            own: None,
            formatter,
            out,
            progress,
        }
    }

    /// Reports a file that could not be read.
    fn complain(&mut self, why: &str) {
        self.tally.unread += 1;
        self.tell(why);
    }

    /// Reports failed operations, which make the run fail.
    pub(super) fn tell(&mut self, why: &str) {
        self.tally.problems.push(why.to_string());
        self.note(why);
    }

    /// Says something that does not make the run fail.
    fn note(&mut self, what: &str) {
        self.progress.clear();
        self.world.write(Stream::Error, &format!("rolewright: {what}\n"));
    }

    /// Lists the files with their kind and the reason they would be checked, without checking them.
    pub(super) fn list(&self, items: &[Item<'_>]) -> u8 {
        for item in items {
            let named = RoleFile::chosen("It was named on the command line.");
            let RoleFile { kind, host, reason, .. } = item.classified.as_ref().unwrap_or(&named);
            let path = shown(self.world, &item.home, &item.path);
            self.world.write(Stream::Output, &format!("{path}\t{kind}\t{host}\t{reason}\n"));
        }
        for (why, count) in &self.tally.seen.others {
            self.world.write(Stream::Error, &format!("skipped: {count} {why}\n"));
        }
        let nothing = items.is_empty() && self.tally.seen.searched && self.tally.narrowed.is_none();
        if !self.tally.problems.is_empty() || nothing { exit::BROKEN } else { exit::FINE }
    }

    /// Checks every item.
    pub(super) fn pass(&mut self, items: Vec<Item<'w>>) {
        let is_cached = items.len() >= cache::FEWEST && !self.options.no_cache;
        if let Some(own) = self.own.as_ref().filter(|_| is_cached && !self.options.fixes()) {
            self.cache = Cache::open(self.world, &own.root);
        }
        let mut folder: Option<(String, Arc<Home<'w>>)> = None;
        let mut passed = Vec::new();
        let readers = self.options.readers;
        let of = |item: Item<'w>| if readers { item.and_readers() } else { vec![item] };
        let mut items = items.into_iter().flat_map(of).peekable();
        while items.peek().is_some() && !self.tally.stopped {
            let batch: Vec<Item<'w>> = items.by_ref().take(BATCH).collect();
            let outcomes = self.outcomes(&batch);
            if self.world.is_helper() {
                continue;
            }
            for (item, outcome) in batch.iter().zip(outcomes) {
                let Some(outcome) = outcome else {
                    self.tally.stopped = true;
                    break;
                };
                let is_same = folder.as_ref().is_some_and(|(folder, home)| {
                    folder == item.folder() && Arc::ptr_eq(home, &item.home)
                });
                if !is_same {
                    self.emit(std::mem::take(&mut passed));
                    folder = Some((item.folder().to_string(), Arc::clone(&item.home)));
                }
                match outcome {
                    Ok(done) => passed.push(done),
                    Err(why) => self.complain(&why),
                }
            }
        }
        self.emit(passed);
        self.progress.clear();
        let Some(cache) = self.cache.take().filter(|_| !self.world.is_helper()) else { return };
        if self.options.verbose {
            let (found, all) = (cache.found(), counted(self.tally.files, "file"));
            let said = format!("rolewright: {found} of {all} unchanged since an earlier run\n");
            self.world.write(Stream::Error, &said);
        }
        cache.keep();
    }

    /// The results of a batch, in order; ends where the user stopped the run.
    fn outcomes(&mut self, batch: &[Item<'w>]) -> Vec<Option<Outcome<'w>>> {
        if self.options.fixes() {
            // A file may include another file that is fixed before it.
            let one = |item: &Item<'w>| {
                let done = (!self.world.is_stopped()).then(|| self.fixed(item));
                self.tally.files += usize::from(matches!(done, Some(Ok(_))));
                self.progress.show(self.tally.files);
                done
            };
            return batch.iter().map(one).collect();
        }
        let cache = self.cache.as_ref();
        let outcomes = Batch::new(self.world, batch, self.over, self.encoding, cache).outcomes();
        let own = |done: &&Option<Outcome<'w>>| matches!(done, Some(Ok(passed)) if passed.reader.is_none());
        self.tally.files += outcomes.iter().filter(own).count();
        self.progress.show(self.tally.files);
        outcomes
    }

    /// Fixes one file and checks the result.
    fn fixed(&mut self, item: &Item<'w>) -> Outcome<'w> {
        let text = text_of(self.world, item)?;
        let before = checked(item, text, self.over, self.encoding, None);
        let least = match self.options.fix_unsafe {
            true => Applicability::Unsafe,
            false => Applicability::Safe,
        };
        // No cross-file rule has a fix, so a file without fixes need not be compared here.
        if before.report.diagnostics.iter().all(|found| found.fix.is_none()) {
            return Ok(self.printed(item, before));
        }
        let input = before.document(self.encoding).input();
        let fixed = fix(&input, &before.settings.options, least);
        let path = shown(self.world, &item.home, &item.path);
        for refused in &fixed.refused {
            self.note(&refusal(&path, &fixed.text, refused));
        }
        if fixed.text == before.text {
            return Ok(self.printed(item, without(before, &fixed.refused)));
        }
        if self.options.diff {
            let diff = TextDiff::from_lines(&before.text, &fixed.text);
            let diff = diff.unified_diff().header(&path, &path).to_string();
            self.world.write(Stream::Output, &diff);
        }
        if let (true, Some(file)) = (self.options.writes(), &item.file) {
            if let Err(fault) = self.world.replace(file, fixed.text.as_bytes()) {
                self.tell(&format!("{path}: cannot be written: {fault}"));
                return Ok(before);
            }
            item.home.texts.forget(&item.path);
        }
        self.tally.fixed += fixed.applied.len();
        let after = checked(item, fixed.text, self.over, self.encoding, None);
        Ok(self.printed(item, without(after, &fixed.refused)))
    }

    /// Prints the fixed standard input.
    fn printed(&self, item: &Item<'_>, done: CheckedFile<'w>) -> CheckedFile<'w> {
        if item.file.is_none() && !self.options.diff {
            self.world.write(Stream::Output, &done.text);
        }
        done
    }

    /// Compares the files of a folder, and passes their reports on.
    fn emit(&mut self, mut passed: Vec<CheckedFile<'w>>) {
        compare(&mut passed, self.over, self.encoding, &mut self.below);
        let mut own: Vec<Diagnostic> = Vec::new();
        for CheckedFile { mut report, text, home, reader, .. } in passed {
            match reader {
                None if self.options.readers => own.clone_from(&report.diagnostics),
                None => {}
                Some(reader) => {
                    // Diagnostics that the file has for its own host are not repeated.
                    report.diagnostics.retain(|found| !reader.translates && !own.contains(found));
                    // It would change the file for its own host.
                    report.diagnostics.iter_mut().for_each(|found| found.fix = None);
                    report.skipped.clear();
                    self.introduce(&report, reader, &home);
                }
            }
            if self.options.verbose {
                let path = shown(self.world, &home, &report.path);
                let said = format!("{path}: checked: {}\n", report.host_reason);
                self.progress.clear();
                self.world.write(Stream::Error, &said);
            }
            if let (Some(baseline), Some(own)) = (&mut self.baseline, &self.own) {
                let update = self.options.update_baseline;
                let shown = |path: &str| from_own(own, &home, path);
                self.tally.silenced += baseline.silence(&mut report, &text, update, shown);
            }
            self.tally.count(&report);
            if self.options.quiet {
                report.diagnostics.retain(|found| found.severity >= self.options.least_failing());
            }
            for found in &report.diagnostics {
                let example = self.tally.example.get_or_insert_with(|| found.rule.clone());
                self.tally.several_rules |= *example != found.rule;
            }
            if !report.diagnostics.is_empty() {
                self.progress.clear();
            }
            self.formatter.file(&report, &text, &home, self.out);
        }
    }

    /// States the other host for which a file was checked; other formats include the host in each
    /// report.
    fn introduce(&mut self, report: &Report, reader: &Host, home: &Home<'_>) {
        if self.options.format != Format::Text {
            return;
        }
        let path = shown(self.world, home, &report.path);
        let more = match (reader.translates, by_path(&report.path)) {
            (true, Some(own)) => format!(" reads it as {} does", own.product),
            _ if report.diagnostics.is_empty() => String::from(" has no other problems"),
            _ => String::from(" reads it differently:"),
        };
        self.progress.clear();
        self.out.write(&format!("{path}: {} ({}){more}\n", reader.product, reader.id));
        if !report.diagnostics.is_empty() {
            self.out.write("\n");
        }
    }

    /// Writes the end of the output, after all files.
    pub(super) fn finish(mut self) -> (Tally, Option<Baseline>) {
        self.formatter.end(&self.tally, self.out);
        (self.tally, self.baseline)
    }
}
