//! Names diagnostics so that they can be recognized after lines have moved.

use rolewright_wire::Diagnostic;
use std::collections::BTreeMap;

/// Names the diagnostics of one file, in order.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints(BTreeMap<u64, u32>);

impl Fingerprints {
    /// The name of a diagnostic, computed from its rule, its file, its message, the text of its
    /// line, and the number of identical diagnostics before it. `path` is the path of the
    /// diagnostic's file, `checked` the path of the file with `text`.
    pub(crate) fn of(
        &mut self,
        diagnostic: &Diagnostic,
        path: &str,
        checked: &str,
        text: &str,
    ) -> String {
        let line = usize::try_from(diagnostic.range.start.line).unwrap_or(0);
        let line = match diagnostic.path == checked {
            true => text.lines().nth(line.saturating_sub(1)).unwrap_or("").trim(),
            false => "",
        };
        let hash = hash([&diagnostic.rule, path, &diagnostic.message, line]);
        let count = self.0.entry(hash).or_insert(0);
        *count += 1;
        match *count {
            1 => format!("{hash:016x}"),
            count => format!("{hash:016x}-{count}"),
        }
    }
}

/// FNV-1a: small, and the same on every machine and in every version of Rust.
pub(crate) fn hash<'t>(parts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    // Each part ends with a byte that no text contains.
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0xff]));
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
