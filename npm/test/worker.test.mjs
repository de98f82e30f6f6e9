// Tests the worker client over a worker that runs in this thread: its messages are cloned and arrive later,
// as a real worker's do. matrix.test.mjs uses real workers in a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as rolewright from "../pkg/node.js";
import { Superseded, createClient, serve } from "../pkg/worker.js";

const { EngineCrashed } = rolewright;
const later = (ms = 0) => new Promise((next) => setTimeout(next, ms));

/** A worker that serves `api`; `made` collects those that were started. */
function workers(api = rolewright) {
  const made = [];
  const worker = () => {
    const scope = {};
    const own = { ended: false, asked: [] };
    scope.postMessage = (data) => {
      const copy = structuredClone(data);
      setTimeout(() => own.ended || own.onmessage({ data: copy }));
    };
    own.postMessage = (data) => {
      const copy = structuredClone(data);
      own.asked.push(copy.name);
      setTimeout(() => own.ended || scope.onmessage({ data: copy }));
    };
    own.terminate = () => (own.ended = true);
    serve(api, scope);
    made.push(own);
    return own;
  };
  return { worker, made };
}

test("nothing is started before the first call, and one worker answers all of them", async () => {
  const { worker, made } = workers();
  const client = createClient({ worker });
  assert.equal(made.length, 0);
  const text = "---\nname: a\ntools: bash\n---\nx\n";
  const options = { path: ".claude/agents/a.md" };
  assert.deepEqual(await client.check(text, options), rolewright.check(text, options));
  assert.deepEqual(await client.fix(text, options), rolewright.fix(text, options));
  assert.deepEqual(await client.compile(text, options), rolewright.compile(text, options));
  assert.deepEqual(await client.outline(text, options), rolewright.outline(text, options));
  assert.deepEqual(await client.complete(text, 6, options), rolewright.complete(text, 6, options));
  assert.deepEqual(await client.hover(text, 6, options), rolewright.hover(text, 6, options));
  assert.deepEqual(await client.checkAll({ "a.md": text }), rolewright.checkAll({ "a.md": text }));
  assert.deepEqual(await client.hosts(), rolewright.hosts());
  assert.equal(made.length, 1);
  client.close();
});

test("of the calls of one function that wait only the latest is worked on; other functions wait beside it", async () => {
  const { worker, made } = workers();
  const client = createClient({ worker });
  const calls = [client.check("1"), client.check("2"), client.outline("2"), client.check("3"), client.check("4")];
  const ended = await Promise.allSettled(calls);
  assert.deepEqual(ended.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
  for (const { reason } of ended) assert.ok(reason === undefined || reason instanceof Superseded);
  assert.equal(ended[4].value.stats.bytes, 1);
  assert.deepEqual(made[0].asked, ["init", "check", "outline", "check"]);
});

test("wrong arguments come back as a TypeError that names them", async () => {
  const client = createClient({ worker: workers().worker });
  await assert.rejects(client.check("x", { hots: 1 }), (error) => error instanceof TypeError && /`options` has no `hots`/.test(error.message));
  await assert.rejects(client.check("x", { files: () => {} }), (error) => error instanceof TypeError && /^check: arguments must be plain data/.test(error.message));
  assert.equal((await client.check("# A\n")).host, "plain");
});

test("the client's own options are checked", () => {
  assert.throws(() => createClient({ timout: 3 }), /`options` has no `timout`/);
  assert.throws(() => createClient({ worker: {} }), /`options\.worker` must be a function/);
  assert.throws(() => createClient({ timeout: "soon" }), /`options\.timeout` must be a positive number/);
});

test("a crash in the worker is an EngineCrashed, and the next call is answered", async () => {
  const panic = { message: "index out of bounds", location: "core/src/a.rs:1:2" };
  let calls = 0;
  const check = (...values) => {
    if (calls++ === 0) throw new EngineCrashed("check", new Error("unreachable"), panic);
    return rolewright.check(...values);
  };
  const client = createClient({ worker: workers({ ...rolewright, check }).worker });
  await assert.rejects(client.check("x"), (error) => {
    assert.ok(error instanceof EngineCrashed);
    assert.deepEqual([error.cause.message, error.panic], ["unreachable", panic]);
    return true;
  });
  assert.equal((await client.check("x")).host, "plain");
});

test("a worker that breaks is replaced by the next call", async () => {
  const { worker, made } = workers({ ...rolewright, default: () => new Promise(() => {}) });
  const client = createClient({ worker: () => (made.length === 0 ? worker() : workers().worker()) });
  const first = client.check("x");
  const second = client.check("y");
  made[0].onerror({ message: "could not be parsed" });
  await assert.rejects(first, (error) => error instanceof EngineCrashed && /could not be parsed/.test(error.cause.message));
  assert.equal((await second).host, "plain");
  assert.ok(made[0].ended);
});

test("a call that never ends is given up, but the time to load does not count", async () => {
  let stuck = true;
  const api = {
    ...rolewright,
    default: () => later(80),
    check: (...values) => (stuck ? undefined : rolewright.check(...values)),
  };
  // An answer that never comes: the message of the first worker is lost.
  const { worker, made } = workers(api);
  const client = createClient({
    worker: () => {
      const own = worker();
      const first = made.length === 1;
      return Object.defineProperty(own, "onmessage", { set: (take) => Object.defineProperty(own, "onmessage", { value: (event) => (first && !event.data.ready ? undefined : take(event)) }), configurable: true });
    },
    timeout: 40,
  });
  await assert.rejects(client.check("x"), (error) => error instanceof EngineCrashed && /did not respond in time/.test(error.cause.message));
  assert.ok(made[0].ended);
  stuck = false;
  assert.equal((await client.check("x")).host, "plain");
  client.close();
});

test("an engine that cannot be loaded says why, and is asked for again", async () => {
  let tries = 0;
  const start = () => (tries++ === 0 ? Promise.reject(new Error("rolewright: it answered 404")) : Promise.resolve());
  const client = createClient({ worker: workers({ ...rolewright, default: start }).worker });
  await assert.rejects(client.check("x"), /it answered 404/);
  assert.equal((await client.check("x")).host, "plain");
});

test("closing rejects what waits and every later call", async () => {
  const { worker, made } = workers();
  const client = createClient({ worker });
  const calls = [client.check("1"), client.check("2")];
  client.close();
  for (const call of [...calls, client.check("3")]) await assert.rejects(call, /the client was closed/);
  assert.ok(made[0].ended);
});

test("what init takes is handed on to it", async () => {
  let given;
  const api = { ...rolewright, default: async (input) => (given = input) };
  const client = createClient({ worker: workers(api).worker, wasm: "./engine.wasm" });
  await client.check("x");
  assert.equal(given, "./engine.wasm");
});
