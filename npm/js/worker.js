// A client of the engine in a web worker: calls are promises, the page never waits. Of several calls
// of one function that wait, only the latest is worked on.

import { EngineCrashed } from "./crash.js";

const NAMES = ["check", "checkAll", "fix", "compile", "inputDigest", "outline", "complete", "hover", "hosts"];

/** A call that a later one of the same function took the place of. */
export class Superseded extends Error {
  constructor(name) {
    super(`rolewright: a later ${name}() took the place of this one`);
    this.name = "Superseded";
  }
}

/** Starts a client; nothing is loaded before the first call. */
export function createClient({ worker = ownWorker, wasm, timeout = 10_000, ...unknown } = {}) {
  for (const name of Object.keys(unknown)) throw new TypeError(`createClient: \`options\` has no \`${name}\`; there are "worker", "wasm" and "timeout"`);
  if (typeof worker !== "function") throw new TypeError("createClient: `options.worker` must be a function that makes a worker");
  if (!(timeout > 0)) throw new TypeError("createClient: `options.timeout` must be a number of milliseconds");
  let thread;
  let ready = false;
  let running;
  let waiting = [];
  let ended = false;

  const ask = (name, values) => {
    if (ended) return Promise.reject(new Error("rolewright: the client was closed"));
    return new Promise((resolve, reject) => {
      const at = waiting.findIndex((job) => job.name === name);
      if (at >= 0) waiting.splice(at, 1)[0].reject(new Superseded(name));
      waiting.push({ name, values, resolve, reject });
      next();
    });
  };

  const next = () => {
    if (running || waiting.length === 0) return;
    running = waiting.shift();
    try {
      thread ??= started();
      thread.postMessage({ name: running.name, values: running.values });
      if (ready) watch();
    } catch (error) {
      const { name } = running;
      const unsent = new TypeError(`${name}: the arguments must be plain data, which can be sent to a worker`, { cause: error });
      finish((job) => job.reject(error?.name === "DataCloneError" ? unsent : error));
    }
  };

  // The time that it takes to load the engine is not the call's.
  const watch = () => {
    if (running) running.timer = setTimeout(() => fail("did not answer in time"), timeout);
  };

  const started = () => {
    const made = worker();
    ready = false;
    made.onmessage = ({ data }) => {
      if (data.ready) {
        ready = true;
        return watch();
      }
      if (!data.failed) return finish((job) => job.resolve(data.value));
      finish((job) => job.reject(revived(data.failed)));
    };
    made.onerror = (event) => {
      event.preventDefault?.();
      fail(event.message || "could not be started");
    };
    made.postMessage({ name: "init", values: wasm === undefined ? [] : [wasm] });
    return made;
  };

  // The worker is gone: whoever waited for it is told, the next call starts another.
  const fail = (why) => {
    thread?.terminate();
    thread = undefined;
    finish((job) => job.reject(new EngineCrashed(job.name, new Error(`rolewright: the worker ${why}`))));
  };

  const finish = (settle) => {
    const job = running;
    if (!job) return;
    clearTimeout(job.timer);
    running = undefined;
    settle(job);
    next();
  };

  const close = () => {
    ended = true;
    thread?.terminate();
    thread = undefined;
    for (const job of [running, ...waiting]) {
      clearTimeout(job?.timer);
      job?.reject(new Error("rolewright: the client was closed"));
    }
    running = undefined;
    waiting = [];
  };

  return { ...Object.fromEntries(NAMES.map((name) => [name, (...values) => ask(name, values)])), close };
}

/** Answers a client, in a worker of your own: `serve(api)` with everything that "rolewright" exports. */
export function serve(api, scope = globalThis) {
  let given = [];
  let ready = false;
  scope.onmessage = async ({ data: { name, values } }) => {
    if (name === "init") {
      given = values;
      return;
    }
    try {
      // Twice is the same promise; one that failed is tried again.
      await api.default(...given);
      if (!ready) scope.postMessage({ ready: true });
      ready = true;
      scope.postMessage({ value: await api[name](...values) });
    } catch (error) {
      const { message, cause, panic } = error;
      scope.postMessage({ failed: { name: error.name, message, call: name, cause: cause?.message, panic } });
    }
  };
}

const ownWorker = () => new Worker(new URL("./worker-main.js", import.meta.url), { type: "module" });

function revived({ name, message, call, cause, panic }) {
  if (name === "EngineCrashed") return new EngineCrashed(call, new Error(cause), panic);
  if (name === "TypeError") return new TypeError(message);
  return Object.assign(new Error(message), { name });
}
