//! `rolewright check --watch`: checks again whenever a file of the workspace changes.

use crate::arguments::CheckOptions;
use crate::check;
use crate::config::CONFIG;
use crate::exit;
use crate::failure::Failure;
use crate::listing::every_path;
use crate::paths::{join, name, parent, resolve};
use crate::style::Style;
use crate::workspace::Homes;
use crate::world::{Stream, World};
use std::time::{Duration, SystemTime};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(400);

/// Checks until the user stops it.
pub(crate) fn run(world: &dyn World, options: &CheckOptions) -> Result<u8, Failure> {
    if options.shared.paths.iter().any(|word| word == "-") {
        return Err(Failure::usage("check", "--watch cannot watch standard input"));
    }
    while !world.is_stopped() {
        let before = state(world, options);
        if world.is_terminal(Stream::Output) {
            // Clears the screen and the scrollback.
            world.write(Stream::Output, "\x1b[2J\x1b[3J\x1b[H");
        }
        if let Err(failure) = check::run(world, options) {
            world.write(Stream::Error, &format!("{failure}\n"));
        }
        world.write(Stream::Error, "rolewright: waiting for changes; press Ctrl-C to stop\n");
        world.flush();
        while !world.is_stopped() && state(world, options) == before {
            world.wait(PAUSE);
        }
    }
    Ok(exit::FINE)
}

/// The name, size and time of every relevant file.
fn state(world: &dyn World, options: &CheckOptions) -> Vec<(String, u64, Option<SystemTime>)> {
    let chosen = options.shared.config.as_deref();
    let homes = Homes::open(world, chosen, Style::PLAIN);
    let homes = homes.unwrap_or_else(|_| Homes::without(world, &world.folder()));
    let root = &homes.own.root;
    let paths = every_path(world, root, &homes.own.config).into_iter();
    let files = paths.chain([String::from(CONFIG)]).map(|path| join(root, &path));
    // The run itself writes these files.
    let baseline = options.baseline.as_ref().filter(|_| options.update_baseline);
    let written = options.output_file.iter().chain(baseline);
    let written: Vec<String> = written.map(|file| on_disk(world, file)).collect();
    let files = files.filter(|file| !written.contains(file));
    let look = |file: String| {
        let found = world.look(&file, true).ok()?;
        Some((file, found.size, found.changed))
    };
    files.filter_map(look).collect()
}

/// The path of a file that a run writes, with links resolved.
fn on_disk(world: &dyn World, file: &str) -> String {
    let file = resolve(&world.folder(), file);
    match world.real(parent(&file)) {
        Ok(folder) => join(&folder, name(&file)),
        Err(_) => file,
    }
}
