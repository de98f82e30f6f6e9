//! Compiles a role for a host: produces the prompt that the model sees, the file that the host
//! reads, a source map, and a list of losses.

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
mod applies;
mod convert;
mod data;
mod file;
mod identity;
mod merge;
mod own_front_matter;
mod places;
mod source;
mod stats;
mod target;
mod toml_front_matter;
mod tools;
mod value;

pub use file::HostFile;
pub use stats::{Limit, SectionShare, SourceShare, Stats};
pub use target::Target;

use source::Source;

/// A role as its host and its model receive it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compiled {
    /// The host that the file is written for.
    pub host: &'static Host,
    /// The role's name on the host; empty if the text is not compiled.
    pub name: String,
    /// The text that the model sees.
    pub prompt: String,
    /// The file that the host reads; `None` if the text is not compiled, or if the file would grant
    /// more than its source.
    pub file: Option<HostFile>,
    /// How the role's permissions change.
    pub permissions: Outcome,
    /// Whether the host accepts the file: there is one, and its check finds no error.
    pub loads: bool,
    /// Cover the prompt exactly once, in order.
    pub segments: Vec<Segment>,
    /// Paths of the files that segments name by index; the entry first.
    pub files: Vec<String>,
    /// Include chains that segments name by index.
    pub chains: Vec<Chain>,
    /// The losses, in source order.
    pub losses: Vec<Loss>,
    /// The size of the prompt.
    pub stats: Stats,
    /// The variables of the template.
    pub variables: Vec<VariableUse>,
    /// The include tree in depth-first order; the entry itself is the first node.
    pub includes: Vec<IncludeNode>,
    /// The problems in the text, and the checks that were skipped.
    pub report: check::Report,
}

/// Something that the host cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The severity; a loss is an error if permissions would become wider.
    pub severity: Severity,
    /// The file it is in.
    pub path: String,
    /// The place in that file, in bytes.
    pub span: Span,
    /// The loss and the replacement, in complete sentences.
    pub message: Message,
}

/// Compiles a text. If a file for the other host could only grant more than the role may do, the
/// result has no file but a loss with severity error that gives the reason.
///
/// ```
/// use rolewright_core::{Input, Options, Target, compile};
///
/// let input = Input::new("# Clerk\n\nAnswer in {{LANGUAGE:-English}}.\n").at("roles/clerk.md");
/// let compiled = compile(&input, &Options::new(), &Target::default());
/// assert_eq!(compiled.prompt, "# Clerk\n\nAnswer in English.\n");
/// ```
pub fn compile(input: &Input<'_>, options: &Options, target: &Target) -> Compiled {
    start(input, options, target, None)
}

/// Like [`compile`], but for a text that has just been checked; `report` is the report that
/// [`check`](check::check) returned for it under the same options, which must say what happens to
/// variables without a value.
///
/// ```
/// use rolewright_core::options::Missing;
/// use rolewright_core::{Input, Options, Target, check, compile, compile::compile_checked};
///
/// let (input, mut options) = (Input::new("Ask {{WHO}}.\n").at("a.md"), Options::new());
/// options.template.missing = Some(Missing::Keep);
/// let report = check(&input, &options);
/// let compiled = compile_checked(&input, &options, &Target::default(), report);
/// assert_eq!(compiled.prompt, compile(&input, &options, &Target::default()).prompt);
/// ```
pub fn compile_checked(
    input: &Input<'_>,
    options: &Options,
    target: &Target,
    report: check::Report,
) -> Compiled {
    start(input, options, target, Some(report))
}

/// Compiles a text; without its report, checks it first.
fn start(
    input: &Input<'_>,
    options: &Options,
    target: &Target,
    report: Option<check::Report>,
) -> Compiled {
    let mut options = options.clone();
    options.template.missing = options.template.missing.or(Some(Missing::Error));
    if let Some(report) = check::refuse(input, &options) {
        return refused(input.path, report, target.host);
    }
    match Syntax::of_path(input.path) {
        Syntax::Markdown => of_markdown(input, &options, target, report),
        syntax => of_data(input, &options, target, syntax, report),
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

fn of_markdown(
    input: &Input<'_>,
    options: &Options,
    target: &Target,
    report: Option<check::Report>,
) -> Compiled {
    let mut role = Role::parse_with(input.text, input.path, options.markdown);
    let checked = || check::check_role(&role, input, options, Reach::Neighbors);
    let (mut report, expanded) = report.map_or_else(checked, |report| (report, None));
    let to = target.host.unwrap_or(report.host);
    let from = if to.id == report.host.id { to } else { read_as(&role, report.host) };
    let expanded = expanded
        .unwrap_or_else(|| template::expand_role(&role, input.files, input.values, options));
    let front_matter = role.front_matter.as_ref().map(|front_matter| front_matter.language);
    if from.id != to.id && front_matter == Some(Language::Toml) {
        let Some(fields) = toml_front_matter::fields(&role) else {
            // Without its fields, the role would be allowed everything that they limit.
            let (what, why) = ("TOML front matter", "it has a syntax error");
            report.diagnostics.push(unreadable_file::not_compiled(what, why, input.path));
            check::sort(&mut report.diagnostics, input.path);
            return refused(input.path, report, Some(to));
        };
        role.front_matter.iter_mut().for_each(|own| own.fields.clone_from(&fields));
    }
    Source { role: &role, laid_out: None, from, input, options }.compile(expanded, report, target)
}

/// The version as which a host reads a role: a role with a field that only the older version has is
/// read as that version's.
fn read_as(role: &Role<'_>, host: &'static Host) -> &'static Host {
    let older = host.mixed_versions.and(host.variant_of).and_then(Host::by_id);
    let is_old =
        |field: &Field<'_>| host.field(&field.name).is_none() && !Host::keeps_field(&field.name);
    older.filter(|_| role.fields().iter().any(is_old)).unwrap_or(host)
}

/// Compiles a role of a YAML, TOML or JSON file.
fn of_data(
    input: &Input<'_>,
    options: &Options,
    target: &Target,
    syntax: Syntax,
    report: Option<check::Report>,
) -> Compiled {
    let mut report = report.unwrap_or_else(|| check::check(input, options));
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

/// A text that cannot be read has no prompt; the diagnostics give the reason.
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
