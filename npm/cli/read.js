// Reads files and standard input as strict UTF-8.

import { readFileSync, statSync } from "node:fs";
import { Problem, reasonOf } from "./problem.js";

const MOST_BYTES = 64 * 1024 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Decodes UTF-8 and keeps the byte-order mark; throws for other bytes. */
export function decode(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    const zero = bytes.includes(0);
    throw new Problem(zero ? "binary file" : "not valid UTF-8");
  }
}

/** The text of a file to check. */
export function readRole(file, shown) {
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new Problem("not a regular file");
    if (found.size > MOST_BYTES) throw new Problem("larger than 64 MiB");
    return decode(readFileSync(file));
  } catch (error) {
    throw new Problem(`${shown}: cannot be read: ${reasonOf(error)}`);
  }
}

/** All of standard input. */
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
