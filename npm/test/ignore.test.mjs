// Compares the files that a search leaves out with those that git ignores.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { folder, run } from "./command.mjs";

const skip = spawnSync("git", ["--version"]).status !== 0 && "there is no git";
const env = { ...process.env, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };

function repository(files) {
  const root = folder(files);
  execFileSync("git", ["init", "--quiet", root], { env });
  return root;
}

const byGit = (root) =>
  execFileSync("git", ["ls-files", "-co", "-z", "--exclude-standard"], { cwd: root, encoding: "utf8", env }).split("\0").filter(Boolean).sort();

// The configuration is not a role, and git knows nothing about it.
function searched(root) {
  writeFileSync(join(root, "rolewright.json"), '{ "include": ["**/*"] }');
  const { out } = run(root, ["check", "--list"]);
  return out.split("\n").filter(Boolean).map((line) => line.split("\t")[0]).sort();
}

// Pseudorandom numbers that are the same in every run.
function random(seed) {
  let state = seed;
  const next = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { next, one: (list) => list[next(list.length)] };
}

const NAMES = ["a", "b", "ab", "a.md", "b.md", "a b.md", "[a].md", "#a", "!b", "{a}", "A.md", "-a"];
// Not `a**/`: git strips the letter before it interprets the stars, and matches `ab`.
const PIECES = ["*", "**", "?", "a", "b", "a*", "*.md", "[ab]", "[!a]*", "[a-c].md", "\\#a", "\\!b", "{a}", "a\\ b.md", "**b", "[", "[]a]", "\\*", "a b.md"];

function pattern({ next, one }) {
  const parts = Array.from({ length: 1 + next(3) }, () => one(PIECES));
  return `${one(["", "", "!"])}${one(["", "", "/"])}${parts.join("/")}${one(["", "", "/"])}${one(["", "", " ", "\r"])}`;
}

/** Files whose folders are not files themselves, and a .gitignore in some folders. */
function tree(dice) {
  const files = {};
  for (let count = 0; count < 14; count++) {
    const path = Array.from({ length: 1 + dice.next(3) }, () => dice.one(NAMES)).join("/");
    const clash = Object.keys(files).some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
    if (!clash) files[path] = "x\n";
  }
  const folders = ["", ...new Set(Object.keys(files).filter((path) => path.includes("/")).map((path) => `${dirname(path)}/`))];
  for (const folder of folders.filter((folder) => folder === "" || dice.next(3) === 0)) {
    files[`${folder}.gitignore`] = Array.from({ length: 1 + dice.next(4) }, () => pattern(dice)).join("\n");
  }
  return files;
}

test("what .gitignore leaves out is what git leaves out", { skip }, () => {
  let left = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const files = tree(random(seed));
    const root = repository(files);
    const expected = byGit(root);
    left += Object.keys(files).length - expected.length;
    assert.deepEqual(searched(root), expected, JSON.stringify(Object.entries(files).filter(([path]) => path.endsWith(".gitignore"))));
  }
  assert.ok(left > 100, `${left} files were left out`);
});

test("the repository around a workspace has its say, and what one clone leaves out", { skip }, () => {
  const root = repository({ ".gitignore": "/p/one/gone.md\n*.tmp.md\n", "p/.gitignore": "old\n", "p/one/gone.md": "", "p/one/kept.md": "", "p/one/x.tmp.md": "", "p/one/old/a.md": "", "p/one/mine.md": "" });
  mkdirSync(join(root, ".git/info"), { recursive: true });
  writeFileSync(join(root, ".git/info/exclude"), "mine.md\n");
  assert.deepEqual(searched(join(root, "p/one")), ["kept.md"]);
});
