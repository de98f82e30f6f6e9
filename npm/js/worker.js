// A client for the engine in a web worker. When several calls to one function are waiting, only the latest
// runs.

import { EngineCrashed } from "./crash.js";

const NAMES = ["check", "checkAll", "fix", "compile", "matrix", "inputDigest", "outline", "complete", "hover", "hosts"];

/** Rejects a call that was replaced by a later call to the same function. */
export class Superseded extends Error {
  constructor(name) {
    super(`rolewright: this call was replaced by a later call to ${name}()`);
    this.name = "Superseded";
  }
}

/** Starts a client; nothing is loaded before the first call. */
export function createClient({ worker = ownWorker, wasm, timeout = 10_000, ...unknown } = {}) {
  for (const name of Object.keys(unknown)) throw new TypeError(`createClient: \`options\` has no \`${name}\`; available: "worker", "wasm" and "timeout"`);
  if (typeof worker !== "function") throw new TypeError("createClient: `options.worker` must be a function that returns a Worker");
  if (!(timeout > 0)) throw new TypeError("createClient: `options.timeout` must be a positive number of milliseconds");
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
      const unsent = new TypeError(`${name}: arguments must be plain data that can be sent to a worker`, { cause: error });
      finish((job) => job.reject(error?.name === "DataCloneError" ? unsent : error));
    }
  };

  // Loading the engine does not count toward the timeout.
  const watch = () => {
    if (running) running.timer = setTimeout(() => fail("did not respond in time"), timeout);
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

  // Rejects the running call; the next call starts a new worker.
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

/** Serves a client from your own worker; `api` is the namespace of "rolewright". */
export function serve(api, scope = globalThis) {
  let given = [];
  let ready = false;
  scope.onmessage = async ({ data: { name, values } }) => {
    if (name === "init") {
      given = values;
      return;
    }
    try {
      // Repeated calls return the same promise; a failed start is retried.
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
