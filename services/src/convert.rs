//! Converts the engine's results to the types that front ends use.

use crate::document::Document;
use crate::places::{Places, narrow};
use rolewright_core::compile::{self, Stats};
use rolewright_core::diagnostic::{self, Diagnostic};
use rolewright_core::permissions::Outcome;
use rolewright_core::template::{self, Place};
use rolewright_core::{Fixed, LineIndex, Report, Span, detect};
use rolewright_wire as wire;

/// A report on `document`.
pub fn report(found: Report, document: &Document<'_>) -> wire::Report {
    let places = document.places();
    wire::Report {
        path: document.path.to_string(),
        host: found.host.id.to_string(),
        detected: found.detected.by != detect::By::Choice,
        host_reason: found.detected.reason(),
        kind: found.kind.to_string(),
        diagnostics: converted(&found.diagnostics, &places),
        skipped: found.skipped,
        stats: wire::FileStats {
            rules_run: narrow(found.rules_run),
            rules_off: narrow(found.rules_off),
            bytes: narrow(document.text.len()),
            lines: places.line_count(document.path),
        },
    }
}

/// A text after its fixes; `document` is the text before them.
pub fn fixed(fixed: Fixed, document: &Document<'_>) -> wire::Fixed {
    let after = Document { text: &fixed.text, ..*document };
    let report = report(fixed.report, &after);
    let applied = fixed.applied.into_iter().map(|applied| wire::AppliedFix {
        rule: applied.rule.to_string(),
        title: applied.title.to_string(),
    });
    wire::Fixed { applied: applied.collect(), report, text: fixed.text }
}

/// Diagnostics of `document` and of the files around it, in their order.
pub fn diagnostics(found: &[Diagnostic], document: &Document<'_>) -> Vec<wire::Diagnostic> {
    converted(found, &document.places())
}

fn converted(found: &[Diagnostic], places: &Places<'_>) -> Vec<wire::Diagnostic> {
    found.iter().map(|found| diagnostic(found, places)).collect()
}

fn diagnostic(found: &Diagnostic, places: &Places<'_>) -> wire::Diagnostic {
    let label = |label: &diagnostic::Label| wire::Label {
        path: label.path.clone(),
        range: places.range(&label.path, label.span),
        message: label.message.to_string(),
    };
    wire::Diagnostic {
        rule: found.rule.to_string(),
        severity: severity(found.severity),
        path: found.path.clone(),
        range: places.range(&found.path, found.span),
        message: found.message.to_string(),
        reason: found.reason.as_ref().map(ToString::to_string),
        help: found.help.as_ref().map(ToString::to_string),
        labels: found.labels.iter().map(label).collect(),
        fix: found.fix.as_ref().map(|found| fix(found, places)),
        url: format!("docs/rules.md#{}", found.rule),
    }
}

pub(crate) fn fix(fix: &diagnostic::Fix, places: &Places<'_>) -> wire::Fix {
    wire::Fix {
        title: fix.title.to_string(),
        applicability: match fix.applicability {
            diagnostic::Applicability::Safe => wire::Applicability::Safe,
            diagnostic::Applicability::Unsafe => wire::Applicability::Unsafe,
        },
        edits: fix.edits.iter().map(|edit| self::edit(edit, places)).collect(),
    }
}

fn edit(edit: &diagnostic::Edit, places: &Places<'_>) -> wire::Edit {
    wire::Edit {
        path: edit.path.clone(),
        range: places.range(&edit.path, edit.span),
        text: edit.text.clone(),
    }
}

pub(crate) fn severity(severity: diagnostic::Severity) -> wire::Severity {
    match severity {
        diagnostic::Severity::Error => wire::Severity::Error,
        diagnostic::Severity::Warning => wire::Severity::Warning,
        diagnostic::Severity::Info => wire::Severity::Info,
    }
}

/// A compilation of `document`; with `map`, includes a source map of the prompt.
pub fn compiled(done: compile::Compiled, document: &Document<'_>, map: bool) -> wire::Compiled {
    let places = document.places();
    let map = map.then(|| crate::provenance::source_map(&done, document));
    let location = |place: Place| places.location_in(&done.files, place);
    let variables = done.variables.iter().map(|variable| wire::Variable {
        name: variable.name.clone(),
        uses: variable.uses.iter().map(|place| location(*place)).collect(),
        declared: variable.declared.map(location),
        default: variable.default.clone(),
        description: variable.description.clone(),
        given: variable.given,
        runtime: variable.runtime,
    });
    let includes = done.includes.iter().zip(&done.stats.includes);
    let includes = includes.map(|(include, tokens)| wire::Include {
        path: include.path.clone(),
        depth: narrow(include.depth),
        from: include.from.map(location),
        state: state(include.state),
        bytes: narrow(include.bytes),
        tokens: narrow(*tokens),
    });
    let losses = losses(&done, &places);
    let (variables, includes) = (variables.collect(), includes.collect());
    let prompt =
        PromptOffsets { index: LineIndex::new(done.prompt.as_str()), encoding: document.encoding };
    let (segments, stats) = (segments(&done, &places, &prompt), stats(&done.stats, &prompt));
    wire::Compiled {
        host: done.host.id.to_string(),
        segments,
        losses,
        stats,
        variables,
        includes,
        diagnostics: converted(&done.report.diagnostics, &places),
        map,
        file: done.file.map(|file| wire::HostFile { path: file.path, text: file.text }),
        permissions: outcome(done.permissions),
        prompt: done.prompt,
    }
}

