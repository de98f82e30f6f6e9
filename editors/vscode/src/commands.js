// The commands, without the editor's own module: it and the connection to the server are handed in.

import { rootOf } from "./mapping.js";
import { counted, outcome } from "./outcome.js";
import { link, used } from "./playground.js";

const COMPILED = "rolewright/compiledPrompt";

/**
 * `editor` is the module `vscode`; `request(method, params)` asks the server; `hosts` lists `{ id, name }`;
 * `readFile(path)` gives the text of a file, preferring what is unsaved, or null.
 */
export function commands({ editor, request, hosts, readFile }) {
  const { window, workspace, commands, env, Uri } = editor;

  /** The open document, or a message that there is none. */
  function active() {
    const document = window.activeTextEditor?.document;
    if (!document) window.showInformationMessage("Open a role first.");
    return document;
  }

  const compile = (document, to) => request(COMPILED, { textDocument: { uri: document.uri.toString() }, ...(to && { to }) });

  async function checkWorkspace() {
    const report = await request("workspace/diagnostic", { previousResultIds: [] });
    const message = counted(report);
    if (message.startsWith("No ")) return window.showInformationMessage(message);
    await commands.executeCommand("workbench.actions.view.problems");
    window.showWarningMessage(message);
  }

  async function compileFor() {
    const document = active();
    if (!document) return;
    const items = hosts.map(({ id, name }) => ({ label: name, description: id }));
    const picked = await window.showQuickPick(items, { placeHolder: "Compile for which host?", matchOnDescription: true });
    if (!picked) return;
    const compiled = await compile(document, picked.description);
    if (!compiled) return window.showErrorMessage("The language server does not know this file.");
    const { file, problem, losses } = outcome(compiled, picked.label);
    if (!file) return window.showErrorMessage(problem);
    const opened = await workspace.openTextDocument({ content: file.text, language: languageOf(file.path) });
    await window.showTextDocument(opened, { preview: false });
    const where = `${picked.label} reads this from ${file.path}.`;
    if (losses.length === 0) window.showInformationMessage(where);
    else window.showWarningMessage(`${where} It cannot express: ${losses.join("; ")}`);
  }

  async function openInPlayground() {
    const document = active();
    if (!document) return;
    const compiled = await compile(document);
    if (!compiled) return window.showErrorMessage("The language server does not know this file.");
    const entry = compiled.includes[0]?.path ?? document.uri.path.split("/").at(-1);
    const root = rootOf(document.uri.fsPath, entry);
    const files = { [entry]: document.getText() };
    for (const path of used(compiled, entry)) {
      const text = root === null ? null : await readFile(`${root}/${path}`);
      if (text !== null && !(path in files)) files[path] = text;
    }
    const address = workspace.getConfiguration("rolewright").get("playground");
    await env.openExternal(Uri.parse(link(address, { files, entry, name: entry, host: compiled.host }), true));
  }

  return { checkWorkspace, compileFor, openInPlayground, compile };
}

/** The editor's language for a file of a host. */
export function languageOf(path) {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? "";
  if (path.endsWith(".roomodes")) return "yaml";
  return { md: "markdown", mdc: "markdown", toml: "toml", json: "json", yaml: "yaml", yml: "yaml" }[extension] ?? "plaintext";
}
