// The name that somebody probably meant, as the engine finds it.

import { call } from "./runtime.js";

let load;

/** Says how the engine is started where a name is looked for before any other call. */
export function supplied(by) {
  load = by;
}

/** The one of `names` nearest to `name`, where one is near and the engine can be asked. */
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
