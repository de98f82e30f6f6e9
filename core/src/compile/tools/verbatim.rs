//! Copies the rules of a role, in their order, for a host that reads the same rules: the last rule that
//! matches wins.

use super::actions;
use crate::compile::convert::Convert;
use crate::compile::value::Item;
use crate::front_matter::Field as OwnField;
use crate::host::{Field, FieldType, ToolStatus, name_matches};
use crate::permissions::{self, Named};
use crate::yaml::Node;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The effect of a rule, if the other host has a word for it.
fn effect(value: &Node<'_>, target: &Field) -> Option<Item> {
    let word = |node: &Node<'_>| {
        let word = node.as_str().filter(|word| target.values.contains(word))?;
        Some(Item::Text(word.to_string()))
    };
    let Some(uses) = value.entries() else { return word(value) };
    let one = |entry: &crate::yaml::Entry<'_>| {
        Some((entry.key.as_str()?.to_string(), word(&entry.value)?))
    };
    uses.iter().map(one).collect::<Option<Vec<_>>>().map(Item::Map)
}

impl Convert<'_> {
    /// Copies the rules if they are all that limits the role; returns whether it did.
    pub(super) fn copied_rules(&mut self) -> bool {
        let (role, from, to) = (self.role, self.from, self.to);
        let same = core::ptr::eq(from.tools.list, to.tools.list) || self.related();
        let fields = from.rules_field().zip(to.rules_field()).filter(|_| same);
        let Some((own, target)) = fields else { return false };
        let limits = permissions::limits(role, from);
        let [field] = limits.as_slice() else { return false };
        if field.name != own.name || permissions::is_ambiguous(role, from) {
            return false;
        }
        let Some(rules) = self.rules(field, target) else { return false };
        let in_order = target.types.first() == Some(&FieldType::List);
        self.put(target.name, if in_order { Item::List(actions(rules)) } else { Item::Map(rules) });
        true
    }

    fn rules(&self, field: &OwnField<'_>, target: &Field) -> Option<Vec<(String, Item)>> {
        let mut rules: Vec<(String, Item)> = Vec::new();
        for entry in field.value.entries()? {
            let effect = effect(&entry.value, target)?;
            for name in self.names(entry.key.as_str()?)? {
                if rules.iter().any(|(known, _)| *known == name) {
                    return None;
                }
                rules.push((name, effect.clone()));
            }
        }
        Some(rules)
    }

    /// The names of a rule on the other host: none if it lacks the tool, and `None` if the rule cannot
    /// be copied.
    fn names(&self, key: &str) -> Option<Vec<String>> {
        let (from, to) = (self.from, self.to);
        let renamed = |name: &str| {
            let named = Named::of(from, name);
            let is_it = |tool: &&crate::host::Tool| Named::of_tool(tool) == named;
            match to.tool(name) {
                Some(tool) => Some(tool.name),
                None => permissions::current(to).find(is_it).map(|tool| tool.name),
            }
        };
        if key.contains('*') {
            let own = permissions::current(from).filter(|tool| name_matches(key, tool.name));
            let others = own.filter_map(|tool| renamed(tool.name));
            let others = others.filter(|name| !name_matches(key, name)).map(ToString::to_string);
            return Some(core::iter::once(key.to_string()).chain(others).collect());
        }
        if from.tools.reach.contains(&key) {
            let is_known = to.tools.reach.contains(&key);
            return Some(is_known.then(|| key.to_string()).into_iter().collect());
        }
        match from.tool(key).map(|tool| tool.status) {
            None => Some([key.to_string()].into()),
            Some(ToolStatus::Current) => {
                Some(renamed(key).map(ToString::to_string).into_iter().collect())
            }
            Some(_) => None,
        }
    }
}
