//! Finds sections that a generator left empty, items that only tell the author what to write, and dates
//! that are half filled in.

use crate::diagnostic::Severity;
use crate::role::{Mark, Role};
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Sections between the comments of a generator that only say that there is nothing yet: "Rules not
/// yet established."
pub(super) fn of_sections(role: &Role<'_>) -> Option<Finding> {
    let starts = role.body_marks(Mark::Less).iter();
    let places: Vec<Span> = starts.filter_map(|at| empty_section(role, *at)).collect();
    let (first, more) = places.split_first()?;
    let finding = Finding::new(*first, "The generator of this section has not filled it in")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .severity(Severity::Info)
        .reason("The model reads it and learns nothing from it.");
    Some(finding.help("Run the generator, write the section yourself or delete it."))
}

/// The only line of text between `<!-- NAME-start -->` and `<!-- NAME-end -->`, if it announces a
/// text that is not there.
fn empty_section(role: &Role<'_>, at: usize) -> Option<Span> {
    let rest = role.text.get(at..role.text.floor_char_boundary(at + MOST_COMMENT))?;
    let (comment, _) = rest.strip_prefix("<!-- ")?.split_once("-->")?;
    let name = comment.split(' ').next()?.strip_suffix("-start")?;
    let start = at + "<!-- ".len() + comment.len() + "-->".len();
    let mut text: Option<Span> = None;
    let mut from = start;
    for line in role.text.get(start..)?.split_inclusive('\n').take(MOST_LINES) {
        let shown = line.trim();
        let begin = from + line.len() - line.trim_start().len();
        from += line.len();
        let span = Span::new(begin, begin + shown.len());
        if shown.starts_with("<!-- ") {
            let is_end = shown.strip_prefix("<!-- ").and_then(|rest| rest.strip_prefix(name));
            let is_end = is_end.is_some_and(|rest| rest.starts_with("-end"));
            return text.filter(|_| is_end && role.outline.code_at(begin).is_none());
        }
        // A second line of the same quotation says who manages the section.
        let is_quoted = shown.starts_with('>') && text.is_some();
        if shown.is_empty() || shown.starts_with('#') || is_quoted {
            continue;
        }
        if text.is_some() || !announces(shown.trim_start_matches(['>', ' '])) {
            return None;
        }
        text = Some(span);
    }
    None
}

/// Longer comments, in bytes, do not begin a section.
const MOST_COMMENT: usize = 200;

/// Such a section has a title, a line or two, and its end.
const MOST_LINES: usize = 12;

/// Whether a line says that there is nothing yet: "Rules not yet established. …", "No rules found.
/// Add …".
fn announces(line: &str) -> bool {
    let nothing_found = line.starts_with("No ") && line.contains(" found. Add ");
    let not_yet = line.split_once(" not yet ").is_some_and(|(subject, rest)| {
        let participle = rest.split('.').next().unwrap_or("");
        subject.starts_with(|c: char| c.is_ascii_uppercase())
            && subject.split(' ').count() < 3
            && participle.ends_with("ed")
            && !participle.contains(' ')
    });
    nothing_found || not_yet
}

/// Items of a template that ask the author for the items of a list.
const ITEMS: [&str; 2] =
    ["Add common pitfalls, edge cases, and failure modes specific to this skill.", NONE_YET];

const NONE_YET: &str = "**None documented yet.**";

/// List items that consist of such a sentence.
pub(super) fn of_items(role: &Role<'_>) -> Option<Finding> {
    let body = role.body.of(role.text);
    let place = |sentence: &'static str| {
        let start = role.body.start + memchr::memmem::find(body.as_bytes(), sentence.as_bytes())?;
        let line = role.line_at(start).of(role.text).trim();
        let is_item = line.strip_prefix(['-', '*']).is_some_and(|rest| rest.trim() == sentence);
        (is_item && role.outline.code_at(start).is_none())
            .then(|| Span::new(start, start + sentence.len()))
    };
    let mut places: Vec<Span> = ITEMS.iter().filter_map(|sentence| place(sentence)).collect();
    places.sort_by_key(|place| place.start);
    let (first, more) = places.split_first()?;
    let is_certain = places.iter().any(|place| place.of(role.text) != NONE_YET);
    let finding = Finding::new(*first, "The list contains only the text of a template")
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .severity(if is_certain { Severity::Warning } else { Severity::Info })
        .reason("It tells the author what to write, and the model nothing.");
    Some(finding.help("Write the items, or delete the section."))
}

