//! The theme of the editor; all colors are variables of the page's style sheet, so that one theme serves
//! light and dark.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { roleTags } from "./language.js";

const colors = HighlightStyle.define([
  { tag: [tags.heading1, tags.heading2, tags.heading3, tags.heading4, tags.heading5, tags.heading6], fontWeight: "600" },
  { tag: tags.strong, fontWeight: "600" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: [tags.definition(tags.propertyName), tags.link, tags.labelName], color: "var(--accent)" },
  { tag: tags.url, color: "var(--accent)", textDecoration: "underline" },
  { tag: [tags.quote, tags.monospace, tags.special(tags.string), tags.typeName], color: "var(--text-2)" },
  {
    tag: [tags.processingInstruction, tags.comment, tags.lineComment, tags.contentSeparator, tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta, roleTags.delimiter],
    color: "var(--text-3)",
  },
  { tag: roleTags.include, class: "rw-directive rw-include" },
  { tag: roleTags.variable, class: "rw-directive rw-variable" },
]);

const outline = { outline: "2px solid var(--accent)", outlineOffset: "1px" };

const view = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--surface)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--code, ui-monospace, monospace)", lineHeight: "1.55" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--text)" },
  ".cm-placeholder": { color: "var(--text-3)" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-content ::selection, .cm-content::selection": { backgroundColor: "var(--selection)" },
  ".cm-gutters": { color: "var(--text-3)", backgroundColor: "var(--surface)", border: "none" },
  ".cm-activeLine": { backgroundColor: "var(--rw-active-line, color-mix(in srgb, var(--sunken) 60%, transparent))" },
  ".cm-activeLineGutter": { color: "var(--text)", backgroundColor: "transparent" },
  ".cm-foldGutter span": { display: "inline-block", width: "1em", textAlign: "center", cursor: "pointer" },
  ".cm-foldPlaceholder": { color: "var(--text-2)", backgroundColor: "var(--sunken)", border: "1px solid var(--hairline)", padding: "0 4px" },
  ".cm-specialChar": { color: "var(--error)", fontWeight: "600" },
  ".rw-directive": { color: "var(--accent)", backgroundColor: "var(--sunken)", borderRadius: "3px", fontWeight: "600" },
  ".rw-selected": { backgroundColor: "var(--selection)" },
  ".rw-caret": { display: "inline-block", width: "0", height: "1.2em", marginInline: "-1px", borderInlineStart: "2px solid var(--text)", verticalAlign: "text-bottom" },
  ".rw-highlighted": { backgroundColor: "var(--selection)" },
  // Forced colors remove backgrounds.
  "@media (forced-colors: active)": {
    ".rw-highlighted, .cm-searchMatch, .rw-selected": { outline: "1px dashed" },
  },
  ".rw-target": { ...outline, borderRadius: "1px" },
});

