//! A compilation in the shape that JavaScript is given.

use crate::places::{Encoding, Places, Range, narrow};
use crate::report::{self, Diagnostic};
use rolewright_core::compile;
use rolewright_core::template::{IncludeState, Place};
use rolewright_core::{Files, LineIndex, Span};
use serde::Serialize;

/// What `compile` returns.
#[derive(Serialize)]
pub struct Compiled {
    host: &'static str,
    prompt: String,
    file: HostFile,
    segments: Vec<Segment>,
    losses: Vec<Loss>,
    stats: Stats,
    variables: Vec<Variable>,
    includes: Vec<Include>,
    diagnostics: Vec<Diagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    map: Option<String>,
}

#[derive(Serialize)]
struct HostFile {
    path: String,
    text: String,
}

#[derive(Serialize)]
struct Segment {
    prompt: (u32, u32),
    path: String,
    source: (u32, u32),
    kind: &'static str,
}

#[derive(Serialize)]
struct Loss {
    severity: &'static str,
    path: String,
    range: Range,
    message: String,
}

#[derive(Serialize)]
struct Stats {
    bytes: u32,
    characters: u32,
    words: u32,
    lines: u32,
    tokens: Tokens,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Limit>,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Tokens {
    estimate: u32,
    low: u32,
    high: u32,
}

#[derive(Serialize)]
struct Limit {
    max: u32,
    unit: &'static str,
    used: u32,
    hard: bool,
}

#[derive(Serialize)]
struct Source {
    path: String,
    bytes: u32,
    tokens: u32,
}

#[derive(Serialize)]
struct Variable {
    name: String,
    uses: Vec<At>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<At>,
    #[serde(rename = "default", skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    given: bool,
    runtime: bool,
}

#[derive(Serialize)]
struct Include {
    path: String,
    depth: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<At>,
    state: &'static str,
    bytes: u32,
}

#[derive(Serialize)]
struct At {
    path: String,
    range: Range,
}

/// Converts a compilation of `text`, which stands at `path`.
pub fn compiled(
    done: compile::Compiled,
    (text, path): (&str, &str),
    files: &dyn Files,
    encoding: Encoding,
    map: Option<String>,
) -> Compiled {
    let mut places = Places::new(text, path, files, encoding);
    let at = |place: Place, places: &mut Places<'_>| {
        let path = file_of(&done.files, place.file);
        At { range: places.range(path, place.span), path: path.to_string() }
    };
    let variables = done.variables.iter().map(|variable| Variable {
        name: variable.name.clone(),
        uses: variable.uses.iter().map(|place| at(*place, &mut places)).collect(),
        declared: variable.declared.map(|place| at(place, &mut places)),
        default: variable.default.clone(),
        description: variable.description.clone(),
        given: variable.given,
        runtime: variable.runtime,
    });
    let variables = variables.collect();
    let includes = done.includes.iter().map(|include| Include {
        path: include.path.clone(),
        depth: narrow(include.depth),
        from: include.from.map(|place| at(place, &mut places)),
        state: state(include.state),
        bytes: narrow(include.bytes),
    });
    let includes = includes.collect();
    let losses = done.losses.iter().map(|loss| Loss {
        severity: loss.severity.name(),
        path: loss.path.clone(),
        range: places.range(&loss.path, loss.span),
        message: loss.message.to_string(),
    });
    Compiled {
        host: done.host.id,
        losses: losses.collect(),
        segments: segments(&done, &mut places, encoding),
        stats: stats(done.stats),
        variables,
        includes,
        diagnostics: report::diagnostics(done.report.diagnostics, &mut places),
        prompt: done.prompt,
        file: HostFile { path: done.file.path, text: done.file.text },
        map,
    }
}

/// The source map of a compilation.
pub fn map(done: &compile::Compiled, (text, path): (&str, &str), files: &dyn Files) -> String {
    let text_of = |wanted: &str| if wanted == path { Some(text) } else { files.text(wanted) };
    rolewright_core::template::source_map(&done.expanded(), &done.file.path, text_of)
}

fn file_of(files: &[String], file: u32) -> &str {
    files.get(file as usize).map_or("", String::as_str)
}

fn segments(done: &compile::Compiled, places: &mut Places<'_>, encoding: Encoding) -> Vec<Segment> {
    let prompt = LineIndex::new(&done.prompt);
    let own = |span: Span| match encoding {
        Encoding::Utf8 => (narrow(span.start), narrow(span.end)),
        Encoding::Utf16 => (narrow(prompt.utf16(span.start)), narrow(prompt.utf16(span.end))),
    };
    let segment = |segment: &rolewright_core::template::Segment| {
        let path = file_of(&done.files, segment.file);
        Segment {
            prompt: own(segment.out),
            source: places.offsets(path, segment.source),
            path: path.to_string(),
            kind: segment.kind.name(),
        }
    };
    done.segments.iter().map(segment).collect()
}

fn stats(stats: compile::Stats) -> Stats {
    let source = |source: compile::SourceShare| Source {
        path: source.path,
        bytes: narrow(source.bytes),
        tokens: narrow(source.tokens),
    };
    Stats {
        bytes: narrow(stats.bytes),
        characters: narrow(stats.characters),
        words: narrow(stats.words),
        lines: narrow(stats.lines),
        tokens: Tokens {
            estimate: narrow(stats.tokens.estimate),
            low: narrow(stats.tokens.low),
            high: narrow(stats.tokens.high),
        },
        limit: stats.limit.map(|limit| Limit {
            max: narrow(limit.max),
            unit: limit.unit.name(),
            used: narrow(limit.used),
            hard: limit.hard,
        }),
        sources: stats.sources.into_iter().map(source).collect(),
    }
}

fn state(state: IncludeState) -> &'static str {
    match state {
        IncludeState::Included => "included",
        IncludeState::Absent => "absent",
        IncludeState::Missing => "missing",
        IncludeState::Cycle => "cycle",
        IncludeState::Refused => "refused",
    }
}
