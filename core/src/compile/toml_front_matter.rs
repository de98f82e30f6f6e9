//! Reads TOML front matter for another host: no known host reads it, but its author intended the
//! limits that it sets.

use super::{Loss, Source};
use crate::diagnostic::Severity;
use crate::front_matter::{Field, Language};
use crate::host::Layout;
use crate::role::{Role, Syntax};
use crate::syntax;
use crate::text::Span;
use crate::yaml::{Node, Value};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::vec::Vec;

/// The fields between the `+++` lines, with their places in the text; `None` if they are not TOML.
pub(super) fn fields<'t>(role: &Role<'t>) -> Option<Vec<Field<'t>>> {
    let content = role.front_matter.as_ref()?.content;
    let layout = Layout { paths: &[""], prompts: &[], named_by: None };
    let found = syntax::roles(content.of(role.text), Syntax::Toml, &layout);
    if !found.errors.is_empty() {
        return None;
    }
    let mut fields = found.roles.into_iter().next().map_or_else(Vec::new, |role| role.fields);
    for field in &mut fields {
        field.name_span = field.name_span.shifted(content.start);
        field.lines = field.lines.shifted(content.start);
        shift(&mut field.value, content.start);
    }
    Some(fields)
}

fn shift(node: &mut Node<'_>, by: usize) {
    node.span = node.span.shifted(by);
    match &mut node.value {
        Value::Scalar(..) => {}
        Value::Sequence(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::Mapping(entries) => entries.iter_mut().for_each(|entry| {
            shift(&mut entry.key, by);
            shift(&mut entry.value, by);
        }),
    }
}

/// Reports that the role's own host reads the role differently.
pub(super) fn told(source: &Source<'_>) -> Option<Loss> {
    let front_matter = source.role.front_matter.as_ref()?;
    let message = format!(
        "{} does not read TOML front matter; its fields were converted as if it did.",
        source.from.product
    );
    (front_matter.language == Language::Toml).then(|| Loss {
        severity: Severity::Info,
        path: source.role.path.to_owned(),
        span: Span::new(front_matter.span.start, front_matter.span.start + 3),
        message: message.into(),
    })
}
