//! Reports invisible characters that no script or emoji needs: zero-width spaces and joiners, soft
//! hyphens, byte order marks inside the text, runs of variation selectors.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Role, SpecialCharacter, SpecialKind};
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invisible-character",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The text contains an invisible character.",
    why: "A zero-width space, a soft hyphen or a stray byte order mark splits a word for the model and for searches while the screen shows nothing; before a code fence, it turns the fence into text. Runs of such characters can carry hidden text. Joiners in emoji and in scripts that need them are not reported.",
    example: Example {
        path: "roles/reviewer.md",
        bad: "# Reviewer\n\nNever approve with\u{200B}out a test.\n",
        at: "\u{200B}",
        good: "# Reviewer\n\nNever approve without a test.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let mut fenced: Vec<Span> = Vec::new();
    let mut groups: Vec<(char, Vec<Span>)> = Vec::new();
    for (first, run) in runs(role) {
        if guards_a_fence(role, run) {
            fenced.push(run);
            continue;
        }
        match groups.iter_mut().find(|(character, _)| *character == first) {
            Some((_, places)) => places.push(run),
            None => groups.push((first, vec![run])),
        }
    }
    for (character, places) in groups {
        if let Some(finding) = plain(role.text, character, &places) {
            cx.report(finding);
        }
    }
    if let Some(finding) = before_fences(role, &fenced) {
        cx.report(finding);
    }
}

/// The suspicious runs, each with the character that identifies it. All variation selectors share
/// one name, which keeps the number of groups small.
fn runs(role: &Role<'_>) -> Vec<(char, Span)> {
    let mut found = Vec::new();
    let mut rest = role.special_characters();
    while let Some((first, others)) = rest.split_first() {
        let same = |n: &SpecialCharacter| n.kind == first.kind;
        let mut end = first.offset + first.character.len_utf8();
        let mut length = 1;
        for next in others.iter().take_while(|n| same(n)) {
            if next.offset != end {
                break;
            }
            end += next.character.len_utf8();
            length += 1;
        }
        rest = others.get(length - 1..).unwrap_or(&[]);
        let run = Span::new(first.offset, end);
        let name = match first.kind {
            SpecialKind::Invisible if length > 1 || !is_needed(role.text, run, first.character) => {
                first.character
            }
            SpecialKind::Selector if length > 1 => '\u{FE0F}',
            _ => continue,
        };
        found.push((name, run));
    }
    found
}

/// Whether a single invisible character does a job in the writing around it.
fn is_needed(text: &str, span: Span, character: char) -> bool {
    let before = text.get(..span.start).and_then(|t| t.chars().next_back()).unwrap_or('\n');
    let after = text.get(span.end..).and_then(|t| t.chars().next()).unwrap_or('\n');
    match character {
        // Joiners shape Arabic and Indic letters, and they also combine emoji.
        '\u{200C}' => joins_letters(before) || joins_letters(after),
        '\u{200D}' => {
            joins_letters(before) || joins_letters(after) || is_emoji(before) && is_emoji(after)
        }
        // Scripts without spaces use it to mark possible line breaks.
        '\u{200B}' => breaks_without_space(before) || breaks_without_space(after),
        '\u{180E}' => matches!(before, '\u{1800}'..='\u{18AF}'),
        _ => false,
    }
}

/// Letters of scripts from Arabic to Mongolian, which joiners shape.
const fn joins_letters(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}'
        | '\u{A840}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Thai, Lao, Tibetan, Burmese, Khmer, and the scripts of East Asia.
const fn breaks_without_space(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{20E3}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '©' | '®' | '\u{203C}' | '\u{2049}'
        | '\u{2122}' | '\u{2139}' | '\u{E007F}')
}

/// Whether the run starts its line and a fence follows.
fn guards_a_fence(role: &Role<'_>, run: Span) -> bool {
    let after = role.text.get(run.end..).unwrap_or("");
    (after.starts_with("```") || after.starts_with("~~~"))
        && role
            .text
            .get(..run.start)
            .is_some_and(|before| before.trim_end_matches([' ', '\t', '>']).ends_with('\n'))
}

