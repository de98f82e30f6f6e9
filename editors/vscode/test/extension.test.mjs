// Tests the entry point, bundled with stand-ins for VS Code's module and its client: what it registers and starts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${here}/package.json`, "utf8"));

const STANDINS = {
  vscode: "module.exports = globalThis.standin.vscode;",
  "vscode-languageclient/node": "module.exports = { LanguageClient: globalThis.standin.LanguageClient };",
  "../dist/hosts.json": "module.exports = [];",
};

const plugin = {
  name: "standins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(vscode.*|\.\.\/dist\/hosts\.json)$/ }, ({ path }) => ({ path, namespace: "standin" }));
    onLoad({ filter: /.*/, namespace: "standin" }, ({ path }) => ({ contents: STANDINS[path], loader: "js" }));
  },
};

const { outputFiles } = await build({ absWorkingDir: here, entryPoints: ["src/extension.js"], bundle: true, platform: "node", format: "esm", write: false, logLevel: "error", plugins: [plugin] });
const code = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`;

let times = 0;

/** Activates the extension with a setting for the program, and returns what it did. */
async function activated(path) {
  const did = { commands: [], started: [], stopped: 0, errors: [] };
  const on = () => ({ dispose() {} });
  globalThis.standin = {
    vscode: {
      window: { showErrorMessage: (message) => did.errors.push(message), onDidChangeTextEditorSelection: on, onDidChangeActiveTextEditor: on },
      workspace: { getConfiguration: () => ({ get: (name) => ({ path, settings: { profile: "core" } })[name] }), workspaceFolders: [], isTrusted: true, onDidChangeConfiguration: on, onDidGrantWorkspaceTrust: on, onDidChangeTextDocument: on },
      commands: { registerCommand: (name) => did.commands.push(name) },
    },
    LanguageClient: class {
      constructor(...given) {
        did.started.push(given);
      }
      async start() {}
      async stop() {
        did.stopped += 1;
      }
    },
  };
  const { activate, deactivate } = await import(`${code}#${++times}`);
  const context = { subscriptions: [] };
  const inherited = process.env.PATH;
  process.env.PATH = "";
  try {
    await activate(context);
    await deactivate();
  } finally {
    process.env.PATH = inherited;
  }
  return did;
}

test("every command of the manifest is registered, and no other", async () => {
  const { commands } = await activated("/my/rolewright");
  assert.deepEqual(commands.sort(), manifest.contributes.commands.map(({ command }) => command).sort());
});

test("the server is started with the settings, and stopped in the end", async () => {
  const { started, stopped, errors } = await activated("/my/rolewright");
  const [[, , server, client]] = started;
  assert.deepEqual([server.command, server.args], ["/my/rolewright", ["lsp"]]);
  assert.deepEqual(client.initializationOptions, { profile: "core" });
  assert.ok(client.documentSelector.every(({ scheme }) => scheme === "file"));
  assert.deepEqual([stopped, errors], [1, []]);
});

test("without a program, one message says what to install", async () => {
  const { started, errors, commands } = await activated("");
  assert.deepEqual(started, []);
  assert.equal(errors.length, 1);
  assert.match(errors[0], /^Rolewright was not found\. Install it/);
  assert.ok(commands.length > 0);
});
