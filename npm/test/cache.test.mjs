// What is cached between runs, and when the cache is ignored.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder, role, run } from "./command.mjs";

const path = (n) => `.claude/agents/r${n}.md`;

/** A workspace of 40 roles, two of them with the same name; the text of the first can be set. */
const roles = (first = role("r0", "Read, bash")) =>
  folder({ ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [path(n), role(`r${n === 39 ? 38 : n}`)])), [path(0)]: first, "rolewright.json": "{}\n" });

/** A run with a cache in a folder, and the number of files that were unchanged. */
function runWith(cache, root, ...words) {
  const { code, out, err } = run(root, ["check", "-v", "--format", "json", ...words], { env: { XDG_CACHE_HOME: cache } });
  return { code, out, unchanged: Number(/(\d+) of \d+ files unchanged/.exec(err)?.[1]) };
}

const file = (cache) => join(cache, "rolewright", readdirSync(join(cache, "rolewright"))[0]);

test("the second run says the same and checks nothing again", () => {
  const [cache, root] = [folder({}), roles()];
  const first = runWith(cache, root);
  const second = runWith(cache, root);
  assert.deepEqual([first.unchanged, second.unchanged], [0, 40]);
  assert.deepEqual([second.code, second.out], [first.code, first.out]);
  for (const rule of ["duplicate-role-name", "tool-case"]) assert.ok(first.out.includes(rule), rule);
  assert.deepEqual(readdirSync(root).sort(), [".claude", "rolewright.json"]);
});

test("a file whose text or settings changed is checked again", () => {
  const [cache, root] = [folder({}), roles()];
  runWith(cache, root);
  writeFileSync(join(root, path(0)), role("r0", "Read, Frobnicate"));
  const changed = runWith(cache, root);
  assert.equal(changed.unchanged, 39);
  assert.match(changed.out, /Frobnicate/);
  writeFileSync(join(root, "rolewright.json"), '{ "rules": { "unknown-tool": "error" } }\n');
  const stricter = runWith(cache, root);
  assert.equal(stricter.unchanged, 0);
  assert.match(stricter.out, /"severity":"error"/);
});

test("a file is checked again where a file that it includes changed", () => {
  const cache = folder({});
  const root = roles(`${role("r0")}\n{{include:shared.md}}\n`);
  assert.match(runWith(cache, root).out, /missing-include/);
  writeFileSync(join(root, "shared.md"), "# Shared\n");
  const there = runWith(cache, root);
  assert.ok(!there.out.includes("missing-include"));
  writeFileSync(join(root, "shared.md"), "# Shared\n\n{{include:gone.md}}\n");
  assert.match(runWith(cache, root).out, /missing-include/);
});

test("with --no-cache nothing is remembered and nothing believed", () => {
  const [cache, root] = [folder({}), roles()];
  const { out } = runWith(cache, root, "--no-cache");
  assert.ok(!existsSync(join(cache, "rolewright")));
  runWith(cache, root);
  const again = runWith(cache, root, "--no-cache");
  assert.deepEqual([again.out, again.unchanged], [out, NaN]);
});

test("a cache that is damaged anywhere is rewritten", () => {
  const [cache, root] = [folder({}), roles()];
  const { out } = runWith(cache, root);
  const bytes = readFileSync(file(cache));
  const flipped = Buffer.from(bytes);
  flipped[bytes.length >> 1] ^= 1;
  for (const broken of [Buffer.alloc(0), bytes.subarray(0, 100), bytes.subarray(0, -1), flipped, Buffer.from("{}")]) {
    writeFileSync(file(cache), broken);
    assert.deepEqual(runWith(cache, root), { code: 1, out, unchanged: 0 });
    assert.equal(runWith(cache, root).unchanged, 40);
  }
});

test("where there is no place for a cache, the run is as it would be", () => {
  const root = roles();
  const expected = run(root, ["check"]);
  assert.deepEqual(run(root, ["check"], { env: { XDG_CACHE_HOME: "/dev/null/x" } }), expected);
});
