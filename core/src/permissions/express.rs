//! Expresses a set of permissions in the fields of another host: the largest set that the host can
//! express without granting more.

use super::entry::Named;
use super::listed::{Listed, asked, current, denied_name, list, offered};
use super::{CapabilitySet, Name, Permissions};
use crate::host::{Amount, Capability, Field, FieldRole, FieldStatus, Host, Tool};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// How a role's permissions change on another host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// They are the same.
    Exact,
    /// Files of this kind carry no permissions.
    NotApplicable,
    /// The role can do less.
    Narrowed,
    /// The role could do more.
    Widened,
}

/// The effect of a permission rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Allow,
    Ask,
    Deny,
}

impl Word {
    /// As hosts write it.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Ask => "ask",
            Self::Deny => "deny",
        }
    }
}

/// Permissions in a host's terms.
#[derive(Clone, Debug)]
pub(crate) struct Expressed {
    /// How the permissions change.
    pub outcome: Outcome,
    /// The tools of its list, where one is written.
    pub list: Option<Vec<String>>,
    /// The tools that it is denied.
    pub denied: Vec<String>,
    /// Its rules; the last matching one wins.
    pub rules: Vec<(String, Word)>,
    /// Patterns for the commands that the role may run, if it may not run all commands.
    pub commands: Vec<String>,
    /// The subset of `commands` that requires the user's confirmation.
    pub asked_commands: Vec<String>,
    /// Whether the role becomes read-only as a whole.
    pub read_only: bool,
    /// Whether it keeps every tool of servers that it may use.
    pub servers: bool,
    /// The role's capabilities on that host, as far as hosts share them.
    pub kept: CapabilitySet,
    /// The server tools and special-purpose tools that it keeps.
    pub kept_names: Vec<Name>,
    /// Capabilities that the role would gain without permission.
    pub gained: CapabilitySet,
    /// Capabilities that the host adds within the bound of the permissions, or gives to every role.
    pub beyond: CapabilitySet,
    /// Capabilities that are lost because the host denies them together with others.
    pub denied_too: CapabilitySet,
    /// Whether it can be told to ask the user first.
    pub asks: bool,
}

impl Host {
    /// The field with this role, if every product that reads such files respects it. Other products
    /// reject a field that only some of them read, so it limits nothing there.
    pub(crate) fn current_field(&self, role: FieldRole) -> Option<&'static Field> {
        let heeds = |field: &&Field| field.role == role && field.status == FieldStatus::Current;
        self.fields.iter().find(heeds)
    }

    /// The list that limits a role to the tools it names.
    fn list_field(&self) -> Option<&'static Field> {
        self.current_field(FieldRole::Tools).filter(|_| self.tools.restricts)
    }

    /// The rules field in which the host reads `allow` and `deny`.
    pub(crate) fn rules_field(&self) -> Option<&'static Field> {
        let ignored = |field: &Field| matches!(field.status, FieldStatus::Ignored(_));
        self.fields.iter().find(|field| {
            field.role == FieldRole::Permissions
                && field.values.contains(&"deny")
                && !ignored(field)
        })
    }
}

