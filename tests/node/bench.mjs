// Measures a check in Node: passes the corpus to the WebAssembly of tests/bench, which measures itself, and
// prints its report. `cargo xtask bench` builds it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Bench } from "../../target/bench/bench.js";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const corpus = join(process.env.ROLEWRIGHT_DATA ?? at("../../../shared"), "corpus");
const manifest = join(corpus, "manifest.jsonl");

const bench = new Bench();
for (const line of existsSync(manifest) ? readFileSync(manifest, "utf8").split("\n") : []) {
  if (line === "") continue;
  const { repo, path, file } = JSON.parse(line);
  bench.add(repo, path, readFileSync(join(corpus, file), "utf8"));
}
console.log(bench.report());
