// Arguments to files: folders are walked, globs matched, .gitignore honoured, links out of the
// workspace left alone. Says what was passed over and why.

import { lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { baseOf, isGlob, matcher } from "./glob.js";
import { ignored, rulesOf } from "./ignore.js";
import { reasonOf } from "./problem.js";
import { inside } from "./workspace.js";

const NEVER = new Set([".git", "node_modules", ".hg", ".svn"]);
const DEEPEST = 64;

/**
 * The files that `words` name: `{ file, path, explicit }`, folder by folder. `isRole(path)` chooses
 * those of a folder; those in `done` were named before. `seen` counts what was looked at; `complain(message)` takes what cannot be read.
 */
export function* discover(words, { root, config }, { isRole, seen, complain, done = new Set() }) {
  const once = function* (found) {
    for (const item of found) {
      if (!done.has(item.file)) {
        done.add(item.file);
        yield item;
      }
    }
  };
  const walk = (folder, wanted, explicit) => walkFolder(folder, { root, config, wanted, explicit, seen, complain });
  for (const word of words) {
    const file = resolve(word);
    const found = tryStat(file);
    if (found?.isDirectory()) {
      yield* once(walk(file, isRole, false));
    } else if (found) {
      yield* once(explicitFile(file, word, root, seen, complain));
    } else if (isGlob(word)) {
      const glob = sep === "/" ? word : word.replaceAll(sep, "/");
      const matches = matcher([resolve(glob).replaceAll(sep, "/")]);
      const base = resolve(baseOf(glob) || (glob.startsWith("/") ? "/" : "."));
      let any = false;
      const wanted = (path, absolute) => matches(absolute.replaceAll(sep, "/"));
      for (const item of once(tryStat(base) ? walk(base, wanted, true) : [])) {
        any = true;
        yield item;
      }
      if (!any) complain(`${word}: no file matches`);
    } else {
      complain(`${word}: ${whyNot(file)}`);
    }
  }
}

/** Every path below `root` that is not left out, for "did you mean" and for names in other case. */
export function everyPath(root, config) {
  const seen = newTally();
  const all = { root, config, wanted: () => true, explicit: false, seen, complain: () => {} };
  return Array.from(walkFolder(root, all), (item) => item.path);
}

/** Counts of what was looked at and passed over. */
export function newTally() {
  return { files: 0, ignored: 0, links: 0, others: 0, most: 100_000 };
}

function tryStat(file) {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

function whyNot(file) {
  try {
    statSync(file);
    return "it cannot be read";
  } catch (error) {
    return reasonOf(error);
  }
}

function* explicitFile(file, word, root, seen, complain) {
  seen.files++;
  const isLink = lstatSync(file).isSymbolicLink();
  if (isLink && inside(root, realpathSync(file)) === undefined) {
    seen.links++;
    complain(`${word}: a link that leaves the workspace is not followed`);
    return;
  }
  const real = join(realpathSync(dirname(file)), basename(file));
  yield { file: real, path: inside(root, real) ?? real.replaceAll(sep, "/").replace(/^\/+/, ""), explicit: true };
}

function* walkFolder(start, options) {
  const { root } = options;
  const real = realpathSync(start);
  const rules = [];
  // The .gitignore files between the root and the start count too.
  const inner = inside(root, real);
  if (inner === undefined) {
    yield* folder(real, "", rules, 0, { ...options, root: real, visited: new Set() });
    return;
  }
  let at = root;
  let path = "";
  for (const name of inner ? inner.split("/") : []) {
    rules.push(...gitignore(at, path));
    at = join(at, name);
    path = path ? `${path}/${name}` : name;
  }
  yield* folder(real, inner, rules, 0, { ...options, visited: new Set() });
}

function* folder(absolute, path, above, depth, options) {
  const { root, config, wanted, explicit, seen, complain, visited } = options;
  let entries;
  try {
    entries = readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    complain(`${path || "."}: cannot be listed: ${reasonOf(error)}`);
    return;
  }
  const rules = [...above, ...gitignore(absolute, path, entries)];
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const folders = [];
  for (const entry of entries) {
    const own = path ? `${path}/${entry.name}` : entry.name;
    const target = entry.isSymbolicLink() ? link(join(absolute, entry.name), root) : entry;
    if (!target) {
      seen.links++;
      continue;
    }
    if (target.isDirectory()) {
      if (NEVER.has(entry.name)) continue;
      if (ignored(rules, own, true) || config.ignores(own)) seen.ignored++;
      else folders.push({ name: entry.name, own, isLink: entry.isSymbolicLink() });
      continue;
    }
    if (!target.isFile()) continue;
    if (++seen.files > seen.most) return;
    const file = join(absolute, entry.name);
    if (!wanted(own, file)) seen.others++;
    else if (ignored(rules, own, false) || config.ignores(own)) seen.ignored++;
    else yield { file, path: own, explicit };
  }
  if (depth >= DEEPEST) return;
  for (const { name, own, isLink } of folders) {
    const inner = join(absolute, name);
    if (isLink) {
      // A link inside the workspace is followed once: it may lead back up.
      const real = realpathSync(inner);
      if (visited.has(real) || `${absolute}${sep}`.startsWith(`${real}${sep}`)) continue;
      visited.add(real);
    }
    yield* folder(inner, own, rules, depth + 1, options);
  }
}

// What a link leads to, where that lies inside the workspace.
function link(file, root) {
  try {
    const real = realpathSync(file);
    return inside(root, real) === undefined ? undefined : statSync(real);
  } catch {
    return undefined;
  }
}

function gitignore(absolute, path, entries) {
  if (entries && !entries.some((entry) => entry.name === ".gitignore")) return [];
  try {
    return rulesOf(readFileSync(join(absolute, ".gitignore"), "utf8"), path);
  } catch {
    return [];
  }
}
