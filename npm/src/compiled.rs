//! A compilation in the shape that JavaScript is given.

use crate::places::{Encoding, Places};
use crate::report;
use crate::value::Value;
use rolewright_core::compile;
use rolewright_core::template::{IncludeState, Place};
use rolewright_core::{Files, LineIndex};

/// Converts a compilation of `text`, which stands at `path`.
pub fn compiled(
    done: compile::Compiled,
    (text, path): (&str, &str),
    files: &dyn Files,
    encoding: Encoding,
) -> Value {
    let mut places = Places::new(text, path, files, encoding);
    let at = |place: Place, places: &mut Places<'_>| {
        let path = file_of(&done.files, place.file);
        let range = places.range(path, place.span);
        Value::object([("path", path.to_string().into()), ("range", range.into())])
    };
    let variables = done.variables.iter().map(|variable| {
        Value::object([
            ("name", variable.name.clone().into()),
            ("uses", variable.uses.iter().map(|place| at(*place, &mut places)).collect()),
            ("declared", variable.declared.map(|place| at(place, &mut places)).into()),
            ("default", variable.default.clone().into()),
            ("description", variable.description.clone().into()),
            ("given", variable.given.into()),
            ("runtime", variable.runtime.into()),
        ])
    });
    let variables = variables.collect();
    let includes = done.includes.iter().map(|include| {
        Value::object([
            ("path", include.path.clone().into()),
            ("depth", include.depth.into()),
            ("from", include.from.map(|place| at(place, &mut places)).into()),
            ("state", state(include.state).into()),
            ("bytes", include.bytes.into()),
        ])
    });
    let includes = includes.collect();
    let losses = done.losses.iter().map(|loss| {
        Value::object([
            ("severity", loss.severity.name().into()),
            ("path", loss.path.clone().into()),
            ("range", places.range(&loss.path, loss.span).into()),
            ("message", loss.message.to_string().into()),
        ])
    });
    let losses = losses.collect();
    let segments = segments(&done, &mut places, encoding);
    let file = [("path", done.file.path.into()), ("text", done.file.text.into())];
    Value::object([
        ("host", done.host.id.into()),
        ("prompt", done.prompt.into()),
        ("file", Value::object(file)),
        ("segments", segments),
        ("losses", losses),
        ("stats", stats(done.stats)),
        ("variables", variables),
        ("includes", includes),
        ("diagnostics", report::diagnostics(done.report.diagnostics, &mut places)),
    ])
}

fn file_of(files: &[String], file: u32) -> &str {
    files.get(file as usize).map_or("", String::as_str)
}

fn segments(done: &compile::Compiled, places: &mut Places<'_>, encoding: Encoding) -> Value {
    let prompt = LineIndex::new(&done.prompt);
    let own = |at| match encoding {
        Encoding::Utf8 => at,
        Encoding::Utf16 => prompt.utf16(at),
    };
    let segment = |segment: &rolewright_core::template::Segment| {
        let path = file_of(&done.files, segment.file);
        let (start, end) = places.offsets(path, segment.source);
        Value::object([
            ("prompt", pair(own(segment.out.start), own(segment.out.end))),
            ("path", path.to_string().into()),
            ("source", pair(start, end)),
            ("kind", segment.kind.name().into()),
        ])
    };
    done.segments.iter().map(segment).collect()
}

fn pair(start: usize, end: usize) -> Value {
    Value::List(vec![start.into(), end.into()])
}

fn stats(stats: compile::Stats) -> Value {
    let source = |source: compile::SourceShare| {
        Value::object([
            ("path", source.path.into()),
            ("bytes", source.bytes.into()),
            ("tokens", source.tokens.into()),
        ])
    };
    let tokens = Value::object([
        ("estimate", stats.tokens.estimate.into()),
        ("low", stats.tokens.low.into()),
        ("high", stats.tokens.high.into()),
    ]);
    let limit = stats.limit.map(|limit| {
        Value::object([
            ("max", limit.max.into()),
            ("unit", limit.unit.name().into()),
            ("used", limit.used.into()),
            ("hard", limit.hard.into()),
        ])
    });
    Value::object([
        ("bytes", stats.bytes.into()),
        ("characters", stats.characters.into()),
        ("words", stats.words.into()),
        ("lines", stats.lines.into()),
        ("tokens", tokens),
        ("limit", limit.into()),
        ("sources", stats.sources.into_iter().map(source).collect()),
    ])
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
