//! Checks a workspace file by file, so that it never has to be in memory as a whole, and then
//! compares the files.

use crate::input::Input;
use rolewright_core::host::Host;
use rolewright_core::{Digests, RoleSummary, Span};
use rolewright_services::{self as services, Document};
use rolewright_wire as wire;
use serde::{Deserialize, Serialize};

/// One file of a workspace: what was found in it, and the name it claims.
#[derive(Serialize)]
pub(crate) struct CheckedFile {
    report: wire::Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<ClaimedName>,
}

/// The name that a role claims and the digests of its texts, between two calls. Offsets are bytes.
#[derive(Serialize, Deserialize)]
pub(crate) struct ClaimedName {
    path: String,
    host: String,
    name: String,
    start: usize,
    end: usize,
    /// Where the description begins and ends.
    description: (usize, usize),
    tokens: u32,
    words: u64,
    prompt: u64,
    /// Cross-file rules that comments there suppress.
    suppressed: Vec<String>,
}

/// Checks one of many files without looking at the others.
pub(crate) fn check_one(text: &str, call: &Input) -> CheckedFile {
    let (found, claim) = rolewright_core::check_one(&call.source(text), &call.options);
    CheckedFile {
        report: services::report(found, &call.document(text)),
        claim: claim.map(|claim| ClaimedName {
            path: claim.path,
            host: claim.host.to_string(),
            name: claim.name,
            start: claim.span.start,
            end: claim.span.end,
            description: (claim.digests.description.start, claim.digests.description.end),
            tokens: claim.digests.tokens,
            words: claim.digests.words,
            prompt: claim.digests.prompt,
            suppressed: claim.suppressed,
        }),
    }
}

/// Compares the summaries of files that were checked. Their texts are read again if something is
/// wrong.
pub(crate) fn compare(claims: Vec<ClaimedName>, call: &Input) -> Vec<wire::Diagnostic> {
    let claims: Vec<RoleSummary> = claims.into_iter().filter_map(claim).collect();
    let found = rolewright_core::compare(&claims, &call.options);
    // Every file is looked up: the call itself belongs to none.
    let document = Document { path: "", ..call.document("") };
    services::diagnostics(&found, &document)
}

fn claim(claimed: ClaimedName) -> Option<RoleSummary> {
    let host = Host::by_id(&claimed.host)?;
    let span = Span::new(claimed.start, claimed.end);
    let mut claim = RoleSummary::new(claimed.path, host, claimed.name, span);
    claim.digests = Digests {
        description: Span::new(claimed.description.0, claimed.description.1),
        tokens: claimed.tokens,
        words: claimed.words,
        prompt: claimed.prompt,
    };
    claim.suppressed = claimed.suppressed;
    Some(claim)
}
