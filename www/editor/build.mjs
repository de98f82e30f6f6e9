// Bundles the editor into www/generated/editor.js. The file is written only when it changes, so
// that a watcher is not woken by its own build. `--sizes` prints what a visitor downloads.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "generated", "editor.js");
const NOTICE =
  "/*! Contains CodeMirror 6 and Lezer, Copyright (C) 2018 by Marijn Haverbeke and others, MIT License. */";

const result = await build({
  entryPoints: [join(here, "editor.js")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  banner: { js: NOTICE },
  legalComments: "none",
  write: false,
});
const [{ contents }] = result.outputFiles;
await mkdir(dirname(target), { recursive: true });
const old = await readFile(target).catch(() => null);
if (!old || !old.equals(Buffer.from(contents))) await writeFile(target, contents);

if (process.argv.includes("--sizes")) {
  const brotli = brotliCompressSync(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  console.log(`editor.js: ${contents.length} bytes, ${brotli.length} brotli, ${gzipSync(contents).length} gzip`);
}
