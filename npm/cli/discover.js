// Finds the files to check: walks folders, matches globs, respects .gitignore, does not follow links out
// of the workspace, and counts what it skipped and why.

import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { Usage } from "./arguments.js";
import { baseOf, fault, isGlob, matcher } from "./glob.js";
import { gitignore, ignored, rulesAbove } from "./ignore.js";
import { reasonOf } from "./problem.js";
import { inside } from "./paths.js";

const NEVER = new Set([".git", "node_modules", ".hg", ".svn"]);
const DEEPEST = 64;

/**
 * The files that `words` name: `{ file, path, explicit }`, folder by folder. `isRole(path)` chooses
 * those of a folder, and with `onlyRoles` of the named ones; those in `done` were named before. `seen`
 * counts what was looked at; `complain(message)` takes what cannot be read.
 */
export function* discover(words, { root, config }, { isRole, onlyRoles, seen, complain, done = new Set() }) {
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
      yield* once(namedFile(file, word, { root, config, isRole, onlyRoles, seen, complain }));
    } else if (isGlob(word)) {
      yield* once(globbed(word, walk, onlyRoles ? isRole : () => true, complain));
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

function* globbed(word, walk, isWanted, complain) {
  const wrong = fault(word);
  if (wrong) throw new Usage(wrong, "check");
  const glob = sep === "/" ? word : word.replaceAll(sep, "/");
  const matches = matcher([resolve(glob).replaceAll(sep, "/")]);
  const base = resolve(baseOf(glob) || (glob.startsWith("/") ? "/" : "."));
  let any = false;
  const wanted = (path, absolute) => {
    const own = matches(absolute.replaceAll(sep, "/"));
    any ||= own;
    return own && isWanted(path);
  };
  if (tryStat(base)) yield* walk(base, wanted, true);
  if (!any) complain(`${word}: no file matches`);
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
    return "cannot be read";
  } catch (error) {
    return reasonOf(error);
  }
}

function* namedFile(file, word, { root, config, isRole, onlyRoles, seen, complain }) {
  seen.files++;
  const isLink = lstatSync(file).isSymbolicLink();
  if (isLink && inside(root, realpathSync(file)) === undefined) {
    seen.links++;
    complain(`${word}: symbolic links out of the workspace are not followed`);
    return;
  }
  const real = join(realpathSync(dirname(file)), basename(file));
  const inner = inside(root, real);
  const path = inner ?? real.replaceAll(sep, "/").replace(/^\/+/, "");
  if (onlyRoles && !isRole(path)) seen.others++;
  else if (onlyRoles && inner !== undefined && isLeftOut(inner, root, config)) seen.ignored++;
  else yield { file: real, path, explicit: true };
}

// Whether a walk from the root would not have come to a file.
function isLeftOut(path, root, config) {
  const rules = rulesAbove(root);
  const parts = path.split("/");
  return parts.some((name, at) => {
    const own = parts.slice(0, at + 1).join("/");
    rules.push(...gitignore(join(root, ...parts.slice(0, at)), parts.slice(0, at).join("/")));
    const isFolder = at < parts.length - 1;
    return (isFolder && NEVER.has(name)) || ignored(rules, own, isFolder) || config.ignores(own);
  });
}

function* walkFolder(start, options) {
  const { root } = options;
  const real = realpathSync(start);
  const inner = inside(root, real);
  if (inner === undefined) {
    yield* folder(real, "", rulesAbove(real), 0, { ...options, root: real, visited: new Set() });
    return;
  }
  // The .gitignore files between the root and the start count too.
  const rules = rulesAbove(root);
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
    if (!target.isFile() || own === "rolewright.json") continue;
    if (++seen.files > seen.most) {
      if (seen.files === seen.most + 1) complain(`more than ${seen.most} files found; name the folders to check`);
      return;
    }
    const file = join(absolute, entry.name);
    if (!wanted(own, file)) seen.others++;
    else if (ignored(rules, own, false) || config.ignores(own)) seen.ignored++;
    else yield { file, path: own, explicit };
  }
  if (depth >= DEEPEST && folders.length > 0) {
    complain(`${path}: folders nested this deeply are not searched`);
    return;
  }
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

// The target of a link, if it is inside the workspace.
function link(file, root) {
  try {
    const real = realpathSync(file);
    return inside(root, real) === undefined ? undefined : statSync(real);
  } catch {
    return undefined;
  }
}
