// What .gitignore files leave out, as git reads them.

import { source } from "./glob.js";

/** The rules of one .gitignore in `folder` ("" for the root): a list for [`ignored`]. */
export function rulesOf(text, folder) {
  const rules = [];
  for (let line of text.split(/\r?\n/)) {
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
        regexp: new RegExp(`^${prefix}${anchored ? "" : "(?:.*\\/)?"}${pattern}$`, "u"),
      });
    } catch {
      // A pattern that is none ignores nothing, as in git.
    }
  }
  return rules;
}

/** Whether the last rule that speaks of `path` leaves it out. */
export function ignored(rules, path, isFolder) {
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    if ((isFolder || !rule.foldersOnly) && rule.regexp.test(path)) return !rule.negated;
  }
  return false;
}
