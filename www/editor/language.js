//! The language support for roles (YAML front matter, Markdown and template directives): highlighting,
//! folding and list continuation.
//!
//! Built from two grammars, because CodeMirror's Markdown package would add HTML, CSS and JavaScript.

import {
  Language,
  codeFolding,
  defineLanguageFacet,
  foldNodeProp,
  foldService,
  foldedRanges,
  languageDataProp,
  syntaxTree,
  unfoldEffect,
} from "@codemirror/language";
import { parseMixed } from "@lezer/common";
import { Tag } from "@lezer/highlight";
import { GFM, parser as markdown } from "@lezer/markdown";
import { parser as yaml } from "@lezer/yaml";

/** Highlighting tags for syntax that only roles have. */
export const roleTags = { include: Tag.define(), variable: Tag.define(), delimiter: Tag.define() };

const FENCE_LINE = /^---[ \t]*$/;

// Unclosed front matter extends to the end of the text, which shows that it is not closed.
const frontMatter = {
  name: "FrontMatter",
  before: "LinkReference",
  parse(cx, line) {
    if (cx.lineStart !== 0 || !FENCE_LINE.test(line.text)) return false;
    const parts = [cx.elt("FrontMatterMark", 0, line.text.length)];
    let end = line.text.length;
    const from = end + 1;
    while (cx.nextLine()) {
      end = cx.lineStart + line.text.length;
      if (!FENCE_LINE.test(line.text)) continue;
      if (cx.lineStart > from) parts.push(cx.elt("FrontMatterYaml", from, cx.lineStart - 1));
      parts.push(cx.elt("FrontMatterMark", cx.lineStart, end));
      cx.nextLine();
      cx.addElement(cx.elt("FrontMatter", 0, end, parts));
      return true;
    }
    if (end > from) parts.push(cx.elt("FrontMatterYaml", from, end));
    cx.addElement(cx.elt("FrontMatter", 0, end, parts));
    return true;
  },
};

const PLAIN_VALUE = /^[ \t]*(?:- +)?[\w.-]+:[ \t]+(?![ \t"'[{|>&*!#]).*$/gm;

// A colon in an unquoted value is an error of YAML, but its words are meant as text: for the parser,
// these colons are left out, so that it takes the words before them for neither keys nor mappings.
function withoutColons({ from, to }, input) {
  const ranges = [];
  let start = from;
  for (const { 0: line, index } of input.read(from, to).matchAll(PLAIN_VALUE)) {
    const value = line.indexOf(":") + 1;
    for (const { index: colon } of line.slice(value).matchAll(/:(?=\s|$)/g)) {
      const at = from + index + value + colon;
      ranges.push({ from: start, to: at });
      start = at + 1;
    }
  }
  if (start < to) ranges.push({ from: start, to });
  return ranges;
}

const DIRECTIVE = /^\{\{(?:(include):[^}\n]*|\s*[A-Z][A-Z0-9_]*\s*(?:\?|:[-?][^}\n]*)?)\}\}/;

const directive = {
  name: "Directive",
  before: "Link",
  parse(cx, next, position) {
    if (next !== 123 || cx.char(position + 1) !== 123) return -1;
    // `${{ … }}` belongs to GitHub Actions.
    if (position > cx.offset && cx.char(position - 1) === 36) return -1;
    const match = DIRECTIVE.exec(cx.slice(position, Math.min(cx.end, position + 1024)));
    if (!match) return -1;
    const kind = match[1] ? "Include" : "Variable";
    return cx.addElement(cx.elt(kind, position, position + match[0].length));
  },
};

const HEADING = /^(?:ATX|Setext)Heading(\d)$/;
const FOLDED = /^(FrontMatter|FencedCode|Blockquote|BulletList|OrderedList|Table|HTMLBlock|CommentBlock)$/;

const data = defineLanguageFacet({ commentTokens: { block: { open: "<!--", close: "-->" } } });

