//! Writes compiled files to standard output, one file, or a folder.

use super::merged::{TargetFile, keeps_several};
use super::{Job, Source, on_disk};
use crate::arguments::CompileOptions;
use crate::failure::Failure;
use crate::formats::shown;
use crate::names;
use crate::paths::{join, parent, relative, resolve};
use crate::read;
use crate::world::{FaultKind, Stream, World};
use rolewright_wire::Compiled;
use serde_json::{Value, json};
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};

/// The destination of a run's files.
pub(super) struct Outputs<'a> {
    world: &'a dyn World,
    options: &'a CompileOptions,
    place: Place,
}

enum Place {
    Stream,
    File(String),
    Folder(String),
}

/// Texts to write, each with its path as the user would write it.
pub(super) struct Output {
    /// The path of the role, and the host that reads them.
    of: (String, String),
    /// The path of the file, even if it is only reported.
    place: String,
    /// The file of a host that keeps several roles in one file, and its workspace.
    shared: Option<(String, String)>,
    /// Without a path, it is standard output.
    files: Vec<(Option<String>, String)>,
}

/// A role that is not written for a host.
pub(super) struct Clash {
    pub path: String,
    pub host: String,
    pub why: String,
}

impl<'a> Outputs<'a> {
    /// The place for `count` files.
    pub(super) fn new(
        world: &'a dyn World,
        options: &'a CompileOptions,
        count: usize,
    ) -> Result<Self, Failure> {
        let usage = |message: &str| Err(Failure::usage("compile", message));
        let several = count > 1;
        if several && options.map.is_some() {
            return usage("--map requires exactly one role and one host");
        }
        let place = match options.out.as_deref() {
            None | Some("-") if !several || options.report || options.json => Place::Stream,
            None | Some("-") => return usage("several results require --out DIR"),
            Some(out) if several || out.ends_with('/') => Place::Folder(out.to_string()),
            Some(out) => Place::File(out.to_string()),
        };
        Ok(Self { world, options, place })
    }

    /// Fails if the role itself would be overwritten.
    pub(super) fn refuse_overwriting(&self, source: &Source<'_>) -> Result<(), Failure> {
        let out = match &self.place {
            Place::File(out) => Some(out),
            _ => None,
        };
        for (flag, target) in [("--out", out), ("--map", self.options.map.as_ref())] {
            let target = target.map(|target| on_disk(self.world, target));
            if target.is_some() && target == source.file {
                let message =
                    format!("{flag} would overwrite the role itself; choose another file");
                return Err(Failure::usage("compile", message));
            }
        }
        Ok(())
    }

    /// The file to which the role of a job is added, if the host keeps several in one file.
    pub(super) fn target(&self, job: &Job<'_, '_>) -> Result<Option<TargetFile>, Failure> {
        let own =
            job.host.filter(|host| keeps_several(host)).and_then(|host| host.locations.first());
        let file = match (own, &self.place) {
            (None, _) | (_, Place::Stream) => return Ok(None),
            (Some(_), Place::File(out)) => out.clone(),
            (Some(own), Place::Folder(folder)) => join(folder, own),
        };
        let text = match self.world.read(&file) {
            Err(fault) if fault.kind == FaultKind::Missing => Ok(None),
            Err(fault) => Err(fault.to_string()),
            Ok(bytes) => read::decode(bytes).map(Some).map_err(String::from),
        };
        let cannot = |why| Failure::problem(format!("{file}: cannot be read: {why}"));
        let text = text.map_err(cannot)?;
        Ok(own.map(|own| TargetFile { path: (*own).to_string(), text }))
    }

    /// The texts that a compilation makes.
    pub(super) fn of(&self, source: &Source<'_>, done: Compiled) -> Output {
        let own = done.file.as_ref().map_or(source.path.as_str(), |file| &file.path).to_string();
        let path = match &self.place {
            Place::Stream => None,
            Place::File(out) => Some(out.clone()),
            Place::Folder(folder) => Some(join(folder, &own)),
        };
        let text = match self.options.prompt {
            true => Some(done.prompt.clone()),
            false => done.file.as_ref().map(|file| file.text.clone()),
        };
        let place = path.clone().unwrap_or_else(|| own.clone());
        // A file that would widen permissions is not created.
        let of = (shown(self.world, &source.home, &source.path), done.host.clone());
        let is_shared = !self.options.prompt && names::host(&done.host).is_some_and(keeps_several);
        let shared = is_shared.then(|| (source.home.root.clone(), own.clone()));
        let Some(text) = text else { return Output { of, place, shared, files: Vec::new() } };
        let map = self.options.map.as_ref().map(|map| {
            let merged = path.clone().unwrap_or(own);
            let text = self.map(&done, &text, map, &merged, &source.home.root);
            (Some(map.clone()), text)
        });
        Output { of, place, shared, files: std::iter::once((path, text)).chain(map).collect() }
    }

