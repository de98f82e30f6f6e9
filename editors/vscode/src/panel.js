// The panel with the compiled prompt: follows the open role, and jumps between prompt and sources.

import { promptOf, rootOf, sourceOf, within } from "./mapping.js";
import { about, body, page } from "./view.js";

// Typing must not wait for the server; this is shorter than the pause between words.
const DELAY = 150;

/** `editor` is the module `vscode`; `compile(document)` asks the server for the prompt. */
export function createPanel({ editor, context, compile }) {
  const { window, workspace, Uri, ViewColumn, Selection, Range } = editor;
  let view = null;
  let shown = null;
  let timer = null;
  let asked = 0;

  function show() {
    const document = window.activeTextEditor?.document;
    if (!view) open();
    view.reveal(ViewColumn.Beside, true);
    if (document) refresh(document);
  }

  function open() {
    const folder = Uri.joinPath(context.extensionUri, "media");
    view = window.createWebviewPanel("rolewright.prompt", "Compiled prompt", { viewColumn: ViewColumn.Beside, preserveFocus: true }, {
      enableScripts: true,
      localResourceRoots: [folder],
    });
    const { webview } = view;
    const file = (name) => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
    webview.onDidReceiveMessage((message) => (message.type === "ready" ? render() : jump(message.offset)));
    webview.html = page({ nonce: crypto.randomUUID(), source: webview.cspSource, script: file("panel.js"), style: file("panel.css") });
    view.onDidDispose(() => {
      view = shown = null;
      clearTimeout(timer);
    });
  }

  function schedule(document) {
    clearTimeout(timer);
    if (view) timer = setTimeout(() => refresh(document), DELAY);
  }

  async function refresh(document) {
    const turn = ++asked;
    const compiled = await compile(document).catch(() => null);
    // A newer request has been sent, or the panel was closed.
    if (turn !== asked || !view || !compiled?.segments) return;
    const entry = compiled.includes[0]?.path ?? "";
    shown = { compiled, document, entry, root: rootOf(document.uri.path, entry) };
    render();
    follow(window.activeTextEditor);
  }

  function render() {
    if (!view || !shown) return;
    const { compiled, entry } = shown;
    view.title = `Prompt: ${entry.split("/").at(-1)}`;
    view.webview.postMessage({ type: "prompt", html: body({ ...compiled, entry }), about: about(compiled) });
  }

  /** From the prompt to its source. */
  async function jump(offset) {
    const source = shown && sourceOf(shown.compiled.segments, offset);
    if (!source) return;
    const uri = source.path === shown.entry || shown.root === null ? shown.document.uri : shown.document.uri.with({ path: within(shown.root, source.path) });
    const document = await workspace.openTextDocument(uri);
    const target = await window.showTextDocument(document, { viewColumn: ViewColumn.One });
    const position = document.positionAt(source.offset);
    target.selection = new Selection(position, position);
    target.revealRange(new Range(position, position));
  }

  /** From a source to the prompt. */
  function follow(target) {
    if (!view || !shown || !target) return;
    const path = pathIn(target.document);
    const found = path && promptOf(shown.compiled.segments, path, target.document.offsetAt(target.selection.active));
    view.webview.postMessage({ type: "highlight", range: found ? found.piece : null });
  }

  // Not an untitled text, a diff or an output.
  function isFile(uri) {
    return uri.scheme === "file" || workspace.getWorkspaceFolder(uri) !== undefined;
  }

  function pathIn(document) {
    if (document.uri.toString() === shown.document.uri.toString()) return shown.entry;
    const { path, scheme } = document.uri;
    const inside = shown.root !== null && scheme === shown.document.uri.scheme && path.startsWith(within(shown.root, ""));
    return inside ? path.slice(within(shown.root, "").length) : null;
  }

  context.subscriptions.push(
    window.onDidChangeTextEditorSelection(({ textEditor }) => follow(textEditor)),
    workspace.onDidChangeTextDocument(({ document }) => {
      // An included file changes the prompt as well.
      if (shown && pathIn(document)) schedule(shown.document);
    }),
    window.onDidChangeActiveTextEditor((target) => {
      if (!view || !target || !isFile(target.document.uri)) return;
      const path = shown && pathIn(target.document);
      const isPart = path && shown.compiled.includes.some((include) => include.path === path);
      if (isPart) follow(target);
      else schedule(target.document);
    }),
  );

  return { show };
}
