// Decides which program serves the editor. Starts nothing.

/**
 * The program to start, or null if there is none.
 *
 * `setting` is the path in the settings; `folders` are the workspace's folders; `onPath(name)` and `exists(path)`
 * look at the machine. A program from the workspace runs only if the workspace is trusted.
 */
export function serverCommand({ setting, folders, isTrusted, node, onPath, exists, join }) {
  if (setting) return { command: setting, args: ["lsp"], from: "setting" };
  const native = onPath("rolewright");
  if (native) return { command: native, args: ["lsp"], from: "path" };
  if (!isTrusted) return null;
  for (const folder of folders) {
    const script = join(folder, "node_modules", "rolewright", "cli", "main.js");
    // The editor's own Node runs it, so that none has to be installed.
    if (exists(script)) return { command: node, args: [script, "lsp"], env: { ELECTRON_RUN_AS_NODE: "1" }, from: "package" };
  }
  return null;
}

/** The first `name` on a PATH, or null. */
export function findOnPath(name, { path, platform, delimiter, join, exists }) {
  const names = platform === "win32" ? [`${name}.exe`] : [name];
  for (const folder of (path ?? "").split(delimiter).filter(Boolean)) {
    for (const file of names) if (exists(join(folder, file))) return join(folder, file);
  }
  return null;
}

/** The message if no program was found. */
export const NO_SERVER =
  "Rolewright was not found. Install it with `npm install --save-dev rolewright` in the workspace, or put the native `rolewright` on PATH and set `rolewright.path` if it is elsewhere.";

/** The languages of files that can be roles. */
export const LANGUAGES = ["markdown", "chatagent", "prompt", "instructions", "toml", "yaml", "json", "jsonc", "plaintext"];
