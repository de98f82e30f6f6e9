//! Defines the project's tasks, run as `cargo xtask NAME`: install missing tools, build, serve,
//! test. Calls other programs and knows nothing about roles.

// A program exports nothing: `pub` marks items that other modules use.
#![allow(unreachable_pub)]

mod arguments;
mod bench;
mod browser;
mod command;
mod docs;
mod finish;
mod gate;
mod hosts;
mod licenses;
mod optimize;
mod package;
mod project;
mod published;
mod recall;
mod release;
mod screenshot;
mod serve;
mod setup;
mod site;
mod sizes;
mod tally;

use anyhow::Result;
use clap::ArgMatches;
use std::process::ExitCode;

fn main() -> ExitCode {
    match dispatch(&arguments::command().get_matches()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(matches: &ArgMatches) -> Result<ExitCode> {
    let Some((name, given)) = matches.subcommand() else { return Ok(ExitCode::FAILURE) };
    match name {
        "serve" => serve::serve(given)?,
        "test" => return gate::test(given),
        "build" => {
            site::build()?;
            package::build(&setup::setup()?)?;
        }
        "package" => package::build(&setup::setup()?)?,
        "bench" => bench::bench()?,
        "recall" => recall::recall(given)?,
        "manual" => site::manual()?,
        "docs" => docs::docs(given)?,
        "release" => release::release(given)?,
        "facts" => hosts::print_age(&project::root().join("core/data/hosts"))?,
        "sizes" => sizes::print()?,
        "screenshot" => screenshot::screenshot()?,
        other => anyhow::bail!("the task `{other}` is defined but does nothing"),
    }
    Ok(ExitCode::SUCCESS)
}
