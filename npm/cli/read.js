// Bytes to text, strictly: what is not UTF-8 is never checked as something else.

import { readFileSync, statSync } from "node:fs";
import { Problem, reasonOf } from "./problem.js";

const MOST_BYTES = 64 * 1024 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes, with its byte-order mark; an error for other bytes. */
export function decode(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    const zero = bytes.includes(0);
    throw new Problem(zero ? "it is a binary file" : "it is not UTF-8 text");
  }
}

/** The text of a file that is to be checked. */
export function readRole(file, shown) {
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new Problem("it is no file");
    if (found.size > MOST_BYTES) throw new Problem("it is larger than 64 MiB");
    return decode(readFileSync(file));
  } catch (error) {
    throw new Problem(`${shown}: cannot be read: ${reasonOf(error)}`);
  }
}

/** Everything that comes in on standard input. */
export async function readInput() {
  const chunks = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Problem("rolewright: standard input is larger than 64 MiB");
    chunks.push(chunk);
  }
  try {
    return decode(Buffer.concat(chunks));
  } catch (error) {
    throw new Problem(`rolewright: standard input: ${error.message}`);
  }
}
