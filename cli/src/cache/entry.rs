//! Defines the cached data of one file.

use super::Digest;
use borsh::{BorshDeserialize, BorshSerialize};
use rolewright_core::host::Host;
use rolewright_core::{Digests, RoleSummary, Span};
use rolewright_wire::Report;

/// A file with its result, and the data that the result depends on.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Entry {
    pub(super) text: Digest,
    pub(super) settings: Digest,
    pub(super) requests: Requests,
    /// The list of all paths, if it was requested.
    pub(super) list: Option<Digest>,
    /// The names of all agents, if they were requested.
    pub(super) agents: Option<Digest>,
    pub(super) report: Report,
    pub(super) summary: Option<StoredSummary>,
}

/// The other files that a result depends on.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct Requests {
    /// The files that were read; `None` for a file that did not exist.
    pub texts: Vec<(String, Option<Digest>)>,
    /// Whether each path exists that was only looked for.
    pub paths: Vec<(String, bool)>,
}

/// A summary without the data that is built into the program.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct StoredSummary {
    path: String,
    host: String,
    name: String,
    span: (u64, u64),
    description: (u64, u64),
    tokens: u32,
    words: u64,
    prompt: u64,
    suppressed: Vec<String>,
}

impl From<&RoleSummary> for StoredSummary {
    fn from(summary: &RoleSummary) -> Self {
        Self {
            path: summary.path.clone(),
            host: summary.host.to_string(),
            name: summary.name.clone(),
            span: (summary.span.start as u64, summary.span.end as u64),
            description: (
                summary.digests.description.start as u64,
                summary.digests.description.end as u64,
            ),
            tokens: summary.digests.tokens,
            words: summary.digests.words,
            prompt: summary.digests.prompt,
            suppressed: summary.suppressed.clone(),
        }
    }
}

impl StoredSummary {
    /// The summary as it was.
    pub(crate) fn restored(&self) -> Option<RoleSummary> {
        let place = |at: u64| usize::try_from(at).ok();
        let span = |(start, end)| Some(Span::new(place(start)?, place(end)?));
        let host = Host::by_id(&self.host)?;
        let mut summary =
            RoleSummary::new(self.path.clone(), host, self.name.clone(), span(self.span)?);
        summary.digests = Digests {
            description: span(self.description)?,
            tokens: self.tokens,
            words: self.words,
            prompt: self.prompt,
        };
        summary.suppressed.clone_from(&self.suppressed);
        Some(summary)
    }
}
