//! Placeholders that the host fills in, refuses or leaves as they are, against what was meant.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Host, Identity};
use crate::role::Role;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "host-placeholder",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The host fills in, refuses or ignores a placeholder against what was meant.",
    why: "Hosts replace placeholders in code as well. Gemini CLI and Qwen Code take every `${word}` for a variable and stop at one they do not know, even in a JavaScript example. In a skill, Claude Code replaces `$1` with a word of the call: `awk '{print $1}'` becomes another command. The other way round, `$ARGUMENTS` and `${input:name}` are filled in only in commands, skills and prompt files; in an agent the model reads them as they are.",
    example: Example {
        path: "skills/disk-report/SKILL.md",
        bad: "---\nname: disk-report\ndescription: Lists the largest folders. Use when a disk is full.\n---\n\nRun `du -k | awk '{print $1}'` in the root.\n",
        at: "$1",
        good: "---\nname: disk-report\ndescription: Lists the largest folders. Use when a disk is full.\n---\n\nRun `du -k | awk '{print \\$1}'` in the root.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let (role, host) = (cx.role, cx.host);
    let mut places = Places::default();
    for at in memchr::memchr_iter(b'$', role.body.of(role.text).as_bytes()) {
        places.read(role, host, role.body.start + at);
    }
    if let (Some(note), Some(finding)) = (host.unknown_placeholder, one_of(role, &places.unknown)) {
        let help = "Leave out the braces, or describe the value in words.";
        cx.report(
            finding("is not a placeholder of", host)
                .severity(Severity::Error)
                .reason(note)
                .help(help),
        );
    }
    if let (Some(note), Some(finding)) = (host.numbered_placeholder, one_of(role, &places.numbered))
    {
        let edits = places.numbered.iter().map(|place| (Span::at(place.start), String::from("\\")));
        let title = match places.numbered.len() {
            1 => "Insert a backslash before it",
            _ => "Insert a backslash before each of them",
        };
        cx.report(
            finding("is a placeholder of", host).reason(note).unsafe_fix(title, edits.collect()),
        );
    }
    if let Some(finding) = one_of(role, &places.literal) {
        let finding = finding("is not filled in by", host)
            .reason("Only commands, skills and prompt files are given arguments; here the model reads the placeholder as it is.")
            .help("Say in words where the value comes from, for example \"the task you are given\".");
        cx.report(finding);
    }
}

/// One finding at the first of several places, worded by its caller.
fn one_of<'r>(
    role: &'r Role<'_>,
    places: &'r [Span],
) -> Option<impl Fn(&str, &Host) -> Finding + 'r> {
    let (first, more) = places.split_first()?;
    Some(move |what: &str, host: &Host| {
        let message = format!("`{}` {what} {}", first.of(role.text), host.product);
        let labels = more.iter().copied();
        Finding::new(*first, message).and_more(more.len()).labels(labels, "also here")
    })
}

#[derive(Default)]
struct Places {
    /// Where the host stops.
    unknown: Vec<Span>,
    /// What the host replaces, though it looks like code or a price.
    numbered: Vec<Span>,
    /// What was meant to be replaced.
    literal: Vec<Span>,
}