impl Expressed {
    /// The `permissions` in the terms of `to`; `knows` returns what the other host calls a
    /// special-purpose tool that both have.
    pub(crate) fn of(
        permissions: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let mut permissions = permissions.clone();
        // A special-purpose tool that the other host does not have need not be denied.
        permissions.refused.retain(|refused| {
            let is_known = || knows(&refused.tool).is_some() || to.tool(&refused.tool).is_some();
            !refused.server.is_empty() || is_known()
        });
        let permissions = &permissions;
        let asks = to.rules_field().is_some_and(|field| field.values.contains(&"ask"));
        let mut told = Self {
            outcome: Outcome::Exact,
            list: None,
            denied: Vec::new(),
            rules: Vec::new(),
            commands: Vec::new(),
            asked_commands: permissions.asked_commands.clone(),
            read_only: false,
            servers: true,
            kept: permissions.whole,
            kept_names: permissions.names.clone(),
            gained: CapabilitySet::default(),
            beyond: CapabilitySet::default(),
            denied_too: CapabilitySet::default(),
            asks,
        };
        let needs_list = to.list_field().is_some_and(|field| field.required)
            || to.tools.without_list != Amount::Everything;
        let has_more = permissions.asks() && (asks || !to.tools.carries);
        if permissions.is_everything() && !needs_list && !has_more {
            return told;
        }
        if !to.tools.carries {
            let limited = !permissions.is_everything() || permissions.asks();
            told.outcome = if limited { Outcome::NotApplicable } else { Outcome::Exact };
            return told;
        }
        // Omitting a tool from a list loses nothing if the host has no such tool.
        let missed = if permissions.open || permissions.read_only {
            offered(to)
        } else {
            CapabilitySet::ALL
        };
        told.kept = permissions.whole.and(missed);
        if to.rules_field().is_some() {
            told.say_rules(permissions, to, knows);
        } else if !told.say_denials(permissions, to, knows) {
            match to.list_field() {
                Some(_) => told.say_list(permissions, to, knows),
                None => told.say_switch(permissions, to),
            }
        }
        let always = |tool: &&Tool| to.tools.always.contains(&tool.name);
        let always = current(to).filter(always).map(CapabilitySet::of_tool);
        told.beyond = always.fold(told.beyond, CapabilitySet::or).without(permissions.whole);
        // Exceptions to a denial are not expressed, so they are denied as well.
        if !permissions.excepted.is_empty() && told.outcome == Outcome::Exact {
            told.outcome = Outcome::Narrowed;
        }
        if permissions.unclear {
            told.outcome = Outcome::Widened;
        }
        told
    }

    /// A list of tools, with a denial for each denied tool of a listed server.
    fn say_list(
        &mut self,
        p: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> Option<String>,
    ) {
        if let Some(all) = to.tools.all.filter(|_| p.is_everything()) {
            self.list = Some([all.to_string()].into());
            return;
        }
        let can_deny = to.current_field(FieldRole::DeniedTools).is_some();
        let listed = list(p, to, knows, can_deny);
        if can_deny {
            let split = p.refused.iter().filter(|one| listed.kept.iter().any(|k| k.covers(one)));
            self.denied = split.filter_map(|one| denied_name(to, one)).collect();
        }
        self.keep(p, listed.capabilities, &listed);
        self.list = Some(listed.names.clone());
        if !listed.names.is_empty() || to.tools.empty_list == Amount::Nothing {
            return;
        }
        match current(to).next().filter(|_| can_deny) {
            // A list with a single tool that is also denied grants no tools.
            Some(tool) => {
                self.list = Some([tool.name.to_string()].into());
                self.denied.push(tool.name.to_string());
            }
            None => {
                self.outcome = Outcome::Widened;
                self.gained = CapabilitySet::ALL.without(p.bound());
            }
        }
    }

    fn keep(&mut self, p: &Permissions, capabilities: CapabilitySet, listed: &Listed) {
        let kept = capabilities.with_implied().without(p.denied);
        self.beyond = capabilities.without(p.whole);
        let names = p.names.iter().all(|name| listed.kept.iter().any(|kept| kept.covers(name)));
        self.servers = !p.open || listed.servers;
        let is_exact = kept.contains(self.kept) && self.says_part(p) && names && self.servers;
        if !is_exact && self.outcome == Outcome::Exact {
            self.outcome = Outcome::Narrowed;
        }
        self.kept = kept;
        self.kept_names.clone_from(&listed.kept);
    }

    /// Whether the host can express the permissions that are granted only in part.
    fn says_part(&self, p: &Permissions) -> bool {
        let commands = p.part == SHELL && !p.more_commands && !self.commands.is_empty();
        p.part.is_empty() || commands
    }

    /// Expresses the denials as a list of denied tools, if everything else is allowed.
    fn say_denials(
        &mut self,
        p: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> Option<String>,
    ) -> bool {
        let has_field = to.current_field(FieldRole::DeniedTools).is_some();
        if !p.open || !has_field || to.tools.without_list == Amount::Nothing {
            return false;
        }
        let Some(denied) = self.denials(p, to, knows) else { return false };
        self.denied = denied;
        true
    }

