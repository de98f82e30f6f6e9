// Links that open a project in the playground. The project is in the fragment, which is never sent to a server.

import { deflateRawSync } from "node:zlib";

/** A link that contains these files: `entry` is the role, `values` its variables. */
export function link(address, { files, entry, name, values = {}, host }) {
  const project = JSON.stringify({ f: files, e: entry, n: name, v: values, t: host, r: {} });
  return `${address.replace(/#.*/s, "")}#1${deflateRawSync(project).toString("base64url")}`;
}

/** The files that a compilation used: the role and what it includes. */
export function used({ includes, segments }, entry) {
  const paths = [entry, ...includes.map(({ path }) => path), ...segments.map(({ path }) => path)];
  return [...new Set(paths)].filter(Boolean);
}
