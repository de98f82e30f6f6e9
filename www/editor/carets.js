//! Several carets and selections. The browser shows the main one; this draws the others and highlights
//! the numbers of their lines.

import { EditorState, RangeSet } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, lineNumberMarkers } from "@codemirror/view";

class Caret extends WidgetType {
  eq() {
    return true;
  }

  toDOM() {
    const node = document.createElement("span");
    node.className = "rw-caret";
    node.setAttribute("aria-hidden", "true");
    return node;
  }
}

const caret = Decoration.widget({ widget: new Caret(), side: 1 });
const selected = Decoration.mark({ class: "rw-selected" });

const others = EditorView.decorations.compute(["selection"], ({ selection: { ranges, mainIndex } }) => {
  const marks = ranges.filter((_, index) => index !== mainIndex);
  return Decoration.set(marks.map(({ from, to }) => (from === to ? caret.range(from) : selected.range(from, to))), true);
});

export const carets = [EditorState.allowMultipleSelections.of(true), EditorView.clickAddsSelectionRange.of((event) => event.altKey), others];

class Current extends GutterMarker {
  elementClass = "cm-activeLineGutter";
}

const current = new Current();

/** Only the numbers: CodeMirror's own extension puts an element for the line into every gutter, and moves others. */
export const currentNumbers = lineNumberMarkers.compute(["selection"], ({ doc, selection: { ranges } }) => {
  const lines = new Set(ranges.map(({ head }) => doc.lineAt(head).from));
  return RangeSet.of([...lines].map((from) => current.range(from)), true);
});
