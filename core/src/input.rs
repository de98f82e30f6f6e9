//! What a check, a fix or a compilation reads: a text, its path, the files around it and values.

use crate::workspace::{Files, NoFiles, Values};

/// A text and all that is known around it.
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
    /// The path it has or would have: relative to the workspace root, with `/`; may be empty.
    pub path: &'a str,
    /// The files around it.
    pub files: &'a dyn Files,
    /// Values of template variables.
    pub values: &'a Values,
}

static NO_VALUES: Values = Values::new();

impl<'a> Input<'a> {
    /// A text without a path, other files or values.
    pub fn new(text: &'a str) -> Self {
        Self { text, path: "", files: &NoFiles, values: &NO_VALUES }
    }

    /// The same at `path`: relative to the workspace root, with `/`.
    #[must_use]
    pub fn at(self, path: &'a str) -> Self {
        Self { path, ..self }
    }

    /// The same among `files`.
    #[must_use]
    pub fn with_files(self, files: &'a dyn Files) -> Self {
        Self { files, ..self }
    }

    /// The same with `values` for its variables.
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
