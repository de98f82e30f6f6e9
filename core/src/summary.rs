//! Defines the summaries that cross-file checks compare: the name that a host uses for a role, and
//! digests of its description and prompt.

use crate::agents::stem;
use crate::host::{FieldRole, Host, Identity};
use crate::role::Role;
use crate::text::{Span, folder};
use crate::tokens;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::hash::Hasher;
use rustc_hash::FxHasher;

/// The name of a role and digests of its texts: everything that a cross-file check keeps about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoleSummary {
    /// The role's path.
    pub path: String,
    /// The id of the host it is for.
    pub host: &'static str,
    /// The name.
    pub name: String,
    /// Place of the name, in bytes of that file.
    pub span: Span,
    /// Digests of its texts.
    pub digests: Digests,
    /// The cross-file rules that a comment in the file suppresses.
    pub suppressed: Vec<String>,
}

// Exhaustive, because callers that store summaries build it.
/// Digests of the role's texts, each below 2⁵³ so that JavaScript can represent them. They are
/// comparable only within the same version and build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digests {
    /// Place of the description, in bytes of the file; empty if there is none.
    pub description: Span,
    /// Its estimated tokens.
    pub tokens: u32,
    /// Equal for descriptions with the same words in any order; 0 if there are too few words to
    /// compare.
    pub words: u64,
    /// Equal for equal prompts; 0 if the prompt is too short to compare.
    pub prompt: u64,
}

/// Shorter descriptions, in words, may be equal by chance.
const MIN_WORDS: u32 = 4;

/// Shorter prompts may be the same by chance.
const MIN_PROMPT: usize = 120;

impl Digests {
    fn of(role: &Role<'_>, host: &'static Host) -> Self {
        let name = host.field_for(FieldRole::Description).map(|field| field.name);
        let field = name.and_then(|name| role.field(name));
        let text = field.and_then(|field| field.value.as_str()).unwrap_or("");
        let prompt = role.body.of(role.text).trim();
        Self {
            description: field.map_or(Span::default(), |field| field.value.span),
            tokens: u32::try_from(tokens::estimate(text).estimate).unwrap_or(u32::MAX),
            words: words(text),
            prompt: if prompt.len() < MIN_PROMPT { 0 } else { digest(prompt) },
        }
    }
}

/// The sum of the words' hashes, which does not depend on their order.
fn words(text: &str) -> u64 {
    let (mut count, mut sum) = (0u32, 0u32);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut hasher = FxHasher::default();
        word.bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
        sum = sum.wrapping_add(folded(&hasher));
        count += 1;
    }
    if count < MIN_WORDS { 0 } else { joined(count, sum) }
}

fn digest(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    joined(u32::try_from(text.len()).unwrap_or(u32::MAX), folded(&hasher))
}

/// The upper and lower half of a hash in one.
fn folded(hasher: &FxHasher) -> u32 {
    let hash = hasher.finish();
    ((hash >> 32) ^ (hash & 0xffff_ffff)) as u32
}

/// A count of at most 2²¹ above a hash.
fn joined(count: u32, hash: u32) -> u64 {
    (u64::from(count & 0x1f_ffff) << 32) | u64::from(hash)
}

impl RoleSummary {
    /// A summary without any suppressions.
    ///
    /// ```
    /// use rolewright_core::{RoleSummary, Span, host::Host};
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// let summary = RoleSummary::new("agents/a.md".into(), host, "reviewer".into(), Span::new(10, 18));
    /// assert!(summary.host == "claude-code" && summary.suppressed.is_empty());
    /// ```
    pub fn new(path: String, host: &'static Host, name: String, span: Span) -> Self {
        let (digests, suppressed) = (Digests::default(), Vec::new());
        Self { path, host: host.id, name, span, digests, suppressed }
    }

    /// The summary of a role; `None` if nothing in it can be compared: it has no name field, and no
    /// description by which a host that names roles by their files chooses it.
    pub(crate) fn of(role: &Role<'_>, host: &'static Host) -> Option<Self> {
        let digests = Digests::of(role, host);
        let (name, span) = match host.identity {
            Identity::Field | Identity::FieldAndFolder | Identity::FieldOrFile => {
                let field = role.field(host.field_for(FieldRole::Name)?.name)?;
                (field.value.as_str().filter(|name| !name.is_empty())?, field.value.span)
            }
            Identity::File if host.routed && digests.words != 0 => {
                (stem(role.path), digests.description)
            }
            Identity::File | Identity::None => return None,
        };
        let summary = Self::new(role.path.to_string(), host, name.to_string(), span);
        Some(Self { digests, ..summary })
    }

    /// Whether the name is the file name, which is unique in the folder.
    pub(crate) fn is_named_by_file(&self) -> bool {
        Host::by_id(self.host).is_some_and(|host| host.identity == Identity::File)
    }

    /// The key shared by roles that are loaded together: the host, and the folder that it loads as
    /// a whole. Across folders, the nearer file wins on purpose, or the role's name is prefixed
    /// with a plugin's name.
    pub(crate) fn place(&self) -> (&str, &str) {
        (self.host, scope(self.deep_host(), &self.path))
    }

    /// The folder whose roles, including those in subfolders, are loaded together with this role;
    /// `None` if each folder is loaded separately.
    ///
    /// ```
    /// use rolewright_core::{RoleSummary, Span, host::Host};
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// let summary = RoleSummary::new(".claude/agents/ui/a.md".into(), host, "a".into(), Span::new(10, 11));
    /// assert_eq!(summary.top_folder(), Some(".claude/agents"));
    /// ```
    pub fn top_folder(&self) -> Option<&str> {
        self.deep_host()?.deep_location(&self.path)
    }

    /// Whether a role at a path would be loaded together with this one.
    pub(crate) fn is_beside(&self) -> impl Fn(&str) -> bool {
        let host = self.deep_host();
        let own = scope(host, &self.path);
        // For most paths, the prefix is enough to decide.
        move |path| path.starts_with(own) && scope(host, path) == own
    }

    /// The role's host, if it also looks into the folders below its location.
    fn deep_host(&self) -> Option<&'static Host> {
        Host::by_id(self.host).filter(|host| host.identity == Identity::Field)
    }
}

/// The folder that is loaded as a whole: the folder of the host's location if the host also looks
/// into subfolders, or else the file's own folder.
fn scope<'p>(host: Option<&Host>, path: &'p str) -> &'p str {
    host.and_then(|host| host.deep_location(path)).unwrap_or_else(|| folder(path))
}
