//! Rules for tools in their order, of which the last that fits counts: `allow`, `ask` and `deny` by name
//! or pattern, switches, and lists of actions.

use super::entry::Named;
use super::{Name, Permissions, pattern};
use crate::host::{Host, name_matches};
use crate::yaml::{Node, Value};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What a rule says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Effect {
    /// Whether it allows any use.
    allows: bool,
    /// Whether it denies any use.
    denies: bool,
    /// Whether it is about every use.
    whole: bool,
    /// The uses that it allows, where it denies all others.
    only: Vec<String>,
}

/// Reads the rules of a field.
pub(super) fn apply(host: &'static Host, value: &Node<'_>, permissions: &mut Permissions) {
    match &value.value {
        Value::Mapping(entries) => {
            for entry in entries {
                let key = entry.key.as_str().unwrap_or("");
                rule(host, key, effect(&entry.value), permissions);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                let action = item.get("action").and_then(Node::as_str).unwrap_or("");
                let on = item.get("resource").and_then(Node::as_str).filter(|on| *on != "*");
                let effect = item.get("effect").and_then(effect);
                let in_part = |effect: Effect| Effect {
                    whole: on.is_none(),
                    only: on
                        .filter(|_| effect.allows)
                        .map(ToString::to_string)
                        .into_iter()
                        .collect(),
                    ..effect
                };
                rule(host, action, effect.map(in_part), permissions);
            }
        }
        Value::Scalar(..) if value.is_null() => {}
        Value::Scalar(..) => rule(host, "*", effect(value), permissions),
    }
}

/// What a value says: a word, a switch, or words for some uses.
fn effect(value: &Node<'_>) -> Option<Effect> {
    let Some(entries) = value.entries() else {
        let (allows, denies) = match value.as_str()? {
            "allow" | "ask" | "true" => (true, false),
            "deny" | "false" => (false, true),
            _ => return None,
        };
        return Some(Effect { allows, denies, whole: true, only: Vec::new() });
    };
    let mut all = Effect::default();
    for (at, entry) in entries.iter().enumerate() {
        let one = effect(&entry.value)?;
        let use_of = entry.key.as_str()?;
        all.allows |= one.allows;
        all.denies |= one.denies;
        all.whole |= use_of == "*";
        if one.allows && all.denies && at > 0 {
            all.only.push(use_of.to_string());
        }
    }
    let first = entries.first()?;
    let denies_others = first.key.as_str() == Some("*") && first.value.as_str() == Some("deny");
    if !denies_others || all.only.len() + 1 != entries.len() {
        all.only.clear();
    }
    all.whole &= all.allows != all.denies;
    Some(all)
}

fn rule(host: &'static Host, key: &str, effect: Option<Effect>, permissions: &mut Permissions) {
    let is_name = |c: char| c.is_alphanumeric() || "-_.*".contains(c);
    let sound = !key.is_empty() && key.chars().all(is_name);
    let Some(effect) = effect.filter(|_| sound) else {
        permissions.unclear = true;
        return;
    };
    if host.tools.reach.contains(&key) {
        // Where it may reach is nothing that another host could be told.
        permissions.unclear |= effect.denies;
        return;
    }
    let mut set = |named: &Named| effect.apply(named, permissions);
    if key == "*" {
        return set(&Named::All);
    }
    let Some((start, _)) = key.split_once('*') else { return set(&Named::denied(host, key)) };
    for tool in host.tools.list.iter().filter(|tool| name_matches(key, tool.name)) {
        set(&Named::of(host, tool.name));
    }
    let server = start.trim_end_matches('_');
    set(&Named::Tool(Name::new(if server.is_empty() { "*" } else { server }, "")));
}

impl Effect {
    fn apply(&self, named: &Named, permissions: &mut Permissions) {
        if self.whole {
            return match self.allows {
                true => permissions.grant(named, false),
                false => permissions.deny(named, false),
            };
        }
        let Named::Powers(powers) = named else {
            // A tool of a server is not limited in part: it is left out.
            if self.denies || *named == Named::All {
                permissions.deny(named, false);
            }
            return;
        };
        let had = permissions.whole.or(permissions.part).and(*powers);
        if self.denies {
            permissions.deny(named, false);
            let left = if self.allows { *powers } else { had };
            permissions.grant(&Named::Powers(left), true);
        } else {
            permissions.grant(named, true);
        }
        let mut others = self.only.is_empty();
        for command in &self.only {
            permissions.grant_commands(*powers, command);
            others |= pattern(command).is_none();
        }
        permissions.more_commands |= others;
    }
}
