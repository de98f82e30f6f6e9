//! Compiles a role that has been read and expanded.

use super::{Compiled, Loss, Target, accept, data, file, identity, stats, toml_front_matter};
use crate::check;
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::Host;
use crate::input::Input;
use crate::options::Options;
use crate::permissions::Outcome;
use crate::role::Role;
use crate::syntax::LaidOut;
use crate::template::{Chain, Expanded};
use crate::text::Span;
use alloc::string::String;
use alloc::vec::Vec;

/// A role on its way to a host.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub role: &'s Role<'s>,
    /// Its place in a YAML, TOML or JSON file, if it comes from such a file.
    pub laid_out: Option<&'s LaidOut<'s>>,
    pub from: &'static Host,
    pub input: &'s Input<'s>,
    pub options: &'s Options,
}

impl Source<'_> {
    pub(super) fn compile(
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
            None => file = Some(file::own(self.role, self.from, &expanded.text, &mut losses)),
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

    /// The field that shows that the role runs on another server, in which case the text in its
    /// file is not a prompt.
    fn elsewhere(&self) -> Option<&Field<'_>> {
        let says_so = |field: &&Field<'_>| {
            self.from.requires.iter().any(|requires| {
                let value = requires.value.is_none_or(|value| field.value.as_str() == Some(value));
                requires.spares_prompt && requires.field == field.name && value
            })
        };
        self.role.fields().iter().find(says_so)
    }

    /// Maps a place in the text of the role to its file.
    pub(super) fn place(&self, span: Span) -> Span {
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
