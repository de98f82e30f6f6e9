// The extension's entry where programs can be started.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import hosts from "../dist/hosts.json" with { type: "json" };
import { LANGUAGES, NO_SERVER, findOnPath, serverCommand } from "./server.js";
import { createExtension } from "./start.js";

export const { activate, deactivate } = createExtension({ editor: vscode, hosts, deflate: deflateRawSync, connect });

async function connect() {
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
  const client = new LanguageClient("rolewright", "Rolewright", server, {
    documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
    initializationOptions: settings.get("settings"),
  });
  await client.start();
  return client;
}
