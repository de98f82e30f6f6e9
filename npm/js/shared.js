// Exports that are the same in all entry points.

export { EngineCrashed } from "./crash.js";
export { startSync as initSync } from "./runtime.js";
export { hosts } from "./hosts.js";
export { rules } from "./rules.js";
export { version } from "./names.js";
