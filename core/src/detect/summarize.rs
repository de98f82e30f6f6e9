//! Summarizes the role in a file. Defined here, because only roles claim names.

use super::{Place, classify_parsed, place};
use crate::host::Host;
use crate::role::{Role, Syntax};
use crate::summary::RoleSummary;
use crate::workspace::{Files, NoFiles};

impl RoleSummary {
    /// The summary of the role in a file, for `host` or for the detected host. `None` if a search of
    /// the project would not treat the file as a role, or if it claims nothing.
    ///
    /// ```
    /// use rolewright_core::RoleSummary;
    ///
    /// let text = "---\nname: clerk\ndescription: Files. Use it.\n---\nFile it.\n";
    /// let summary = RoleSummary::of_file(".claude/agents/clerk.md", text, None);
    /// assert_eq!(summary.map(|summary| summary.name).as_deref(), Some("clerk"));
    /// ```
    pub fn of_file(path: &str, text: &str, host: Option<&'static Host>) -> Option<Self> {
        if !Self::may_be(path) {
            return None;
        }
        let role = Role::without_outline(text, path);
        let found = classify_parsed(&role, place(path), &NoFiles).ok()?;
        Self::of(&role, host.unwrap_or(found.host()))
    }

    /// The same for a file of a workspace, which may cache the summary.
    pub(crate) fn among(
        files: &dyn Files,
        path: &str,
        host: Option<&'static Host>,
    ) -> Option<Self> {
        files.summary(path, host, &|| Self::of_file(path, &files.text(path)?, host))
    }

    /// Whether a file may claim anything, which is known before it is read.
    pub(crate) fn may_be(path: &str) -> bool {
        let is_never = matches!(place(path), Place::Never(_));
        Syntax::of_path(path) == Syntax::Markdown && !is_never
    }
}
