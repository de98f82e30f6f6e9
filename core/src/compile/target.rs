//! Defines the output of a compilation.

use crate::host::Host;

/// The output of a compilation.
///
/// ```
/// use rolewright_core::{Target, host::Host};
///
/// let target = Target::of(Host::by_id("copilot"));
/// assert!(!target.allow_widening);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Target {
    /// The host to compile for; `None` for the text's own host.
    pub host: Option<&'static Host>,
    /// Whether permissions may become wider than in the source.
    pub allow_widening: bool,
    /// The index of the role to compile in a YAML, TOML or JSON file, from 0. `None` compiles the
    /// first role, and a loss reports that there are others.
    pub role: Option<usize>,
}

impl Target {
    /// A file for `host` (`None`: the text's own) that never grants more than the source.
    ///
    /// ```
    /// use rolewright_core::{Target, host::Host};
    ///
    /// assert_eq!(Target::of(Host::by_id("gemini")).host.map(|host| host.id), Some("gemini"));
    /// ```
    pub fn of(host: impl Into<Option<&'static Host>>) -> Self {
        Self { host: host.into(), allow_widening: false, role: None }
    }

    /// Like `of`, but for the role at `index`, from 0, of a file that contains several.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Target, compile};
    ///
    /// let modes = "customModes:
    ///   - {slug: a, name: A, groups: [], roleDefinition: Read.}
    ///   - {slug: b, name: B, groups: [], roleDefinition: Write.}
    /// ";
    /// let second = Target::default().role(1);
    /// let compiled = compile(&Input::new(modes).at(".roomodes"), &Options::new(), &second);
    /// assert_eq!(compiled.prompt, "Write.\n");
    /// ```
    #[must_use]
    pub fn role(self, index: usize) -> Self {
        Self { role: Some(index), ..self }
    }

    /// The same, even if it grants more.
    ///
    /// ```
    /// use rolewright_core::Target;
    ///
    /// assert!(Target::default().widening(true).allow_widening);
    /// ```
    #[must_use]
    pub fn widening(self, allow_widening: bool) -> Self {
        Self { allow_widening, ..self }
    }
}