/// The compilation for each host of `document`.
pub fn matrix(done: Vec<compile::Compiled>, document: &Document<'_>) -> Vec<wire::MatrixRow> {
    let places = document.places();
    let row = |done: compile::Compiled| {
        let errors = done.report.diagnostics.iter();
        let errors = errors.filter(|found| found.severity == diagnostic::Severity::Error);
        wire::MatrixRow {
            host: done.host.id.to_string(),
            loads: done.loads,
            permissions: outcome(done.permissions),
            losses: losses(&done, &places),
            diagnostics: errors.map(|found| diagnostic(found, &places)).collect(),
            file: done.file.map(|file| wire::HostFile { path: file.path, text: file.text }),
        }
    };
    done.into_iter().map(row).collect()
}

fn losses(done: &compile::Compiled, places: &Places<'_>) -> Vec<wire::Loss> {
    let loss = |loss: &compile::Loss| wire::Loss {
        severity: severity(loss.severity),
        path: loss.path.clone(),
        range: places.range(&loss.path, loss.span),
        message: loss.message.to_string(),
    };
    done.losses.iter().map(loss).collect()
}

fn outcome(outcome: Outcome) -> wire::Outcome {
    match outcome {
        Outcome::Exact => wire::Outcome::Exact,
        Outcome::NotApplicable => wire::Outcome::NotApplicable,
        Outcome::Narrowed => wire::Outcome::Narrowed,
        Outcome::Widened => wire::Outcome::Widened,
    }
}

/// Offsets in the prompt, in the caller's encoding.
struct PromptOffsets<'t> {
    index: LineIndex<'t>,
    encoding: wire::Encoding,
}

impl PromptOffsets<'_> {
    fn of(&self, span: Span) -> (u32, u32) {
        match self.encoding {
            wire::Encoding::Utf8 => (narrow(span.start), narrow(span.end)),
            wire::Encoding::Utf16 => {
                (narrow(self.index.utf16(span.start)), narrow(self.index.utf16(span.end)))
            }
        }
    }
}

fn segments(
    done: &compile::Compiled,
    places: &Places<'_>,
    prompt: &PromptOffsets<'_>,
) -> Vec<wire::Segment> {
    let segment = |segment: &template::Segment| {
        let path = done.files.get(segment.file as usize).map_or("", String::as_str);
        wire::Segment {
            prompt: prompt.of(segment.out),
            path: path.to_string(),
            source: places.offsets(path, segment.source),
            kind: kind(segment.kind),
        }
    };
    done.segments.iter().map(segment).collect()
}

fn kind(kind: template::SegmentKind) -> wire::SegmentKind {
    use template::SegmentKind as Kind;
    match kind {
        Kind::Literal => wire::SegmentKind::Literal,
        Kind::Variable => wire::SegmentKind::Variable,
        Kind::Unfilled => wire::SegmentKind::Unfilled,
        Kind::Shift => wire::SegmentKind::Shift,
        Kind::Indent => wire::SegmentKind::Indent,
        Kind::Blank => wire::SegmentKind::Blank,
        Kind::Fence => wire::SegmentKind::Fence,
        Kind::Wrap => wire::SegmentKind::Wrap,
    }
}

fn state(state: template::IncludeState) -> wire::IncludeState {
    use template::IncludeState as State;
    match state {
        State::Included => wire::IncludeState::Included,
        State::Absent => wire::IncludeState::Absent,
        State::Missing => wire::IncludeState::Missing,
        State::Cycle => wire::IncludeState::Cycle,
        State::Refused => wire::IncludeState::Refused,
    }
}

fn stats(stats: &Stats, prompt: &PromptOffsets<'_>) -> wire::Stats {
    let unit = |unit| match unit {
        rolewright_core::host::Unit::Characters => wire::Unit::Characters,
        rolewright_core::host::Unit::Bytes => wire::Unit::Bytes,
        rolewright_core::host::Unit::Lines => wire::Unit::Lines,
    };
    wire::Stats {
        bytes: narrow(stats.bytes),
        characters: narrow(stats.characters),
        words: narrow(stats.words),
        lines: narrow(stats.lines),
        tokens: wire::Tokens {
            estimate: narrow(stats.tokens.estimate),
            low: narrow(stats.tokens.low),
            high: narrow(stats.tokens.high),
        },
        limit: stats.limit.map(|limit| wire::Limit {
            max: narrow(limit.max),
            unit: unit(limit.unit),
            used: narrow(limit.used),
            hard: limit.hard,
        }),
        sources: stats
            .sources
            .iter()
            .map(|share| wire::Share {
                path: share.path.clone(),
                bytes: narrow(share.bytes),
                tokens: narrow(share.tokens),
            })
            .collect(),
        sections: stats
            .sections
            .iter()
            .map(|share| wire::SectionShare {
                title: share.title.clone(),
                level: share.level,
                prompt: prompt.of(share.span),
                bytes: narrow(share.span.len()),
                tokens: narrow(share.tokens),
            })
            .collect(),
    }
}
