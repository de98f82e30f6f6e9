// `rolewright init`: creates an initial configuration.

import { existsSync, writeFileSync } from "node:fs";
import { EXIT } from "./exit.js";
import { Problem, reasonOf } from "./problem.js";

const SCHEMA = "./node_modules/rolewright/schema.json";

// Editors report an error for a schema that does not exist.
const start = () => `{
${existsSync(SCHEMA) ? `  "$schema": "${SCHEMA}",\n` : ""}  "profile": "recommended",
  "rules": {},
  "include": [],
  "ignore": []
}
`;

/** Creates the file; never overwrites an existing one. */
export function run() {
  try {
    writeFileSync("rolewright.json", start(), { flag: "wx" });
  } catch (error) {
    if (error.code === "EEXIST") throw new Problem("rolewright: rolewright.json already exists and was not changed");
    throw new Problem(`rolewright: rolewright.json cannot be written: ${reasonOf(error)}`);
  }
  process.stdout.write("Created rolewright.json. It applies to this folder and all folders below.\n");
  return EXIT.fine;
}
