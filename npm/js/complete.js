// What may stand at a place: inside a directive, as a field's name, as a field's value, as a rule to ignore.

import { directiveAt, inDirective } from "./directive.js";
import { placeIn } from "./head.js";
import { rules } from "./rules.js";

/** The completions at a view of a text, best first. */
export function completions(view) {
  const { text, offset } = view;
  const directive = directiveAt(text, offset);
  const found = directive ? inDirective(directive, view) : (ignored(text, offset) ?? inHead(view));
  const after = text.slice(offset);
  return found.map(({ label, kind, detail, text = label, typed }) => {
    // What stands behind the place and belongs to the same name is replaced with it.
    const behind = (directive ? /^[^\s{}|#]*(?=[}|#])/ : /^[\w./*-]*/).exec(after)?.[0].length ?? 0;
    const edit = { range: view.rangeOf(offset - typed.length, offset + behind), text };
    return detail === undefined ? { label, kind, edit } : { label, kind, detail, edit };
  });
}

// `<!-- rolewright-ignore rule: reason -->` and `# rolewright-ignore rule` in a head.
function ignored(text, offset) {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const [, typed] = /(?:<!--|#)\s*rolewright-ignore(?:-file)?\s+([\w-]*)$/.exec(line) ?? [];
  if (typed === undefined) return undefined;
  return rules().filter(({ name }) => starts(name, typed)).map(({ name, summary }) => ({ label: name, kind: "rule", detail: summary, typed }));
}

function inHead({ text, offset, host, syntax, path }) {
  const place = placeIn(text, offset, syntax);
  if (!place) return [];
  return place.key ? keys(place, { text, offset, host, syntax }) : values(place, { host, syntax, path });
}

// Keys that are rolewright's own: a compiled file holds none of them.
const OWN = {
  variables: { note: "What the template's variables are; for rolewright alone.", inside: { description: "What it is for.", required: "`true` where it must have a value.", default: "Its value where none is given.", stage: "`runtime`: left for the host to fill in.", example: "A value it might have." } },
  templates: {
    note: "How includes are read; for rolewright alone.",
    inside: {
      resolve: "Where a bare path is looked for.",
      root: "The folder that bare paths start from.",
      shift: "Whether headings of included text move below the heading they stand under.",
      spacing: "What becomes of blank lines around included text.",
      code: "Whether unknown variables in code are live.",
    },
  },
  mounts: { note: "Folders that stand for a path beginning with \"/\"; for rolewright alone.", inside: { path: "The folder.", trust: "`data`: inserted as it stands." } },
};
const OWN_VALUES = {
  stage: ["runtime"],
  required: ["true", "false"],
  resolve: ["root-then-file", "root", "file"],
  shift: ["auto", "none"],
  spacing: ["paragraphs", "exact"],
  code: ["literal", "live"],
  trust: ["template", "data"],
};

const isOwn = (syntax, parents) => syntax === "markdown" && parents.length > 0 && Object.hasOwn(OWN, parents[0]);
// Where a host's fields stand: at the top, and in Roo's files in each entry of the list of modes.
const isTop = (syntax, parents) => (syntax === "yaml" ? parents.join() === "customModes" : parents.length === 0);

function keys({ typed, quoted, parents, siblings }, { text, offset, host, syntax }) {
  const there = new Set(siblings);
  const item = (name, detail) => ({ label: name, kind: "field", detail, text: keyText(name, { text, offset, syntax, quoted }), typed });
  if (isTop(syntax, parents)) {
    const free = host.fields.filter(({ name, status }) => !there.has(name) && status !== "deprecated" && status !== "ignored");
    free.sort((a, b) => Number(b.required) - Number(a.required));
    const own = syntax === "markdown" ? Object.entries(OWN).filter(([name]) => !there.has(name) && !free.some((field) => field.name === name)) : [];
    return [...free.map(({ name, note }) => item(name, note)), ...own.map(([name, { note }]) => item(name, note))].filter(({ label }) => starts(label, typed));
  }
  if (isOwn(syntax, parents) && parents.length === (parents[0] === "templates" ? 1 : 2)) {
    return Object.entries(OWN[parents[0]].inside).filter(([name]) => !there.has(name) && starts(name, typed)).map(([name, note]) => item(name, note));
  }
  const field = parents.length === 1 && host.fields.find((field) => field.name === parents[0]);
  if (field?.names === "tools") return tools(host, there, typed).map((name) => ({ ...item(name), kind: "tool" }));
  return [];
}

// A key as its language writes it, with what follows where that is not there yet.
function keyText(name, { text, offset, syntax, quoted }) {
  const after = /^[\w-]*("?)\s*([:=]?)/.exec(text.slice(offset));
  if (syntax === "json") return quoted ? (after[1] ? name : `${name}": `) : `"${name}": `;
  if (after[2]) return name;
  return syntax === "toml" ? `${name} = ` : `${name}: `;
}

function values({ value, typed, quoted, parents, used }, { host, syntax, path }) {
  const list = isOwn(syntax, parents) ? plain(OWN_VALUES[value] ?? []) : isTop(syntax, parents) ? ofField(value, { host, syntax, path, typed, used }) : [];
  const bare = ["true", "false"];
  // Strings of TOML and JSON stand in quotes.
  const write = (label) => (quoted || bare.includes(label) || !["toml", "json"].includes(syntax) ? label : `"${label}"`);
  return list.filter(({ label }) => starts(label, typed)).map((item) => ({ ...item, text: write(item.label), typed }));
}

function ofField(name, { host, path, typed, used }) {
  const field = host.fields.find((field) => field.name === name);
  if (!field) return [];
  if (field.names === "tools") return tools(host, new Set(used), typed).map((label) => ({ label, kind: "tool" }));
  if (field.names === "models") return [...new Set([...field.values, ...host.models])].map((label) => ({ label, kind: "model" }));
  if (field.types[0] === "`true` or `false`") return plain(["true", "false", ...field.values]);
  if (["name", "slug"].includes(name) && path) return plain([stem(path)].filter((name) => /^[a-z\d][a-z\d-]*$/.test(name)));
  return plain(field.values);
}

function tools(host, used, typed) {
  const current = host.tools.filter(({ status }) => status === "current").map(({ name }) => name);
  return current.filter((name) => (!used.has(name) || name === typed) && starts(name, typed));
}

// What a role is called by its file, or by its folder where every file is called the same.
function stem(path) {
  const [file, folder = ""] = path.split("/").reverse();
  return /^SKILL\.md$/i.test(file) ? folder : file.replace(/(\.(agent|chatmode))?\.\w+$/, "");
}

const plain = (labels) => labels.map((label) => ({ label, kind: "value" }));
const starts = (name, typed) => name.toLowerCase().startsWith(typed.toLowerCase());
