// Paths of the disk and of a workspace.

import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** `path` as the engine names it: relative to the root, with "/"; `undefined` outside of it. */
export function inside(root, path) {
  const inner = relative(root, path);
  if (inner === ".." || inner.startsWith(`..${sep}`) || resolve(inner) === inner) return undefined;
  return sep === "/" ? inner : inner.replaceAll(sep, "/");
}

/** The nearest entry of that name in `folder` or above it. */
export function upwards(folder, name) {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, name);
    if (existsSync(candidate)) return candidate;
    if (dirname(at) === at) return undefined;
  }
}
