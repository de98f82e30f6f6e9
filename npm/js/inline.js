// The entry point that embeds the engine, for single-file pages and for bundlers that cannot copy a .wasm
// file.

import { bind } from "./api.js";
import { packed } from "./packed.js";
import { notStarted, start } from "./runtime.js";

export * from "./shared.js";

/** Starts the engine. */
export default function init(input) {
  return start(() => input ?? unpack());
}

export const { check, checkAll, fix, compile, matrix, inputDigest, outline, complete, hover, createWorkspace } =
  /* @__PURE__ */ bind(notStarted);

async function unpack() {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
