// Tests commands and panel with the real language server and a stand-in for the editor's module.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { missing, program } from "../../../tests/node/program.mjs";
import { commands } from "../src/commands.js";
import { promptOf, sourceOf } from "../src/mapping.js";
import { createPanel } from "../src/panel.js";

const skip = missing;
const ROLE = ".claude/agents/reviewer.md";
const FILES = {
  [ROLE]: "---\nname: reviewer\ndescription: Reviews a change for mistakes. Use when code was changed and needs a second look.\ntools: Read, Grep\n---\n# Reviewer 😀\n\n{{include:shared/tone.md}}\n\nReview the change.\n",
  "shared/tone.md": "Be kind.\n",
  "rolewright.json": "{}\n",
};

const folder = realpathSync(mkdtempSync(join(tmpdir(), "rolewright-vscode-")));
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A client of the protocol: `request(method, params)`. */
function connect() {
  const server = spawn(program, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  let buffer = Buffer.alloc(0);
  let next = 0;
  const send = (message) => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  server.stdout.on("data", (bytes) => {
    buffer = Buffer.concat([buffer, bytes]);
    for (;;) {
      const start = buffer.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, Math.max(start, 0)))?.[1]);
      if (start < 0 || buffer.length < start + 4 + length) return;
      const message = JSON.parse(buffer.subarray(start + 4, start + 4 + length));
      buffer = buffer.subarray(start + 4 + length);
      const settle = waiting.get(message.id);
      if (settle && !message.method) message.error ? settle.reject(new Error(message.error.message)) : settle.resolve(message.result);
    }
  });
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      next += 1;
      waiting.set(next, { resolve, reject });
      send({ id: next, method, params });
    });
  const notify = (method, params) => send({ method, params });
  const stop = async () => {
    await request("shutdown");
    notify("exit");
    await once(server, "close");
  };
  return { request, notify, stop };
}

