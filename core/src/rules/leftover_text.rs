//! Reports the text that a chat assistant added around a requested prompt.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::role::{Cue, CueKind, Role};
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "leftover-text",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The opening or closing words of a chat reply are part of the prompt.",
    why: "A prompt that was copied from a chat often keeps what the assistant said around it: \"Certainly! Here is the updated prompt\", \"Let me know if you need anything else\". The model reads these words as part of its instructions, and adopts their tone or treats them as a task. A question such as \"What would you like to build?\" in the last line is reported as info.",
    example: Example {
        path: "roles/writer.md",
        bad: "Certainly! Here is an updated prompt for a writer of release notes.\n\n# Writer\n\nWrite the release notes.\n",
        at: "Certainly! Here is an updated prompt for a writer of release notes.",
        good: "# Writer\n\nWrite the release notes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if let Some(finding) = end_of_call(role) {
        cx.report(finding);
    }
    let mut paragraphs = role.outline.paragraphs.iter().filter(|paragraph| !paragraph.nested);
    let (Some(first), last) = (paragraphs.next(), paragraphs.next_back()) else { return };
    if is_opening(&start_of(role.text, first.span)) {
        report(cx, first.span, "Opening of a chat reply left in the prompt");
    }
    if let Some(note) = note_to_a_person(cx) {
        report(cx, note, "Note to the person who asked for the prompt");
    }
    let before_last = paragraphs.next_back().unwrap_or(first).span;
    let last = last.unwrap_or(first).span;
    let nothing_follows = role.text.get(last.end..).is_none_or(|rest| rest.trim().is_empty());
    let is_to_be_said = is_led_into(role.text, before_last, last);
    if nothing_follows && !is_to_be_said && is_closing(&start_of(role.text, last)) {
        report(cx, last, "End of a chat reply left in the prompt");
    } else if nothing_follows
        && !is_to_be_said
        && let Some(question) = final_question(role.text, last)
    {
        cx.report(
            Finding::new(question, "The prompt ends with a question to the user")
                .severity(Severity::Info)
                .reason(
                    "The model reads it as part of its instructions, and nobody will answer it.",
                )
                .help("Delete it, or say when to ask it."),
        );
    } else if nothing_follows && is_promise(&start_of(role.text, last)) {
        cx.report(
            Finding::new(last, "The prompt ends with a promise to the user")
                .severity(Severity::Info)
                .reason(
                    "The model reads it as part of its instructions, where \"I\" is someone else.",
                )
                .help("Delete it, or tell the model what to do: \"Ask whether …\"."),
        );
    }
}

/// Unmatched closing tags of the tool call that wrote the file, in its last lines.
fn end_of_call(role: &Role<'_>) -> Option<Finding> {
    let body = role.body.of(role.text);
    let mut rest = body.trim_end();
    let end = role.body.start + rest.len();
    while let Some(tag) = last_call_tag(rest) {
        rest = rest.strip_suffix(tag).unwrap_or(rest).trim_end();
    }
    let start = role.body.start + rest.len();
    let tags = Span::new(start, end);
    let lead = tags.len() - tags.of(role.text).trim_start().len();
    let shown = Span::new(start + lead, end);
    // After a colon, the tags are part of the output that the role is to write.
    let is_text = !rest.is_empty() && !rest.ends_with(':');
    let is_text = is_text && role.outline.code_at(shown.start).is_none();
    (!shown.is_empty() && is_text).then(|| {
        Finding::new(shown, "End of a tool call left in the prompt")
            .reason("The model reads it as part of its instructions.")
            .safe_fix("Delete it", Vec::from([(tags, String::new())]))
    })
}

