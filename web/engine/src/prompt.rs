//! An expanded role as the page shows it: the prompt with its way back, sizes, variables and includes.

use crate::places::{Places, narrow};
use rolewright_core::host::{Host, Unit};
use rolewright_core::template::{self, Expanded, IncludeState, SegmentKind};
use rolewright_core::{LineIndex, tokens};
use rolewright_messages as messages;

/// The prompt with its segments in UTF-16.
pub(crate) fn prompt(
    expanded: &Expanded,
    host: &Host,
    places: &mut Places<'_>,
) -> messages::Prompt {
    let text = &expanded.text;
    let index = LineIndex::new(text);
    let estimate = tokens::estimate(text);
    let segments: Vec<messages::Segment> = expanded
        .segments
        .iter()
        .map(|segment| self::segment(segment, expanded, &index, places))
        .collect();
    let chains = (0..expanded.chains.len()).map(|chain| hops(expanded, narrow(chain), places));
    let lines = text.lines().count();
    messages::Prompt {
        segments,
        files: expanded.files.clone(),
        chains: chains.collect(),
        shares: shares(expanded),
        bytes: narrow(text.len()),
        words: narrow(text.split_whitespace().count()),
        lines: narrow(lines),
        tokens: narrow(estimate.estimate),
        tokens_low: narrow(estimate.low),
        tokens_high: narrow(estimate.high),
        limit: host.body.map(|limit| messages::Limit {
            max: limit.max,
            unit: limit.unit.name().to_string(),
            used: narrow(match limit.unit {
                Unit::Characters => text.chars().count(),
                Unit::Bytes => text.len(),
                Unit::Lines => lines,
            }),
        }),
        text: text.clone(),
    }
}

/// The variables, in the order of their first use.
pub(crate) fn variables(expanded: &Expanded, places: &mut Places<'_>) -> Vec<messages::Variable> {
    expanded
        .variables
        .iter()
        .map(|variable| messages::Variable {
            name: variable.name.clone(),
            uses: variable.uses.iter().map(|at| place(*at, expanded, places)).collect(),
            default: variable.default.clone(),
            description: variable.description.clone(),
            given: variable.given,
            runtime: variable.runtime,
        })
        .collect()
}

/// The include tree, depth first.
pub(crate) fn includes(expanded: &Expanded, places: &mut Places<'_>) -> Vec<messages::IncludeNode> {
    let all = tokens::estimate(&expanded.text).estimate;
    expanded
        .includes
        .iter()
        .map(|node| messages::IncludeNode {
            path: node.path.clone(),
            depth: narrow(node.depth),
            from: node.from.map(|at| place(at, expanded, places)),
            state: match node.state {
                IncludeState::Included => messages::IncludeState::Included,
                IncludeState::Absent => messages::IncludeState::Absent,
                IncludeState::Missing => messages::IncludeState::Missing,
                IncludeState::Cycle => messages::IncludeState::Cycle,
                IncludeState::Refused => messages::IncludeState::Refused,
            },
            bytes: narrow(node.bytes),
            tokens: share(all, node.bytes, expanded.text.len()),
        })
        .collect()
}

fn segment(
    segment: &template::Segment,
    expanded: &Expanded,
    index: &LineIndex<'_>,
    places: &mut Places<'_>,
) -> messages::Segment {
    let file = expanded.files.get(segment.file as usize).map_or("", String::as_str);
    let source = places.of(file, segment.source);
    messages::Segment {
        start: narrow(index.utf16(segment.out.start)),
        end: narrow(index.utf16(segment.out.end)),
        file: segment.file,
        source_start: source.start,
        source_end: source.end,
        kind: match segment.kind {
            SegmentKind::Literal => messages::SegmentKind::Literal,
            SegmentKind::Variable => messages::SegmentKind::Variable,
            SegmentKind::Unfilled => messages::SegmentKind::Unfilled,
            SegmentKind::Shift => messages::SegmentKind::Shift,
            SegmentKind::Indent => messages::SegmentKind::Indent,
            SegmentKind::Blank => messages::SegmentKind::Blank,
            SegmentKind::Fence => messages::SegmentKind::Fence,
            SegmentKind::Wrap => messages::SegmentKind::Wrap,
        },
        chain: segment.chain,
    }
}

fn place(at: template::Place, expanded: &Expanded, places: &mut Places<'_>) -> messages::Place {
    let path = expanded.files.get(at.file as usize).cloned().unwrap_or_default();
    let place = places.of(&path, at.span);
    messages::Place { start: place.start, end: place.end, line: place.line, path }
}

fn hops(expanded: &Expanded, chain: u32, places: &mut Places<'_>) -> Vec<String> {
    let hop = |at| {
        let place = place(at, expanded, places);
        format!("{}:{}", place.path, place.line)
    };
    expanded.hops(chain).into_iter().map(hop).collect()
}

/// Bytes of the prompt by file, and their share of the estimated tokens.
fn shares(expanded: &Expanded) -> Vec<messages::Share> {
    let mut bytes = vec![0usize; expanded.files.len()];
    for segment in &expanded.segments {
        if let Some(sum) = bytes.get_mut(segment.file as usize) {
            *sum += segment.out.len();
        }
    }
    let all = tokens::estimate(&expanded.text).estimate;
    bytes
        .into_iter()
        .map(|bytes| messages::Share {
            bytes: narrow(bytes),
            tokens: share(all, bytes, expanded.text.len()),
        })
        .collect()
}

/// The part of `all` that `bytes` of `size` make up. The product exceeds 32 bits.
fn share(all: usize, bytes: usize, size: usize) -> u32 {
    let part = all as u64 * bytes as u64 / (size as u64).max(1);
    u32::try_from(part).unwrap_or(u32::MAX)
}
