// Finds the nearest known name for "did you mean", using the engine.

import { call } from "./runtime.js";

let load;

/** Sets how to start the engine if a name is looked up before any other call. */
export function supplied(by) {
  load = by;
}

/** The nearest of `names` to `name`, if one is near enough and the engine is available. */
export function nearest(name, names) {
  try {
    return call(load, "nearest", name, names);
  } catch {
    return undefined;
  }
}

/** `; did you mean "x"?`, or nothing. */
export function hint(name, names) {
  const near = nearest(name, names);
  return near ? `; did you mean "${near}"?` : "";
}
