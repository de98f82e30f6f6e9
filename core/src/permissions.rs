//! Represents a role's permissions as a set: its tool lists, modes and rules as its own host reads
//! them, independent of any host's notation.

mod capabilities;
mod commands;
mod entry;
mod express;
mod joined;
mod listed;
mod narrow;
mod read;
mod rules;

pub use capabilities::CapabilitySet;
pub(crate) use commands::pattern;
pub(crate) use entry::{Named, covers, is_unknown, is_withheld};
pub use express::Outcome;
pub(crate) use express::{Expressed, SHELL, Word};
pub use listed::offered;
pub(crate) use listed::{current, names, nearest};
pub use read::read;
pub(crate) use read::{
    Obscure, is_ambiguous, limits, not_understood, only_reads, other_agent, read_without,
    unknown_agent, without_list, word,
};

use crate::host::{Capability, name_matches};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A tool of a server or, with an empty server, a special-purpose tool.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Name {
    /// The server; `*` for every one.
    pub server: String,
    /// Its tool; empty for all of them.
    pub tool: String,
}

impl Name {
    pub(crate) fn new(server: &str, tool: &str) -> Self {
        let tool = if tool == "*" { "" } else { tool };
        Self { server: server.to_string(), tool: tool.to_string() }
    }

    /// Whether it stands for all that `other` stands for.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let server = match self.server.as_str() {
            "" => other.server.is_empty(),
            pattern => !other.server.is_empty() && name_matches(pattern, &other.server),
        };
        server && (self.tool.is_empty() || name_matches(&self.tool, &other.tool))
    }

    /// Whether there may be something that both stand for.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let both = |one: &str, other: &str| {
            one.contains('*') && other.contains('*')
                || name_matches(one, other)
                || name_matches(other, one)
        };
        let whole = self.tool.is_empty() || other.tool.is_empty();
        self.server.is_empty() == other.server.is_empty()
            && both(&self.server, &other.server)
            && (whole || both(&self.tool, &other.tool))
    }

    /// Whether it is a pattern that stands for some servers, or for some tools of one.
    pub(crate) fn is_pattern(&self) -> bool {
        self.tool.contains('*') || self.server.contains('*') && self.server != "*"
    }
}

/// The permissions of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permissions {
    /// Capabilities without limits.
    pub whole: CapabilitySet,
    /// Capabilities that are limited: to some commands, to some files.
    pub part: CapabilitySet,
    /// Capabilities denied by name, in whole or in part: no other capability implies them.
    pub denied: CapabilitySet,
    /// Whether it may use all tools of servers and extensions.
    pub open: bool,
    /// The allowed server tools and special-purpose tools, if not all of them are allowed.
    pub names: Vec<Name>,
    /// The denied server tools and special-purpose tools.
    pub refused: Vec<Name>,
    /// The allowed tools of servers whose other tools are denied.
    pub excepted: Vec<Name>,
    /// The allowed commands, if not all commands are allowed, as patterns with `*` for any text.
    pub commands: Vec<String>,
    /// The subset of `commands` that requires the user's confirmation.
    pub asked_commands: Vec<String>,
    /// Whether other commands are allowed that no such pattern can express.
    pub more_commands: bool,
    /// Capabilities that require the user's confirmation.
    pub asked: CapabilitySet,
    /// The server tools that require the user's confirmation.
    pub asked_names: Vec<Name>,
    /// Whether some uses of what it asks about need no confirmation.
    pub asked_in_part: bool,
    /// Whether it is known only that the role is read-only.
    pub read_only: bool,
    /// Whether it is limited in a way that is not understood.
    pub unclear: bool,
}

impl Permissions {
    /// Everything.
    pub(crate) fn all() -> Self {
        Self { whole: CapabilitySet::ALL, open: true, ..Self::none() }
    }

    /// No permissions.
    pub(crate) fn none() -> Self {
        Self {
            whole: CapabilitySet::default(),
            part: CapabilitySet::default(),
            denied: CapabilitySet::default(),
            open: false,
            names: Vec::new(),
            refused: Vec::new(),
            excepted: Vec::new(),
            commands: Vec::new(),
            asked_commands: Vec::new(),
            more_commands: false,
            asked: CapabilitySet::default(),
            asked_names: Vec::new(),
            asked_in_part: false,
            read_only: false,
            unclear: false,
        }
    }

    /// Whether nothing limits it.
    pub(crate) fn is_everything(&self) -> bool {
        self.whole == CapabilitySet::ALL && self.open && self.refused.is_empty() && !self.unclear
    }

    /// Whether anything requires the user's confirmation.
    pub(crate) fn asks(&self) -> bool {
        !self.asked.is_empty() || !self.asked_names.is_empty() || !self.asked_commands.is_empty()
    }

    /// Everything that can be granted without exceeding these permissions: the allowed
    /// capabilities, and the capabilities that they imply.
    ///
    /// ```
    /// use rolewright_core::{Role, host::Host, permissions};
    ///
    /// let role = Role::parse("---\nname: a\ndescription: Reads.\n---\nRead.\n", ".claude/agents/a.md");
    /// let granted = permissions::read(&role, Host::by_id("claude-code").unwrap());
    /// assert!(granted.bound().contains(granted.whole));
    /// ```
    pub fn bound(&self) -> CapabilitySet {
        self.whole.with_implied().without(self.denied)
    }

