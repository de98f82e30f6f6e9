// The extension's start: connects VS Code to the language server and registers the commands.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import hosts from "../dist/hosts.json" with { type: "json" };
import { commands } from "./commands.js";
import { createPanel } from "./panel.js";
import { LANGUAGES, NO_SERVER, findOnPath, serverCommand } from "./server.js";

let client = null;

export async function activate(context) {
  const request = async (method, params) => {
    if (!client) throw new Error(NO_SERVER);
    return client.sendRequest(method, params);
  };
  const all = commands({ editor: vscode, request, hosts, readFile });
  const panel = createPanel({ editor: vscode, context, compile: all.compile });
  const guarded = (run) => async () => {
    try {
      await run();
    } catch (error) {
      vscode.window.showErrorMessage(error.message);
    }
  };
  for (const [name, run] of Object.entries({ ...all, showPrompt: panel.show, restart: start })) {
    if (name !== "compile") context.subscriptions.push(vscode.commands.registerCommand(`rolewright.${name}`, guarded(run)));
  }
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("rolewright") && guarded(start)()),
    vscode.workspace.onDidGrantWorkspaceTrust(guarded(start)),
  );
  await guarded(start)();
}

export async function deactivate() {
  await client?.stop();
  client = null;
}

async function start() {
  await deactivate();
  const settings = vscode.workspace.getConfiguration("rolewright");
  const found = serverCommand({
    setting: settings.get("path"),
    folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    isTrusted: vscode.workspace.isTrusted,
    node: process.execPath,
    onPath: (name) => findOnPath(name, { path: process.env.PATH, platform: process.platform, delimiter, join, exists: existsSync }),
    exists: existsSync,
    join,
  });
  if (!found) throw new Error(NO_SERVER);
  const { command, args, env } = found;
  const server = { command, args, options: { env: { ...process.env, ...env } } };
  client = new LanguageClient("rolewright", "Rolewright", server, {
    documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
    initializationOptions: settings.get("settings"),
  });
  await client.start();
}

/** The text of a file, unsaved changes included, or null. */
async function readFile(path) {
  try {
    return (await vscode.workspace.openTextDocument(vscode.Uri.file(path))).getText();
  } catch {
    return null;
  }
}