let client;
before(async () => {
  if (skip) return;
  client = connect();
  const capabilities = { textDocument: { diagnostic: {} } };
  await client.request("initialize", { capabilities, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "w" }] });
  client.notify("initialized", {});
});
after(async () => {
  await client?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const uriOf = (path) => ({ scheme: "file", path, with: (parts) => uriOf(parts.path), toString: () => pathToFileURL(path).href });

/** A document as the editor hands it out. */
function documentOf(path) {
  const text = readFileSync(join(folder, path), "utf8");
  return { uri: uriOf(join(folder, path)), getText: () => text, offsetAt: ({ offset }) => offset, positionAt: (offset) => ({ offset }) };
}

/** The parts of the editor's module that the extension uses; what it was told is in `told`. */
function stand(active, answers = {}) {
  const told = { messages: [], opened: [], posted: [], shown: [], executed: [] };
  const listeners = {};
  const on = (name) => (listener) => ((listeners[name] = listener), { dispose() {} });
  const say = (kind) => (text) => void told.messages.push(`${kind}: ${text}`);
  const webview = { cspSource: "x:", asWebviewUri: String, onDidReceiveMessage: on("message"), postMessage: (message) => told.posted.push(message) };
  const editor = {
    window: {
      activeTextEditor: active && { document: active, selection: { active: { offset: 0 } } },
      showInformationMessage: say("info"),
      showWarningMessage: say("warning"),
      showErrorMessage: say("error"),
      showQuickPick: async (items) => items.find(({ description }) => description === answers.host),
      showTextDocument: async (document) => (told.shown.push(document), { revealRange() {} }),
      createWebviewPanel: () => ({ webview, reveal() {}, onDidDispose: on("dispose") }),
      onDidChangeTextEditorSelection: on("selection"),
      onDidChangeActiveTextEditor: on("active"),
    },
    workspace: {
      getConfiguration: () => ({ get: () => "http://127.0.0.1:8080/" }),
      openTextDocument: async (what) => (what.content === undefined ? documentOf(what.path.slice(folder.length + 1)) : what),
      onDidChangeTextDocument: on("change"),
    },
    commands: { executeCommand: async (name) => void told.executed.push(name) },
    env: { openExternal: async (uri) => void told.opened.push(uri) },
    Uri: { parse: (text) => text, joinPath: (...parts) => parts.join("/") },
    ViewColumn: { Beside: -2, One: 1 },
    Selection: class { constructor(start) { this.active = start; } },
    Range: class {},
  };
  return { editor, told, listeners };
}

const HOSTS = [{ id: "opencode", name: "OpenCode agent" }, { id: "cursor-agent", name: "Cursor subagent" }];
const all = (editor) => commands({ editor, request: client.request, address: String, hosts: HOSTS, deflate: deflateRawSync });

test("the server's map leads from every character of the prompt to its source and back", { skip }, async () => {
  const { compile } = all(stand().editor);
  const { prompt, segments } = await compile(documentOf(ROLE));
  assert.match(prompt, /^# Reviewer 😀\n\nBe kind\.\n/);
  for (let offset = 0; offset < prompt.length; offset += 1) {
    const source = sourceOf(segments, offset);
    const segment = segments.find(({ prompt: [start, end] }) => start <= offset && offset < end);
    if (segment.kind !== "literal") continue;
    assert.equal(FILES[source.path][source.offset], prompt[offset]);
    assert.equal(promptOf(segments, source.path, source.offset).offset, offset);
  }
});

test("the workspace is checked, and the answer says how many problems there are", { skip }, async () => {
  const { editor, told } = stand();
  await all(editor).checkWorkspace();
  assert.equal(told.messages.length, 1);
  assert.match(told.messages[0], /^(info: No problems found\.|warning: \d+ problems? in \d+ files?\.)$/);
});

test("a role is compiled for the host that is picked, and shown as an unsaved file", { skip }, async () => {
  const { editor, told } = stand(documentOf(ROLE), { host: "opencode" });
  await all(editor).compileFor();
  assert.equal(told.shown[0].language, "markdown");
  assert.match(told.shown[0].content, /Be kind\.\n/);
  assert.match(told.messages[0], /OpenCode agent reads this from \.opencode\//);
});

test("the link for the playground contains the role and the file that it includes", { skip }, async () => {
  const { editor, told } = stand(documentOf(ROLE));
  await all(editor).openInPlayground();
  const project = JSON.parse(inflateRawSync(Buffer.from(told.opened[0].split("#1")[1], "base64url")));
  const { "rolewright.json": _, ...files } = FILES;
  assert.deepEqual([project.f, project.e, project.t], [files, ROLE, "claude-code"]);
});

test("without an open role, a command says so", { skip }, async () => {
  const { editor, told } = stand();
  await all(editor).openInPlayground();
  assert.deepEqual(told.messages, ["info: Open a role first."]);
});

test("the panel shows the prompt, jumps to an included file, and highlights what the caret is in", { skip }, async () => {
  const role = documentOf(ROLE);
  const { editor, told, listeners } = stand(role);
  const context = { extensionUri: "ext", subscriptions: [] };
  const panel = createPanel({ editor, context, compile: all(editor).compile });
  panel.show();
  const shown = await until(() => told.posted.find(({ type }) => type === "prompt"));
  assert.match(shown.html, /title="shared\/tone\.md">Be kind\./);
  listeners.message({ type: "jump", offset: FILES[ROLE].match(/# Reviewer 😀\n\n/)[0].length + 3 });
  const target = await until(() => told.shown[0]);
  assert.equal(target.uri.path, join(folder, "shared/tone.md"));
  told.posted.length = 0;
  listeners.selection({ textEditor: { document: documentOf("shared/tone.md"), selection: { active: { offset: 3 } } } });
  assert.equal(told.posted[0].type, "highlight");
  assert.deepEqual(told.posted[0].range[0], 15);
});

async function until(look) {
  for (let turn = 0; turn < 200; turn += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return assert.fail("it did not happen");
}
