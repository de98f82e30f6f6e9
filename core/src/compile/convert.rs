//! Converts the front matter of a role for another host: fields with the same meaning carry over; the
//! rest is a loss.

use super::Loss;
use super::file::address;
use super::own_front_matter::OWN_FIELDS;
use super::value::Item;
use crate::diagnostic::Severity;
use crate::front_matter::{Field, sounds_like_limit};
use crate::host::{self, FieldRole, FieldStatus, FieldType, HOSTS, Host, Presence, Syntax, Yaml};
use crate::permissions::Outcome;
use crate::role::Role;
use crate::text::Span;
use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod lost;
mod model;
mod people;
mod related;

/// A conversion of front matter from one host to another.
pub(super) struct Convert<'c> {
    pub role: &'c Role<'c>,
    pub from: &'static Host,
    pub to: &'static Host,
    pub allow_widening: bool,
    pub losses: &'c mut Vec<Loss>,
    items: Vec<(String, Item)>,
    /// Whether the role is turned off, and the other host cannot be told so.
    wakes: bool,
}

/// Whether a field is empty: it has no value, or an empty list or map.
fn is_void(field: &Field<'_>) -> bool {
    let value = &field.value;
    value.is_null()
        || value.entries().is_some_and(<[_]>::is_empty)
        || value.items().is_some_and(<[_]>::is_empty)
}

/// Whether fields with this role set permissions.
fn is_limit(role: FieldRole) -> bool {
    matches!(
        role,
        FieldRole::Tools
            | FieldRole::DeniedTools
            | FieldRole::Permissions
            | FieldRole::PermissionMode
            | FieldRole::ReadOnly
            | FieldRole::AllowedServers
            | FieldRole::Sandbox
    )
}

/// Whether the name of an unread field suggests that the field was meant to limit the role.
fn may_limit(name: &str) -> bool {
    name.to_ascii_lowercase().contains("tool") || sounds_like_limit(name)
}

/// Whether the host includes such files in every conversation instead of choosing them by
/// description.
pub(super) fn is_always_read(host: &Host) -> bool {
    host.front_matter.presence == Presence::None && !host.routed && !host.locations.is_empty()
}

/// One file of a host, at the start of a sentence or inside it: "a Claude Code command". Where the
/// title names several things or a single file, the product.
pub(super) fn singular(host: &Host, starts: bool) -> String {
    let title = host.title;
    let is_plural = ["instructions", "tasks", "agents"].iter().any(|word| title.contains(word));
    let article = match title.starts_with(['A', 'E', 'I', 'O', 'U']) {
        _ if is_plural || title.ends_with(".md") => return host.product.to_owned(),
        true if starts => "An",
        true => "an",
        false if starts => "A",
        false => "a",
    };
    format!("{article} {title}")
}

impl<'c> Convert<'c> {
    pub(super) fn new(
        role: &'c Role<'c>,
        from: &'static Host,
        to: &'static Host,
        allow_widening: bool,
        losses: &'c mut Vec<Loss>,
    ) -> Self {
        Self { role, from, to, allow_widening, losses, items: Vec::new(), wakes: false }
    }

    /// The fields for the other host, in its order, and the effect on the permissions.
    pub(super) fn fields(mut self, id: &str) -> (Vec<(String, Item)>, Outcome) {
        self.name(id);
        let role = self.role;
        let mut seen: Vec<&str> = Vec::new();
        for field in role.fields() {
            let own = OWN_FIELDS.contains(&&*field.name) || seen.contains(&&*field.name);
            if !own && !is_void(field) {
                self.field(field);
            }
            seen.push(&field.name);
        }
        self.place();
        self.applies();
        let outcome = self.tools();
        // A role that is turned off may do nothing.
        let outcome = match (self.wakes, self.to.tools.carries) {
            (true, true) => Outcome::Widened,
            (true, false) => outcome.max(Outcome::NotApplicable),
            (false, _) => outcome,
        };
        let order = |name: &str| self.to.fields.iter().position(|field| field.name == name);
        let mut items = self.items;
        items.sort_by_key(|(name, _)| order(name));
        (items, outcome)
    }

    fn name(&mut self, id: &str) {
        let named = self.usable(FieldRole::Name);
        if let Some(field) = named {
            self.put(field.name, Item::Text(id.to_owned()));
        }
        let text_of = |role| self.role.field(self.from.field_for(role)?.name)?.value.as_str();
        let shown = text_of(FieldRole::DisplayName).or_else(|| text_of(FieldRole::Name));
        // If the file name identifies the role, the name is still displayed.
        if let Some(field) = self.usable(FieldRole::DisplayName)
            && (field.required || named.is_none())
            && let Some(name) = shown.or(field.required.then_some(id))
        {
            self.put(field.name, Item::Text(name.to_owned()));
        }
    }

