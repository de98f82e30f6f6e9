//! `rolewright check`: checks files batch by batch, each batch on all cores, so that memory use does not
//! grow with the workspace.

mod batch;
mod compare;
mod item;
mod job;

use crate::arguments::{CheckOptions, Format};
use crate::baseline::Baseline;
use crate::cache::Cache;
use crate::changed;
use crate::discover::{SearchOptions, discover, without_parts};
use crate::exit;
use crate::failure::Failure;
use crate::formats::{self, NONE, Surroundings, formatter};
use crate::read;
use crate::settings::overlay;
use crate::sink::Sink;
use crate::style::{self, Style};
use crate::tally::counted;
use crate::workspace::Homes;
use crate::world::{Kind, Stream, World};
use item::Item;
use job::Job;
use std::sync::Arc;

/// Runs the command and returns its exit code.
pub(crate) fn run(world: &dyn World, options: &CheckOptions) -> Result<u8, Failure> {
    let here = [String::from(".")];
    // `check -- $FILES` without files checks nothing, not the current folder.
    let words = match options.shared.paths.is_empty() && !options.listed {
        true => &here[..],
        false => &options.shared.paths,
    };
    let stream = report_stream(options, words)?;
    let err = Style::of(world, Stream::Error, options.shared.color);
    let homes = Homes::open(world, options.shared.config.as_deref(), err)?;
    let over = overlay(world, "check", &options.shared)?;
    let mut out = Sink::new(world, stream, options.output_file.as_deref());
    let style = match options.output_file {
        Some(_) => Style::PLAIN,
        None => Style::of(world, stream, options.shared.color),
    };
    let own = Arc::clone(&homes.own);
    let around = Surroundings {
        world,
        style,
        width: style::width(world, stream),
        own: &own,
        is_dry: !options.writes(),
    };
    if is_divided(world, options, words, &own.root) {
        world.expect_work();
    }
    let encoding = formats::encoding(options.format);
    let mut job =
        Job::new(world, options, &over, encoding, formatter(options.format, around), &mut out);
    job.own = Some(Arc::clone(&own));
    job.baseline = match &options.baseline {
        Some(file) => Some(Baseline::open(world, file, options.update_baseline)?),
        None => None,
    };
    let items = items(world, &homes, words, &mut job)?;
    if options.list {
        return Ok(job.list(&items));
    }
    job.pass(items);
    let (tally, baseline) = job.finish();
    out.finish()?;
    if tally.stopped {
        let files = counted(tally.files, "file");
        let said =
            format!("rolewright: interrupted after {files}; no file was left partly written\n");
        world.write(Stream::Error, &said);
        return Ok(exit::STOPPED);
    }
    let settle = |baseline| settle(world, options, baseline, &own.root);
    baseline.map(settle).transpose()?;
    let nothing = tally.files == 0
        && tally.problems.is_empty()
        && tally.seen.searched
        && tally.narrowed.is_none();
    if nothing && (options.format != Format::Text || options.output_file.is_some()) {
        world.write(Stream::Error, &format!("rolewright: {NONE}\n"));
    }
    let too_many = options.max_warnings.filter(|most| tally.warnings > *most);
    if let Some(most) = too_many {
        let found = counted(tally.warnings, "warning");
        let said =
            format!("rolewright: {found}, more than the {most} that --max-warnings allows\n");
        world.write(Stream::Error, &said);
    }
    Ok(match tally {
        _ if !tally.problems.is_empty() || nothing => exit::BROKEN,
        _ if tally.at_least(options.severity) > 0 || too_many.is_some() => exit::FOUND,
        _ if options.diff && tally.fixed > 0 => exit::FOUND,
        _ => exit::FINE,
    })
}

/// Whether there is probably enough to check for several threads. One thread fixes all files, and what
/// standard input contains or Git reports is read only once.
fn is_divided(world: &dyn World, options: &CheckOptions, words: &[String], root: &str) -> bool {
    let is_folder =
        |word: &String| world.look(word, true).is_ok_and(|found| found.kind == Kind::Folder);
    let is_one = options.fixes() || options.list || options.changed_since.is_some();
    let is_known = !options.no_cache && Cache::is_there(world, root);
    !is_one && !is_known && !words.iter().any(|word| word == "-") && words.iter().any(is_folder)
}

/// Rewrites a baseline, or reports its obsolete entries.
fn settle(
    world: &dyn World,
    options: &CheckOptions,
    baseline: Baseline,
    root: &str,
) -> Result<(), Failure> {
    let said = match options.update_baseline {
        true => Some(baseline.update(world, root)?),
        false => baseline.remark(world, root),
    };
    if let Some(said) = said {
        world.write(Stream::Error, &format!("rolewright: {said}\n"));
    }
    Ok(())
}

/// The stream for the report: standard error if standard output is used for a fixed text or a diff.
fn report_stream(options: &CheckOptions, words: &[String]) -> Result<Stream, Failure> {
    let fixes_input = options.fixes() && words.iter().any(|word| word == "-");
    let alone = words.len() == 1 && options.format == Format::Text && options.output_file.is_none();
    if fixes_input && !alone {
        return Err(Failure::usage(
            "check",
            "with --fix, standard input must be the only input and --format must be text, because the fixed \
             text is printed",
        ));
    }
    if options.dry_run && !options.fixes() {
        return Err(Failure::usage("check", "--dry-run requires --fix or --fix-unsafe"));
    }
    if options.readers && options.fixes() {
        return Err(Failure::usage("check", "--readers cannot be combined with --fix"));
    }
    if options.update_baseline && options.baseline.is_none() {
        return Err(Failure::usage("check", "--update-baseline requires --baseline FILE"));
    }
    if options.diff && options.format != Format::Text {
        return Err(Failure::usage("check", "--diff requires --format text"));
    }
    Ok(if fixes_input || options.diff { Stream::Error } else { Stream::Output })
}

/// Everything that is to be checked.
fn items<'w>(
    world: &'w dyn World,
    homes: &Homes<'w>,
    words: &[String],
    job: &mut Job<'_, 'w>,
) -> Result<Vec<Item<'w>>, Failure> {
    let mut items = Vec::new();
    let (input, words): (Vec<String>, Vec<String>) =
        words.iter().cloned().partition(|word| word == "-");
    if !input.is_empty() {
        let text = read::input(world)?;
        let path = read::input_path(job.options.shared.stdin_path.as_deref());
        items.push(Item::input(path, text, Arc::clone(&homes.own)));
    }
    let wanted = SearchOptions { only_roles: job.options.only_roles, verbose: job.options.verbose };
    let mut search = discover(world, homes, &words, wanted)?;
    search.notes.iter().for_each(|note| world.write(Stream::Error, &format!("{note}\n")));
    if let Some(reference) = &job.options.changed_since {
        let changed = changed::since(world, reference)?;
        search.found.retain(|found| changed.contains(&found.file));
        // The named files of a folder are compared with the other files in it.
        search.found.iter_mut().for_each(|found| found.explicit = true);
    }
    job.tally.narrowed = match &job.options.changed_since {
        Some(reference) => Some(format!("no roles changed since {reference}")),
        None => job.options.only_roles.then(|| String::from("no roles among the named files")),
    };
    search.complaints.iter().for_each(|why| job.tell(why));
    job.tally.seen = std::mem::take(&mut search.seen);
    let found = without_parts(search.found, job.over, &mut job.tally.seen);
    job.tally.seen.files += input.len();
    items.extend(found.into_iter().map(Item::file));
    Ok(items)
}
