//! Lines in scripts that are written from right to left, such as Hebrew and Arabic.

import { RangeSet } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

const auto = Decoration.line({ attributes: { dir: "auto" } });

function lines({ state: { doc }, viewport: { from, to } }) {
  const found = [];
  for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
    if (RIGHT_TO_LEFT.test(line.text)) found.push(auto.range(line.from));
    if (line.to >= to || line.number === doc.lines) return RangeSet.of(found);
  }
}

class Direction {
  constructor(view) {
    this.decorations = lines(view);
  }

  update({ docChanged, viewportChanged, view }) {
    if (docChanged || viewportChanged) this.decorations = lines(view);
  }
}

/** The first letter of a line decides its direction. */
export const direction = [EditorView.perLineTextDirection.of(true), ViewPlugin.fromClass(Direction, { decorations: ({ decorations }) => decorations })];
