//! Determines whether two hosts read fields and tools in the same way: versions of one product, and
//! products of one family.

use super::Convert;
use crate::compile::value::Item;
use crate::front_matter::Field;
use crate::host::{self, FieldRole, HOSTS, Host, ToolStatus};
use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The versions of a host, including itself.
fn versions(host: &'static Host) -> impl Iterator<Item = &'static Host> {
    HOSTS.iter().filter(move |other| {
        other.id == host.id
            || other.variant_of == Some(host.id)
            || host.variant_of == Some(other.id)
    })
}

/// The version of `one` that took over the format of `other`.
fn successor(one: &'static Host, other: &Host) -> Option<&'static Host> {
    versions(one).find(|host| host.successor_of == Some(other.id))
}

impl Convert<'_> {
    /// Whether both hosts are versions of one product, or one took over the other's format.
    pub(in crate::compile) fn related(&self) -> bool {
        self.from.product == self.to.product
            || versions(self.from).any(|host| host.id == self.to.id)
            || self.successor().is_some()
    }

    /// Whether both hosts read the same files, or are related.
    pub(in crate::compile) fn shares(&self) -> bool {
        self.related()
            || self.from.kind == self.to.kind && self.from.tools.shared_with.contains(&self.to.id)
    }

    fn successor(&self) -> Option<&'static Host> {
        successor(self.from, self.to).or_else(|| successor(self.to, self.from))
    }

    /// What the other host calls a tool that both have, if the hosts are related.
    pub(in crate::compile) fn same_tool(&self, name: &str) -> Option<&'static str> {
        // A name that the role's own host does not have grants nothing there.
        if !self.related() || self.from.tool(name).is_none() {
            return None;
        }
        let now = |tool: &'static host::Tool| match tool.status {
            ToolStatus::Alias(now) | ToolStatus::Legacy(now) => Some(now),
            ToolStatus::Current => Some(tool.name),
            ToolStatus::Removed(_) => None,
        };
        if let Some(tool) = self.to.tool(name) {
            return now(tool);
        }
        let all = self.successor()?.tools.list;
        let current = now(all.iter().find(|tool| tool.name == name)?)?;
        let names = all.iter().filter(|tool| now(tool) == Some(current));
        names.filter_map(|tool| self.to.tool(tool.name)).find_map(now)
    }

    /// Tool settings with the other host's names of the tools; `None` if it lacks one of them.
    pub(super) fn settings(&self, field: &Field<'_>) -> Option<Item> {
        let Item::Map(tools) = Item::of(&field.value) else { return None };
        let renamed = tools.into_iter().map(|(name, settings)| {
            let is_server = name.starts_with('@');
            let own = if is_server { Some(name.clone()) } else { None };
            Some((own.or_else(|| self.same_tool(&name).map(ToString::to_string))?, settings))
        });
        renamed.collect::<Option<Vec<_>>>().map(Item::Map)
    }

    /// The fields that limit the role and that were carried over with their meaning.
    pub(in crate::compile) fn carried(&self) -> Vec<String> {
        let is_carried = |field: &&Field<'_>| {
            let fact = self.from.field(&field.name);
            let fact = fact
                .filter(|fact| matches!(fact.role, FieldRole::ToolSettings | FieldRole::Agents));
            let target = fact.filter(|_| self.shares()).and_then(|fact| self.counterpart(fact));
            target.is_some_and(|target| self.has(target.name))
        };
        self.role
            .fields()
            .iter()
            .filter(is_carried)
            .map(|field| field.name.as_ref().to_owned())
            .collect()
    }
}
