// Files are replaced whole: the new text is written beside the old one and takes its name in one
// step, so that nobody ever sees half of it.

import { accessSync, chmodSync, closeSync, constants, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Problem, reasonOf } from "./problem.js";

/** Puts `text` in the place of the file's; its permissions stay, a link keeps leading to it, folders are made. */
export function replace(file, text, shown = file) {
  let beside;
  try {
    const real = exists(file) ? realpathSync(file) : file;
    if (exists(real) && statSync(real).isDirectory()) throw new Problem("it is a folder");
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
