//! Checks a YAML, TOML or JSON file: lays each of its roles out as front matter and body, runs the
//! rules on that text, and maps the results back to the file.

use super::{Reach, Report, check_role, sort};
use crate::cross_file::compare;
use crate::detect;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::host::Host;
use crate::input::Input;
use crate::options::Options;
use crate::role::{Role, Syntax};
use crate::summary::RoleSummary;
use crate::syntax::{self, LaidOut, Roles};
use crate::text::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Checks a file that is not Markdown.
pub(super) fn check(input: &Input<'_>, options: &Options) -> Report {
    let Input { text, path, .. } = *input;
    let syntax = Syntax::of_path(path);
    let (detected, host, found) = read(input, options);
    // The text of a prompt is checked once, in decoded form.
    let masked = syntax::without_prompts(text, &found);
    let mut file = Role::without_outline(&masked, path);
    file.errors = found.errors;
    // Rules about prompts would read keys and blanked strings as sentences.
    file.body = Span::at(masked.len());
    let options = Options { host: Some(host), ..options.clone() };
    let run = |role: &Role<'_>, text: &str| {
        check_role(role, &Input { text, ..*input }, &options, Reach::Alone).0
    };
    let mut report = run(&file, &masked);
    report.detected = detected;
    report.skipped = skipped(syntax, found.roles.len());
    let mut summaries = Vec::new();
    for role in found.roles {
        let laid_out = LaidOut::new(&masked, role);
        let role = laid_out.role(path, syntax, options.markdown);
        let of_role = run(&role, laid_out.text());
        let back = Back { text, path, syntax, laid_out: &laid_out };
        summaries.extend(RoleSummary::of(&role, host).map(|summary| back.summary(summary)));
        let carried = of_role.diagnostics.into_iter().map(|found| back.diagnostic(found));
        report.diagnostics.extend(carried);
    }
    // The roles in one file are always loaded together.
    report.diagnostics.extend(compare(&summaries, &options));
    sort(&mut report.diagnostics, path);
    report.diagnostics.dedup_by(|a, b| a.rule == b.rule && a.span == b.span && a.path == b.path);
    report
}

/// Lays out the roles of a YAML, TOML or JSON file as texts with a mapping back to the file, and
/// determines their host. Returns no roles for a Markdown file, which is itself a role.
///
/// ```
/// use rolewright_core::{Input, Options, lay_out};
///
/// let file = "name = \"a\"\ndeveloper_instructions = \"Review\\nthe change.\"\n";
/// let input = Input::new(file).at(".codex/agents/a.toml");
/// let (host, roles) = lay_out(&input, &Options::new());
/// assert_eq!(host.id, "codex-agent");
/// assert!(roles[0].text().ends_with("Review\nthe change."));
/// ```
pub fn lay_out<'t>(input: &Input<'t>, options: &Options) -> (&'static Host, Vec<LaidOut<'t>>) {
    let (_, host, found) = read(input, options);
    let masked = syntax::without_prompts(input.text, &found);
    (host, found.roles.into_iter().map(|role| LaidOut::new(&masked, role)).collect())
}

fn read<'t>(input: &Input<'t>, options: &Options) -> (detect::Detected, &'static Host, Roles<'t>) {
    let (detected, found) = detect::roles(input.text, input.path, options.host);
    (detected, detected.host, found)
}

fn skipped(syntax: Syntax, roles: usize) -> Vec<String> {
    if roles > 0 {
        return Vec::new();
    }
    Vec::from([format!(
        "No role was found in this {} file: only the rules about characters and paths ran.",
        syntax.name()
    )])
}

/// The mapping from the laid-out text of a role back to the file.
struct Back<'b> {
    text: &'b str,
    path: &'b str,
    syntax: Syntax,
    laid_out: &'b LaidOut<'b>,
}

impl Back<'_> {
    fn diagnostic(&self, mut found: Diagnostic) -> Diagnostic {
        if found.path == self.path {
            found.span = self.place(found.span);
        }
        for label in &mut found.labels {
            self.label(label);
        }
        found.fix = found.fix.take().and_then(|fix| self.fix(fix));
        found
    }

    fn summary(&self, mut summary: RoleSummary) -> RoleSummary {
        summary.span = self.place(summary.span);
        summary.digests.description = self.place(summary.digests.description);
        summary
    }

    fn label(&self, label: &mut Label) {
        if label.path == self.path {
            label.span = self.place(label.span);
        }
    }

    /// The place in the file. A finding about the opening `---` maps to the first bytes here, which
    /// may be part of a character.
    fn place(&self, span: Span) -> Span {
        let span = self.laid_out.to_file(span);
        let start = self.text.floor_char_boundary(span.start);
        Span::new(start, self.text.ceil_char_boundary(span.end))
    }

    /// The fix with its edits mapped to the file; a fix that the file cannot represent is not
    /// offered.
    fn fix(&self, fix: Fix) -> Option<Fix> {
        let edits: Option<Vec<Edit>> = fix.edits.into_iter().map(|edit| self.edit(edit)).collect();
        let mut edits = edits?;
        edits.sort_by_cached_key(|edit| edit.span);
        let apart = edits.windows(2).all(|pair| match pair {
            [a, b] => a.span.end <= b.span.start,
            _ => true,
        });
        apart.then_some(Fix { edits, ..fix })
    }

    fn edit(&self, edit: Edit) -> Option<Edit> {
        if edit.path != self.path {
            return Some(edit);
        }
        let (span, text) = self.laid_out.edit(self.text, self.syntax, edit.span, &edit.text)?;
        Some(Edit { path: self.path.to_string(), span, text })
    }
}

#[cfg(test)]
mod tests;
