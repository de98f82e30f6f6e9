// Tests the extension's logic without VS Code: which server starts, the mapping, the panel's HTML and links.

import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { promptOf, rootOf, sourceOf } from "../src/mapping.js";
import { counted, outcome } from "../src/outcome.js";
import { link, used } from "../src/playground.js";
import { findOnPath, serverCommand } from "../src/server.js";
import { about, body, page } from "../src/view.js";

const machine = (files, more = {}) => ({
  setting: "",
  folders: ["/project"],
  isTrusted: true,
  node: "/node",
  onPath: (name) => findOnPath(name, { path: "/usr/bin:/bin", platform: "linux", delimiter: ":", join: posix.join, exists: (path) => files.includes(path) }),
  exists: (path) => files.includes(path),
  join: posix.join,
  ...more,
});
const PACKAGE = "/project/node_modules/rolewright/cli/main.js";

test("the program of the settings comes first, then the one on PATH, then the workspace's package", () => {
  assert.deepEqual(serverCommand(machine(["/bin/rolewright"], { setting: "/my/rolewright" })), { command: "/my/rolewright", args: ["lsp"], from: "setting" });
  assert.deepEqual(serverCommand(machine(["/bin/rolewright", PACKAGE])), { command: "/bin/rolewright", args: ["lsp"], from: "path" });
  assert.deepEqual(serverCommand(machine([PACKAGE])).args, [PACKAGE, "lsp"]);
  assert.equal(serverCommand(machine([])), null);
});

test("a workspace that is not trusted cannot supply the program", () => {
  assert.equal(serverCommand(machine([PACKAGE], { isTrusted: false })), null);
  assert.equal(serverCommand(machine([PACKAGE, "/bin/rolewright"], { isTrusted: false })).from, "path");
});

// "Be kind.\n" of a.md, a blank line, and the value of a variable.
const SEGMENTS = [
  { prompt: [0, 9], path: "a.md", source: [4, 13], kind: "literal" },
  { prompt: [9, 10], path: "role.md", source: [20, 20], kind: "blank" },
  { prompt: [10, 17], path: "role.md", source: [20, 28], kind: "variable" },
  { prompt: [17, 20], path: "role.md", source: [28, 31], kind: "literal" },
];

test("a place in the prompt leads to its source", () => {
  assert.deepEqual(sourceOf(SEGMENTS, 3), { path: "a.md", offset: 7 });
  assert.deepEqual(sourceOf(SEGMENTS, 12), { path: "role.md", offset: 20 });
  assert.deepEqual(sourceOf(SEGMENTS, 18), { path: "role.md", offset: 29 });
  assert.deepEqual(sourceOf(SEGMENTS, 20), { path: "role.md", offset: 31 });
  assert.equal(sourceOf(SEGMENTS, 21), null);
  assert.equal(sourceOf([], 0), null);
});

test("a place in a source leads to the prompt, and what is not in it to nothing", () => {
  assert.deepEqual(promptOf(SEGMENTS, "a.md", 7), { piece: [0, 9], offset: 3 });
  assert.deepEqual(promptOf(SEGMENTS, "role.md", 24), { piece: [10, 17], offset: 10 });
  assert.deepEqual(promptOf(SEGMENTS, "role.md", 31), { piece: [17, 20], offset: 20 });
  assert.equal(promptOf(SEGMENTS, "a.md", 1), null);
  assert.equal(promptOf(SEGMENTS, "b.md", 7), null);
});

test("the root is the folder that the role's path is relative to", () => {
  assert.equal(rootOf("/project/.claude/agents/a.md", ".claude/agents/a.md"), "/project");
  assert.equal(rootOf("/c:/project/roles/a.md", "roles/a.md"), "/c:/project");
  assert.equal(rootOf("/a.md", "a.md"), "/");
  assert.equal(rootOf("/project/a.md", "b.md"), null);
});

test("the prompt becomes pieces that keep every character and say where they come from", () => {
  const html = body({ prompt: "a<b>&\nc", segments: [{ prompt: [0, 6], path: 'x".md', kind: "literal" }, { prompt: [6, 7], path: "role.md", kind: "variable" }], entry: "role.md" });
  assert.equal(html, '<span class="included literal" data-start="0" title="x&quot;.md">a&lt;b&gt;&amp;\n</span><span class="own variable" data-start="6">c</span>');
});

test("the panel loads its own files and runs its own script alone", () => {
  const html = page({ nonce: "n", source: "vscode:", script: "vscode:/panel.js", style: "vscode:/panel.css" });
  assert.match(html, /default-src &#39;none&#39;; style-src vscode:; script-src &#39;nonce-n&#39;/);
  assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="n" src="vscode:/panel.js">']);
});

test("one line says how large the prompt is", () => {
  const stats = { tokens: { estimate: 1234 }, limit: { max: 200, used: 50 } };
  assert.equal(about({ host: "copilot", stats, diagnostics: [{ severity: "error" }, { severity: "info" }] }), "copilot · about 1,234 tokens · 25% of the limit · 1 error");
  assert.equal(about({ host: "copilot", stats: { ...stats, limit: { max: 1024, used: 1 } }, diagnostics: [] }), "copilot · about 1,234 tokens · under 1% of the limit");
});

test("a link contains the files, in the form that the playground reads", async () => {
  const made = await link("http://127.0.0.1:8080/#old", { files: { "a.md": "é" }, entry: "a.md", name: "a.md", host: "plain" }, deflateRawSync);
  assert.match(made, /^http:\/\/127\.0\.0\.1:8080\/#1[\w-]+$/);
  const packed = Buffer.from(made.split("#1")[1], "base64url");
  assert.deepEqual(JSON.parse(inflateRawSync(packed)), { f: { "a.md": "é" }, e: "a.md", n: "a.md", v: {}, t: "plain", r: {} });
});

test("the files of a link are the role and what it includes, once each", () => {
  assert.deepEqual(used({ includes: [{ path: "a.md" }, { path: "b.md" }], segments: [{ path: "b.md" }, { path: "c.md" }] }, "a.md"), ["a.md", "b.md", "c.md"]);
});

test("where a host would be given more than the role may do, nothing is shown but the reason", () => {
  const loss = { severity: "error", message: "It could run commands." };
  const compiled = { file: null, losses: [loss], diagnostics: [] };
  assert.equal(outcome(compiled, "Cursor").problem, "Nothing was compiled for Cursor: It could run commands.");
  assert.equal(outcome({ ...compiled, file: { path: "a", text: "b" } }, "Cursor").problem, null);
});

test("problems are counted over files", () => {
  assert.equal(counted({ items: [{ items: [] }] }), "No problems found.");
  assert.equal(counted({ items: [{ items: [1] }, { items: [] }] }), "1 problem in 1 file.");
  assert.equal(counted({ items: [{ items: [1, 2] }, { items: [3] }] }), "3 problems in 2 files.");
});