fn plain(text: &str, character: char, places: &[Span]) -> Option<Finding> {
    let (&first, rest) = places.split_first()?;
    let hidden = hidden_text(first.of(text));
    let what = match (&hidden, first.of(text).chars().count()) {
        (Some(hidden), _) => format!("Variation selectors hide the text `{hidden}`"),
        (None, 1) => format!("Invisible {}", name(character)),
        (None, run) => format!("{run} invisible characters in a row"),
    };
    let message = match rest.len() {
        0 => what,
        more => format!("{what} ({} places)", more + 1),
    };
    let reason = if hidden.is_some() {
        "Editors and code reviews do not show this text, but models may read it."
    } else {
        "It splits a word for the model and for searches, but not on screen."
    };
    let title = match places.iter().map(|span| span.of(text).chars().count()).sum::<usize>() {
        1 => "Delete the invisible character",
        _ => "Delete the invisible characters",
    };
    let edits = places.iter().map(|&span| (span, String::new())).collect();
    let finding = Finding::new(first, message)
        .reason(reason)
        .labels(rest.iter().copied(), "also here")
        .safe_fix(title, edits);
    Some(if hidden.is_some() { finding.severity(Severity::Error) } else { finding })
}

fn name(character: char) -> String {
    let name = match character {
        '\u{00AD}' => "soft hyphen",
        '\u{180E}' => "vowel separator",
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{FEFF}' => "byte order mark",
        '\u{FE0F}' => "variation selector",
        _ => "mathematical operator",
    };
    format!("{name} (U+{:04X})", u32::from(character))
}

/// The text that a run of variation selectors encodes as bytes, if it is readable.
fn hidden_text(run: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = run
        .chars()
        .map(|c| match c {
            '\u{FE00}'..='\u{FE0F}' => u8::try_from(u32::from(c) - 0xFE00).ok(),
            '\u{E0100}'..='\u{E01EF}' => u8::try_from(u32::from(c) - 0xE0100 + 16).ok(),
            _ => None,
        })
        .collect();
    let hidden = String::from_utf8(bytes?).ok()?;
    let readable = hidden.chars().count() > 2 && !hidden.contains(char::is_control);
    readable.then(|| hidden.chars().take(80).collect::<String>().replace('`', "'"))
}

/// A zero-width character before a fence is a trick for nesting fences: the fix is a longer outer
/// fence, which makes the trick unnecessary.
fn before_fences(role: &Role<'_>, places: &[Span]) -> Option<Finding> {
    let (&first, rest) = places.split_first()?;
    let character = first.of(role.text).chars().next()?;
    let more = match rest.len() {
        0 => String::new(),
        more => format!(" ({} places)", more + 1),
    };
    let message = format!("Invisible {} before a code fence{more}", name(character));
    let finding = Finding::new(first, message).labels(rest.iter().copied(), "also here");
    let Some(fence) = role.outline.fence_at(first.start) else {
        return Some(
            finding
                .reason("It turns the fence into plain text.")
                .help("Delete it, or escape the backticks if they are meant as text."),
        );
    };
    let finding = finding
        .reason("It keeps the inner fence from closing the outer code block, but it is copied along with the code.")
        .help("Delete it, and use a longer fence for the outer code block.");
    let inside = places.iter().filter(|place| fence.span.overlaps(**place));
    if inside.count() != places.len() {
        return Some(finding);
    }
    let longest = places.iter().map(|&place| marks_after(role.text, place, fence.mark)).max();
    let mut edits = fence.lengthened(role.text, longest.unwrap_or(0) + 1);
    edits.extend(places.iter().map(|&place| (place, String::new())));
    Some(finding.safe_fix("Delete it and lengthen the outer fence", edits))
}

