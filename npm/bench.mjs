// The package against other checkers of Markdown, on the same files, in one run: `node npm/bench.mjs
// [FOLDER]`. By default the corpus of ROLEWRIGHT_DATA; what the others check is less, and other things.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { check } from "./pkg/node.js";

const data = process.env.ROLEWRIGHT_DATA ?? fileURLToPath(new URL("../../shared", import.meta.url));
const folder = process.argv[2] ?? join(data, "corpus");
if (!existsSync(folder)) throw new Error(`There is no ${folder}: name a folder of Markdown files.`);

const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((path) => /\.mdc?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, Node ${process.version}`);

const { resolve } = createRequire(new URL("./test/matrix/package.json", import.meta.url));
const load = async (name) => import(pathToFileURL(resolve(name)).href).catch(() => undefined);

await measure("rolewright", ({ path, text }) => check(text, { path }).diagnostics.length);

const markdownlint = await import(pathToFileURL(join(resolve("markdownlint"), "../exports-sync.mjs")).href).catch(() => undefined);
await measure("markdownlint", markdownlint && (({ text }) => markdownlint.lint({ strings: { text } }).text.length));

const { remark } = (await load("remark")) ?? {};
const { default: recommended } = (await load("remark-preset-lint-recommended")) ?? {};
const processor = remark && recommended && remark().use(recommended);
await measure("remark-lint", processor && (({ text }) => processor.processSync(text).messages.length));

/** Runs `one` over all files twice and prints the faster time. */
async function measure(name, one) {
  if (!one) {
    console.log(`${name.padEnd(14)} not installed: npm ci in npm/test/matrix`);
    return;
  }
  let best = Infinity;
  let found = 0;
  for (let run = 0; run < 2; run++) {
    const started = performance.now();
    found = files.reduce((sum, file) => sum + one(file), 0);
    best = Math.min(best, performance.now() - started);
  }
  console.log(`${name.padEnd(14)} ${best.toFixed(0).padStart(7)} ms   ${(bytes / 1e3 / best).toFixed(1).padStart(6)} MB/s   ${found} findings`);
}
