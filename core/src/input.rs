//! Defines the input of a check, a fix or a compilation: a text, its path, the files around it and
//! values.

use crate::workspace::{Files, NoFiles, Values};

/// A text and its known surroundings.
///
/// ```
/// use rolewright_core::{Input, Values};
///
/// let mut values = Values::new();
/// values.set("LANGUAGE", "English");
/// let input = Input::new("Answer in {{LANGUAGE}}.").at("roles/clerk.md").with_values(&values);
/// assert_eq!(input.path, "roles/clerk.md");
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Input<'a> {
    /// The text.
    pub text: &'a str,
    /// The existing or intended path, relative to the workspace root, with `/`; may be empty.
    pub path: &'a str,
    /// The files around it.
    pub files: &'a dyn Files,
    /// Values of template variables.
    pub values: &'a Values,
}

static NO_VALUES: Values = Values::new();

impl<'a> Input<'a> {
    /// A text without a path, other files or values.
    ///
    /// ```
    /// use rolewright_core::{Files, Input};
    ///
    /// let input = Input::new("You are a clerk.\n");
    /// assert!(input.path.is_empty() && !input.files.is_known());
    /// ```
    pub fn new(text: &'a str) -> Self {
        Self { text, path: "", files: &NoFiles, values: &NO_VALUES }
    }

    /// Sets the path, relative to the workspace root, with `/`.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, check};
    ///
    /// let input = Input::new("You plan.\n").at(".github/agents/plan.agent.md");
    /// assert_eq!(check(&input, &Options::new()).host.id, "copilot");
    /// ```
    #[must_use]
    pub fn at(self, path: &'a str) -> Self {
        Self { path, ..self }
    }

    /// The same among `files`.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, template};
    /// use std::collections::BTreeMap;
    ///
    /// let files = BTreeMap::from([("tone.md".to_string(), "Be brief.\n".to_string())]);
    /// let input = Input::new("{{include:tone.md}}\n").with_files(&files);
    /// assert_eq!(template::expand(&input, &Options::new()).text, "Be brief.\n");
    /// ```
    #[must_use]
    pub fn with_files(self, files: &'a dyn Files) -> Self {
        Self { files, ..self }
    }

    /// The same with `values` for its variables.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Values, template};
    ///
    /// let values = Values::from_iter([("NAME".to_string(), "Ann".to_string())]);
    /// let input = Input::new("You are {{NAME}}.\n").with_values(&values);
    /// assert_eq!(template::expand(&input, &Options::new()).text, "You are Ann.\n");
    /// ```
    #[must_use]
    pub fn with_values(self, values: &'a Values) -> Self {
        Self { values, ..self }
    }
}

impl core::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { text, path, values, .. } = self;
        f.debug_struct("Input")
            .field("text", text)
            .field("path", path)
            .field("values", values)
            .finish_non_exhaustive()
    }
}
