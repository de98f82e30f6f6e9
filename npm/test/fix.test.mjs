// `rolewright check --fix`: what is written, and what is left unchanged.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { A, B, FIRST, PROGRAM, folder, role, run } from "./command.mjs";

test("with --fix, the fixed text of standard input is printed, and diagnostics go to standard error", () => {
  const { code, out, err } = run(folder({}), ["check", "-", "--stdin-path", A, "--fix"], { input: role("a", "Read, bash, Frobnicate") });
  assert.deepEqual([code, out], [0, role("a", "Read, Bash, Frobnicate")]);
  assert.match(err, /warning\[unknown-tool\]: Claude Code has no tool `Frobnicate`/);
  assert.match(err, /1 fix applied/);
  const wrong = run(folder({}), ["check", "-", "--fix", "--format", "json"], { input: "x" });
  assert.deepEqual([wrong.code, wrong.out], [2, ""]);
  assert.match(wrong.err, /with --fix, standard input must be the only input/);
});

test("fixing keeps line endings, the byte order mark and permissions, and leaves no files behind", () => {
  const text = `# A\r\n\r\nNo \u202ex\r\n`;
  const root = folder({ "a.md": text, "b.md": "\ufeff# B\n\nNo \u202ex\n" });
  chmodSync(join(root, "a.md"), 0o640);
  const { out } = run(root, ["check", "a.md", "b.md", "--fix"]);
  assert.match(out, /fixes applied/);
  assert.equal(readFileSync(join(root, "a.md"), "utf8"), "# A\r\n\r\nNo x\r\n");
  assert.ok(!readFileSync(join(root, "b.md"), "utf8").includes("\u202e"));
  assert.equal(statSync(join(root, "a.md")).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(root).sort(), ["a.md", "b.md"]);
});

test("a clean file is not touched by --fix", () => {
  const root = folder({ [A]: role("a") });
  const before = statSync(join(root, A)).mtimeMs;
  run(root, ["check", "--fix"]);
  assert.equal(statSync(join(root, A)).mtimeMs, before);
});

test("Ctrl-C in the middle of --fix leaves no file half written", async () => {
  const files = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`.claude/agents/r${n}.md`, role(`r${n}`, "bash").repeat(1) + "x\n".repeat(2000)]));
  const root = folder(files);
  const child = spawn(PROGRAM, [...FIRST, "check", "--fix"], { cwd: root, stdio: "ignore" });
  const mended = () => Object.keys(files).filter((path) => readFileSync(join(root, path), "utf8").includes("tools: Bash"));
  while (mended().length === 0 && child.exitCode === null) await new Promise((next) => setTimeout(next, 5));
  child.kill("SIGINT");
  await new Promise((next) => child.once("exit", next));
  const done = new Set(mended());
  assert.ok(done.size > 0 && done.size < 600, `${done.size} files were mended before the signal`);
  for (const [path, text] of Object.entries(files)) {
    const expected = done.has(path) ? text.replace("tools: bash", "tools: Bash") : text;
    assert.equal(readFileSync(join(root, path), "utf8"), expected);
  }
  assert.deepEqual(readdirSync(join(root, ".claude/agents")).filter((name) => name.endsWith(".tmp")), []);
});
