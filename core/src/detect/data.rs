//! Finds the roles in a YAML, TOML or JSON file: in the layout of its host or, if the path does not
//! identify a host, in the layout of any host.

use super::{By, Detected, by_version, fallback};
use crate::host::{self, HOSTS, Host, Identity};
use crate::role::Syntax;
use crate::syntax::{self, RoleSource, Roles};

/// The roles of a data file in its host's layout; if no host claims the file, in the layout of the
/// host whose fields it uses.
pub(crate) fn roles<'t>(
    text: &'t str,
    path: &str,
    chosen: Option<&'static Host>,
) -> (Detected, Roles<'t>) {
    let syntax = Syntax::of_path(path);
    let claimed = match chosen {
        Some(host) => Some(Detected { host, by: By::Choice }),
        None => host::by_path(path).map(|host| Detected { host, by: By::Path }),
    };
    if let Some(detected) = claimed {
        let found = syntax::roles(text, syntax, &detected.host.layout);
        if found.roles.is_empty()
            && detected.by == By::Path
            && let Some(found) = of_version(text, syntax, detected.host)
        {
            return found;
        }
        let fields = found.roles.first().map_or(&[][..], |role| &role.fields);
        let is_open = detected.by == By::Path;
        return (
            if is_open {
                by_version(detected, fields, |host| host.reads(syntax))
            } else {
                detected
            },
            found,
        );
    }
    let may_be =
        |host: &&Host| host.variant_of.is_none() && host.reads(syntax) && mentions(text, host);
    let candidates = HOSTS.iter().filter(may_be);
    let found = candidates.map(|host| (host, syntax::roles(text, syntax, &host.layout)));
    // Among equals, the first wins: the table lists the most widely used host first.
    let best = found
        .map(|(host, found)| {
            let fits = found.roles.iter().map(|role| fit(role, host));
            let least = if host.writes(syntax) { 0 } else { COMPLETE };
            (fits.filter(|fit| *fit > least).max(), host, found)
        })
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    match best {
        Some((Some(fit), host, found)) if fit > 0 => (Detected { host, by: By::Roles }, found),
        _ => {
            let host = fallback();
            (Detected { host, by: By::NoFrontMatter }, syntax::roles(text, syntax, &host.layout))
        }
    }
}

/// The roles in the layout of another version of the host, if that version knows every field of one
/// of them.
fn of_version<'t>(
    text: &'t str,
    syntax: Syntax,
    host: &'static Host,
) -> Option<(Detected, Roles<'t>)> {
    let is_version = |other: &&Host| other.variant_of == Some(host.id) && other.reads(syntax);
    HOSTS.iter().filter(is_version).find_map(|host| {
        let found = syntax::roles(text, syntax, &host.layout);
        let knows_all = |role: &RoleSource<'_>| {
            let mut fields = role.fields.iter();
            fields.len() > 0 && fields.all(|field| host.field(&field.name).is_some())
        };
        let is_its_own = found.roles.iter().any(knows_all);
        is_its_own.then_some((Detected { host, by: By::Version }, found))
    })
}

/// Whether the file may contain a prompt of the host, determined without parsing.
fn mentions(text: &str, host: &Host) -> bool {
    let holds = |name: &&str| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some();
    host.layout.prompts.iter().any(holds)
}

/// The part of a fit that stands for all required fields.
const COMPLETE: usize = 10;

/// How well a role in a data file fits a host; 0 without a prompt.
fn fit(role: &RoleSource<'_>, host: &Host) -> usize {
    let is_swallowed = |name: &&str| syntax::swallowed(&role.fields, name).is_some();
    let is_empty = role.prompts.iter().all(|prompt| prompt.text.text.trim().is_empty());
    if is_empty && !host.layout.prompts.iter().any(is_swallowed) {
        return 0;
    }
    let known = role.fields.iter().filter(|field| host.field(&field.name).is_some()).count();
    let lacks = host.required_fields().any(|need| !has(role, need));
    1 + known + if lacks { 0 } else { COMPLETE }
}

fn has(role: &RoleSource<'_>, need: &host::Field) -> bool {
    role.fields.iter().any(|field| field.name == need.name)
        || role.key.is_some() && need.role == host::FieldRole::Name
        || need.role == host::FieldRole::Prompt
            && syntax::swallowed(&role.fields, need.name).is_some()
}

/// Whether the roles of a file certainly belong to the host: one role has every required field, and
/// there are enough of them to rule out coincidence.
pub(super) fn are_certain(roles: &Roles<'_>, host: &Host) -> bool {
    let needs = host.required_fields().count();
    host.identity != Identity::None
        && needs > 1
        && roles.roles.iter().any(|role| fit(role, host) > COMPLETE + needs.min(2))
}

impl Host {
    /// Whether this host may keep roles in files of this syntax.
    pub(crate) fn reads(&self, syntax: Syntax) -> bool {
        use crate::host::Syntax as Of;
        let own = match self.syntax {
            // A host with Markdown roles may also keep roles in a JSON file.
            Of::Markdown => syntax == Syntax::Json,
            Of::Toml => syntax == Syntax::Toml,
            // JSON is YAML, and prompts are kept apart from front matter there.
            Of::Yaml => {
                syntax == Syntax::Yaml || syntax == Syntax::Json && !self.layout.prompts.is_empty()
            }
            Of::Json => syntax == Syntax::Json,
        };
        own && !self.layout.paths.is_empty()
    }

    /// Whether people write this host's roles in this syntax: a role in another one has to be
    /// complete, because many programs have fields with the same names.
    fn writes(&self, syntax: Syntax) -> bool {
        self.syntax != crate::host::Syntax::Yaml || syntax == Syntax::Yaml
    }
}
