//! Expresses what a role may do in the fields of another host. Permissions never grow unless the
//! caller allows it: what the host cannot express as narrowly is left out and reported as a loss.

use super::convert::Convert;
use super::value::Item;
use crate::diagnostic::Severity;
use crate::front_matter::Field as OwnField;
use crate::host::{Amount, Capability, Field, FieldRole, FieldType, Split};
use crate::permissions::{
    self, Expressed, Name, Named, Outcome, Permissions, Powers, Word, nearest,
};
use crate::text::Span;
use crate::tools::{self, Grant, ToolEntry, ToolList};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Rules by name as a list of what is done to what.
fn actions(rules: Vec<(String, Item)>) -> Vec<Item> {
    let text = |text: &str| Item::Text(text.to_string());
    let action = |name: &str, resource: &str, effect: Item| {
        let fields = [("action", text(name)), ("resource", text(resource)), ("effect", effect)];
        Item::Map(fields.map(|(name, item)| (name.to_string(), item)).into())
    };
    let of = |(name, effect): (String, Item)| match effect {
        Item::Map(uses) => {
            uses.into_iter().map(|(on, effect)| action(&name, &on, effect)).collect::<Vec<_>>()
        }
        effect => [action(&name, "*", effect)].into(),
    };
    rules.into_iter().flat_map(of).collect()
}

