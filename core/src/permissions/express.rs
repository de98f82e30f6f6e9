//! What a role may do in the words of another host: the largest set that the host can be told and that
//! grants nothing more.

use super::entry::Named;
use super::{Name, Permissions, Powers};
use crate::host::{Amount, Capability, Field, FieldRole, FieldStatus, Host, Tool, ToolStatus};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What becomes of the permissions of a role on another host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// They are the same.
    Exact,
    /// Such a file carries none.
    NotApplicable,
    /// The role can do less.
    Narrowed,
    /// The role could do more.
    Widened,
}

/// What a rule says of a tool.
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

/// Permissions in the words of a host.
#[derive(Clone, Debug)]
pub(crate) struct Expressed {
    /// What becomes of them.
    pub outcome: Outcome,
    /// The tools of its list, where one is written.
    pub list: Option<Vec<String>>,
    /// The tools that it is denied.
    pub denied: Vec<String>,
    /// Its rules, the last that fits counts.
    pub rules: Vec<(String, Word)>,
    /// The commands that it may run where it may not run all, as patterns.
    pub commands: Vec<String>,
    /// Whether it is made read-only as a whole.
    pub read_only: bool,
    /// Whether it keeps every tool of servers that it may use.
    pub servers: bool,
    /// What the role can do there, as far as hosts share it.
    pub kept: Powers,
    /// The tools of servers, and those that are things of their own, that it keeps.
    pub kept_names: Vec<Name>,
    /// What it could do there that it may not.
    pub gained: Powers,
    /// What is denied along with what should be.
    pub denied_too: Powers,
    /// Whether it can be told to ask the user first.
    pub asks: bool,
}

/// Tools of a list, with what they grant.
#[derive(Default)]
struct Listed {
    names: Vec<String>,
    powers: Powers,
    kept: Vec<Name>,
    /// Whether the tools of all servers are among them.
    servers: bool,
}