    fn field(&mut self, field: &Field<'_>) {
        let exact = self.from.field(&field.name);
        let fact = exact.or_else(|| self.from.field_like(&field.name));
        let meant_as_limit =
            fact.map_or_else(|| may_limit(&field.name), |fact| is_limit(fact.role));
        let ignored = fact.is_some_and(|fact| matches!(fact.status, FieldStatus::Ignored(_)));
        if exact.is_none() && fact.is_none_or(|fact| is_limit(fact.role)) || ignored {
            return self.unread(field, meant_as_limit, ignored);
        }
        let Some(fact) = fact else { return };
        match fact.role {
            _ if self.set_by_place().is_some_and(|(name, _)| name == fact.name) => {}
            _ if self.people(fact, field) => {}
            FieldRole::Prompt if address(self.role, self.from, self.to, "").is_some() => {}
            FieldRole::Prompt if field.value.as_str().is_some_and(|t| t.starts_with("file://")) => {
                let message = String::from("The prompt is in another file; it was not copied.");
                self.lose(Severity::Warning, field.value.span, message);
            }
            FieldRole::Name if self.is_nameless() => self.lost(field, fact),
            FieldRole::Name
            | FieldRole::Tools
            | FieldRole::ApprovedTools
            | FieldRole::DeniedTools
            | FieldRole::Permissions
            | FieldRole::ReadOnly
            | FieldRole::AllowedServers
            | FieldRole::Prompt => {}
            _ if self.is_about_use(fact) => {}
            // It is a part of the prompt.
            _ if self.from.layout.prompts.contains(&fact.name) => {}
            FieldRole::WhenToUse if self.describes(field) => {}
            FieldRole::Model => self.model(field, fact),
            _ if let Some(other) = self.overruling(fact) => {
                let message = format!(
                    "`{}` takes precedence over `{}`, which was omitted.",
                    other, field.name
                );
                self.lose(Severity::Info, field.name_span, message);
            }
            FieldRole::ToolSettings if self.related() => {
                match self.usable(fact.role).zip(self.settings(field)) {
                    Some((target, settings)) => self.put(target.name, settings),
                    None => self.lost(field, fact),
                }
            }
            _ => match self.counterpart(fact) {
                Some(target) if self.fits(fact, target, field) => {
                    self.put(target.name, Item::of(&field.value));
                    self.length(target, field);
                    self.one_line(target, field);
                }
                _ => self.lost(field, fact),
            },
        }
    }

