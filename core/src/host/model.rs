//! Describes the models that a host accepts, and the retired models.

use super::{Consequence, HOSTS, Host};

/// The models that a host accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Models {
    /// Names with a special meaning on the host: `inherit`, `sonnet`.
    pub aliases: &'static [&'static str],
    /// The prefixes of the IDs of models that this host can run; empty if unknown.
    pub prefixes: &'static [&'static str],
    /// Names that each refer to a model family, in any version; other hosts do not know them.
    pub families: &'static [&'static str],
    /// Model names of other hosts that it does not accept, if the prefixes of its own IDs are
    /// unknown.
    pub refused: &'static [&'static str],
    /// The name that other hosts give the provider of these models: `PROVIDER/MODEL`.
    pub provider: Option<&'static str>,
    /// Retired models, and models whose retirement has a date.
    pub retired: &'static [Retired],
    /// The effect of using a retired model.
    pub retired_note: Option<&'static str>,
    /// The format of a full name, if a bare name is not enough: `NAME (VENDOR)`.
    pub qualified: Option<&'static str>,
    /// The alias of the model that the session already runs.
    pub inherit: Option<&'static str>,
    /// The effect of a model it cannot run.
    pub unknown: Consequence,
}

/// A retired model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retired {
    /// Its id or name.
    pub id: &'static str,
    /// The retirement date, as `YYYY-MM-DD`.
    pub date: &'static str,
    /// Whether that day had come when the fact was checked.
    pub past: bool,
    /// The model to use instead.
    pub successor: &'static str,
    /// The effect of using it, if the host replaces it itself.
    pub note: Option<&'static str>,
}

impl Host {
    /// The provider that `PROVIDER/MODEL` names, if models are written so, and the name of the model.
    pub(crate) fn provided<'t>(&self, id: &'t str) -> Option<(&'static Host, &'t str)> {
        self.models.qualified.filter(|form| form.contains('/'))?;
        let (provider, model) = id.split_once('/')?;
        let host = HOSTS.iter().find(|host| host.models.provider == Some(provider))?;
        Some((host, model.split('#').next()?))
    }

    /// The retired model with an ID or a name. Case, spaces and hyphens do not matter, and neither
    /// does a vendor or a stage after the name, if the host already implies it:
    /// `GPT-5 (Preview) (copilot)`.
    pub(crate) fn retired_model(&self, id: &str) -> Option<&'static Retired> {
        let mut parts = id.split(" (");
        let name = parts.next()?;
        let own = parts.all(|part| matches!(part, "copilot)" | "Preview)"));
        self.models.retired.iter().find(|model| own && letters(model.id).eq(letters(name)))
    }

    /// The retired model whose ID is `name` and a date, which the name lacks: `claude-3-opus`.
    pub(crate) fn retired_without_date(&self, name: &str) -> Option<&'static Retired> {
        self.models.retired.iter().find(|model| {
            let dated = model.id.rsplit_once('-');
            dated.is_some_and(|(undated, date)| {
                date.len() == 8
                    && date.bytes().all(|byte| byte.is_ascii_digit())
                    && letters(undated).eq(letters(name))
            })
        })
    }

    /// The family in a name that resembles an alias and an ID of the host and is neither: `sonnet-4.5`,
    /// `claude-4-sonnet`. The host does not distinguish the case of aliases.
    pub(crate) fn family_of_no_id(&self, id: &str) -> Option<&'static str> {
        let models = &self.models;
        let name = id.to_ascii_lowercase();
        let is_alias = |name: &str| models.aliases.contains(&name);
        if is_alias(&name) {
            return None;
        }
        let name = name.strip_suffix("[1m]").unwrap_or(&name);
        let mut families = models.families.iter().filter(|family| is_alias(family));
        let family = families.find(|family| name.contains(**family))?;
        let (before, after) = name.split_once(family)?;
        // In the IDs of old models, the version comes first and a date last.
        let own = models.prefixes.iter().find_map(|prefix| before.strip_prefix(prefix));
        let is_no_id = match own {
            Some(version) => {
                let is_reversed = is_version(version) && after.is_empty();
                // The parts of an ID are separated by hyphens.
                is_reversed || version.is_empty() && after.contains('.') && is_version(after)
            }
            None => {
                let vendor = |prefix: &&str| before.strip_prefix(prefix.trim_end_matches('-'));
                let before = models.prefixes.iter().find_map(vendor).unwrap_or(before);
                let is_part = |part: &str| part.is_empty() || is_version(part) || part == " ";
                is_part(before) && (is_version(after) || after.is_empty() && is_version(before))
            }
        };
        is_no_id.then_some(*family)
    }
}

/// The letters and digits of a name.
fn letters(name: &str) -> impl Iterator<Item = u8> + '_ {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|byte| byte.to_ascii_lowercase())
}

/// Whether the text is a number with what separates it from a name: `-4.5`.
fn is_version(text: &str) -> bool {
    let text = text.strip_suffix("latest").unwrap_or(text);
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    text.bytes().all(|byte| is_digit(&byte) || b".-_ ".contains(&byte))
        && text.bytes().any(|byte| is_digit(&byte))
}