const roleParser = markdown.configure([
  GFM,
  {
    defineNodes: [
      { name: "FrontMatter", block: true },
      { name: "FrontMatterMark", style: roleTags.delimiter },
      { name: "FrontMatterYaml" },
      { name: "Include", style: roleTags.include },
      { name: "Variable", style: roleTags.variable },
    ],
    parseBlock: [frontMatter],
    parseInline: [directive],
    wrap: parseMixed((node, input) => (node.name === "FrontMatterYaml" ? { parser: yaml, overlay: withoutColons(node, input) } : null)),
    props: [
      languageDataProp.add((type) => (type.isTop ? data : undefined)),
      foldNodeProp.add((type) => (FOLDED.test(type.name) ? foldBlock : undefined)),
    ],
  },
]);

function foldBlock(node, state) {
  const end = state.doc.lineAt(node.from).to;
  return end < node.to ? { from: end, to: node.to } : null;
}

// A heading folds up to the next heading of the same or a higher level.
const foldSections = foldService.of((state, start, end) => {
  const heading = headingIn(state, start, end);
  if (!heading) return null;
  const parent = heading.node.parent;
  let last = heading.node;
  for (let next = last.nextSibling; next; next = next.nextSibling) {
    const match = HEADING.exec(next.name);
    if (match && Number(match[1]) <= heading.level) break;
    last = next;
  }
  return parent && last.to > end ? { from: end, to: last.to } : null;
});

function headingIn(state, start, end) {
  for (let node = syntaxTree(state).resolveInner(end, -1); node; node = node.parent) {
    if (node.from < start) return null;
    const match = HEADING.exec(node.name);
    if (match) return { node, level: Number(match[1]) };
  }
  return null;
}

/** The effects that unfold everything that hides part of the range. */
export function unfolding(state, range) {
  const effects = [];
  foldedRanges(state).between(range.from, range.to, (from, to) => void effects.push(unfoldEffect.of({ from, to })));
  return effects;
}

const ITEM = /^(\s*)(?:([-*+])|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?/;

/** Enter in a list item starts the next item; in an empty item it ends the list. */
export function continueList({ state, dispatch }) {
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const match = ITEM.exec(line.text);
  if (!match || !main.empty || main.head < line.from + match[0].length || !isProse(state, main.head)) return false;
  const isEmpty = line.text.length === match[0].length;
  const change = isEmpty ? { from: line.from, to: line.to, insert: "" } : { from: main.head, insert: state.lineBreak + nextMark(match) };
  const changes = state.changes(change);
  dispatch(state.update({ changes, selection: { anchor: changes.mapPos(main.head, 1) }, scrollIntoView: true, userEvent: "input" }));
  return true;
}

function nextMark([, indent, bullet, number, delimiter, blanks, task]) {
  const mark = bullet ?? `${Number(number) + 1}${delimiter}`;
  return indent + mark + blanks + (task ? "[ ] " : "");
}

function isProse(state, position) {
  for (let node = syntaxTree(state).resolveInner(position, -1); node; node = node.parent) {
    if (/^(FrontMatter|FencedCode|CodeBlock|HTMLBlock|CommentBlock)$/.test(node.name)) return false;
  }
  return true;
}

const role = [new Language(data, roleParser, [], "role"), foldSections, codeFolding()];

const yamlFacet = defineLanguageFacet({ commentTokens: { line: "#" } });
const yamlParser = yaml.configure({ props: [languageDataProp.add((type) => (type.isTop ? yamlFacet : undefined))] });
const dataFile = [new Language(yamlFacet, yamlParser, [], "data"), codeFolding()];

/** The language of a file, with folding. JSON is YAML, too; TOML is neither that nor Markdown. */
export function languageOf(path) {
  if (/\.toml$/i.test(path)) return codeFolding();
  return /\.(ya?ml|json[c5]?|roomodes|kilocodemodes)$/i.test(path) ? dataFile : role;
}
