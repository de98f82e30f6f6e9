//! The menu of code actions at the caret. It receives titles and returns the index of the chosen one; only
//! the page changes the text.

import { StateEffect, StateField } from "@codemirror/state";
import { showTooltip } from "@codemirror/view";
import { inline } from "./prose.js";

const UNSAFE = "may change the meaning";

const setMenu = StateEffect.define();

/** The menu that is open, and where. */
const menuField = StateField.define({
  create: () => null,
  update(menu, tr) {
    let next = tr.docChanged || tr.selection ? null : menu;
    for (const effect of tr.effects) if (effect.is(setMenu)) next = effect.value;
    return next;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows a menu of `actions` at the caret: `{ title, isUnsafe, index }`. */
export function offer(view, actions, onCommand) {
  const create = () => {
    const dom = menuOf(view, actions, onCommand);
    return { dom, mount: () => dom.firstElementChild.focus() };
  };
  const menu = { pos: view.state.selection.main.head, above: false, create };
  view.dispatch({ effects: setMenu.of(menu), scrollIntoView: true });
}

function close(view) {
  view.focus();
  view.dispatch({ effects: setMenu.of(null) });
}

function menuOf(view, actions, onCommand) {
  const menu = document.createElement("div");
  menu.className = "rw-menu";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", "Actions at the cursor");
  menu.append(...actions.map((action) => itemOf(action, () => {
    close(view);
    onCommand(`action:${action.index}`);
  })));
  menu.addEventListener("keydown", (event) => {
    if (move(menu, event.key) || event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
    }
    if (event.key === "Escape" || event.key === "Tab") close(view);
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    // A click elsewhere closes the menu; the focus is already where it belongs.
    if (!menu.contains(relatedTarget)) setTimeout(() => view.dispatch({ effects: setMenu.of(null) }));
  });
  return menu;
}

function itemOf({ title, isUnsafe }, choose) {
  const item = document.createElement("button");
  item.type = "button";
  item.tabIndex = -1;
  item.setAttribute("role", "menuitem");
  const words = document.createElement("span");
  words.append(...inline(title));
  item.append(words);
  if (isUnsafe) {
    const note = document.createElement("span");
    note.className = "rw-note";
    note.textContent = UNSAFE;
    item.append(" ", note);
  }
  item.addEventListener("click", choose);
  return item;
}

/** Moves the focus among the items, and says whether the key does that. */
function move(menu, key) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const last = items.length - 1;
  const next = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[key];
  if (next === undefined) return false;
  items[next].focus();
  return true;
}

/** The state the menu needs. */
export const actions = menuField;
