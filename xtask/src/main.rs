//! Defines the project's tasks, run as `cargo xtask NAME`: install missing tools, build, serve,
//! test. Calls other programs and knows nothing about roles.

// A program exports nothing: `pub` marks items that other modules use.
#![allow(unreachable_pub)]

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

use anyhow::{Result, bail};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask serve        build the playground and serve it on this machine
cargo xtask test         run every check; what it needs is installed first (--full: slow proofs too;
                         --hosts: only those that need the hosts' own loaders)
cargo xtask build        build the site into dist/ and the npm package into npm/pkg/
cargo xtask package      build the npm package alone
cargo xtask bench        measure speed, natively and in Node
cargo xtask recall       count the known faults that are found (--all, or the name of a rule: list more)
cargo xtask manual       build the manual alone, into target/manual/
cargo xtask facts        list the facts about hosts by age, and those that a date has overtaken
cargo xtask docs         regenerate the generated files (--check: fail if one is stale)
cargo xtask release X.Y.Z  set the version everywhere (--dry-run: pack twice, and say what would be published)
cargo xtask sizes        print the sizes of what was built
cargo xtask screenshot   update the picture in the README";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("serve") => serve::serve(rest)?,
        Some("test") => return gate::test(rest),
        Some("build") => {
            site::build()?;
            package::build(&setup::setup()?)?;
        }
        Some("package") => package::build(&setup::setup()?)?,
        Some("bench") => bench::bench()?,
        Some("recall") => recall::recall(rest)?,
        Some("manual") => site::manual()?,
        Some("docs") => docs::docs(rest)?,
        Some("release") => release::release(rest)?,
        Some("facts") => hosts::print_age(&project::root().join("core/data/hosts"))?,
        Some("sizes") => sizes::print()?,
        Some("screenshot") => screenshot::screenshot()?,
        Some("help" | "--help" | "-h") => println!("{USAGE}"),
        None => bail!("which task?\n\n{USAGE}"),
        Some(other) => bail!("unknown task `{other}`\n\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}