impl Places {
    /// Reads what begins with the dollar sign at `at`.
    fn read(&mut self, role: &Role<'_>, host: &Host, at: usize) {
        let rest = role.text.get(at + 1..).unwrap_or("");
        let before = role.text.get(..at).and_then(|text| text.chars().next_back());
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if let Some(inner) = rest.strip_prefix('{') {
            let name = inner.split(|c| !is_word(c)).next().unwrap_or("");
            let end = at + 2 + name.len();
            let next = role.text.as_bytes().get(end);
            let span = Span::new(at, end + 1);
            if next == Some(&b'}') && !name.is_empty() && host.unknown_placeholder.is_some() {
                let known = host.placeholders.iter().any(|known| known.form == span.of(role.text));
                self.unknown.extend((!known).then_some(span));
            }
            if next == Some(&b':') && name == "input" && role.outline.fence_at(at).is_none() {
                let length = inner.find('}').filter(|end| *end < 80).map_or(0, |end| end + 3);
                self.literal.extend(
                    (length > 0 && has_no(host, "${input:")).then(|| Span::new(at, at + length)),
                );
            }
            return;
        }
        let is_escaped = before.is_some_and(|c| is_word(c) || matches!(c, '\\' | '$'));
        if rest.starts_with(|c: char| c.is_ascii_digit())
            && host.numbered_placeholder.is_some()
            && !is_escaped
        {
            let mut behind = rest.chars().skip(1);
            let next = behind.next();
            let is_price = matches!(next, Some('.' | ','))
                && behind.next().is_some_and(|c| c.is_ascii_digit());
            let is_whole = next.is_none_or(|next| !is_word(next));
            if is_whole && (is_price || role.outline.code_at(at).is_some()) {
                self.numbered.push(Span::new(at, at + 2));
            }
        }
        let arguments = "ARGUMENTS";
        let is_arguments =
            rest.strip_prefix(arguments).is_some_and(|rest| !rest.starts_with(is_word));
        if is_arguments
            && role.outline.code_at(at).is_none()
            && !is_escaped
            && has_no(host, "$ARGUMENTS")
        {
            self.literal.push(Span::new(at, at + 1 + arguments.len()));
        }
    }
}

/// Whether the host reads roles, and fills in no placeholder of this form.
fn has_no(host: &Host, form: &str) -> bool {
    host.identity != Identity::None
        && !host.placeholders.iter().any(|known| known.form.starts_with(form))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, body: &str) -> Vec<String> {
        let head = "---\nname: x\ndescription: Use it\n---\n";
        findings("host-placeholder", path, &format!("{head}{body}"))
    }

    const SKILL: &str = "a/x/SKILL.md";
    const AGENT: &str = ".claude/agents/x.md";

    #[test]
    fn numbers_after_a_dollar_sign_are_filled_in_by_skills() {
        assert_eq!(
            check(SKILL, "```sh\nawk '{print $1, $2}'\n```\n\nAbout $0.10 a month.\n"),
            ["6:13-6:15 warning `$1` is a placeholder of Agent Skills (3 places)"]
        );
        for body in [
            "`awk '{print \\$1}'` and `$HOME` and `$10` and `$1a`",
            "Above $50K, or $5 a head. Fix the issue $1.",
        ] {
            assert_eq!(check(SKILL, body), [""; 0], "{body}");
        }
        assert_eq!(check(AGENT, "`awk '{print $1}'`"), [""; 0]);
        let text = "---\nname: x\ndescription: Use it\n---\n`awk $1 $2`\n";
        assert_eq!(fixed_unsafely(SKILL, text), text.replace('$', "\\$"));
    }

    #[test]
    fn an_unknown_name_in_braces_stops_some_hosts() {
        let gemini = ".gemini/agents/x.md";
        assert_eq!(
            check(gemini, "```js\nlet a = `${userId} ${query}`;\n```\n\nSee ${HOME} and ${a.b}.\n"),
            ["6:10-6:19 error `${userId}` is not a placeholder of Gemini CLI (2 places)"]
        );
        assert_eq!(check(AGENT, "```js\nlet a = `${userId}`;\n```\n"), [""; 0]);
    }

    #[test]
    fn agents_are_given_no_arguments() {
        assert_eq!(
            check(AGENT, "Do $ARGUMENTS.\n\nUse `${input:branch:main}`.\n"),
            ["5:4-5:14 warning `$ARGUMENTS` is not filled in by Claude Code (2 places)"]
        );
        for body in ["Commands have `$ARGUMENTS`.", "```\n${input:x}\n```", "$ARGUMENTS_X"] {
            assert_eq!(check(AGENT, body), [""; 0], "{body}");
        }
        assert_eq!(check(SKILL, "Do $ARGUMENTS.\n"), [""; 0]);
        assert_eq!(findings("host-placeholder", "roles/x.md", "Do $ARGUMENTS.\n"), [""; 0]);
    }
}