    /// The names of the denied tools; `None` if one of them cannot be expressed.
    fn denials(
        &mut self,
        p: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Vec<String>> {
        let said = if self.commands.is_empty() { p.whole } else { p.whole.or(SHELL) };
        let refused = CapabilitySet::ALL.without(said);
        let mut names = Vec::new();
        let mut denied = CapabilitySet::default();
        for tool in current(to) {
            let capabilities = CapabilitySet::of_tool(tool);
            if !capabilities.and(refused).is_empty() {
                names.push(tool.name.to_string());
                // Denying a special-purpose tool does not deny the other capabilities that the tool
                // needs.
                let is_own = matches!(Named::of_tool(tool), Named::Tool(_));
                denied = denied.or(if is_own { capabilities.and(refused) } else { capabilities });
            }
        }
        for name in &p.refused {
            if !name.server.is_empty() {
                let written = denied_name(to, name)?;
                if !names.contains(&written) {
                    names.push(written);
                }
            } else if let Some(known) = knows(&name.tool) {
                names.push(known);
            } else if to.tool(&name.tool).is_some() {
                names.push(name.tool.clone());
            }
        }
        // An open host may have unlisted tools with the same capability.
        if to.tools.open && !denied.contains(refused) {
            return None;
        }
        self.kept = p.whole.without(denied);
        self.denied_too = denied.without(refused);
        if !self.says_part(p) || !self.denied_too.is_empty() {
            self.outcome = Outcome::Narrowed;
        }
        Some(names)
    }

    /// Expresses the permissions as rules: denials if everything else is allowed, permissions if
    /// everything else is denied.
    fn say_rules(
        &mut self,
        p: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> Option<String>,
    ) {
        let deny = |name: String| (name, Word::Deny);
        if to.tools.command_rules && p.part.contains(SHELL) {
            self.commands.clone_from(&p.commands);
        }
        if p.open
            && let Some(names) = self.denials(p, to, knows)
        {
            self.rules = asked(p, to).map(|name| (name, Word::Ask)).collect();
            self.rules.extend(names.into_iter().map(deny));
            return;
        }
        let listed = list(p, to, knows, true);
        // The pattern `gh_*` also matches the tools of a server named `gh_other`.
        let meets = |one: &Name, kept: &Name| {
            kept.covers(one) || kept.tool.is_empty() && one.server.starts_with(&kept.server)
        };
        let split = p.refused.iter().filter(|one| listed.kept.iter().any(|kept| meets(one, kept)));
        let split: Vec<String> = split.filter_map(|one| denied_name(to, one)).collect();
        self.keep(p, listed.capabilities, &listed);
        let asked: Vec<String> = asked(p, to).collect();
        let word = |name: String| match asked.contains(&name) {
            true => (name, Word::Ask),
            false => (name, Word::Allow),
        };
        self.rules.push(deny("*".to_string()));
        self.rules.extend(listed.names.into_iter().map(word));
        self.rules.extend(split.into_iter().map(deny));
    }

    /// Expresses the permissions with a read-only switch, if the host has no other means.
    fn say_switch(&mut self, p: &Permissions, to: &'static Host) {
        if to.tools.without_list == Amount::Nothing {
            let is_nothing = p.whole.or(p.part).is_empty() && !p.open && p.names.is_empty();
            self.outcome = if is_nothing { Outcome::Exact } else { Outcome::Narrowed };
            self.kept = CapabilitySet::default();
            self.kept_names.clear();
            self.servers = false;
            return;
        }
        let field =
            to.current_field(FieldRole::ReadOnly).filter(|field| !field.read_only.is_empty());
        let others = CapabilitySet::ALL.without(CapabilitySet::CHANGES);
        let fits = p.read_only || p.open && p.refused.is_empty() && p.bound().contains(others);
        let changes = p.whole.or(p.part).and(CapabilitySet::CHANGES);
        self.outcome = match (field, fits) {
            (Some(_), true) if changes.is_empty() => Outcome::Exact,
            (Some(_), true) => Outcome::Narrowed,
            _ => Outcome::Widened,
        };
        self.read_only = field.is_some() && (fits || changes.is_empty());
        let granted = if self.read_only { others } else { CapabilitySet::ALL };
        self.kept = p.whole.and(granted);
        self.gained = match field.is_some() && fits {
            true => CapabilitySet::default(),
            false => granted.without(p.bound()),
        };
    }
}

pub(crate) const SHELL: CapabilitySet = CapabilitySet::of(&[Capability::Execute]);
