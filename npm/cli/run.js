// Loads the program and runs one command.

import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { brotliDecompressSync } from "node:zlib";
import { initSync, run as command } from "./cli.js";
import { prepare } from "./helpers.js";
import { panicMessage } from "./world.js";

// Optimizing the code takes longer than it saves, up to about 8,000 files. A server and a watch run for longer.
const isShort = (words) => words[0] !== "lsp" && !words.includes("--watch");

/** Runs the command that the words name, and returns its exit code. */
export function run(words) {
  try {
    if (isShort(words)) setFlagsFromString("--liftoff-only");
    const bytes = brotliDecompressSync(readFileSync(new URL("./cli_bg.wasm.br", import.meta.url)));
    const module = new WebAssembly.Module(bytes);
    initSync({ module });
    prepare(module, words);
    return command(words);
  } catch (error) {
    process.stderr.write(`rolewright: internal error; please report it\n${panicMessage() ?? error?.stack ?? error}\n`);
    return 2;
  }
}
