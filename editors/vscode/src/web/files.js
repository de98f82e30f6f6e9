// Reads the workspace for the language server, which cannot wait for a file.

/** What may be a role, be included by one, or configure the check. */
const FILES = "**/*.{md,mdc,markdown,toml,yaml,yml,json,jsonc,txt}";
const OTHERS = "**/{.roomodes,.kilocodemodes,.cursorrules,.clinerules,.windsurfrules,.gitignore}";
const MOST_FILES = 5000;
const MOST_BYTES = 32 << 20;
/** The engine reads no larger file. */
const MOST_OF_ONE = 1 << 20;

/** The files as `{ path, bytes }`, and how many were left out. `workspace` is that of VS Code. */
export async function readWorkspace(workspace) {
  const found = (await Promise.all([FILES, OTHERS].map((glob) => workspace.findFiles(glob, "**/{node_modules,target,.git}/**")))).flat();
  const files = [];
  let [size, left] = [0, Math.max(0, found.length - MOST_FILES)];
  for (const uri of found.slice(0, MOST_FILES)) {
    const bytes = await workspace.fs.readFile(uri).then((bytes) => bytes, () => null);
    if (!bytes || bytes.length > MOST_OF_ONE || size + bytes.length > MOST_BYTES) left += 1;
    else {
      files.push({ path: uri.path, bytes });
      size += bytes.length;
    }
  }
  return { files, left };
}
