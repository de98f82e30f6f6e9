//! Adds a role to a file that already contains others: the role replaces the role of the same name,
//! or follows the last one.

use super::value::{self, Blocks, Item};
use crate::host::{FieldRole, Host};
use crate::role::Syntax;
use crate::syntax;
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// The file with a role of these fields added; `None` if the file cannot be read. A file without
/// roles has nothing to preserve.
pub(super) fn into(
    file: &str,
    to: &'static Host,
    (key, fields): &(String, Vec<(String, Item)>),
) -> Option<String> {
    let found = syntax::roles(file, Syntax::Yaml, &to.layout);
    if !found.errors.is_empty() {
        return None;
    }
    if found.roles.iter().any(|role| role.key.is_some()) {
        return by_name(file, &found.roles, key, fields);
    }
    let name = to.field_for(FieldRole::Name)?.name;
    let own = fields.iter().find(|(field, _)| field == name).map(|(_, item)| item)?;
    let is_same = |role: &&syntax::RoleSource<'_>| {
        let field = role.fields.iter().find(|field| field.name == name);
        let text = field.and_then(|field| field.value.as_str());
        text.is_some_and(|text| *own == Item::Text(text.into()))
    };
    let same = found.roles.iter().find(is_same);
    let role = same.or(found.roles.last())?;
    let end = role.span.start + role.span.of(file).trim_end().len();
    let start = file.get(..role.span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let mark = Span::new(start, role.span.start).of(file);
    let written = match mark.trim_start().strip_prefix('-') {
        Some(blanks) if blanks.trim().is_empty() => block(fields, mark.chars().count()),
        _ => value::json(&Item::Map(fields.to_vec())),
    };
    let is_block = !written.starts_with('{');
    let mut out = String::with_capacity(file.len() + written.len() + mark.len());
    if same.is_some() {
        out.push_str(file.get(..role.span.start)?);
    } else {
        out.push_str(file.get(..end)?);
        out.push_str(if is_block { "\n" } else { ", " });
        out.push_str(if is_block { mark } else { "" });
    }
    out.push_str(&written);
    out.push_str(file.get(end..)?);
    Some(if file.contains("\r\n") { out.replace("\r\n", "\n").replace('\n', "\r\n") } else { out })
}

/// The file with a named role added, for files that map names to roles.
fn by_name(
    file: &str,
    roles: &[syntax::RoleSource<'_>],
    key: &str,
    fields: &[(String, Item)],
) -> Option<String> {
    let is_same =
        |role: &&syntax::RoleSource<'_>| role.key.as_ref().is_some_and(|own| own.0 == key);
    let same = roles.iter().find(is_same);
    let (_, place) = same.or(roles.last())?.key.clone()?;
    // Lines cannot be inserted into a flow mapping.
    if place.start > 0 && !file.get(..place.start)?.ends_with('\n') {
        return None;
    }
    let written = named(key, fields);
    let Some(same) = same else {
        let between = if file.ends_with('\n') { "\n" } else { "\n\n" };
        return Some([file, between, &written].concat());
    };
    let end = same.span.start + same.span.of(file).trim_end().len();
    let rest = file.get(end..)?;
    Some([file.get(..place.start)?, written.trim_end(), rest].concat())
}

/// A role under its name.
pub(super) fn named(key: &str, fields: &[(String, Item)]) -> String {
    value::yaml(&[(key.into(), Item::Map(fields.to_vec()))], 0, Blocks::Always)
}

/// Fields one below the other, indented like the first.
fn block(fields: &[(String, Item)], margin: usize) -> String {
    let mut out = String::new();
    for line in value::yaml(fields, 0, Blocks::Always).lines() {
        if !out.is_empty() {
            out.push('\n');
            if !line.is_empty() {
                out.extend(core::iter::repeat_n(' ', margin));
            }
        }
        out.push_str(line);
    }
    out
}
