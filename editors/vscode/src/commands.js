// The commands. The editor's module and the connection to the server are passed in, so that tests can replace them.

import { rootOf, within } from "./mapping.js";
import { counted, outcome } from "./outcome.js";
import { link, used } from "./playground.js";

const COMPILED = "rolewright/compiledPrompt";

/**
 * `editor` is the module `vscode`; `request(method, params)` asks the server, which knows a file by `address(uri)`;
 * `hosts` lists `{ id, name }`; `deflate(text)` compresses a text for a link.
 */
export function commands({ editor, request, address, hosts, deflate }) {
  const { window, workspace, commands, env, Uri } = editor;

  /** The open document, or a message that there is none. */
  function active() {
    const document = window.activeTextEditor?.document;
    if (!document) window.showInformationMessage("Open a role first.");
    return document;
  }

  const compile = (document, to) => request(COMPILED, { textDocument: { uri: address(document.uri) }, ...(to && { to }) });

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
    if (!compiled) return window.showErrorMessage("The language server has no result for this file.");
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
    if (!compiled) return window.showErrorMessage("The language server has no result for this file.");
    const entry = compiled.includes[0]?.path ?? document.uri.path.split("/").at(-1);
    const root = rootOf(document.uri.path, entry);
    const files = { [entry]: document.getText() };
    for (const path of used(compiled, entry)) {
      const text = root === null ? null : await readFile(document.uri.with({ path: within(root, path) }));
      if (text !== null && !(path in files)) files[path] = text;
    }
    const playground = workspace.getConfiguration("rolewright").get("playground");
    await env.openExternal(Uri.parse(await link(playground, { files, entry, name: entry, host: compiled.host }, deflate), true));
  }

  /** The text of a file, unsaved changes included, or null. */
  async function readFile(uri) {
    try {
      return (await workspace.openTextDocument(uri)).getText();
    } catch {
      return null;
    }
  }

  return { checkWorkspace, compileFor, openInPlayground, compile };
}

/** The editor's language for a file of a host. */
export function languageOf(path) {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? "";
  if (/\.(roo|kilocode)modes$/.test(path)) return "yaml";
  return { md: "markdown", mdc: "markdown", toml: "toml", json: "json", yaml: "yaml", yml: "yaml" }[extension] ?? "plaintext";
}
