//! A workspace in two halves, so that its files can pass through one by one: the check of each, and
//! what is wrong between them.

use crate::input::Input;
use crate::places::{Places, narrow};
use crate::{report, wire};
use rolewright_core::host::Host;
use rolewright_core::{Claim, Span};

/// Checks one file of many, without a look at the others of its kind: its report, and the name it
/// claims.
pub fn check_one(text: &str, call: &Input) -> wire::CheckedFile {
    let (found, claim) = rolewright_core::check_one(&call.source(text), &call.options);
    let mut places = Places::new(text, &call.path, &call.files, call.encoding);
    wire::CheckedFile {
        report: report::report(found, &call.path, text, &mut places),
        claim: claim.map(|claim| wire::Claim {
            path: claim.path,
            host: claim.host.to_string(),
            name: claim.name,
            start: narrow(claim.span.start),
            end: narrow(claim.span.end),
            suppressed: claim.suppressed,
        }),
    }
}

/// What is wrong between the claims of files that passed by. Their texts are read again where
/// something is.
pub fn compare(claims: Vec<wire::Claim>, call: &Input) -> Vec<wire::Diagnostic> {
    let claims: Vec<Claim> = claims.into_iter().filter_map(read_claim).collect();
    let found = rolewright_core::compare(&claims, &call.options);
    report::diagnostics(found, &mut Places::new("", "", &call.files, call.encoding))
}

fn read_claim(claim: wire::Claim) -> Option<Claim> {
    let host = Host::by_id(&claim.host)?;
    let span = Span::new(claim.start as usize, claim.end as usize);
    let mut read = Claim::new(claim.path, host, claim.name, span);
    read.suppressed = claim.suppressed;
    Some(read)
}
