// `rolewright lsp` with the client library of Visual Studio Code and with Neovim.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { A, FIRST, PROGRAM, folder, role } from "./command.mjs";
import { MATRIX, tools } from "./pack.mjs";

tools();
const protocol = createRequire(join(MATRIX, "package.json"))("vscode-languageserver-protocol/node");

/** A server in a folder, and a client that talks to it. */
function started(root) {
  const child = spawn(PROGRAM, [...FIRST, "lsp", "--stdio"], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const client = protocol.createProtocolConnection(new protocol.StreamMessageReader(child.stdout), new protocol.StreamMessageWriter(child.stdin));
  client.listen();
  const ended = new Promise((done) => child.once("exit", done));
  const uri = (path) => pathToFileURL(join(root, path)).href;
  return { child, client, ended, uri };
}

async function initialized(root, capabilities = {}) {
  const server = started(root);
  const { client, uri } = server;
  const { capabilities: offered } = await client.sendRequest("initialize", { processId: process.pid, rootUri: uri(""), capabilities });
  await client.sendNotification("initialized", {});
  return { ...server, offered };
}

async function stopped({ client, ended }) {
  await client.sendRequest("shutdown");
  await client.sendNotification("exit");
  assert.equal(await ended, 0);
}

const opened = (client, uri, text) => client.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "markdown", version: 1, text } });

/** The next diagnostics that are pushed for a file. */
const pushed = (client, uri) =>
  new Promise((done) => {
    const listening = client.onNotification("textDocument/publishDiagnostics", (told) => {
      if (told.uri !== uri) return;
      listening.dispose();
      done(told.diagnostics);
    });
  });

test("a client gets diagnostics as its user types, in the units that it counts in", async () => {
  const server = await initialized(folder({ [A]: role("a") }));
  const { client, uri, offered } = server;
  assert.equal(offered.positionEncoding, "utf-16");
  const first = pushed(client, uri(A));
  const text = role("a", "😀, bash");
  await opened(client, uri(A), text);
  const found = (await first).find((diagnostic) => diagnostic.code === "tool-case");
  assert.deepEqual(found.range, { start: { line: 3, character: 11 }, end: { line: 3, character: 15 } });
  const second = pushed(client, uri(A));
  const range = { start: { line: 3, character: 7 }, end: { line: 3, character: 15 } };
  await client.sendNotification("textDocument/didChange", { textDocument: { uri: uri(A), version: 2 }, contentChanges: [{ range, text: "Read" }] });
  assert.deepEqual(await second, []);
  await stopped(server);
});

test("a client asks for diagnostics, fixes, hovers, completions and symbols", async () => {
  const capabilities = { textDocument: { diagnostic: {} }, general: { positionEncodings: ["utf-8", "utf-16"] } };
  const server = await initialized(folder({ [A]: role("a", "Read, bash") }), capabilities);
  const { client, uri, offered } = server;
  assert.equal(offered.positionEncoding, "utf-8");
  const textDocument = { uri: uri(A) };
  await opened(client, uri(A), role("a", "Read, bash"));
  const { items } = await client.sendRequest("textDocument/diagnostic", { textDocument });
  assert.deepEqual(items.map((item) => item.code), ["tool-case"]);
  const [action] = await client.sendRequest("textDocument/codeAction", { textDocument, range: items[0].range, context: { diagnostics: items } });
  assert.match(action.title, /Replace `bash` with `Bash`/);
  const hover = await client.sendRequest("textDocument/hover", { textDocument, position: { line: 3, character: 1 } });
  assert.match(JSON.stringify(hover.contents), /tools/);
  const offers = await client.sendRequest("textDocument/completion", { textDocument, position: { line: 3, character: 13 } });
  assert.ok((offers.items ?? offers).some((item) => item.label === "Grep"));
  const symbols = await client.sendRequest("textDocument/documentSymbol", { textDocument });
  assert.match(JSON.stringify(symbols), /Reviewer/);
  await stopped(server);
});

const refused = (promise) => promise.then(() => undefined, (error) => error.code);

test("requests are answered in the order of the protocol: initialize, shutdown, exit", async () => {
  const root = folder({});
  const server = started(root);
  const { client } = server;
  assert.equal(await refused(client.sendRequest("textDocument/hover", {})), -32002);
  await client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  assert.equal(await refused(client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} })), -32600);
  assert.equal(await refused(client.sendRequest("no/such", {})), -32601);
  await client.sendRequest("shutdown");
  assert.equal(await refused(client.sendRequest("textDocument/hover", {})), -32600);
  await client.sendNotification("exit");
  assert.equal(await server.ended, 0);
  const rude = await initialized(root);
  await rude.client.sendNotification("exit");
  assert.equal(await rude.ended, 1);
  const gone = await initialized(root);
  gone.child.stdin.end();
  assert.equal(await gone.ended, 1);
});

test("nonsense and a text of 2 MB are survived", async () => {
  const server = await initialized(folder({}), { textDocument: { diagnostic: {} } });
  server.child.stdin.write("Content-Length: 9\r\n\r\n{nonsense");
  await opened(server.client, server.uri("big.md"), `# A\n\n${"word ".repeat(400_000)}\n`);
  const { items } = await server.client.sendRequest("textDocument/diagnostic", { textDocument: { uri: server.uri("big.md") } });
  assert.ok(Array.isArray(items));
  await stopped(server);
});

const noNeovim = spawnSync("nvim", ["--version"]).status !== 0 && "there is no nvim";

test("Neovim shows the diagnostics that it is sent", { skip: noNeovim }, () => {
  const root = folder({ [A]: role("a", "Read, bash") });
  const command = JSON.stringify([PROGRAM, ...FIRST, "lsp"]);
  writeFileSync(join(root, "run.lua"), `
    vim.cmd("edit ${A}")
    local id = vim.lsp.start_client({ cmd = vim.fn.json_decode([==[${command}]==]), root_dir = vim.fn.getcwd() })
    vim.lsp.buf_attach_client(0, id)
    vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
    local found = vim.tbl_map(function(d) return { d.lnum, d.col, d.code, d.message } end, vim.diagnostic.get(0))
    vim.fn.writefile({ vim.fn.json_encode(found) }, "found.json")
    vim.lsp.stop_client(id)
    vim.wait(5000, function() return vim.lsp.client_is_stopped(id) end, 50)
    vim.cmd("qall!")
  `);
  const { stderr } = spawnSync("nvim", ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile run.lua"], { cwd: root, encoding: "utf8", timeout: 60_000 });
  const found = JSON.parse(readFileSync(join(root, "found.json"), "utf8"));
  assert.deepEqual(found.map(([line, column, code]) => [line, column, code]), [[3, 13, "tool-case"]], stderr);
});
