// The entry point for edge runtimes, which accept only a compiled module.

import { bind } from "./api.js";
import { notStarted, start } from "./runtime.js";

export * from "./shared.js";

/** Starts the engine from a compiled module. */
export default function init(input) {
  if (input === undefined) {
    return Promise.reject(
      new TypeError(
        'init: `input` is required in this runtime: import engine from "rolewright/wasm" and call `await init(engine)`',
      ),
    );
  }
  return start(() => input);
}

export const { check, checkAll, fix, compile, matrix, inputDigest, outline, complete, hover, createWorkspace } =
  /* @__PURE__ */ bind(notStarted);
