//! Names of inputs that are used as if they were variables.

use super::{Context, Finding, is_word, line};
use crate::role::Mark;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

const INPUT: &str = "${input:";

/// More inputs are not asked for.
const MOST: usize = 50;

/// `${fruit}` in a file that asks for `${input:fruit}`.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let (role, host) = (cx.role, cx.host);
    if !host.placeholders.iter().any(|known| known.form == "${input:*}") {
        return None;
    }
    let marks = role.body_marks(Mark::Dollar);
    let name = |at: &usize| {
        let rest = line(role.text, *at).strip_prefix(INPUT)?;
        rest.split(|c: char| !is_word(c) && c != '-').next().filter(|name| !name.is_empty())
    };
    let mut names: Vec<&str> = marks.iter().filter_map(name).take(MOST).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let place = |at: &usize| {
        let (name, _) = line(role.text, *at).strip_prefix("${")?.split_once('}')?;
        let span = Span::new(*at, at + name.len() + 3);
        let is_known = host.placeholders.iter().any(|known| known.form == span.of(role.text));
        // In code, it may be a variable of the language.
        let is_variable = role.outline.fence_at(*at).is_some_and(|fence| {
            let before = Span::new(role.line_at(*at).start, *at).of(role.text);
            before.contains('`') || VARIABLES.contains(&fence.info.of(role.text).trim())
        });
        (names.contains(&name) && !is_known && !is_variable).then_some(span)
    };
    let places: Vec<Span> = marks.iter().filter_map(place).collect();
    let (first, more) = places.split_first()?;
    let own = |place: &Span| place.of(role.text).replacen("${", INPUT, 1);
    let message = format!("`{}` is not filled in by {}", first.of(role.text), cx.reader());
    let edits = places.iter().map(|place| (*place, own(place))).collect();
    Some(
        Finding::new(*first, message)
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .reason(
                "A value is filled in only with `input:` before the name; the model sees this literally.",
            )
            .unsafe_fix(format!("Replace it with `{}`", own(first)), edits),
    )
}

/// Languages in which `${name}` is a variable.
const VARIABLES: [&str; 10] = [
    "bash",
    "sh",
    "shell",
    "zsh",
    "powershell",
    "kotlin",
    "groovy",
    "terraform",
    "hcl",
    "makefile",
];

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;

    #[test]
    fn an_input_has_its_kind_in_its_name() {
        let path = ".github/prompts/x.prompt.md";
        let check = |body: &str| {
            findings(
                "host-placeholder",
                path,
                &format!("Peel ${{input:fruit:Which one}}.\n\n{body}\n"),
            )
        };
        let message = "warning `${fruit}` is not filled in by VS Code";
        for (body, place) in [
            ("Then eat ${fruit}.", "3:10-3:18"),
            ("```ts\ninterface ${fruit}Peel {}\n```", "4:11-4:19"),
        ] {
            assert_eq!(check(body), [format!("{place} {message}")], "{body}");
        }
        for body in [
            "Eat ${pear} and ${file}.",
            "```ts\nlog(`${fruit}`)\n```",
            "```sh\necho ${fruit}\n```",
            "Eat ${input:fruit}.",
        ] {
            assert_eq!(check(body), [""; 0], "{body}");
        }
        let text = "Peel ${input:fruit}. Eat ${fruit}.\n";
        assert_eq!(fixed_unsafely(path, text), "Peel ${input:fruit}. Eat ${input:fruit}.\n");
        assert_eq!(findings("host-placeholder", ".claude/agents/x.md", "Eat ${fruit}.\n"), [""; 0]);
    }
}
