//! Converts the name of a model: each host has its own notation for it.

use super::Convert;
use crate::compile::value::Item;
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, FieldRole, Models};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

impl Convert<'_> {
    pub(super) fn model(&mut self, field: &Field<'_>, fact: &host::Field) {
        let Some(value) = field.value.as_str() else {
            let target = self.usable(FieldRole::Model).filter(|_| self.shares());
            return match target.filter(|target| self.fits(fact, target, field)) {
                Some(target) => self.put(target.name, Item::of(&field.value)),
                None => self.lost(field, fact),
            };
        };
        let (value, options) = without_options(value);
        match self.usable(FieldRole::Model).zip(self.model_name(value)) {
            Some((target, name)) => {
                self.put(target.name, Item::Text(name));
                if !options.is_empty() {
                    let message = format!(
                        "{} has no model options; `{options}` was omitted.",
                        self.to.product
                    );
                    self.lose(Severity::Info, field.value.span, message);
                }
            }
            None if self.from.models.inherit == Some(value) => {}
            None => {
                let product = self.to.product;
                let is_alias = self.from.models.aliases.contains(&value);
                let message = match is_unknown(&self.to.models) && !is_alias {
                    true => format!(
                        "Whether {product} has a model `{value}` is unknown; its default is used."
                    ),
                    false => format!("{product} has no model `{value}`; its default is used."),
                };
                self.lose(Severity::Info, field.value.span, message);
            }
        }
    }

    /// What the other host calls a model.
    fn model_name(&self, value: &str) -> Option<String> {
        let (from, to) = (&self.from.models, &self.to.models);
        if self.shares() || to.aliases.contains(&value) {
            // Where names need a vendor in parentheses, a name without one is not found.
            let has_vendor =
                |models: &Models| models.qualified.is_some_and(|form| form.contains('('));
            let one = self.from.product == self.to.product;
            let is_same = one || value.contains(" (") == has_vendor(to);
            return is_same.then(|| value.to_owned());
        }
        let begins =
            |models: &Models, id: &str| models.prefixes.iter().any(|prefix| id.starts_with(prefix));
        let has_provider =
            |models: &Models| models.qualified.is_some_and(|form| form.contains('/'));
        if has_provider(to) {
            let provider = from.provider.filter(|_| begins(from, value));
            return match provider {
                Some(provider) => Some(format!("{provider}/{value}")),
                None => (has_provider(from) && value.contains('/')).then(|| value.to_owned()),
            };
        }
        let provided = self.from.provided(value);
        let own = provided.filter(|(host, _)| host.models.provider == to.provider);
        let name = own.map_or(value, |(_, model)| model);
        let is_id = begins(to, name) && self.to.family_of_no_id(name).is_none();
        is_id.then(|| name.to_owned())
    }
}

/// A model without its options, which some hosts read in brackets after its name, and the options.
fn without_options(value: &str) -> (&str, &str) {
    let at = value.find('[').filter(|at| value.get(*at..).is_some_and(|rest| rest.contains('=')));
    value.split_at(at.unwrap_or(value.len()))
}

/// Whether there are no facts about the models of a host.
fn is_unknown(models: &Models) -> bool {
    models.prefixes.is_empty() && models.aliases.is_empty() && models.qualified.is_none()
}
