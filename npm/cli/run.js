// Loads the program and runs one command.

import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { initSync, run as command } from "./cli.js";
import { panicMessage } from "./world.js";

/** Runs the command that the words name, and returns its exit code. */
export function run(words) {
  try {
    const bytes = brotliDecompressSync(readFileSync(new URL("./cli_bg.wasm.br", import.meta.url)));
    initSync({ module: new WebAssembly.Module(bytes) });
    return command(words);
  } catch (error) {
    process.stderr.write(`rolewright: internal error; please report it\n${panicMessage() ?? error?.stack ?? error}\n`);
    return 2;
  }
}
