//! The options of a check, a fix or a compilation.

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
    /// The host to check for; `None` to detect it.
    pub host: Option<&'static Host>,
    /// Which rules run.
    pub profile: Profile,
    /// Overrides by rule name: `None` turns the rule off, a severity turns it on and replaces its
    /// default.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// How templates are read and expanded, and their limits.
    pub template: TemplateOptions,
    /// Reads the outline of the role, of every included file, and of the expanded prompt.
    pub markdown: Reader,
}

#[cfg(feature = "pulldown-cmark")]
impl Default for Options {
    fn default() -> Self {
        Self::with_reader(crate::markdown::outline)
    }
}

impl Options {
    /// The default settings with the caller's own Markdown reader.
    ///
    /// ```
    /// use rolewright_core::{Options, markdown};
    ///
    /// let options = Options::with_reader(|text, body| markdown::outline(text, body));
    /// assert!(options.host.is_none() && options.rules.is_empty());
    /// ```
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
    ///
    /// ```
    /// use rolewright_core::{Options, Profile};
    ///
    /// assert_eq!(Options::new().profile, Profile::Recommended);
    /// ```
    #[cfg(feature = "pulldown-cmark")]
    pub fn new() -> Self {
        Self::default()
    }

    /// The defaults for `host`, which is then not detected.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, check, host::Host};
    ///
    /// let options = Options::new().with_host(Host::by_id("gemini").unwrap());
    /// let report = check(&Input::new("You plan.\n").at(".claude/agents/plan.md"), &options);
    /// assert_eq!(report.host.id, "gemini");
    /// ```
    #[must_use]
    pub fn with_host(self, host: &'static Host) -> Self {
        Self { host: Some(host), ..self }
    }

    /// The same with the rules of `profile`.
    ///
    /// ```
    /// use rolewright_core::{Options, Profile};
    ///
    /// assert_eq!(Options::new().with_profile(Profile::Style).profile, Profile::Style);
    /// ```
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// Returns the options with a rule turned off (`None`), or turned on with a given severity.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Severity, check};
    ///
    /// let input = Input::new("# A\n\n```\n").at("a.md");
    /// let stricter = Options::new().with_rule("unclosed-fence", Some(Severity::Error));
    /// assert_eq!(check(&input, &stricter).diagnostics[0].severity, Severity::Error);
    /// let without = Options::new().with_rule("unclosed-fence", None);
    /// assert!(check(&input, &without).diagnostics.is_empty());
    /// ```
    #[must_use]
    pub fn with_rule(mut self, name: &str, setting: Option<Severity>) -> Self {
        self.rules.insert(name.to_string(), setting);
        self
    }

    /// The same with these settings of templates.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, TemplateOptions, options::Missing, template};
    ///
    /// let mut settings = TemplateOptions::default();
    /// settings.missing = Some(Missing::Empty);
    /// let options = Options::new().with_template(settings);
    /// assert_eq!(template::expand(&Input::new("Hello{{NAME}}.\n"), &options).text, "Hello.\n");
    /// ```
    #[must_use]
    pub fn with_template(self, template: TemplateOptions) -> Self {
        Self { template, ..self }
    }

    /// The explicit setting of a rule: `None` without a setting, `Some(None)` for off.
    ///
    /// ```
    /// use rolewright_core::Options;
    ///
    /// let options = Options::new().with_rule("tool-case", None);
    /// assert_eq!(options.severity_of("tool-case"), Some(None));
    /// assert_eq!(options.severity_of("unknown-tool"), None);
    /// ```
    pub fn severity_of(&self, rule: &str) -> Option<Option<Severity>> {
        self.rules.get(rule).copied()
    }
}

/// Which rules run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// What a build should fail on; reports no info.
    Core,
    /// Advice as well.
    #[default]
    Recommended,
    /// Matters of taste as well.
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
    ///
    /// ```
    /// use rolewright_core::Profile;
    ///
    /// assert_eq!(Profile::Style.name(), "style");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Core => "core",
            Profile::Recommended => "recommended",
            Profile::Style => "style",
        }
    }

    /// The profile with a name, exactly as [`Profile::name`] writes it.
    ///
    /// ```
    /// use rolewright_core::Profile;
    ///
    /// assert_eq!(Profile::from_name("core"), Some(Profile::Core));
    /// assert_eq!(Profile::from_name("all"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        [Profile::Core, Profile::Recommended, Profile::Style].into_iter().find(|p| p.name() == name)
    }
}
