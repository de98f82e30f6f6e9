//! Finds the words that trigger the wording rules, in one pass over the text.

use super::blocks::{Class, bits, blocks, places};
use crate::text::Span;
use alloc::vec::Vec;

/// A word that a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// The word.
    pub span: Span,
    /// Which rules it concerns.
    pub kind: CueKind,
}

/// Kinds of cue words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueKind {
    /// `ignore`, `disregard`: text that overrides other instructions starts with these.
    Override,
    /// `tell`, `mention`: text that conceals something starts with these.
    Report,
    /// `dismissal`, `fired`, `tip`: threats and bribes.
    Threat,
    /// `MUST`, `NEVER` and other words that are emphasized in capitals.
    Stress,
    /// `never`, `not`, `only`: restrictions.
    Limit,
    /// `always`, `must`: demands.
    Demand,
    /// `output`, `report`: deliverables.
    Output,
    /// `git`, `sed`: programs whose commands are checked.
    Command,
    /// `run`, `powered`, `model`: sentences about the role's model contain one of these.
    Runs,
    /// `tool`, `grant`: a tool is named before it.
    Tool,
    /// `websearch`, `todowrite`: names of tools that are no words.
    Call,
    /// `prompt`, `save`: words to a person who requested a prompt.
    Author,
    /// `you`, `your`: an address.
    Address,
    /// 2015 to 2039.
    Year,
    /// The start of a well-known kind of secret.
    Secret,
    /// A long run of letters and digits.
    Run,
}

impl CueKind {
    /// Whether it may begin a sentence that demands or forbids something.
    pub(crate) const fn is_demand(self) -> bool {
        matches!(self, Self::Demand | Self::Limit | Self::Stress)
    }
}

/// Shorter runs are words.
const MIN_RUN: usize = 24;

/// Lists the cue words of `text`, in order. The length and the first three characters rule out most
/// words, so only the rest are worth a function call.
pub(super) fn find(text: &str) -> Vec<Cue> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut before = 0;
    let mut blocks = blocks(bytes).map(|(at, block)| (at, bits(&block, &PARTS))).peekable();
    while let Some((at, parts)) = blocks.next() {
        let next = blocks.peek().map_or(0, |(_, next)| *next);
        let whole = u128::from(next) << 64 | u128::from(parts);
        // A bit for each position that is followed by this many bytes of a word; `MIN_RUN` for a
        // run.
        let two = whole & whole >> 1;
        let four = two & two >> 2;
        let eight = four & four >> 4;
        let sixteen = eight & eight >> 8;
        let (words, runs) = ((two & whole >> 2) as u64, (sixteen & eight >> 16) as u64);
        let starts = words & !(parts << 1 | before);
        before = parts >> 63;
        for place in places(starts) {
            let start = at + place;
            let is_run = runs >> place & 1 == 1;
            if !is_run && !may_begin(bytes, start) {
                continue;
            }
            let length = (whole >> place).trailing_ones() as usize;
            if is_run || is_length(bytes, start, length) {
                found.extend(judge(text, start, length));
            }
        }
    }
    found
}

/// The cue word at `start`, if there is one, of `length` bytes or longer than a block.
#[inline(never)]
fn judge(text: &str, start: usize, length: usize) -> Option<Cue> {
    let rest = text.as_bytes().get(start..)?;
    let length = match length < 64 {
        true => length,
        false => rest.iter().take_while(|byte| is_part(**byte)).count(),
    };
    let span = Span::new(start, start + length);
    kind_of(span.of(text)).map(|kind| Cue { span, kind })
}

/// The characters of words.
const PARTS: Class<4> = [(b'a', b'z'), (b'A', b'Z'), (b'0', b'9'), (b'_', b'_')];

