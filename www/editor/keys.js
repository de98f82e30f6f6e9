//! The key bindings of the editor. Page-wide shortcuts are reported as commands and not propagated, so that
//! the page's own listener does not run them again. Tab is not bound: it leaves the editor.

import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import { foldKeymap } from "@codemirror/language";
import { searchKeymap } from "@codemirror/search";
import { EditorView, keymap } from "@codemirror/view";
import { toText } from "./line-ends.js";
import { continueList } from "./language.js";

const COMMANDS = {
  "F8": "next-problem",
  "Shift-F8": "previous-problem",
  "Mod-.": "actions",
  "Mod-s": "save",
  "Mod-Enter": "prompt",
  "F1": "palette",
  "Alt-Enter": "definition",
  "F12": "definition",
  "F2": "rename",
};

function pageKeys(onCommand) {
  return Object.entries(COMMANDS).map(([key, name]) => ({
    key,
    stopPropagation: true,
    preventDefault: true,
    run() {
      onCommand(name);
      return true;
    },
  }));
}

/** Ctrl-click or Cmd-click goes to the definition without moving the caret. */
function definitionClick(onCommand) {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
      const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (position === null) return false;
      event.preventDefault();
      onCommand(`definition:${toText(view.state, position)}`);
      return true;
    },
  });
}

/** All key bindings of the editor. */
export function keys(onCommand) {
  return [
    keymap.of([
      ...pageKeys(onCommand),
      { key: "Enter", run: continueList },
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap,
    ]),
    definitionClick(onCommand),
  ];
}
