//! A compilation in the shape that JavaScript is given.

use crate::places::{Encoding, Places, narrow};
use crate::{report, wire};
use rolewright_core::compile;
use rolewright_core::template::{IncludeNode, IncludeState, Place, VariableUse};
use rolewright_core::{Files, LineIndex};

/// Converts a compilation of `text`, whose path is `path`.
pub fn compiled(
    done: compile::Compiled,
    (text, path): (&str, &str),
    files: &dyn Files,
    encoding: Encoding,
) -> wire::Compiled {
    let mut places = Places::new(text, path, files, encoding);
    let losses = done.losses.iter().map(|loss| loss_of(loss, &mut places)).collect();
    let segments = segments(&done, &mut places, encoding);
    let compile::Compiled { host, prompt, file, files, stats, variables, includes, report, .. } =
        done;
    let mut at = |place: Place| {
        let path = file_of(&files, place.file);
        wire::Place { path: path.to_string(), range: places.range(path, place.span) }
    };
    let variables = variables.into_iter().map(|used| variable(used, &mut at)).collect();
    let includes = includes.into_iter().map(|node| include(node, &mut at)).collect();
    wire::Compiled {
        host: host.id.into(),
        prompt,
        file: wire::HostFile { path: file.path, text: file.text },
        segments,
        losses,
        stats: self::stats(stats),
        variables,
        includes,
        diagnostics: report::diagnostics(report.diagnostics, &mut places),
    }
}

fn variable(used: VariableUse, at: &mut dyn FnMut(Place) -> wire::Place) -> wire::Variable {
    wire::Variable {
        name: used.name,
        uses: used.uses.into_iter().map(&mut *at).collect(),
        declared: used.declared.map(at),
        default: used.default,
        description: used.description,
        given: used.given,
        runtime: used.runtime,
    }
}

fn include(node: IncludeNode, at: &mut dyn FnMut(Place) -> wire::Place) -> wire::Include {
    wire::Include {
        path: node.path,
        depth: narrow(node.depth),
        from: node.from.map(at),
        state: state(node.state).into(),
        bytes: narrow(node.bytes),
    }
}

fn loss_of(loss: &compile::Loss, places: &mut Places<'_>) -> wire::Loss {
    wire::Loss {
        severity: loss.severity.name().into(),
        path: loss.path.clone(),
        range: places.range(&loss.path, loss.span),
        message: loss.message.clone(),
    }
}

fn file_of(files: &[String], file: u32) -> &str {
    files.get(file as usize).map_or("", String::as_str)
}

fn segments(
    done: &compile::Compiled,
    places: &mut Places<'_>,
    encoding: Encoding,
) -> Vec<wire::Segment> {
    let prompt = LineIndex::new(&done.prompt);
    let own = |at| match encoding {
        Encoding::Utf8 => at,
        Encoding::Utf16 => prompt.utf16(at),
    };
    let segment = |segment: &rolewright_core::template::Segment| {
        let path = file_of(&done.files, segment.file);
        let (start, end) = places.offsets(path, segment.source);
        wire::Segment {
            prompt: [own(segment.out.start), own(segment.out.end)].map(narrow),
            path: path.to_string(),
            source: [start, end].map(narrow),
            kind: segment.kind.name().into(),
        }
    };
    done.segments.iter().map(segment).collect()
}

fn stats(stats: compile::Stats) -> wire::PromptStats {
    let source = |source: compile::SourceShare| wire::SourceShare {
        path: source.path,
        bytes: narrow(source.bytes),
        tokens: narrow(source.tokens),
    };
    wire::PromptStats {
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
            unit: limit.unit.name().into(),
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
