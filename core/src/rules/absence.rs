//! Shared by the rules that report content missing from a role as a whole.

use super::missing_trigger::{is_foreign, words};
use super::{Context, Finding};
use crate::detect;
use crate::host::Kind;
use crate::role::{CueKind, Role, Syntax};
use crate::section::SectionKind;
use crate::text::Span;

/// Shorter roles contain only the essentials.
const MIN_LENGTH: usize = 400;

/// Reports missing content at the role's title, if the role is in English and long enough to
/// contain it.
pub(super) fn report(
    cx: &mut Context<'_>,
    is_stated: impl Fn(&Role<'_>) -> bool,
    finding: impl Fn(Span) -> Finding,
) {
    if is_worth_checking(cx) && !is_stated(cx.role) && !is_in_another_language(cx.role) {
        cx.report(finding(title(cx.role)));
    }
}

/// Whether one of the role's words is a cue of this kind.
pub(super) fn has_cue(role: &Role<'_>, kind: CueKind) -> bool {
    role.prose_cues(kind).next().is_some()
}

/// Whether it has a section of this kind.
pub(super) fn has_section(role: &Role<'_>, kind: SectionKind) -> bool {
    role.sections().iter().any(|section| section.kind(role.text).0 == kind)
}

fn is_worth_checking(cx: &Context<'_>) -> bool {
    let role = cx.role;
    let body = role.body.of(role.text);
    let is_latin = || body.bytes().filter(u8::is_ascii_alphabetic).count() * 2 > body.len();
    let is_role = cx.host.kind == Kind::Role && role.syntax == Syntax::Markdown;
    is_role && body.len() >= MIN_LENGTH && !role.has_directives && is_latin()
}

/// The number of words that determine the language.
const SAMPLE: usize = 300;

/// Whether the text says who the agent is in another language, or one in twenty words is not English.
fn is_in_another_language(role: &Role<'_>) -> bool {
    let body = role.body.of(role.text);
    let sample = || words(body).take(SAMPLE);
    detect::opens_in_another_language(body)
        || sample().filter(is_foreign).count() * 20 > sample().count()
}

/// The first heading, or the first line.
fn title(role: &Role<'_>) -> Span {
    let body = role.body.of(role.text);
    let lead = body.len() - body.trim_start().len();
    let line = role.line_at(role.body.start + lead);
    role.outline
        .headings
        .first()
        .filter(|heading| !heading.text.is_empty())
        .map_or(line, |heading| heading.text)
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    #[test]
    fn a_role_in_another_language_lacks_nothing_that_is_looked_for_in_english() {
        let check = |text: &str| findings("missing-boundaries", "roles/a.md", text);
        let english = "Sort the letters, read them and answer each by noon. ".repeat(9);
        assert_eq!(check(&format!("# Clerk\n\n{english}")).len(), 1);
        assert_eq!(check(&format!("# Clerk\n\nTe egy gondos titkár vagy.\n\n{english}")), [""; 0]);
        let german = "Sortiere die Briefe und lies sie mit dem Team der Kanzlei. ".repeat(9);
        assert_eq!(check(&format!("# Titel\n\n{german}")), [""; 0]);
    }
}
