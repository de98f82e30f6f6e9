//! Splits a stream of bytes into messages. Bytes that are not a message are answered with an error
//! and skipped.

use super::{Refusal, code};
use serde_json::Value;

/// Bytes that do not form a complete message yet.
#[derive(Debug, Default)]
pub(crate) struct Framing {
    bytes: Vec<u8>,
}

/// More than any client sends; a larger length is invalid.
const MOST_BYTES: usize = 256 << 20;
const MOST_HEADER: usize = 8 << 10;

impl Framing {
    /// Adds bytes of the stream.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next message, once it is complete.
    pub(crate) fn next(&mut self) -> Option<Result<Value, Refusal>> {
        let Some(end) = find(&self.bytes, b"\r\n\r\n") else {
            // A header is short: this is something else.
            if self.bytes.len() > MOST_HEADER {
                self.bytes.clear();
                return Some(Err(nonsense("no header")));
            }
            return None;
        };
        let body = end + 4;
        let Some(length) = length(self.bytes.get(..end).unwrap_or(&[])) else {
            self.bytes.drain(..body);
            return Some(Err(nonsense("a header without a valid Content-Length")));
        };
        if self.bytes.len() < body + length {
            return None;
        }
        let message = serde_json::from_slice(self.bytes.get(body..body + length).unwrap_or(&[]));
        self.bytes.drain(..body + length);
        Some(message.map_err(|error| nonsense(&error.to_string())))
    }
}

/// A message in its transport format.
pub(crate) fn framed(message: &Value) -> String {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len())
}

fn nonsense(what: &str) -> Refusal {
    (code::PARSE, format!("not a message: {what}"))
}

fn length(header: &[u8]) -> Option<usize> {
    let header = std::str::from_utf8(header).ok()?;
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    };
    header.lines().find_map(field).filter(|length| *length <= MOST_BYTES)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).take(MOST_HEADER).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn messages_arrive_in_pieces_and_several_at_once() {
        let one = framed(&json!({ "method": "ä" }));
        let mut framing = Framing::default();
        for byte in one.as_bytes() {
            assert!(framing.next().is_none());
            framing.push(&[*byte]);
        }
        framing.push(one.as_bytes());
        assert_eq!(framing.next(), Some(Ok(json!({ "method": "ä" }))));
        assert_eq!(framing.next(), Some(Ok(json!({ "method": "ä" }))));
        assert_eq!(framing.next(), None);
    }

    #[test]
    fn nonsense_is_named_and_what_follows_is_read() {
        let mut framing = Framing::default();
        framing.push(b"Content-Length: x\r\n\r\nContent-Length: 3\r\n\r\n{,}");
        framing.push(framed(&json!(1)).as_bytes());
        assert!(matches!(framing.next(), Some(Err((code::PARSE, _)))));
        assert!(matches!(framing.next(), Some(Err((code::PARSE, _)))));
        assert_eq!(framing.next(), Some(Ok(json!(1))));
        framing.push(&[b'x'; 20_000]);
        assert!(matches!(framing.next(), Some(Err((code::PARSE, _)))));
    }
}
