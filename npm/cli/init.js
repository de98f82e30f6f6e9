// `rolewright init`: a configuration to start from.

import { writeFileSync } from "node:fs";
import { EXIT } from "./exit.js";
import { Problem, reasonOf } from "./problem.js";

const START = `{
  "$schema": "./node_modules/rolewright/schema.json",
  "profile": "recommended",
  "rules": {},
  "include": [],
  "ignore": []
}
`;

/** Writes it; an existing one is left alone. */
export function run() {
  try {
    writeFileSync("rolewright.json", START, { flag: "wx" });
  } catch (error) {
    if (error.code === "EEXIST") throw new Problem("rolewright: rolewright.json is already there; it was left alone");
    throw new Problem(`rolewright: rolewright.json cannot be written: ${reasonOf(error)}`);
  }
  process.stdout.write("Wrote rolewright.json. `rolewright check` reads it from here and from every folder below.\n");
  return EXIT.fine;
}
