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
}

/// The letters and digits of a name.
fn letters(name: &str) -> impl Iterator<Item = u8> + '_ {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|byte| byte.to_ascii_lowercase())
}
