// Compiles and instantiates the engine, and creates a new instance after a trap. All entry points share
// one module and one instance.

import * as engine from "./engine.js";
import { EngineCrashed, takePanic } from "./crash.js";

let module;
let running = false;
let starting;
let starts = 0;

/** Starts the engine from the result of `supply()`. Repeated calls return the same promise, until it fails. */
export function start(supply) {
  if (!starting) {
    starting = running ? Promise.resolve() : instantiate(supply);
    starting.catch(() => (starting = undefined));
  }
  return starting;
}

/** Starts the engine synchronously, from bytes or a compiled module. */
export function startSync(input) {
  if (running) return;
  adopt(module ?? (isModule(input) ? input : new WebAssembly.Module(wasmBytes(input))));
}

/** Calls a function of the engine; `load` supplies the module if the engine has not been started. */
export function call(load, name, ...values) {
  return run(load, name, () => engine[name](...values));
}

/** How many times the engine was started: objects from an earlier start are unusable. */
export const generation = () => starts;

/** Creates an object in the engine. Only inside `run`. */
export const make = (kind, ...values) => new engine[kind](...values);

/** Runs a function with the engine; `load` supplies the module if the engine has not been started. */
export function run(load, name, work) {
  if (!running) adopt(module ?? load(name));
  try {
    return work();
  } catch (error) {
    if (!isTrap(error)) throw error;
    running = false;
    throw new EngineCrashed(name, error, takePanic());
  }
}

/** The `load` function of entry points that cannot load the engine synchronously. */
export function notStarted(name) {
  throw new Error(
    `rolewright: ${name}() was called before the engine was started. Call \`await init()\` first.`,
  );
}

async function instantiate(supply) {
  const compiled = await compile(await supply());
  if (running) return;
  await engine.default({ module_or_path: compiled });
  module = compiled;
  running = true;
  starts += 1;
}

// After a trap, the glue creates a new instance from its original module.
function adopt(compiled) {
  if (module) engine.__wbg_reset_state();
  else engine.initSync({ module: compiled });
  module ??= compiled;
  running = true;
  starts += 1;
}

// A trap is a RuntimeError; a stack that overflows inside the engine is a RangeError.
function isTrap(error) {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

async function compile(input) {
  if (isModule(input)) return input;
  if (isBytes(input)) return WebAssembly.compile(wasmBytes(input));
  const response = isResponse(input) ? input : await fetched(input);
  if (!response.ok) {
    throw new Error(`rolewright: ${place(response)} returned status ${response.status}`);
  }
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm") && WebAssembly.compileStreaming) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(wasmBytes(await response.arrayBuffer(), response));
}

function fetched(input) {
  const fetchable =
    typeof input === "string" || (typeof input === "object" && input !== null && ("href" in input || "url" in input));
  if (!fetchable) {
    throw new TypeError(
      "init: `input` must be a URL, a Request, a Response, bytes or a WebAssembly.Module",
    );
  }
  return fetch(input).catch((cause) => {
    throw new Error(`rolewright: ${input.url ?? input} could not be fetched`, { cause });
  });
}

// `instanceof` alone is not enough: a value may come from another realm, a frame or a test's
// sandbox.
const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);
const isModule = (value) => tag(value) === "WebAssembly.Module";
const isResponse = (value) => tag(value) === "Response";
const isBytes = (value) =>
  ArrayBuffer.isView(value) || ["ArrayBuffer", "SharedArrayBuffer"].includes(tag(value));

const place = (response) => response.url || "the given response";

function wasmBytes(input, response) {
  if (!isBytes(input)) {
    throw new TypeError("initSync: `input` must be bytes or a WebAssembly.Module");
  }
  const bytes = ArrayBuffer.isView(input)
    ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
    : new Uint8Array(input);
  if ([0x00, 0x61, 0x73, 0x6d].every((byte, at) => bytes[at] === byte)) return bytes;
  const from = response ? place(response) : "the input";
  if (bytes[0] === 0x3c || (bytes[0] === 0xef && bytes[3] === 0x3c)) {
    throw new Error(
      `rolewright: ${from} is HTML, not WebAssembly. The server returned a page, probably because the bundler did not copy the .wasm file. Import its URL (\`import url from "rolewright/wasm?url"\` in Vite) and call \`init(url)\`.`,
    );
  }
  throw new Error(`rolewright: ${from} is not WebAssembly`);
}
