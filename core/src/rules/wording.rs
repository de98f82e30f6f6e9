//! Lists as messages write them.

use alloc::string::String;

/// The names with commas, and `word` before the last: "`a`, `b` and `c`".
pub(super) fn joined(names: &[String], word: &str) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => {
            alloc::format!("{} {word} {last}", before.join(", "))
        }
        _ => names.concat(),
    }
}
