// An editor in the page's empty frame, so that you can type while the page is loading. The page then takes it
// over.

import example from "../../web/page/src/examples/code-reviewer.md";

// The path of the example that a first visit shows.
const EXAMPLE = ".claude/agents/code-reviewer.md";

let early = null;

/** Shows the text that the page will begin with; `create(parent, options)` makes an editor. */
export async function begin(create) {
  const parent = document.querySelector("#app > .frame .editor");
  // Only the page knows what the URL asks for.
  if (!parent || location.search || location.hash.length > 1) return;
  prefer(parent.closest(".frame"));
  await RolewrightStore.ready;
  const { kept } = RolewrightStore.current();
  const { active, files } = kept?.workspace ?? { active: EXAMPLE, files: { [EXAMPLE]: example } };
  const doc = files?.[active];
  if (doc === undefined || !parent.isConnected) return;
  const nothing = () => {};
  const handlers = { onChange: nothing, onSelection: nothing, onIdle: nothing, onScroll: nothing, onCommand: nothing, onAsk: nothing };
  const editor = create(parent, { doc, path: active, label: "Role text", ...handlers });
  early = { editor, path: active, doc, isFocused: false };
  parent.addEventListener("focusin", () => (early.isFocused = true));
  // When the page removes the frame, it takes over a moment later, and the focus has to stay in the text.
  parent.addEventListener("focusout", () => setTimeout(() => parent.isConnected && early && (early.isFocused = false)));
}

/** Moves the early editor to its place in the page, and returns it, if it shows the same file. */
export function takeOver(parent, options) {
  if (!early) return null;
  const { editor, path, doc, isFocused } = early;
  early = null;
  if (path === options.path && doc === options.doc) {
    editor.move(parent, options, isFocused);
    return editor;
  }
  editor.destroy();
  return null;
}

/** The stored look of the page, so that nothing moves when the page appears. */
function prefer(frame) {
  try {
    const { theme, rail, layout, fontSize, editorShare } = JSON.parse(localStorage.getItem("rolewright:prefs")) ?? {};
    if (theme) document.documentElement.dataset.theme = theme;
    if (layout) frame.dataset.layout = layout;
    if (rail === false) frame.dataset.rail = "false";
    if (fontSize) frame.style.setProperty("--font", `${fontSize}px`);
    if (editorShare) frame.style.setProperty("--share", editorShare);
  } catch {
    // The default look is good enough.
  }
}
