//! What is cached about one file.

use super::Digest;
use borsh::{BorshDeserialize, BorshSerialize};
use rolewright_core::host::Host;
use rolewright_core::{Claim, Digests, Span};
use rolewright_wire::Report;

/// A file with its result, and with what the result depended on.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct Entry {
    pub text: Digest,
    pub settings: Digest,
    /// The other files that were asked for; nothing where there was none.
    pub read: Vec<(String, Option<Digest>)>,
    /// The list of all paths, if it was asked for.
    pub list: Option<Digest>,
    /// The names of all agents, if they were asked for.
    pub agents: Option<Digest>,
    pub report: Report,
    pub claim: Option<StoredClaim>,
}

/// A claim without what the program knows by itself.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct StoredClaim {
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

impl From<&Claim> for StoredClaim {
    fn from(claim: &Claim) -> Self {
        Self {
            path: claim.path.clone(),
            host: claim.host.to_string(),
            name: claim.name.clone(),
            span: (claim.span.start as u64, claim.span.end as u64),
            description: (
                claim.digests.description.start as u64,
                claim.digests.description.end as u64,
            ),
            tokens: claim.digests.tokens,
            words: claim.digests.words,
            prompt: claim.digests.prompt,
            suppressed: claim.suppressed.clone(),
        }
    }
}

impl StoredClaim {
    /// The claim as it was.
    pub(super) fn restored(&self) -> Option<Claim> {
        let place = |at: u64| usize::try_from(at).ok();
        let span = |(start, end)| Some(Span::new(place(start)?, place(end)?));
        let host = Host::by_id(&self.host)?;
        let mut claim = Claim::new(self.path.clone(), host, self.name.clone(), span(self.span)?);
        claim.digests = Digests {
            description: span(self.description)?,
            tokens: self.tokens,
            words: self.words,
            prompt: self.prompt,
        };
        claim.suppressed.clone_from(&self.suppressed);
        Some(claim)
    }
}
