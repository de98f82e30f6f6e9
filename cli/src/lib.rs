//! The command line: takes arguments, and produces output and an exit code. It accesses files,
//! streams, the terminal and time through a [`World`], so that it runs natively, in Node and in
//! tests.

mod paths;
mod world;

mod style;
mod width;

mod frame;
mod names;

mod failure;

mod arguments;
mod globs;
mod sink;

mod config;

mod ignored;
mod listing;
mod workspace;

mod classify;

mod discover;
mod settings;

mod tally;

mod changed;
mod fingerprint;

mod baseline;
mod cache;
mod formats;
mod progress;
mod read;

mod check;
mod compile;
mod explain;
mod init;
mod lsp;
mod watch;

#[cfg(feature = "native")]
pub mod native;

use failure::Failure;
pub use lsp::LanguageServer;
pub use world::{Entry, Fault, FaultKind, Kind, Meta, Stream, Work, World};

/// Exit codes of every command; `STOPPED` is the shell's convention for Ctrl-C.
mod exit {
    pub(crate) const FINE: u8 = 0;
    pub(crate) const FOUND: u8 = 1;
    pub(crate) const BROKEN: u8 = 2;
    pub(crate) const STOPPED: u8 = 130;
}

/// The version of the command line and of the engine in it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Runs the command in `words`, which do not include the program's own name, and returns its exit
/// code.
pub fn run(world: &dyn World, words: &[String]) -> u8 {
    match arguments::parse(words).and_then(|command| dispatch(world, command)) {
        Ok(code) => code,
        Err(failure) => {
            world.write(Stream::Error, &format!("{failure}\n"));
            exit::BROKEN
        }
    }
}

fn dispatch(world: &dyn World, command: arguments::Command) -> Result<u8, Failure> {
    use arguments::Command;
    match command {
        Command::Check(options) if options.watch => watch::run(world, &options),
        Command::Check(options) => check::run(world, &options),
        Command::Compile(options) => compile::run(world, &options),
        Command::Rules(options) => explain::rules(world, &options),
        Command::Hosts(options) => explain::hosts(world, &options),
        Command::Init => init::run(world),
        Command::Lsp => Ok(lsp::serve(world)),
        Command::Print(text) => {
            world.write(Stream::Output, &text);
            Ok(exit::FINE)
        }
        Command::Usage(text) => {
            world.write(Stream::Error, &text);
            Ok(exit::BROKEN)
        }
    }
}