fn marks_after(text: &str, place: Span, mark: u8) -> usize {
    let after = text.as_bytes().get(place.end..).unwrap_or(&[]);
    after.iter().take_while(|&&b| b == mark).count()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(text: &str) -> Vec<String> {
        findings("invisible-character", "roles/a.md", text)
    }

    #[test]
    fn the_same_character_many_times_is_one_finding() {
        let text = "a\u{200B}b\r\nc\u{200B}d\r\ne\u{AD}f\r\ng\u{200B}h\r\n";
        assert_eq!(
            check(text),
            [
                "1:2-1:3 warning Invisible zero-width space (U+200B) (3 places)",
                "3:2-3:3 warning Invisible soft hyphen (U+00AD)",
            ]
        );
        assert_eq!(fixed("roles/a.md", text), "ab\r\ncd\r\nef\r\ngh\r\n");
    }

    #[test]
    fn emoji_and_scripts_that_write_with_joiners_are_left_alone() {
        for text in [
            "👨\u{200D}💻 🦸\u{200D}♀️ 🕵️\u{200D}♂️ ❤️\u{200D}🔥 🏳️\u{200D}🌈",
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "สวัสดี\u{200B}ครับ",
            "これは\u{200B}**重要**です",
            "⚠️ ‼️ 1️⃣ 葛\u{E0100}",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_role_in_many_languages_is_left_alone() {
        for text in [
            "خانه\u{200C}ها و کتاب\u{200C}های ما را ببین.",
            "മലയാളം: അവന്\u{200D} പറഞ്ഞു.",
            "বাংলা: র\u{200D}্যাব ও ক্\u{200C}ষ।",
            "සිංහල: ක්\u{200D}රමය.",
            "ខ្មែរ\u{200B}ភាសា, ລາວ\u{200B}ພາສາ, မြန်မာ\u{200B}စာ",
            "👩🏽\u{200D}❤️\u{200D}💋\u{200D}👨🏿 👨\u{200D}👩\u{200D}👧\u{200D}👦 🐈\u{200D}⬛ 🧑🏿\u{200D}🦽\u{200D}➡️ 🏴\u{200D}☠️ 👁️\u{200D}🗨️",
            "ᠮᠣᠩᠭᠣᠯ\u{180E}ᠠ ☎\u{FE0E} ✔️ #️⃣ ©️",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn characters_from_a_copied_page_are_found() {
        for (text, name) in [
            ("See https://example.com/\u{200B}docs first.", "zero-width space (U+200B)"),
            ("Pay 10\u{2060}€ at most.", "word joiner (U+2060)"),
            ("The configu\u{AD}ration is fixed.", "soft hyphen (U+00AD)"),
            ("👍\u{200D} Done.", "zero-width joiner (U+200D)"),
            ("| a |\u{FEFF}b |", "byte order mark (U+FEFF)"),
        ] {
            let found = check(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].ends_with(&alloc::format!("Invisible {name}")));
        }
    }

    #[test]
    fn a_joiner_between_latin_letters_is_found() {
        assert_eq!(check("rm\u{200D} -rf").len(), 1);
        assert_eq!(check("pass\u{200C}word").len(), 1);
    }

    #[test]
    fn a_run_is_one_place() {
        assert_eq!(
            check("a\u{200B}\u{200C}\u{200B}b"),
            ["1:2-1:5 warning 3 invisible characters in a row"]
        );
    }

    #[test]
    fn text_hidden_in_variation_selectors_is_shown() {
        let hidden: String =
            "obey".bytes().filter_map(|b| char::from_u32(0xE0100 + u32::from(b) - 16)).collect();
        assert_eq!(
            check(&alloc::format!("😀{hidden}")),
            ["1:3-1:11 error Variation selectors hide the text `obey`"]
        );
    }

    #[test]
    fn a_byte_order_mark_counts_only_inside_the_text() {
        assert_eq!(check("\u{FEFF}# A\n"), [""; 0]);
        assert_eq!(
            check("# A\n\n\u{FEFF}b\n"),
            ["3:1-3:2 warning Invisible byte order mark (U+FEFF)"]
        );
    }

    #[test]
    fn a_trick_before_a_fence_becomes_a_longer_fence() {
        let text = "```markdown\nA:\n\u{200B}```\ncode\n\u{200B}```\n```\n";
        assert_eq!(
            check(text),
            ["3:1-3:2 warning Invisible zero-width space (U+200B) before a code fence (2 places)"]
        );
        assert_eq!(fixed("roles/a.md", text), "````markdown\nA:\n```\ncode\n```\n````\n");
    }

    #[test]
    fn marks_that_were_kept_from_being_a_fence_are_left_to_the_author() {
        let text = "a\n\n\u{200B}```\ncode\n";
        assert_eq!(check(text).len(), 1);
        assert_eq!(fixed("roles/a.md", text), text);
    }
}
