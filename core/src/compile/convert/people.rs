//! Converts who may start a role: only a person, or also a model.

use super::Convert;
use crate::compile::applies::is_rule;
use crate::compile::value::Item;
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, FieldRole, FieldStatus, FieldType, Host, Kind};
use crate::permissions;
use crate::text::Span;
use alloc::borrow::ToOwned;
use alloc::format;

/// Whether a field of this host says that only a person can start the role.
fn says_so(host: &Host, field: &Field<'_>) -> bool {
    let Some(fact) = host.field(&field.name) else { return false };
    let word = match permissions::word(field) {
        Some("1") if fact.takes(FieldType::Integer) => Some("true"),
        word => word,
    };
    fact.by_people.is_some()
        && fact.by_people == word
        && !matches!(fact.status, FieldStatus::Ignored(_))
}

impl<'c> Convert<'c> {
    /// The place where a role says that only a person can start it.
    pub(in crate::compile) fn by_people(&self) -> Option<Span> {
        let (field, value) = match self.set_by_place() {
            Some(set) => set,
            None => {
                let said = self.role.fields().iter().find(|field| says_so(self.from, field));
                return said.map(|field| field.name_span);
            }
        };
        let fact = self.from.field(field);
        fact.is_some_and(|fact| fact.by_people == Some(value)).then(|| self.start())
    }

    /// The field that the place of the file sets, whatever the file says, and its value.
    pub(super) fn set_by_place(&self) -> Option<(&'static str, &'static str)> {
        let mut places = self.from.deprecated.iter().filter(|place| place.sets.is_some());
        places.find(|place| host::path_matches(place.location, self.role.path))?.sets
    }

    /// Whether a field says that only a person can start the role, and the other host can be told so.
    pub(super) fn people(&mut self, fact: &host::Field, field: &Field<'_>) -> bool {
        if !says_so(self.from, field) {
            return false;
        }
        // A rule says when it applies, and a command that no model can start needs no field.
        let is_said = is_rule(self.to) && !is_rule(self.from)
            || self.to.kind == Kind::Prompt && !self.to.routed;
        let fits = |target| self.fits(fact, target, field);
        if self.counterpart(fact).is_some_and(fits) {
            return false;
        }
        self.put_by_people() || is_said
    }

    /// Writes that only a person can start the role; returns whether the other host can be told so.
    fn put_by_people(&mut self) -> bool {
        let can = |field: &&host::Field| {
            field.by_people.is_some() && field.status == FieldStatus::Current
        };
        let Some(target) = self.to.fields.iter().find(can) else { return false };
        let value = target.by_people.unwrap_or("").to_owned();
        let is_bool = target.takes(FieldType::Bool);
        self.put(target.name, if is_bool { Item::Plain(value) } else { Item::Text(value) });
        true
    }

    /// Writes what the place of the file says.
    pub(super) fn place(&mut self) {
        let Some((name, value)) = self.set_by_place() else { return };
        let role = self.from.field(name).map_or(FieldRole::Other, |fact| fact.role);
        if let Some(target) = self.usable(role) {
            return self.put(target.name, Item::Text(value.to_owned()));
        }
        if self.put_by_people() || is_rule(self.to) {
            return;
        }
        let message = format!(
            "{} cannot express `{name}: {value}`, which the folder of the file implies; it was omitted.",
            self.subject()
        );
        self.lose(Severity::Info, self.start(), message);
    }
}