    /// The map covers only the prompt; the front matter before it in a host file is unmapped. A
    /// file that encodes the prompt (JSON) has no mappings at all. Paths in a map are relative to
    /// the map's folder.
    fn map(&self, done: &Compiled, text: &str, map: &str, file: &str, root: &str) -> String {
        let parsed = serde_json::from_str(done.map.as_deref().unwrap_or("{}"));
        let mut parsed: Value = parsed.unwrap_or_default();
        let here = self.world.folder();
        let folder = resolve(&here, map);
        let from = |name: &str, base: &str| relative(parent(&folder), &resolve(base, name));
        parsed["file"] = from(file, &here).into();
        let sources = parsed["sources"].as_array().into_iter().flatten();
        let sources = sources.map(|source| from(source.as_str().unwrap_or(""), root));
        parsed["sources"] = sources.collect();
        let mappings = parsed["mappings"].as_str().unwrap_or("").to_string();
        parsed["mappings"] = match text.rfind(&done.prompt) {
            Some(at) => {
                let lines = text.get(..at).unwrap_or("").matches('\n').count();
                json!(";".repeat(lines) + &mappings)
            }
            None => json!(""),
        };
        format!("{parsed}\n")
    }

    /// Keeps only the last version of each file to which several roles were added one after the
    /// other.
    pub(super) fn keep_last(&self, outputs: &mut Vec<Output>) {
        let mut seen = BTreeSet::new();
        outputs.reverse();
        outputs.retain(|output| output.shared.clone().is_none_or(|shared| seen.insert(shared)));
        outputs.reverse();
    }

    /// Removes outputs whose path another output of the run already has, and returns those with a
    /// different text.
    pub(super) fn without_clashes(&self, outputs: &mut Vec<Output>) -> Vec<Clash> {
        let mut taken: BTreeMap<String, (String, String)> = BTreeMap::new();
        let mut clashing = Vec::new();
        outputs.retain(|output| {
            let Some((path, text)) = output.files.first() else { return true };
            if path.is_none() && !self.options.report {
                return true;
            }
            let (path, host) = &output.of;
            let Some((known, first)) = taken.get(&output.place) else {
                taken.insert(output.place.clone(), (text.clone(), host.clone()));
                return true;
            };
            if known != text {
                let why = format!("`{first}` writes a different file to the same path");
                clashing.push(Clash { path: path.clone(), host: host.clone(), why });
            }
            false
        });
        clashing
    }

    /// Whether anything but standard output is written.
    pub(super) fn write_files(&self) -> bool {
        !matches!(self.place, Place::Stream) || self.options.map.is_some()
    }

    /// Writes every file that can be written, and lists the others.
    pub(super) fn write(&self, outputs: &[Output]) -> Result<(), Failure> {
        let mut failed = Vec::new();
        for (path, text) in outputs.iter().flat_map(|output| &output.files) {
            let Some(path) = path else {
                self.world.write(Stream::Output, text);
                continue;
            };
            if let Err(fault) = self.world.replace(path, text.as_bytes()) {
                failed.push(format!("{path}: cannot be written: {fault}"));
            }
        }
        match failed.is_empty() {
            true => Ok(()),
            false => Err(Failure::Problem(failed.join("\n"))),
        }
    }

    /// Reports the files that would change, and returns whether none would.
    pub(super) fn compare(&self, outputs: &[Output]) -> bool {
        let mut is_fresh = true;
        for (path, text) in outputs.iter().flat_map(|output| &output.files) {
            let Some(path) = path else { continue };
            let now = self.world.read(path).ok().and_then(|bytes| read::decode(bytes).ok());
            is_fresh &= now.as_ref() == Some(text);
            self.tell(path, now.as_deref(), text);
        }
        is_fresh
    }

    fn tell(&self, path: &str, now: Option<&str>, text: &str) {
        let state = match now {
            Some(now) if now == text => "is up to date",
            Some(_) => "is out of date",
            None => "does not exist",
        };
        if self.options.diff {
            let now = now.unwrap_or("");
            let diff = TextDiff::from_lines(now, text);
            self.world.write(Stream::Output, &diff.unified_diff().header(path, path).to_string());
        } else if self.options.dry_run {
            let said = match now {
                Some(now) if now == text => format!("{path} is up to date\n"),
                _ => format!("would write {path}\n"),
            };
            self.world.write(Stream::Output, &said);
        } else if now != Some(text) {
            self.world.write(Stream::Error, &format!("rolewright: {path} {state}\n"));
        }
    }
}