/// The last line of a text, if it is an unmatched closing tag of a tool call.
fn last_call_tag(text: &str) -> Option<&str> {
    const NAMES: [&str; 6] =
        ["content", "invoke", "parameter", "function_calls", "file_contents", "antArtifact"];
    // Most texts do not end in a tag.
    let line = text.strip_suffix('>').and(text.rsplit('\n').next())?.trim_start();
    let name = line.strip_prefix("</")?.strip_suffix('>')?;
    let name = name.strip_prefix("antml:").unwrap_or(name);
    let is_opened = memchr::memmem::find_iter(text.as_bytes(), name).any(|at| {
        let before = text.get(..at).unwrap_or("");
        before.strip_suffix("antml:").unwrap_or(before).ends_with('<')
    });
    (NAMES.contains(&name) && !is_opened).then_some(line)
}

fn report(cx: &mut Context<'_>, paragraph: Span, message: &'static str) {
    let text = cx.role.text;
    let rest = text.get(paragraph.end..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let edits = Vec::from([(Span::new(paragraph.start, paragraph.end + blanks), String::new())]);
    cx.report(
        Finding::new(paragraph, message)
            .reason("The model reads it as part of its instructions.")
            .unsafe_fix("Delete the paragraph", edits),
    );
}

/// The beginning of a paragraph, in lowercase and with plain apostrophes. The phrases are ASCII.
fn start_of(text: &str, span: Span) -> String {
    let paragraph = span.of(text);
    let start = paragraph.get(..paragraph.floor_char_boundary(400)).unwrap_or(paragraph);
    start.to_ascii_lowercase().replace('’', "'")
}

/// Whether a paragraph ends in a colon and the other follows at once.
fn is_led_into(text: &str, before: Span, paragraph: Span) -> bool {
    let between = text.get(before.end..paragraph.start);
    before.of(text).ends_with(':') && between.is_some_and(|gap| gap.trim().is_empty())
}

/// "What would you like to build?" at the end of the paragraph. After a colon or in quotation
/// marks, it is the model's own line.
fn final_question(text: &str, paragraph: Span) -> Option<Span> {
    const ASKING: [&str; 4] =
        ["what would you like", "how can i help", "what can i help", "how may i help"];
    let whole = paragraph.of(text);
    let line = whole.get(whole.rfind('\n').map_or(0, |at| at + 1)..)?;
    let lead_in = whole.strip_suffix(line).is_some_and(|before| before.trim_end().ends_with(':'));
    let inner = line.strip_suffix('?')?;
    let sentence = inner.get(inner.rfind(['.', '!', '?']).map_or(0, |at| at + 1)..)?.trim_start();
    let lower = sentence.to_ascii_lowercase();
    // "What are we building today?"
    let together = lower.starts_with("what ") && lower.contains(" are we ");
    let asks = together || ASKING.iter().any(|lead| lower.starts_with(lead));
    let quotes = line.contains(['"', '“', '«', '`']) || line.starts_with(['>', '-', '|', '\'']);
    let end = paragraph.end;
    (asks && !lead_in && !quotes).then(|| Span::new(end - 1 - sentence.len(), end))
}

/// "I will ask if you want to go on": an assistant addresses its user. In "I will give you a file",
/// the speaker may be the user.
fn is_promise(start: &str) -> bool {
    const SAYING: [&str; 2] = ["i will ", "i'll "];
    const TO_A_USER: [&str; 6] = [
        "if you want",
        "if you agree",
        "if you'd like",
        "your needs",
        "your specific",
        "help you ",
    ];
    let says =
        |at: usize| start.get(..at).is_some_and(|lead| lead.is_empty() || lead.ends_with(' '));
    let promises = SAYING.iter().any(|words| start.match_indices(words).any(|(at, _)| says(at)));
    promises
        && TO_A_USER.iter().any(|words| start.contains(words))
        && !start.contains(['"', '“', '`'])
}

/// A single-line paragraph in the middle that presents the prompt, or explains where to save it.
fn note_to_a_person(cx: &Context<'_>) -> Option<Span> {
    let role = cx.role;
    let presents = |line: &str| {
        let rest = line.strip_prefix("here's a ").or_else(|| line.strip_prefix("here is a "));
        let kinds = ["concise prompt for ", "detailed prompt for ", "complete prompt for "];
        rest.is_some_and(|rest| kinds.iter().any(|kind| rest.starts_with(kind)))
    };
    let says = |line: &str| line.contains("instruction to developer: save this file as ");
    let leads_on = |cue: &&Cue| {
        let rest = role.text.get(cue.span.start..).unwrap_or("");
        rest.starts_with("prompt for ") || rest.starts_with("save this file as ")
    };
    let cues = role.cues().iter().filter(|cue| cue.kind == CueKind::Author).filter(leads_on);
    let cues = cues.filter(|cue| cue.span.start >= role.body.start);
    cues.map(|cue| role.line_at(cue.span.start)).find(|line| {
        let start = start_of(role.text, *line);
        (presents(&start) || says(&start)) && role.outline.code_at(line.start).is_none()
    })
}

fn is_opening(start: &str) -> bool {
    // "Here is an updated …": the noun is the third word after "here" at the latest.
    let is_change =
        |rest: &str| rest.split_whitespace().take(3).any(|w| WORDS_CHANGED.contains(&w));
    let presents = |words: &str| start.split(words).skip(1).any(is_change);
    WORDS_GREETING.iter().any(|greeting| start.starts_with(greeting))
        || WORDS_PRESENTING.into_iter().any(presents)
}

fn is_closing(start: &str) -> bool {
    let [following, promises @ ..] = WORDS_PROMISING;
    let describes = start.strip_prefix("these ").is_some_and(|rest| {
        let rest = rest.strip_prefix("custom ").unwrap_or(rest);
        let subjects = ["instructions", "rules", "guidelines"];
        subjects.iter().any(|subject| {
            rest.strip_prefix(subject).is_some_and(|rest| rest.starts_with(" provide a "))
        })
    });
    describes
        || WORDS_OFFERING.iter().any(|offer| start.starts_with(offer))
        || start.contains(WORDS_INVITING)
        || start.starts_with(following) && promises.iter().any(|promise| start.contains(promise))
}

const WORDS_GREETING: [&str; 10] = [
    "certainly!",
    "certainly, here",
    "sure!",
    "sure, here",
    "of course!",
    "absolutely!",
    "i'm sorry, but",
    "i've updated",
    "i've created",
    "i've rewritten",
];

const WORDS_PRESENTING: [&str; 2] = ["here's ", "here is "];

const WORDS_CHANGED: [&str; 6] =
    ["updated", "revised", "improved", "rewritten", "enhanced", "refined"];

const WORDS_OFFERING: [&str; 8] = [
    "let me know if",
    "i hope this",
    "hope this helps",
    "feel free to ask",
    "feel free to reach",
    "feel free to adjust",
    "feel free to customize",
    "this prompt provides",
];

const WORDS_INVITING: &str = "don't hesitate to ask";

/// Phrases after an opening that promise a result.
const WORDS_PROMISING: [&str; 3] = ["by following these ", "you'll be able", "you will be able"];

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::format;

    #[test]
    fn the_end_of_the_call_that_wrote_the_file_is_found() {
        for tags in ["</content>\n</invoke>", "</parameter>", "</function_calls>"] {
            let text = format!("# A\n\nReport the result.\n{tags}\n");
            let found = findings("leftover-text", "roles/a.md", &text);
            assert_eq!(found.len(), 1, "{tags}");
            assert!(found[0].ends_with("warning End of a tool call left in the prompt"));
            assert_eq!(fixed("roles/a.md", &text), "# A\n\nReport the result.\n");
        }
        for text in [
            "# A\n\n<content>\nx\n</content>\n",
            "# A\n\n```\n</content>\n```\n",
            "# A\n\n```\nx\n</content>\n",
            "# A\n\nx\n</guide>\n",
            "# A\n\nEnd it with </invoke>\n",
            "# A\n\nPrint the file, then:\n\n</content>\n",
        ] {
            assert_eq!(findings("leftover-text", "roles/a.md", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn both_ends_of_a_reply_are_found() {
        let text = "To extend your rules, here’s an updated set of them.\r\n\r\n- a\r\n\r\nBy following these rules, you’ll be able to ship.\r\n";
        assert_eq!(
            findings("leftover-text", "roles/a.md", text),
            [
                "1:1-1:53 warning Opening of a chat reply left in the prompt",
                "5:1-5:50 warning End of a chat reply left in the prompt",
            ]
        );
        assert_eq!(fixed_unsafely("roles/a.md", text), "- a\r\n\r\n");
    }

    #[test]
    fn what_the_role_is_to_say_is_no_leftover() {
        let text =
            "# A\n\nEnd every reply with this line:\n\nLet me know if you need anything else!\n";
        assert_eq!(findings("leftover-text", "roles/a.md", text), [""; 0]);
    }

    #[test]
    fn a_promise_to_the_user_at_the_end_is_found() {
        let check = |text: &str| findings("leftover-text", "roles/a.md", text);
        assert_eq!(
            check(
                "Write the plan.\n\nThen I will ask if you want issues. If you agree, I'll create them.\n"
            ),
            ["3:1-3:68 info The prompt ends with a promise to the user"]
        );
        for last in
            ["I will give you a file.", "Say \"I will help you if you want\".", "Ask if you want."]
        {
            assert_eq!(check(&format!("Write the plan.\n\n{last}\n")), [""; 0], "{last}");
        }
    }

    #[test]
    fn a_question_to_the_user_at_the_end_is_found() {
        let check = |text: &str| findings("leftover-text", "roles/a.md", text);
        let found = "info The prompt ends with a question to the user";
        assert_eq!(
            check("I write tests.\n\nWhat would you like to test?\n"),
            [format!("3:1-3:29 {found}")]
        );
        assert_eq!(check("Tasks:\n\n- a\n\nHow can I help?\n"), [format!("5:1-5:16 {found}")]);
        assert_eq!(check("I write.\n\nReady! How can I help?\n"), [format!("3:8-3:23 {found}")]);
        assert_eq!(check("I write.\n\nWhat are we testing now?\n"), [format!("3:1-3:25 {found}")]);
        for text in [
            "Greet with:\n\nHow can I help you?\n",
            "Begin:\nHow can I help you?\n",
            "Say \"What would you like?\"\n",
            "- What would you like?\n",
            "> What would you like?\n",
            "Ask: what would you like?\n",
            "What would you like?\n\n- Ask\n",
        ] {
            assert!(check(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_to_the_person_who_asked_are_found_anywhere() {
        let check = |text: &str| findings("leftover-text", "roles/a.md", text);
        let found = "warning Note to the person who asked for the prompt";
        assert_eq!(
            check("# A\n\nHelp.\n\nHere's a detailed prompt for a shop:\n\n- Sell\n"),
            [format!("5:1-5:37 {found}")]
        );
        assert_eq!(
            check("// Instruction to developer: save this file as .cursorrules\n\n# A\n\nHelp.\n"),
            [format!("1:1-1:60 {found}")]
        );
        assert_eq!(
            check("# A\n\nHelp.\n\nThese custom instructions provide a start for shops.\n"),
            ["5:1-5:53 warning End of a chat reply left in the prompt"]
        );
        for text in [
            "# A\n\nWrite a detailed prompt for the image.\n",
            "# A\n\nSay \"here's a detailed prompt for you\".\n",
            "# A\n\nThen save this file as `plan.md`.\n",
            "# A\n\nThese rules provide a frame.\n\n- One\n",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_a_role_says_to_its_model_is_left_alone() {
        for text in [
            "Here are the rules of the team.\n\nBy following these rules you keep it small.\n",
            "Sure signs of a leak are these.\n\n- a\n\nLet me know if it fails.\n\n- Done\n",
            "# A\n\nNever begin with \"Certainly! Here is\".\n\n> Hope this helps\n",
            "Help.\n\n```\nFeel free to ask\n```\n",
        ] {
            assert!(findings("leftover-text", "roles/a.md", text).is_empty(), "{text}");
        }
    }
}
