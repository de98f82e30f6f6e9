//! Determines whether a caret in the fields of a role is on a key or in a value. Unfinished text
//! seldom parses, so this uses the lines or tokens around the caret instead of a syntax tree.

use rolewright_core::Span;
use rolewright_core::host::Syntax;

mod json;
mod toml;
mod yaml;

/// The element at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// A place where a key may be written.
    Key {
        /// The part of the key written so far, without quotes.
        typed: Span,
        /// Whether a quote opens before it.
        quoted: bool,
        /// Keys of the maps around it, outermost first.
        parents: Vec<String>,
        /// The other keys of its map.
        siblings: Vec<String>,
    },
    /// A place in a value.
    Value {
        /// The key of the value.
        key: String,
        /// The part of the value written so far or, in a list, of the item. Without quotes.
        typed: Span,
        /// Whether a quote opens before it.
        quoted: bool,
        /// Keys of the maps around the key, outermost first.
        parents: Vec<String>,
    },
}

/// The caret at byte `offset` of `text`, whose fields are in `region` and use `syntax`.
pub(crate) fn at(text: &str, region: Span, offset: usize, syntax: Syntax) -> Option<Cursor> {
    if offset < region.start || offset > region.end {
        return None;
    }
    match syntax {
        Syntax::Json => json::at(text, region, offset),
        Syntax::Toml => toml::at(text, region, offset),
        Syntax::Yaml | Syntax::Markdown => yaml::at(text, region, offset),
    }
}

/// The part of a value that is being written before the caret, and whether a quote opens before it:
/// in a list, the text after the last comma.
fn item(text: &str, value: Span) -> (Span, bool) {
    let written = value.of(text);
    let lead = written.len() - written.trim_start().len();
    let start = match written.trim_start().strip_prefix('[') {
        Some(items) => {
            let inner = value.end - items.len();
            inner + items.rfind(',').map_or(0, |at| at + 1)
        }
        None => value.start + written.rfind(", ").map_or(lead, |at| at + 1),
    };
    let rest = Span::new(start, value.end).of(text);
    let start = start + rest.len() - rest.trim_start().len();
    match Span::new(start, value.end).of(text).strip_prefix(['"', '\'']) {
        Some(inner) => (Span::new(value.end - inner.len(), value.end), true),
        None => (Span::new(start.min(value.end), value.end), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the caret, which is the `‸` in `text`.
    pub(super) fn shown(text: &str, syntax: Syntax) -> String {
        let offset = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        match at(&text, Span::new(0, text.len()), offset, syntax) {
            None => String::from("nothing"),
            Some(Cursor::Key { typed, quoted, parents, siblings }) => {
                let quote = if quoted { "\"" } else { "" };
                let parents = parents.join(".");
                format!("key {quote}{} in [{parents}] beside {siblings:?}", typed.of(&text))
            }
            Some(Cursor::Value { key, typed, quoted, parents }) => {
                let quote = if quoted { "\"" } else { "" };
                format!("value {quote}{} of {key} in [{}]", typed.of(&text), parents.join("."))
            }
        }
    }
}