/// Whether a byte is one of them.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a cue word may begin at `start`.
#[inline(always)]
fn may_begin(bytes: &[u8], start: usize) -> bool {
    let first = bytes.get(start..).and_then(<[u8]>::first_chunk);
    first.is_some_and(|first| {
        let (row, bit) = place(first);
        BEGINNINGS.starts.get(row).is_some_and(|bits| bits & bit != 0)
    })
}

/// Whether a cue word that begins with the two characters at `start` may have this length.
fn is_length(bytes: &[u8], start: usize, length: usize) -> bool {
    let first = bytes.get(start..).and_then(<[u8]>::first_chunk);
    let lengths = first.and_then(|first| BEGINNINGS.lengths.get(place(first).0));
    lengths.is_some_and(|lengths| lengths >> length & 1 == 1)
}

/// The position of the bit for three characters in [`Beginnings::starts`]. The lower five bits of a
/// letter are the same in uppercase and lowercase.
const fn place(start: &[u8; 3]) -> (usize, u32) {
    let [first, second, third] = *start;
    ((first as usize & 31) << 5 | (second as usize & 31), 1 << (third & 31))
}

/// Properties shared by all cue words.
struct Beginnings {
    /// A bit for each three characters that they begin with.
    starts: [u32; 1024],
    /// A bit for each of their lengths, by their first two characters.
    lengths: [u32; 1024],
}

static BEGINNINGS: Beginnings = {
    const fn add(known: &mut Beginnings, word: &str, lengths: u32) {
        if let Some(start) = word.as_bytes().first_chunk() {
            let (row, bit) = place(start);
            known.starts[row] |= bit;
            known.lengths[row] |= lengths;
        }
    }
    let mut known = Beginnings { starts: [0; 1024], lengths: [0; 1024] };
    let mut letter = 0;
    while letter < WORDS.len() {
        let mut at = 0;
        while at < WORDS[letter].len() {
            let (word, _) = WORDS[letter][at];
            add(&mut known, word, 1 << word.len());
            at += 1;
        }
        letter += 1;
    }
    let mut at = 0;
    while at < STRESS.len() {
        add(&mut known, STRESS[at], 1 << STRESS[at].len());
        at += 1;
    }
    let mut at = 0;
    while at < SECRETS.len() {
        // After its prefix, a secret continues with more characters or a dash.
        add(&mut known, SECRETS[at], u32::MAX << 7 | 1 << SECRETS[at].len());
        at += 1;
    }
    add(&mut known, "201", 1 << 4);
    add(&mut known, "202", 1 << 4);
    add(&mut known, "203", 1 << 4);
    known
};

fn kind_of(word: &str) -> Option<CueKind> {
    let first = word.bytes().next()?;
    if SECRET_INITIALS.contains(&first) && is_secret(word) {
        return Some(CueKind::Secret);
    }
    if word.len() >= MIN_RUN {
        return Some(CueKind::Run);
    }
    if first.is_ascii_digit() {
        let year: Option<u16> = if word.len() == 4 { word.parse().ok() } else { None };
        return year.filter(|year| (2015..2040).contains(year)).map(|_| CueKind::Year);
    }
    let is_capital = word.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    if is_capital && STRESS.contains(&word) {
        return Some(CueKind::Stress);
    }
    let words = WORDS.get(usize::from(first.to_ascii_lowercase()).checked_sub(97)?)?;
    words.iter().find(|(known, _)| word.eq_ignore_ascii_case(known)).map(|(_, kind)| *kind)
}

/// The first characters of [`SECRETS`].
const SECRET_INITIALS: [u8; 7] = *b"ABghnsx";

/// Whether a word begins like a well-known kind of secret, up to the first character that ends a
/// word.
fn is_secret(word: &str) -> bool {
    match word {
        "BEGIN" | "glpat" | "xoxb" | "xoxp" => true,
        _ => word.len() > 6 && SECRETS.iter().any(|start| word.starts_with(start)),
    }
}

