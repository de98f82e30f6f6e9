//! Converts when a rule applies: to every request, to matching files, where its description fits, or
//! only when it is mentioned.

use super::convert::Convert;
use super::value::Item;
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, FieldRole, FieldType, Host, Kind, When};
use crate::text::Span;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl<'c> Convert<'c> {
    /// Whether a field says when the rule applies, which is converted as a whole.
    pub(super) fn is_about_use(&self, fact: &host::Field) -> bool {
        let is_meant = matches!(fact.role, FieldRole::Globs | FieldRole::AlwaysApply)
            || self.from.applies.iter().any(|one| one.field == fact.name);
        is_meant && is_rule(self.from) && is_rule(self.to)
    }

    /// Says when the rule applies, in the other host's fields. An agent is chosen by its
    /// description, as such a rule is.
    pub(super) fn applies(&mut self) {
        if !is_rule(self.to) {
            return;
        }
        let described = self.role_field(FieldRole::Description);
        let by_people = self.by_people();
        let (when, span) = match is_rule(self.from) {
            true => {
                let (when, field) = self.when();
                (when, field.map(|field| field.name_span))
            }
            false if by_people.is_some() => (When::Mentioned, by_people),
            false if described.is_some() && self.usable(FieldRole::Description).is_some() => {
                (When::Described, described.map(|field| field.name_span))
            }
            false => return,
        };
        let patterns = self.role_field(FieldRole::Globs).map(|field| self.patterns(field));
        if !self.says(when, &patterns.unwrap_or_default()) {
            let span = span.unwrap_or(Span::at(0));
            let unlike = match when {
                When::Files => "to matching files",
                When::Described => "where its description fits",
                _ => "when it is mentioned",
            };
            let subject = self.subject();
            let message = format!("{subject} applies to every request, not only {unlike}.");
            self.lose(Severity::Warning, span, message);
        }
    }

    /// When the role's own host applies it, and the field that says so.
    fn when(&self) -> (When, Option<&'c Field<'c>>) {
        let (role, host) = (self.role, self.from);
        let globs = self.role_field(FieldRole::Globs);
        let fallback = |name: &str| host.field(name).and_then(|fact| fact.default);
        let stated = host.applies.iter().find_map(|one| {
            let field = role.field(one.field);
            let written = field.and_then(|field| field.value.as_str());
            let is_it = written.or(fallback(one.field)) == Some(one.value);
            is_it.then_some((one.when, field))
        });
        if let Some((when, field)) = stated {
            return (when, field.or(globs));
        }
        let is_everything = |field: &Field<'_>| {
            self.patterns(field).iter().any(|one| matches!(&**one, "**" | "**/*"))
        };
        let by_fields = host.applied.is_some() || host.applies.is_empty();
        match globs.filter(|_| by_fields) {
            Some(field) if is_everything(field) => (When::Always, Some(field)),
            Some(field) => (When::Files, Some(field)),
            None if host.is_always_applied(role.path) => (When::Always, None),
            None if host.applied.is_some() => match self.role_field(FieldRole::Description) {
                Some(field) => (When::Described, Some(field)),
                None => (When::Mentioned, None),
            },
            None if host.applies.is_empty() => (When::Always, None),
            None => (When::Mentioned, None),
        }
    }

    /// Writes when the rule applies, or returns `false` if the other host applies it always.
    fn says(&mut self, when: When, patterns: &[String]) -> bool {
        let to = self.to;
        let has_globs = self.usable(FieldRole::Globs);
        let entry = to.applies.iter().find(|one| one.when == when);
        match when {
            When::Files => {
                let Some(target) = has_globs.filter(|_| !patterns.is_empty()) else { return false };
                self.put(target.name, written(target, patterns));
            }
            When::Always => {}
            When::Described | When::Mentioned if entry.is_none() && to.applied.is_none() => {
                return false;
            }
            When::Mentioned if entry.is_none() => self.undescribed(),
            When::Described | When::Mentioned => {}
        }
        let Some(entry) = entry else { return true };
        let Some(fact) = to.field(entry.field) else { return true };
        if fact.default != Some(entry.value) {
            let value = entry.value.to_owned();
            let is_bool = fact.takes(FieldType::Bool);
            self.put(fact.name, if is_bool { Item::Plain(value) } else { Item::Text(value) });
        }
        true
    }

    /// Omits the description of a rule that the other host would apply because of it.
    fn undescribed(&mut self) {
        let Some(target) = self.usable(FieldRole::Description) else { return };
        let decides = |applied: &host::Applied| applied.by.contains(&target.name);
        if !self.to.applied.as_ref().is_some_and(decides) || !self.has(target.name) {
            return;
        }
        self.drop(target.name);
        let field = self.role_field(FieldRole::Description);
        let message = format!(
            "{} lets the model choose a rule by its `{}`, which was omitted.",
            self.to.product, target.name
        );
        let span = field.map_or(self.start(), |field| field.name_span);
        self.lose(Severity::Info, span, message);
    }

    /// The role's field with this meaning, if it has a value.
    fn role_field(&self, role: FieldRole) -> Option<&'c Field<'c>> {
        let fact = self.from.current_field(role)?;
        self.role.field(fact.name).filter(|field| {
            let value = &field.value;
            let is_empty = value.as_str().is_some_and(|text| text.trim().is_empty());
            let has_none = value.items().is_some_and(<[_]>::is_empty);
            field.error.is_none() && !value.is_null() && !is_empty && !has_none
        })
    }

    /// The patterns in a field.
    fn patterns(&self, field: &Field<'_>) -> Vec<String> {
        let is_one = self.from.field(&field.name).is_some_and(|fact| fact.one_pattern);
        match (field.value.items(), field.value.as_str()) {
            (Some(items), _) => {
                items.iter().filter_map(|item| item.as_str()).map(String::from).collect()
            }
            (None, Some(text)) if is_one => Vec::from([text.to_string()]),
            (None, Some(text)) => split(text),
            (None, None) => Vec::new(),
        }
    }
}

pub(super) fn is_rule(host: &Host) -> bool {
    matches!(host.kind, Kind::Rule | Kind::Context)
}

/// Patterns separated by commas; those in braces belong to a pattern.
fn split(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let parts = text.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).map(String::from).collect()
}

/// Patterns in the form that a field takes.
fn written(target: &host::Field, patterns: &[String]) -> Item {
    let takes_list = target.takes(FieldType::Texts) || target.takes(FieldType::List);
    match patterns {
        [one] if target.takes(FieldType::Text) => Item::Text(one.clone()),
        _ if takes_list => Item::texts(patterns),
        _ => Item::Text(patterns.join(",")),
    }
}
