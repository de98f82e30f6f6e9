//! Converts the tools of a role to another host. Permissions never widen unless allowed: what
//! cannot be expressed as narrowly is left out, which is a loss.

use super::convert::Convert;
use super::value::Item;
use crate::diagnostic::Severity;
use crate::host::{Capability, Field, FieldRole, FieldType, Host, Split, Tool, ToolStatus};
use crate::text::Span;
use crate::tools::{self, Grant, ToolEntry, ToolList};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl Convert<'_> {
    /// Writes the tools.
    pub(super) fn tools(&mut self) {
        let lists = tools::read(self.role, self.from);
        let of = |grant| lists.iter().find(move |list: &&ToolList<'_>| list.grant == grant);
        let denied = of(Grant::Denied);
        let has_denied = self.usable(FieldRole::DeniedTools).is_some();
        if let Some(list) = of(Grant::Allowed) {
            let takes = if has_denied { None } else { denied };
            self.allowed(list, takes);
        }
        if let Some(list) = denied {
            self.denied(list, of(Grant::Allowed).is_some());
        }
        if let Some(list) = of(Grant::Approved) {
            self.approved(list);
        }
        if let Some(field) = self.usable(FieldRole::Tools).filter(|field| field.required) {
            self.needed(field);
        }
    }

    /// Names every tool where the host requires a list and the role has none.
    fn needed(&mut self, field: &'static Field) {
        if self.has(field.name) {
            return;
        }
        let current = self.to.tools.list.iter().filter(|tool| tool.status == ToolStatus::Current);
        let names: Vec<String> = current.map(|tool| tool.name.to_string()).collect();
        let message =
            format!("{} requires `{}`; every tool was listed.", self.to.product, field.name);
        self.lose(Severity::Info, Span::at(self.role.body.start), message);
        self.write_tools(field, &names);
    }

    fn allowed(&mut self, list: &ToolList<'_>, denied: Option<&ToolList<'_>>) {
        let everything = |entry: &ToolEntry<'_>| self.from.tools.all == Some(&*entry.text);
        if list.entries.iter().any(everything) && denied.is_none() {
            return;
        }
        let kept = list.entries.iter().filter(|e| !denied.is_some_and(|d| d.names(e.name())));
        let kept: Vec<&ToolEntry<'_>> = kept.collect();
        match self.usable(FieldRole::Tools).filter(|field| limits(self.to, field)) {
            Some(field) => {
                let names = self.translated(&kept);
                if names.is_empty() {
                    self.lose(
                        Severity::Error,
                        list.field.name_span,
                        format!(
                            "None of these tools exists in {}; the role has no tools.",
                            self.to.product
                        ),
                    );
                }
                self.write_tools(field, &names);
            }
            None => {
                let changes = kept.iter().any(|entry| {
                    self.tool(entry)
                        .is_none_or(|tool| tool.changes_files() || tool.can(Capability::Execute))
                });
                self.without_list(list, changes);
            }
        }
    }

    /// The host has no list of tools: what comes nearest is a role that may only read.
    fn without_list(&mut self, list: &ToolList<'_>, changes: bool) {
        let read_only =
            self.usable(FieldRole::ReadOnly).map(|field| (field, Item::Plain("true".into())));
        let sandbox =
            self.usable(FieldRole::Sandbox).map(|field| (field, Item::Text("read-only".into())));
        let switch = read_only.or(sandbox);
        let product = self.to.product;
        match switch {
            Some((field, value)) if !changes || !self.allow_widening => {
                if changes {
                    self.lose(
                        Severity::Error,
                        list.field.name_span,
                        format!(
                            "{product} cannot limit a role to these tools; the role was made read-only."
                        ),
                    );
                }
                self.put(field.name, value);
            }
            _ => self.widened(list, format!("{product} cannot limit a role to these tools")),
        }
    }

    fn denied(&mut self, list: &ToolList<'_>, limited: bool) {
        if let Some(field) = self.usable(FieldRole::DeniedTools) {
            let entries: Vec<&ToolEntry<'_>> = list.entries.iter().collect();
            let names = self.translated_for(&entries, true);
            return self.write_tools(field, &names);
        }
        match self.usable(FieldRole::Tools).filter(|field| limits(self.to, field)) {
            _ if limited => {}
            Some(field) => {
                let taken: Vec<&Tool> =
                    list.entries.iter().filter_map(|entry| self.tool(entry)).collect();
                let to = self.to;
                let left = to.tools.list.iter().filter(|tool| {
                    let same = |other: &&Tool| {
                        other.name == tool.name || tool.capabilities.iter().any(|c| other.can(*c))
                    };
                    tool.status == ToolStatus::Current
                        && to.unavailable(tool.name).is_none()
                        && !taken.iter().any(same)
                });
                let names: Vec<String> = left.map(|tool| tool.name.to_string()).collect();
                self.lose(
                    Severity::Info,
                    list.field.name_span,
                    format!(
                        "{} cannot deny tools; all other tools were listed instead.",
                        to.product
                    ),
                );
                self.write_tools(field, &names);
            }
            None => {
                let what = format!("{} cannot deny these tools", self.to.product);
                self.widened(list, what);
            }
        }
    }

    fn approved(&mut self, list: &ToolList<'_>) {
        match self.usable(FieldRole::ApprovedTools) {
            Some(field) => {
                let entries: Vec<&ToolEntry<'_>> = list.entries.iter().collect();
                let names = self.translated(&entries);
                self.write_tools(field, &names);
            }
            None => self.lose(
                Severity::Info,
                list.field.name_span,
                format!(
                    "{} cannot approve tools in advance; it asks for approval instead.",
                    self.to.product
                ),
            ),
        }
    }

    /// Says that the role would get more than it had.
    fn widened(&mut self, list: &ToolList<'_>, what: String) {
        // A host that runs nothing by itself grants nothing either.
        let grants = self.to.tools.omitted.is_some();
        let severity = match grants && !self.allow_widening {
            true => Severity::Error,
            false => Severity::Warning,
        };
        self.lose(severity, list.field.name_span, format!("{what}; the limit was omitted."));
    }

    fn translated(&mut self, entries: &[&ToolEntry<'_>]) -> Vec<String> {
        self.translated_for(entries, false)
    }

    /// The names that the other host uses; `taken` says that they are taken away and not granted.
    fn translated_for(&mut self, entries: &[&ToolEntry<'_>], taken: bool) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for entry in entries {
            if let Some(name) = self.translate(entry, taken)
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        names
    }

    fn translate(&mut self, entry: &ToolEntry<'_>, taken: bool) -> Option<String> {
        let (name, product) = (entry.name(), self.to.product);
        if self.from.product == self.to.product && self.to.tool(name).is_some() {
            return Some(entry.text.to_string());
        }
        if let Some(found) = self.from.split_server_tool(name) {
            let written = self.to.server_tool(found.server, found.tool);
            if written.is_none() {
                self.drop_tool(
                    entry,
                    format!("{product} has no way to list `{name}`; it was omitted."),
                );
            }
            return written;
        }
        let counterpart = self.tool(entry).and_then(|tool| self.to.counterpart(tool));
        let Some(tool) = counterpart.or_else(|| self.to.tool(name)) else {
            self.drop_tool(
                entry,
                format!("{product} has no equivalent of `{name}`; it was omitted."),
            );
            return None;
        };
        // Taking away more than was asked for is narrower; granting more is not.
        if entry.specifier().is_some() && !taken {
            let text = &entry.text;
            if !self.allow_widening {
                let message = format!(
                    "{product} cannot restrict `{}` as in `{text}`; it was omitted.",
                    tool.name
                );
                self.lose(Severity::Error, entry.whole, message);
                return None;
            }
            let message = format!(
                "{product} cannot restrict `{}` as in `{text}`; it was granted without restrictions.",
                tool.name
            );
            self.lose(Severity::Warning, entry.whole, message);
        }
        Some(tool.name.to_string())
    }

    fn drop_tool(&mut self, entry: &ToolEntry<'_>, message: String) {
        self.lose(Severity::Warning, entry.whole, message);
    }

    /// What the own host knows of an entry, under its present name.
    fn tool(&self, entry: &ToolEntry<'_>) -> Option<&'static Tool> {
        let tool = self.from.tool_ignoring_case(entry.name())?;
        match tool.status {
            ToolStatus::Alias(name)
            | ToolStatus::Legacy(name)
            | ToolStatus::Removed(Some(name)) => self.from.tool(name).or(Some(tool)),
            _ => Some(tool),
        }
    }

    fn write_tools(&mut self, field: &'static Field, names: &[String]) {
        let item = match (field.types.first(), field.split) {
            (Some(FieldType::Text), Split::Spaces | Split::CommasOrSpaces) => {
                Item::Text(names.join(" "))
            }
            (Some(FieldType::Text), _) if !names.is_empty() => Item::Text(names.join(", ")),
            (Some(FieldType::BoolMap), _) => {
                let all =
                    self.to.tools.list.iter().filter(|tool| tool.status == ToolStatus::Current);
                let switch = |tool: &Tool| {
                    let granted = names.iter().any(|name| name == tool.name);
                    (tool.name.to_string(), Item::Plain(granted.to_string()))
                };
                Item::Map(all.map(switch).collect())
            }
            _ => Item::texts(names),
        };
        self.put(field.name, item);
    }
}

/// Whether naming tools in a field takes the others away.
fn limits(host: &Host, field: &Field) -> bool {
    host.tools.restricts || field.types.first() == Some(&FieldType::BoolMap)
}
