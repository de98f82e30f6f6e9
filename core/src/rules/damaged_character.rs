//! Characters that a conversion destroyed.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Role, SpecialKind};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "damaged-character",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A character was destroyed when the file was converted.",
    why: "U+FFFD replaces a character that a program could not read, control characters are what is left of emoji and symbols, and `donâ€™t` is UTF-8 that was decoded as Windows-1252. The model sees the damage, and what was lost may have mattered: `10�s` was ten microseconds. Code is not checked, nor are lines about such characters.",
    example: Example {
        path: "roles/writer.md",
        bad: "# Writer\n\nAnswer within 10\u{fffd}s.\n",
        at: "\u{fffd}",
        good: "# Writer\n\nAnswer within 10 µs.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let of_kind = |kind| {
        let special = role.special_characters().iter().filter(move |special| special.kind == kind);
        special
            .map(|special| Span::new(special.offset, special.offset + special.character.len_utf8()))
    };
    let help = "Write the intended character, and save the file as UTF-8.";
    let lost: Vec<Span> = of_kind(SpecialKind::Replacement).collect();
    const LOST: &str = "The intended character is lost, and the model sees this instead.";
    let is_lost = |finding: Finding, _: &[Span]| finding.reason(LOST).help(help);
    report(cx, &lost, |_| "Replacement character U+FFFD".into(), is_lost);
    let control: Vec<Span> = of_kind(SpecialKind::Control).collect();
    let name = |c: char| format!("Control character U+{:04X}", u32::from(c));
    report(cx, &control, name, is_lost);
    let is_restorable = |finding: Finding, places: &[Span]| {
        let finding =
            finding.reason("The model sees these characters instead of the intended one.");
        let restored = |place: &Span| Some((*place, decoded(place.of(role.text))?));
        match places.iter().map(restored).collect() {
            Some(edits) => finding.unsafe_fix("Restore the intended characters", edits),
            None => finding.help("Restore the text from its source, and save it as UTF-8."),
        }
    };
    report(cx, &misread(role), |_| "UTF-8 text decoded as Windows-1252".into(), is_restorable);
}

fn report(
    cx: &mut Context<'_>,
    places: &[Span],
    name: impl Fn(char) -> String,
    explained: impl FnOnce(Finding, &[Span]) -> Finding,
) {
    let role = cx.role;
    let is_meant = |place: &&Span| {
        let line = role.line_at(place.start).of(role.text);
        role.outline.code_at(place.start).is_some()
            || ["FFFD", "fffd", "replacement", "mojibake"].iter().any(|word| line.contains(word))
    };
    let places: Vec<Span> = places.iter().filter(|place| !is_meant(place)).copied().collect();
    let Some((first, more)) = places.split_first() else { return };
    let character = first.of(role.text).chars().next().unwrap_or('\u{fffd}');
    let finding = Finding::new(*first, name(character)).and_more(more.len());
    let finding = finding.labels(more.iter().copied(), "also here");
    cx.report(explained(finding, &places));
}

/// Two or three characters that should be one UTF-8 character: `â€™`, `Ã©`.
fn misread(role: &Role<'_>) -> Vec<Span> {
    let text = role.body.of(role.text);
    // U+00E2, U+00C2 and U+00C3 start with this byte in UTF-8.
    let starts = memchr::memchr_iter(0xC3, text.as_bytes());
    let found = starts.filter_map(|at| {
        let mut chars = text.get(at..)?.chars();
        let length = match (chars.next()?, chars.next()?) {
            ('â', '€') => 'â'.len_utf8() + '€'.len_utf8() + chars.next()?.len_utf8(),
            ('Ã', second @ '\u{a1}'..='\u{bf}') => 'Ã'.len_utf8() + second.len_utf8(),
            _ => return None,
        };
        Some(Span::new(at, at + length).shifted(role.body.start))
    });
    found.collect()
}

/// The text whose UTF-8 was decoded as Windows-1252.
fn decoded(text: &str) -> Option<String> {
    // The characters for the bytes from 0x80; five of these bytes have none.
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let byte = |c: char| match FROM_80.chars().zip(0x80..).find(|(known, _)| *known == c) {
        Some((_, byte)) => Some(byte),
        None => u8::try_from(u32::from(c)).ok(),
    };
    String::from_utf8(text.chars().map(byte).collect::<Option<_>>()?).ok()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("damaged-character", "roles/a.md", text)
    }

    #[test]
    fn each_kind_of_damage_is_one_finding() {
        assert_eq!(
            check("## =\u{4} Goals\n\n10\u{fffd}s or 20\u{fffd}s. They donâ€™t. CafÃ©.\n"),
            [
                "1:5-1:6 warning Control character U+0004",
                "3:3-3:4 warning Replacement character U+FFFD (2 places)",
                "3:23-3:26 warning UTF-8 text decoded as Windows-1252 (2 places)",
            ]
        );
    }

    #[test]
    fn a_wrong_decoding_is_undone() {
        let fixed = |text: &str| crate::rules::tests::fixed_unsafely("roles/a.md", text);
        assert_eq!(fixed("# A\n\nThey donâ€™t â€” cafÃ©.\n"), "# A\n\nThey don’t — café.\n");
        assert_eq!(fixed("# A\n\nSay `â€™`, donâ€™t.\n"), "# A\n\nSay `â€™`, don’t.\n");
    }

    #[test]
    fn what_is_shown_on_purpose_is_left_alone() {
        for text in [
            "Delete every `\u{fffd}`.\n",
            "Never write U+FFFD (\u{fffd}).\n",
            "```\ndonâ€™t\n```\n",
            "Âge, Ãrvore, pâté, 10 €.\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
