// Parses command-line arguments into a command and its options.

import { hint } from "../nearest.js";
import "./engine.js";

/** Invalid usage; the message names the argument and, where possible, a correction. */
export class Usage extends Error {
  constructor(message, command) {
    super(message);
    this.command = command;
  }
}

const SEVERITIES = ["error", "warning", "info"];

const text = (value) => value;
const oneOf = (...names) => {
  const read = (value, flag) => {
    if (names.includes(value)) return value;
    throw new Usage(`${flag} must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}, not "${value}"${hint(value, names)}`);
  };
  return read;
};
const number = (value, flag) => {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new Usage(`${flag} must be a whole number, not "${value}"`);
};
const pair = (value, flag) => {
  const at = value.indexOf("=");
  if (at > 0) return [value.slice(0, at), value.slice(at + 1)];
  throw new Usage(`${flag} must be NAME=VALUE, not "${value}"`);
};
const rulePair = (value, flag) => {
  const [name, severity] = pair(value, flag);
  return [name, oneOf("off", ...SEVERITIES)(severity, `${flag} ${name}=…`)];
};

// [option name, reader]. The reader `true` marks a flag without a value; an array collects values.
const COLOR = { "--color": ["color", oneOf("auto", "always", "never")] };
const TEMPLATE = {
  "--value": ["value", [pair]],
  "--values": ["values", text],
  "--missing": ["missing", oneOf("error", "keep", "empty")],
  "--config": ["config", text],
};
const HELP = { "--help": ["help", true], "-h": ["help", true] };
const FLAGS = {
  check: {
    ...TEMPLATE,
    ...COLOR,
    ...HELP,
    "--host": ["host", text],
    "--format": ["format", oneOf("text", "json", "sarif", "github")],
    "--fix": ["fix", true],
    "--fix-unsafe": ["fixUnsafe", true],
    "--severity": ["severity", oneOf(...SEVERITIES)],
    "--max-warnings": ["maxWarnings", number],
    "--profile": ["profile", oneOf("core", "recommended", "style")],
    "--rule": ["rule", [rulePair]],
    "--quiet": ["quiet", true],
    "-q": ["quiet", true],
    "--stdin-path": ["stdinPath", text],
    "--only-roles": ["onlyRoles", true],
    "--list": ["list", true],
  },
  compile: {
    ...TEMPLATE,
    ...COLOR,
    ...HELP,
    "--to": ["to", text],
    "--host": ["host", text],
    "--out": ["out", text],
    "-o": ["out", text],
    "--map": ["map", text],
    "--prompt": ["prompt", true],
    "--check": ["check", true],
    "--allow-widening": ["allowWidening", true],
    "--stdin-path": ["stdinPath", text],
  },
  rules: { ...COLOR, ...HELP, "--format": ["format", oneOf("text", "json")] },
  hosts: { ...COLOR, ...HELP, "--format": ["format", oneOf("text", "json")] },
  init: { ...HELP },
};
const MOST = { check: Infinity, compile: 1, rules: 1, hosts: 1, init: 0 };

/** The command and its options; `paths` holds the positional arguments. */
export function parse(words) {
  const [first, ...rest] = words;
  if (first === undefined || ["help", "--help", "-h"].includes(first)) {
    const about = Object.hasOwn(FLAGS, rest[0] ?? "") ? rest[0] : undefined;
    return { command: "help", options: { about, asked: first !== undefined } };
  }
  if (["--version", "-V", "version"].includes(first)) return { command: "version", options: {} };
  if (!Object.hasOwn(FLAGS, first)) {
    throw new Usage(`unknown command "${first}"${hint(first, Object.keys(FLAGS))}`);
  }
  try {
    const options = flags(first, rest);
    return options.help
      ? { command: "help", options: { about: first, asked: true } }
      : { command: first, options };
  } catch (error) {
    if (error instanceof Usage) error.command = first;
    throw error;
  }
}

function flags(command, words) {
  const known = FLAGS[command];
  const options = { paths: [] };
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === "--") {
      // `check -- $FILES` with no files checks nothing, not the current folder.
      options.listed = true;
      options.paths.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      options.paths.push(word);
      continue;
    }
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const flag = equals < 0 ? word : word.slice(0, equals);
    if (!Object.hasOwn(known, flag)) throw new Usage(`unknown option ${flag}${hint(flag, Object.keys(known)).replaceAll('"', "")}`);
    const [name, reader] = known[flag];
    if (reader === true) {
      if (equals >= 0) throw new Usage(`${flag} does not take a value`);
      options[name] = true;
      continue;
    }
    const value = equals < 0 ? words[++at] : word.slice(equals + 1);
    if (value === undefined) throw new Usage(`${flag} requires a value`);
    if (Array.isArray(reader)) (options[name] ??= []).push(reader[0](value, flag));
    else options[name] = reader(value, flag);
  }
  if (options.paths.length > MOST[command]) {
    throw new Usage(`${command} takes ${MOST[command] || "no"} argument${MOST[command] === 1 ? "" : "s"}, not ${options.paths.length}`);
  }
  return options;
}
