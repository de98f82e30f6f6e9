// The entry point for Node, Deno and Bun, which loads the .wasm file on the first call.

import { readFileSync } from "node:fs";
import { bind } from "./api.js";
import { start } from "./runtime.js";

export * from "./shared.js";

/** Starts the engine; optional, because calls start it automatically. */
export default function init(input) {
  return start(() => {
    if (input === undefined) return read();
    // `fetch` does not support file URLs here.
    const address = input instanceof URL ? input.href : input;
    return typeof address === "string" && address.startsWith("file:") ? readFileSync(new URL(address)) : input;
  });
}

export const { check, checkAll, fix, compile, matrix, inputDigest, outline, complete, hover, createWorkspace } =
  /* @__PURE__ */ bind(() => new WebAssembly.Module(read()));

function read() {
  const file = new URL("./engine_bg.wasm", import.meta.url);
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(
      `rolewright: ${file} is missing. If a bundler moved this module, make it copy the file too, or import "rolewright/inline" instead.`,
      { cause },
    );
  }
}
