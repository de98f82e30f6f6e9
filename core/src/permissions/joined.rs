//! Splits tool names that join server and tool with `_`, as in `my_server_get`; the name alone does
//! not show where the server's name ends.

use super::{Name, Permissions};
use crate::host::name_matches;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The name in the notation of such a host.
pub(super) fn text(name: &Name) -> String {
    match (name.server.as_str(), name.tool.as_str()) {
        ("*", "") => "*".into(),
        (server, "") => format!("{server}_*"),
        (server, tool) => format!("{server}_{tool}"),
    }
}

/// All that a name, or a pattern, may mean.
fn readings(key: &str) -> Vec<Name> {
    if key.starts_with('*') {
        return [Name::new("*", "")].into();
    }
    let named = key.split_once('*').map_or(key, |(named, _)| named);
    let divided = key.match_indices('_').filter_map(|(at, _)| {
        let (server, tool) = (key.get(..at)?, key.get(at + 1..)?);
        (at < named.len() && !server.is_empty() && !tool.is_empty())
            .then(|| Name::new(server, tool))
    });
    let mut all: Vec<Name> = divided.collect();
    // `gh*` fits every server whose name begins so.
    if named.len() < key.len() && !named.ends_with('_') {
        all.push(Name::new(&format!("{named}*"), ""));
    }
    all
}

/// Grants the tools that a key represents.
pub(super) fn grant(key: &str, asks: bool, permissions: &mut Permissions) {
    permissions.refused.retain(|refused| !name_matches(key, &text(refused)));
    permissions.asked_names.retain(|asked| !name_matches(key, &text(asked)));
    let readings = readings(key);
    // The pattern `gh_*` means every server whose joined tool names start with `gh_`.
    let whole = readings.iter().find(|name| name.tool.is_empty());
    let Some(name) = whole.or(readings.first()) else { return };
    permissions.grant_name(name);
    if asks {
        permissions.asked_names.push(name.clone());
    }
}

/// Denies everything that a key may represent, including tools of servers that were allowed as a
/// whole.
pub(super) fn deny(key: &str, permissions: &mut Permissions) {
    let mut refused = readings(key);
    let named = key.split_once('*').map_or(key, |(named, _)| named);
    permissions.names.retain(|own| {
        let text = text(own);
        if name_matches(key, &text) {
            return false;
        }
        let begin = text.split_once('*').map_or(&*text, |(begin, _)| begin);
        let meets = begin.starts_with(named) || text.contains('*') && named.starts_with(begin);
        if !meets {
            return true;
        }
        // A part of that server.
        let rest = key.strip_prefix(begin).filter(|rest| own.tool.is_empty() && !rest.is_empty());
        refused.extend(rest.map(|rest| Name::new(&own.server, rest)));
        rest.is_some()
    });
    permissions.excepted.retain(|own| !refused.iter().any(|refused| refused.covers(own)));
    for name in refused {
        if !permissions.refused.iter().any(|known| known.covers(&name)) {
            permissions.refused.retain(|known| !name.covers(known));
            permissions.refused.push(name);
        }
    }
}
