//! Parses command-line arguments into a command and its options.

mod definition;
mod options;
mod pages;
mod refused;

pub(crate) use definition::command;
pub(crate) use options::{CheckOptions, CompileOptions, Format, ListOptions, Shared};

use crate::VERSION;
use crate::failure::Failure;

/// The request.
pub(crate) enum Command {
    Check(Box<CheckOptions>),
    Compile(Box<CompileOptions>),
    Rules(ListOptions),
    Hosts(ListOptions),
    Init,
    Lsp,
    /// A requested text: help or the version.
    Print(String),
    /// The same text, if nothing was requested.
    Usage(String),
}

/// The command that `words` name.
pub(crate) fn parse(words: &[String]) -> Result<Command, Failure> {
    let Some(first) = words.first().map(String::as_str) else {
        return Ok(Command::Usage(help()));
    };
    match first {
        "help" | "--help" | "-h" => {
            let about = words.get(1).filter(|name| *name != "help" && !name.starts_with('-'));
            return match about {
                Some(name) => parse(&[name.clone(), String::from("--help")]),
                None => Ok(Command::Print(help())),
            };
        }
        "version" | "--version" | "-V" => return Ok(Command::Print(format!("{VERSION}\n"))),
        _ => {}
    }
    let Some(name) = NAMES.iter().find(|name| **name == first) else {
        return Err(Failure::Usage(refused::command(first), None));
    };
    let whole = std::iter::once("rolewright").chain(words.iter().map(String::as_str));
    match command().try_get_matches_from(whole) {
        Ok(matches) => {
            let (_, given) = matches.subcommand().unwrap_or(("", &matches));
            let mut command = options::read(name, given)?;
            if let Command::Check(options) = &mut command {
                options.listed = words.iter().any(|word| word == "--");
            }
            Ok(command)
        }
        Err(error) if error.kind() == clap::error::ErrorKind::DisplayHelp => {
            Ok(Command::Print(error.render().to_string()))
        }
        Err(error) => Err(Failure::usage(name, refused::message(name, &error))),
    }
}

/// The names of the commands.
const NAMES: [&str; 8] =
    ["check", "compile", "rules", "hosts", "init", "lsp", "completions", "man"];

fn help() -> String {
    command().render_help().to_string()
}

#[cfg(test)]
mod tests;
