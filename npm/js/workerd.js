// The entry for edge runtimes: these take a compiled module and nothing else.

import { bind } from "./api.js";
import { notStarted, start } from "./runtime.js";

export * from "./shared.js";

/** Starts the engine from a compiled module. */
export default function init(input) {
  if (input === undefined) {
    return Promise.reject(
      new TypeError(
        'init: `input` is needed here: import engine from "rolewright/wasm" and call `await init(engine)`',
      ),
    );
  }
  return start(() => input);
}

export const { check, checkAll, fix, compile, inputDigest, outline, complete, hover, createWorkspace } =
  /* @__PURE__ */ bind(notStarted);