impl Host {
    /// The field of a meaning, where all that read such files heed it: what only some of them read is
    /// refused by others, and limits nothing there.
    pub(crate) fn heeded(&self, role: FieldRole) -> Option<&'static Field> {
        let heeds = |field: &&Field| field.role == role && field.status == FieldStatus::Current;
        self.fields.iter().find(heeds)
    }

    /// The list that limits a role to the tools it names.
    fn list_field(&self) -> Option<&'static Field> {
        self.heeded(FieldRole::Tools).filter(|_| self.tools.restricts)
    }

    /// The field of rules that it reads as `allow` and `deny`.
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
    /// `permissions` in the words of `to`; `knows` tells the names of tools that are things of their own
    /// and that both hosts know.
    pub(crate) fn of(
        permissions: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut permissions = permissions.clone();
        // A thing of its own that is not there need not be refused.
        permissions.refused.retain(|refused| {
            !refused.server.is_empty() || knows(&refused.tool) || to.tool(&refused.tool).is_some()
        });
        let permissions = &permissions;
        let asks = to.rules_field().is_some_and(|field| field.values.contains(&"ask"));
        let mut told = Self {
            outcome: Outcome::Exact,
            list: None,
            denied: Vec::new(),
            rules: Vec::new(),
            commands: Vec::new(),
            read_only: false,
            servers: true,
            kept: permissions.whole,
            kept_names: permissions.names.clone(),
            gained: Powers::default(),
            denied_too: Powers::default(),
            asks,
        };
        let needs_list = to.list_field().is_some_and(|field| field.required)
            || to.tools.without_list == Amount::Nothing;
        let has_more = permissions.asks() && (asks || !to.tools.carries);
        if permissions.is_everything() && !needs_list && !has_more {
            return told;
        }
        if !to.tools.carries {
            let limited = !permissions.is_everything() || permissions.asks();
            told.outcome = if limited { Outcome::NotApplicable } else { Outcome::Exact };
            return told;
        }
        // What nobody listed is not missed where there is no such tool.
        let missed =
            if permissions.open || permissions.read_only { offered(to) } else { Powers::ALL };
        told.kept = permissions.whole.and(missed);
        if to.rules_field().is_some() {
            told.say_rules(permissions, to, knows);
        } else if !told.say_denials(permissions, to, knows) {
            match to.list_field() {
                Some(_) => told.say_list(permissions, to, knows),
                None => told.say_switch(permissions, to),
            }
        }
        if permissions.unclear {
            told.outcome = Outcome::Widened;
        }
        told
    }

    /// A list of tools, with a denial for each tool of a listed server that is refused.
    fn say_list(&mut self, p: &Permissions, to: &'static Host, knows: &dyn Fn(&str) -> bool) {
        if let Some(all) = to.tools.all.filter(|_| p.is_everything()) {
            self.list = Some([all.to_string()].into());
            return;
        }
        let can_deny = to.heeded(FieldRole::DeniedTools).is_some();
        let listed = list(p, to, knows, can_deny);
        if can_deny {
            let split = p.refused.iter().filter(|one| listed.kept.iter().any(|k| k.covers(one)));
            self.denied = split.filter_map(|one| denied_name(to, one)).collect();
        }
        self.keep(p, listed.powers, &listed);
        self.list = Some(listed.names.clone());
        if !listed.names.is_empty() || to.tools.empty_list == Amount::Nothing {
            return;
        }
        match current(to).next().filter(|_| can_deny) {
            // A list of one tool that is denied grants none.
            Some(tool) => {
                self.list = Some([tool.name.to_string()].into());
                self.denied.push(tool.name.to_string());
            }
            None => {
                self.outcome = Outcome::Widened;
                self.gained = Powers::ALL.without(p.bound());
            }
        }
    }

    fn keep(&mut self, p: &Permissions, powers: Powers, listed: &Listed) {
        let kept = powers.with_implied().without(p.denied);
        let names = p.names.iter().all(|name| listed.kept.iter().any(|kept| kept.covers(name)));
        self.servers = !p.open || listed.servers;
        let is_exact = kept.contains(self.kept) && self.says_part(p) && names && self.servers;
        if !is_exact && self.outcome == Outcome::Exact {
            self.outcome = Outcome::Narrowed;
        }
        self.kept = kept;
        self.kept_names.clone_from(&listed.kept);
    }

    /// Whether what is allowed in part is said so.
    fn says_part(&self, p: &Permissions) -> bool {
        let commands = p.part == SHELL && !p.more_commands && !self.commands.is_empty();
        p.part.is_empty() || commands
    }

    /// What is refused as a list of denied tools, where all else is allowed.
    fn say_denials(
        &mut self,
        p: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> bool,
    ) -> bool {
        let has_field = to.heeded(FieldRole::DeniedTools).is_some();
        if !p.open || !has_field || to.tools.without_list == Amount::Nothing {
            return false;
        }
        let Some(denied) = self.denials(p, to, knows) else { return false };
        self.denied = denied;
        true
    }

    /// The names of what is refused; `None` where one cannot be said.
    fn denials(
        &mut self,
        p: &Permissions,
        to: &'static Host,
        knows: &dyn Fn(&str) -> bool,
    ) -> Option<Vec<String>> {
        let said = if self.commands.is_empty() { p.whole } else { p.whole.or(SHELL) };
        let refused = Powers::ALL.without(said);
        let mut names = Vec::new();
        let mut denied = Powers::default();
        for tool in current(to) {
            let powers = Powers::of_tool(tool);
            if !powers.and(refused).is_empty() {
                names.push(tool.name.to_string());
                // What a thing of its own needs besides is not taken away with it.
                let is_own = matches!(Named::of_tool(tool), Named::Tool(_));
                denied = denied.or(if is_own { powers.and(refused) } else { powers });
            }
        }
        for name in &p.refused {
            if !name.server.is_empty() {
                let written = denied_name(to, name)?;
                if !names.contains(&written) {
                    names.push(written);
                }
            } else if knows(&name.tool) || to.tool(&name.tool).is_some() {
                names.push(name.tool.clone());
            }
        }
        // There may be tools for it that are not known here.
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

    /// Rules: what is denied where all else is allowed, and what is allowed where all else is denied.
    fn say_rules(&mut self, p: &Permissions, to: &'static Host, knows: &dyn Fn(&str) -> bool) {
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
        // `gh_*` also fits the tools of a server `gh_other`.
        let meets = |one: &Name, kept: &Name| {
            kept.covers(one) || kept.tool.is_empty() && one.server.starts_with(&kept.server)
        };
        let split = p.refused.iter().filter(|one| listed.kept.iter().any(|kept| meets(one, kept)));
        let split: Vec<String> = split.filter_map(|one| denied_name(to, one)).collect();
        self.keep(p, listed.powers, &listed);
        let asked: Vec<String> = asked(p, to).collect();
        let word = |name: String| match asked.contains(&name) {
            true => (name, Word::Ask),
            false => (name, Word::Allow),
        };
        self.rules.push(deny("*".to_string()));
        self.rules.extend(listed.names.into_iter().map(word));
        self.rules.extend(split.into_iter().map(deny));
    }

    /// A switch that leaves reading alone, where the host has one and nothing else.
    fn say_switch(&mut self, p: &Permissions, to: &'static Host) {
        if to.tools.without_list == Amount::Nothing {
            let is_nothing = p.whole.or(p.part).is_empty() && !p.open && p.names.is_empty();
            self.outcome = if is_nothing { Outcome::Exact } else { Outcome::Narrowed };
            self.kept = Powers::default();
            self.kept_names.clear();
            self.servers = false;
            return;
        }
        let field = to.heeded(FieldRole::ReadOnly).filter(|field| !field.read_only.is_empty());
        let others = Powers::ALL.without(Powers::CHANGES);
        let fits = p.read_only || p.open && p.refused.is_empty() && p.bound().contains(others);
        let changes = p.whole.or(p.part).and(Powers::CHANGES);
        self.outcome = match (field, fits) {
            (Some(_), true) if changes.is_empty() => Outcome::Exact,
            (Some(_), true) => Outcome::Narrowed,
            _ => Outcome::Widened,
        };
        self.read_only = field.is_some() && (fits || changes.is_empty());
        let granted = if self.read_only { others } else { Powers::ALL };
        self.kept = p.whole.and(granted);
        self.gained = match field.is_some() && fits {
            true => Powers::default(),
            false => granted.without(p.bound()),
        };
    }
}

