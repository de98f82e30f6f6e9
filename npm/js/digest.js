// A name for everything that a compilation is made of: the same inputs have the same digest, whatever else
// lies in the workspace and in whatever order it comes.

import { version } from "./names.js";

/** The SHA-256, in hexadecimal, of what a compilation with `options` would be made of; `textOf(path)` gives the text of a file. */
export async function digestOf({ read, absent }, options, textOf) {
  const { files: _, encoding: __, host, ...rest } = options;
  const settings = { ...rest, host: host === "auto" ? undefined : host };
  // A file that is not there is an input too: the day it is, the prompt is another.
  const inputs = sorted({ version, absent: unique(absent), settings });
  const texts = unique(read).map(async (path) => [path, await sha256(textOf(path) ?? "")]);
  return sha256(JSON.stringify([inputs, await Promise.all(texts)]));
}

const unique = (paths) => [...new Set(paths)].sort();

// Objects with their properties in one order.
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

async function sha256(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
