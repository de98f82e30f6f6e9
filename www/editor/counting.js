//! Shows in the search panel how many matches there are, and which of them is selected.

import { getSearchQuery, searchPanelOpen } from "@codemirror/search";
import { ViewPlugin } from "@codemirror/view";

// Further matches are not counted: nobody goes through them one by one.
const MOST = 1000;

function count(state) {
  const query = getSearchQuery(state);
  if (!query.search) return "";
  if (!query.valid) return "Invalid pattern";
  const { from, to } = state.selection.main;
  let total = 0;
  let current = 0;
  for (const cursor = query.getCursor(state); total < MOST; ) {
    const { done, value } = cursor.next();
    if (done) break;
    total += 1;
    if (value.from === from && value.to === to) current = total;
  }
  if (!total) return "No matches";
  const all = total === MOST ? `${MOST}+` : String(total);
  return current ? `${current} of ${all}` : `${all} ${total === 1 ? "match" : "matches"}`;
}

export const counting = ViewPlugin.fromClass(
  class {
    #node = null;

    update({ view, state }) {
      if (!searchPanelOpen(state)) return;
      const field = view.dom.querySelector(".cm-search [name=search]");
      if (!field) return;
      if (!this.#node?.isConnected) {
        this.#node = document.createElement("span");
        this.#node.className = "rw-count";
        this.#node.setAttribute("role", "status");
        field.after(this.#node);
      }
      const text = count(state);
      if (this.#node.textContent !== text) this.#node.textContent = text;
    }
  },
);
