//! Compiles a role for a host: the prompt that the model sees, the file that the host reads, a mapping
//! back to the source, and what could not be expressed.

use crate::check::{self, Reach};
use crate::detect;
use crate::diagnostic::{Message, Severity};
use crate::front_matter::{Field, Language};
use crate::host::{HOSTS, Host};
use crate::input::Input;
use crate::markdown::Outline;
use crate::options::{Missing, Options};
use crate::permissions::Outcome;
use crate::role::{Role, Syntax};
use crate::rules::unreadable_file;
use crate::syntax::LaidOut;
use crate::template::{self, Chain, Expanded, IncludeNode, Segment, VariableUse};
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

mod accept;
mod convert;
mod data;
mod file;
mod identity;
mod merge;
mod own_front_matter;
mod places;
mod stats;
mod toml_front_matter;
mod tools;
mod value;

pub use file::HostFile;
pub use stats::{Limit, SectionShare, SourceShare, Stats};

/// A role as its host and its model receive it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compiled {
    /// The host that the file is written for.
    pub host: &'static Host,
    /// What the role is called there; empty if the text is not compiled.
    pub name: String,
    /// The text that the model sees.
    pub prompt: String,
    /// What the host reads from disk; `None` if the text is not compiled, or if the role could do
    /// more than its source says.
    pub file: Option<HostFile>,
    /// What happens to the role's permissions.
    pub permissions: Outcome,
    /// Whether the host accepts the file: there is one, and its check finds no error.
    pub loads: bool,
    /// Cover the prompt exactly once, in order.
    pub segments: Vec<Segment>,
    /// Paths of the files that segments name by index; the entry first.
    pub files: Vec<String>,
    /// Include chains that segments name by index.
    pub chains: Vec<Chain>,
    /// What the host cannot express, in source order.
    pub losses: Vec<Loss>,
    /// The size of the prompt.
    pub stats: Stats,
    /// The variables of the template.
    pub variables: Vec<VariableUse>,
    /// The include tree, depth first; the entry itself is the first node.
    pub includes: Vec<IncludeNode>,
    /// What is wrong with the text, and what was not checked.
    pub report: check::Report,
}

/// Something that the host cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// How much it matters; an error is a permission that would have become wider.
    pub severity: Severity,
    /// The file it is in.
    pub path: String,
    /// Where, in bytes of that file.
    pub span: Span,
    /// What is lost and what was done instead: whole sentences.
    pub message: Message,
}

/// What a compilation writes.
///
/// ```
/// use rolewright_core::{Target, host::Host};
///
/// let target = Target::of(Host::by_id("copilot"));
/// assert!(!target.allow_widening);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Target {
    /// The host to compile for; `None` for the text's own host.
    pub host: Option<&'static Host>,
    /// Whether permissions may become wider than in the source.
    pub allow_widening: bool,
    /// Which role of a YAML, TOML or JSON file is compiled, from 0. `None` for the first one: a loss then
    /// says that there are others.
    pub role: Option<usize>,
}

impl Target {
    /// A file for `host` (`None`: the text's own) that never grants more than the source.
    ///
    /// ```
    /// use rolewright_core::{Target, host::Host};
    ///
    /// assert_eq!(Target::of(Host::by_id("gemini")).host.map(|host| host.id), Some("gemini"));
    /// ```
    pub fn of(host: impl Into<Option<&'static Host>>) -> Self {
        Self { host: host.into(), allow_widening: false, role: None }
    }

    /// The same for the role at `index`, from 0, of a file that contains several.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Target, compile};
    ///
    /// let modes = "customModes:
    ///   - {slug: a, name: A, groups: [], roleDefinition: Read.}
    ///   - {slug: b, name: B, groups: [], roleDefinition: Write.}
    /// ";
    /// let second = Target::default().role(1);
    /// let compiled = compile(&Input::new(modes).at(".roomodes"), &Options::new(), &second);
    /// assert_eq!(compiled.prompt, "Write.\n");
    /// ```
    #[must_use]
    pub fn role(self, index: usize) -> Self {
        Self { role: Some(index), ..self }
    }

