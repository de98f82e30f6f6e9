// The entry for Node, Deno and Bun: the first call reads the .wasm beside this module.

import { readFileSync } from "node:fs";
import { bind } from "./api.js";
import { start } from "./runtime.js";

export * from "./shared.js";

/** Starts the engine; calls do so by themselves. */
export default function init(input) {
  return start(() => {
    if (input === undefined) return read();
    // `fetch` knows no address of a file here.
    const address = input instanceof URL ? input.href : input;
    return typeof address === "string" && address.startsWith("file:") ? readFileSync(new URL(address)) : input;
  });
}

export const { check, checkAll, fix, compile, inputDigest, outline, complete, hover, createWorkspace } =
  /* @__PURE__ */ bind(() => new WebAssembly.Module(read()));

function read() {
  const file = new URL("./engine_bg.wasm", import.meta.url);
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(
      `rolewright: ${file} is missing. A bundler that moved this module must copy the file too, or import "rolewright/inline" instead.`,
      { cause },
    );
  }
}
