// The workspace of a run: its root, its configuration and the files that includes can reach.

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { openConfig } from "./config.js";
import { everyPath } from "./discover.js";
import { baseOf, isGlob } from "./glob.js";
import { decode } from "./read.js";
import { inside, upwards } from "./paths.js";
import { Problem, reasonOf } from "./problem.js";

const CONFIG = "rolewright.json";
// The engine rejects includes over 1 MiB but reports their size.
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_KEPT = 64 * 1024 * 1024;

/** The workspace of `folder`: the nearest parent folder with a rolewright.json, else with a repository. */
export function openWorkspace(folder, configFile, style) {
  const start = resolve(folder);
  const file = configFile ? resolve(configFile) : upwards(start, CONFIG);
  if (configFile && !existsSync(file)) throw new Problem(`rolewright: ${configFile}: no such file`);
  const holder = configFile ? upwards(start, ".git") : (file ?? upwards(start, ".git"));
  const root = realpathSync(holder ? dirname(holder) : start);
  const config = file ? openConfig(file, readText(file), style) : openConfig();
  return { root, config, configFile: file, files: filesOf(root, config) };
}

/** The workspace of a command-line argument; a path outside `workspace` has a workspace of its own. */
export function workspaceOf(word, workspace, configFile) {
  const file = resolve(word);
  const base = isGlob(word) && !existsSync(file) ? resolve(baseOf(word)) : file;
  if (!existsSync(base) || inside(workspace.root, realpathSync(base)) !== undefined) return workspace;
  return openWorkspace(statSync(base).isDirectory() ? base : dirname(base), configFile);
}

function readText(file) {
  try {
    return decode(readFileSync(file)).replace(/^\ufeff/, "");
  } catch (error) {
    throw new Problem(`rolewright: ${file} cannot be read: ${reasonOf(error)}`);
  }
}

// The files that the engine can include: read on first use, and never from outside the root.
function filesOf(root, config) {
  const kept = new Map();
  let size = 0;
  let paths;
  const text = (path) => {
    if (!kept.has(path)) {
      const found = load(root, path);
      size += found?.length ?? 1;
      if (size > MOST_KEPT) {
        kept.clear();
        size = found?.length ?? 1;
      }
      kept.set(path, found);
    }
    return kept.get(path);
  };
  return { text, paths: () => (paths ??= everyPath(root, config)), forget: (path) => kept.delete(path) };
}

function load(root, path) {
  try {
    const real = realpathSync(join(root, path));
    if (inside(root, real) === undefined) return undefined;
    const found = statSync(real);
    if (!found.isFile() || found.size > MOST_BYTES) return undefined;
    return decode(readFileSync(real));
  } catch {
    return undefined;
  }
}
