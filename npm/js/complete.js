// What may stand at a place: inside a directive, as a field's name, as a field's value.

/** The completions at a view of a text, best first. */
export function completions(view, options) {
  return directive(view, options) ?? (inHead(view) ? head(view) : []);
}

// While a head is being written it is often none yet for the engine: the delimiters decide.
function inHead({ text, offset }) {
  const [opening] = /^\ufeff?---[ \t]*\r?\n/.exec(text) ?? [];
  if (opening === undefined || offset < opening.length) return false;
  const closing = text.slice(opening.length - 1).search(/\n---[ \t]*(\r?\n|$)/);
  return closing < 0 || offset <= opening.length + closing;
}

// `{{` opens a directive that the place is still inside of.
function directive({ text, offset, outline, places }, { files = {}, values = {} }) {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const [, inside] = /\{\{([^{}]*)$/.exec(line) ?? [];
  if (inside === undefined) return undefined;
  const path = /^\s*include\??:\s*(.*)$/.exec(inside);
  const typed = path ? path[1] : inside.trimStart();
  const item = (label, kind, detail) => made({ label, kind, detail }, typed, offset, places);
  if (path) {
    return matching(Object.keys(files).sort(), typed).filter((name) => name !== outline.path).map((name) => item(name, "path"));
  }
  const used = outline.directives.filter(({ kind, name }) => kind === "variable" && name !== typed).map(({ name }) => name);
  const names = [...new Set([...Object.keys(values), ...used])].sort();
  const variables = matching(names, typed).map((name) =>
    item(name, "variable", Object.hasOwn(values, name) ? `Its value is ${JSON.stringify(values[name])}.` : undefined));
  const include = matching(["include:"], typed).map((label) => item(label, "directive", "Puts another file in."));
  return [...variables, ...include];
}

function head(view) {
  const { text, offset, outline, host, places } = view;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(start, offset);
  const name = /^([\w-]*)$/.exec(line);
  if (name) return fields(name[1], view);
  const field = fieldAt(line, view);
  if (!field) return [];
  const [typed] = /[\w.[\]-]*$/.exec(line);
  const item = (label, kind, detail) => made({ label, kind, detail }, typed, offset, places);
  if (field.names === "tools") {
    const named = new Set(outline.tools.map((tool) => tool.name));
    const free = host.tools.filter(({ name, status }) => status === "current" && (!named.has(name) || name === typed));
    return matching(free.map((tool) => tool.name), typed).map((label) => item(label, "tool"));
  }
  const values = field.values.length > 0 ? field.values : field.types[0] === "`true` or `false`" ? ["true", "false"] : [];
  const models = field.names === "models" ? host.models : [];
  const all = [...new Set([...values, ...models])];
  return matching(all, typed).map((label) => item(label, field.names === "models" ? "model" : "value"));
}

// The field whose value a line belongs to: its own, or that of a list above it.
function fieldAt(line, { outline, host, offset }) {
  const own = /^([\w-]+):/.exec(line)?.[1];
  const above = outline.fields.filter(({ range }) => range.start.offset < offset).at(-1)?.name;
  const name = own ?? (/^\s*-\s|^\s+/.test(line) ? above : undefined);
  return host.fields.find((field) => field.name === name);
}

function fields(typed, { outline, host, offset, places }) {
  const there = new Set(outline.fields.map((field) => field.name));
  const free = host.fields.filter(({ name }) => !there.has(name));
  free.sort((a, b) => Number(b.required) - Number(a.required));
  return free
    .filter(({ name }) => starts(name, typed))
    .map(({ name, note }) => made({ label: name, kind: "field", detail: note, text: `${name}: ` }, typed, offset, places));
}

const starts = (name, typed) => name.toLowerCase().startsWith(typed.toLowerCase());
const matching = (names, typed) => names.filter((name) => starts(name, typed));

function made({ label, kind, detail, text = label }, typed, offset, places) {
  const edit = { range: places.range(offset - typed.length, offset), text };
  return detail === undefined ? { label, kind, edit } : { label, kind, detail, edit };
}