/// The prefixes of well-known kinds of secrets.
const SECRETS: [&str; 16] = [
    "AKIA",
    "ASIA",
    "AIza",
    "BEGIN",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat",
    "hf_",
    "npm_",
    "sk_live_",
    "xoxb",
    "xoxp",
];

/// Words that are emphasis in capitals.
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
const WORDS: [&[(&str, CueKind)]; 26] = {
    use CueKind::{
        Address, Author, Call, Command, Demand, Limit, Output, Override, Report, Runs, Threat, Tool,
    };
    [
        &[
            ("avoid", Limit),
            ("always", Demand),
            ("artifact", Output),
            ("artifacts", Output),
            ("answer", Output),
            ("askuserquestion", Call),
        ],
        &[("backed", Runs)],
        &[("cannot", Limit)],
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
        &[("except", Limit), ("escalate", Limit), ("enterplanmode", Call), ("exitplanmode", Call)],
        &[
            ("forget", Override),
            ("fired", Threat),
            ("forbidden", Limit),
            ("format", Output),
            ("finding", Output),
            ("findings", Output),
        ],
        &[
            ("generate", Output),
            ("git", Command),
            ("grant", Tool),
            ("grants", Tool),
            ("granted", Tool),
        ],
        &[],
        &[("ignore", Override), ("inform", Report)],
        &[],
        &[],
        &[("limit", Limit), ("limits", Limit)],
        &[("mention", Report), ("must", Demand), ("model", Runs), ("multiedit", Call)],
        &[("never", Limit), ("not", Limit), ("notify", Report), ("notebookedit", Call)],
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
            ("prompt", Author),
            ("punished", Threat),
            ("penalized", Threat),
            ("perl", Command),
            ("pinned", Runs),
            ("powered", Runs),
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
            ("run", Runs),
            ("running", Runs),
            ("runs", Runs),
        ],
        &[
            ("summary", Output),
            ("summarize", Output),
            ("scope", Limit),
            ("sed", Command),
            ("save", Author),
        ],
        &[
            ("tell", Report),
            ("tip", Threat),
            ("terminated", Threat),
            ("termination", Threat),
            ("template", Output),
            ("tool", Tool),
            ("tools", Tool),
            ("todowrite", Call),
        ],
        &[("unless", Limit), ("until", Limit), ("uses", Runs)],
        &[],
        &[("without", Limit), ("write", Output), ("webfetch", Call), ("websearch", Call)],
        &[],
        &[("you", Address), ("your", Address), ("yourself", Address)],
        &[],
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(&str, CueKind)> {
        find(text).iter().map(|one| (one.span.of(text), one.kind)).collect()
    }

    #[test]
    fn words_are_found_whole_and_in_any_case() {
        assert_eq!(
            kinds("Ignore it for git. NEVER tell Telly: ignored, gitignore, 2025 or 2050"),
            [
                ("Ignore", CueKind::Override),
                ("git", CueKind::Command),
                ("NEVER", CueKind::Stress),
                ("tell", CueKind::Report),
                ("2025", CueKind::Year),
            ]
        );
    }

    #[test]
    fn words_are_found_wherever_they_begin() {
        for before in 0..140 {
            let text =
                alloc::format!("{} never", "a ".repeat(before / 2) + &"_".repeat(before % 2));
            assert_eq!(kinds(&text), [("never", CueKind::Limit)], "{before}");
            assert_eq!(kinds(&alloc::format!("{text} é")), kinds(&text), "{before}");
        }
        let run = "x".repeat(200);
        assert_eq!(kinds(&run), [(&*run, CueKind::Run)]);
    }

    #[test]
    fn secrets_and_runs_are_found_by_their_look() {
        assert_eq!(
            kinds("ghp_xyz AKIA123 abcdefghijklmnopqrstuvwxyz héllo"),
            [
                ("ghp_xyz", CueKind::Secret),
                ("AKIA123", CueKind::Secret),
                ("abcdefghijklmnopqrstuvwxyz", CueKind::Run),
            ]
        );
    }
}
