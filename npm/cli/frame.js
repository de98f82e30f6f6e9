// Draws a diagnostic with its source line, underlined range, labels, reason and help. Control characters
// of a document never reach the terminal.

import { cells, widthOfText, wrapped } from "./width.js";

const NO_STYLE = Object.fromEntries(["bold", "dim", "red", "green", "yellow", "blue", "cyan"].map((n) => [n, (t) => t]));
const COLORS = { error: "red", warning: "yellow", info: "blue" };
const TAB = 4;
// Further labels are listed by line number only.
const MOST_LABELS = 6;
// Control characters, bidirectional controls and invisible characters.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * The diagnostic as text. `start` and `end` are UTF-16 offsets into `text`, or `range` contains positions;
 * `labels` are `{ path, text, start, end, message }`.
 */
export function frame(finding) {
  const { severity, title, message, path, text, start, end, labels = [], reason, help, fix, style = NO_STYLE, width = 100 } = finding;
  const color = style[COLORS[severity]];
  const lines = linesOf(text);
  const all = labels.filter((label) => label.path === path);
  const own = all.slice(0, MOST_LABELS);
  const marks = [{ start, end, message: "", color, sign: "^" }, ...own.map((label) => ({ ...label, color: style.blue, sign: "-" }))];
  const far = labels.filter((label) => label.path !== path && label.text !== undefined);
  const gutter = String(Math.max(...[...marks, ...far].map((m) => lineAt(m.text === undefined ? lines : linesOf(m.text), m.end).number))).length;
  const bar = (number = "") => style.blue(`${String(number).padStart(gutter)} |`);
  const place = lineAt(lines, start);
  const head = `${color(style.bold(`${severity}[${title}]`))}${style.bold(`: ${visible(message)}`)}`;
  const out = [head, `${" ".repeat(gutter)}${style.blue("-->")} ${visible(path)}:${place.number}:${start - place.start + 1}`, bar()];
  out.push(...snippet(text, lines, marks, { gutter, bar, width }));
  for (const label of far) {
    const there = linesOf(label.text);
    const at = lineAt(there, label.start);
    out.push(`${" ".repeat(gutter)}${style.blue(":::")} ${visible(label.path)}:${at.number}:${label.start - at.start + 1}`, bar());
    out.push(...snippet(label.text, there, [{ ...label, color: style.blue, sign: "-" }], { gutter, bar, width }));
  }
  const more = all.slice(MOST_LABELS).map((label) => lineAt(lines, label.start).number);
  if (reason || help || fix || more.length > 0) out.push(bar());
  const note = (name, value) => {
    const indent = gutter + 5 + name.length;
    const [first, ...rest] = wrapped(visible(value), Math.max(20, width - indent));
    out.push(`${" ".repeat(gutter)} ${style.blue("=")} ${style.bold(name)}: ${first}`, ...rest.map((line) => " ".repeat(indent) + line));
  };
  if (more.length > 0) note("also", `${more.length === 1 ? "line" : "lines"} ${[...new Set(more)].join(", ")}`);
  if (reason) note("why", reason);
  if (help) note("help", help);
  if (fix) note("fix", fix);
  return `${out.join("\n")}\n`;
}

/** The text with invisible characters shown by code point: ⟨U+202E⟩. */
export function visible(text) {
  return text.replace(UNSEEN, (c) => (c === "\n" ? c : `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`));
}

// The lines with marked ranges, in order, each with its underline; "..." where lines are left out.
function snippet(text, lines, marks, { gutter, bar, width }) {
  const parts = marks.flatMap((mark) => partsOf(lines, mark));
  const numbers = [...new Set(parts.map((part) => part.number))].sort((a, b) => a - b);
  const out = [];
  let last;
  for (const number of numbers) {
    if (last !== undefined && number > last + 1) out.push("...");
    last = number;
    const line = lines[number - 1];
    const here = parts.filter((part) => part.number === number);
    out.push(...drawn(text.slice(line.start, line.end), here, bar, number, width - gutter - 3));
  }
  return out;
}

// A range over several lines is marked on its first and on its last one.
function partsOf(lines, { start, end, message, color, sign }) {
  const first = lineAt(lines, start);
  const last = lineAt(lines, Math.max(start, end - 1));
  const part = (line, from, to, message) => ({ number: line.number, from: Math.min(from, line.end) - line.start, to: Math.min(to, line.end) - line.start, message, color, sign });
  if (first.number === last.number) return [part(first, start, end, message)];
  return [part(first, start, first.end, ""), part(last, last.start, end, message)];
}

