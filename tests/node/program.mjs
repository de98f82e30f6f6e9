// Locates the command line for tests that run documented commands, and puts it where `npx` and the shell find it.

import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const built = ["release", "debug"].map((profile) => join(root, "target", profile, "rolewright")).filter((file) => existsSync(file));
built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);

/** The native command line: that of ROLEWRIGHT_CLI, or the one that was built last; undefined if there is none. */
export const program = process.env.ROLEWRIGHT_CLI ? resolve(process.env.ROLEWRIGHT_CLI) : built[0];

/** Why tests that need the command line are skipped, or false. */
export const missing = !program && "no native rolewright is built (`cargo build -p rolewright-cli`)";

/** A PATH on which `rolewright` is the program, and `npx` runs it in place of the package. */
export function pathIn(folder) {
  mkdirSync(folder, { recursive: true });
  script(join(folder, "rolewright"), `exec "${program}" "$@"`);
  // The only package that a documented command may ask for.
  script(join(folder, "npx"), `[ "$1" = --yes ] || exit 97\ncase "$2" in rolewright|rolewright@*) ;; *) exit 98 ;; esac\nshift 2\nexec "${program}" "$@"`);
  return [folder, process.env.PATH].join(delimiter);
}

function script(file, text) {
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}
