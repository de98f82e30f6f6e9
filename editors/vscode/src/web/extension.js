// The extension's entry in VS Code for the Web: the language server runs in a worker, on a copy of the workspace.

import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import hosts from "../../dist/hosts.json" with { type: "json" };
import { LANGUAGES } from "../server.js";
import { createExtension } from "../start.js";
import { readWorkspace } from "./files.js";

export const { activate, deactivate } = createExtension({ editor: vscode, hosts, deflate, connect });

async function connect({ extensionUri, subscriptions }) {
  const { workspace, Uri } = vscode;
  const base = workspace.workspaceFolders?.[0]?.uri ?? Uri.parse("file:///");
  const { files, left } = await readWorkspace(workspace);
  if (left > 0) vscode.window.showWarningMessage(`Rolewright read ${files.length} files in this workspace; ${left} more exceed its limit and are not checked.`);
  const worker = new Worker(Uri.joinPath(extensionUri, "dist/web/worker.js").toString(true));
  const engine = await workspace.fs.readFile(Uri.joinPath(extensionUri, "dist/web/rolewright.wasm"));
  worker.postMessage({ engine, files });
  const watcher = workspace.createFileSystemWatcher("**/*");
  const send = async (uri) => {
    // What can no longer be read was deleted.
    const bytes = await workspace.fs.readFile(uri).then((bytes) => bytes, () => null);
    worker.postMessage({ path: uri.path, bytes });
  };
  subscriptions.push(watcher, watcher.onDidChange(send), watcher.onDidCreate(send), watcher.onDidDelete(send));
  const options = {
    documentSelector: LANGUAGES.map((language) => ({ scheme: base.scheme, language })),
    // Settings are proxies, which cannot be sent to a worker.
    initializationOptions: JSON.parse(JSON.stringify(workspace.getConfiguration("rolewright").get("settings"))),
    // The server knows paths; the workspace may be anywhere.
    uriConverters: {
      code2Protocol: (uri) => Uri.from({ scheme: "file", path: uri.path }).toString(),
      protocol2Code: (address) => base.with({ path: Uri.parse(address).path }),
    },
  };
  const client = new LanguageClient("rolewright", "Rolewright", options, worker);
  await client.start();
  return client;
}

async function deflate(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
