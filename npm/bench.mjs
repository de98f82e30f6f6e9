// Compares the package and the two command lines with other checkers of Markdown and of roles, on the same
// files, in one run: `node npm/bench.mjs [FOLDER]`, by default over the corpus of ROLEWRIGHT_DATA. ROLEWRIGHT_CLI
// names the native command line, which `cargo xtask bench` builds. Programs that are not installed are named
// and skipped. The others check fewer things, and different ones.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { check } from "./pkg/node.js";

const RUNS = 3;
const data = process.env.ROLEWRIGHT_DATA ?? fileURLToPath(new URL("../../shared", import.meta.url));
const folder = process.argv[2] ?? join(data, "corpus");
if (!existsSync(folder)) {
  console.log(`Skipped: there is no ${folder}. Name a folder of Markdown files.`);
  process.exit();
}

const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((path) => /\.mdc?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, Node ${process.version}; the fastest of ${RUNS} runs`);

const tools = fileURLToPath(new URL("./test/matrix", import.meta.url));
const { resolve } = createRequire(join(tools, "package.json"));
const load = async (name) => import(pathToFileURL(resolve(name)).href).catch(() => undefined);

console.log("\nAs a library, in this process:");
library("rolewright", ({ path, text }) => check(text, { path }).diagnostics.length);

const markdownlint = await import(pathToFileURL(join(resolve("markdownlint"), "../exports-sync.mjs")).href).catch(() => undefined);
library("markdownlint", markdownlint && (({ text }) => markdownlint.lint({ strings: { text } }).text.length));

const { remark } = (await load("remark")) ?? {};
const { default: recommended } = (await load("remark-preset-lint-recommended")) ?? {};
const processor = remark && recommended && remark().use(recommended);
library("remark-lint", processor && (({ text }) => processor.processSync(text).messages.length));

// What a call costs before it looks at the text; at most 30 µs.
console.log("\nA call with an empty text:");
const path = ".claude/agents/a.md";
const around = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`docs/${at}.md`, "Text.\n".repeat(100)]));
call("check(\"\")", () => check(""));
call("with a path", () => check("", { path }));
call("with eight options", () => check("", { path, host: "auto", profile: "style", encoding: "utf-8", missing: "keep", values: { A: "1" }, rules: { "tool-case": "off" }, templates: { shift: "none" } }));
call("with 1,000 files", () => check("", { path, files: around }));

// Each over a copy of the same files, with its start, its reading and its output.
const native = process.env.ROLEWRIGHT_CLI;
const main = fileURLToPath(new URL("./pkg/cli/main.js", import.meta.url));
const taskset = spawnSync("taskset", ["--version"]).status === 0;
const timed = existsSync("/usr/bin/time");
console.log("\nAs a command, from its start to its end, on all cores and on one:");
const workspace = mkdtempSync(join(tmpdir(), "rolewright-bench-"));
const cache = mkdtempSync(join(tmpdir(), "rolewright-cache-"));
try {
  for (const { path } of files) cpSync(join(folder, path), join(workspace, path));
  writeFileSync(join(workspace, "rolewright.json"), '{ "include": ["**/*.{md,mdc}"] }');
  commands("rolewright", native, ["check", "--no-cache"], "cargo xtask bench");
  commands("npm rolewright", process.execPath, [main, "check", "--no-cache"]);
  const rumdl = ["x64", "arm64"].map((chip) => join(tools, `node_modules/@rumdl/cli-${process.platform}-${chip}/rumdl`)).find(existsSync);
  commands("rumdl", rumdl, ["check", "--no-cache", "."], "npm install in npm/test/matrix");
  commands("agnix", "agnix", ["."], "pip install agnix");
  console.log("\nThe same once more, with what an earlier run remembered:");
  commands("rolewright", native, ["check"], "cargo xtask bench");
  commands("npm rolewright", process.execPath, [main, "check"]);
  console.log("\nOne file:");
  const [{ path }] = files;
  commands("rolewright", native, ["check", path], "cargo xtask bench");
  commands("npm rolewright", process.execPath, [main, "check", path]);
} finally {
  for (const made of [workspace, cache]) rmSync(made, { recursive: true, force: true });
}

function library(name, one) {
  if (!one) return console.log(`${name.padEnd(14)} not installed: npm install in npm/test/matrix`);
  let found = 0;
  const best = fastest(() => (found = files.reduce((sum, file) => sum + one(file), 0)));
  console.log(`${told(name, best)}   ${found} findings`);
}

function call(name, one) {
  const batch = 20;
  const times = Array.from({ length: 500 }, () => {
    const started = performance.now();
    for (let at = 0; at < batch; at++) one();
    return (performance.now() - started) / batch;
  });
  // The first batches are those of a cold engine.
  const [fastest, median] = [0, 200].map((at) => times.slice(100).sort((a, b) => a - b)[at]);
  console.log(`${name.padEnd(20)} ${(fastest * 1e3).toFixed(1).padStart(6)} µs   (median ${(median * 1e3).toFixed(1)})`);
}

function commands(name, program, words, how) {
  const run = (before) => spawnSync(before[0] ?? program, [...before.slice(1), ...(before.length > 0 ? [program] : []), ...words], { cwd: workspace, encoding: "utf8", maxBuffer: 1 << 29, env: { ...process.env, XDG_CACHE_HOME: cache } });
  if (!program || run([]).error) return console.log(`${name.padEnd(14)} not installed: ${how}`);
  let last;
  const all = fastest(() => (last = run([])));
  const one = taskset ? `${fastest(() => run(["taskset", "-c", "0"])).toFixed(0)} ms` : "taskset is missing";
  const memory = timed ? `${(Number(run(["/usr/bin/time", "-f", "%M"]).stderr.trim().split("\n").at(-1)) / 1024).toFixed(0)} MiB` : "";
  const counts = /^(\d+ files? checked: .*|Issues: Found .*|Found \d+ .*)$/m.exec(`${last.stdout}${last.stderr}`)?.[1];
  console.log(`${name.padEnd(14)} ${all.toFixed(0).padStart(7)} ms, on one core ${one.padStart(8)}   ${memory.padStart(8)}   ${counts ?? ""}`);
}

function fastest(work) {
  let best = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

function told(name, time) {
  return `${name.padEnd(14)} ${time.toFixed(0).padStart(7)} ms   ${(bytes / 1e3 / time).toFixed(1).padStart(6)} MB/s`;
}