    /// The same, even if it grants more.
    ///
    /// ```
    /// use rolewright_core::Target;
    ///
    /// assert!(Target::default().widening(true).allow_widening);
    /// ```
    #[must_use]
    pub fn widening(self, allow_widening: bool) -> Self {
        Self { allow_widening, ..self }
    }
}

/// Compiles a text. If the other host can only be given more than the role may do, there is no file,
/// and a loss of severity error says why.
///
/// ```
/// use rolewright_core::{Input, Options, Target, compile};
///
/// let input = Input::new("# Clerk\n\nAnswer in {{LANGUAGE:-English}}.\n").at("roles/clerk.md");
/// let compiled = compile(&input, &Options::new(), &Target::default());
/// assert_eq!(compiled.prompt, "# Clerk\n\nAnswer in English.\n");
/// ```
pub fn compile(input: &Input<'_>, options: &Options, target: &Target) -> Compiled {
    let mut options = options.clone();
    options.template.missing = options.template.missing.or(Some(Missing::Error));
    if let Some(report) = check::refuse(input, &options) {
        return refused(input.path, report, target.host);
    }
    match Syntax::of_path(input.path) {
        Syntax::Markdown => of_markdown(input, &options, target),
        syntax => of_data(input, &options, target, syntax),
    }
}

/// The compilation of a text for each host, in the order of [`crate::host::HOSTS`].
///
/// ```
/// use rolewright_core::{Input, Options, Target, compile, host::HOSTS};
///
/// let text = "---\nname: reader\ndescription: Reads. Use it daily.\ntools: Read\n---\nRead.\n";
/// let input = Input::new(text).at(".claude/agents/reader.md");
/// let matrix = compile::matrix(&input, &Options::new(), &Target::default());
/// assert_eq!(matrix.len(), HOSTS.len());
/// ```
pub fn matrix(input: &Input<'_>, options: &Options, target: &Target) -> Vec<Compiled> {
    let to = |host| compile(input, options, &Target { host: Some(host), ..*target });
    HOSTS.iter().map(to).collect()
}

fn of_markdown(input: &Input<'_>, options: &Options, target: &Target) -> Compiled {
    let mut role = Role::parse_with(input.text, input.path, options.markdown);
    let from = detect::host_among(&role, options.host, input.files).host;
    let to = target.host.unwrap_or(from);
    let (mut report, expanded) = check::check_role(&role, input, options, Reach::Neighbors);
    let expanded = expanded
        .unwrap_or_else(|| template::expand_role(&role, input.files, input.values, options));
    let front_matter = role.front_matter.as_ref().map(|front_matter| front_matter.language);
    if from.id != to.id && front_matter == Some(Language::Toml) {
        let Some(fields) = toml_front_matter::fields(&role) else {
            // What its fields limit would be allowed without them.
            let (what, why) = ("TOML front matter", "it has a syntax error");
            report.diagnostics.push(unreadable_file::not_compiled(what, why, input.path));
            check::sort(&mut report.diagnostics, input.path);
            return refused(input.path, report, Some(to));
        };
        role.front_matter.iter_mut().for_each(|own| own.fields.clone_from(&fields));
    }
    Source { role: &role, laid_out: None, from, input, options }.compile(expanded, report, target)
}

/// Compiles a role of a YAML, TOML or JSON file.
fn of_data(input: &Input<'_>, options: &Options, target: &Target, syntax: Syntax) -> Compiled {
    let mut report = check::check(input, options);
    let (from, roles) = check::lay_out(input, options);
    let Some(laid_out) = roles.get(target.role.unwrap_or(0)) else {
        let what = alloc::format!("a {} file", syntax.name());
        let found = match roles.as_slice() {
            [] => unreadable_file::not_compiled(&what, "it contains no role", input.path),
            _ => unreadable_file::no_such_role(&names(&roles, input, from, options), input.path),
        };
        report.diagnostics.push(found);
        check::sort(&mut report.diagnostics, input.path);
        return refused(input.path, report, target.host.or(Some(from)));
    };
    let role = laid_out.role(input.path, syntax, options.markdown);
    let expanded = template::expand_role(&role, input.files, input.values, options);
    let options = Options { host: Some(from), ..options.clone() };
    let source = Source { role: &role, laid_out: Some(laid_out), from, input, options: &options };
    let mut done = source.compile(expanded, report, target);
    if let Some(other) = roles.get(1).filter(|_| target.role.is_none() && done.host.id != from.id) {
        let (count, name) = (roles.len(), &done.name);
        let message = alloc::format!("Only the first of {count} roles, `{name}`, was converted.");
        done.losses.push(Loss {
            severity: Severity::Warning,
            path: String::from(input.path),
            span: other.to_file(Span::at(0)),
            message: message.into(),
        });
    }
    done
}

