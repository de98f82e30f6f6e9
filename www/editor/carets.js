//! Several carets and selections. The browser shows the main one; this draws the others.

import { EditorState } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

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
