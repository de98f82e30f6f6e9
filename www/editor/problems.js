//! Shows problems in the editor: underlines, a gutter icon for each line, and a hover card with the fix.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, closeHoverTooltips, gutter, hoverTooltip, keymap } from "@codemirror/view";
import { inline } from "./prose.js";

const SEVERITIES = ["error", "warning", "info"];
const WORDS = { error: "Error", warning: "Warning", info: "Info" };

// Shapes differ, so that color is not the only cue.
const SHAPES = {
  error: "M3 0h4l3 3v4l-3 3H3L0 7V3z",
  warning: "M5 0.5 10 9.5H0z",
  info: "M5 0.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z",
};

// More underlines slow down rendering and help no one.
const MOST = 2000;

// Advice about a whole paragraph is underlined only at its start: a page of dots would hide the
// text.
const LONG = 120;
const START = 40;

const setProblems = StateEffect.define();

const problemsField = StateField.define({
  create: () => Decoration.none,
  update(marks, tr) {
    let next = marks.map(tr.changes);
    for (const effect of tr.effects) if (effect.is(setProblems)) next = marksOf(tr.state, effect.value);
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The transaction that shows `problems`: `{ from, to, severity, rule, message, fixTitle, index }`. */
export function showing(problems) {
  return { effects: setProblems.of(problems) };
}

function marksOf(state, problems) {
  return Decoration.set(problems.slice(0, MOST).flatMap((problem) => marksFor(state, problem)), true);
}

function marksFor(state, problem) {
  const [from, to] = visible(state, problem);
  const name = `rw-problem rw-${problem.severity}`;
  if (from === to) return Decoration.widget({ widget: new Point(name), side: 1, problem }).range(from);
  const mark = (spec, end) => Decoration.mark({ inclusive: false, ...spec }).range(from, end);
  if (problem.severity !== "info" || to - from < LONG) return mark({ class: name, problem }, to);
  const start = /^.*?\s|^.*/s.exec(state.sliceDoc(from + START, to))[0].trimEnd();
  return [mark({ class: "rw-long", problem }, to), mark({ class: name }, from + START + start.length)];
}

/** An empty range, or one that covers only a line break, is drawn on the adjacent character. */
function visible(state, { from, to }) {
  if (/[^\n]/.test(state.sliceDoc(from, Math.min(to, from + 2)))) return [from, to];
  const line = state.doc.lineAt(from);
  if (line.length === 0) return [from, from];
  return from < line.to ? [from, characterAfter(state, from)] : [characterBefore(state, from), from];
}

function characterAfter(state, position) {
  const code = state.sliceDoc(position, position + 2).codePointAt(0);
  return position + (code > 0xffff ? 2 : 1);
}

function characterBefore(state, position) {
  const low = state.sliceDoc(position - 1, position).charCodeAt(0);
  return position - (low >= 0xdc00 && low <= 0xdfff ? 2 : 1);
}

/** A marker for empty lines, which have no character to underline. */
class Point extends WidgetType {
  constructor(name) {
    super();
    this.name = name;
  }

  eq(other) {
    return this.name === other.name;
  }

  toDOM() {
    const span = document.createElement("span");
    span.className = `rw-point ${this.name}`;
    span.textContent = "\u00a0";
    return span;
  }
}

class Shape extends GutterMarker {
  constructor(severity) {
    super();
    this.severity = severity;
  }

  eq(other) {
    return this.severity === other.severity;
  }

  toDOM() {
    return shapeOf(this.severity);
  }
}

const MARKERS = Object.fromEntries(SEVERITIES.map((severity) => [severity, new Shape(severity)]));

function shapeOf(severity) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 10 10");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `rw-shape rw-${severity}`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[severity]);
  svg.append(path);
  return svg;
}

// One marker per line, the most severe. Cached, because the gutter asks on every update.
const markersOf = new WeakMap();

function gutterMarkers(view) {
  const marks = view.state.field(problemsField);
  let markers = markersOf.get(marks);
  if (!markers) {
    const worst = new Map();
    marks.between(0, view.state.doc.length, (from, _, { spec }) => {
      if (!spec.problem) return;
      const line = view.state.doc.lineAt(from).from;
      const rank = SEVERITIES.indexOf(spec.problem.severity);
      worst.set(line, Math.min(rank, worst.get(line) ?? rank));
    });
    markers = RangeSet.of([...worst].map(([line, rank]) => MARKERS[SEVERITIES[rank]].range(line)), true);
    markersOf.set(marks, markers);
  }
  return markers;
}

function card(onCommand) {
  return (view, position) => {
    const here = [];
    const line = view.state.doc.lineAt(position);
    view.state.field(problemsField).between(line.from, line.to, (from, to, { spec }) => {
      if (spec.problem && from <= position && position <= to) here.push({ from, to, ...spec.problem });
    });
    if (!here.length) return null;
    const start = Math.min(...here.map(({ from }) => Math.max(from, line.from)));
    return { pos: start, end: position, above: false, create: () => ({ dom: cardOf(here, onCommand) }) };
  };
}

function cardOf(problems, onCommand) {
  const dom = document.createElement("div");
  dom.className = "rw-card";
  dom.append(...problems.map((problem) => entryOf(problem, onCommand)));
  return dom;
}

function entryOf({ severity, rule, message, fixTitle, index }, onCommand) {
  const entry = document.createElement("section");
  const head = document.createElement("header");
  const word = document.createElement("span");
  word.className = `rw-word rw-${severity}`;
  word.textContent = WORDS[severity];
  const name = document.createElement("code");
  name.textContent = rule;
  head.append(shapeOf(severity), word, name);
  const sentence = document.createElement("p");
  sentence.append(...inline(message));
  entry.append(head, sentence);
  if (fixTitle) entry.append(fixButton(fixTitle, () => onCommand(`fix:${index}`)));
  return entry;
}

function fixButton(title, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...inline(`Fix: ${title}`));
  button.addEventListener("click", onClick);
  return button;
}

const closeCard = keymap.of([
  {
    key: "Escape",
    run(view) {
      const isOpen = view.dom.querySelector(".rw-card") !== null;
      if (isOpen) view.dispatch({ effects: closeHoverTooltips });
      return isOpen;
    },
  },
]);

/** Underlines, gutter and hover card; its button calls `onCommand("fix:INDEX")`. */
export function problems(onCommand) {
  return [
    problemsField,
    // Every line has its own element: an element reused for another line would count as a layout
    // shift.
    gutter({ class: "rw-gutter", markers: gutterMarkers, renderEmptyElements: true }),
    hoverTooltip(card(onCommand), { hideOnChange: true }),
    closeCard,
  ];
}
