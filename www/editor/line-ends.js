//! Preserves line endings (LF, CRLF, CR or mixed), which CodeMirror counts as one character each, and maps
//! offsets between the original text and the CodeMirror document.
//!
//! Typed and pasted text uses the most frequent line ending of the opened text. Other line endings are
//! preserved through edits, undo and redo. Edits applied by `plan` keep the line endings that they contain.

import { invertedEffects } from "@codemirror/commands";
import { EditorState, RangeSet, RangeValue, StateEffect, StateField, Text } from "@codemirror/state";

const BREAK = /\r\n?|\n/g;

/** A line ending that differs from the common one of its document. */
class OddEnd extends RangeValue {
  // Text typed right before the line break moves it, and text typed right after does not extend it.
  startSide = 1;
  endSide = -1;

  constructor(end) {
    super();
    this.end = end;
  }

  eq(other) {
    return this.end === other.end;
  }
}

const ODD = { "\n": new OddEnd("\n"), "\r": new OddEnd("\r"), "\r\n": new OddEnd("\r\n") };

const setEnds = StateEffect.define({
  map: (ends, changes) => ({ common: ends.common, odd: ends.odd.map(changes) }),
});

const endsField = StateField.define({
  create: () => ({ common: "\n", odd: RangeSet.empty }),
  update(ends, tr) {
    let next = ends;
    if (tr.docChanged && ends.odd.size) next = { common: ends.common, odd: ends.odd.map(tr.changes) };
    for (const effect of tr.effects) if (effect.is(setEnds)) next = effect.value;
    return next;
  },
});

// Undo restores a deleted line; without this, it would get the common line ending.
const restoreEnds = invertedEffects.of((tr) => {
  const before = tr.startState.field(endsField);
  const after = tr.state.field(endsField);
  const lost = after.odd.size < before.odd.size || tr.effects.some((effect) => effect.is(setEnds));
  return lost ? [setEnds.of(before)] : [];
});

/** Splits a text into lines and the line endings that are not the common one. */
function scan(text, common = mostFrequent(text)) {
  const lines = [];
  const odd = [];
  let from = 0;
  let shorter = 0;
  for (const { 0: end, index } of text.matchAll(BREAK)) {
    lines.push(text.slice(from, index));
    from = index + end.length;
    if (end !== common) odd.push(ODD[end].range(index - shorter, index - shorter + 1));
    shorter += end.length - 1;
  }
  lines.push(text.slice(from));
  return { doc: Text.of(lines), ends: { common, odd: RangeSet.of(odd) } };
}

function mostFrequent(text) {
  const count = { "\n": 0, "\r\n": 0, "\r": 0 };
  for (const [end] of text.matchAll(BREAK)) count[end] += 1;
  return Object.keys(count).reduce((best, end) => (count[end] > count[best] ? end : best));
}

/** The options for `EditorState.create` with which `textOf` returns `text` exactly. */
export function documentOf(text) {
  const { doc, ends } = scan(text);
  return { doc, extensions: [endsField.init(() => ends), restoreEnds] };
}

/** The text with its original line endings. */
export function textOf(state) {
  const { common, odd } = state.field(endsField);
  if (!odd.size) return state.doc.sliceString(0, state.doc.length, common);
  let text = "";
  let at = 0;
  odd.between(0, state.doc.length, (from, to, { end }) => {
    text += state.doc.sliceString(at, from, common) + end;
    at = to;
  });
  return text + state.doc.sliceString(at, state.doc.length, common);
}

/** Whether a transaction changes the text, including its line endings. */
export function changesText(tr) {
  return tr.docChanged || tr.effects.some((effect) => effect.is(setEnds));
}

/** Whether offsets in the text and in the document are identical. */
function isPlain(state) {
  const { common, odd } = state.field(endsField);
  return common.length === 1 && !odd.size;
}

const startsOf = new WeakMap();

/** The start of every line in the text, cached until the document or a line ending changes. */
function lineStarts(state) {
  const ends = state.field(endsField);
  const kept = startsOf.get(state.doc);
  if (kept && kept.ends === ends) return kept.starts;
  const starts = new Uint32Array(state.doc.lines);
  let offset = 0;
  let position = 0;
  let number = 0;
  const oddEnd = ends.odd.iter();
  for (const line of state.doc.iterLines()) {
    starts[number++] = offset;
    position += line.length + 1;
    const isOdd = oddEnd.value && oddEnd.to === position;
    offset += line.length + (isOdd ? oddEnd.value.end : ends.common).length;
    if (isOdd) oddEnd.next();
  }
  startsOf.set(state.doc, { ends, starts });
  return starts;
}

/** Offset in the text of a position in the document. */
export function toText(state, position) {
  if (isPlain(state)) return position;
  const line = state.doc.lineAt(position);
  return lineStarts(state)[line.number - 1] + position - line.from;
}

/** Position in the document of an offset in the text; inside a CRLF it is the end of the line. */
export function toDocument(state, offset) {
  if (isPlain(state)) return Math.max(0, Math.min(offset, state.doc.length));
  const starts = lineStarts(state);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  const line = state.doc.line(low + 1);
  return Math.min(line.to, line.from + Math.max(0, offset - starts[low]));
}

/**
 * The transaction that applies `edits` (ascending, disjoint, in offsets of the text) to the text,
 * exactly, including line endings.
 */
export function plan(state, edits) {
  const before = textOf(state);
  let after = "";
  let at = 0;
  for (const { from, to, text } of edits) {
    after += before.slice(at, from) + text;
    at = to;
  }
  after += before.slice(at);
  return replaceWith(state, after, edits);
}

/** The transaction that changes the text to `after`, as one replacement of the differing part. */
export function planText(state, after) {
  return replaceWith(state, after, []);
}

function replaceWith(state, after, edits) {
  const { doc, ends } = scan(after, state.field(endsField).common);
  let changes = state.changes(
    edits.map(({ from, to, text }) => ({
      from: toDocument(state, from),
      to: toDocument(state, to),
      insert: Text.of(text.split(/\r\n?|\n/)),
    })),
  );
  // An edit may split or join a CRLF, which has no counterpart in the document.
  if (!changes.apply(state.doc).eq(doc)) changes = state.changes(difference(state.doc, doc));
  return { changes, effects: setEnds.of(ends) };
}

function difference(before, after) {
  const [old, now] = [before.toString(), after.toString()];
  const shortest = Math.min(old.length, now.length);
  let from = 0;
  while (from < shortest && old[from] === now[from]) from += 1;
  let tail = 0;
  while (tail < shortest - from && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return { from, to: old.length - tail, insert: after.slice(from, now.length - tail) };
}

/** A state for tests and tools that need no editor on a screen. */
export function stateOf(text, extensions = []) {
  const { doc, extensions: own } = documentOf(text);
  return EditorState.create({ doc, extensions: [own, extensions] });
}
