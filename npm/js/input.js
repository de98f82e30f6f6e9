// Validates arguments and throws a TypeError that names the invalid one.

import { hint } from "./nearest.js";
import { hostIds } from "./names.js";

const SEVERITIES = ["error", "warning", "info"];
const MOST = 64 * 1024 * 1024;

// There are too many to list.
const host = (value, fail) => hostIds.includes(value) || fail("must be the id of a host, as in `hosts()`", value, hostIds);
const anyHost = (value, fail) => value === "auto" || hostIds.includes(value) || fail('must be "auto" or the id of a host, as in `hosts()`', value, hostIds);
const flag = (value, fail) => typeof value === "boolean" || fail("must be true or false", value);
const string = (value, fail) => typeof value === "string" || fail("must be a string", value);
const count = (value, fail) =>
  (Number.isSafeInteger(value) && value >= 0) || fail("must be a whole number, 0 or more", value);
const role = (value, fail) =>
  (typeof value === "string" && value !== "") ||
  (Number.isSafeInteger(value) && value >= 0 && value < 2 ** 32) ||
  fail("must be the name of a role, or its position from 0", value);
const oneOf = (names) => (value, fail) =>
  names.includes(value) || fail(`must be ${listed(names)}`, value, names);

const DECLARATION = shape({
  description: string,
  default: string,
  required: flag,
  stage: oneOf(["compile", "runtime"]),
  example: string,
  enum: listOf(string),
  pattern: string,
});
const COMMON = {
  host: anyHost,
  files: texts,
  values: record(string),
  missing: oneOf(["error", "keep", "empty"]),
  templates: shape({
    resolve: oneOf(["root-then-file", "root", "file"]),
    root: string,
    shift: oneOf(["auto", "none"]),
    spacing: oneOf(["paragraphs", "exact"]),
    code: oneOf(["literal", "live"]),
  }),
  rules: record(oneOf(["off", ...SEVERITIES])),
  profile: oneOf(["core", "recommended", "style"]),
  variables: record((value, fail) => typeof value === "string" || DECLARATION(value, fail)),
  mounts: record(shape({ path: string, trust: oneOf(["template", "data"]) })),
  limits: shape({
    depth: count,
    expansions: count,
    files: count,
    file: count,
    output: count,
    directive: count,
    frontMatter: count,
  }),
  encoding: oneOf(["utf-16", "utf-8"]),
};
const { files: _, ...MANY } = COMMON;
const ONE = { ...COMMON, path };
const KNOWN = {
  check: ONE,
  checkAll: MANY,
  fix: { ...ONE, unsafe: flag },
  compile: { ...ONE, to: host, role, allowWidening: flag, map: flag },
  inputDigest: { ...ONE, to: host, role, allowWidening: flag },
  outline: ONE,
  complete: ONE,
  hover: ONE,
  createWorkspace: MANY,
  matrix: { ...ONE, role, allowWidening: flag },
  compileFile: { to: host, role, allowWidening: flag, map: flag },
};

/** The options in the form that the engine reads; throws a TypeError if they are invalid. */
export function options(name, given) {
  if (given === undefined) return undefined;
  shape(KNOWN[name])(given, failing(name === "compileFile" ? "compile" : name, "options"));
  const { files, host, variables, ...rest } = given;
  return {
    ...rest,
    host: host === "auto" ? undefined : host,
    // JSON is YAML, so the engine reads it like the same map in front matter.
    variables: variables && JSON.stringify(variables),
    // Only requested files are passed to the engine.
    files: files && {
      text: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
      paths: () => Object.keys(files).sort(),
    },
  };
}

/** Throws unless `value` is a text within the size limit. */
export function text(name, value) {
  const fail = failing(name, "text");
  string(value, fail);
  if (value.length > MOST) fail("must be at most 64 MiB", `${value.length} characters`);
}

/** Fails unless `value` is the path of a file of a workspace. */
export function filePath(name, value) {
  path(value, failing(name, "path"));
  if (value === "") failing(name, "path")("must name a file", value);
}

/** Throws unless `value` is an offset. */
export function offset(name, value) {
  count(value, failing(name, "offset"));
}

/** Throws unless `value` maps paths to texts within the size limit. */
export function files(name, argument, value) {
  const fail = failing(name, argument);
  texts(value, fail);
  const size = Object.values(value).reduce((sum, text) => sum + text.length, 0);
  if (size > MOST) fail("must be at most 64 MiB together", `${size} characters`);
}

// A plain loop, because a workspace may have thousands of files and every call runs this.
function texts(value, fail) {
  if (!isPlain(value)) fail("must be an object", value);
  for (const key of Object.keys(value)) {
    if (typeof value[key] !== "string") string(value[key], fail.inside(key));
    if (FOREIGN.test(key)) fail(`has a path that must be ${RELATIVE}`, key);
  }
}

function path(value, fail) {
  string(value, fail);
  if (value && FOREIGN.test(value)) fail(`must be ${RELATIVE}`, value);
}

// Any other path would match neither a host location nor an include.
const FOREIGN = /\\|^[A-Za-z]:\/|(^|\/)(\.{0,2})(\/|$)/;
const RELATIVE = 'relative to the workspace, with "/" and without "." or ".."';

// The message for an invalid argument: `check: `options.host` must be …, not "x"; did you mean "y"?`
function failing(name, argument) {
  const fail = (what, value, names) => {
    const near = names && typeof value === "string" ? hint(value, names) : "";
    throw new TypeError(`${name}: \`${argument}\` ${what}, not ${shown(value)}${near}`);
  };
  fail.inside = (key) => failing(name, /^[\w$]+$/.test(key) ? `${argument}.${key}` : `${argument}[${JSON.stringify(key)}]`);
  fail.unknown = (key, known) => {
    const near = hint(key, known) || `; available: ${listed(known)}`;
    throw new TypeError(`${name}: \`${argument}\` has no \`${key}\`${near}`);
  };
  return fail;
}

function shape(known) {
  return (value, fail) => {
    if (!isPlain(value)) fail("must be an object", value);
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(known, key)) fail.unknown(key, Object.keys(known));
      if (value[key] !== undefined) known[key](value[key], fail.inside(key));
    }
  };
}

function listOf(check) {
  return (value, fail) => {
    if (!Array.isArray(value)) fail("must be an array", value);
    value.forEach((item, at) => check(item, fail.inside(String(at))));
  };
}

function record(check) {
  return (value, fail) => {
    if (!isPlain(value)) fail("must be an object", value);
    for (const key of Object.keys(value)) check(value[key], fail.inside(key));
  };
}

// A Map, Date or Promise has no own properties and would count as empty.
const isPlain = (value) => Object.prototype.toString.call(value) === "[object Object]";

function listed(names) {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}` : quoted[0];
}

function shown(value) {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value === null || ["undefined", "number", "boolean", "bigint"].includes(typeof value)) return String(value);
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return ["Array", "Object"].includes(kind) ? `an ${kind.toLowerCase()}` : typeof value === "object" ? `a ${kind}` : `a ${typeof value}`;
}
