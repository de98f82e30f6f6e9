//! `rolewright compile`: compiles roles to host files, and reports errors and losses on standard
//! error.

mod merged;
mod outcome;
mod table;
mod target;

use crate::arguments::CompileOptions;
use crate::config::Layer;
use crate::discover::{Found, SearchOptions, discover};
use crate::exit;
use crate::failure::Failure;
use crate::formats::shown;
use crate::names;
use crate::paths::resolve;
use crate::read;
use crate::settings::overlay;
use crate::style::Style;
use crate::workspace::{Home, Homes};
use crate::world::{Stream, World};
use merged::{MergedFiles, keeps_several};
use outcome::Reporter;
use rolewright_core::host::Host;
use rolewright_core::role::Syntax;
use rolewright_core::{Input, lay_out};
use std::sync::Arc;
use target::{Output, Outputs};

/// A role to compile.
pub(crate) struct Source<'w> {
    pub text: String,
    pub path: String,
    /// The path on disk; `None` for standard input.
    pub file: Option<String>,
    pub home: Arc<Home<'w>>,
}

/// Runs the command and returns its exit code.
pub(crate) fn run(world: &dyn World, options: &CompileOptions) -> Result<u8, Failure> {
    let usage = |message: &str| Err(Failure::usage("compile", message));
    if options.shared.paths.is_empty() {
        return usage("compile requires a FILE, or \"-\" for standard input");
    }
    let hosts = hosts(options.to.as_deref())?;
    if options.out.is_none() && (options.check || options.diff) {
        let flag = if options.check { "--check" } else { "--diff" };
        return usage(&format!("{flag} requires --out FILE to compare with"));
    }
    let style = Style::of(world, Stream::Error, options.shared.color);
    let homes = Homes::open(world, options.shared.config.as_deref(), style)?;
    let over = overlay(world, "compile", &options.shared)?;
    let sources = sources(world, &homes, options)?;
    let jobs: Vec<Job<'_, '_>> =
        sources.iter().flat_map(|source| jobs(source, &hosts, &over)).collect();
    let outputs = Outputs::new(world, options, count(&jobs))?;
    let mut reporter = Reporter::new(world, options, style, &homes.own);
    let (mut files, mut merged) = (Vec::new(), MergedFiles::default());
    for source in &sources {
        outputs.refuse_overwriting(source)?;
    }
    for job in &jobs {
        let settings = job.source.home.settings(&job.source.path, &over);
        let failed = std::mem::take(&mut reporter.failed);
        let target = outputs.target(job)?;
        let compiled = reporter.compile(job, &settings, &merged.around(&job.source.home, target));
        match compiled {
            // With `all`, skip hosts that cannot accept a role, and write the file for the others.
            Some((_, compiled)) if reporter.failed && options.is_for_all() => {
                let path = shown(world, &job.source.home, &job.source.path);
                reporter.refused.push((path, compiled.host, None));
            }
            Some((name, compiled)) => match merged.add(job, &name, &compiled) {
                Ok(()) => files.push(outputs.of(job.source, compiled)),
                Err((other, place)) => reporter.clash(job, &compiled.host, &other, &place),
            },
            None => {}
        }
        reporter.failed |= failed;
    }
    outputs.keep_last(&mut files);
    for clash in outputs.without_clashes(&mut files) {
        reporter.failed |= !options.is_for_all();
        reporter.refuse(clash);
    }
    finish(world, options, &outputs, &files, &reporter)
}

/// A role on its way to a host.
pub(crate) struct Job<'s, 'w> {
    source: &'s Source<'w>,
    /// `None` is the role's own host.
    host: Option<&'static Host>,
    /// Which role of the file.
    role: usize,
}

