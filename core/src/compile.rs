//! Compiles a role for a host: the prompt that the model sees, the file that the host reads, a mapping
//! back to the source, and what could not be expressed.

use crate::check::{self, Reach};
use crate::detect;
use crate::diagnostic::{Message, Severity};
use crate::front_matter::Language;
use crate::host::Host;
use crate::input::Input;
use crate::markdown::Outline;
use crate::options::{Missing, Options};
use crate::role::{Role, Syntax};
use crate::rules::unreadable_file;
use crate::template::{self, Chain, Expanded, IncludeNode, Segment, VariableUse};
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

mod convert;
mod data;
mod file;
mod own_head;
mod stats;
mod tools;
mod value;

pub use file::HostFile;
pub use stats::{Limit, SectionShare, SourceShare, Stats};

/// A role as a host and its model get it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compiled {
    /// The host that the file is written for.
    pub host: &'static Host,
    /// The text that the model sees.
    pub prompt: String,
    /// What the host reads from disk.
    pub file: HostFile,
    /// Cover the prompt exactly once, in order.
    pub segments: Vec<Segment>,
    /// Paths of the files that segments name by index; the entry first.
    pub files: Vec<String>,
    /// Include chains that segments name by index.
    pub chains: Vec<Chain>,
    /// What the host cannot express, in the order of the places.
    pub losses: Vec<Loss>,
    /// How large the prompt is.
    pub stats: Stats,
    /// The variables of the template.
    pub variables: Vec<VariableUse>,
    /// The include tree, depth first; the entry itself is the first node.
    pub includes: Vec<IncludeNode>,
    /// What is wrong with the text, and what was not looked at.
    pub report: check::Report,
}

/// Something that the host cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The host that is written for; `None` for the one that the text is for.
    pub host: Option<&'static Host>,
    /// Whether permissions may become wider than the source has them.
    pub allow_widening: bool,
    /// Which role of a YAML, TOML or JSON file is compiled, from 0.
    pub role: usize,
}

impl Target {
    /// A file for `host` (`None`: the one that the text is for) that is never wider than the source.
    pub fn of(host: impl Into<Option<&'static Host>>) -> Self {
        Self { host: host.into(), allow_widening: false, role: 0 }
    }

    /// The same for the role at `index`, from 0, of a file that contains several.
    #[must_use]
    pub fn role(self, index: usize) -> Self {
        Self { role: index, ..self }
    }

    /// The same, wider or not.
    #[must_use]
    pub fn widening(self, allow_widening: bool) -> Self {
        Self { allow_widening, ..self }
    }
}

/// Compiles a text. Where permissions must not be widened but would be, the file is the narrower one,
/// and a loss of severity error says so.
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
    if Syntax::of_path(input.path) != Syntax::Markdown {
        return of_data(input, &options, target);
    }
    let role = Role::parse_with(input.text, input.path, options.markdown);
    let from = detect::host(&role, options.host).host;
    let to = target.host.unwrap_or(from);
    let (mut report, expanded) = check::check_role(&role, input, &options, Reach::Neighbors);
    if let Some(what) = unread(&role, from.id != to.id) {
        let why = "its fields are not read yet";
        report.diagnostics.push(unreadable_file::not_compiled(what, why, input.path));
        check::sort(&mut report.diagnostics, input.path);
        return refused(input.path, report, Some(to));
    }
    let expanded = expanded
        .unwrap_or_else(|| template::expand_role(&role, input.files, input.values, &options));
    let mut losses = Vec::new();
    let same = from.id == to.id;
    let text = &expanded.text;
    let file = match same {
        true => file::own(&role, text, &mut losses),
        false => file::other(&role, (from, to), text, target.allow_widening, &mut losses),
    };
    let stats = stats::measure(&expanded, to, options.markdown);
    let Expanded { text: prompt, segments, files, chains, variables, includes, .. } = expanded;
    if !same {
        losses.extend(frozen(input.path, &files, &chains));
        losses.sort_by_key(|loss| loss.span);
        check::check_prompt(&role, input, &options, to, &mut report.diagnostics);
    }
    Compiled {
        host: to,
        prompt,
        file,
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

/// Compiles a role of a YAML, TOML or JSON file for the host that the file is for. For another host its
/// fields would have to be translated; until they are, that is refused.
fn of_data(input: &Input<'_>, options: &Options, target: &Target) -> Compiled {
    let mut report = check::check(input, options);
    let (host, roles) = check::lay_out(input, options);
    let to = target.host.unwrap_or(host);
    let what = match Syntax::of_path(input.path) {
        Syntax::Toml => "a TOML file",
        Syntax::Yaml => "a YAML file",
        _ => "a JSON file",
    };
    match roles.get(target.role).filter(|_| to.id == host.id) {
        Some(laid) => data::compile(input, options, host, laid, report),
        None => {
            let why = match roles.is_empty() {
                true => "it holds no role",
                false => "its fields are not translated for other hosts yet",
            };
            report.diagnostics.push(unreadable_file::not_compiled(what, why, input.path));
            check::sort(&mut report.diagnostics, input.path);
            refused(input.path, report, Some(to))
        }
    }
}

/// Says that what is included was copied: the file of another host does not follow it.
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

/// The part of a role whose fields are not read, where a file made without them would say something
/// else: what they limit would be allowed.
fn unread(role: &Role<'_>, other_host: bool) -> Option<&'static str> {
    let head = role.front_matter.as_ref().map(|head| head.language);
    match role.syntax {
        Syntax::Markdown if other_host && head == Some(Language::Toml) => Some("TOML front matter"),
        _ => None,
    }
}

/// A text that is not read gives no prompt; the diagnostics say why.
fn refused(path: &str, report: check::Report, to: Option<&'static Host>) -> Compiled {
    let host = to.unwrap_or(report.host);
    let expanded = Expanded { files: alloc::vec![String::from(path)], ..Expanded::default() };
    Compiled {
        host,
        prompt: String::new(),
        file: HostFile { path: String::from(path), text: String::new() },
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
