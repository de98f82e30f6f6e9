//! What a caller asks of a check, a fix or a compilation.

use crate::diagnostic::Severity;
use crate::host::Host;
use crate::map::Map;
use crate::markdown::Reader;

mod template;

pub use template::{Code, Limits, Missing, Mount, Resolve, Shift, Spacing, TemplateOptions};

/// Settings of a check, a fix or a compilation.
#[derive(Clone, Debug)]
pub struct Options {
    /// The host to judge for; `None` to detect it.
    pub host: Option<&'static Host>,
    /// Which rules run.
    pub profile: Profile,
    /// By rule name: `None` switches it off, a severity switches it on and replaces its own.
    pub rules: Map<Option<Severity>>,
    /// How templates are read and expanded, and their limits.
    pub template: TemplateOptions,
    /// Whether a rule may look through the other files of the workspace by itself. A check of the
    /// whole workspace does that once for all of them.
    pub across: bool,
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
            rules: Map::default(),
            template: TemplateOptions::default(),
            across: true,
            markdown,
        }
    }

    /// The explicit setting of a rule: `None` where there is none, `Some(None)` for off.
    pub fn severity_of(&self, rule: &str) -> Option<Option<Severity>> {
        self.rules.get(rule).copied()
    }
}

/// Which rules run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Errors and warnings: what a build should fail on.
    Core,
    /// And hints.
    #[default]
    Recommended,
    /// And matters of taste.
    Style,
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
