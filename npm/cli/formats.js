// The four ways of telling what was found. Each takes the files one by one and then the counts.

import { github } from "./github.js";
import { json } from "./json-output.js";
import { sarif } from "./sarif.js";
import { text } from "./text-output.js";

const FORMATS = { text, json, sarif, github };

/** `{ file(report, text), end(tally) }` of a format; it writes to standard output unless told otherwise. */
export function formatter(name, { write = (piece) => process.stdout.write(piece), ...surroundings }) {
  return FORMATS[name](write, surroundings);
}
