// Tests the module of the custom element where there is no document; tests/e2e/embed.test.mjs tests the element.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { RolewrightPlayground, addressOf, define } from "../js/playground.js";

const SRC = "https://example.com/play/?theme=light";

test("the module can be imported where there is no document", () => {
  assert.equal(typeof RolewrightPlayground, "function");
  assert.equal(typeof define, "function");
});

test("the address asks for an embedded page, a theme and an example", async () => {
  assert.equal(await addressOf(SRC, { theme: "dark", example: "Docs writer" }), "https://example.com/play/?theme=dark&embed=1&example=Docs+writer");
});

test("the texts are in the fragment, which no server sees", async () => {
  const files = { "b.md": "Ünïcödé 😀\n", "a.md": "Second\n" };
  const address = new URL(await addressOf(SRC, { project: { files, host: "plain" } }));
  assert.match(address.hash, /^#1[\w-]+$/);
  const packed = Buffer.from(address.hash.slice(2), "base64url");
  const project = JSON.parse(inflateRawSync(packed).toString());
  assert.deepEqual(project, { f: files, e: "b.md", n: "From this page", v: {}, t: "plain", r: {} });
  assert.ok(!address.search.includes("Second"));
});
