//! Limits a set of permissions to another one.

use super::{CapabilitySet, Name, Permissions};
use crate::host::Capability;
use alloc::vec::Vec;

impl Permissions {
    /// Removes everything that `other` does not allow. What can be told apart only in part is
    /// removed too.
    pub(super) fn narrow(&mut self, other: Self) {
        const SHELL: CapabilitySet = CapabilitySet::of(&[Capability::Execute]);
        let some = self.whole.or(self.part).and(other.whole.or(other.part));
        match (self.whole.contains(SHELL), other.whole.contains(SHELL)) {
            (_, true) => {}
            (true, false) => {
                self.commands = other.commands;
                self.asked_commands = other.asked_commands;
                self.more_commands = other.more_commands;
            }
            (false, false) => {
                let count = self.commands.len().max(other.commands.len());
                self.commands.retain(|command| other.commands.contains(command));
                self.asked_commands.extend(other.asked_commands);
                self.more_commands |= other.more_commands || self.commands.len() < count;
            }
        }
        self.whole = self.whole.and(other.whole);
        self.part = some.without(self.whole);
        self.denied = self.denied.or(other.denied);
        self.refused.extend(other.refused);
        match (self.open, other.open) {
            (_, true) => {}
            (true, false) => self.names = other.names,
            (false, false) => {
                let all = core::mem::take(&mut self.names);
                let both = |one: &[Name], two: &[Name]| -> Vec<Name> {
                    let known = |name: &&Name| two.iter().any(|other| other.covers(name));
                    one.iter().filter(known).cloned().collect()
                };
                self.names = both(&all, &other.names);
                self.names.extend(both(&other.names, &all));
                self.names.sort_unstable();
                self.names.dedup();
            }
        }
        self.open &= other.open;
        let refused = core::mem::take(&mut self.refused);
        self.names.retain(|name| !refused.iter().any(|own| own.covers(name)));
        self.refused = refused;
        self.asked = self.asked.or(other.asked);
        self.asked_names.extend(other.asked_names);
        self.asked_in_part |= other.asked_in_part;
        self.unclear |= other.unclear;
    }

    /// Limits the tools of servers to those of some servers.
    pub(crate) fn limit_to_servers<'n>(&mut self, servers: impl Iterator<Item = &'n str>) {
        let servers: Vec<Name> = servers.map(|server| Name::new(server, "")).collect();
        let had =
            if self.open { [Name::new("*", "")].into() } else { core::mem::take(&mut self.names) };
        for own in had {
            match own.server.as_str() {
                "" => self.names.push(own),
                "*" => self.names.extend(servers.iter().cloned()),
                _ => self
                    .names
                    .extend(servers.iter().any(|server| server.covers(&own)).then_some(own)),
            }
        }
        self.open = false;
        self.names.sort_unstable();
        self.names.dedup();
    }
}
