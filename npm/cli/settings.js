// Command-line options that override the configuration.

import { readFileSync } from "node:fs";
import { hostIds } from "../names.js";
import { hint } from "../nearest.js";
import { rules as allRules } from "../rules.js";
import { Usage } from "./arguments.js";
import { merged } from "./config.js";
import { Problem, reasonOf } from "./problem.js";

/** A function that applies the command-line options to the configuration of a file. */
export function overlay(options) {
  const over = {
    host: host(options.host, "--host"),
    profile: options.profile,
    missing: options.missing,
    rules: options.rule && Object.fromEntries(options.rule.map(known)),
    values: values(options),
  };
  return (under) => merged(under, over);
}

/** A valid host id; throws `Usage` for any other. */
export function host(id, flag) {
  if (id === undefined || id === "auto" || hostIds.includes(id)) return id;
  throw new Usage(`${flag}: unknown host "${id}"${hint(id, hostIds)}`);
}

function known([name, setting]) {
  const names = allRules().map((rule) => rule.name);
  if (names.includes(name)) return [name, setting];
  throw new Usage(`--rule: unknown rule "${name}"${hint(name, names)}`);
}

function values({ values: file, value }) {
  if (!file && !value) return undefined;
  return { ...(file && fromFile(file)), ...Object.fromEntries(value ?? []) };
}

function fromFile(file) {
  let found;
  try {
    found = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Problem(`rolewright: --values ${file}: ${reasonOf(error)}`);
  }
  const strings = found && typeof found === "object" && !Array.isArray(found) && Object.values(found).every((v) => typeof v === "string");
  if (!strings) throw new Problem(`rolewright: --values ${file}: must be an object whose values are strings`);
  return found;
}
