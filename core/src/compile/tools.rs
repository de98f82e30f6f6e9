//! Expresses a role's permissions in the fields of another host. Permissions never grow unless the
//! caller allows it: permissions that the host cannot express as narrowly are omitted and reported
//! as a loss.

use super::convert::Convert;
use super::value::Item;
use crate::diagnostic::Severity;
use crate::front_matter::Field as OwnField;
use crate::host::{Capability, Field, FieldRole, FieldStatus, FieldType, Split};
use crate::permissions::{
    self, CapabilitySet, Expressed, Name, Named, Outcome, Permissions, Word, nearest,
};
use crate::tools::{self, Grant, ToolList};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use losses::named;

mod approved;
mod losses;
mod verbatim;

/// Converts rules by name to a list of maps with action, resource and effect.
fn actions(rules: Vec<(String, Item)>) -> Vec<Item> {
    let text = |text: &str| Item::Text(text.to_string());
    let action = |name: &str, resource: &str, effect: Item| {
        let fields = [("action", text(name)), ("resource", text(resource)), ("effect", effect)];
        Item::Map(fields.map(|(name, item)| (name.to_string(), item)).into())
    };
    let of = |(name, effect): (String, Item)| match effect {
        Item::Map(uses) => {
            uses.into_iter().map(|(on, effect)| action(&name, &on, effect)).collect::<Vec<_>>()
        }
        effect => [action(&name, "*", effect)].into(),
    };
    rules.into_iter().flat_map(of).collect()
}

impl<'c> Convert<'c> {
    /// Writes the role's permissions.
    pub(super) fn tools(&mut self) -> Outcome {
        let role = self.role;
        let lists = tools::read(role, self.from);
        let approved = lists.iter().find(|list| list.grant == Grant::Approved);
        if let Some(list) = approved {
            self.approved(list);
        }
        let carried = self.carried();
        let mut may = permissions::read_without(role, self.from, &carried);
        let alone = self.own_servers().filter(|_| may.open || !may.names.is_empty());
        let alone = alone.filter(|_| !self.put_own_servers());
        if alone.is_some() {
            may.deny(&Named::Tool(Name::new("*", "")), false);
        }
        if self.copied(&lists) && alone.is_none() || !may.unclear && self.copied_rules() {
            return Outcome::Exact;
        }
        let (from, to) = (self.from, self.to);
        let part = may.part;
        if self.allow_widening {
            may.whole = may.whole.or(may.part);
            may.part = CapabilitySet::default();
        }
        let related = from.tools.shared_with.contains(&to.id);
        let same = core::ptr::eq(from.tools.list, to.tools.list);
        // Versions of one host have the same custom tools.
        let versions = (to.variant_of == Some(from.id) || from.variant_of == Some(to.id))
            && from.rules_field().and(to.rules_field()).is_some();
        let knows = |name: &str| -> Option<String> {
            let is_same =
                related || same && to.tool(name).is_some() || versions && from.tool(name).is_none();
            if is_same { Some(name.to_string()) } else { self.same_tool(name).map(String::from) }
        };
        // It is not known what else must be denied.
        let is_unknown = self.unknown_denials(&may).any(|name| knows(&name.tool).is_none());
        may.unclear |= is_unknown;
        let mut expressed = Expressed::of(&may, to, &knows);
        if expressed.outcome == Outcome::Widened && self.allow_widening {
            expressed.gained = expressed.gained.or(part.and(expressed.kept));
        }
        self.write(&expressed);
        let mut limits = permissions::limits(role, from);
        limits.retain(|field| carried.iter().all(|name| *name != *field.name));
        limits.extend(alone);
        limits.sort_by_key(|field| field.name_span.start);
        limits.dedup_by_key(|field| field.name_span.start);
        let rules = limits.iter().find(|field| {
            from.field(&field.name).is_some_and(|fact| fact.role == FieldRole::Permissions)
        });
        if let Some(field) = rules.or(limits.first())
            && may.asks()
            && !expressed.asks
            && to.tools.carries
        {
            let message = format!(
                "{} cannot express that `{}` asks first; its own settings decide what it asks about.",
                self.subject(),
                field.name
            );
            self.lose(Severity::Warning, field.name_span, message);
        }
        if let Some(field) = rules.or(limits.first())
            && may.asks()
            && may.asked_in_part
            && expressed.asks
        {
            let message = format!(
                "{} cannot express exactly what `{}` asks about; it asks about more.",
                self.subject(),
                field.name
            );
            self.lose(Severity::Warning, field.name_span, message);
        }
        match limits.first() {
            _ if may.is_everything() && expressed.outcome != Outcome::NotApplicable => {
                self.needed(&lists, &expressed);
            }
            None => match role.fields().iter().find(|field| field.name == "<<") {
                Some(merged) if may.unclear => {
                    self.widened(&may, &expressed, merged.name_span, &named(&[merged]));
                }
                _ => self.unlisted(&may, &expressed),
            },
            Some(first) => self.limits_lost(&may, &expressed, &lists, first, &named(&limits)),
        }
        expressed.outcome
    }

    /// The field that keeps a role from the servers of the project, if the other host has no such
    /// field.
    fn own_servers(&self) -> Option<&'c OwnField<'c>> {
        self.role.fields().iter().find(|field| {
            self.from.field(&field.name).is_some_and(|fact| {
                let says_so = fact.own_servers == permissions::word(field);
                fact.own_servers.is_some() && says_so && !self.has(fact.name)
            })
        })
    }

