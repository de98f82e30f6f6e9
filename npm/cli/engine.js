// Calls the engine from the command line, with options that are already validated.

import { readFileSync } from "node:fs";
import { supplied } from "../nearest.js";
import { call } from "../runtime.js";

const load = () => new WebAssembly.Module(readFileSync(new URL("../engine_bg.wasm", import.meta.url)));

supplied(load);

/** Calls a function of the engine. */
export const ask = (name, ...values) => call(load, name, ...values);

/** The options of the engine for the file at `path` of `workspace`. */
export function optionsFor(path, { config, files }, over) {
  const { host, variables, ...rest } = { ...config.optionsFor(path), ...over };
  const declared = variables && JSON.stringify(variables);
  return { ...rest, path, files, host: host === "auto" ? undefined : host, variables: declared };
}
