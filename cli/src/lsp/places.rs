//! Translates places between the protocol, where lines and characters count from 0, and the services,
//! where they count from 1.

use rolewright_core::{LineIndex, Span};
use rolewright_wire::{Encoding, Range};
use serde_json::{Value, json};

/// A range as the protocol writes it.
pub(super) fn range(range: Range) -> Value {
    let position = |at: rolewright_wire::Position| json!({ "line": at.line.saturating_sub(1), "character": at.column.saturating_sub(1) });
    json!({ "start": position(range.start), "end": position(range.end) })
}

/// The byte offset of a protocol position; a position past the end of a line counts as that end.
pub(super) fn byte(text: &str, position: &Value, encoding: Encoding) -> Option<usize> {
    let number = |key: &str| position[key].as_u64().and_then(|n| usize::try_from(n).ok());
    let (line, character) = (number("line")?, number("character")?);
    // The lines in the index count from 1 and exclude their line endings.
    let line = LineIndex::new(text).line_span(line.saturating_add(1));
    let content = line.of(text);
    let offset = match encoding {
        Encoding::Utf8 => content.floor_char_boundary(character.min(content.len())),
        Encoding::Utf16 => {
            let mut units = 0;
            let before = content.chars().take_while(|c| {
                units += c.len_utf16();
                units <= character
            });
            before.map(char::len_utf8).sum()
        }
    };
    Some(line.start + offset)
}

/// A range of the protocol in bytes.
pub(super) fn span(text: &str, range: &Value, encoding: Encoding) -> Option<Span> {
    let start = byte(text, &range["start"], encoding)?;
    let end = byte(text, &range["end"], encoding)?;
    Some(Span::new(start, end.max(start)))
}

/// An offset in bytes as the services count it.
pub(super) fn offset(text: &str, byte: usize, encoding: Encoding) -> u32 {
    let offset = match encoding {
        Encoding::Utf8 => byte,
        Encoding::Utf16 => text.get(..byte).unwrap_or(text).encode_utf16().count(),
    };
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The address of a file.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            _ if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The file of a URI; `None` for a URI that is not on disk.
pub(super) fn path(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.get(rest.find('/')?..)?;
    let mut bytes = Vec::with_capacity(rest.len());
    let mut at = 0;
    let raw = rest.as_bytes();
    while let Some(&byte) = raw.get(at) {
        let hex = rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex.filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                at += 3;
            }
            None => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    // `/c:/…` names a drive.
    let drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes().get(3) == Some(&b'/');
    Some(if drive { path.get(1..)?.to_string() } else { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_in_the_agreed_units_and_never_cut_a_character() {
        let text = "a\nä😀x\r\nend";
        let at = |line: u32, character: u32, encoding| {
            byte(text, &json!({ "line": line, "character": character }), encoding)
        };
        assert_eq!(at(1, 3, Encoding::Utf16), Some(8));
        assert_eq!(at(1, 2, Encoding::Utf16), Some(4), "half of a pair");
        assert_eq!(at(1, 6, Encoding::Utf8), Some(8));
        assert_eq!(at(1, 99, Encoding::Utf16), Some(9), "before the line end");
        assert_eq!(at(9, 0, Encoding::Utf16), Some(text.len()));
        assert_eq!(byte(text, &Value::Null, Encoding::Utf16), None);
        assert_eq!(offset(text, 8, Encoding::Utf16), 5);
    }

    #[test]
    fn addresses_name_files_and_back() {
        assert_eq!(uri("/a b/ä.md"), "file:///a%20b/%C3%A4.md");
        assert_eq!(path("file:///a%20b/%C3%A4.md").as_deref(), Some("/a b/ä.md"));
        assert_eq!(path("file:///c%3A/x.md").as_deref(), Some("c:/x.md"));
        assert_eq!(uri("c:/x.md"), "file:///c%3A/x.md");
        assert_eq!(path("untitled:1"), None);
    }
}
