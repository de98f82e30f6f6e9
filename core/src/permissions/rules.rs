//! Reads ordered permission rules, where the last match wins: `allow`, `ask` and `deny` by name or
//! pattern, switches, and lists of actions.

use super::entry::Named;
use super::joined;
use super::{Permissions, pattern};
use crate::front_matter::Field;
use crate::host::{FieldRole, Host, ToolStatus, name_matches};
use crate::yaml::{Node, Value};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The effect of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Effect {
    /// Whether it allows any use.
    allows: bool,
    /// Whether the user must confirm the use.
    asks: bool,
    /// Whether it also allows uses that the user need not confirm.
    asks_in_part: bool,
    /// Whether it denies any use.
    denies: bool,
    /// Whether it is about every use.
    whole: bool,
    /// The only allowed uses, if the rule denies all others.
    only: Vec<String>,
    /// The subset of `only` that requires the user's confirmation.
    asked: Vec<String>,
}

/// A rule for the tools that a name represents; a rule without an effect is not understood.
struct Rule<'r> {
    key: &'r str,
    effect: Option<Effect>,
}

/// Reads the rules of several fields: switches apply first, whatever their order, and a rule for
/// the same name replaces the switch.
pub(super) fn apply(host: &'static Host, fields: &[&Field<'_>], permissions: &mut Permissions) {
    let is_switches = |field: &&&Field<'_>| {
        host.field(&field.name).is_some_and(|fact| fact.role == FieldRole::Tools)
    };
    let (switches, others) = (fields.iter().filter(is_switches), fields.iter());
    let others = others.filter(|field| !is_switches(field));
    let mut rules = Vec::new();
    for field in switches {
        for entry in field.value.entries().unwrap_or_default() {
            let key = entry.key.as_str().unwrap_or("");
            let key = meant(host, key).unwrap_or(key);
            put(&mut rules, Rule { key, effect: effect(&entry.value) });
        }
    }
    for field in others {
        read(host, &field.value, &mut rules);
    }
    for rule in rules {
        apply_rule(host, rule, permissions);
    }
}

/// The tool that a name is an alias of.
fn meant(host: &Host, name: &str) -> Option<&'static str> {
    match host.tool(name)?.status {
        ToolStatus::Alias(tool) => Some(tool),
        _ => None,
    }
}

/// Adds a rule, replacing an existing rule for the same name.
fn put<'r>(rules: &mut Vec<Rule<'r>>, rule: Rule<'r>) {
    match rules.iter_mut().find(|known| known.key == rule.key) {
        Some(known) => known.effect = rule.effect,
        None => rules.push(rule),
    }
}

fn read<'r>(host: &Host, value: &'r Node<'_>, rules: &mut Vec<Rule<'r>>) {
    match &value.value {
        Value::Mapping(entries) => {
            for entry in entries {
                let key = entry.key.as_str().unwrap_or("");
                let mut effect = effect(&entry.value);
                // Such a map accepts one name per tool, so allowing an alias has no effect.
                if let (Some(effect), Some(_)) = (&mut effect, meant(host, key)) {
                    if !effect.denies {
                        continue;
                    }
                    *effect = Effect { denies: true, whole: effect.whole, ..Effect::default() };
                }
                put(rules, Rule { key, effect });
            }
        }
        Value::Sequence(items) => {
            for item in items {
                let key = item.get("action").and_then(Node::as_str).unwrap_or("");
                let on = item.get("resource").and_then(Node::as_str).filter(|on| *on != "*");
                let effect = item.get("effect").and_then(effect);
                let in_part = |effect: Effect| {
                    let only: Vec<String> =
                        on.filter(|_| effect.allows).map(ToString::to_string).into_iter().collect();
                    let asked = if effect.asks { only.clone() } else { Vec::new() };
                    Effect { whole: on.is_none(), only, asked, ..effect }
                };
                rules.push(Rule { key, effect: effect.map(in_part) });
            }
        }
        Value::Scalar(..) if value.is_null() => {}
        Value::Scalar(..) => rules.push(Rule { key: "*", effect: effect(value) }),
    }
}

