//! What is remembered of one file.

use super::Digest;
use borsh::{BorshDeserialize, BorshSerialize};
use rolewright_core::host::Host;
use rolewright_core::{Claim, Span};
use rolewright_wire::Report;

/// A file with what it came to, and with what that depended on.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct Entry {
    pub text: Digest,
    pub settings: Digest,
    /// The other files that were asked for; nothing where there was none.
    pub read: Vec<(String, Option<Digest>)>,
    /// The list of all paths, if it was asked for.
    pub list: Option<Digest>,
    pub report: Report,
    pub claim: Option<KeptClaim>,
}

/// A claim without what the program knows by itself.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct KeptClaim {
    path: String,
    host: String,
    name: String,
    span: (u64, u64),
    suppressed: Vec<String>,
}

impl From<&Claim> for KeptClaim {
    fn from(claim: &Claim) -> Self {
        Self {
            path: claim.path.clone(),
            host: claim.host.to_string(),
            name: claim.name.clone(),
            span: (claim.span.start as u64, claim.span.end as u64),
            suppressed: claim.suppressed.clone(),
        }
    }
}

impl KeptClaim {
    /// The claim as it was.
    pub(super) fn restored(&self) -> Option<Claim> {
        let place = |at: u64| usize::try_from(at).ok();
        let span = Span::new(place(self.span.0)?, place(self.span.1)?);
        let host = Host::by_id(&self.host)?;
        let mut claim = Claim::new(self.path.clone(), host, self.name.clone(), span);
        claim.suppressed.clone_from(&self.suppressed);
        Some(claim)
    }
}
