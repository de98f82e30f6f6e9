//! Explains the item at an offset: a directive, a tool, a field or its value, or the rule that a
//! comment suppresses.

use crate::complete::{directive_text, suppressed_name};
use crate::cursor::{self, Cursor};
use crate::document::Document;
use crate::facts::{about_field, about_tool};
use crate::parts::Part;
use crate::{complete, outline};
use rolewright_core::host::{FieldRole, Host};
use rolewright_core::role::Syntax;
use rolewright_core::template::{self, DirectiveKind};
use rolewright_core::{Role, Span};
use rolewright_wire::Hover;

/// A Markdown explanation of the thing at `offset`; `None` if there is nothing to explain.
pub fn hover(document: &Document<'_>, offset: u32) -> Option<Hover> {
    let places = document.places();
    let at = places.byte(document.path, offset);
    let in_part = document.at_part(at, |part, at| {
        let role = &part.role;
        let (span, text) = directive(document, part, at)
            .or_else(|| tool(role, part.host, at))
            .or_else(|| field(role, part.host, at))
            .or_else(|| value(role, part.host, at))
            .or_else(|| rule(role.text, at))?;
        Some((part.place(span), text))
    });
    let (span, text) = in_part.or_else(|| key(document, at))?;
    Some(Hover { range: places.range(document.path, span), text })
}

fn directive(document: &Document<'_>, part: &Part<'_>, at: usize) -> Option<(Span, String)> {
    let found = template::directives(&part.role, document.options);
    let directive = found.into_iter().find(|directive| directive.span.contains(at))?;
    let text = match directive.kind {
        DirectiveKind::Include { path, .. } => include_text(document, &part.role, path),
        DirectiveKind::Variable { name, upper, in_code, .. } => {
            let expanded = part.expanded();
            let known = expanded.variables.iter().find(|variable| variable.name == name);
            let live = document.values.get(name).is_some()
                || known.is_some_and(|variable| variable.declared.is_some());
            if !live && (!upper || in_code) {
                return None;
            }
            let about = known.map(|variable| directive_text(variable, document));
            let about = about.filter(|text| !text.is_empty());
            let about = about.unwrap_or_else(|| String::from("It has no value yet."));
            format!("`{name}` is a variable of this template.\n\n{about}")
        }
    };
    Some((directive.span, text))
}

fn include_text(document: &Document<'_>, role: &Role<'_>, path: &str) -> String {
    let options = document.options;
    match template::resolve(role, path, document.files, options) {
        Ok(Some(target)) => {
            let lines = document.files.text(&target).map_or(0, |text| text.lines().count());
            let noun = if lines == 1 { "line" } else { "lines" };
            format!("Inserts `{target}` ({lines} {noun}).")
        }
        Ok(None) if document.files.is_known() => {
            format!("Inserts `{path}`, which does not exist.")
        }
        Ok(None) => format!("Inserts `{path}`."),
        Err(_) => format!("`{path}` is not allowed as an include path."),
    }
}

fn tool(role: &Role<'_>, host: &'static Host, at: usize) -> Option<(Span, String)> {
    let lists = rolewright_core::tools::read(role, host);
    let entry =
        lists.iter().flat_map(|list| &list.entries).find(|e| e.exact && e.span.contains(at))?;
    Some((entry.span, about_tool(host, entry.name())))
}

fn field(role: &Role<'_>, host: &Host, at: usize) -> Option<(Span, String)> {
    let field = role.fields().iter().find(|field| field.name_span.contains(at))?;
    let quotes = usize::from(field.name_span.of(role.text).starts_with(['"', '\'']));
    let name = Span::new(field.name_span.start + quotes, field.name_span.end - quotes);
    Some((name, about_field(host, &field.name)))
}

/// A key that is not parsed as a field yet; the lines or tokens around it determine its identity.
fn key(document: &Document<'_>, at: usize) -> Option<(Span, String)> {
    let text = document.text;
    let (region, syntax, host) = complete::region(document, at)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let start = text.get(..at)?.trim_end_matches(is_name).len();
    let end = at + text.get(at..)?.find(|c| !is_name(c)).unwrap_or(text.len() - at);
    let name = Span::new(start, end);
    let after = text.get(end..)?.trim_start_matches(['"', '\'', ' ']);
    let is_key = !name.is_empty() && after.starts_with([':', '=']);
    let Cursor::Key { parents, .. } = cursor::at(text, region, start, syntax)? else { return None };
    let file = Syntax::of_path(document.path);
    let known = is_key && outline::holds_role_fields(host, file, &parents);
    known.then(|| (name, about_field(host, name.of(text))))
}

fn value(role: &Role<'_>, host: &Host, at: usize) -> Option<(Span, String)> {
    let field = role.fields().iter().find(|field| field.value.span.contains(at))?;
    let known = host.field(&field.name)?;
    let written = field.value.as_str()?;
    let text = if known.values.contains(&written) {
        format!("`{written}` is a valid value of `{}` in {}.", known.name, host.product)
    } else if known.role == FieldRole::Model && host.models.aliases.contains(&written) {
        format!("`{written}` is a model alias in {}.", host.product)
    } else {
        return None;
    };
    Some((field.value.span, text))
}

fn rule(text: &str, at: usize) -> Option<(Span, String)> {
    let span = suppressed_name(text, at).filter(|span| !span.is_empty())?;
    let name = span.of(text);
    let rule = rolewright_core::rules::RULES.iter().find(|rule| rule.name == name);
    let told = match rule {
        Some(rule) => {
            let told = format!("**{name}**: {}\n\n{}", rule.severity.name(), rule.summary);
            // Without the feature `docs`, only the rule's page gives the reason.
            if rule.why.is_empty() { told } else { format!("{told}\n\n{}", rule.why) }
        }
        None => format!("Unknown rule `{name}`."),
    };
    Some((span, told))
}
