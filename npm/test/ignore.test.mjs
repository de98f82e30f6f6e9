// Compares the files that a walk leaves out with those that git ignores.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { openConfig } from "../pkg/cli/config.js";
import { everyPath } from "../pkg/cli/discover.js";
import { matcher } from "../pkg/cli/glob.js";

const base = mkdtempSync(join(tmpdir(), "rolewright-ignore-"));
after(() => rmSync(base, { recursive: true, force: true }));
const hasGit = spawnSync("git", ["--version"]).status === 0;

const env = { ...process.env, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: join(base, "none"), HOME: base };

function repository(files) {
  const root = mkdtempSync(join(base, "r-"));
  execFileSync("git", ["init", "--quiet", root], { env });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const byGit = (root) =>
  execFileSync("git", ["ls-files", "-co", "-z", "--exclude-standard"], { cwd: root, encoding: "utf8", env }).split("\0").filter(Boolean).sort();

const walked = (root) => everyPath(root, openConfig()).sort();

// Numbers that are the same in every run.
function random(seed) {
  let state = seed;
  const next = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { next, one: (list) => list[next(list.length)] };
}

const NAMES = ["a", "b", "ab", "a.md", "b.md", "a b.md", "[a].md", "#a", "!b", "{a}", "A.md", "-a"];
// Not `a**/`: git takes the letter off before it looks at the stars, and finds `ab` in it.
const PIECES = ["*", "**", "?", "a", "b", "a*", "*.md", "[ab]", "[!a]*", "[a-c].md", "\\#a", "\\!b", "{a}", "a\\ b.md", "**b", "[", "[]a]", "\\*", "a b.md"];

function pattern({ next, one }) {
  const parts = Array.from({ length: 1 + next(3) }, () => one(PIECES));
  return `${one(["", "", "!"])}${one(["", "", "/"])}${parts.join("/")}${one(["", "", "/"])}${one(["", "", " ", "\r"])}`;
}

test("what .gitignore leaves out is what git leaves out", { skip: !hasGit && "there is no git" }, () => {
  let left = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const dice = random(seed);
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
    const root = repository(files);
    const expected = byGit(root);
    left += Object.keys(files).length - expected.length;
    assert.deepEqual(walked(root), expected, JSON.stringify(Object.entries(files).filter(([path]) => path.endsWith(".gitignore"))));
  }
  assert.ok(left > 200, `${left} files were left out`);
});

test("the repository around a workspace has its say, and what one clone leaves out", { skip: !hasGit && "there is no git" }, () => {
  const root = repository({ ".gitignore": "/p/one/gone.md\n*.tmp.md\n", "p/.gitignore": "old\n", "p/one/gone.md": "", "p/one/kept.md": "", "p/one/x.tmp.md": "", "p/one/old/a.md": "", "p/one/mine.md": "" });
  writeFileSync(join(root, ".git/info/exclude"), "mine.md\n");
  assert.deepEqual(walked(join(root, "p/one")), ["kept.md"]);
});

test("globs match as shells with `**` do", () => {
  for (const [glob, yes, no] of [
    ["*.md", ["a.md", ".md"], ["a/b.md", "a.mdc"]],
    ["**/*.md", ["a.md", "a/b.md", ".a/b/c.md"], ["a.txt"]],
    ["a/**", ["a/b", "a/b/c.md"], ["a", "ab/c"]],
    ["a/**/b.md", ["a/b.md", "a/x/y/b.md"], ["a/xb.md"]],
    ["a**b", ["ab", "axxb"], ["a/b"]],
    ["{a,b}/*.{md,mdc}", ["a/x.md", "b/x.mdc"], ["c/x.md", "a/x.txt"]],
    ["[!a-c].md", ["d.md"], ["a.md", "/.md"]],
    ["./a.md", ["a.md"], ["b.md"]],
    ["\\*.md", ["*.md"], ["a.md"]],
    ["a(b)+.md", ["a(b)+.md"], ["ab.md", "abb.md"]],
  ]) {
    const matches = matcher([glob]);
    for (const path of yes) assert.ok(matches(path), `${glob} ${path}`);
    for (const path of no) assert.ok(!matches(path), `${glob} ${path}`);
  }
});
