//! What a caller asks of a check, a fix or a compilation.

use crate::diagnostic::Severity;
use crate::host::Host;
use crate::markdown::Reader;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::string::ToString;
use core::fmt;

mod template;

pub use template::{Code, Limits, Missing, Mount, Resolve, Shift, Spacing, TemplateOptions};

/// Settings of a check, a fix or a compilation.
///
/// ```
/// use rolewright_core::{Options, Profile};
///
/// let options = Options::new().with_profile(Profile::Core).with_rule("missing-trigger", None);
/// assert_eq!(options.severity_of("missing-trigger"), Some(None));
/// assert_eq!(options.severity_of("invalid-yaml"), None);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The host to judge for; `None` to detect it.
    pub host: Option<&'static Host>,
    /// Which rules run.
    pub profile: Profile,
    /// By rule name: `None` switches it off, a severity switches it on and replaces its own.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// How templates are read and expanded, and their limits.
    pub template: TemplateOptions,
    /// Reads the role, every file that it includes, and the expanded prompt.
    pub markdown: Reader,
}

#[cfg(feature = "pulldown-cmark")]
impl Default for Options {
    fn default() -> Self {
        Self::with_reader(crate::markdown::outline)
    }
}

impl Options {
    /// The default settings with a reader of the caller's own.
    pub fn with_reader(markdown: Reader) -> Self {
        Self {
            host: None,
            profile: Profile::default(),
            rules: BTreeMap::new(),
            template: TemplateOptions::default(),
            markdown,
        }
    }

    /// The defaults: the host is detected, the profile is [`Profile::Recommended`].
    #[cfg(feature = "pulldown-cmark")]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for `host`, which then is not detected.
    #[must_use]
    pub fn with_host(self, host: &'static Host) -> Self {
        Self { host: Some(host), ..self }
    }

    /// The same with the rules of `profile`.
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// The same with a rule switched off (`None`), or on with a severity of its own.
    #[must_use]
    pub fn with_rule(mut self, name: &str, setting: Option<Severity>) -> Self {
        self.rules.insert(name.to_string(), setting);
        self
    }

    /// The same with these settings of templates.
    #[must_use]
    pub fn with_template(self, template: TemplateOptions) -> Self {
        Self { template, ..self }
    }

    /// The explicit setting of a rule: `None` if there is none, `Some(None)` for off.
    pub fn severity_of(&self, rule: &str) -> Option<Option<Severity>> {
        self.rules.get(rule).copied()
    }
}

/// Which rules run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Errors and warnings: what a build should fail on.
    Core,
    /// And info.
    #[default]
    Recommended,
    /// And matters of taste.
    Style,
}

/// Its name.
impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Profile {
    /// The name used in settings.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Core => "core",
            Profile::Recommended => "recommended",
            Profile::Style => "style",
        }
    }

    /// The profile of a name, exactly as [`Profile::name`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        [Profile::Core, Profile::Recommended, Profile::Style].into_iter().find(|p| p.name() == name)
    }
}
