//! Defines the tasks with their arguments and help.

use clap::{Arg, ArgAction, Command, value_parser};

/// The command line of `cargo xtask`.
pub fn command() -> Command {
    Command::new("xtask")
        .bin_name("cargo xtask")
        .about("Sets up, builds, tests and releases Rolewright")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            task("serve", "Build the playground and serve it on this machine")
                .arg(
                    Arg::new("port")
                        .long("port")
                        .value_name("N")
                        .value_parser(value_parser!(u16))
                        .help("Port to serve at [default: the first free one from 8080]"),
                )
                .arg(flag("no-open", "Do not open a browser")),
        )
        .subcommand(
            task("test", "Run every check; what it needs is installed first")
                .arg(
                    Arg::new("words")
                        .value_name("WORDS")
                        .num_args(0..)
                        .help("Run only the steps whose titles contain one of these"),
                )
                .arg(flag("full", "Run the slow proofs too"))
                .arg(flag("hosts", "Run only the proofs that need published packages")),
        )
        .subcommand(task("build", "Build the site into dist/ and the npm package into npm/pkg/"))
        .subcommand(task("package", "Build the npm package alone"))
        .subcommand(task("bench", "Measure speed, natively, in Node and next to other checkers"))
        .subcommand(
            task("recall", "Count the known faults that are found")
                .arg(flag("all", "List the missed faults of every certainty"))
                .arg(
                    Arg::new("rule").value_name("RULE").help("List the missed faults of one rule"),
                ),
        )
        .subcommand(task("manual", "Build the manual alone, into target/manual/"))
        .subcommand(task("facts", "List the facts about hosts by age, and those out of date"))
        .subcommand(
            task("docs", "Regenerate the generated files")
                .arg(flag("check", "Write nothing; fail if a file is stale")),
        )
        .subcommand(
            task("release", "Set the version everywhere")
                .arg(
                    Arg::new("version")
                        .value_name("X.Y.Z")
                        .required(true)
                        .help("Version to release"),
                )
                .arg(flag(
                    "dry-run",
                    "Set it in two copies, pack both, and say what would be published",
                ))
                .arg(
                    flag("released", "With --dry-run: the version is set already")
                        .requires("dry-run"),
                ),
        )
        .subcommand(task("sizes", "Print the sizes of what was built"))
        .subcommand(task("screenshot", "Update the picture in the README"))
}

fn task(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::error::ErrorKind;

    fn refused(words: &[&str]) -> ErrorKind {
        let words = [&["xtask"], words].concat();
        command().try_get_matches_from(words).unwrap_err().kind()
    }

    #[test]
    fn every_task_explains_itself_and_refuses_what_it_does_not_know() {
        command().debug_assert();
        for task in command().get_subcommands() {
            let name = task.get_name();
            for help in ["--help", "-h"] {
                assert_eq!(refused(&[name, help]), ErrorKind::DisplayHelp, "{name}");
            }
            assert_eq!(refused(&[name, "--unknown"]), ErrorKind::UnknownArgument, "{name}");
            if task.get_positionals().count() == 0 {
                assert_eq!(refused(&[name, "unknown"]), ErrorKind::UnknownArgument, "{name}");
            }
        }
        assert_eq!(refused(&["unknown"]), ErrorKind::InvalidSubcommand);
        assert_eq!(refused(&[]), ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
    }

    #[test]
    fn a_release_needs_one_version() {
        assert_eq!(refused(&["release", "--dry-run"]), ErrorKind::MissingRequiredArgument);
        assert_eq!(refused(&["release", "0.2.0", "0.3.0"]), ErrorKind::UnknownArgument);
        let released = ["release", "0.2.0", "--released"];
        assert_eq!(refused(&released), ErrorKind::MissingRequiredArgument);
    }

    #[test]
    fn a_port_is_a_number() {
        assert_eq!(refused(&["serve", "--port", "70000"]), ErrorKind::ValueValidation);
    }
}
