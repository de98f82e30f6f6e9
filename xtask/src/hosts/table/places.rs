//! Writes where hosts look for files.

use crate::hosts::facts::Facts;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The places where hosts look, by their first folder, each with its rank: the pattern with the
/// most specific file name comes first, then the pattern with the most specific folders, then the
/// earlier host.
pub(super) fn places(hosts: &[Facts]) -> String {
    let of_host = |(at, host): (usize, &Facts)| {
        host.locations.iter().map(|pattern| (at, pattern.clone())).collect::<Vec<_>>()
    };
    let mut all: Vec<(usize, String)> = hosts.iter().enumerate().flat_map(of_host).collect();
    all.sort_by_key(|(_, pattern)| {
        let (folders, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
        let plain = folders.split('/').filter(|part| !part.contains('*'));
        Reverse((name.len(), plain.map(str::len).sum::<usize>()))
    });
    let mut by_folder: BTreeMap<&str, String> = BTreeMap::new();
    for (rank, (host, pattern)) in all.iter().enumerate() {
        let folder = pattern.split_once('/').map_or("", |(folder, _)| folder);
        let place = format!("Place {{ rank: {rank}, host: {host}, pattern: {pattern:?} }}, ");
        by_folder.entry(folder).or_default().push_str(&place);
    }
    let names = by_folder.remove("").unwrap_or_default();
    let folders =
        by_folder.iter().map(|(folder, places)| format!("    ({folder:?}, &[{places}]),\n"));
    format!(
        "\n/// File names that hosts look for in every folder.\n\
         pub(super) static NAMES: &[Place] = &[{names}];\n\
         \n/// The locations of hosts by their first folder, sorted.\n\
         pub(super) static FOLDERS: [(&str, &[Place]); {}] = [\n{}];\n",
        by_folder.len(),
        folders.collect::<String>()
    ) + &overlooking(hosts)
}

/// The hosts that do not load some of the files in their own folders.
fn overlooking(hosts: &[Facts]) -> String {
    let overlooks = |(_, host): &(usize, &Facts)| !host.overlooked.is_empty();
    let found = hosts.iter().enumerate().filter(overlooks).map(|(at, _)| format!("{at}, "));
    format!(
        "\n/// The hosts that do not load some of the files in their own folders.\n\
         pub(super) static OVERLOOKING: &[u16] = &[{}];\n",
        found.collect::<String>()
    )
}
