// The entry point for browsers and bundlers; `await init()` fetches the .wasm file next to this module.

import { bind } from "./api.js";
import { notStarted, start } from "./runtime.js";

export * from "./shared.js";

/** Starts the engine. */
export default function init(input) {
  return start(() => input ?? new URL("./engine_bg.wasm", import.meta.url));
}

export const { check, checkAll, fix, compile, matrix, inputDigest, outline, complete, hover, createWorkspace } =
  /* @__PURE__ */ bind(notStarted);