/// The names of the roles of a YAML, TOML or JSON file on its host, in order; a Markdown file has one.
///
/// ```
/// use rolewright_core::{Input, Options, compile};
///
/// let modes = "customModes:
///   - {slug: a, name: A, groups: [], roleDefinition: Read.}
///   - {slug: b, name: B, groups: [], roleDefinition: Write.}
/// ";
/// assert_eq!(compile::roles(&Input::new(modes).at(".roomodes"), &Options::new()), ["a", "b"]);
/// ```
pub fn roles(input: &Input<'_>, options: &Options) -> Vec<String> {
    if Syntax::of_path(input.path) == Syntax::Markdown {
        let role = Role::parse_with(input.text, input.path, options.markdown);
        let from = detect::host_among(&role, options.host, input.files).host;
        return [identity::own(&Source { role: &role, laid_out: None, from, input, options })]
            .into();
    }
    let (from, roles) = check::lay_out(input, options);
    names(&roles, input, from, options)
}

fn names(
    roles: &[LaidOut<'_>],
    input: &Input<'_>,
    from: &'static Host,
    options: &Options,
) -> Vec<String> {
    let syntax = Syntax::of_path(input.path);
    let name = |laid_out: &LaidOut<'_>| {
        let role = laid_out.role(input.path, syntax, options.markdown);
        identity::own(&Source { role: &role, laid_out: Some(laid_out), from, input, options })
    };
    roles.iter().map(name).collect()
}

/// A role on its way to a host.
#[derive(Clone, Copy)]
struct Source<'s> {
    role: &'s Role<'s>,
    /// Its place in a YAML, TOML or JSON file, if it comes from one.
    laid_out: Option<&'s LaidOut<'s>>,
    from: &'static Host,
    input: &'s Input<'s>,
    options: &'s Options,
}

