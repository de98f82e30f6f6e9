// Packs the package as it is published, and creates clean projects that install it from the tarball.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The built package. */
export const PKG = join(here, "../pkg");

/** The folder whose node_modules hold bundlers, compilers and validators. */
export const MATRIX = join(here, "matrix");

const base = mkdtempSync(join(tmpdir(), "rolewright-pack-"));
process.on("exit", () => rmSync(base, { recursive: true, force: true }));

/** The result of `npm pack`: `{ file, entries, size }`. */
export function pack() {
  const out = execFileSync("npm", ["pack", PKG, "--json", "--pack-destination", base], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const parsed = JSON.parse(out);
  const [told] = Array.isArray(parsed) ? parsed : Object.values(parsed);
  return { file: join(base, told.filename), entries: told.files.map((file) => file.path), size: told.size };
}

/** A clean project with the package installed from `tarball`, and these files. */
export function project(tarball, files) {
  const root = mkdtempSync(join(base, "project-"));
  const home = join(root, "node_modules/rolewright");
  mkdirSync(home, { recursive: true });
  // What npm does with a package without dependencies and scripts, without asking a registry.
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", home]);
  const all = { "package.json": '{ "name": "project", "private": true, "type": "module" }', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Installs the tools that the tests use with the package, once per lockfile. */
export function tools() {
  const lock = readFileSync(join(MATRIX, "package-lock.json"), "utf8");
  const stamp = join(MATRIX, "node_modules/.rolewright");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  // Not `npm ci`: it rejects the lockfile if a registry lacks the optional packages for other
  // platforms. `npm install` uses the same versions.
  const { status, stderr } = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: MATRIX, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm install in npm/test/matrix failed:\n${stderr}`);
  writeFileSync(stamp, lock);
}

/** Path to a program among the tools. */
export const bin = (name) => join(MATRIX, "node_modules/.bin", name);
