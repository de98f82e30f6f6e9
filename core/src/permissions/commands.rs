//! Parses and compares command patterns, which several hosts write in almost the same way.

use super::{CapabilitySet, Permissions};
use crate::host::Capability;
use alloc::format;
use alloc::string::{String, ToString};

/// The pattern for the text in parentheses after a shell; `None` if its special characters may have
/// a different meaning elsewhere.
pub(crate) fn pattern(specifier: &str) -> Option<String> {
    let text = specifier.trim();
    // A colon before the last star separates a command from its arguments, just as a space does.
    let text = match text.strip_suffix(":*") {
        Some(command) => format!("{command} *"),
        None => text.to_string(),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " _-./=@+,:*".contains(c);
    let says_something = text.contains(|c: char| c.is_ascii_alphanumeric());
    (says_something && text.chars().all(is_plain)).then_some(text)
}

impl Permissions {
    /// Records the commands that an entry grants in part.
    pub(super) fn grant_commands(&mut self, capabilities: CapabilitySet, specifier: &str) {
        if !capabilities.contains(CapabilitySet::of(&[Capability::Execute])) {
            return;
        }
        match pattern(specifier) {
            Some(command) if self.commands.contains(&command) => {}
            Some(command) => self.commands.push(command),
            None => self.more_commands = true,
        }
    }

    /// Discards the command patterns if all commands or none are allowed.
    pub(super) fn settle_commands(&mut self) {
        if !self.part.contains(CapabilitySet::of(&[Capability::Execute])) {
            self.commands.clear();
            self.asked_commands.clear();
            self.more_commands = false;
        }
        self.commands.sort_unstable();
        self.asked_commands.sort_unstable();
    }

    /// Records that the user must confirm a command that an entry grants.
    pub(super) fn ask_command(&mut self, specifier: &str) {
        let known = pattern(specifier).filter(|command| self.commands.contains(command));
        self.asked_commands.extend(known.filter(|command| !self.asked_commands.contains(command)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specifier_is_a_pattern_where_its_marks_mean_the_same_everywhere() {
        let is = |specifier, expected: &str| assert_eq!(pattern(specifier).unwrap(), expected);
        is("git *", "git *");
        is("git:*", "git *");
        is("npm run test:*", "npm run test *");
        is("npm run test:unit", "npm run test:unit");
        for specifier in ["", "*", ":*", "ls ?", "a|b", "echo \"x\"", "a && b", "$(x)", "[a]"] {
            assert_eq!(pattern(specifier), None, "{specifier}");
        }
    }
}
