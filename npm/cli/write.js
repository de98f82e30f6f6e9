// Replaces files atomically: writes a temporary file and renames it, so that no reader sees a partial
// file.

import { accessSync, chmodSync, closeSync, constants, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Problem, reasonOf } from "./problem.js";

/** Replaces the contents of a file; keeps permissions, writes through symbolic links and creates missing folders. */
export function replace(file, text, shown = file) {
  let beside;
  try {
    const real = exists(file) ? realpathSync(file) : file;
    if (exists(real) && statSync(real).isDirectory()) throw new Problem("is a folder");
    mkdirSync(dirname(real), { recursive: true });
    beside = join(dirname(real), `.${basename(real)}.${process.pid}.tmp`);
    const mode = exists(real) ? statSync(real).mode & 0o7777 : undefined;
    if (mode !== undefined) accessSync(real, constants.W_OK);
    const handle = openSync(beside, "wx", mode ?? 0o666);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (mode !== undefined) chmodSync(beside, mode);
    renameSync(beside, real);
  } catch (error) {
    if (beside && error.code !== "EEXIST") rmSync(beside, { force: true });
    throw new Problem(`${shown}: cannot be written: ${reasonOf(error)}`);
  }
}

function exists(file) {
  try {
    statSync(file);
    return true;
  } catch {
    return false;
  }
}
