// Asks the engine which files are roles, and which of them are parts of others.

import { ask } from "./engine.js";
import { readRole } from "./read.js";

const NEAREST = 3;

/**
 * Judges files of `home`: `judge(path, file)` returns what the engine says of a role and undefined for
 * any other file, which is counted in `seen`. `folder`: whether somebody named the folder.
 */
export function judgeOf(home, folder, seen) {
  return (path, file) => {
    if (home.config.includes(path)) return { reason: "`include` in rolewright.json names it." };
    const judged = look(path, file, folder);
    if (judged.host !== undefined) return judged;
    pass(judged.reason, seen);
    if (judged.near && seen.near.length < NEAREST) seen.near.push(path);
    return undefined;
  };
}

function look(path, file, folder) {
  const reason = ask("unread", path);
  if (reason !== undefined) return { reason };
  try {
    return ask("judge", path, readRole(file, path), folder);
  } catch {
    // Where a host looks, a file that cannot be read is reported when it is checked.
    const host = ask("hostOf", path);
    return host === undefined ? { reason: "unreadable" } : { host, reason: "" };
  }
}

/** `items` without those that are parts of the others, which are checked through them. */
export function withoutParts(items, optionsOf, seen) {
  const parts = new Set();
  for (const { path, judged, home } of items) {
    if (!judged?.includes || parts.has(path)) continue;
    const text = home.files.text(path);
    const read = text === undefined ? [] : ask("inputs", text, optionsOf(path, home)).read;
    for (const other of read) if (other !== path) parts.add(other);
  }
  return items.filter(({ path, judged }) => {
    const isPart = judged?.mayBePart && parts.has(path);
    if (isPart) pass("included in other roles", seen);
    return !isPart;
  });
}

const pass = (reason, { others }) => others.set(reason, (others.get(reason) ?? 0) + 1);
