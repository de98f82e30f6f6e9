//! Provides the data that a rule may read, and collects its findings.

use super::{Check, Enabled, Finding, Rule, Selection};
use crate::detect::{By, Detected};
use crate::diagnostic::{Diagnostic, Severity};
use crate::front_matter::{self, Field, Language};
use crate::host::{self, Client, Effect, FieldRole, Host, Overlooked, Tier};
use crate::input::Input;
use crate::options::{Options, Profile};
use crate::role::Role;
use crate::suppress::{self, Suppression};
use crate::syntax;
use crate::template::{self, Expanded, Problem};
use crate::tools::{self, ToolList};
use crate::workspace::{Files, Values};
use crate::yaml::Node;
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

/// The data that a rule may read, and the place for its findings.
pub(crate) struct Context<'a> {
    /// The role under test.
    pub role: &'a Role<'a>,
    /// The host it is checked for.
    pub host: &'static Host,
    /// The files around it.
    pub files: &'a dyn Files,
    /// Values of its variables.
    pub values: &'a Values,
    /// Settings of the check.
    pub options: &'a Options,
    /// The rules that run.
    pub enabled: Rc<[Enabled]>,
    /// The names in the settings that no rule has.
    pub unknown_rules: Vec<&'a str>,
    expanded: OnceCell<Expanded>,
    tools: OnceCell<Vec<ToolList<'a>>>,
    place: OnceCell<Option<&'static Host>>,
    client: OnceCell<Option<&'static Client>>,
    overlooking: OnceCell<Option<(&'static Host, &'static Overlooked)>>,
    suppressions: OnceCell<Vec<Suppression<'a>>>,
    toml: OnceCell<Option<Node<'a>>>,
    paths: OnceCell<Rc<Vec<Cow<'a, str>>>>,
    running: Option<Enabled>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    /// A context without diagnostics.
    pub(crate) fn new(
        role: &'a Role<'a>,
        host: &'static Host,
        input: &Input<'a>,
        options: &'a Options,
    ) -> Self {
        let Input { files, values, .. } = *input;
        let Selection { enabled, unknown } = Selection::of(options);
        Self {
            role,
            host,
            files,
            values,
            options,
            enabled: enabled.into(),
            unknown_rules: unknown,
            expanded: OnceCell::new(),
            tools: OnceCell::new(),
            place: OnceCell::new(),
            client: OnceCell::new(),
            overlooking: OnceCell::new(),
            suppressions: OnceCell::new(),
            toml: OnceCell::new(),
            paths: OnceCell::new(),
            running: None,
            diagnostics: Vec::new(),
        }
    }

    /// Like `new`, but for a host whose detection has already examined the path.
    pub(crate) fn placed(self, detected: Detected) -> Self {
        let place = match detected.by {
            By::Choice | By::Target => return self,
            By::Path | By::Version => Some(detected.host),
            By::Folder | By::Fields | By::Roles => None,
            By::NoFrontMatter | By::Siblings | By::NoHost => None,
        };
        Self { place: OnceCell::from(place), ..self }
    }

    /// Runs the enabled rules that `wanted` accepts.
    pub(crate) fn run(&mut self, wanted: impl Fn(&Rule) -> bool) {
        let enabled = Rc::clone(&self.enabled);
        for it in enabled.iter().filter(|it| wanted(it.rule)) {
            self.running = Some(*it);
            if let Check::Role(check) | Check::Prompt(check) | Check::RoleAndFolder(check, _) =
                it.rule.check
            {
                check(self);
            }
        }
    }

    /// The role with includes and variables filled in; computed on first use.
    pub(crate) fn expanded(&self) -> &Expanded {
        self.expanded
            .get_or_init(|| template::expand_role(self.role, self.files, self.values, self.options))
    }

    /// The expansion of a role that may contain directives or declares variables. Other roles are
    /// not expanded.
    pub(crate) fn template(&self) -> Option<&Expanded> {
        let worth = self.role.has_directives || self.role.field("variables").is_some();
        worth.then(|| self.expanded())
    }

    /// Reports the findings that `judge` returns for the template's problems, each at its place in
    /// its file. Identical findings in one file become one finding with several places.
    pub(crate) fn report_problems(
        &mut self,
        judge: impl Fn(&Self, &Expanded, &Problem) -> Option<Finding>,
    ) {
        // Not generic, so that all rules share one copy.
        self.report_judged(&judge);
    }

    fn report_judged(&mut self, judge: &dyn Fn(&Self, &Expanded, &Problem) -> Option<Finding>) {
        let Some(expanded) = self.template() else { return };
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
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
                    first.insert(key, findings.len());
                    findings.push((finding.led_to(expanded, problem), 0));
                }
            }
        }
        for (finding, more) in findings {
            self.report(finding.and_more(more));
        }
    }

    /// The text of one of the files of an expansion, by its index.
    pub(crate) fn text_of(&self, expanded: &Expanded, file: u32) -> Option<Cow<'a, str>> {
        match file {
            0 => Some(Cow::Borrowed(self.role.text)),
            _ => self.files.text(expanded.files.get(file as usize)?),
        }
    }

    /// The root of front matter in TOML, whose fields are not read otherwise; parsed on first use.
    pub(crate) fn toml(&self) -> Option<&Node<'a>> {
        let front_matter = self.role.front_matter.as_ref()?;
        let is_toml = front_matter.language == Language::Toml;
        let read = || syntax::toml_part(self.role.text, front_matter.content).root;
        self.toml.get_or_init(|| if is_toml { read() } else { None }).as_ref()
    }

    /// The sorted paths of all files; requested on first use.
    pub(crate) fn paths(&self) -> Rc<Vec<Cow<'a, str>>> {
        Rc::clone(self.paths.get_or_init(|| Rc::new(self.files.paths())))
    }

    /// The tools named by the role, as the host reads them; computed on first use.
    pub(crate) fn tools(&self) -> &[ToolList<'a>] {
        self.tools.get_or_init(|| tools::read(self.role, self.host))
    }

    /// Reports the findings that `judge` returns for each list of tools.
    pub(crate) fn report_lists(
        &mut self,
        judge: fn(&Context<'_>, &ToolList<'_>) -> Option<Finding>,
    ) {
        let found: Vec<Finding> =
            self.tools().iter().filter_map(|list| judge(self, list)).collect();
        found.into_iter().for_each(|finding| self.report(finding));
    }

    /// The role's fields that its host knows, each preceded by the host's facts about it. Empty for
    /// a file that only resembles a role.
    pub(crate) fn known_fields(
        &self,
    ) -> impl Iterator<Item = (&'static host::Field, &'a Field<'a>)> + use<'a> {
        let (host, role) = (self.host, self.role);
        let fields = if self.is_lookalike() { &[] } else { role.fields() };
        fields.iter().filter_map(|field| Some((host.field(&field.name)?, field)))
    }

    /// The suppressions in the role's comments; computed on first use.
    pub(crate) fn suppressions(&self) -> &[Suppression<'a>] {
        self.suppressions.get_or_init(|| suppress::read(self.role))
    }

    /// The expansion, if a rule has used it.
    pub(crate) fn take_expanded(&mut self) -> Option<Expanded> {
        self.expanded.take()
    }

    /// Whether the host was detected only from the fields, and not from the settings or the path.
    pub(crate) fn host_is_guessed(&self) -> bool {
        self.options.host.is_none() && self.place().is_none()
    }

    /// The host that looks for roles where the file is; computed on first use.
    pub(crate) fn place(&self) -> Option<&'static Host> {
        *self.place.get_or_init(|| host::by_path(self.role.path))
    }

    /// The host whose own folder contains the file, and the reason the host does not load it;
    /// computed on first use.
    pub(crate) fn overlooking(&self) -> Option<(&'static Host, &'static Overlooked)> {
        *self.overlooking.get_or_init(|| host::overlooking(self.role.path))
    }

    /// The only product that looks in the file's folder, if several products share the format;
    /// computed on first use.
    pub(crate) fn client(&self) -> Option<&'static Client> {
        *self.client.get_or_init(|| self.host.client(self.role.path))
    }

    /// The product that reads the file.
    pub(crate) fn reader(&self) -> &'static str {
        self.client().map_or(self.host.product, |client| client.name)
    }

    /// The product that fills in the placeholders of the file, if any.
    pub(crate) fn fills_in(&self) -> Option<&'static str> {
        self.host.fills_in(self.client(), self.role.path)
    }

    /// Whether the file only resembles a role of the host: the host is guessed, and nothing
    /// declares the file a role. Such a file is often a command or a prompt with its own fields.
    pub(crate) fn is_lookalike(&self) -> bool {
        let is_name =
            |field: &host::Field| matches!(field.role, FieldRole::Name | FieldRole::DisplayName);
        let mut names = self.host.fields.iter().filter(|field| is_name(field));
        self.host_is_guessed() && !names.any(|name| self.role.field(name.name).is_some())
    }

    /// The severity of a tool that the host does not know. If the host is only guessed, the effect
    /// on the role is less certain.
    pub(crate) fn tool_severity(&self, list: &ToolList<'_>) -> Severity {
        let unknown = self.host.tools.unknown.effect;
        match list.severity(self.host) {
            Severity::Error if self.host_is_guessed() && unknown != Effect::Rejected => {
                Severity::Warning
            }
            severity => severity,
        }
    }

    /// The host in whose own folder the file is, if that is another host that reads the field:
    /// without the field, the role would change there, perhaps to one with more permissions.
    fn read_elsewhere(&self, name: &str) -> Option<&'static Host> {
        self.place().filter(|own| own.id != self.host.id && own.field(name).is_some())
    }

    /// The finding, with a fix that removes the field if the field has separate lines.
    pub(crate) fn removing(&self, finding: Finding, name: &str) -> Finding {
        self.removing_all(finding, &[name], format!("Remove `{name}`"))
    }

    /// The same for several fields.
    pub(crate) fn removing_all(&self, finding: Finding, names: &[&str], title: String) -> Finding {
        if let Some(own) = names.iter().find_map(|name| self.read_elsewhere(name)) {
            return finding.kept_for(own.product);
        }
        let Some(front_matter) =
            self.role.front_matter.as_ref().filter(|_| self.role.within.is_none())
        else {
            return finding;
        };
        let gone = front_matter::without(self.role.text, front_matter, |field| {
            names.contains(&&*field.name)
        });
        let edits = gone.into_iter().map(|span| (span, String::new())).collect();
        finding.unsafe_fix(title, edits)
    }

    /// Reports a finding of the running rule, with the severity from the settings.
    pub(crate) fn report(&mut self, finding: Finding) {
        let Some(Enabled { rule, chosen }) = self.running else { return };
        self.add(rule, chosen, finding);
    }

    /// Reports a finding of `rule`.
    pub(crate) fn report_for(&mut self, rule: &Rule, finding: Finding) {
        self.add(rule, self.options.severity_of(rule.name).flatten(), finding);
    }

    /// Adds a finding; `chosen` is the severity from the settings.
    fn add(&mut self, rule: &Rule, chosen: Option<Severity>, finding: Finding) {
        let mut severity = rule.severity_of(&finding, chosen);
        let asked_for = chosen.is_some();
        if self.host.tier == Tier::Recognized && !asked_for {
            // Too little is known about such a host to report anything as an error.
            severity = severity.min(Severity::Warning);
        }
        if severity == Severity::Info && self.options.profile == Profile::Core && !asked_for {
            return;
        }
        self.diagnostics.push(finding.into_diagnostic(rule.name, severity, self.role.path));
    }

    /// The findings so far, which the caller may change.
    pub(crate) fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        core::mem::take(&mut self.diagnostics)
    }
}
