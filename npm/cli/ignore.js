// Which files .gitignore excludes, following the rules of git.

import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { source } from "./glob.js";
import { upwards } from "./paths.js";

/** The rules of the .gitignore in a folder; `path` is the folder's from the root, `entries` what it is known to hold. */
export function gitignore(absolute, path, entries) {
  if (entries && !entries.some((entry) => entry.name === ".gitignore")) return [];
  return read(join(absolute, ".gitignore"), path);
}

/** The rules of the repository around the root, and what it leaves out for one clone alone. */
export function rulesAbove(root) {
  const git = upwards(root, ".git");
  if (!git) return [];
  const repository = dirname(git);
  const inner = relative(repository, root);
  const names = inner ? inner.split(sep) : [];
  const rest = (at) => names.slice(at).join("/");
  const rules = read(join(git, "info/exclude"), "", rest(0));
  names.forEach((_, at) => rules.push(...read(join(repository, ...names.slice(0, at), ".gitignore"), "", rest(at))));
  return rules;
}

function read(file, folder, above) {
  try {
    return rulesOf(readFileSync(file, "utf8"), folder, above);
  } catch {
    return [];
  }
}

/**
 * The rules of one .gitignore in `folder` ("" for the root): a list for [`ignored`]. Of one above the root
 * `above` is the root's path from there.
 */
export function rulesOf(text, folder, above = "") {
  const rules = [];
  for (let line of text.replace(/\r$/, "").split(/\r?\n/)) {
    line = line.replace(/(?<!\\) +$/, "");
    if (!line || line.startsWith("#")) continue;
    const negated = line.startsWith("!");
    if (negated) line = line.slice(1);
    const foldersOnly = line.endsWith("/");
    if (foldersOnly) line = line.slice(0, -1);
    if (!line) continue;
    const anchored = line.includes("/");
    const pattern = source(line.replace(/^\//, "").replace(/[{}]/g, "\\$&"));
    const prefix = folder ? `${source(folder.replace(/[*?{}[\]\\]/g, "\\$&"))}\\/` : "";
    try {
      rules.push({
        negated,
        foldersOnly,
        above: above && `${above}/`,
        regexp: new RegExp(`^${prefix}${anchored ? "" : "(?:.*\\/)?"}${pattern}$`, "u"),
      });
    } catch {
      // As in git, an invalid pattern ignores nothing.
    }
  }
  return rules;
}

/** Whether the last rule that matches `path` excludes it. */
export function ignored(rules, path, isFolder) {
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    if ((isFolder || !rule.foldersOnly) && rule.regexp.test(rule.above + path)) return !rule.negated;
  }
  return false;
}