const SHELL: Powers = Powers::of(&[Capability::Execute]);

fn current(host: &'static Host) -> impl Iterator<Item = &'static Tool> {
    let current = |tool: &&Tool| tool.status == ToolStatus::Current;
    host.tools.list.iter().filter(current)
}

/// What the tools of a host can do; everything where there may be tools that are not known here.
///
/// ```
/// use rolewright_core::{host::Host, permissions};
///
/// let all = permissions::offered(Host::by_id("claude-code").unwrap());
/// assert_eq!(all.and(all), all);
/// ```
pub fn offered(host: &'static Host) -> Powers {
    if host.tools.open {
        return Powers::ALL;
    }
    current(host).fold(Powers::default(), |all, tool| all.or(Powers::of_tool(tool)))
}

/// How a host writes a tool of a server, or those of a server, or those of all.
fn server_name(to: &'static Host, name: &Name) -> Option<String> {
    match name.server.as_str() {
        "" => None,
        "*" => to.tools.all_servers.map(ToString::to_string),
        // Only the first `_` divides such a name, so that no server with one can be named as a whole.
        server
            if name.tool.is_empty()
                && server.contains('_')
                && to.rules_field().is_none()
                && to.tools.server_form.is_some_and(|form| form.ends_with("R_TOOL")) =>
        {
            None
        }
        server => to.server_tool(server, &name.tool),
    }
}

/// How a host writes what is denied of servers; `None` where it reads no patterns and this is one.
fn denied_name(to: &'static Host, name: &Name) -> Option<String> {
    let understood = !name.is_pattern() || to.rules_field().is_some();
    server_name(to, name).filter(|_| understood)
}

/// The tools that ask the user first, where a host can be told so.
fn asked(p: &Permissions, to: &'static Host) -> impl Iterator<Item = String> {
    let can = to.rules_field().is_some_and(|field| field.values.contains(&"ask"));
    let all = can && p.asked == Powers::ALL && !p.asked_names.is_empty();
    let powers = p.asked.and(p.whole);
    let tools = current(to).filter(move |tool| {
        let own = Powers::of_tool(tool);
        can && !own.and(powers).is_empty() && p.bound().contains(own)
    });
    let names = p.asked_names.iter().filter(move |name| can && name.server != "*");
    let every = all.then(|| "*".to_string());
    let tools = tools.map(|tool| tool.name.to_string());
    every.into_iter().chain(tools).chain(names.filter_map(move |name| server_name(to, name)))
}

/// The tools that grant nothing more; with `can_split`, a server may be listed of which some tools are
/// refused.
fn list(
    p: &Permissions,
    to: &'static Host,
    knows: &dyn Fn(&str) -> bool,
    can_split: bool,
) -> Listed {
    let mut listed = Listed::default();
    let bound = p.bound();
    let usable = |tool: &&Tool| to.unavailable(tool.name).is_none();
    let changes_denied = !bound.contains(Powers::CHANGES);
    for tool in current(to).filter(usable) {
        let powers = Powers::of_tool(tool);
        let named = Named::of_tool(tool);
        let fits = match &named {
            Named::Powers(powers) => {
                let new = powers.and(p.whole).without(listed.powers);
                bound.contains(*powers) && !new.is_empty()
            }
            // All servers at once.
            Named::Tool(name) if !name.server.is_empty() => {
                let split = p.refused.iter().any(|refused| !refused.server.is_empty());
                let all = p.open || p.names.iter().any(|own| own.covers(name));
                listed.servers |= all && !split;
                all && !split
            }
            // What such a tool may do besides is not known.
            Named::Tool(name) => {
                p.open
                    && !changes_denied
                    && bound.contains(powers)
                    && p.refused.iter().all(|refused| !refused.covers(name))
            }
            _ => false,
        };
        if fits {
            listed.names.push(tool.name.to_string());
            match named {
                Named::Tool(name) => listed.kept.push(name),
                _ => listed.powers = listed.powers.or(powers),
            }
        }
    }
    let mut names: Vec<&Name> = p.names.iter().collect();
    let every = Name::new("*", "");
    if p.open && !listed.servers {
        names.push(&every);
    }
    for name in names {
        let split = || p.refused.iter().filter(|refused| name.meets(refused));
        let can_split = can_split && split().all(|refused| denied_name(to, refused).is_some());
        let whole = !name.server.is_empty() && name.tool.is_empty();
        if split().next().is_some() && !can_split || whole && to.tools.exact_lists {
            continue;
        }
        let written = match name.server.as_str() {
            "" => knows(&name.tool).then(|| name.tool.clone()),
            _ if name.is_pattern() => server_name(to, name).filter(|_| to.rules_field().is_some()),
            _ => server_name(to, name),
        };
        if let Some(written) = written
            && !listed.names.contains(&written)
        {
            listed.servers |= name.server == "*";
            listed.names.push(written);
            listed.kept.push(name.clone());
        }
    }
    listed
}

/// The names of the tools of a host that grant nothing more.
pub(crate) fn names(permissions: &Permissions, to: &'static Host) -> Vec<String> {
    list(permissions, to, &|_| false, false).names
}

/// The tool of a host that does any of this, for a sentence.
pub(crate) fn nearest(to: &'static Host, powers: Powers) -> Option<&'static Tool> {
    let is_own = |tool: &&Tool| tool.capabilities.first() == Some(&Capability::Other);
    current(to)
        .filter(|tool| !is_own(tool))
        .find(|tool| !Powers::of_tool(tool).and(powers).is_empty())
}