    /// Writes that the role gets no servers of the project; returns whether the other host can be told
    /// so.
    fn put_own_servers(&mut self) -> bool {
        let is_it =
            |field: &&Field| field.own_servers.is_some() && field.status == FieldStatus::Current;
        let Some(field) = self.to.fields.iter().find(is_it) else { return false };
        let value = field.own_servers.unwrap_or("").to_string();
        let is_bool = field.takes(FieldType::Bool);
        self.put(field.name, if is_bool { Item::Plain(value) } else { Item::Text(value) });
        true
    }

    /// Copies the lists if the other host reads them the same way.
    fn copied(&mut self, lists: &[ToolList<'_>]) -> bool {
        let (role, from, to) = (self.role, self.from, self.to);
        let same = core::ptr::eq(from.tools.list, to.tools.list) && from.product == to.product;
        let is_read = |field: &&OwnField<'_>| {
            from.field(&field.name).is_some_and(|fact| {
                let is_one = |fact: &Field| fact.types == [FieldType::Text];
                let means = |other: &Field| {
                    (fact.role != FieldRole::Agents || is_one(fact) == is_one(other))
                        && (!permissions::only_reads(fact, field)
                            || permissions::only_reads(other, field))
                };
                self.counterpart(fact).is_some_and(means)
            })
        };
        let limits = permissions::limits(role, from);
        let is_clear = !permissions::is_ambiguous(role, from);
        // Without limits, a role may do what its host grants by itself.
        let by_default = permissions::without_list(role, from) == to.tools.without_list;
        let all =
            same && is_clear && limits.iter().all(is_read) && (by_default || !limits.is_empty());
        for field in limits.iter().filter(|_| all) {
            let fact = from.field(&field.name);
            let target = fact.and_then(|fact| self.counterpart(fact));
            match (target, field.value.as_str()) {
                (Some(target), Some(_)) if !target.takes(FieldType::Text) => {
                    let own = lists.iter().filter(|list| core::ptr::eq(list.field, *field));
                    let names = own.flat_map(|list| &list.entries);
                    let names: Vec<String> = names.map(|entry| entry.text.to_string()).collect();
                    self.put(target.name, Item::texts(&names));
                }
                (Some(target), _) => self.put(target.name, Item::of(&field.value)),
                (None, _) => {}
            }
        }
        all
    }

    /// Denied names that the role's own host may know, but that are not known here.
    pub(super) fn unknown_denials<'p>(
        &self,
        may: &'p Permissions,
    ) -> impl Iterator<Item = &'p Name> {
        let from = self.from;
        may.refused.iter().filter(move |name| permissions::is_unknown(from, name))
    }

    fn write(&mut self, expressed: &Expressed) {
        let is_void = expressed.outcome == Outcome::Widened
            && expressed.list.as_ref().is_some_and(Vec::is_empty);
        if let (Some(names), Some(field)) =
            (&expressed.list, self.to.current_field(FieldRole::Tools))
            && !is_void
        {
            self.write_tools(field, names);
        }
        if let Some(field) = self.to.current_field(FieldRole::DeniedTools)
            && !expressed.denied.is_empty()
        {
            self.write_tools(field, &expressed.denied);
        }
        if let Some(field) = self.to.rules_field() {
            let word = |word: Word| Item::Text(word.text().to_string());
            let rule = |(name, said): &(String, Word)| (name.clone(), word(*said));
            let mut rules: Vec<(String, Item)> = expressed.rules.iter().map(rule).collect();
            let shell = nearest(self.to, CapabilitySet::of(&[Capability::Execute]));
            if let Some(shell) = shell.filter(|_| !expressed.commands.is_empty()) {
                let all = core::iter::once(("*".to_string(), word(Word::Deny)));
                let asks =
                    |command: &String| expressed.asks && expressed.asked_commands.contains(command);
                // The last matching rule wins, so the rules that ask come after the others.
                let (asked, free): (Vec<&String>, Vec<&String>) =
                    expressed.commands.iter().partition(|command| asks(command));
                let free = free.into_iter().map(|command| (command.clone(), word(Word::Allow)));
                let asked = asked.into_iter().map(|command| (command.clone(), word(Word::Ask)));
                let some = free.chain(asked);
                rules.push((shell.name.to_string(), Item::Map(all.chain(some).collect())));
            }
            if !rules.is_empty() {
                let in_order = field.types.first() == Some(&FieldType::List);
                let rules = if in_order { Item::List(actions(rules)) } else { Item::Map(rules) };
                self.put(field.name, rules);
            }
        }
        if let Some(field) = self.to.current_field(FieldRole::ReadOnly)
            && expressed.read_only
        {
            self.put(field.name, Item::Plain("true".into()));
        }
    }

    pub(super) fn write_tools(&mut self, field: &'static Field, names: &[String]) {
        let item = match (field.types.first(), field.split) {
            (Some(FieldType::Text), Split::Spaces | Split::SpacesOrCommas) => {
                Item::Text(names.join(" "))
            }
            (Some(FieldType::Text), _) if !names.is_empty() => Item::Text(names.join(", ")),
            _ => Item::texts(names),
        };
        self.put(field.name, item);
    }
}
