// A client of the engine in a web worker: calls are promises, the page never waits. Of several calls
// of one function that wait, only the latest is worked on.

import { EngineCrashed } from "./crash.js";

const NAMES = ["check", "checkAll", "fix", "compile", "outline", "complete", "hover", "hosts"];

/** A call that a later one of the same function took the place of. */
export class Superseded extends Error {
  constructor(name) {
    super(`rolewright: a later ${name}() took the place of this one`);
    this.name = "Superseded";
  }
}

/** Starts a client; nothing is loaded before the first call. */
export function createClient({ worker = ownWorker, wasm, timeout = 10_000 } = {}) {
  let thread;
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
      running.timer = setTimeout(() => fail("did not answer in time"), timeout);
      thread.postMessage({ name: running.name, values: running.values });
    } catch (error) {
      finish((job) => job.reject(error));
    }
  };

  const started = () => {
    const made = worker();
    made.onmessage = ({ data }) => {
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
  scope.onmessage = async ({ data: { name, values } }) => {
    if (name === "init") {
      given = values;
      return;
    }
    try {
      // Twice is the same promise; one that failed is tried again.
      await api.default(...given);
      scope.postMessage({ value: api[name](...values) });
    } catch (error) {
      scope.postMessage({ failed: { name: error.name, message: error.message, call: name } });
    }
  };
}

const ownWorker = () => new Worker(new URL("./worker-main.js", import.meta.url), { type: "module" });

function revived({ name, message, call }) {
  if (name === "EngineCrashed") return new EngineCrashed(call);
  if (name === "TypeError") return new TypeError(message);
  return Object.assign(new Error(message), { name });
}
