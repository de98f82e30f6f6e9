// Compares the whole output for people with files in snapshots/: plain, colored, and in a narrow terminal.
// `ROLEWRIGHT_SNAPSHOTS=write node --test npm/test/snapshots.test.mjs` rewrites them; review the diff.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../pkg/cli/main.js", import.meta.url));
// The native command line instead, where it is named.
const NATIVE = process.env.ROLEWRIGHT_CLI && resolve(process.env.ROLEWRIGHT_CLI);
const [PROGRAM, ...FIRST] = NATIVE ? [NATIVE] : [process.execPath, MAIN];
const root = mkdtempSync(join(tmpdir(), "rolewright-snapshots-"));
after(() => rmSync(root, { recursive: true, force: true }));

const head = (name, tools) => `---\nname: ${name}\ndescription: Reviews a change. Use when code was changed.\ntools: ${tools}\n---\n`;
const files = {
  ".claude/agents/a.md": `${head("reviewer", "Read, bash")}# Reviewer 漢字 😀\n\nText\twith \u202e a hidden mark.\n`,
  ".claude/agents/b.md": `${head("reviewer", "Read")}Review it, ${"word by word, ".repeat(60)}and see \u202ethis.\n`,
  ".codex/agents/c.toml": 'name = "c"\n',
  "README.md": "# Read me\n",
  "rolewright.json": '{ "rules": { "implicit-all-tools": "off", "missing-trigger": "off" } }\n',
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const RUNS = {
  plain: [[], {}],
  color: [["--color", "always"], {}],
  narrow: [[], { COLUMNS: "48" }],
};

for (const [name, [words, env]] of Object.entries(RUNS)) {
  test(`the output is as it was: ${name}`, () => {
    const { stdout, stderr, status } = spawnSync(PROGRAM, [...FIRST, "check", ...words], { cwd: root, encoding: "utf8", env: { PATH: process.env.PATH, ...env } });
    assert.deepEqual([status, stderr], [1, ""]);
    const shown = stdout.replaceAll("\x1b", "␛");
    const file = new URL(`./snapshots/${name}.txt`, import.meta.url);
    if (process.env.ROLEWRIGHT_SNAPSHOTS === "write") writeFileSync(file, shown);
    assert.equal(shown, readFileSync(file, "utf8"));
  });
}
