//! Prints the messages about a compilation: errors and losses on standard error, sizes and losses
//! as a report.

use super::table::Table;
use super::target::Clash;
use super::{Job, Source};
use crate::VERSION;
use crate::arguments::{CompileOptions, Format};
use crate::config::Settings;
use crate::formats::{Formatter, Surroundings, formatter, shown};
use crate::frame::{Frame, Page};
use crate::sink::Sink;
use crate::style::{self, Style};
use crate::workspace::Home;
use crate::world::{Stream, World};
use rolewright_core::role::Syntax;
use rolewright_core::{Files, Span, Target, compile};
use rolewright_services::{Document, compiled};
use rolewright_wire::{Compiled, Encoding, FileStats, Loss, Outcome, Report, Severity};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Compiles a role, and reports the result.
pub(super) struct Reporter<'a> {
    world: &'a dyn World,
    options: &'a CompileOptions,
    style: Style,
    formatter: Box<dyn Formatter + 'a>,
    /// The errors and losses reported so far, since many are the same for every host.
    reported: BTreeSet<(String, u32, String)>,
    pub failed: bool,
    /// Files that are not written: the path of the role, the host, and the reason unless an error
    /// says it.
    pub refused: Vec<(String, String, Option<String>)>,
    pub unreadable: bool,
    json: Vec<Value>,
    table: Table,
}

impl<'a> Reporter<'a> {
    pub(super) fn new(
        world: &'a dyn World,
        options: &'a CompileOptions,
        style: Style,
        own: &'a Home<'a>,
    ) -> Self {
        let width = style::width(world, Stream::Error);
        let around = Surroundings { world, style, width, own, is_dry: true };
        Self {
            world,
            options,
            style,
            formatter: formatter(Format::Text, around),
            reported: BTreeSet::new(),
            failed: false,
            refused: Vec::new(),
            unreadable: false,
            json: Vec::new(),
            table: Table::default(),
        }
    }

    /// Compiles a role among `files`, and returns it with its name; `None` without a prompt.
    pub(super) fn compile(
        &mut self,
        job: &Job<'_, '_>,
        settings: &Settings,
        files: &dyn Files,
    ) -> Option<(String, Compiled)> {
        let source = job.source;
        let target = Target::of(job.host).role(job.role).widening(self.options.allow_widening);
        let document = |encoding| Document {
            text: &source.text,
            path: &source.path,
            files,
            values: &settings.values,
            options: &settings.options,
            encoding,
        };
        let here = document(Encoding::Utf8);
        let done = compile(&here.input(), &settings.options, &target);
        let (name, loads) = (done.name.clone(), done.loads);
        if self.options.json {
            let done = compiled(done.clone(), &document(Encoding::Utf16), false);
            self.json.push(json!({
                "path": source.path, "role": job.role, "to": done.host, "loads": loads, "compiled": done,
            }));
        }
        let done = compiled(done, &here, self.options.map.is_some());
        self.tell(source, &done);
        if self.options.report {
            let path = shown(self.world, &source.home, &source.path);
            // A file in another syntax can have several roles.
            let has_several = Syntax::of_path(&source.path) != Syntax::Markdown;
            let role = has_several.then_some(name.as_str());
            self.table.add(&path, role, &done, loads);
        }
        let is_unreadable = done.diagnostics.iter().any(|found| {
            let is_error = found.severity == Severity::Error;
            found.rule == "unreadable-file" && found.path == source.path && is_error
        });
        self.unreadable |= is_unreadable;
        (!is_unreadable).then_some((name, done))
    }

    /// Reports that another role already occupies a role's place on a host.
    pub(super) fn clash(&mut self, job: &Job<'_, '_>, host: &str, other: &str, place: &str) {
        self.failed = true;
        let path = shown(self.world, &job.source.home, &job.source.path);
        self.table.refuse(&path, host, &format!("another role has its place in `{place}`"));
        let one = job.source.path.as_str();
        let roles = match one == other {
            true => format!("two roles of {one}"),
            false => format!("{other} and {one}"),
        };
        let said =
            format!("rolewright: {roles} would both be written to {place}; rename one of them\n");
        self.world.write(Stream::Error, &said);
    }

    /// Only errors and losses; `check` reports everything else.
    fn tell(&mut self, source: &Source<'_>, done: &Compiled) {
        let errors = done.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let mut errors: Vec<_> = errors.cloned().collect();
        let too_wide = done.losses.iter().any(|loss| loss.severity == Severity::Error);
        self.failed |= !errors.is_empty() || too_wide;
        errors.retain(|found| {
            let at = found.range.start.offset;
            self.reported.insert((found.path.clone(), at, found.message.clone()))
        });
        if !errors.is_empty() {
            let report = Report {
                path: source.path.clone(),
                host: String::new(),
                detected: false,
                host_reason: String::new(),
                kind: String::new(),
                diagnostics: errors,
                skipped: Vec::new(),
                stats: FileStats::default(),
            };
            let mut out = Sink::new(self.world, Stream::Error, None);
            self.formatter.file(&report, &source.text, &source.home, &mut out);
        }
        if !self.options.report {
            for loss in &done.losses {
                let key = (loss.path.clone(), loss.range.start.offset, loss.message.clone());
                if self.reported.insert(key) {
                    self.loss(source, loss, done.permissions);
                }
            }
        }
    }

    fn loss(&self, source: &Source<'_>, loss: &Loss, permissions: Outcome) {
        let text = match loss.path == source.path {
            true => source.text.as_str().into(),
            false => source.home.texts.text(&loss.path).unwrap_or_default(),
        };
        let page = Page::of(&text);
        let offset = |at| usize::try_from(at).unwrap_or(usize::MAX);
        let span = Span::new(offset(loss.range.start.offset), offset(loss.range.end.offset));
        let path = shown(self.world, &source.home, &loss.path);
        let message = loss.message.strip_suffix('.').unwrap_or(&loss.message);
        let widen = "Use --allow-widening to write the file with more permissions.";
        let frame = Frame {
            help: (loss.severity == Severity::Error && permissions == Outcome::Widened)
                .then_some(widen),
            ..Frame::new(loss.severity, "loss", message, &path, &page, span)
        };
        let width = style::width(self.world, Stream::Error);
        self.world.write(Stream::Error, &(frame.drawn(self.style, width) + "\n"));
    }

    /// Records that a file of the same run would be overwritten.
    pub(super) fn refuse(&mut self, clash: Clash) {
        let Clash { path, host, why } = clash;
        self.table.refuse(&path, &host, &why);
        self.refused.push((path, host, Some(why)));
    }

    /// Lists the files that are not written.
    pub(super) fn name_refused(&self) {
        for (path, host, why) in &self.refused {
            let why = why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
            let said = format!("rolewright: {path} was not written for {host}{why}\n");
            self.world.write(Stream::Error, &said);
        }
    }

    /// The output of `--format json` or `--report`.
    pub(super) fn result(&self) -> String {
        match self.options.json {
            true => format!("{}\n", json!({ "version": VERSION, "files": self.json })),
            false => self.table.text(),
        }
    }
}
