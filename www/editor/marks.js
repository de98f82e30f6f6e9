//! Temporary highlights: the source of the hovered part of the prompt, and the target of a jump.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

// Long enough for the eye to find the target.
const HOLD_MS = 2000;

const setHighlighted = StateEffect.define();
const setTarget = StateEffect.define();

const highlighted = Decoration.mark({ class: "rw-highlighted" });
const target = Decoration.mark({ class: "rw-target" });

function fieldOf(effect, mark) {
  return StateField.define({
    create: () => Decoration.none,
    update(marks, tr) {
      let next = marks.map(tr.changes);
      for (const found of tr.effects) if (found.is(effect)) next = setOf(mark, found.value);
      return next;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

function setOf(mark, ranges) {
  const filled = ranges.filter(({ from, to }) => from < to);
  return Decoration.set(filled.map(({ from, to }) => mark.range(from, to)), true);
}

/** The effect that highlights `ranges` and nothing else. */
export const highlighting = (ranges) => setHighlighted.of(ranges);

/** Outlines the latest range for two seconds. */
export function targeting(view) {
  let timer = 0;
  const show = (range) => {
    view.dispatch({ effects: setTarget.of([range]) });
    clearTimeout(timer);
    timer = setTimeout(() => view.dispatch({ effects: setTarget.of([]) }), HOLD_MS);
  };
  return { show, stop: () => clearTimeout(timer) };
}

/** The extensions for both highlights. */
export const marks = [fieldOf(setHighlighted, highlighted), fieldOf(setTarget, target)];
