//! Explains invalid arguments in the command line's own words.

use crate::names::hint;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The problem with a first word that is not a command.
pub(super) fn command(first: &str) -> String {
    if first.starts_with('-') {
        return format!(
            "unknown option {first}; options follow a command, as in `rolewright check`"
        );
    }
    let hint = match hint(first, super::NAMES) {
        hint if hint.is_empty() && first.contains(['/', '\\', '.', '*']) => {
            format!("; to check files, run `rolewright check {first}`")
        }
        hint => hint,
    };
    format!("unknown command \"{first}\"{hint}")
}

/// The problem with the arguments of `command`.
pub(super) fn message(command: &str, error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        _ => "",
    };
    let named = text(ContextKind::InvalidArg);
    let flag = named.split(' ').next().unwrap_or(named);
    let given = text(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if flag.starts_with('-') => {
            let hint = hint(flag, flags(command).iter().map(String::as_str)).replace('"', "");
            format!("unknown option {flag}{hint}")
        }
        ErrorKind::UnknownArgument => format!("unexpected argument \"{named}\""),
        ErrorKind::InvalidValue if given.is_empty() => format!("{flag} requires a value"),
        ErrorKind::InvalidValue => match error.get(ContextKind::ValidValue) {
            Some(ContextValue::Strings(names)) => one_of(flag, given, names),
            _ => format!("{flag} cannot be \"{given}\""),
        },
        ErrorKind::MissingRequiredArgument => match error.get(ContextKind::InvalidArg) {
            Some(ContextValue::Strings(names)) => format!("{command} requires {}", listed(names)),
            _ => format!("{command} requires an argument"),
        },
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{flag} does not take a value")
        }
        _ => error.to_string().lines().next().unwrap_or("").replacen("error: ", "", 1),
    }
}

/// `--format must be text or json, not "jsn"; did you mean "json"?`
pub(super) fn one_of(flag: &str, given: &str, names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let hint = hint(given, names.iter().copied());
    format!("{flag} must be {}, not \"{given}\"{hint}", listed(&names))
}

/// `a, b or c`.
fn listed(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_string(),
        None => String::new(),
    }
}

fn flags(command: &str) -> Vec<String> {
    let program = super::command();
    let found = program.find_subcommand(command).into_iter().flat_map(clap::Command::get_arguments);
    found.filter_map(|argument| Some(format!("--{}", argument.get_long()?))).collect()
}
