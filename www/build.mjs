// Bundles and minifies the sources in this folder into www/generated, where Trunk picks them up.
// bundled.json lists the npm packages that are included, for their licenses. Unchanged files are not
// written again, so that a watcher does not trigger itself. `--sizes` prints the download sizes.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const NOTICE =
  "/*! Contains CodeMirror 6 and Lezer, Copyright (C) 2018 by Marijn Haverbeke and others, MIT License. */";

const bundled = new Set();
const OUTPUTS = {
  "editor.js": { entry: "editor/editor.js", bundle: true, minify: true, format: "iife", loader: { ".md": "text" }, banner: { js: NOTICE } },
  "styles.css": { entry: "styles/all.css", bundle: true, minify: true },
  "boot.js": { entry: "boot.js", minify: true, format: "esm" },
  // Identifiers are kept, because the release build looks for the file list by name.
  "sw.js": { entry: "sw.js", minifyWhitespace: true },
};

await mkdir(join(here, "generated"), { recursive: true });
for (const [name, { entry, ...options }] of Object.entries(OUTPUTS)) {
  const target = join(here, "generated", name);
  const made = await build({ entryPoints: [join(here, entry)], target: "es2022", legalComments: "none", write: false, metafile: true, ...options });
  const [{ contents }] = made.outputFiles;
  for (const path of Object.keys(made.metafile.inputs)) {
    const folder = /node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0];
    if (folder) bundled.add(folder);
  }
  await write(target, contents);
  if (process.argv.includes("--sizes")) {
    const brotli = brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    console.log(`${name}: ${contents.length} bytes, ${brotli.length} brotli, ${gzipSync(contents).length} gzip`);
  }
}
await write(join(here, "generated", "bundled.json"), Buffer.from(JSON.stringify([...bundled].sort())));

async function write(target, contents) {
  const old = await readFile(target).catch(() => null);
  if (!old || !old.equals(Buffer.from(contents))) await writeFile(target, contents);
}
