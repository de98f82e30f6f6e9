//! The rules, one file each, and what they are given. A rule reads the lists that parsing collected
//! and asks the host for facts; it names no host.

use crate::diagnostic::{Diagnostic, Severity};
use crate::host::{self, FieldRole, Host};
use crate::map::Map;
use crate::options::{Options, Profile};
use crate::role::Role;
use crate::suppress::{self, Suppression};
use crate::template::{self, Expanded, Problem};
use crate::tools::{self, ToolList};
use crate::workspace::{Files, Values};
use alloc::format;
use alloc::vec::Vec;
use core::cell::OnceCell;

mod finding;

mod ambiguous_include;
pub mod bidi_control;
mod clamped_heading;
mod conflicting_tool;
mod description_length;
mod directive_in_code;
pub mod doubled_quote;
pub mod duplicate_field;
pub mod duplicate_role_name;
mod duplicate_title;
pub mod empty_body;
pub mod escaped_fence;
mod expansion_limit;
mod foreign_tool;
pub mod glued_delimiter;
pub mod glued_fence;
pub mod hidden_tag_characters;
mod implicit_all_tools;
mod include_case_mismatch;
mod include_cycle;
mod invalid_declaration;
pub mod invalid_field_type;
pub mod invalid_field_value;
pub mod invalid_name;
pub mod invalid_yaml;
pub mod invisible_character;
pub mod literal_escape;
pub mod machine_path;
pub mod misplaced_front_matter;
pub mod missing_field;
mod missing_fragment;
mod missing_include;
mod missing_trigger;
mod multiline_inline_include;
pub mod near_miss_field;
pub mod nested_fence;
mod orphaned_lead_in;
mod output_template;
pub mod over_limit;
pub mod plain_heading;
mod removed_tool;
mod sensitive_include;
mod tool_case;
mod unclosed_directive;
pub mod unclosed_fence;
mod undefined_variable;
mod unfilled_placeholder;
mod unknown_directive;
mod unknown_rule;
mod unknown_tool;
pub mod unreadable_file;
mod unsafe_include_path;
pub mod unused_suppression;
mod unused_variable;

pub use finding::Finding;

/// Every rule, in the order of the documentation.
const LIST: &[&Rule] = &[
    &ambiguous_include::RULE,
    &bidi_control::RULE,
    &clamped_heading::RULE,
    &conflicting_tool::RULE,
    &description_length::RULE,
    &directive_in_code::RULE,
    &doubled_quote::RULE,
    &duplicate_field::RULE,
    &duplicate_role_name::RULE,
    &duplicate_title::RULE,
    &empty_body::RULE,
    &escaped_fence::RULE,
    &expansion_limit::RULE,
    &foreign_tool::RULE,
    &glued_delimiter::RULE,
    &glued_fence::RULE,
    &hidden_tag_characters::RULE,
    &implicit_all_tools::RULE,
    &include_case_mismatch::RULE,
    &include_cycle::RULE,
    &invalid_declaration::RULE,
    &invalid_field_type::RULE,
    &invalid_field_value::RULE,
    &invalid_name::RULE,
    &invalid_yaml::RULE,
    &invisible_character::RULE,
    &literal_escape::RULE,
    &machine_path::RULE,
    &misplaced_front_matter::RULE,
    &missing_field::RULE,
    &missing_fragment::RULE,
    &missing_include::RULE,
    &missing_trigger::RULE,
    &multiline_inline_include::RULE,
    &near_miss_field::RULE,
    &nested_fence::RULE,
    &orphaned_lead_in::RULE,
    &output_template::RULE,
    &over_limit::RULE,
    &plain_heading::RULE,
    &removed_tool::RULE,
    &sensitive_include::RULE,
    &tool_case::RULE,
    &unclosed_directive::RULE,
    &unclosed_fence::RULE,
    &undefined_variable::RULE,
    &unfilled_placeholder::RULE,
    &unknown_directive::RULE,
    &unknown_rule::RULE,
    &unknown_tool::RULE,
    &unreadable_file::RULE,
    &unsafe_include_path::RULE,
    &unused_suppression::RULE,
    &unused_variable::RULE,
];

/// Every rule, in the order of the documentation. Without the feature `docs` their documentation is
/// empty: a program with little room serves it beside itself.
pub static RULES: &[Rule] = &TABLE;

static TABLE: [Rule; LIST.len()] = {
    let mut rules = [Rule::NONE; LIST.len()];
    let mut at = 0;
    while at < LIST.len() {
        rules[at] = LIST[at].kept();
        at += 1;
    }
    rules
};

/// A check and its documentation. `bad` and `good` are what the documentation shows, what the tests
/// prove and what the playground opens.
pub struct Rule {
    /// Kebab case; reads well after "allow"; stable once released.
    pub name: &'static str,
    /// Severity where neither the host nor the settings say otherwise.
    pub severity: Severity,
    /// The smallest profile that runs it.
    pub profile: Profile,
    /// What it reports, in one sentence.
    pub summary: &'static str,
    /// Why that matters, in one paragraph; a host's odd behaviour with its source.
    pub why: &'static str,
    /// A fault and its remedy.
    pub example: Example,
    /// Reports what it finds.
    pub check: fn(&mut Context<'_>),
}

impl Rule {
    /// Whether it runs under these settings.
    pub fn runs(&self, options: &Options) -> bool {
        match options.severity_of(self.name) {
            Some(setting) => setting.is_some(),
            None => self.profile <= options.profile,
        }
    }

    const NONE: Rule = Rule {
        name: "",
        severity: Severity::Info,
        profile: Profile::Style,
        summary: "",
        why: "",
        example: Example::NONE,
        check: |_| {},
    };

