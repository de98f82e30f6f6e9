// The output formats; each is given the files one by one and then the counts.

import { github } from "./github.js";
import { json } from "./json-output.js";
import { sarif } from "./sarif.js";
import { text } from "./text-output.js";

const FORMATS = { text, json, sarif, github };

/** The formatter of that name: `{ file(report, text), end(tally) }`, writing to standard output by default. */
export function formatter(name, { write = (piece) => process.stdout.write(piece), ...surroundings }) {
  return FORMATS[name](write, surroundings);
}
