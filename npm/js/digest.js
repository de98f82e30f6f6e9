// Computes a digest of all inputs to a compilation, independent of other files and of the order of files.

import { version } from "./names.js";

/** The SHA-256, in hexadecimal, of all inputs to a compilation; `textOf(path)` returns the text of a file. */
export async function digestOf({ read, absent }, options, textOf) {
  const { files: _, encoding: __, host, ...rest } = options;
  const settings = { ...rest, host: host === "auto" ? undefined : host };
  // A missing file is an input too: creating it changes the prompt.
  const inputs = sorted({ version, absent: unique(absent), settings });
  const texts = unique(read).map(async (path) => [path, await sha256(textOf(path) ?? "")]);
  return sha256(JSON.stringify([inputs, await Promise.all(texts)]));
}

const unique = (paths) => [...new Set(paths)].sort();

// The value with all object properties sorted.
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
