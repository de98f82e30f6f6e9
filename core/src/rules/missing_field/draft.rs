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

/// The first line of prose in the body, cut at its first sentence.
fn sentence(role: &Role<'_>) -> Option<String> {
    let prose = |line: &&str| {
        line.starts_with(char::is_alphabetic) && line.split_whitespace().nth(2).is_some()
    };
    let line = role.body.of(role.text).lines().map(str::trim).find(prose)?;
    let sentence = line.find(". ").map_or(line, |at| line.get(..at).unwrap_or(line));
    let short: String = sentence.chars().take(200).collect();
    Some(short.trim_end_matches(['.', ':', ' ']).to_string())
}
