// Tests VS Code for the Web: the language server in a browser's worker, and the entry with stand-ins for VS Code.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launch } from "../../../tests/e2e/browser.mjs";
import { readWorkspace } from "../src/web/files.js";
import { WORKER, engine, missing } from "../worker.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const bundled = async (options) => (await build({ ...options, write: false, logLevel: "error" })).outputFiles[0].text;

const browsers = [];
after(() => Promise.all(browsers.map((browser) => browser.close())));

test("in a browser's worker, the server checks and compiles files that it has in memory", { skip: missing }, async () => {
  const browser = await launch();
  browsers.push(browser);
  const page = await browser.newPage();
  const role = "---\nname: clerk\ndescription: Files letters. Use when a letter arrives.\ntools: Read, Grpe\n---\n\n{{include:/shared/tone.md}}\n";
  const said = await page.evaluate(talk, { worker: await bundled(WORKER), engine: engine().toString("base64"), role });
  const rules = (report) => report.items.map(({ code }) => code);
  assert.deepEqual(rules(said.first), ["unknown-tool"]);
  assert.equal(said.compiled.prompt, "Be kind.\n");
  assert.deepEqual(rules(said.second), ["unknown-tool", "missing-include"]);
});

/** Runs in the page: talks to the worker as the editor's client does. */
async function talk({ worker: code, engine, role }) {
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  const encode = (text) => new TextEncoder().encode(text);
  const answers = new Map();
  worker.onmessage = ({ data }) => answers.get(data.id)?.(data.result ?? data.error);
  let next = 0;
  const send = (message) => worker.postMessage({ jsonrpc: "2.0", ...message });
  const ask = (method, params) =>
    new Promise((resolve) => {
      answers.set(++next, resolve);
      send({ id: next, method, params });
    });
  const bytes = Uint8Array.from(atob(engine), (c) => c.charCodeAt(0));
  const files = [
    { path: "/project/.claude/agents/clerk.md", bytes: encode(role) },
    { path: "/project/shared/tone.md", bytes: encode("Be kind.\n") },
  ];
  worker.postMessage({ engine: bytes, files });
  const uri = "file:///project/.claude/agents/clerk.md";
  const textDocument = { uri };
  await ask("initialize", { capabilities: { textDocument: { diagnostic: {} } }, workspaceFolders: [{ uri: "file:///project", name: "project" }] });
  send({ method: "initialized", params: {} });
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "markdown", version: 1, text: role } } });
  const first = await ask("textDocument/diagnostic", { textDocument });
  const compiled = await ask("rolewright/compiledPrompt", { textDocument });
  worker.postMessage({ path: "/project/shared/tone.md", bytes: null });
  send({ method: "workspace/didChangeWatchedFiles", params: { changes: [{ uri: "file:///project/shared/tone.md", type: 3 }] } });
  const second = await ask("textDocument/diagnostic", { textDocument });
  worker.terminate();
  return { first, compiled, second };
}

test("of a workspace, the files that matter are read up to a limit", async () => {
  const sizes = { "/w/a.md": 10, "/w/big.md": 2 << 20, "/w/gone.md": null };
  const workspace = {
    findFiles: async (glob) => (glob.includes(".md") || glob.includes("{md") ? Object.keys(sizes).map((path) => ({ path })) : []),
    fs: { readFile: async ({ path }) => (sizes[path] === null ? Promise.reject(new Error("gone")) : new Uint8Array(sizes[path])) },
  };
  const { files, left } = await readWorkspace(workspace);
  assert.deepEqual([files.map(({ path }) => path), left], [["/w/a.md"], 2]);
});

test("the entry gives the worker engine and files, and maps addresses to the workspace's own and back", async () => {
  const did = { posted: [], clients: [], errors: [], commands: [] };
  globalThis.web = standIns(did);
  const code = await bundled({ absWorkingDir: here, entryPoints: ["src/web/extension.js"], bundle: true, platform: "browser", format: "esm", plugins: [plugin] });
  const { activate, deactivate } = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  await activate({ extensionUri: uri("ext", "/rolewright"), subscriptions: [] });
  assert.deepEqual(did.errors, []);
  assert.ok(did.commands.includes("rolewright.showPrompt"));
  assert.deepEqual(did.posted[0].files.map(({ path }) => path), ["/owner/project/a.md"]);
  const [{ uriConverters, documentSelector }] = did.clients;
  assert.equal(uriConverters.code2Protocol(uri("vscode-vfs", "/owner/project/a.md")), "file:///owner/project/a.md");
  assert.equal(uriConverters.protocol2Code("file:///owner/project/a.md").scheme, "vscode-vfs");
  assert.ok(documentSelector.every(({ scheme }) => scheme === "vscode-vfs"));
  await deactivate();
});

const uri = (scheme, path) => ({ scheme, path, with: (parts) => uri(scheme, parts.path), toString: () => `${scheme}://${path}` });

function standIns(did) {
  const on = () => ({ dispose() {} });
  const Uri = { parse: (text) => uri(text.split(":")[0], new URL(text).pathname), from: ({ scheme, path }) => uri(scheme, path), joinPath: (base, path) => uri(base.scheme, `${base.path}/${path}`) };
  globalThis.Worker = class {
    postMessage(message) {
      did.posted.push(message);
    }
  };
  return {
    vscode: {
      Uri,
      window: { showErrorMessage: (text) => did.errors.push(text), onDidChangeTextEditorSelection: on, onDidChangeActiveTextEditor: on },
      workspace: {
        workspaceFolders: [{ uri: uri("vscode-vfs", "/owner/project") }],
        getConfiguration: () => ({ get: () => ({}) }),
        findFiles: async (glob) => (glob.includes("{md") ? [uri("vscode-vfs", "/owner/project/a.md")] : []),
        fs: { readFile: async () => new Uint8Array(3) },
        createFileSystemWatcher: () => ({ onDidChange: on, onDidCreate: on, onDidDelete: on }),
        onDidChangeConfiguration: on,
        onDidGrantWorkspaceTrust: on,
        onDidChangeTextDocument: on,
      },
      commands: { registerCommand: (name) => did.commands.push(name) },
    },
    LanguageClient: class {
      constructor(id, name, options) {
        did.clients.push(options);
      }
      async start() {}
      async stop() {}
    },
  };
}

const plugin = {
  name: "standins",
  setup({ onResolve, onLoad }) {
    const contents = {
      vscode: "module.exports = globalThis.web.vscode;",
      "vscode-languageclient/browser": "module.exports = { LanguageClient: globalThis.web.LanguageClient };",
      "../../dist/hosts.json": "module.exports = [];",
    };
    onResolve({ filter: /^(vscode.*|\.\.\/\.\.\/dist\/hosts\.json)$/ }, ({ path }) => ({ path, namespace: "standin" }));
    onLoad({ filter: /.*/, namespace: "standin" }, ({ path }) => ({ contents: contents[path], loader: "js" }));
  },
};
