//! Resolves the options of an expansion: first from the caller, then from the front matter of the
//! entry, then from the defaults.

use crate::markdown::Reader;
use crate::options::{Code, Limits, Missing, Mount, Resolve, Shift, Spacing, TemplateOptions};
use crate::role::Role;
use crate::yaml::Node;
use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// The nesting limit of includes, regardless of the settings.
pub(super) const MAX_DEPTH: usize = 64;

/// The options of one expansion, with all defaults resolved.
pub(super) struct Settings {
    pub resolve: Resolve,
    pub root: String,
    pub shift: Shift,
    pub spacing: Spacing,
    pub code: Code,
    pub missing: Missing,
    /// Without the slashes at both ends; longest first.
    pub mounts: Vec<(String, Mount)>,
    pub allowed: Vec<String>,
    pub limits: Limits,
    /// Reads every included file.
    pub markdown: Reader,
}

impl Settings {
    /// The caller's options take precedence over the front matter of the entry, which takes
    /// precedence over the defaults.
    pub(super) fn new(options: &TemplateOptions, role: &Role<'_>, markdown: Reader) -> Self {
        let front_matter = role.field("templates").map(|field| &field.value);
        let said = |name: &str| front_matter.and_then(|node| node.get(name)).and_then(Node::as_str);
        let mut mounts = declared_mounts(role);
        for (at, mount) in options.mounts.iter() {
            mounts.insert(at.to_owned(), mount.clone());
        }
        let mut mounts: Vec<(String, Mount)> = mounts
            .iter()
            .map(|(at, mount)| (at.trim_matches('/').to_owned(), mount.clone()))
            .collect();
        mounts.sort_by_key(|(at, _)| core::cmp::Reverse(at.len()));
        let mut limits = options.limits;
        limits.depth = limits.depth.min(MAX_DEPTH);
        Self {
            resolve: options.resolve.unwrap_or(match said("resolve") {
                Some("root") => Resolve::Root,
                Some("file") => Resolve::File,
                _ => Resolve::RootThenFile,
            }),
            root: options
                .root
                .as_deref()
                .or_else(|| said("root"))
                .unwrap_or("")
                .trim_matches('/')
                .to_owned(),
            shift: options.shift.unwrap_or(match said("shift") {
                Some("none") => Shift::None,
                _ => Shift::Auto,
            }),
            spacing: options.spacing.unwrap_or(match said("spacing") {
                Some("exact") => Spacing::Exact,
                _ => Spacing::Paragraphs,
            }),
            code: options.code.unwrap_or(match said("code") {
                Some("live") => Code::Live,
                _ => Code::Literal,
            }),
            missing: options.missing.unwrap_or_default(),
            mounts,
            allowed: options.allowed.clone(),
            limits,
            markdown,
        }
    }
}

/// `mounts: { "/branch/": { path: "branch/", trust: data } }`; a bare string is the path.
fn declared_mounts(role: &Role<'_>) -> BTreeMap<String, Mount> {
    let mut mounts = BTreeMap::new();
    let entries = role.field("mounts").and_then(|field| field.value.entries()).unwrap_or(&[]);
    for entry in entries {
        let Some(at) = entry.key.as_str() else { continue };
        let path = entry.value.as_str().or_else(|| entry.value.get("path").and_then(Node::as_str));
        let Some(path) = path else { continue };
        // A misspelled word must not turn instructions into data.
        let data = entry.value.get("trust").is_some_and(|trust| trust.as_str() != Some("template"));
        mounts.insert(at.to_owned(), Mount { path: path.to_owned(), data });
    }
    mounts
}
