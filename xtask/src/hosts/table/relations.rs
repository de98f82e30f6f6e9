//! Writes relations between fields, hooks and servers.

use super::{option, variant};
use crate::hosts::facts::{Applies, Client, Facts, Needs, Requires, Shared};

/// Relations between fields, and the content of fields.
pub(super) fn relations(host: &Facts, hosts: &[Facts]) -> String {
    let needs = |one: &Needs| {
        let Needs { field, other, values, note, .. } = one;
        format!(
            "Needs {{ field: {field:?}, other: {other:?}, values: &{values:?}, note: {note:?} }}"
        )
    };
    let requires = |one: &Requires| {
        let Requires {
            field,
            value,
            absent_in,
            one_of,
            exclusive,
            spares,
            spares_prompt,
            effect,
            note,
            ..
        } = one;
        let effect = variant(effect);
        format!(
            "Requires {{ field: {field:?}, value: {value:?}, absent_in: &{absent_in:?}, one_of: &{one_of:?}, exclusive: {exclusive}, spares: &{spares:?}, spares_prompt: {spares_prompt}, effect: Effect::{effect}, note: {note:?} }}"
        )
    };
    let client = |one: &Client| {
        let Client { name, location, shells, .. } = one;
        format!("Client {{ name: {name:?}, location: {location:?}, shells: &{shells:?} }}")
    };
    let shared =
        |one: &Shared| format!("Shared {{ name: {:?}, folders: &{:?} }}", one.name, one.folders);
    let applied = host.applied.as_ref().map(|one| {
        format!("Applied {{ by: &{:?}, always: &{:?}, note: {:?} }}", one.by, one.always, one.note)
    });
    let applies = |one: &Applies| {
        let Applies { when, field, value, .. } = one;
        format!("Applies {{ when: When::{}, field: {field:?}, value: {value:?} }}", variant(when))
    };
    format!(
        "needs: &[{}], requires: &[{}], clients: &[{}], shared: &[{}], applied: {}, applies: &[{}], hooks: {}, servers: {}",
        host.needs.iter().map(needs).collect::<Vec<_>>().join(", "),
        host.requires.iter().map(requires).collect::<Vec<_>>().join(", "),
        host.client.iter().map(client).collect::<Vec<_>>().join(", "),
        host.shared.iter().map(shared).collect::<Vec<_>>().join(", "),
        option(applied),
        host.applies.iter().map(applies).collect::<Vec<_>>().join(", "),
        hooks(host, hosts),
        servers(host),
    )
}

fn hooks(host: &Facts, hosts: &[Facts]) -> String {
    let like = host.hooks.as_ref().and_then(|hooks| hooks.like.as_ref());
    let owner = like.and_then(|like| hosts.iter().find(|other| other.id == *like)).unwrap_or(host);
    let Some(hooks) = &owner.hooks else { return "None".into() };
    let types: Vec<String> =
        hooks.types.iter().map(|[name, needed]| format!("({name:?}, {needed:?})")).collect();
    let renamed: Vec<String> =
        hooks.renamed.iter().map(|[name, known]| format!("({name:?}, {known:?})")).collect();
    // The consequence is each host's own.
    let rejects = host.hooks.as_ref().is_some_and(|own| own.rejects);
    let note = host.hooks.as_ref().map_or("", |own| own.note.as_str());
    format!(
        "Some(Hooks {{ events: &{:?}, grouped: {}, types: &[{}], fields: &{:?}, renamed: &[{}], renamed_note: {:?}, timeout: ({:?}, {}), rejects: {rejects}, note: {note:?} }})",
        hooks.events,
        hooks.grouped,
        types.join(", "),
        hooks.fields,
        renamed.join(", "),
        hooks.renamed_note.as_deref().unwrap_or(""),
        hooks.timeout,
        hooks.milliseconds,
    )
}

fn servers(host: &Facts) -> String {
    let Some(servers) = &host.servers else {
        return "Servers { tools: None, secrets: None }".into();
    };
    let secrets = servers.secrets.as_ref().zip(servers.secrets_note.as_ref());
    format!("Servers {{ tools: {:?}, secrets: {secrets:?} }}", servers.tools_note)
}
