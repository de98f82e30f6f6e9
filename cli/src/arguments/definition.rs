//! Defines the commands with their arguments and help: the single source of parsing, help,
//! completions and the man page.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};

/// The whole command line.
pub(crate) fn command() -> Command {
    Command::new("rolewright")
        .version(crate::VERSION)
        .about("Checks, fixes and compiles role definitions for AI agents")
        .after_help("Run `rolewright COMMAND --help` for details.")
        .disable_help_subcommand(true)
        .subcommand(check())
        .subcommand(compile())
        .subcommand(list("rules", "List the rules, or explain one", "NAME", "Rule to explain"))
        .subcommand(list("hosts", "List the hosts, or describe one", "ID", "Host to describe"))
        .subcommand(
            subcommand("lsp", "Serve an editor over standard input and output")
                // Editors pass it to every server.
                .arg(
                    flag("stdio", "Use standard input and output, which is the default").hide(true),
                ),
        )
        .subcommand(
            subcommand("completions", "Print completions for a shell").arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .help("Shell to complete for")
                    .required(true)
                    .value_parser(PossibleValuesParser::new(SHELLS)),
            ),
        )
        .subcommand(
            subcommand("man", "Print the manual page, or that of a command")
                .arg(Arg::new("name").value_name("COMMAND").help("Command to document")),
        )
        .subcommand(
            subcommand("init", "Create a rolewright.json")
                .after_help("Writes to the current folder. Does not overwrite an existing file."),
        )
}

fn subcommand(name: &'static str, about: &'static str) -> Command {
    Command::new(name).about(about).args_override_self(true)
}

fn check() -> Command {
    subcommand("check", "Report problems, and fix them with --fix")
        .after_help(
            "Checks files, folders and globs; the current folder by default; \"-\" reads standard input. In a \
             folder, checks the files whose\nlocation or content shows that they are roles, and those that match `include` in \
             rolewright.json. Skips files that .gitignore excludes.\n\nExit codes: 0 if nothing reaches the \
             failing severity, 1 if something does, 2 for invalid usage, an unreadable file or a search\nthat \
             found no role.",
        )
        .arg(paths().help("Files, folders and globs; \"-\" for standard input"))
        .arg(value("host", "HOST", "Check for this host instead of detecting it"))
        .arg(one_of("format", "FORMAT", FORMATS, "Format of the report [default: text]"))
        .arg(value("output-file", "FILE", "Write the report to FILE instead of standard output, which is \"-\""))
        .arg(flag("fix", "Apply all safe fixes"))
        .arg(flag("fix-unsafe", "Apply all fixes, including those that may change the meaning"))
        .arg(flag("diff", "Print what the fixes would change, and write nothing"))
        .arg(flag("dry-run", "With --fix or --fix-unsafe: report as if the fixes were applied, and write nothing"))
        .arg(one_of("severity", "SEVERITY",
            &["error", "warning", "info"],
            "Lowest severity that makes the command fail [default: error]",
        ))
        .arg(value("max-warnings", "N", "Fail if there are more than N warnings"))
        .arg(one_of("profile", "PROFILE", PROFILES, "Which rules run [default: recommended]"))
        .arg(values("rule", "NAME=SEVERITY", "Set a rule to off, error, warning or info"))
        .args(template())
        .arg(value("stdin-path", "PATH", "Path to assume for standard input; with --fix, prints the fixed text"))
        .arg(flag("only-roles", "Skip named files that a run on their folder would not check"))
        .arg(flag("readers", "Also check each file for the other products that read it"))
        .arg(value("changed-since", "REF", "Check only files that changed since the branch diverged from REF"))
        .arg(value("baseline", "FILE", "Do not report diagnostics that FILE lists"))
        .arg(flag("update-baseline", "Write all diagnostics to the --baseline file"))
        .arg(flag("no-cache", "Check every file, even those that have not changed since an earlier run"))
        .arg(flag("watch", "Check again whenever a file changes"))
        .arg(flag("verbose", "Say why each file was or was not checked").short('v'))
        .arg(flag("list", "List the files that would be checked, with their hosts and reasons, and check nothing"))
        .arg(flag("quiet", "Show only diagnostics that can make the command fail").short('q'))
        .arg(color())
}

fn compile() -> Command {
    subcommand("compile", "Print or write the file that a host reads")
        .after_help(
            "Prints the file that HOST reads, and reports on standard error what HOST cannot express. Several \
             roles or hosts need a folder:\n--out DIR/ puts each file where its host looks for it.",
        )
        .arg(paths().help("Roles; \"-\" for standard input"))
        .arg(value("to", "HOST", "Hosts to compile for, separated by commas, or `all` [default: the role's own]"))
        .arg(flag("prompt", "Print only the prompt, as the model sees it"))
        .arg(value("out", "FILE|DIR/|-", "Write to a file, into a folder, or to standard output").short('o'))
        .arg(value("map", "FILE", "Write a source map (version 3) to FILE"))
        .arg(flag("check", "Write nothing; exit with 1 if a file in --out is out of date"))
        .arg(flag("diff", "Print what would change in the files in --out, and write nothing"))
        .arg(flag("dry-run", "List what would be written, and write nothing"))
        .arg(flag("report", "Print sizes and losses instead of the file"))
        .arg(flag("allow-widening", "Write the file even if it grants more permissions"))
        .arg(one_of("format", "FORMAT", &["text", "json"], "Format of the result [default: text]"))
        .args(template())
        .arg(value("host", "HOST", "Read the role as one for this host instead of detecting it"))
        .arg(value("stdin-path", "PATH", "Path to assume for standard input"))
        .arg(color())
}

fn list(
    name: &'static str,
    about: &'static str,
    item: &'static str,
    help: &'static str,
) -> Command {
    subcommand(name, about)
        .arg(Arg::new("name").value_name(item).help(help))
        .arg(one_of("format", "FORMAT", &["text", "json"], "Format of the output [default: text]"))
        .arg(color())
}

const FORMATS: &[&str] = &["text", "json", "sarif", "github", "junit", "gitlab"];
const SHELLS: &[&str] = &["bash", "elvish", "fish", "powershell", "zsh"];
const PROFILES: &[&str] = &["core", "recommended", "style"];

fn template() -> [Arg; 4] {
    [
        values("value", "NAME=TEXT", "Set a template variable"),
        value("values", "FILE", "Read template variables from a JSON object"),
        one_of("missing", "HOW", &["error", "keep", "empty"], "How to treat an unset variable"),
        value("config", "FILE", "Use this file instead of the nearest rolewright.json"),
    ]
}

fn paths() -> Arg {
    Arg::new("paths").value_name("PATH").num_args(0..)
}

fn color() -> Arg {
    one_of("color", "WHEN", &["auto", "always", "never"], "When to use colors [default: auto]")
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

fn value(name: &'static str, about: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(about).help(help).allow_hyphen_values(true)
}

fn values(name: &'static str, about: &'static str, help: &'static str) -> Arg {
    value(name, about, help).action(ArgAction::Append)
}

fn one_of(
    name: &'static str,
    about: &'static str,
    names: &'static [&'static str],
    help: &'static str,
) -> Arg {
    value(name, about, help).value_parser(PossibleValuesParser::new(names))
}
