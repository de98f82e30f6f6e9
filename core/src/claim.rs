//! The name by which a host knows a role, and the span of that name in the file.

use crate::host::{FieldRole, Host, Identity};
use crate::role::Role;
use crate::text::{Span, folder};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The name one role claims: all that a cross-file check keeps of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The role's path.
    pub path: String,
    /// The id of the host it is for.
    pub host: &'static str,
    /// The name.
    pub name: String,
    /// Place of the name, in bytes of that file.
    pub span: Span,
    /// The cross-file rules that a comment suppresses there.
    pub suppressed: Vec<String>,
}

impl Claim {
    /// A claim that no comment suppresses anything about.
    ///
    /// ```
    /// use rolewright_core::{Claim, Span, host::Host};
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// let claim = Claim::new("agents/a.md".into(), host, "reviewer".into(), Span::new(10, 18));
    /// assert!(claim.host == "claude-code" && claim.suppressed.is_empty());
    /// ```
    pub fn new(path: String, host: &'static Host, name: String, span: Span) -> Self {
        Self { path, host: host.id, name, span, suppressed: Vec::new() }
    }

    /// The claim of a role; `None` if the host does not know roles by their name field.
    pub(crate) fn of(role: &Role<'_>, host: &'static Host) -> Option<Self> {
        if !matches!(
            host.identity,
            Identity::Field | Identity::FieldAndFolder | Identity::FieldOrFile
        ) {
            return None;
        }
        let field = role.field(host.field_for(FieldRole::Name)?.name)?;
        let name = field.value.as_str().filter(|name| !name.is_empty())?;
        Some(Self::new(role.path.to_string(), host, name.to_string(), field.value.span))
    }

    /// What two roles must share to be loaded together: the host and the folder that it loads as a
    /// whole. In another folder the nearer file wins on purpose, or a plugin's name is put before the
    /// role's.
    pub(crate) fn place(&self) -> (&str, &str) {
        (self.host, self.scope(&self.path))
    }

    /// The folder whose roles are loaded together with this one where that includes the folders below;
    /// `None` where each folder stands for itself.
    ///
    /// ```
    /// use rolewright_core::{Claim, Span, host::Host};
    ///
    /// let host = Host::by_id("claude-code").unwrap();
    /// let claim = Claim::new(".claude/agents/ui/a.md".into(), host, "a".into(), Span::new(10, 11));
    /// assert_eq!(claim.top_folder(), Some(".claude/agents"));
    /// ```
    pub fn top_folder(&self) -> Option<&str> {
        self.deep_location(&self.path)
    }

    /// Whether a role at `path` would be loaded together with this one.
    pub(crate) fn is_beside(&self, path: &str) -> bool {
        let own = self.scope(&self.path);
        // Most paths are known by their beginning alone.
        path.starts_with(own) && self.scope(path) == own
    }

    /// The folder that is loaded as a whole: that of the host's location where it also looks into the
    /// folders below, else the file's own.
    fn scope<'p>(&self, path: &'p str) -> &'p str {
        self.deep_location(path).unwrap_or_else(|| folder(path))
    }

    fn deep_location<'p>(&self, path: &'p str) -> Option<&'p str> {
        let host = Host::by_id(self.host).filter(|host| host.identity == Identity::Field)?;
        host.deep_location(path)
    }
}
