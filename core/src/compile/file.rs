//! The file that a host reads: where it lies, its head, and the prompt in it.

use super::{Loss, own_head};
use crate::role::Role;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What a host reads from disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostFile {
    /// Where it belongs, relative to the workspace root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Writes the file for a prompt, and notes what gets lost.
pub(super) fn write(role: &Role<'_>, prompt: &str, losses: &mut Vec<Loss>) -> HostFile {
    let mut text = own_head::write(role, losses);
    text.push_str(prompt);
    HostFile { path: role.path.to_owned(), text }
}