impl Convert<'_> {
    /// Writes what the role may do.
    pub(super) fn tools(&mut self) -> Outcome {
        let role = self.role;
        let lists = tools::read(role, self.from);
        let approved = lists.iter().find(|list| list.grant == Grant::Approved);
        if let Some(list) = approved {
            self.approved(list);
        }
        let mut may = permissions::read(role, self.from);
        if self.copied(&lists) {
            return Outcome::Exact;
        }
        let (from, to) = (self.from, self.to);
        if self.allow_widening {
            may.whole = may.whole.or(may.part);
            may.part = Powers::default();
        }
        let related = from.tools.shared_with.contains(&to.id);
        let same = core::ptr::eq(from.tools.list, to.tools.list);
        let knows = |name: &str| related || same && to.tool(name).is_some();
        let told = Expressed::of(&may, to, &knows);
        self.write(&told);
        let limits = permissions::limits(role, from);
        let rules = limits.iter().find(|field| {
            from.field(&field.name).is_some_and(|fact| fact.role == FieldRole::Permissions)
        });
        if let Some(field) = rules.or(limits.first())
            && may.asks()
            && !told.asks
            && to.tools.carries
        {
            let message = format!(
                "{} cannot express that `{}` asks first; its own settings decide what it asks about.",
                to.product, field.name
            );
            self.lose(Severity::Warning, field.name_span, message);
        }
        match limits.first() {
            _ if may.is_everything() && told.outcome != Outcome::NotApplicable => {
                self.needed(&told);
            }
            None => match role.fields().iter().find(|field| field.name == "<<") {
                Some(merged) if may.unclear => {
                    self.widened(&may, &told, merged.name_span, &named(&[merged]));
                }
                _ => self.unlisted(&may, &told),
            },
            Some(first) => self.tell(&may, &told, &lists, first, &named(&limits)),
        }
        told.outcome
    }

    /// Copies the lists where the other host reads them the same way.
    fn copied(&mut self, lists: &[ToolList<'_>]) -> bool {
        let (role, from, to) = (self.role, self.from, self.to);
        let same = core::ptr::eq(from.tools.list, to.tools.list) && from.product == to.product;
        let is_read = |field: &&OwnField<'_>| {
            from.field(&field.name).is_none_or(|fact| {
                let is_one = |fact: &Field| fact.types == [FieldType::Text];
                let means =
                    |other: &Field| fact.role != FieldRole::Agents || is_one(fact) == is_one(other);
                to.heeded(fact.role).is_some_and(means)
            })
        };
        let limits = permissions::limits(role, from);
        let all = same && limits.iter().all(is_read);
        for field in limits.iter().filter(|_| all) {
            let fact = from.field(&field.name);
            let target = fact.and_then(|fact| to.heeded(fact.role));
            match (target, field.value.as_str()) {
                (Some(target), Some(_)) if !target.takes(FieldType::Text) => {
                    let own = lists.iter().filter(|list| core::ptr::eq(list.field, *field));
                    let names = own.flat_map(|list| &list.entries);
                    let names: Vec<String> = names.map(|entry| entry.text.to_string()).collect();
                    self.put(target.name, Item::texts(&names));
                }
                (Some(target), _) => self.put(target.name, Item::of(&field.value)),
                (None, _) => {}
            }
        }
        all
    }

    fn write(&mut self, told: &Expressed) {
        let is_void =
            told.outcome == Outcome::Widened && told.list.as_ref().is_some_and(Vec::is_empty);
        if let (Some(names), Some(field)) = (&told.list, self.to.heeded(FieldRole::Tools))
            && !is_void
        {
            self.write_tools(field, names);
        }
        if let Some(field) = self.to.heeded(FieldRole::DeniedTools)
            && !told.denied.is_empty()
        {
            self.write_tools(field, &told.denied);
        }
        if let Some(field) = self.to.rules_field() {
            let word = |word: Word| Item::Text(word.text().to_string());
            let rule = |(name, said): &(String, Word)| (name.clone(), word(*said));
            let mut rules: Vec<(String, Item)> = told.rules.iter().map(rule).collect();
            let shell = nearest(self.to, Powers::of(&[Capability::Execute]));
            if let Some(shell) = shell.filter(|_| !told.commands.is_empty()) {
                let all = core::iter::once(("*".to_string(), word(Word::Deny)));
                let asks = |command: &String| told.asks && told.asked_commands.contains(command);
                // The last matching rule wins, so those that ask come after those that do not.
                let (asked, free): (Vec<&String>, Vec<&String>) =
                    told.commands.iter().partition(|command| asks(command));
                let free = free.into_iter().map(|command| (command.clone(), word(Word::Allow)));
                let asked = asked.into_iter().map(|command| (command.clone(), word(Word::Ask)));
                let some = free.chain(asked);
                rules.push((shell.name.to_string(), Item::Map(all.chain(some).collect())));
            }
            if !rules.is_empty() {
                let in_order = field.types.first() == Some(&FieldType::List);
                let rules = if in_order { Item::List(actions(rules)) } else { Item::Map(rules) };
                self.put(field.name, rules);
            }
        }
        if let Some(field) = self.to.heeded(FieldRole::ReadOnly)
            && told.read_only
        {
            self.put(field.name, Item::Plain("true".into()));
        }
    }

    /// Reports that every tool was listed because the host requires a list and the role has none.
    fn needed(&mut self, told: &Expressed) {
        let product = self.to.product;
        let at = Span::at(self.role.body.start);
        match (&told.list, self.to.heeded(FieldRole::Tools)) {
            (Some(_), Some(field)) => {
                let message =
                    format!("{product} requires `{}`; every tool was listed.", field.name);
                self.lose(Severity::Info, at, message);
            }
            _ if told.outcome == Outcome::Narrowed => {
                let message = format!(
                    "{product} grants only listed tools, and which ones this role has is unknown; it can use none."
                );
                self.lose(Severity::Warning, at, message);
            }
            _ => {}
        }
    }

    /// Reports what happens to a role that has no list, on a host that grants nothing without one.
    fn unlisted(&mut self, may: &Permissions, told: &Expressed) {
        if told.outcome == Outcome::Widened {
            let severity = if self.allow_widening { Severity::Warning } else { Severity::Error };
            let message = format!(
                "Without a tool list, {} grants fewer tools than {} does: {}.",
                self.from.product,
                self.to.product,
                gains(may, told)
            );
            self.lose(severity, self.start(), message);
        } else if self.from.tools.without_list == Amount::Nothing
            && told.outcome != Outcome::NotApplicable
        {
            let message = format!(
                "{} grants a role only the tools that it lists; this one has none.",
                self.from.product
            );
            self.lose(Severity::Info, self.start(), message);
        }
    }

    /// Where the role begins, in a file of several too.
    fn start(&self) -> Span {
        let first = self.role.fields().first();
        first.map_or(Span::at(self.role.body.start), |field| field.name_span)
    }

    /// Reports what happens to the limits.
    fn tell(
        &mut self,
        may: &Permissions,
        told: &Expressed,
        lists: &[ToolList<'_>],
        first: &OwnField<'_>,
        limits: &str,
    ) {
        let product = self.to.product;
        let runs_some = !told.commands.is_empty();
        let part = if runs_some { may.part.without(permissions::SHELL) } else { may.part };
        let mut rest = may.whole.without(told.kept).or(part);
        match told.outcome {
            Outcome::NotApplicable => {
                let message = format!(
                    "{product} reads no permissions from this kind of file; {limits} {} omitted.",
                    if limits.matches('`').count() > 2 { "were" } else { "was" }
                );
                return self.lose(Severity::Warning, first.name_span, message);
            }
            Outcome::Widened => return self.widened(may, told, first.name_span, limits),
            Outcome::Exact | Outcome::Narrowed => {}
        }
        for list in lists.iter().filter(|_| self.from.tools.restricts) {
            for entry in &list.entries {
                match list.grant {
                    Grant::Allowed => self.entry(may, told, entry, &mut rest),
                    Grant::Denied => self.denial(may, told, entry, &mut rest),
                    Grant::Approved => {}
                }
            }
        }
        let servers = may.open && !told.servers && told.outcome == Outcome::Narrowed;
        // What rules allow is not in a list whose entries were gone through.
        let gone_through =
            lists.iter().filter(|list| self.from.tools.restricts && list.grant == Grant::Allowed);
        let entries: Vec<Named> = gone_through
            .flat_map(|list| &list.entries)
            .map(|entry| Named::of(self.from, entry.name()))
            .collect();
        let unsaid = |name: &&Name| {
            !told.kept_names.iter().any(|kept| kept.covers(name))
                && !entries.contains(&Named::Tool((*name).clone()))
        };
        let names: Vec<&Name> = may.names.iter().filter(unsaid).collect();
        // A tool that was not listed is not missed if no such tool exists.
        if may.open || may.read_only {
            rest = rest.and(permissions::offered(self.to));
        }
        rest = rest.or(told.denied_too);
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
        let message =
            format!("{product} cannot express {limits} exactly; the role can no longer {what}.");
        self.lose(Severity::Warning, first.name_span, message);
    }

    /// Says that the role could do more than it may.
    fn widened(&mut self, may: &Permissions, told: &Expressed, at: Span, limits: &str) {
        let severity = if self.allow_widening { Severity::Warning } else { Severity::Error };
        let what = gains(may, told);
        let message = format!("{} cannot enforce the limits of {limits}: {what}.", self.to.product);
        self.lose(severity, at, message);
    }

    /// What happens to one entry of a list of allowed tools.
    fn entry(
        &mut self,
        may: &Permissions,
        told: &Expressed,
        entry: &ToolEntry<'_>,
        rest: &mut Powers,
    ) {
        let (name, product) = (entry.name(), self.to.product);
        let message = match Named::of(self.from, name) {
            // What all of them omit is reported below.
            Named::All => return,
            Named::Powers(_) if self.from.tools.all_built_in == Some(name) => return,
            Named::Nothing => {
                let message = format!("{} ignores `{name}`; it was omitted.", self.from.product);
                return self.lose(Severity::Info, entry.whole, message);
            }
            Named::Powers(powers) if entry.specifier().is_some() && !may.whole.contains(powers) => {
                *rest = rest.without(powers);
                let command = entry.specifier().and_then(permissions::pattern);
                if command.is_some_and(|command| told.commands.contains(&command)) {
                    return;
                }
                self.in_part(powers, entry)
            }
            Named::Powers(powers) => {
                if entry.specifier().is_some() && self.allow_widening {
                    let message = format!(
                        "{product} cannot restrict `{name}` as in `{}`; it was granted without restrictions.",
                        entry.text
                    );
                    return self.lose(Severity::Warning, entry.whole, message);
                }
                let missing = powers.and(may.whole).without(told.kept);
                if missing.is_empty() {
                    return;
                }
                *rest = rest.without(powers);
                match nearest(self.to, missing) {
                    Some(tool) => format!(
                        "{product} cannot grant `{name}` alone, because its `{}` grants more; it was omitted.",
                        tool.name
                    ),
                    None => format!("{product} has no equivalent of `{name}`; it was omitted."),
                }
            }
            Named::Tool(named) => {
                let is_kept = told.kept_names.iter().any(|kept| kept.covers(&named));
                if is_kept || may.refused.iter().any(|refused| refused.covers(&named)) {
                    return;
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

    /// What happens to an entry that denies a part of a tool.
    fn denial(
        &mut self,
        may: &Permissions,
        told: &Expressed,
        entry: &ToolEntry<'_>,
        rest: &mut Powers,
    ) {
        let Named::Powers(powers) = Named::denied(self.from, entry.name()) else { return };
        let in_part = entry.specifier().is_some() && !may.part.and(powers).is_empty();
        if in_part && !told.kept.contains(powers) {
            *rest = rest.without(powers);
            let message = self.in_part(powers, entry);
            self.lose(Severity::Warning, entry.whole, message);
        }
    }

    fn in_part(&self, powers: Powers, entry: &ToolEntry<'_>) -> String {
        let product = self.to.product;
        match nearest(self.to, powers) {
            Some(tool) => format!(
                "{product} cannot restrict `{}` as in `{}`; it was omitted.",
                tool.name, entry.text
            ),
            None => format!("{product} has no equivalent of `{}`; it was omitted.", entry.name()),
        }
    }

    fn approved(&mut self, list: &ToolList<'_>) {
        match self.to.heeded(FieldRole::ApprovedTools) {
            Some(field) => {
                let mut approved = Permissions::none();
                for entry in &list.entries {
                    let named = Named::of(self.from, entry.name());
                    approved.grant(&named, entry.specifier().is_some());
                }
                let names = permissions::names(&approved, self.to);
                let kept = |entry: &&ToolEntry<'_>| {
                    let mut one = Permissions::none();
                    one.grant(&Named::of(self.from, entry.name()), entry.specifier().is_some());
                    let own = permissions::names(&one, self.to);
                    own.is_empty() || own.iter().any(|name| !names.contains(name))
                };
                let left: Vec<&ToolEntry<'_>> = list.entries.iter().filter(kept).collect();
                for entry in left {
                    let message = format!(
                        "{} cannot approve `{}` in advance; it asks for approval instead.",
                        self.to.product, entry.text
                    );
                    self.lose(Severity::Info, entry.whole, message);
                }
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

    fn write_tools(&mut self, field: &'static Field, names: &[String]) {
        let item = match (field.types.first(), field.split) {
            (Some(FieldType::Text), Split::Spaces | Split::CommasOrSpaces) => {
                Item::Text(names.join(" "))
            }
            (Some(FieldType::Text), _) if !names.is_empty() => Item::Text(names.join(", ")),
            _ => Item::texts(names),
        };
        self.put(field.name, item);
    }
}

/// The names of the fields, as words.
fn named(fields: &[&OwnField<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for field in fields {
        let name = format!("`{}`", field.name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    listed(&names, "and")
}

/// What a role could do beyond what it may, as the second half of a sentence.
fn gains(may: &Permissions, told: &Expressed) -> String {
    let gained = listed(&told.gained.words(), "and");
    match (may.unclear, gained.is_empty()) {
        (true, _) => "Rolewright does not understand them".to_string(),
        (_, true) => "the role could use tools of servers".to_string(),
        _ => format!("the role could {gained}"),
    }
}

/// The words with commas, and `conjunction` before the last.
fn listed<S: AsRef<str>>(words: &[S], conjunction: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [before @ .., last] if !before.is_empty() => {
            format!("{} {conjunction} {last}", before.join(", "))
        }
        _ => words.concat(),
    }
}
