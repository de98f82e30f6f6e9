// What the program sees of the system: files, streams, the terminal, other programs and time. Every function
// returns at once or blocks; what it throws has the `code` of Node's own errors.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readSync, readdirSync, realpathSync, statSync, writeFileSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { isHelper } from "./helpers.js";
import { replace as replaceFile } from "./replace.js";

export { claim, endTurn, handOver, isHelper, nextTurn, startHelpers, takeOver } from "./helpers.js";

let panic;
let stop = new Int32Array(new SharedArrayBuffer(4));
let widths;

/** Takes over what only the main thread knows: whether to stop, and the widths of the streams. */
export function supply(data) {
  ({ stop, widths } = data);
}

/** Keeps the message of a panic. */
export const panicked = (text) => (panic = text);

/** The message of a panic. */
export const panicMessage = () => panic;

const fd = (toError) => (toError ? 2 : 1);

let held = [];
let size = 0;

/** Writes to standard error at once, or to standard output through a buffer. */
export function write(toError, text) {
  if (isHelper()) return;
  if (!toError) {
    held.push(text);
    size += text.length;
    if (size < 1 << 16) return;
  }
  flush();
  if (toError) send(2, text);
}

/** Writes out the buffer. */
export function flush() {
  if (isHelper()) return;
  const text = held.join("");
  [held, size] = [[], 0];
  send(1, text);
}

// A full pipe rejects writes for a while; one whose reader is gone ends the program.
function send(stream, text) {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(stream, bytes));
    } catch (error) {
      if (error.code === "EAGAIN") pause();
      else if (stream === 2) return;
      else if (error.code === "EPIPE") process.exit(0);
      else {
        send(2, `rolewright: standard output cannot be written: ${error.message}\n`);
        process.exit(2);
      }
    }
  }
}

/** All of standard input, up to `most` bytes and one more. */
export function input(most) {
  const pieces = [];
  for (let left = most + 1; left > 0; left -= pieces.at(-1).length) {
    const piece = arrived();
    if (!piece) break;
    pieces.push(piece.subarray(0, left));
  }
  return Buffer.concat(pieces);
}

/** The next bytes of standard input; nothing if it was closed. */
export function receive() {
  try {
    return arrived();
  } catch {
    return undefined;
  }
}

function arrived() {
  const buffer = Buffer.allocUnsafe(1 << 16);
  for (;;) {
    try {
      const length = readSync(0, buffer);
      return length > 0 ? buffer.subarray(0, length) : undefined;
    } catch (error) {
      // On Windows, this means that the pipe was closed.
      if (error.code === "EOF") return undefined;
      if (error.code !== "EAGAIN") throw error;
      pause();
    }
  }
}

const pause = () => wait(5);

/** Whether a stream is a terminal. */
export const isTerminal = (toError) => isatty(fd(toError));

/** Width of the terminal in cells, if the stream is one. */
export function columns(toError) {
  if (widths) return widths[fd(toError) - 1];
  if (!isTerminal(toError)) return undefined;
  return (toError ? process.stderr : process.stdout).columns;
}

/** A variable of the environment. */
export const variable = (name) => process.env[name];

/** The current folder. */
export const folder = () => slashes(process.cwd());

const slashes = (path) => (process.platform === "win32" ? path.replace(/^\\\\\?\\/, "").replaceAll("\\", "/") : path);

/** What differs between two builds of the program. */
export function program() {
  const { size, mtimeMs } = statSync(new URL("./cli_bg.wasm.br", import.meta.url));
  return `${size} ${mtimeMs}`;
}

/** Milliseconds since an arbitrary point in time. */
export const clock = () => performance.now();

/** Waits, unless the program is told to stop. */
export const wait = (milliseconds) => void Atomics.wait(stop, 0, 0, milliseconds);

/** Whether the program is told to stop. */
export const isStopped = () => Atomics.load(stop, 0) !== 0;

// One buffer for all files: a buffer for each would wait for the garbage collector.
let buffer = Buffer.allocUnsafeSlow(1 << 16);

/** The bytes of a file, until the next call. */
export function read(path) {
  const handle = openSync(path);
  try {
    let length = 0;
    for (let more; (more = readSync(handle, buffer, length, buffer.length - length)) > 0; ) {
      length += more;
      if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

/** Kind, size and time of the entry at a path; nothing if there is none. */
export function look(path, follow) {
  const found = (follow ? statSync : lstatSync)(path, { throwIfNoEntry: false });
  return found && [kind(found), found.size, found.mtimeMs];
}

/** The path without symbolic links. */
export const real = (path) => slashes(realpathSync.native(path));

/** The entries of a folder, each with the number of its kind before its name. */
export function list(path) {
  return readdirSync(path, { withFileTypes: true }).map((entry) => `${kind(entry)}${entry.name}\0`).join("");
}

// As in `KINDS` of node.rs.
function kind(found) {
  if (found.isSymbolicLink()) return 2;
  if (found.isDirectory()) return 1;
  return found.isFile() ? 0 : 3;
}

/** Replaces a file. */
export const replace = (path, bytes) => isHelper() || replaceFile(path, bytes);

/** Creates a file that does not exist yet. */
export const create = (path, text) => isHelper() || writeFileSync(path, text, { flag: "wx" });

/** The output of another program. */
export function call(program, words, path) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd: path, maxBuffer: 1 << 28 });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr.toString().trim());
  return stdout;
}

/** The SHA-256 digest of bytes. */
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
