//! Reports the permissions of a role that another host cannot express.

use crate::compile::convert::Convert;
use crate::diagnostic::Severity;
use crate::front_matter::Field as OwnField;
use crate::host::{Amount, Capability, Effect, FieldRole, HOSTS};
use crate::permissions::{
    self, CapabilitySet, Expressed, Name, Named, Obscure, Outcome, Permissions, nearest,
};
use crate::text::Span;
use crate::tools::{Grant, ToolEntry, ToolList, compatible_hosts, shown};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The most unknown names that a message lists.
const MAX_NAMED: usize = 3;

impl Convert<'_> {
    /// Reports that every tool was listed because the host requires a list and the role has none.
    pub(super) fn needed(&mut self, lists: &[ToolList<'_>], expressed: &Expressed) {
        let is_listed =
            self.from.tools.restricts && lists.iter().any(|list| list.grant == Grant::Allowed);
        let is_needed = !is_listed && self.to.tools.without_list != Amount::Unknown;
        let product = self.to.product;
        let at = Span::at(self.role.body.start);
        match (&expressed.list, self.to.current_field(FieldRole::Tools)) {
            (Some(_), Some(_)) if !is_needed => {}
            (Some(_), Some(field)) => {
                let message =
                    format!("{product} requires `{}`; every tool was listed.", field.name);
                self.lose(Severity::Info, at, message);
            }
            _ if expressed.outcome == Outcome::Narrowed => {
                let message = format!(
                    "{product} grants only listed tools, and which ones this role has is unknown; it can use none."
                );
                self.lose(Severity::Warning, at, message);
            }
            _ => {}
        }
    }

    /// Reports the effect on a role without a tool list, on a host that grants nothing without a
    /// list.
    pub(super) fn unlisted(&mut self, may: &Permissions, expressed: &Expressed) {
        let (from, to) = (self.from.product, self.to.product);
        let amount = permissions::without_list(self.role, self.from);
        let is_unknown = amount == Amount::Unknown;
        if expressed.outcome == Outcome::Widened {
            let severity = if self.allow_widening { Severity::Warning } else { Severity::Error };
            let grants = if is_unknown { "may grant" } else { "grants" };
            let message = format!(
                "Without a tool list, {from} {grants} fewer tools than {to} does: {}.",
                self.gains(may, expressed)
            );
            self.lose(severity, self.start(), message);
            return;
        }
        if expressed.outcome == Outcome::NotApplicable {
            return;
        }
        if is_unknown {
            let message = format!(
                "Whether {from} gives tools to a role that lists none is unknown; it gets none."
            );
            self.lose(Severity::Warning, self.start(), message);
        } else if amount == Amount::Nothing {
            let message =
                format!("{from} grants a role only the tools that it lists; this one has none.");
            self.lose(Severity::Info, self.start(), message);
        }
    }

    /// The start of the role, even in a file with several roles.
    pub(in crate::compile) fn start(&self) -> Span {
        let first = self.role.fields().first();
        first.map_or(Span::at(self.role.body.start), |field| field.name_span)
    }

    /// Reports the effect on the role's limits.
    pub(super) fn limits_lost(
        &mut self,
        may: &Permissions,
        expressed: &Expressed,
        lists: &[ToolList<'_>],
        first: &OwnField<'_>,
        limits: &str,
    ) {
        let product = self.to.product;
        let runs_some = !expressed.commands.is_empty();
        let part = if runs_some { may.part.without(permissions::SHELL) } else { may.part };
        let mut rest = may.whole.without(expressed.kept).or(part);
        match expressed.outcome {
            Outcome::NotApplicable => {
                let message = format!(
                    "{product} reads no permissions from this kind of file; {limits} {} omitted.",
                    if limits.matches('`').count() > 2 { "were" } else { "was" }
                );
                return self.lose(Severity::Warning, first.name_span, message);
            }
            Outcome::Widened => return self.widened(may, expressed, first.name_span, limits),
            Outcome::Exact | Outcome::Narrowed => {}
        }
        for list in lists.iter().filter(|_| self.from.tools.restricts) {
            for entry in &list.entries {
                match list.grant {
                    Grant::Allowed => self.entry(may, expressed, entry, &mut rest),
                    Grant::Denied => self.denial(may, expressed, entry, &mut rest),
                    Grant::Approved => {}
                }
            }
        }
        self.also(may, expressed, first, limits);
        let servers = may.open && !expressed.servers && expressed.outcome == Outcome::Narrowed;
        // Permissions from rules are not in any list whose entries were already reported.
        let gone_through =
            lists.iter().filter(|list| self.from.tools.restricts && list.grant == Grant::Allowed);
        let entries: Vec<Named> = gone_through
            .flat_map(|list| &list.entries)
            .map(|entry| Named::of(self.from, entry.name()))
            .collect();
        let unsaid = |name: &&Name| {
            !expressed.kept_names.iter().any(|kept| kept.covers(name))
                && !entries.contains(&Named::Tool((*name).clone()))
        };
        let names: Vec<&Name> = may.names.iter().filter(unsaid).collect();
        // Omitting a tool from a list loses nothing if the host has no such tool.
        if may.open || may.read_only {
            rest = rest.and(permissions::offered(self.to));
        }
        rest = rest.or(expressed.denied_too);
        let names: Vec<&Name> = names.into_iter().chain(&may.excepted).collect();
        let runs_fewer = runs_some && may.more_commands;
        if rest.is_empty() && !servers && names.is_empty() && !runs_fewer {
            return;
        }
        let mut what: Vec<Cow<'static, str>> = rest.words().into_iter().map(Cow::from).collect();
        if runs_fewer {
            what.push("run some of its commands".into());
        }
        if servers {
            what.push("use the tools of servers and extensions".into());
        }
        let named = |name: &Name| match (name.server.as_str(), name.tool.as_str()) {
            ("", tool) => format!("use `{tool}`"),
            (server, "") => format!("use the tools of the server `{server}`"),
            (server, tool) => format!("use `{tool}` of the server `{server}`"),
        };
        what.extend(names.into_iter().map(|name| Cow::from(named(name))));
        let what = listed(&what, "or");
        let message = format!(
            "{} cannot express {limits} exactly; the role can no longer {what}.",
            self.subject()
        );
        self.lose(Severity::Warning, first.name_span, message);
    }

    /// Says what the role can also do, because the host cannot separate it from what the role may do
    /// or gives it to every role.
    fn also(
        &mut self,
        may: &Permissions,
        expressed: &Expressed,
        first: &OwnField<'_>,
        limits: &str,
    ) {
        let own = may.whole.or(may.part).words();
        let mut what = expressed.beyond.words();
        what.retain(|word| !own.contains(word));
        const READ: CapabilitySet = CapabilitySet::of(&[Capability::Read]);
        if expressed.beyond.contains(READ) && !may.part.contains(READ) && !own.is_empty() {
            what.push("read whole files");
        }
        if !what.is_empty() {
            let what = listed(&what, "and");
            let message = format!(
                "{} cannot express {limits} exactly; the role can also {what}.",
                self.subject()
            );
            self.lose(Severity::Warning, first.name_span, message);
        }
    }

    /// Says that the role could do more than it may.
    pub(super) fn widened(
        &mut self,
        may: &Permissions,
        expressed: &Expressed,
        at: Span,
        limits: &str,
    ) {
        let severity = if self.allow_widening { Severity::Warning } else { Severity::Error };
        let what = self.gains(may, expressed);
        let message = format!("{} cannot enforce the limits of {limits}: {what}.", self.subject());
        self.lose(severity, at, message);
    }

    /// Reports the effect on one entry in a list of allowed tools.
    fn entry(
        &mut self,
        may: &Permissions,
        expressed: &Expressed,
        entry: &ToolEntry<'_>,
        rest: &mut CapabilitySet,
    ) {
        let (name, product) = (entry.name(), self.to.product);
        if permissions::is_withheld(self.role, self.from, name) {
            let message = format!(
                "{} never gives `{name}` to this kind of role; it was omitted.",
                self.from.product
            );
            return self.lose(Severity::Info, entry.whole, message);
        }
        let message = match Named::of(self.from, name) {
            // An entry for all tools is not a loss by itself; the omitted tools are reported below.
            Named::All => return,
            Named::Capabilities(_) if self.from.tools.all_built_in == Some(name) => return,
            Named::Nothing => {
                let is_gone = self.from.tool(name).is_some();
                let verb = match self.from.tools.unknown.effect {
                    _ if is_gone => "no longer has",
                    Effect::Rejected => "rejects",
                    _ => "ignores",
                };
                let message = format!("{} {verb} `{name}`; it was omitted.", self.from.product);
                return self.lose(Severity::Info, entry.whole, message);
            }
            Named::Capabilities(capabilities)
                if entry.specifier().is_some() && !may.whole.contains(capabilities) =>
            {
                *rest = rest.without(capabilities);
                let command = entry.specifier().and_then(permissions::pattern);
                if command.is_some_and(|command| expressed.commands.contains(&command)) {
                    return;
                }
                self.in_part(capabilities, entry)
            }
            Named::Capabilities(capabilities) => {
                if entry.specifier().is_some() && self.allow_widening {
                    let message = format!(
                        "{product} cannot restrict `{name}` as in `{}`; it was granted without restrictions.",
                        entry.text
                    );
                    return self.lose(Severity::Warning, entry.whole, message);
                }
                let missing = capabilities.and(may.whole).without(expressed.kept);
                if missing.is_empty() {
                    return;
                }
                *rest = rest.without(capabilities);
                match nearest(self.to, missing) {
                    Some(tool) if self.to.unavailable(tool.name).is_some() => format!(
                        "{product} never gives its `{}` to this kind of role; `{name}` was omitted.",
                        tool.name
                    ),
                    Some(tool) => format!(
                        "{product} cannot grant `{name}` alone, because its `{}` grants more; it was omitted.",
                        tool.name
                    ),
                    None => format!("{product} has no equivalent of `{name}`; it was omitted."),
                }
            }
            // The servers that another field limits it to are reported below.
            Named::Tool(named)
                if named.server == "*" && !may.open && !may.names.contains(&named) =>
            {
                return;
            }
            Named::Tool(named) => {
                let is_kept = expressed.kept_names.iter().any(|kept| kept.covers(&named));
                if is_kept || may.refused.iter().any(|refused| refused.covers(&named)) {
                    return;
                }
                let is_other = || HOSTS.iter().any(|host| host.tool(name).is_some());
                let is_own = || compatible_hosts(self.from).any(|host| host.tool(name).is_some());
                if named.server.is_empty() && !is_own() && is_other() {
                    let message =
                        format!("{} has no tool `{name}`; it was omitted.", self.from.product);
                    return self.lose(Severity::Warning, entry.whole, message);
                }
                match may.refused.iter().any(|refused| named.covers(refused)) {
                    true => format!(
                        "{product} cannot allow `{name}` without also allowing denied tools; it was omitted."
                    ),
                    false => format!("{product} has no way to list `{name}`; it was omitted."),
                }
            }
        };
        self.lose(Severity::Warning, entry.whole, message);
    }

    /// Reports the effect on an entry that denies a part of a tool.
    fn denial(
        &mut self,
        may: &Permissions,
        expressed: &Expressed,
        entry: &ToolEntry<'_>,
        rest: &mut CapabilitySet,
    ) {
        let Named::Capabilities(capabilities) = Named::denied(self.from, entry.name()) else {
            return;
        };
        let in_part = entry.specifier().is_some() && !may.part.and(capabilities).is_empty();
        if in_part && !expressed.kept.contains(capabilities) {
            *rest = rest.without(capabilities);
            let message = self.in_part(capabilities, entry);
            self.lose(Severity::Warning, entry.whole, message);
        }
    }

    /// The permissions that the role would gain, as the second half of a sentence.
    fn gains(&self, may: &Permissions, expressed: &Expressed) -> String {
        if may.unclear {
            let unknown = self.unknown_denials(may).map(|name| format!("`{}`", shown(&name.tool)));
            let unknown: Vec<String> = unknown.take(MAX_NAMED).collect();
            return match permissions::unknown_agent(self.role, self.from) {
                _ if !unknown.is_empty() => {
                    format!("Rolewright does not know {}", listed(&unknown, "and"))
                }
                Some(agent) => {
                    format!("Rolewright does not know what the agent `{}` may do", shown(agent))
                }
                None => match permissions::not_understood(self.role, self.from) {
                    Some(Obscure::Twice(name)) => {
                        format!("which of the two `{}` fields applies is unclear", shown(&name))
                    }
                    Some(Obscure::Merged) => "what `<<` adds is unknown".to_string(),
                    Some(Obscure::Rule(rule)) => {
                        format!("Rolewright cannot translate the rule `{}`", shown(&rule))
                    }
                    None if self.from.tools.list.is_empty() => {
                        format!("Rolewright does not know the tools of {}", self.from.product)
                    }
                    None => "Rolewright does not understand them".to_string(),
                },
            };
        }
        let every = Name::new("*", "");
        let has_servers = may.open || may.names.iter().any(|name| name.covers(&every));
        let mut what = expressed.gained.words();
        if what.is_empty() || !has_servers || may.refused.iter().any(|name| !name.server.is_empty())
        {
            what.push("use tools of servers");
        }
        format!("the role could {}", listed(&what, "and"))
    }

    fn in_part(&self, capabilities: CapabilitySet, entry: &ToolEntry<'_>) -> String {
        let product = self.to.product;
        match nearest(self.to, capabilities) {
            Some(tool) => format!(
                "{product} cannot restrict `{}` as in `{}`; it was omitted.",
                tool.name, entry.text
            ),
            None => format!("{product} has no equivalent of `{}`; it was omitted.", entry.name()),
        }
    }
}

/// The names of the fields, as a phrase.
pub(super) fn named(fields: &[&OwnField<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for field in fields {
        let name = format!("`{}`", field.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    listed(&names, "and")
}

/// The words separated by commas, with `conjunction` before the last.
fn listed<S: AsRef<str>>(words: &[S], conjunction: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [before @ .., last] if !before.is_empty() => {
            format!("{} {conjunction} {last}", before.join(", "))
        }
        _ => words.concat(),
    }
}
