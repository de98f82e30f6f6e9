//! A role and a host in; the prompt that the model sees, the file that the host reads, the way back to
//! the source, and what is lost on the way out.

use crate::check;
use crate::detect;
use crate::diagnostic::{Message, Severity};
use crate::host::Host;
use crate::options::{Missing, Options};
use crate::role::Role;
use crate::rules::{Context, over_limit, unreadable_file};
use crate::template::{self, Chain, Expanded, IncludeNode, Segment, VariableUse};
use crate::text::Span;
use crate::workspace::{Files, Values};
use alloc::string::String;
use alloc::vec::Vec;

mod convert;
mod file;
mod own_head;
mod stats;
mod tools;
mod value;

pub use file::HostFile;
pub use stats::{Limit, SourceShare, Stats};

/// A role as a host and its model get it.
#[derive(Clone, Debug)]
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

/// Compiles `text`, which stands at `path`, for `to`; by default for the host that it is for.
/// Permissions are never widened without `allow_widening`: the file is then the narrower one, and a
/// loss of severity error says so.
pub fn compile(
    text: &str,
    path: &str,
    files: &dyn Files,
    values: &Values,
    options: &Options,
    to: Option<&'static Host>,
    allow_widening: bool,
) -> Compiled {
    let around = files;
    let mut options = options.clone();
    options.template.missing = options.template.missing.or(Some(Missing::Error));
    if unreadable_file::refusal(text).is_some() {
        return refused(path, check::check(text, path, files, values, &options), to);
    }
    let role = Role::parse_with(text, path, options.markdown);
    let from = detect::host(&role, options.host).host;
    let to = to.unwrap_or(from);
    let (mut report, expanded) = check::check_expanded(&role, files, values, &options);
    let expanded = expanded.unwrap_or_else(|| template::expand(&role, files, values, &options));
    let mut losses = Vec::new();
    let same = from.id == to.id;
    let file = match same {
        true => file::own(&role, &expanded.text, &mut losses),
        false => file::other(&role, (from, to), &expanded.text, allow_widening, &mut losses),
    };
    let stats = stats::measure(&expanded, to);
    let Expanded { text: prompt, segments, files, chains, variables, includes, .. } = expanded;
    let diagnostics = &mut report.diagnostics;
    if !same {
        losses.extend(frozen(path, &files, &chains));
        losses.sort_by_key(|loss| loss.span);
        diagnostics.retain(|diagnostic| diagnostic.rule != over_limit::RULE.name);
        let mut context = Context::new(&role, to, around, values, &options);
        context.run(&over_limit::RULE);
        diagnostics.extend(context.into_diagnostics());
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

/// Says that what is included was copied: the file of another host does not follow it.
fn frozen(path: &str, files: &[String], chains: &[Chain]) -> Option<Loss> {
    let count = files.len().saturating_sub(1);
    let span = chains.iter().find(|chain| chain.at.file == 0 && !chain.at.span.is_empty())?.at.span;
    let message = match count {
        1 => String::from("The included file was copied: compile again when it changes."),
        _ => alloc::format!(
            "{count} included files were copied: compile again when one of them changes."
        ),
    };
    let (severity, path) = (Severity::Info, String::from(path));
    (count > 0).then(|| Loss { severity, path, span, message: message.into() })
}

/// A text that is not read at all gives no prompt; the diagnostics say why.
fn refused(path: &str, report: check::Report, to: Option<&'static Host>) -> Compiled {
    let host = to.unwrap_or(report.host);
    let expanded = Expanded { files: alloc::vec![String::from(path)], ..Expanded::default() };
    Compiled {
        host,
        prompt: String::new(),
        file: HostFile { path: String::from(path), text: String::new() },
        segments: Vec::new(),
        stats: stats::measure(&expanded, host),
        files: expanded.files,
        chains: Vec::new(),
        losses: Vec::new(),
        variables: Vec::new(),
        includes: Vec::new(),
        report,
    }
}

impl Compiled {
    /// The expansion behind the prompt, for questions both ways.
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
