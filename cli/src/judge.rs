//! Asks the engine which files are roles.

use crate::read;
use crate::workspace::Home;
use crate::world::World;
use rolewright_core::Files;
use rolewright_core::detect::{self, Asked, Place};
use rolewright_core::host::{Host, also_read_by};

/// What is known about a file that is checked.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// What it is to its host: `role`, `prompt`, `rule`, `context`.
    pub kind: &'static str,
    /// The id of its host, or "auto".
    pub host: &'static str,
    /// Why it is checked, as sentences.
    pub reason: String,
    /// Whether its text alone makes it a role, so that it may be a part of another.
    pub may_be_part: bool,
    /// Whether it may include other files.
    pub includes: bool,
}

impl Judged {
    /// A file that is checked whatever it is.
    pub(crate) fn chosen(reason: &str) -> Self {
        let reason = String::from(reason);
        Self { kind: "role", host: "auto", reason, may_be_part: false, includes: false }
    }
}

/// Why a file is not checked.
pub(crate) struct Passed {
    /// What such files are.
    pub why: &'static str,
    /// Whether they resemble a role.
    pub near: bool,
}

/// Whether a file of a search is checked; `path` is its path in its workspace. With `is_folder`, its
/// folder was named.
pub(crate) fn judge(
    world: &dyn World,
    home: &Home<'_>,
    path: &str,
    file: &str,
    is_folder: bool,
) -> Result<Judged, Passed> {
    if home.config.includes(path) {
        return Ok(Judged::chosen("It matches `include` in rolewright.json."));
    }
    let place = detect::place(path);
    if let Place::Never(why) = place {
        return Err(Passed { why: why.name(), near: false });
    }
    match (read::role(world, file, path), place) {
        (Ok(text), _) => of_text(path, &text, is_folder, &home.texts),
        // Where a host looks, a file that cannot be read is reported when it is checked.
        (Err(_), Place::Host(_)) => Ok(Judged::chosen("")),
        (Err(_), _) => Err(Passed { why: "unreadable", near: false }),
    }
}

/// Whether a text is a role by what it says.
pub(crate) fn of_text(
    path: &str,
    text: &str,
    is_folder: bool,
    files: &dyn Files,
) -> Result<Judged, Passed> {
    let asked = if is_folder { Asked::Folder } else { Asked::Search };
    match detect::judge_among(path, text, asked, files) {
        Ok(judged) => Ok(Judged {
            kind: judged.host().kind.name(),
            host: judged.host().id,
            reason: judged.reason() + &also_read(path),
            may_be_part: judged.may_be_part(),
            includes: text.contains("{{"),
        }),
        Err(passed) => Err(Passed { why: passed.why.name(), near: passed.near }),
    }
}

/// The other products that read a file, with the ids that `--host` accepts to check what they do
/// with it.
fn also_read(path: &str) -> String {
    let names = |host: &Host| format!("{} (`{}`)", host.product, host.id);
    let readers: Vec<String> = also_read_by(path).map(names).collect();
    match readers.is_empty() {
        true => String::new(),
        false => format!(" Also read by {} (see --readers).", readers.join(", ")),
    }
}