const problems = EditorView.theme({
  ".rw-problem": { textDecorationLine: "underline", textDecorationThickness: "1.5px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".rw-error": { textDecorationStyle: "wavy", textDecorationColor: "var(--error)" },
  ".rw-warning": { textDecorationStyle: "dashed", textDecorationColor: "var(--warning)" },
  ".rw-info": { textDecorationStyle: "dotted", textDecorationColor: "var(--info)" },
  ".rw-point": { display: "inline-block", width: "0.6em", pointerEvents: "none" },
  ".rw-gutter": { width: "16px" },
  ".rw-gutter .cm-gutterElement": { textAlign: "center", cursor: "default" },
  ".rw-shape": { width: "10px", height: "10px", flex: "none", fill: "currentColor" },
  ".rw-shape.rw-error, .rw-word.rw-error": { color: "var(--error)" },
  ".rw-shape.rw-warning, .rw-word.rw-warning": { color: "var(--warning)" },
  ".rw-shape.rw-info, .rw-word.rw-info": { color: "var(--info)" },
  ".cm-tooltip.cm-tooltip-hover": { ...popover(), marginTop: "2px", maxWidth: "min(56ch, 90vw)" },
  ".rw-card section, .rw-explanation": { padding: "8px 12px" },
  ".rw-explanation p:first-child": { marginTop: "0" },
  ".rw-card strong": { fontWeight: "600" },
  ".rw-card section + section": { borderTop: "1px solid var(--hairline)" },
  ".rw-card header": { display: "flex", alignItems: "center", gap: "6px", color: "var(--text-2)", fontSize: "12px" },
  ".rw-word": { fontWeight: "600" },
  ".rw-card p": { margin: "4px 0 0", overflowWrap: "anywhere" },
  ".rw-card code": { fontFamily: "var(--code, ui-monospace, monospace)", fontSize: "0.95em" },
  ".rw-card button": { ...button(), marginTop: "8px" },
});

const panels = EditorView.theme({
  ".cm-panels": { fontFamily: "var(--ui, system-ui, sans-serif)", color: "var(--text)", backgroundColor: "var(--bg)" },
  ".rw-count": { minWidth: "8ch", color: "var(--text-2)", fontVariantNumeric: "tabular-nums" },
  ".cm-panels-top": { borderBottom: "1px solid var(--hairline)" },
  // Three rows: find, how, replace. Empty lines between them break the rows.
  ".cm-search.cm-panel": { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 6px", padding: "8px 40px 8px 12px", fontSize: "13px" },
  ".cm-search.cm-panel::before, .cm-search.cm-panel::after": { content: "''", flexBasis: "100%" },
  ".cm-search.cm-panel::before": { order: "1" },
  ".cm-search.cm-panel > :is([name=select], label)": { order: "2" },
  ".cm-search.cm-panel > label": { marginInlineEnd: "6px" },
  ".cm-search.cm-panel::after": { order: "3" },
  ".cm-search.cm-panel > [name^=replace]": { order: "4" },
  ".cm-search.cm-panel > .cm-textfield": { flex: "1 1 96px", minWidth: "0" },
  ".cm-search.cm-panel br": { display: "none" },
  ".cm-search.cm-panel label": { display: "inline-flex", alignItems: "center", gap: "4px", minHeight: "24px", fontSize: "13px" },
  ".cm-search.cm-panel [name=close]": { minWidth: "24px", minHeight: "24px", top: "6px", right: "8px", color: "var(--text-2)", fontSize: "16px" },
  ".cm-button": button(),
  ".cm-textfield": { minHeight: "24px", margin: "0", padding: "1px 6px", color: "var(--text)", backgroundColor: "var(--surface)", border: "1px solid var(--control)", borderRadius: "6px", fontSize: "13px" },
  ".cm-panels :focus-visible, .rw-card :focus-visible": outline,
  ".cm-searchMatch": { backgroundColor: "var(--rw-match, color-mix(in srgb, var(--warning) 30%, transparent))" },
  ".cm-searchMatch-selected": { ...outline, outlineOffset: "0" },
});

const popovers = EditorView.theme({
  // The documentation of the selected completion is next to the list, inside its element.
  ".cm-tooltip.cm-tooltip-autocomplete": { ...popover(), maxHeight: "none", overflow: "visible" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxWidth: "min(64ch, 94vw)", maxHeight: "40vh", fontFamily: "var(--code, ui-monospace, monospace)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "center", gap: "12px", minHeight: "28px", padding: "2px 10px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--text)", backgroundColor: "var(--selection)" },
  ".cm-completionLabel": { flex: "1", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { margin: "0", color: "var(--text-2)", fontStyle: "normal", fontFamily: "var(--ui, system-ui, sans-serif)", fontSize: "12px" },
  ".cm-tooltip.cm-completionInfo": { ...popover(), padding: "8px 12px", maxWidth: "min(48ch, 94vw)" },
  ".cm-completionInfo p": { margin: "0", overflowWrap: "anywhere" },
  ".cm-tooltip.rw-menu": { ...popover(), maxWidth: "min(64ch, 94vw)", display: "flex", flexDirection: "column", padding: "4px" },
  ".rw-menu button": { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: "2px 8px", minHeight: "28px", padding: "4px 8px", border: "0", borderRadius: "4px", color: "var(--text)", background: "none", font: "inherit", textAlign: "start", cursor: "pointer", overflowWrap: "anywhere" },
  ".rw-menu button:hover, .rw-menu button:focus": { backgroundColor: "var(--selection)" },
  ".rw-menu button:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".rw-menu code, .cm-completionInfo code": { fontFamily: "var(--code, ui-monospace, monospace)", fontSize: "0.95em" },
  ".rw-note": { color: "var(--text-2)", fontSize: "12px" },
  "@media (forced-colors: active)": {
    ".cm-tooltip-autocomplete ul li[aria-selected]": { outline: "2px solid Highlight", outlineOffset: "-2px" },
  },
  "@media (hover: none)": {
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li, .rw-menu button": { minHeight: "40px" },
  },
});

function popover() {
  return {
    maxHeight: "50vh",
    overflow: "auto",
    color: "var(--text)",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--control)",
    borderRadius: "6px",
    boxShadow: "0 4px 16px rgb(0 0 0 / 0.18)",
    font: "13px/1.45 var(--ui, system-ui, sans-serif)",
  };
}

function button() {
  return {
    minHeight: "24px",
    margin: "0",
    padding: "1px 8px",
    color: "var(--text)",
    background: "var(--surface)",
    border: "1px solid var(--control)",
    borderRadius: "6px",
    font: "inherit",
    cursor: "pointer",
  };
}

/** Colors, underlines, hover cards and panels. */
export const look = [syntaxHighlighting(colors), view, problems, panels, popovers];
