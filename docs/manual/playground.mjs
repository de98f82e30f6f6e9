// Makes fragments that open a project in the playground.

import { deflateRawSync } from "node:zlib";

/** The example of a rule, as the playground's links contain a project. */
export function example({ name, path, bad, files, profile, severity }) {
  // A rule of another profile than the usual one would not run.
  const rules = profile === "style" ? { [name]: severity } : {};
  const project = { f: { [path]: bad, ...files }, e: path, n: name, v: {}, r: rules };
  return `1${deflateRawSync(JSON.stringify(project), { level: 9 }).toString("base64url")}`;
}