    const fn kept(&self) -> Rule {
        let Rule { name, severity, profile, check, .. } = *self;
        if cfg!(feature = "docs") {
            Rule {
                name,
                severity,
                profile,
                check,
                summary: self.summary,
                why: self.why,
                example: self.example,
            }
        } else {
            Rule { name, severity, profile, check, ..Rule::NONE }
        }
    }
}

/// A text that raises exactly its rule, and the same text put right.
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
    /// Other files of the workspace, as path and text. Empty: no other files are seen.
    pub files: &'static [(&'static str, &'static str)],
}

impl Example {
    const NONE: Example = Example { path: "", bad: "", at: "", good: "", files: &[] };
}

/// What a rule may read, and where it reports.
pub struct Context<'a> {
    /// The role under test.
    pub role: &'a Role<'a>,
    /// The host it is judged for.
    pub host: &'static Host,
    /// The files around it.
    pub files: &'a dyn Files,
    /// Values of its variables.
    pub values: &'a Values,
    /// Settings of the check.
    pub options: &'a Options,
    expanded: OnceCell<Expanded>,
    tools: OnceCell<Vec<ToolList<'a>>>,
    guessed: OnceCell<bool>,
    suppressions: OnceCell<Vec<Suppression<'a>>>,
    rule: Option<&'static Rule>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    /// A context without diagnostics.
    pub fn new(
        role: &'a Role<'a>,
        host: &'static Host,
        files: &'a dyn Files,
        values: &'a Values,
        options: &'a Options,
    ) -> Self {
        Self {
            role,
            host,
            files,
            values,
            options,
            expanded: OnceCell::new(),
            tools: OnceCell::new(),
            guessed: OnceCell::new(),
            suppressions: OnceCell::new(),
            rule: None,
            diagnostics: Vec::new(),
        }
    }

    /// Runs one rule.
    pub fn run(&mut self, rule: &'static Rule) {
        self.rule = Some(rule);
        (rule.check)(self);
    }

    /// The role with includes and variables filled in; worked out at the first call.
    pub fn expanded(&self) -> &Expanded {
        self.expanded
            .get_or_init(|| template::expand(self.role, self.files, self.values, self.options))
    }

    /// The expansion of a role that may hold directives or declares variables. All others are spared
    /// the work.
    pub fn template(&self) -> Option<&Expanded> {
        let worth = self.role.has_directives || self.role.field("variables").is_some();
        worth.then(|| self.expanded())
    }

    /// Reports what `judge` makes of the problems of the template, each at its place in its file. What
    /// is the same in one file is one finding with several places.
    pub fn report_problems(
        &mut self,
        judge: impl Fn(&Self, &Expanded, &Problem) -> Option<Finding>,
    ) {
        // One copy of what follows serves every rule.
        self.report_judged(&judge);
    }

    fn report_judged(&mut self, judge: &dyn Fn(&Self, &Expanded, &Problem) -> Option<Finding>) {
        let Some(expanded) = self.template() else { return };
        let mut first: Map<usize> = Map::default();
        let mut findings: Vec<(Finding, usize)> = Vec::new();
        for problem in &expanded.problems {
            let Some(finding) = judge(self, expanded, problem) else { continue };
            let key = format!("{}:{}", problem.at.file, finding.message());
            match first.get(&key).and_then(|at| findings.get_mut(*at)) {
                Some((finding, more)) => {
                    *more += 1;
                    finding.add_place(problem.at.span);
                }
                None => {
                    first.insert_new(key, findings.len());
                    findings.push((finding.led_to(expanded, problem), 0));
                }
            }
        }
        for (finding, more) in findings {
            self.report(finding.and_more(more));
        }
    }

    /// The tools that the role names, as the host reads them; worked out at the first call.
    pub fn tools(&self) -> &[ToolList<'a>] {
        self.tools.get_or_init(|| tools::read(self.role, self.host))
    }

    /// What comments of the role switch off; worked out at the first call.
    pub fn suppressions(&self) -> &[Suppression<'a>] {
        self.suppressions.get_or_init(|| suppress::read(self.role))
    }

    /// The expansion, where a rule has asked for it.
    pub(crate) fn take_expanded(&mut self) -> Option<Expanded> {
        self.expanded.take()
    }

    /// Whether only the fields speak for the host: neither the settings nor the path name it.
    pub fn host_is_guessed(&self) -> bool {
        let guessed = || self.options.host.is_none() && host::by_path(self.role.path).is_none();
        *self.guessed.get_or_init(guessed)
    }

    /// Whether the file only resembles a role of the host: it is guessed, and nothing names the role.
    /// Such a file is often a command or a prompt, whose fields are its own.
    pub fn is_lookalike(&self) -> bool {
        let is_name =
            |field: &host::Field| matches!(field.role, FieldRole::Name | FieldRole::DisplayName);
        let mut names = self.host.fields.iter().filter(|field| is_name(field));
        self.host_is_guessed() && !names.any(|name| self.role.field(name.name).is_some())
    }

    /// Reports a finding of the running rule, with the severity that the settings ask for.
    pub fn report(&mut self, finding: Finding) {
        let Some(rule) = self.rule else { return };
        let severity = match self.options.severity_of(rule.name) {
            Some(Some(chosen)) => chosen,
            _ => finding.own_severity().unwrap_or(rule.severity),
        };
        let asked_for = self.options.severity_of(rule.name).is_some();
        if severity == Severity::Info && self.options.profile == Profile::Core && !asked_for {
            return;
        }
        self.diagnostics.push(finding.into_diagnostic(rule.name, severity, self.role.path));
    }

    /// What was reported so far, which the caller may change.
    pub(crate) fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        core::mem::take(&mut self.diagnostics)
    }

    /// What was reported so far, in the order of the rules.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

#[cfg(test)]
mod tests;
