//! Placeholders in the description, which the host shows as it is written.

use super::{Context, Finding};
use crate::host::FieldRole;
use crate::text::Span;
use alloc::format;

const ARGUMENTS: &str = "$ARGUMENTS";

/// `$ARGUMENTS` in the description of a file whose body receives arguments.
pub(super) fn finding(cx: &Context<'_>) -> Option<Finding> {
    let takes = cx.host.placeholders.iter().any(|known| known.form == ARGUMENTS);
    if !takes || cx.place() != Some(cx.host) {
        return None;
    }
    let product = cx.fills_in()?;
    let field = cx.role.field(cx.host.field_for(FieldRole::Description)?.name)?;
    let start = field.value.span.start + field.value.span.of(cx.role.text).find(ARGUMENTS)?;
    let place = Span::new(start, start + ARGUMENTS.len());
    let message = format!("`{ARGUMENTS}` in `{}` is not filled in by {product}", field.name);
    Some(
        Finding::new(place, message)
            .reason("Only the text after the front matter is filled in; the placeholder is shown literally.")
            .help("Say in words what the argument is."),
    )
}