function drawn(line, parts, bar, number, width) {
  const [base, last] = near(line, parts[0], width);
  const pieces = shownPieces(line.slice(base, last), base);
  const [from, to] = window(pieces, parts[0], width);
  const shown = pieces.slice(from, to);
  const before = from > 0 || base > 0 ? "…" : "";
  const after = to < pieces.length || last < line.length ? "…" : "";
  const out = [`${bar(number)} ${before}${shown.map((piece) => piece.text).join("")}${after}`.trimEnd()];
  const beyond = [];
  for (const part of parts) {
    const left = shown.filter((piece) => piece.end <= part.from);
    const under = shown.filter((piece) => piece.end > part.from && piece.start < part.to);
    if (under.length === 0 && part !== parts[0] && (after ? left.length === shown.length : before && left.length === 0)) {
      beyond.push(part);
      continue;
    }
    const indent = sum(left) + before.length;
    const marks = part.color(part.sign.repeat(Math.max(1, sum(under))));
    const room = width - indent - sum(under) - 1;
    const [first, ...rest] = part.message ? wrapped(visible(part.message), Math.max(20, room)) : [""];
    out.push(`${bar()} ${" ".repeat(indent)}${marks}${first && ` ${part.color(first)}`}`);
    for (const more of rest) out.push(`${bar()} ${" ".repeat(indent)}${" ".repeat(Math.max(1, sum(under)))} ${part.color(more)}`);
  }
  // Marks outside the window get a window of their own.
  return beyond.length > 0 ? [...out, "...", ...drawn(line, beyond, bar, number, width)] : out;
}

// The part of a long line around the mark, so that megabyte lines are not measured whole.
function near(line, { from }, width) {
  const reach = 4 * width;
  if (line.length <= 2 * reach) return [0, line.length];
  const base = Math.max(0, from - reach);
  const split = /[\udc00-\udfff]/.test(line[base] ?? "") ? 1 : 0;
  return [base + split, Math.min(line.length, base + 2 * reach)];
}

// What a terminal shows of a line: tabs as blanks, unseen characters by their number.
function shownPieces(line, base) {
  const pieces = [];
  let at = base;
  let column = 0;
  for (const { piece, cells: own } of cells(line)) {
    const blanks = TAB - (column % TAB);
    const text = piece === "\t" ? " ".repeat(blanks) : visible(piece);
    const count = piece === "\t" ? blanks : text === piece ? own : widthOfText(text);
    pieces.push({ text, cells: count, start: at, end: at + piece.length });
    at += piece.length;
    column += count;
  }
  return pieces;
}

// The pieces to show: the whole line, or as much of it as fits around the mark.
function window(pieces, { from: start, to: end }, width) {
  const room = Math.max(20, width);
  if (sum(pieces) <= room) return [0, pieces.length];
  let from = pieces.findIndex((piece) => piece.end > start);
  if (from < 0) from = pieces.length;
  let to = from;
  let used = 2;
  const fits = (piece) => piece && used + piece.cells <= room;
  while (to < pieces.length && pieces[to].start < end && fits(pieces[to])) used += pieces[to++].cells;
  // Two thirds of the remaining width go before the mark.
  const lead = used + Math.floor(((room - used) * 2) / 3);
  while (from > 0 && used + pieces[from - 1].cells <= lead) used += pieces[--from].cells;
  while (fits(pieces[to])) used += pieces[to++].cells;
  while (from > 0 && fits(pieces[from - 1])) used += pieces[--from].cells;
  return [from, to];
}

const sum = (pieces) => pieces.reduce((total, piece) => total + piece.cells, 0);

const known = { text: undefined, lines: undefined };

// Diagnostics come file by file, so the lines of the last text are cached.
function linesOf(text) {
  if (known.text === text) return known.lines;
  const lines = [];
  const ends = /\r\n|\r|\n/g;
  let start = 0;
  for (let found; (found = ends.exec(text)); start = ends.lastIndex) lines.push({ number: lines.length + 1, start, end: found.index });
  lines.push({ number: lines.length + 1, start, end: text.length });
  Object.assign(known, { text, lines });
  return lines;
}

function lineAt(lines, offset) {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return lines[low];
}