    /// Another field of the role with the same meaning, which its host reads instead of this one.
    fn overruling(&self, fact: &host::Field) -> Option<&'static str> {
        let is_current = |field: &host::Field| field.status == FieldStatus::Current;
        let overrules = |other: &&host::Field| {
            other.role == fact.role
                && fact.role != FieldRole::Other
                && (other.fallbacks.contains(&fact.name) || is_current(other) && !is_current(fact))
                && self.role.field(other.name).is_some_and(|field| !is_void(field))
        };
        self.from.fields.iter().find(overrules).map(|field| field.name)
    }

    /// Whether files of the other host carry no name: every such file has the same name.
    fn is_nameless(&self) -> bool {
        let is_fixed = self.to.locations.first().is_some_and(|place| !place.contains('*'));
        is_fixed && self.to.field_for(FieldRole::Name).is_none() && self.to.layout.paths.is_empty()
    }

    /// Whether the text about when to use the role became its description, because it had none.
    fn describes(&mut self, field: &Field<'_>) -> bool {
        let target = self.usable(FieldRole::Description);
        let own = self.from.field_for(FieldRole::Description);
        let described = own.and_then(|own| self.role.field(own.name)).is_some();
        let Some(target) = target.filter(|_| !described) else { return false };
        self.put(target.name, Item::of(&field.value));
        self.length(target, field);
        true
    }

    /// Reports a value that is longer than the other host accepts.
    fn length(&mut self, target: &host::Field, field: &Field<'_>) {
        let length = field.value.as_str().map_or(0, |text| text.chars().count());
        let max = usize::from(target.max_chars);
        if max > 0 && length > max {
            let message = format!(
                "`{}` is {length} characters long; {} allows {max}.",
                target.name, self.to.product
            );
            self.lose(Severity::Warning, field.value.span, message);
        }
    }

    /// Reports that line breaks became spaces, because the other host reads line by line.
    fn one_line(&mut self, target: &host::Field, field: &Field<'_>) {
        let is_one = self.to.front_matter.yaml == Yaml::Lines && self.to.syntax == Syntax::Markdown;
        if is_one && field.value.as_str().is_some_and(|text| text.trim().contains('\n')) {
            let message = format!(
                "{} requires `{}` to be on one line; its line breaks became spaces.",
                self.to.product, target.name
            );
            self.lose(Severity::Info, field.value.span, message);
        }
    }

    /// Whether a value means the same in the other host's field.
    fn fits(&self, fact: &host::Field, target: &host::Field, field: &Field<'_>) -> bool {
        let related = match fact.role {
            // Editors ignore the servers in a file that they share with other products.
            FieldRole::McpServers => self.related(),
            // Commands that run where the other host reads the file itself are not new there.
            FieldRole::Hooks => {
                let reads = |place: &str| host::path_matches(place, self.role.path);
                self.from.product == self.to.product
                    || self.shares() && self.to.locations.iter().any(|place| reads(place))
            }
            _ => self.shares(),
        };
        let value = &field.value;
        let shape = match Item::of(value) {
            Item::Text(_) => target.takes(FieldType::Text),
            Item::Plain(_) if value.as_bool().is_some() => target.takes(FieldType::Bool),
            Item::Plain(_) => target.takes(FieldType::Integer) || target.takes(FieldType::Number),
            Item::List(_) => target.takes(FieldType::Texts) || target.takes(FieldType::List),
            Item::Map(_) => target.takes(FieldType::Map) || target.takes(FieldType::TextMap),
        };
        let is_mode = fact.role == FieldRole::PermissionMode && !related;
        let known = value.as_str().is_none_or(|text| {
            if is_mode {
                // Each product has words of its own.
                let lists = [target.values, target.read_only, target.unlimited];
                return lists.iter().any(|list| list.contains(&text));
            }
            let shaped = target.pattern.is_none_or(|pattern| pattern.matches(text));
            target.values.contains(&text) || !target.closed && shaped
        });
        // Each host has its own notation or unit for these fields.
        let own_way = matches!(
            fact.role,
            FieldRole::Hooks
                | FieldRole::McpServers
                | FieldRole::ToolSettings
                | FieldRole::ToolAliases
                | FieldRole::Timeout
                | FieldRole::Handoffs
                | FieldRole::Target
                | FieldRole::Other
        );
        // A field with a single agent names the agent that runs the file; a list limits the agents
        // that the role may start. An agent built into one product does not exist in another.
        let is_one = |fact: &host::Field| fact.types == [FieldType::Text];
        let own = value.as_str().is_some_and(|text| fact.read_only.contains(&text));
        let same =
            fact.role != FieldRole::Agents || is_one(fact) == is_one(target) && (related || !own);
        let starts = value.items().unwrap_or_default().iter().all(|item| {
            let text = item.as_str().unwrap_or("");
            target.starts.is_empty() || target.starts.iter().any(|start| text.starts_with(start))
        });
        shape && known && same && starts && (related || !own_way)
    }

    /// What cannot express something: the product, or the kind of file if it is not the first of the
    /// product.
    pub(super) fn subject(&self) -> Cow<'static, str> {
        let Host { id, product, title, .. } = *self.to;
        let first = HOSTS.iter().find(|host| host.product == product);
        let named = singular(self.to, true);
        match first.is_none_or(|first| first.id == id) {
            true => Cow::from(product),
            false if named == product => Cow::from(title),
            false => named.into(),
        }
    }

    /// The other host's field with the same meaning. Between hosts that read the same files, a field
    /// with a product-specific meaning corresponds to the field of the same name.
    pub(super) fn counterpart(&self, fact: &host::Field) -> Option<&'static host::Field> {
        let is_same = |field: &&host::Field| {
            let is_retired =
                |field: &host::Field| matches!(field.status, FieldStatus::Deprecated(_));
            let is_read =
                field.status == FieldStatus::Current || is_retired(field) && is_retired(fact);
            field.role == FieldRole::Other && is_read
        };
        match fact.role {
            FieldRole::Other if self.shares() => self.to.field(fact.name).filter(is_same),
            role => self.usable(role),
        }
    }

    /// The other host's field with this role, if the host respects it.
    pub(super) fn usable(&self, role: FieldRole) -> Option<&'static host::Field> {
        self.to.current_field(role).filter(|_| role != FieldRole::Other)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.items.iter().any(|(known, _)| known == name)
    }

    pub(super) fn drop(&mut self, name: &str) {
        self.items.retain(|(known, _)| known != name);
    }

    pub(super) fn put(&mut self, name: &str, item: Item) {
        if !self.has(name) {
            self.items.push((name.to_string(), item));
        }
    }

    pub(super) fn lose(&mut self, severity: Severity, span: Span, message: String) {
        let path = self.role.path.to_owned();
        self.losses.push(Loss { severity, path, span, message: message.into() });
    }
}
