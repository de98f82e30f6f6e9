// Where a place stands in a head, or in a file that is a head as a whole: at a key or in a value. What
// is being written seldom parses, so the lines around the place decide.

/**
 * `{ key: true, parents, siblings, line }` where a key may stand, `{ value: NAME, parents, typed, quoted, used }`
 * inside a value, else `undefined`. `typed` is what stands before the place, `after` what follows it.
 */
export function placeIn(text, offset, syntax) {
  if (syntax === "json") return inJson(text, offset);
  if (syntax === "toml") return inToml(text, offset);
  const [start, end] = syntax === "yaml" ? [0, text.length] : headOf(text);
  return offset < start || offset > end ? undefined : inYaml(text.slice(start, end), offset - start);
}

/** The key whose name the place is on, with its parents: `{ name, start, end, parents }`. */
export function keyAt(text, offset, syntax) {
  const from = text.slice(0, offset).search(/[\w-]*$/);
  const name = /^[\w-]+/.exec(text.slice(from))?.[0];
  const end = from + (name?.length ?? 0);
  const mark = { json: /^"\s*:/, toml: /^\s*=/ }[syntax] ?? /^\s*:/;
  if (!name || !mark.test(text.slice(end))) return undefined;
  const place = placeIn(text, from, syntax);
  return place?.key ? { name, start: from, end, parents: place.parents } : undefined;
}

// Between the delimiters; to the end of the text while the closing one is not written yet.
function headOf(text) {
  const [opening] = /^\ufeff?---[ \t]*\r?\n/.exec(text) ?? [];
  if (opening === undefined) return [1, 0];
  const closing = text.slice(opening.length - 1).search(/\n---[ \t]*(\r?\n|$)/);
  return [opening.length, closing < 0 ? text.length : opening.length + closing];
}

const KEY = /^( *)((?:- +)*)(["']?)([\w-]+)\3 *:(?: |$)/;

// A line's indentation, that of its key, and its key.
function lineOf(text) {
  const [, blanks, dashes = "", , name] = KEY.exec(text) ?? [undefined, /^ */.exec(text)[0], /^ *((?:- +|-$)*)/.exec(text)[1]];
  return { text, blank: text.trim() === "", indent: blanks.length, dashed: dashes !== "", keyIndent: blanks.length + dashes.length, name };
}

function inYaml(head, offset) {
  const lines = head.split(/\r?\n/).map(lineOf);
  const number = head.slice(0, offset).split("\n").length - 1;
  const before = head.slice(head.lastIndexOf("\n", offset - 1) + 1, offset);
  const here = { ...lines[number], ...lineOf(before), name: lines[number].name };
  if (/^ *#/.test(before) || isText(lines, number, here.indent)) return undefined;
  const own = KEY.exec(before);
  if (own) return valued(before.slice(own[0].length), own[4], parentsOf(lines, number, here.keyIndent), head);
  const [, start, typed] = /^( *(?:- +)*)(["']?[^"']*)$/.exec(before) ?? [];
  if (typed === undefined) return undefined;
  const parents = parentsOf(lines, number, start.length);
  const isItem = here.dashed && parents.at(-1) !== "customModes";
  const flow = !isItem && openFlow(lines, number);
  if (flow) return valued(flow.value + before, flow.name, parents.at(-1) === flow.name ? parents.slice(0, -1) : parents, head);
  if (isItem || !/^[\w-]*$/.test(typed)) return parents.length > 0 ? valued(typed, parents.at(-1), parents.slice(0, -1), head) : undefined;
  return { key: true, typed, parents, siblings: siblingsOf(lines, number, start.length) };
}

// Inside a block of text (`|`, `>`) everything is text.
function isText(lines, number, indent) {
  let least = indent;
  for (let at = number - 1; at >= 0; at--) {
    const line = lines[at];
    if (line.blank || line.indent >= least) continue;
    if (/[:-] +[|>][+-]?\d*[+-]? *(#.*)?$/.test(line.text)) return true;
    least = line.indent;
  }
  return false;
}

// The keys that a line of this indentation stands below, the outermost first.
function parentsOf(lines, number, indent) {
  const parents = [];
  let least = indent;
  if (lines[number].dashed && lines[number].keyIndent === indent) least = lines[number].indent + 1;
  for (let at = number - 1; at >= 0 && least > 0; at--) {
    const line = lines[at];
    if (line.blank || line.name === undefined) continue;
    if (line.keyIndent < least) parents.unshift(line.name);
    else if (!line.dashed || line.keyIndent !== least || line.indent >= least) continue;
    least = line.dashed ? line.indent + 1 : line.keyIndent;
  }
  return parents;
}

// The keys beside a line: those of the same indentation up to where their map begins and ends.
function siblingsOf(lines, number, indent) {
  const found = [];
  const collect = (at, step) => {
    for (; at >= 0 && at < lines.length; at += step) {
      const line = lines[at];
      if (line.blank) continue;
      const ends = line.dashed && line.keyIndent <= indent;
      if (line.keyIndent < indent || (ends && step > 0)) return;
      if (line.keyIndent === indent && line.name) found.push(line.name);
      if (ends) return;
    }
  };
  if (!lines[number].dashed) collect(number - 1, -1);
  collect(number + 1, 1);
  return found;
}

// A list in brackets that begins on a line above.
function openFlow(lines, number) {
  for (let at = number - 1; at >= 0 && number - at < 200; at--) {
    const [, name, value] = /^ *(?:- +)*([\w-]+) *: *(\[.*)$/.exec(lines[at].text) ?? [];
    if (name) return value.includes("]") ? undefined : { name, value };
    if (lines[at].name || lines[at].text.includes("]")) return undefined;
  }
  return undefined;
}

function inToml(text, offset) {
  const head = text.slice(0, offset);
  const line = head.slice(head.lastIndexOf("\n") + 1);
  if (/^\s*#/.test(line)) return undefined;
  for (const quotes of ['"""', "'''"]) if (head.split(quotes).length % 2 === 0) return undefined;
  const tables = [...head.matchAll(/^\s*\[+([\w.-]+)\]+/gm)];
  const parents = tables.at(-1)?.[1].split(".") ?? [];
  const [, name, value] = /^\s*([\w-]+)\s*=\s?(.*)$/.exec(line) ?? [];
  if (name) return valued(value, name, parents, text);
  const [, typed] = /^\s*([\w-]*)$/.exec(line) ?? [];
  if (typed === undefined) return undefined;
  const siblings = [...text.matchAll(/^\s*([\w-]+)\s*=/gm)].map((found) => found[1]);
  return { key: true, typed, parents, siblings };
}

// Reads the text before the place and keeps what is open there.
function inJson(text, offset) {
  const open = [];
  let string;
  let last;
  for (let at = 0; at < offset; at++) {
    const c = text[at];
    const top = open.at(-1);
    if (string !== undefined) {
      if (c === "\\") at++;
      else if (c === '"') [last, string] = [text.slice(string, at), undefined];
    } else if (c === '"') string = at + 1;
    else if (c === "{") open.push({ keys: [], isKey: true });
    else if (c === "[") open.push({ items: [] });
    else if (c === "}" || c === "]") open.pop();
    else if (c === ":" && top?.keys) Object.assign(top, { name: last, isKey: false }).keys.push(last);
    else if (c === "," && top) top.items ? top.items.push(last) : (top.isKey = true);
  }
  const top = open.at(-1);
  if (!top) return undefined;
  const names = open.filter((part) => part.keys && part.name !== undefined && !part.isKey).map((part) => part.name);
  const typed = text.slice(string ?? text.slice(0, offset).search(/[\w-]*$/), offset);
  const quoted = string !== undefined;
  if (top.isKey) return { key: true, typed, quoted, parents: names, siblings: top.keys };
  return { value: names.at(-1), typed, quoted, parents: names.slice(0, -1), used: top.items ?? [] };
}

// The part of a value that is being written: in a list, what stands behind the last comma.
function valued(value, name, parents, text) {
  const inList = value.trimStart().startsWith("[");
  const items = value.split(inList ? /[[\],]/ : /,\s*|\s+/);
  const typed = (inList || items.length > 1 ? items.at(-1) : value).trimStart();
  const quoted = /^["']/.test(typed);
  return { value: name, typed: quoted ? typed.slice(1) : typed, quoted, parents, inList, used: usedBy(text, name) };
}

// The words that stand in the value of a key, in brackets, behind it or in lines below.
function usedBy(text, name) {
  const [, first = "", rest = ""] = new RegExp(`^[ -]*${name} *[:=](.*)((?:\\r?\\n *- .*|\\r?\\n[ \\t]+[^:\\n]*)*)`, "m").exec(text) ?? [];
  return (first + rest).split(/[\s,[\]"'()]+/).filter((word) => word && word !== "-");
}
