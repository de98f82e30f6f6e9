//! Defines a rule: its check, its documentation and its example.

use super::{Context, Finding};
use crate::diagnostic::Severity;
use crate::options::{Options, Profile};
use crate::summary::RoleSummary;
use crate::suppress::Suppression;

/// A check and its documentation. `bad` and `good` appear in the documentation, are proved by the
/// tests, and open in the playground.
pub struct Rule {
    /// Kebab case; reads well after "allow"; stable once released.
    pub name: &'static str,
    /// The severity, unless the host or the settings override it.
    pub severity: Severity,
    /// The smallest profile that runs it.
    pub profile: Profile,
    /// The reported problem, in one sentence.
    pub summary: &'static str,
    /// The reason it matters, in one paragraph; surprising host behavior is cited with its source.
    pub why: &'static str,
    /// A fault and its remedy.
    pub example: Example,
    /// The check, with the kind of input that it reads.
    pub(crate) check: Check,
}

impl Rule {
    /// Whether it runs under these settings.
    pub(crate) fn runs(&self, options: &Options) -> bool {
        self.runs_under(options.severity_of(self.name), options.profile)
    }

    /// The same for the rule's own setting, if it has one.
    pub(super) fn runs_under(&self, setting: Option<Option<Severity>>, profile: Profile) -> bool {
        setting.map_or(self.profile <= profile, |severity| severity.is_some())
    }

    /// The severity of a finding: the severity from the settings, the finding's own, or the rule's.
    pub(crate) fn severity_for(&self, finding: &Finding, options: &Options) -> Severity {
        self.severity_of(finding, options.severity_of(self.name).flatten())
    }

    /// The same with the severity from the settings, if they have one.
    pub(crate) fn severity_of(&self, finding: &Finding, chosen: Option<Severity>) -> Severity {
        chosen.or_else(|| finding.own_severity()).unwrap_or(self.severity)
    }

    pub(super) const NONE: Rule = Rule {
        name: "",
        severity: Severity::Info,
        profile: Profile::Style,
        summary: "",
        why: "",
        example: Example::NONE,
        check: Check::Role(|_| {}),
    };

    /// The published form of the rule, with or without its documentation.
    pub(super) const fn kept(&self) -> Rule {
        let (why, example) =
            if cfg!(feature = "docs") { (self.why, self.example) } else { ("", Example::NONE) };
        let Rule { name, severity, profile, summary, check, .. } = *self;
        Rule { name, severity, profile, summary, why, example, check }
    }
}

/// The input of a rule. The pipeline runs each kind at a different stage.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// A text before parsing; a text with a finding is not checked any further.
    Text(fn(&str) -> Option<Finding>),
    /// A role with all it includes.
    Role(fn(&mut Context<'_>)),
    /// The compiled prompt: checked again for the host that a compilation targets.
    Prompt(fn(&mut Context<'_>)),
    /// The roles of one host that are loaded together, in path order; findings refer to a role by
    /// its index.
    Folder(fn(&[&RoleSummary], &mut dyn FnMut(usize, Finding))),
    /// A role, and then the roles of one host that are loaded together.
    RoleAndFolder(fn(&mut Context<'_>), fn(&[&RoleSummary], &mut dyn FnMut(usize, Finding))),
    /// Suppressions without an effect, after all other rules have run.
    Suppression(fn(&Suppression<'_>) -> Finding),
}

/// A text that raises exactly its rule, and the same text corrected.
#[derive(Clone, Copy)]
pub struct Example {
    /// Path of both, which decides the host.
    pub path: &'static str,
    /// The faulty text.
    pub bad: &'static str,
    /// The part of `bad` that the diagnostic must cover: its first occurrence.
    pub at: &'static str,
    /// The text without the fault.
    pub good: &'static str,
    /// Other files of the workspace, as path and text. If empty, no other files are visible.
    pub files: &'static [(&'static str, &'static str)],
}

impl Example {
    const NONE: Example = Example { path: "", bad: "", at: "", good: "", files: &[] };
}
