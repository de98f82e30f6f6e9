//! Defines the messages between the playground's page and its engine: requests, responses and the
//! types that only they share. Results use the types of `wire`, which every front end receives.
//!
//! Every offset is a UTF-16 offset into the text it belongs to, because that is what the browser's
//! editor counts in. The engine converts once, on its side.

mod graph;
mod request;
mod response;

pub use graph::{EdgeKind, Graph, GraphEdge, GraphNode, NodeKind};
pub use request::{Project, Request, Task};
pub use response::{Analysis, Answer, HostInfo, HostRow, Response, RuleInfo, Styled};

use borsh::{BorshDeserialize, BorshSerialize};

/// Incremented whenever the format of a message changes: a page and an engine of different
/// deployments must detect each other.
pub const PROTOCOL: u32 = 7;

/// A message as the bytes that cross.
pub fn encode<T: BorshSerialize>(message: &T) -> Vec<u8> {
    // Writing plain data into memory cannot fail; an empty message would be ignored.
    borsh::to_vec(message).unwrap_or_default()
}

/// Decodes a message; `None` if the bytes are not a message of this protocol.
pub fn decode<T: BorshDeserialize>(bytes: &[u8]) -> Option<T> {
    borsh::from_slice(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolewright_wire::{Hover, Range};

    #[test]
    fn a_message_comes_out_as_it_went_in() {
        let project = Project {
            entry: "é.md".into(),
            files: [("é.md".to_string(), "😀\r\n".to_string())].into(),
            host: Some("plain".into()),
            ..Project::default()
        };
        let task = Task::CodeActions { path: "é.md".into(), start: 0, end: 2 };
        let request = Request { rev: u64::MAX, project, task };
        assert_eq!(decode(&encode(&request)), Some(request));
    }

    #[test]
    fn what_a_message_leaves_out_comes_out_as_nothing() {
        let hover = Hover { range: Range::default(), text: "**name**".into() };
        for answer in [None, Some(Answer::Hover(None)), Some(Answer::Hover(Some(hover)))] {
            let response = Response::Answer { rev: 7, answer };
            assert_eq!(decode(&encode(&response)), Some(response));
        }
    }

    #[test]
    fn bytes_of_another_protocol_are_not_a_message() {
        assert_eq!(decode::<Request>(b"\xff\x00garbage"), None);
        assert_eq!(decode::<Response>(&[]), None);
    }
}
