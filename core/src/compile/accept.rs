//! Checks whether the other host accepts the file written for it, and maps its diagnostics back to
//! the source.

use super::{HostFile, Source};
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::host::{FieldRole, Host};
use crate::input::Input;
use crate::options::Options;
use crate::role::Role;
use crate::template::Expanded;
use crate::text::Span;
use alloc::string::ToString;
use alloc::vec::Vec;

/// Checks the prompt for the other host, and replaces the diagnostics for the role's own host.
pub(super) fn prompt(source: &Source<'_>, to: &'static Host, diagnostics: &mut Vec<Diagnostic>) {
    let input = Input { text: source.role.text, ..*source.input };
    let mut found = check::check_prompt(source.role, &input, source.options, to, diagnostics);
    for found in found.iter_mut().filter(|found| found.path == source.input.path) {
        found.span = source.place(found.span);
        if source.laid_out.is_some() {
            found.labels.clear();
            found.fix = None;
        }
    }
    diagnostics.append(&mut found);
}

/// Adds diagnostics about faults that make the other host reject the file, unless the source has
/// the same fault. Returns whether the host accepts it.
pub(super) fn file(
    source: &Source<'_>,
    to: &'static Host,
    file: &HostFile,
    expanded: &Expanded,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let options = Options { host: Some(to), ..source.options.clone() };
    let input = Input::new(&file.text).at(&file.path).with_values(source.input.values);
    let mut found = check::check(&input, &options).diagnostics;
    // The prompt was checked with the comments of its source, which the file does not have.
    found.retain(|found| found.severity == Severity::Error && !check::is_about_prompts(found.rule));
    let refuses = |found: &Diagnostic| {
        found.severity == Severity::Error && check::is_about_prompts(found.rule)
    };
    let loads = found.is_empty() && !diagnostics.iter().any(refuses);
    found.retain(|new| {
        let known = |old: &Diagnostic| old.rule == new.rule && old.severity == Severity::Error;
        !diagnostics.iter().any(known)
    });
    for mut found in found {
        let (path, span) = origin(source, to, file, expanded, found.span);
        found.path = path;
        found.span = span;
        found.labels.clear();
        found.fix = None;
        diagnostics.push(found);
    }
    loads
}

/// The place in the source that a place in the file comes from: in the prompt, the text that was
/// copied; in a field, the field with the same meaning; otherwise, the front matter.
fn origin(
    source: &Source<'_>,
    to: &'static Host,
    file: &HostFile,
    expanded: &Expanded,
    span: Span,
) -> (alloc::string::String, Span) {
    let prompt = file.text.rfind(&*expanded.text).filter(|_| !expanded.text.is_empty());
    if let Some(at) = prompt.filter(|at| *at <= span.start) {
        let offset = span.start - at;
        let inside = |segment: &&crate::template::Segment| segment.out.contains(offset);
        if let Some(segment) = expanded.segments.iter().find(inside) {
            let path = expanded.files.get(segment.file as usize).cloned().unwrap_or_default();
            return (path, segment.source);
        }
    }
    let written = Role::without_outline(&file.text, &file.path);
    let field = written.fields().iter().find(|field| field.lines.contains(span.start));
    let role = field.and_then(|field| to.field(&field.name)).map(|fact| fact.role);
    let own = role
        .filter(|role| *role != FieldRole::Other)
        .and_then(|role| source.from.field_for(role))
        .and_then(|fact| source.role.field(fact.name));
    let front_matter = source.role.fields().first().map(|field| field.name_span);
    let place = own.map(|field| field.value.span).or(front_matter);
    let place = place.unwrap_or(Span::at(source.role.body.start));
    (source.input.path.to_string(), source.place(place))
}
