//! Defines the errors that end a command: invalid usage, or a problem that is shown unchanged.

use std::fmt;

/// Why a command ends early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Invalid usage of a command; the message names the argument and, where possible, a correction.
    Usage(String, Option<&'static str>),
    /// Anything else; shown unchanged.
    Problem(String),
}

impl Failure {
    /// Invalid usage of `command`.
    pub(crate) fn usage(command: &'static str, message: impl Into<String>) -> Self {
        Self::Usage(message.into(), Some(command))
    }

    /// A problem, reported with the program's name.
    pub(crate) fn problem(message: impl fmt::Display) -> Self {
        Self::Problem(format!("rolewright: {message}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(message) => f.write_str(message),
            Self::Usage(message, command) => {
                let command = command.map_or_else(String::new, |name| format!("{name} "));
                write!(f, "rolewright: {message}\nRun `rolewright {command}--help` for usage.")
            }
        }
    }
}
