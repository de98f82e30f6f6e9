// Replaces files atomically: writes a temporary file and renames it, so that no reader sees a part of it.

import { accessSync, chmodSync, closeSync, constants, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Replaces a file whole or not at all; keeps its permissions, writes through symbolic links and creates missing folders. */
export function replace(path, bytes) {
  const before = statSync(path, { throwIfNoEntry: false });
  if (before?.isDirectory()) throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
  const real = before ? realpathSync.native(path) : path;
  mkdirSync(dirname(real), { recursive: true });
  // Renaming would bypass the permissions of the file itself.
  if (before) accessSync(real, constants.W_OK);
  const beside = join(dirname(real), `.${basename(real)}.${process.pid}.tmp`);
  const handle = openSync(beside, "wx", 0o666);
  try {
    writeFileSync(handle, bytes);
    fsyncSync(handle);
    closeSync(handle);
    if (before) chmodSync(beside, before.mode & 0o7777);
    renameSync(beside, real);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
