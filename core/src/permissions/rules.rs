//! Rules for tools in their order, of which the last that fits counts: `allow`, `ask` and `deny` by name
//! or pattern, switches, and lists of actions.

use super::entry::Named;
use super::{Name, Permissions};
use crate::host::{Host, name_matches};
use crate::yaml::{Node, Value};

/// What a rule says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Allow,
    Deny,
    /// Some uses are allowed and some are not.
    InPart,
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
                let whole = item.get("resource").and_then(Node::as_str).is_none_or(|on| on == "*");
                let effect = match item.get("effect").and_then(effect) {
                    Some(_) if !whole => Some(Effect::InPart),
                    effect => effect,
                };
                rule(host, action, effect, permissions);
            }
        }
        Value::Scalar(..) if value.is_null() => {}
        Value::Scalar(..) => rule(host, "*", effect(value), permissions),
    }
}

/// What a value says: a word, a switch, or words for some uses.
fn effect(value: &Node<'_>) -> Option<Effect> {
    if let Some(entries) = value.entries() {
        let mut effects = entries.iter().map(|entry| effect(&entry.value));
        let first = effects.next()?;
        return if effects.all(|other| other == first) { first } else { Some(Effect::InPart) };
    }
    match value.as_str()? {
        "allow" | "ask" | "true" => Some(Effect::Allow),
        "deny" | "false" => Some(Effect::Deny),
        _ => None,
    }
}

fn rule(host: &'static Host, key: &str, effect: Option<Effect>, permissions: &mut Permissions) {
    let is_name = |c: char| c.is_alphanumeric() || "-_.*".contains(c);
    let sound = !key.is_empty() && key.chars().all(is_name);
    let Some(effect) = effect.filter(|_| sound) else {
        permissions.unclear = true;
        return;
    };
    let mut set = |named: &Named| match effect {
        Effect::Allow => permissions.grant(named, false),
        Effect::Deny => permissions.deny(named, false),
        Effect::InPart => {
            permissions.deny(named, false);
            if matches!(named, Named::Powers(_)) {
                permissions.grant(named, true);
            }
        }
    };
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
