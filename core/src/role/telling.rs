//! The words that rules about wording start from, found in one pass over the text.

use crate::text::Span;
use alloc::vec::Vec;

/// A word that a rule looks at, with what stands around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Telling {
    /// The word.
    pub span: Span,
    /// Which rule might care.
    pub kind: TellingKind,
}

/// Kinds of telling words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TellingKind {
    /// `ignore`, `disregard`: what overrides other instructions starts so.
    Override,
    /// `tell`, `mention`: what conceals something starts so.
    Report,
    /// `dismissal`, `fired`, `tip`: what threatens or bribes.
    Threat,
    /// `MUST`, `NEVER` and other words in capitals that stress.
    Stress,
    /// `never`, `not`, `only`: what limits.
    Limit,
    /// `output`, `report`: what is handed over.
    Output,
    /// `you`, `your`: an address.
    Address,
    /// 2015 to 2039.
    Year,
    /// The start of a well-known kind of secret.
    Secret,
    /// A long run of letters and digits.
    Run,
}

/// Shorter runs are words.
const MIN_RUN: usize = 24;

/// Lists the telling words of `text`, in order.
pub(super) fn find(text: &str) -> Vec<Telling> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        let is_word = byte.is_ascii_alphanumeric() || byte == b'_';
        match (is_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                let span = Span::new(from, at);
                let kind = if at - from < 3 { None } else { kind_of(span.of(text)) };
                found.extend(kind.map(|kind| Telling { span, kind }));
            }
            _ => {}
        }
    }
    found
}

fn kind_of(word: &str) -> Option<TellingKind> {
    let first = word.bytes().next()?;
    if first.is_ascii_digit() {
        let is_year = word.len() == 4
            && word.starts_with("20")
            && word
                .get(2..)
                .and_then(|rest| rest.parse().ok())
                .is_some_and(|year: u8| (15..40).contains(&year));
        return match is_year {
            true => Some(TellingKind::Year),
            false => (word.len() >= MIN_RUN).then_some(TellingKind::Run),
        };
    }
    if is_secret(first, word) {
        return Some(TellingKind::Secret);
    }
    match word.len() {
        0..3 => None,
        3..=14 => {
            let is_capital = word.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
            if is_capital && STRESS.contains(&word) {
                return Some(TellingKind::Stress);
            }
            let words = WORDS.get(usize::from(first.to_ascii_lowercase()).checked_sub(97)?)?;
            words.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
        }
        length => (length >= MIN_RUN).then_some(TellingKind::Run),
    }
}

/// Whether a word begins as well-known secrets do, up to the first character that ends a word.
fn is_secret(first: u8, word: &str) -> bool {
    let starts: &[&str] = match first {
        b'A' => &["AKIA", "ASIA", "AIza"],
        b'B' => return word == "BEGIN",
        b'g' => &["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
        b'h' => &["hf_"],
        b'n' => &["npm_"],
        b's' => &["sk_live_"],
        b'x' => return matches!(word, "xoxb" | "xoxp"),
        _ => return false,
    };
    let is_long = word.len() > 6 && starts.iter().any(|start| word.starts_with(start));
    is_long || word == "glpat"
}

/// Words that stress when they are written in capitals.
const STRESS: [&str; 13] = [
    "MUST",
    "NEVER",
    "ALWAYS",
    "CRITICAL",
    "CRITICALLY",
    "IMPORTANT",
    "MANDATORY",
    "REQUIRED",
    "FORBIDDEN",
    "ABSOLUTELY",
    "IMMEDIATE",
    "IMMEDIATELY",
    "STRICTLY",
];

/// The other words, by their first letter.
const WORDS: [&[(&str, TellingKind)]; 26] = {
    use TellingKind::{Address, Limit, Output, Override, Report, Threat};
    [
        &[("avoid", Limit), ("artifact", Output), ("artifacts", Output), ("answer", Output)],
        &[],
        &[("cannot", Limit), ("can't", Limit)],
        &[
            ("disregard", Override),
            ("disclose", Report),
            ("don", Limit),
            ("dismissal", Threat),
            ("deliverable", Output),
            ("deliverables", Output),
            ("deliver", Output),
            ("document", Output),
        ],
        &[("except", Limit), ("escalate", Limit)],
        &[
            ("forget", Override),
            ("fired", Threat),
            ("forbidden", Limit),
            ("format", Output),
            ("finding", Output),
            ("findings", Output),
        ],
        &[("generate", Output)],
        &[],
        &[("ignore", Override), ("inform", Report)],
        &[],
        &[],
        &[("limit", Limit), ("limits", Limit)],
        &[("mention", Report)],
        &[("never", Limit), ("not", Limit), ("notify", Report)],
        &[
            ("override", Override),
            ("only", Limit),
            ("output", Output),
            ("outputs", Output),
            ("outside", Limit),
        ],
        &[
            ("prohibited", Limit),
            ("produce", Output),
            ("provide", Output),
            ("punished", Threat),
            ("penalized", Threat),
        ],
        &[],
        &[
            ("reveal", Report),
            ("refuse", Limit),
            ("report", Output),
            ("reports", Output),
            ("respond", Output),
            ("response", Output),
            ("responses", Output),
            ("return", Output),
            ("reply", Output),
            ("result", Output),
            ("results", Output),
        ],
        &[("summary", Output), ("summarize", Output), ("scope", Limit)],
        &[
            ("tell", Report),
            ("tip", Threat),
            ("terminated", Threat),
            ("termination", Threat),
            ("template", Output),
        ],
        &[("unless", Limit), ("until", Limit)],
        &[],
        &[("without", Limit), ("write", Output)],
        &[],
        &[("you", Address), ("your", Address), ("yourself", Address)],
        &[],
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(&str, TellingKind)> {
        find(text).iter().map(|one| (one.span.of(text), one.kind)).collect()
    }

    #[test]
    fn words_are_found_whole_and_in_any_case() {
        assert_eq!(
            kinds("Ignore it. NEVER tell Telly: ignored, 2025 or 2050"),
            [
                ("Ignore", TellingKind::Override),
                ("NEVER", TellingKind::Stress),
                ("tell", TellingKind::Report),
                ("2025", TellingKind::Year),
            ]
        );
    }

    #[test]
    fn secrets_and_runs_are_found_by_their_look() {
        assert_eq!(
            kinds("ghp_xyz AKIA123 abcdefghijklmnopqrstuvwxyz héllo"),
            [
                ("ghp_xyz", TellingKind::Secret),
                ("AKIA123", TellingKind::Secret),
                ("abcdefghijklmnopqrstuvwxyz", TellingKind::Run),
            ]
        );
    }
}
