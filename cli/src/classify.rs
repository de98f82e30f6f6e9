//! Asks the engine which files are roles.

use crate::workspace::Home;
use rolewright_core::Files;
use rolewright_core::detect::{self, FoundBy, Place};
use rolewright_core::host::{Host, also_read_by};

/// The classification of a file that is checked.
#[derive(Clone, Debug)]
pub(crate) struct RoleFile {
    /// Its kind for its host: `role`, `prompt`, `rule`, `context`.
    pub kind: &'static str,
    /// The id of its host, or "auto".
    pub host: &'static str,
    /// The reasons for checking it, as sentences.
    pub reason: String,
    /// Whether only its text makes it a role, so that it may be part of another role.
    pub may_be_part: bool,
    /// Whether it may include other files.
    pub includes: bool,
}

impl RoleFile {
    /// A file that is checked whatever it is.
    pub(crate) fn chosen(reason: &str) -> Self {
        let reason = String::from(reason);
        Self { kind: "role", host: "auto", reason, may_be_part: false, includes: false }
    }
}

/// Why a file is not checked.
pub(crate) struct SkippedFile {
    /// The kind of such files.
    pub why: &'static str,
    /// Whether they resemble a role.
    pub near: bool,
}

/// Classifies a file of a search; `path` is relative to its workspace. With `is_folder`, its folder
/// was named.
pub(crate) fn classify(
    home: &Home<'_>,
    path: &str,
    file: &str,
    is_folder: bool,
) -> Result<RoleFile, SkippedFile> {
    if home.config.includes(path) {
        return Ok(RoleFile::chosen("It matches `include` in rolewright.json."));
    }
    let place = detect::place(path);
    if let Place::Never(why) = place {
        return Err(SkippedFile { why: why.name(), near: false });
    }
    match (home.texts.role(path, file), place) {
        (Ok(text), _) => of_text(path, &text, is_folder, &home.texts),
        // In a host's location, an unreadable file is reported when it is checked.
        (Err(_), Place::Host(_)) => Ok(RoleFile::chosen("")),
        (Err(_), _) => Err(SkippedFile { why: "unreadable", near: false }),
    }
}

/// Classifies a file by its text.
pub(crate) fn of_text(
    path: &str,
    text: &str,
    is_folder: bool,
    files: &dyn Files,
) -> Result<RoleFile, SkippedFile> {
    let found_by = if is_folder { FoundBy::Folder } else { FoundBy::Search };
    match detect::classify_among(path, text, found_by, files) {
        Ok(classified) => Ok(RoleFile {
            kind: classified.host().kind.name(),
            host: classified.host().id,
            reason: classified.reason() + &also_read(path),
            may_be_part: classified.may_be_part(),
            includes: text.contains("{{"),
        }),
        Err(passed) => Err(SkippedFile { why: passed.why.name(), near: passed.near }),
    }
}

/// The other products that read a file, with the IDs that `--host` accepts for checking the file
/// for them.
fn also_read(path: &str) -> String {
    let names = |host: &Host| format!("{} (`{}`)", host.product, host.id);
    let readers: Vec<String> = also_read_by(path).map(names).collect();
    match readers.is_empty() {
        true => String::new(),
        false => format!(" Also read by {} (see --readers).", readers.join(", ")),
    }
}
