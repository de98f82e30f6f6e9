//! Converts the list of tools that a role may use without confirmation.

use crate::compile::convert::Convert;
use crate::diagnostic::Severity;
use crate::host::{self, Field, FieldRole, FieldStatus, HOSTS, Host};
use crate::permissions::{self, Named, Permissions};
use crate::role::Syntax;
use crate::tools::{ToolEntry, ToolList};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl Convert<'_> {
    pub(super) fn approved(&mut self, list: &ToolList<'_>) {
        let (from, to) = (self.from, self.to);
        if !self.has_effect(&list.field.name) {
            let name = &list.field.name;
            let message =
                format!("{} ignores `{name}` in this file; it was omitted.", from.product);
            return self.lose(Severity::Info, list.field.name_span, message);
        }
        let Some(field) = to.current_field(FieldRole::ApprovedTools) else {
            let message = format!(
                "{} cannot approve tools in advance; it asks for approval instead.",
                to.product
            );
            return self.lose(Severity::Info, list.field.name_span, message);
        };
        let same = core::ptr::eq(from.tools.list, to.tools.list);
        if same && from.product == to.product {
            let names: Vec<String> = list.entries.iter().map(|one| one.text.to_string()).collect();
            return self.write_tools(field, &names);
        }
        // Hardly any product approves every tool at once.
        let is_all = |entry: &ToolEntry<'_>| {
            let name = entry.name();
            Named::of(from, name) == Named::All || from.tools.all_built_in == Some(name)
        };
        let named = |entry: &ToolEntry<'_>| match is_all(entry) {
            true => Named::Nothing,
            false => Named::of(from, entry.name()),
        };
        let is_kept = |entry: &ToolEntry<'_>| same && !is_all(entry) && entry.specifier().is_some();
        let mut approved = Permissions::none();
        for entry in list.entries.iter().filter(|entry| !is_kept(entry)) {
            approved.grant(&named(entry), entry.specifier().is_some());
        }
        let mut names = permissions::names(&approved, to);
        for entry in &list.entries {
            if is_kept(entry) {
                names.push(entry.text.to_string());
                continue;
            }
            let mut one = Permissions::none();
            one.grant(&named(entry), entry.specifier().is_some());
            let own = permissions::names(&one, to);
            if own.is_empty() || own.iter().any(|name| !names.contains(name)) {
                let message = format!(
                    "{} cannot approve `{}` in advance; it asks for approval instead.",
                    to.product, entry.text
                );
                self.lose(Severity::Info, entry.whole, message);
            }
        }
        if !names.is_empty() {
            self.write_tools(field, &names);
        }
    }

    /// Whether a field that only another version of the host reads is in a file of that version.
    fn has_effect(&self, name: &str) -> bool {
        let (from, path) = (self.from, self.role.path);
        let is_foreign = |fact: &Field| matches!(fact.status, FieldStatus::Extension(_));
        let reads = |host: &&'static Host| {
            host.variant_of == Some(from.id)
                && host.field(name).is_some_and(|fact| fact.status == FieldStatus::Current)
        };
        let is_in = |host: &Host| host.locations.iter().any(|at| host::path_matches(at, path));
        let is_markdown = Syntax::of_path(path) == Syntax::Markdown;
        let finds = |host: &Host| match is_in(from) {
            true => is_in(host),
            false => is_markdown == (host.syntax == host::Syntax::Markdown),
        };
        let mut readers = HOSTS.iter().filter(reads).peekable();
        !from.field(name).is_some_and(is_foreign) || readers.peek().is_none() || readers.any(finds)
    }
}