/// The effect of a value: a word, a switch, or a map from uses to words.
fn effect(value: &Node<'_>) -> Option<Effect> {
    let Some(entries) = value.entries() else {
        let word = value.as_str()?;
        let (allows, denies) = match word {
            "allow" | "ask" | "true" => (true, false),
            "deny" | "false" => (false, true),
            _ => return None,
        };
        let asks = word == "ask";
        return Some(Effect { allows, asks, denies, whole: true, ..Effect::default() });
    };
    let mut all = Effect::default();
    let mut is_free = false;
    for (at, entry) in entries.iter().enumerate() {
        let one = effect(&entry.value)?;
        let use_of = entry.key.as_str()?;
        all.allows |= one.allows;
        all.asks |= one.asks;
        is_free |= one.allows && !one.asks;
        all.denies |= one.denies;
        all.whole |= use_of == "*";
        if one.allows && all.denies && at > 0 {
            all.only.push(use_of.to_string());
            all.asked.extend(one.asks.then(|| use_of.to_string()));
        }
    }
    let first = entries.first()?;
    let denies_others = first.key.as_str() == Some("*") && first.value.as_str() == Some("deny");
    if !denies_others || all.only.len() + 1 != entries.len() {
        all.only.clear();
    }
    // Other uses are not asked about by default.
    all.asks_in_part = all.asks && (is_free || !all.whole);
    all.whole &= all.allows != all.denies;
    Some(all)
}

/// The first rule of a field that is not understood.
pub(super) fn not_understood(host: &Host, field: &Field<'_>) -> Option<String> {
    let mut rules = Vec::new();
    read(host, &field.value, &mut rules);
    let is_obscure = |rule: &&Rule<'_>| match &rule.effect {
        Some(effect) if is_sound(rule.key) => effect.denies && host.tools.reach.contains(&rule.key),
        _ => !rule.key.is_empty(),
    };
    rules.iter().find(is_obscure).map(|rule| rule.key.to_string())
}

/// Whether the key of a rule may be the name of a tool, or a pattern.
fn is_sound(key: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || "-_.*".contains(c);
    !key.is_empty() && key.chars().all(is_name)
}

fn apply_rule(host: &'static Host, rule: Rule<'_>, permissions: &mut Permissions) {
    let Rule { key, effect } = rule;
    let Some(effect) = effect.filter(|_| is_sound(key)) else {
        permissions.unclear = true;
        return;
    };
    if host.tools.reach.contains(&key) {
        // The reach of a tool cannot be expressed for another host.
        permissions.unclear |= effect.denies;
        return;
    }
    if key == "*" {
        return effect.apply(&Named::All, permissions);
    }
    let exact = Named::denied(host, key);
    if !key.contains('*') && !matches!(&exact, Named::Tool(name) if !name.server.is_empty()) {
        return effect.apply(&exact, permissions);
    }
    for tool in host.tools.list.iter().filter(|tool| name_matches(key, tool.name)) {
        effect.apply(&Named::of(host, tool.name), permissions);
    }
    if effect.denies {
        // A server tool cannot be limited in part, so it is omitted.
        joined::deny(key, permissions);
    } else if effect.whole {
        joined::grant(key, effect.asks, permissions);
    }
}

impl Effect {
    fn apply(&self, named: &Named, permissions: &mut Permissions) {
        if self.whole {
            match self.allows {
                true => permissions.grant(named, false),
                false => permissions.deny(named, false),
            }
            permissions.asked_in_part |= self.asks_in_part;
            return permissions.ask(named, self.allows && self.asks);
        }
        let Named::Capabilities(capabilities) = named else {
            // A server tool cannot be limited in part, so it is omitted.
            if self.denies || *named == Named::All {
                permissions.deny(named, false);
            }
            return;
        };
        let had = permissions.whole.or(permissions.part).and(*capabilities);
        if self.denies {
            permissions.deny(named, false);
            let left = if self.allows { *capabilities } else { had };
            permissions.grant(&Named::Capabilities(left), true);
        } else {
            permissions.grant(named, true);
        }
        let mut others = self.only.is_empty();
        for command in &self.only {
            permissions.grant_commands(*capabilities, command);
            others |= pattern(command).is_none();
        }
        self.asked.iter().for_each(|command| permissions.ask_command(command));
        permissions.more_commands |= others;
        // Uses cannot be told apart where every use is allowed, so it asks about all of them.
        let is_asked = !permissions.asked.and(*capabilities).is_empty();
        if permissions.whole.contains(*capabilities) && (self.asks || is_asked) {
            permissions.ask(named, true);
            permissions.asked_in_part = true;
        }
    }
}
