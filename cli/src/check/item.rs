//! Defines a file to check, and the results of its check.

use crate::cache::{Answer, Cache, Question};
use crate::classify::RoleFile;
use crate::config::{Layer, Settings};
use crate::discover::Found;
use crate::formats::shown;
use crate::paths::parent;
use crate::workspace::Home;
use crate::world::World;
use rolewright_core::host::{Host, also_read_by};
use rolewright_core::{Files, RoleSummary, check_one};
use rolewright_services::{Document, report};
use rolewright_wire::{Encoding, Report};
use std::sync::Arc;

/// A file to check.
#[derive(Clone)]
pub(super) struct Item<'w> {
    /// The path on disk; standard input has none.
    pub file: Option<String>,
    pub path: String,
    text: Option<String>,
    explicit: bool,
    pub classified: Option<RoleFile>,
    pub home: Arc<Home<'w>>,
    /// The other host that reads the file, if this item checks the file for that host.
    reader: Option<&'static Host>,
}

impl<'w> Item<'w> {
    /// Standard input.
    pub(super) fn input(path: String, text: String, home: Arc<Home<'w>>) -> Self {
        Self {
            file: None,
            path,
            text: Some(text),
            explicit: true,
            classified: None,
            home,
            reader: None,
        }
    }

    /// A file.
    pub(super) fn file(found: Found<'w>) -> Self {
        let Found { file, path, explicit, classified, home } = found;
        Self { file: Some(file), path, text: None, explicit, classified, home, reader: None }
    }

    /// The file, followed by a copy for each other host that reads it.
    pub(super) fn and_readers(self) -> Vec<Self> {
        let again = |reader| Self { reader: Some(reader), ..self.clone() };
        let others: Vec<Self> = also_read_by(&self.path).map(again).collect();
        std::iter::once(self).chain(others).collect()
    }

    /// The id of the other host that the item is checked for.
    pub(super) fn reader_id(&self) -> Option<String> {
        self.reader.map(|reader| reader.id.to_string())
    }

    fn layer(&self, over: &Layer) -> Layer {
        self.home.config.layer(&self.path, over)
    }

    fn settings(&self, layer: Layer) -> Settings {
        let mut settings = layer.settings();
        settings.options.host = self.reader.or(settings.options.host);
        settings
    }

    /// The file with the result of a check somewhere else.
    pub(super) fn checked_elsewhere(
        &self,
        text: String,
        over: &Layer,
        answer: Answer,
    ) -> CheckedFile<'w> {
        self.checked(text, self.settings(self.layer(over)), answer)
    }

    fn checked(
        &self,
        text: String,
        settings: Settings,
        (report, summary): Answer,
    ) -> CheckedFile<'w> {
        let (explicit, reader, home) = (self.explicit, self.reader, Arc::clone(&self.home));
        // Only the file's own host decides which roles it is compared with.
        let summary = summary.filter(|_| reader.is_none());
        CheckedFile { report, summary, text, settings, explicit, home, reader }
    }

    pub(super) fn folder(&self) -> &str {
        self.file.as_deref().map_or("-", parent)
    }
}

/// A file that was checked.
pub(super) struct CheckedFile<'w> {
    pub text: String,
    pub home: Arc<Home<'w>>,
    pub settings: Settings,
    pub explicit: bool,
    pub report: Report,
    pub summary: Option<RoleSummary>,
    /// The other host that reads the file, if the file was checked for that host.
    pub reader: Option<&'static Host>,
}

impl CheckedFile<'_> {
    /// The file as the services look at it.
    pub(super) fn document(&self, encoding: Encoding) -> Document<'_> {
        Document {
            text: &self.text,
            path: &self.report.path,
            files: &self.home.texts,
            values: &self.settings.values,
            options: &self.settings.options,
            encoding,
        }
    }
}

/// Its text.
///
/// # Errors
///
/// Says why it cannot be read.
pub(super) fn text_of(world: &dyn World, item: &Item<'_>) -> Result<String, String> {
    match (&item.text, &item.file) {
        (Some(text), _) => Ok(text.clone()),
        (None, Some(file)) => item.home.texts.role(&item.path, file).map_err(|why| {
            let shown = shown(world, &item.home, &item.path);
            format!("{shown}: cannot be read: {why}")
        }),
        (None, None) => Ok(String::new()),
    }
}

/// Checks a text as the content of `item`.
pub(super) fn checked<'w>(
    item: &Item<'w>,
    text: String,
    over: &Layer,
    encoding: Encoding,
    cache: Option<&Cache<'_>>,
) -> CheckedFile<'w> {
    let home = &item.home;
    let layer = item.layer(over);
    let reader = item.reader.map_or("", |reader| reader.id);
    let key = cache.map(|_| format!("{encoding:?} {} {reader} {}", item.path, layer.key()));
    let settings = item.settings(layer);
    let check = |files: &dyn Files| {
        let document = Document {
            text: &text,
            path: &item.path,
            files,
            values: &settings.values,
            options: &settings.options,
            encoding,
        };
        let (found, summary) = check_one(&document.input(), &settings.options);
        (report(found, &document), summary)
    };
    let answer = match (cache, &item.file, &key) {
        (Some(cache), Some(file), Some(settings)) => {
            let files = &home.texts;
            let question = Question { file, text: &text, root: &home.root, settings, files };
            cache.answer(&question, check)
        }
        _ => check(&home.texts),
    };
    item.checked(text, settings, answer)
}
