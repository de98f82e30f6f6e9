// The command line as a user runs it, for the tests: files on a disk, arguments, output and exit code.
// `ROLEWRIGHT_CLI=target/debug/rolewright node --test npm/test/cli.test.mjs` runs the native one instead of the
// package's.

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The native command line, where it is named. */
export const NATIVE = process.env.ROLEWRIGHT_CLI && resolve(process.env.ROLEWRIGHT_CLI);

/** The script of the package's command line. */
export const MAIN = fileURLToPath(new URL("../pkg/cli/main.js", import.meta.url));

/** The program that is tested, and its first arguments. */
export const [PROGRAM, ...FIRST] = NATIVE ? [NATIVE] : [process.execPath, MAIN];

const made = [];
process.on("exit", () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A new folder with these files. */
export function folder(files) {
  const root = mkdtempSync(join(tmpdir(), "rolewright-"));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Runs a command in a folder: `{ code, out, err }`. */
export function run(cwd, words, { input, env } = {}) {
  const { status, stdout, stderr } = spawnSync(PROGRAM, [...FIRST, ...words], {
    cwd,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

/** The same without the privileges of root, which can read everything: as `nobody`, from a copy of the program. */
export function runUnprivileged(root, words) {
  if (process.getuid?.() !== 0) return run(root, words);
  const copy = mkdtempSync(join(tmpdir(), "rolewright-pkg-"));
  made.push(copy);
  const program = NATIVE ? [join(copy, "rolewright")] : [process.execPath, join(copy, "cli/main.js")];
  if (NATIVE) cpSync(NATIVE, program[0]);
  else cpSync(dirname(dirname(MAIN)), copy, { recursive: true });
  chmodSync(copy, 0o755);
  chmodSync(root, 0o777);
  const { status, stdout, stderr } = spawnSync(program[0], [...program.slice(1), ...words], { cwd: root, encoding: "utf8", uid: 65534, gid: 65534, env: { PATH: process.env.PATH } });
  return { code: status, out: stdout, err: stderr };
}

/** A role without mistakes, except for its tools. */
export const role = (name, tools = "Read") => `---
name: ${name}
description: Reviews changes by ${name} for mistakes. Use when code was changed and has to be looked at.
tools: ${tools}
---
# Reviewer

Review what ${name} changed, and name the file and the line of each remark.
`;
export const A = ".claude/agents/a.md";
export const B = ".claude/agents/b.md";

/** A role that includes a file and needs a value. */
export const template = { "roles/a.md": "# A\n\n{{include:shared/b.md}}\n\nIn {{LANGUAGE}}.\n", "shared/b.md": "# B\n\nBe kind.\n" };