    /// Whether it allows all that `other` does.
    ///
    /// ```
    /// use rolewright_core::{Role, host::Host, permissions};
    ///
    /// let role = Role::parse("---\nname: a\ndescription: Reads.\n---\nRead.\n", ".claude/agents/a.md");
    /// let granted = permissions::read(&role, Host::by_id("claude-code").unwrap());
    /// assert!(granted.contains(&granted));
    /// ```
    pub fn contains(&self, other: &Self) -> bool {
        let allowed = |name: &Name| {
            let refused = self.refused.iter().any(|own| own.covers(name) || name.covers(own));
            let listed = self.open || self.names.iter().any(|own| own.covers(name));
            // A server tool that one role denies may be denied by the other too.
            let split =
                |own: &Name| name.covers(own) && other.refused.iter().any(|o| o.covers(own));
            listed
                && (!refused
                    || self
                        .refused
                        .iter()
                        .all(|own| !own.covers(name) && (!name.covers(own) || split(own))))
        };
        let refuses = |own: &Name| other.refused.iter().any(|other| other.covers(own));
        let open = !other.open || self.open && self.refused.iter().all(refuses);
        let bound = self.bound();
        bound.contains(other.whole)
            && bound.or(self.part).contains(other.part)
            && self.runs(other)
            && open
            && other.names.iter().all(allowed)
    }

    /// Whether it runs every command that `other` runs.
    fn runs(&self, other: &Self) -> bool {
        const SHELL: CapabilitySet = CapabilitySet::of(&[Capability::Execute]);
        let known = |command: &String| self.commands.contains(command);
        self.whole.contains(SHELL)
            || self.more_commands
            || !other.part.contains(SHELL)
            || !other.more_commands && other.commands.iter().all(known)
    }

    /// Grants the tools that an entry names, or a part of them if the entry is limited.
    pub(crate) fn grant(&mut self, named: &Named, in_part: bool) {
        match named {
            Named::Nothing => {}
            Named::All => *self = Self { unclear: self.unclear, ..Self::all() },
            Named::Capabilities(capabilities) if in_part => {
                self.part = self.part.or(capabilities.without(self.whole))
            }
            Named::Capabilities(capabilities) => {
                self.whole = self.whole.or(*capabilities);
                self.part = self.part.without(*capabilities);
                self.denied = self.denied.without(*capabilities);
            }
            Named::Tool(name) => {
                self.refused.retain(|refused| !name.covers(refused));
                self.grant_name(name);
            }
        }
    }

    /// Grants a tool of a server, or all of one.
    fn grant_name(&mut self, name: &Name) {
        if !self.open && !self.names.contains(name) {
            self.names.push(name.clone());
        }
        if self.open && self.refused.iter().any(|refused| refused.covers(name)) {
            self.excepted.push(name.clone());
        }
    }

    /// Denies the tools that an entry names. With `in_part`, only a part is denied, and the rest
    /// remains.
    pub(crate) fn deny(&mut self, named: &Named, in_part: bool) {
        match named {
            Named::Nothing => {}
            Named::All if in_part => {}
            Named::All => {
                *self = Self { unclear: self.unclear, ..Self::none() };
            }
            Named::Capabilities(capabilities) => {
                if capabilities.contains(CapabilitySet::of(&[Capability::Execute])) {
                    self.commands.clear();
                    self.asked_commands.clear();
                    self.more_commands = in_part;
                }
                let left = if in_part {
                    self.whole.or(self.part).and(*capabilities)
                } else {
                    CapabilitySet::default()
                };
                self.part = self.part.without(*capabilities).or(left);
                self.whole = self.whole.without(*capabilities);
                self.denied = self.denied.or(*capabilities);
            }
            Named::Tool(name) => {
                self.names.retain(|own| !name.covers(own));
                self.excepted.retain(|own| !name.covers(own));
                if !self.refused.iter().any(|refused| refused.covers(name)) {
                    self.refused.retain(|refused| !name.covers(refused));
                    self.refused.push(name.clone());
                }
            }
        }
    }

    /// Records whether the user must confirm the use of the tools that an entry names.
    pub(crate) fn ask(&mut self, named: &Named, asks: bool) {
        match named {
            Named::Nothing => {}
            Named::All => {
                self.asked = if asks { CapabilitySet::ALL } else { CapabilitySet::default() };
                self.asked_names.clear();
                self.asked_names.extend(asks.then(|| Name::new("*", "")));
            }
            Named::Capabilities(capabilities) if asks => self.asked = self.asked.or(*capabilities),
            Named::Capabilities(capabilities) => self.asked = self.asked.without(*capabilities),
            Named::Tool(name) => {
                self.asked_names.retain(|asked| !name.covers(asked));
                self.asked_names.extend(asks.then(|| name.clone()));
            }
        }
    }

    /// Removes every permission to change things.
    pub(crate) fn limit_to_reading(&mut self) {
        self.read_only = self.is_everything();
        self.whole = self.whole.and(CapabilitySet::READING);
        self.part = self.part.and(CapabilitySet::READING);
        self.denied = self.denied.or(CapabilitySet::ALL.without(CapabilitySet::READING));
        self.open = false;
        self.names.clear();
        self.excepted.clear();
    }
}
