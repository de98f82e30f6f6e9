//! A set of capabilities.

use crate::host::{Capability, Tool};
use alloc::vec::Vec;

/// A set of capabilities, one bit each. Contains only capabilities that mean the same on every
/// host; server tools and special-purpose tools are [`Name`](super::Name)s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CapabilitySet(u16);

impl CapabilitySet {
    /// Every capability that hosts share.
    pub const ALL: Self = Self((1 << Capability::Mcp as u16) - 1);
    /// The capabilities that change files or run commands.
    pub const CHANGES: Self =
        Self::of(&[Capability::Edit, Capability::Write, Capability::Notebook, Capability::Execute]);
    /// The capabilities that a read-only role keeps.
    pub const READING: Self = Self::of(&[
        Capability::Read,
        Capability::Search,
        Capability::List,
        Capability::WebFetch,
        Capability::WebSearch,
        Capability::Todo,
        Capability::AskUser,
    ]);

    /// The set of some capabilities.
    pub(crate) const fn of(capabilities: &[Capability]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < capabilities.len() {
            bits |= 1 << capabilities[at] as u16;
            at += 1;
        }
        Self(bits & Self::ALL.0)
    }

    /// The capabilities of a tool; empty for a special-purpose tool.
    pub(crate) fn of_tool(tool: &Tool) -> Self {
        match tool.capabilities.first() {
            // A notebook tool edits only notebooks.
            Some(Capability::Notebook) => Self::of(&[Capability::Notebook]),
            _ => Self::of(tool.capabilities),
        }
    }

    /// Whether the set is empty.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of `other` are among them.
    ///
    /// ```
    /// use rolewright_core::{host::Host, permissions::offered};
    ///
    /// let all = offered(Host::by_id("claude-code").unwrap());
    /// assert!(all.contains(all));
    /// ```
    pub const fn contains(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// The union of both sets.
    #[must_use]
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The intersection of both sets.
    ///
    /// ```
    /// use rolewright_core::{host::Host, permissions::offered};
    ///
    /// let [one, other] = ["claude-code", "gemini"].map(|id| offered(Host::by_id(id).unwrap()));
    /// assert!(one.contains(one.and(other)));
    /// ```
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// This set without the capabilities in `other`.
    #[must_use]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// This set with implied capabilities: a role that writes files can edit them, a role that
    /// searches files can read them, and a role that fetches any page can query a search engine.
    pub(super) fn with_implied(self) -> Self {
        const READS: CapabilitySet = CapabilitySet::of(&[Capability::Read, Capability::Search]);
        const WRITES: CapabilitySet = CapabilitySet::of(&[Capability::Edit, Capability::Write]);
        const FETCHES: CapabilitySet = CapabilitySet::of(&[Capability::WebFetch]);
        let implied = [
            (READS, READS.or(CapabilitySet::of(&[Capability::List]))),
            (WRITES, WRITES.or(CapabilitySet::of(&[Capability::Notebook]))),
            (FETCHES, CapabilitySet::of(&[Capability::WebSearch])),
        ];
        let has = |capabilities: CapabilitySet| !capabilities.and(self).is_empty();
        implied.iter().filter(|(by, _)| has(*by)).fold(self, |all, (_, more)| all.or(*more))
    }

    /// The capabilities in words: "change files", "run commands".
    pub(crate) fn words(self) -> Vec<&'static str> {
        const WORDS: [(&str, CapabilitySet); 9] = [
            (
                "read files",
                CapabilitySet::of(&[Capability::Read, Capability::Search, Capability::List]),
            ),
            (
                "change files",
                CapabilitySet::of(&[Capability::Edit, Capability::Write, Capability::Notebook]),
            ),
            ("run commands", CapabilitySet::of(&[Capability::Execute])),
            ("fetch web pages", CapabilitySet::of(&[Capability::WebFetch])),
            ("search the web", CapabilitySet::of(&[Capability::WebSearch])),
            ("start other agents", CapabilitySet::of(&[Capability::Delegate])),
            ("keep a to-do list", CapabilitySet::of(&[Capability::Todo])),
            ("ask the user", CapabilitySet::of(&[Capability::AskUser])),
            ("use skills", CapabilitySet::of(&[Capability::Skill])),
        ];
        let held = WORDS.into_iter().filter(|(_, capabilities)| !capabilities.and(self).is_empty());
        held.map(|(words, _)| words).collect()
    }
}