/// Compiles the roles of a file for each host; for its own host, a file counts as one role.
fn jobs<'s, 'w>(
    source: &'s Source<'w>,
    hosts: &'s [Option<&'static Host>],
    over: &Layer,
) -> impl Iterator<Item = Job<'s, 'w>> {
    let mut several = None;
    if Syntax::of_path(&source.path) != Syntax::Markdown {
        let settings = source.home.settings(&source.path, over);
        let input = Input::new(&source.text).at(&source.path).with_files(&source.home.texts);
        let (own, roles) = lay_out(&input, &settings.options);
        several = Some((own.id, roles.len().max(1)));
    }
    hosts.iter().flat_map(move |host| {
        let others = several.filter(|(own, _)| host.is_some_and(|host| host.id != *own));
        let roles = others.map_or(1, |(_, count)| count);
        (0..roles).map(move |role| Job { source, host: *host, role })
    })
}

/// How many files are made of them.
fn count(jobs: &[Job<'_, '_>]) -> usize {
    let shared = |job: &&Job<'_, '_>| job.host.is_some_and(keeps_several);
    let mut places: Vec<(&str, Option<&str>)> = jobs
        .iter()
        .filter(shared)
        .map(|job| (job.source.home.root.as_str(), job.host.map(|host| host.id)))
        .collect();
    places.sort_unstable();
    places.dedup();
    places.len() + jobs.iter().filter(|job| !shared(job)).count()
}

fn finish(
    world: &dyn World,
    options: &CompileOptions,
    outputs: &Outputs<'_>,
    files: &[Output],
    reporter: &Reporter<'_>,
) -> Result<u8, Failure> {
    let code = match reporter.failed {
        true => exit::FOUND,
        false => exit::FINE,
    };
    // Without a prompt, there is nothing to write or compare.
    if reporter.unreadable {
        return Ok(exit::BROKEN);
    }
    if options.json || options.report {
        world.write(Stream::Output, &reporter.result());
        return Ok(code);
    }
    reporter.name_refused();
    if options.check || options.diff || options.dry_run {
        let is_fresh = outputs.compare(files);
        return Ok(if is_fresh || options.dry_run { code } else { exit::FOUND });
    }
    if reporter.failed && outputs.write_files() && !options.is_for_all() {
        world.write(Stream::Error, "rolewright: nothing was written\n");
        return Ok(code);
    }
    outputs.write(files)?;
    Ok(code)
}

const ALL: &str = "all";

impl CompileOptions {
    fn is_for_all(&self) -> bool {
        self.to.as_deref() == Some(ALL)
    }
}

/// The hosts of `--to`; `None` represents the role's own host.
fn hosts(to: Option<&str>) -> Result<Vec<Option<&'static Host>>, Failure> {
    let Some(to) = to else { return Ok(vec![None]) };
    if to == ALL {
        return Ok(names::hosts().map(names::host).collect());
    }
    let host = |id: &str| match names::host(id) {
        Some(host) => Ok(Some(host)),
        None => Err(Failure::usage("compile", format!("--to: {}", names::unknown_host(id)))),
    };
    to.split(',').map(str::trim).map(host).collect()
}

fn sources<'w>(
    world: &'w dyn World,
    homes: &Homes<'w>,
    options: &CompileOptions,
) -> Result<Vec<Source<'w>>, Failure> {
    let mut sources = Vec::new();
    for word in &options.shared.paths {
        if word == "-" {
            let path = read::input_path(options.shared.stdin_path.as_deref());
            let home = Arc::clone(&homes.own);
            sources.push(Source { text: read::input(world)?, path, file: None, home });
            continue;
        }
        let search = discover(world, homes, std::slice::from_ref(word), SearchOptions::default())?;
        if let Some(problem) = search.complaints.first() {
            return Err(Failure::problem(problem));
        }
        if search.found.is_empty() {
            return Err(Failure::problem(format!("{word}: no role to compile")));
        }
        for Found { file, path, home, .. } in search.found {
            let text = home.texts.role(&path, &file).map_err(|why| {
                let shown = shown(world, &home, &path);
                Failure::problem(format!("{shown}: cannot be read: {why}"))
            })?;
            sources.push(Source { text, path, file: Some(file), home });
        }
    }
    Ok(sources)
}

/// The path on disk of a command-line argument.
pub(crate) fn on_disk(world: &dyn World, word: &str) -> String {
    resolve(&world.folder(), word)
}
