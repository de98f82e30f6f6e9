// Reads and validates rolewright.json, and answers which settings apply to a file.

import { basename } from "node:path";
import { hostIds } from "../names.js";
import { rules } from "../rules.js";
import { nearest } from "../nearest.js";
import { frame } from "./frame.js";
import { fault, matcher } from "./glob.js";
import { Malformed, read } from "./json.js";
import { Problem } from "./problem.js";

const SETTINGS = ["off", "error", "warning", "info"];

const text = (node, bad) => typeof node.value === "string" || bad(node, "a string");
const oneOf = (names) => (node, bad) => names.includes(node.value) || bad(node, listed(names), names);
const count = (node, bad) => (Number.isSafeInteger(node.value) && node.value >= 0) || bad(node, "a whole number");
const list = (item) => (node, bad) => (node.items ? node.items.forEach((n) => item(n, bad)) : bad(node, "a list"));
const map = (item) => (node, bad) =>
  node.keys ? node.keys.forEach((key) => item(key.node, bad)) : bad(node, "an object");
const object = (known) => (node, bad) => {
  if (!node.keys) return bad(node, "an object");
  for (const key of node.keys) {
    if (Object.hasOwn(known, key.name)) known[key.name](key.node, bad);
    else bad.key(key, Object.keys(known));
  }
};
const ruleNames = rules().map((rule) => rule.name);
const ruleMap = (node, bad) => {
  map(oneOf(SETTINGS))(node, bad);
  for (const key of node.keys ?? []) if (!ruleNames.includes(key.name)) bad.key(key, ruleNames, "rule");
};

const flag = (node, bad) => typeof node.value === "boolean" || bad(node, "true or false");
const DECLARATION = object({
  description: text,
  default: text,
  required: flag,
  stage: oneOf(["compile", "runtime"]),
  example: text,
  enum: list(text),
  pattern: text,
});
const SHARED = {
  host: oneOf(["auto", ...hostIds]),
  profile: oneOf(["core", "recommended", "style"]),
  rules: ruleMap,
  values: map(text),
  variables: map((node, bad) => typeof node.value === "string" || DECLARATION(node, bad)),
  missing: oneOf(["error", "keep", "empty"]),
  templates: object({
    resolve: oneOf(["root-then-file", "root", "file"]),
    root: text,
    shift: oneOf(["auto", "none"]),
    spacing: oneOf(["paragraphs", "exact"]),
    code: oneOf(["literal", "live"]),
  }),
};
const glob = (node, bad) => {
  text(node, bad);
  const wrong = typeof node.value === "string" && fault(node.value);
  if (wrong) bad.because(node, wrong);
};
const LIMITS = ["depth", "expansions", "files", "file", "output", "directive", "frontMatter"];
const FILE = object({
  $schema: text,
  ...SHARED,
  mounts: map(object({ path: text, trust: oneOf(["template", "data"]) })),
  limits: object(Object.fromEntries(LIMITS.map((name) => [name, count]))),
  include: list(glob),
  ignore: list(glob),
  overrides: list(object({ files: list(glob), ...SHARED })),
});

/** The configuration in `source`, or an empty one; throws a Problem that lists every mistake. */
export function openConfig(file, source, style) {
  const settings = source === undefined ? {} : parsed(file, source, style);
  const { include = [], ignore = [], overrides = [], $schema, ...base } = settings;
  // A folder means all Markdown files in it.
  const included = matcher(include.flatMap((glob) => [glob, `${glob.replace(/\/$/, "")}/**/*.{md,mdc,markdown}`]));
  const left = matcher(ignore.flatMap((glob) => [glob, `${glob.replace(/\/$/, "")}/**`]));
  const layers = overrides.map(({ files = [], ...own }) => ({ applies: matcher(files), own }));
  return {
    includes: (path) => included(path),
    ignores: (path) => left(path),
    /** The engine options that apply to a file. */
    optionsFor(path) {
      let options = base;
      for (const { applies, own } of layers) if (applies(path)) options = merged(options, own);
      return options;
    },
  };
}

/** `under` with `over` on top: maps are merged, other values replaced. */
export function merged(under, over) {
  const out = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const both = ["rules", "values", "variables", "templates"].includes(key) && under[key];
    out[key] = both ? { ...under[key], ...value } : value;
  }
  return out;
}

function parsed(file, source, style) {
  const faults = [];
  const bad = (node, wanted, names) => {
    const near = names && typeof node.value === "string" && nearest(node.value, names);
    faults.push({ start: node.start, end: node.end, message: `must be ${wanted}`, help: near && `Did you mean "${near}"?` });
  };
  bad.because = ({ start, end }, message) => faults.push({ start, end, message });
  bad.key = ({ name, start, end }, known, what = "setting") => {
    const near = nearest(name, known);
    const help = near ? `Did you mean "${near}"?` : what === "rule" ? "`rolewright rules` lists them." : `Available: ${known.join(", ")}.`;
    faults.push({ start, end, message: `unknown ${what} "${name}"`, help });
  };
  let node;
  try {
    node = read(source);
    FILE(node, bad);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    faults.push({ start: error.at, end: error.end, message: error.message });
  }
  if (faults.length === 0) return node.value;
  const shown = faults.map((fault) => frame({ ...fault, severity: "error", title: basename(file), path: file, text: source, style }));
  throw new Problem(shown.join("\n").trimEnd());
}

function listed(names) {
  const quoted = names.map((name) => `"${name}"`);
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
