// Tests how the service worker treats the manual: fetched again, kept once visited, and no part of an installation.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { webcrypto } from "node:crypto";
import vm from "node:vm";

const source = readFileSync(fileURLToPath(new URL("../../www/sw.js", import.meta.url)), "utf8");
const SCOPE = "https://example.org/rolewright/";

/** The service worker with stand-ins for the caches and the network. */
function start(network) {
  const stores = new Map();
  const listeners = {};
  const caches = {
    keys: async () => [...stores.keys()],
    open: async (name) => {
      if (!stores.has(name)) stores.set(name, new Map());
      const store = stores.get(name);
      return { put: async (address, response) => void store.set(address, response), match: async (address) => store.get(address)?.clone() };
    },
  };
  const self = { registration: { scope: SCOPE }, addEventListener: (name, listener) => (listeners[name] = listener), clients: { matchAll: async () => [], claim: async () => {} } };
  const fetch = async (request) => network(request.url ?? request);
  vm.runInNewContext(source, { self, caches, fetch, crypto: webcrypto, URL, TextEncoder, Response, Request, Uint8Array, btoa, Error });
  const get = async (path) => {
    let answer;
    listeners.fetch({ request: { url: SCOPE + path, method: "GET", mode: "navigate" }, respondWith: (promise) => (answer = promise) });
    return (await answer).text();
  };
  const wait = async (name) => {
    let done;
    listeners[name]({ waitUntil: (promise) => (done = promise) });
    await done;
  };
  return { get, install: () => wait("install"), activate: () => wait("activate"), stores };
}

test("a page of the manual is fetched again, and kept for when there is no network", async () => {
  let [text, isOnline] = ["first", true];
  const worker = start(() => {
    if (!isOnline) throw new TypeError("offline");
    return new Response(text);
  });
  assert.equal(await worker.get("docs/ci.html#gitlab"), "first");
  text = "second";
  assert.equal(await worker.get("docs/ci.html"), "second");
  isOnline = false;
  assert.equal(await worker.get("docs/ci.html?x"), "second");
  await assert.rejects(worker.get("docs/design.html"), /offline/);
});

test("an installation fetches nothing of the manual, and an update keeps what was visited", async () => {
  const asked = [];
  const worker = start((url) => (asked.push(url), new Response("")));
  await worker.install();
  assert.deepEqual(asked.filter((url) => url.includes("/docs/")), []);
  await worker.get("docs/index.html");
  await worker.activate();
  assert.ok([...worker.stores.keys()].some((name) => name.startsWith("rolewright-manual ")));
});
