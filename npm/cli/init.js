// `rolewright init`: a configuration to start from.

import { existsSync, writeFileSync } from "node:fs";
import { EXIT } from "./exit.js";
import { Problem, reasonOf } from "./problem.js";

const SCHEMA = "./node_modules/rolewright/schema.json";

// A schema that is not there would be a fault in every editor.
const start = () => `{
${existsSync(SCHEMA) ? `  "$schema": "${SCHEMA}",\n` : ""}  "profile": "recommended",
  "rules": {},
  "include": [],
  "ignore": []
}
`;

/** Writes it; an existing one is left alone. */
export function run() {
  try {
    writeFileSync("rolewright.json", start(), { flag: "wx" });
  } catch (error) {
    if (error.code === "EEXIST") throw new Problem("rolewright: rolewright.json is already there; it was left alone");
    throw new Problem(`rolewright: rolewright.json cannot be written: ${reasonOf(error)}`);
  }
  process.stdout.write("Wrote rolewright.json. `rolewright check` reads it from here and from every folder below.\n");
  return EXIT.fine;
}