/// Dates of a template with a year that somebody filled in: `2025-MM-DD`.
pub(super) fn of_dates(role: &Role<'_>) -> Option<Finding> {
    const REST: &str = "-MM-DD";
    let body = role.body.of(role.text);
    let place = |at: usize| {
        let start = at.checked_sub(4)?;
        let year = body.get(start..at)?;
        let before = body.get(..start)?.chars().next_back();
        let is_year = year.starts_with("20") && year.bytes().all(|byte| byte.is_ascii_digit());
        let is_alone = before.is_none_or(|c| matches!(c, '"' | '\'' | '`' | ' ' | '[' | '\n'));
        let start = role.body.start + start;
        (is_year && is_alone).then(|| Span::new(start, start + 4 + REST.len()))
    };
    let places = memchr::memmem::find_iter(body.as_bytes(), REST).filter_map(place);
    let places: Vec<Span> = places.collect();
    let (first, more) = places.split_first()?;
    let message = format!("The year of `{}` is filled in", first.of(role.text));
    let edits =
        places.iter().map(|place| (Span::new(place.start, place.start + 4), String::from("YYYY")));
    Some(
        Finding::new(*first, message)
            .and_more(more.len())
            .labels(more.iter().copied(), "also here")
            .severity(Severity::Info)
            .reason("The model writes this year in later years too.")
            .unsafe_fix("Replace the year with `YYYY`", edits.collect()),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_section_that_its_generator_left_empty_is_found() {
        let check = |inside: &str| {
            let text = format!(
                "# Bakery\n\n<!-- KIT:oven-start source:oven.md -->\n## Oven\n\n{inside}\n<!-- KIT:oven-end -->\n"
            );
            findings("unfilled-placeholder", "AGENTS.md", &text)
        };
        let found = "info The generator of this section has not filled it in";
        for (inside, place) in [
            ("Recipes not yet written down.", None),
            ("Recipes not yet collected. They will appear here.", Some("6:1-6:50")),
            ("No recipes found. Add recipes to `oven/`.", Some("6:1-6:42")),
            ("> Baker not yet configured. Run `kit`.\n> Managed by `kit`.", Some("6:1-6:39")),
            ("Recipes not yet collected.\n\nBake bread.", None),
            ("Bake bread.", None),
        ] {
            let expected: alloc::vec::Vec<_> =
                place.iter().map(|place| format!("{place} {found}")).collect();
            assert_eq!(check(inside), expected, "{inside}");
        }
        let plain = "## Oven\n\nRecipes not yet collected.\n";
        assert_eq!(findings("unfilled-placeholder", "AGENTS.md", plain), [""; 0]);
    }

    #[test]
    fn a_date_to_fill_in_has_no_year() {
        let check = |text: &str| findings("unfilled-placeholder", "roles/a.md", text);
        assert_eq!(
            check("```json\n{ \"baked\": \"2025-MM-DD\" }\n```\n"),
            ["2:13-2:23 info The year of `2025-MM-DD` is filled in"]
        );
        for text in ["Write it as YYYY-MM-DD.\n", "Write bread-2025-MM-DD.\n", "At 2025-05-DD.\n"] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_item_that_asks_the_author_for_items_is_found() {
        let check = |text: &str| findings("unfilled-placeholder", "roles/a.md", text);
        let ask = "Add common pitfalls, edge cases, and failure modes specific to this skill.";
        let found = "The list contains only the text of a template";
        assert_eq!(
            check(&format!("## Pitfalls\n\n- **None documented yet.**\n- {ask}\n")),
            [format!("3:3-3:27 warning {found} (2 places)")]
        );
        assert_eq!(
            check("## Pitfalls\n\n- **None documented yet.**\n"),
            [format!("3:3-3:27 info {found}")]
        );
        for text in
            [format!("- {ask} Do it now.\n"), format!("{ask}\n"), format!("```\n- {ask}\n```\n")]
        {
            assert_eq!(check(&text), [""; 0], "{text}");
        }
    }
}
