// `rolewright --version`.

import { EXIT } from "./exit.js";
import { version } from "../names.js";

/** Prints the version. */
export function run() {
  process.stdout.write(`${version}\n`);
  return EXIT.fine;
}
