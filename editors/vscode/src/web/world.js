// What the language server sees of the system in a worker: files in memory, and nothing else. The functions are those of
// `npm/cli/world.js`.

const files = new Map();

/** Adds or changes a file; without bytes, removes it. */
export function keep(path, bytes) {
  if (bytes) files.set(path, { bytes, changed: Date.now() });
  else files.delete(path);
}

let panic;
export const panicked = (text) => (panic = text);

/** The message of a panic. */
export const panicMessage = () => panic;

const fault = (code) => Object.assign(new Error(code), { code });

const isFolder = (path) => {
  const start = path.endsWith("/") ? path : `${path}/`;
  return [...files.keys()].some((file) => file.startsWith(start));
};

export function read(path) {
  const file = files.get(path);
  if (!file) throw fault("ENOENT");
  return file.bytes;
}

/** Kind, size and time: 0 is a file, 1 a folder. */
export function look(path) {
  const file = files.get(path);
  if (file) return [0, file.bytes.length, file.changed];
  return isFolder(path) ? [1, 0, 0] : undefined;
}

export function real(path) {
  if (!look(path)) throw fault("ENOENT");
  return path;
}

/** The entries of a folder, each with the number of its kind before its name. */
export function list(path) {
  const start = path.endsWith("/") ? path : `${path}/`;
  const entries = new Set();
  for (const file of files.keys()) {
    if (!file.startsWith(start)) continue;
    const [name, ...rest] = file.slice(start.length).split("/");
    entries.add(`${rest.length > 0 ? 1 : 0}${name}\0`);
  }
  return [...entries].join("");
}

const refuse = () => {
  throw fault("EROFS");
};
export { refuse as call, refuse as create, refuse as replace };

// Only a check of whole folders has a cache and helpers.
export { refuse as claim, refuse as endTurn, refuse as handOver, refuse as nextTurn, refuse as sha256, refuse as startHelpers, refuse as takeOver };
export const isHelper = () => false;

// A server writes nothing but its answers, which it returns.
export const write = () => {};
export const flush = () => {};
export const input = () => new Uint8Array();
export const receive = () => undefined;
export const isTerminal = () => false;
export const columns = () => undefined;
export const variable = () => undefined;
export const folder = () => "/";
export const program = () => "web";
export const clock = () => performance.now();
export const wait = () => {};
export const isStopped = () => false;