impl Source<'_> {
    fn compile(
        self,
        mut expanded: Expanded,
        mut report: check::Report,
        target: &Target,
    ) -> Compiled {
        let to = target.host.unwrap_or(self.from);
        let same = self.from.id == to.id;
        let mut losses = Vec::new();
        let mut written = None;
        let mut file = None;
        let elsewhere = self.elsewhere().filter(|_| !same);
        match self.laid_out {
            _ if elsewhere.is_some() => {}
            _ if !same => {
                let (text, widening) = (&expanded.text, target.allow_widening);
                written = Some(file::other(&self, to, text, widening, &mut losses));
            }
            Some(laid_out) => {
                file = Some(data::own(self.input, laid_out, self.role, &expanded, &mut losses))
            }
            None => file = Some(file::own(self.role, &expanded.text, &mut losses)),
        }
        let mut permissions =
            written.as_ref().map_or(Outcome::Exact, |written| written.permissions);
        if let Some(field) = elsewhere {
            permissions = Outcome::NotApplicable;
            losses.push(Loss {
                severity: Severity::Error,
                path: String::from(self.input.path),
                span: self.place(field.name_span),
                message: alloc::format!(
                    "{} runs a role with `{}: {}` on another server; there is no prompt to convert.",
                    self.from.product,
                    field.name,
                    field.value.as_str().unwrap_or("")
                )
                .into(),
            });
        }
        let name = match &written {
            Some(written) => written.name.clone(),
            None => identity::own(&self),
        };
        let refused = permissions == Outcome::Widened && !target.allow_widening;
        let stats = stats::measure(&expanded, to, self.options.markdown);
        if let Some(laid_out) = self.laid_out {
            data::lead_back(&mut expanded, laid_out);
        }
        if !same && elsewhere.is_none() {
            losses.extend(toml_front_matter::told(&self));
            losses.extend(frozen(self.input.path, &expanded.files, &expanded.chains));
            accept::prompt(&self, to, &mut report.diagnostics);
        }
        let sound = report.diagnostics.iter().all(|found| found.severity != Severity::Error);
        let mut loads = file.is_some() && sound;
        if let Some(written) = written.filter(|_| !refused) {
            loads = accept::file(&self, to, &written.file, &expanded, &mut report.diagnostics);
            file = written.merged(&self, to, &mut losses);
        }
        losses.sort_by_cached_key(|loss| loss.span);
        check::sort(&mut report.diagnostics, self.input.path);
        let Expanded { text: prompt, segments, files, chains, variables, includes, .. } = expanded;
        Compiled {
            host: to,
            name,
            prompt,
            file,
            permissions,
            loads,
            segments,
            files,
            chains,
            losses,
            stats,
            variables,
            includes,
            report,
        }
    }

    /// The field that says that the role runs on another server: what is in its file is no prompt.
    fn elsewhere(&self) -> Option<&Field<'_>> {
        let says_so = |field: &&Field<'_>| {
            self.from.requires.iter().any(|requires| {
                let value = requires.value.is_none_or(|value| field.value.as_str() == Some(value));
                requires.spares_prompt && requires.field == field.name && value
            })
        };
        self.role.fields().iter().find(says_so)
    }

    /// A place in the text of the role as one in its file.
    fn place(&self, span: Span) -> Span {
        self.laid_out.map_or(span, |laid_out| laid_out.to_file(span))
    }
}

/// Reports that included text was copied: the compiled file does not follow later changes to it.
fn frozen(path: &str, files: &[String], chains: &[Chain]) -> Option<Loss> {
    let count = files.len().saturating_sub(1);
    let span = chains.iter().find(|chain| chain.at.file == 0 && !chain.at.span.is_empty())?.at.span;
    let message = match count {
        1 => String::from("The included file was copied; compile again when it changes."),
        _ => alloc::format!(
            "{count} included files were copied; compile again when one of them changes."
        ),
    };
    let (severity, path) = (Severity::Info, String::from(path));
    (count > 0).then(|| Loss { severity, path, span, message: message.into() })
}

/// A text that cannot be read gives no prompt; the diagnostics say why.
fn refused(path: &str, report: check::Report, to: Option<&'static Host>) -> Compiled {
    let host = to.unwrap_or(report.host);
    let expanded = Expanded { files: alloc::vec![String::from(path)], ..Expanded::default() };
    Compiled {
        host,
        name: String::new(),
        prompt: String::new(),
        file: None,
        permissions: Outcome::Exact,
        loads: false,
        segments: Vec::new(),
        stats: stats::measure(&expanded, host, |_, _| Outline::default()),
        files: expanded.files,
        chains: Vec::new(),
        losses: Vec::new(),
        variables: Vec::new(),
        includes: Vec::new(),
        report,
    }
}

impl Compiled {
    /// The expansion that produced the prompt, for lookups in both directions.
    ///
    /// ```
    /// use rolewright_core::{Input, Options, Target, compile};
    ///
    /// let text = "You are {{NAME:-Ann}}.\n";
    /// let compiled = compile(&Input::new(text), &Options::new(), &Target::default());
    /// let expanded = compiled.expanded();
    /// let at = compiled.prompt.find("Ann").unwrap();
    /// assert_eq!(expanded.origin(at).unwrap().0.source.of(text), "{{NAME:-Ann}}");
    /// ```
    pub fn expanded(&self) -> Expanded {
        Expanded {
            text: self.prompt.clone(),
            segments: self.segments.clone(),
            files: self.files.clone(),
            chains: self.chains.clone(),
            ..Expanded::default()
        }
    }
}

#[cfg(test)]
mod tests;
