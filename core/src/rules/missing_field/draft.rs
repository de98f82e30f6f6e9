//! Drafts of missing fields.

use super::names;
use crate::front_matter;
use crate::host::{Field, FieldRole};
use crate::role::Role;
use crate::rules::Context;
use alloc::format;
use alloc::string::{String, ToString};

/// The action of the fix.
pub(super) fn title(fields: &[&'static Field]) -> String {
    match fields {
        [_] => format!("Add a draft {}", names(fields)),
        _ => format!("Add draft values for {}", names(fields)),
    }
}

/// The missing fields as lines, filled from the path and the first sentence of the body.
pub(super) fn stub(cx: &Context<'_>, missing: &[&'static Field]) -> Option<String> {
    let end = cx.role.line_end();
    let mut lines = String::new();
    for field in missing {
        let value = match field.role {
            FieldRole::Name => name_of(cx.role.path)?,
            FieldRole::Description => front_matter::quoted(&sentence(cx.role)?),
            _ => return None,
        };
        lines.push_str(&format!("{}: {value}{end}", field.name));
    }
    Some(lines)
}

/// The name that the path suggests.
pub(super) fn name_of(path: &str) -> Option<String> {
    let mut parts = path.rsplit('/');
    let file = parts.next()?;
    let stem = match file.eq_ignore_ascii_case("SKILL.md") {
        true => parts.next()?,
        false => file.split('.').next()?,
    };
    let slug: String = stem
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let slug = slug.trim_matches('-').to_string();
    (!slug.is_empty()).then_some(slug)
}

/// The first sentence of prose in the body, or the description that is written there as a field.
fn sentence(role: &Role<'_>) -> Option<String> {
    let lines = || role.body.of(role.text).lines().map(str::trim);
    // Front matter without its `---` lines is part of the body.
    let field = lines().take(FIRST).find_map(|line| {
        let value = line.strip_prefix("description:")?.trim().trim_matches(['"', '\'']);
        (!value.is_empty() && !value.starts_with(['>', '|'])).then_some(value)
    });
    let line = field.or_else(|| lines().find(is_prose))?;
    let sentence = line.find(". ").map_or(line, |at| line.get(..at).unwrap_or(line));
    let plain = sentence.replace(['*', '`'], "");
    // A description speaks about the role, not to it.
    let about = plain.strip_prefix("You are ").unwrap_or(&plain);
    let mut chars = about.chars();
    let first = chars.next()?.to_uppercase();
    let short: String = first.chain(chars).take(200).collect();
    Some(short.trim_end_matches(['.', ' ']).to_string())
}

/// Fields without front matter are at the top.
const FIRST: usize = 20;

/// Whether a line is a sentence, and neither introduces a list nor is a field.
fn is_prose(line: &&str) -> bool {
    let mut words = line.split_whitespace();
    let is_field = words.next().is_some_and(|word| {
        word.strip_suffix(':').is_some_and(|key| !key.contains(char::is_uppercase))
    });
    line.starts_with(char::is_alphabetic)
        && words.nth(1).is_some()
        && !is_field
        && !line.trim_end_matches('*').ends_with([':', '：'])
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::fixed_unsafely;
    use alloc::format;

    #[test]
    fn a_draft_says_what_the_role_is() {
        for (body, description) in [
            ("You are a **careful** reviewer of `sql`. You read.\n", "A careful reviewer of sql"),
            (
                "Use when the user mentions any of:\n\n- a\n\nIt reads the plan.\n",
                "It reads the plan",
            ),
            (
                "\nname: b\ndescription: \"It sorts the mail\"\n\nYou sort mail now.\n",
                "It sorts the mail",
            ),
            ("model: of a kind\n\nYou sort all mail.\n", "You sort all mail"),
            ("ändere nichts daran. Lies nur.\n", "Ändere nichts daran"),
        ] {
            let fixed = fixed_unsafely(".claude/agents/a.md", body);
            let expected = format!("---\nname: a\ndescription: \"{description}\"\n---\n\n{body}");
            assert_eq!(fixed, expected);
        }
    }
}
