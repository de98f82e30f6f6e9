// Writes test sites to disk in the form of a release build, with a service worker that lists all files and
// their hashes.

import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const LISTING = /const FILES ?= ?\[.*?\];/;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder for a test; the caller removes it. */
export function scratch() {
  return mkdtemp(join(tmpdir(), "rolewright-e2e-"));
}

/** Writes `files` (text by path) and the real service worker for them into `folder`. */
export async function deploy(folder, files) {
  await rm(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await writeFile(join(folder, "sw.js"), await readFile(join(root, "www", "sw.js")));
  await list(folder);
}

/** Copies the site in `from` to `to` with one file changed by `change(text)`. */
export async function redeploy(from, to, name, change) {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
  const path = join(to, name);
  await writeFile(path, change(await readFile(path, "utf8")));
  await list(to);
}

async function list(folder) {
  const worker = join(folder, "sw.js");
  const files = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    // The manual is kept when it is visited, not before.
    if (!entry.isFile() || path === worker || path.startsWith(join(folder, "docs", sep))) continue;
    const hash = createHash("sha256").update(await readFile(path)).digest("base64");
    files.push([relative(folder, path).split(sep).join("/"), `sha256-${hash}`]);
  }
  files.sort(([one], [other]) => (one < other ? -1 : 1));
  const template = await readFile(worker, "utf8");
  if (!LISTING.test(template)) throw new Error("sw.js has no place for the list of files");
  await writeFile(worker, template.replace(LISTING, () => `const FILES=${JSON.stringify(files)};`));
}
