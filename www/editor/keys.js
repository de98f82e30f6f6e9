//! The editor's keys. What belongs to the whole page is passed on as a command name and kept from
//! the page's own listener, so that nothing happens twice. Tab is left to the browser: it leaves.

import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import { foldKeymap } from "@codemirror/language";
import { searchKeymap } from "@codemirror/search";
import { EditorView, keymap } from "@codemirror/view";
import { toText } from "./line-ends.js";
import { continueList } from "./language.js";

const COMMANDS = {
  "F8": "next-problem",
  "Shift-F8": "previous-problem",
  "Mod-.": "fix-here",
  "Mod-s": "save",
  "Mod-Enter": "prompt",
  "F1": "palette",
  "Alt-Enter": "definition",
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

/** Ctrl or Cmd and a click asks for what stands there, without moving the caret. */
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

// The rest of that map needs several carets, which the editor does not have.
const search = searchKeymap.filter(({ key }) => !["Mod-d", "Mod-Shift-l"].includes(key));

/** All keys of the editor. */
export function keys(onCommand) {
  return [
    keymap.of([
      ...pageKeys(onCommand),
      { key: "Enter", run: continueList },
      ...search,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap,
    ]),
    definitionClick(onCommand),
  ];
}
