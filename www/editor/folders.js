//! Files, folders and ZIP archives from this computer, exposed as the global `RolewrightFolders`.

import { strToU8, unzipSync, zipSync } from "fflate";

// Larger files are rejected, because the checker does not accept them.
const MOST_BYTES = 1024 * 1024;

// Only these files are read from a folder or archive, because projects also contain code and
// images.
const TEXT = /(?:\.(?:md|mdc|markdown|txt|toml|jsonc?|ya?ml|prompt)|\/\.\w+rules|^\.\w+rules|\.(?:roo|kilocode)modes)$/i;
const SKIPPED = /(?:^|\/)(?:\.git|node_modules|target|dist|build)\//;
const MOST_FILES = 500;

/**
 * The files of a drop, a paste or a picker: `{ path, size, bytes }`, without bytes where they are too
 * large. Folders and archives are opened; their files keep their paths. `left` is how many were too many.
 */
async function read(source) {
  // The entries of a drop are no longer available after its event.
  const sources = source instanceof DataTransfer ? dropped(source) : [...source].map(ofFile);
  const found = [];
  for (const source of sources) found.push(...(await filesOf(source)));
  const taken = found.slice(0, MOST_FILES);
  return Object.assign(taken, { left: found.length - taken.length });
}

function dropped(transfer) {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const sources = items.map((item) => {
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? { folder: entry } : ofFile(item.getAsFile());
  });
  return sources.length ? sources : [...transfer.files].map(ofFile);
}

function ofFile(file) {
  // A folder picker provides the name of the folder, which is the root of the project.
  const path = file.webkitRelativePath ? rooted(file.webkitRelativePath) : file.name;
  return { file, path, isChosen: !file.webkitRelativePath };
}

/** A path relative to the chosen folder. A hidden folder, such as `.claude`, is itself a part of projects. */
function rooted(path) {
  return path.startsWith(".") ? path : path.slice(path.indexOf("/") + 1);
}

async function filesOf({ folder, file, path, isChosen }) {
  if (folder) return (await walk(folder)).filter(({ path }) => isText(path)).map(named);
  if (/\.zip$/i.test(path)) return archived(new Uint8Array(await file.arrayBuffer()));
  if (!isChosen && !isText(path)) return [];
  const bytes = file.size > MOST_BYTES ? null : new Uint8Array(await file.arrayBuffer());
  return [{ path, size: file.size, bytes }];
}

const isText = (path) => TEXT.test(path) && !SKIPPED.test(path);

const named = ({ path, ...file }) => ({ path: rooted(path), ...file });

async function walk(entry) {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    if (!isText(path)) return [];
    const file = await new Promise((done, fail) => entry.file(done, fail));
    return [{ path, size: file.size, bytes: file.size > MOST_BYTES ? null : new Uint8Array(await file.arrayBuffer()) }];
  }
  if (SKIPPED.test(`${path}/`)) return [];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const entries = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!entries.length) return found;
    for (const child of entries) found.push(...(await walk(child)));
  }
}

function archived(bytes) {
  const large = [];
  const isWanted = ({ name, originalSize }) => {
    if (!isText(name)) return false;
    if (originalSize > MOST_BYTES) large.push({ path: name, size: originalSize, bytes: null });
    return originalSize <= MOST_BYTES;
  };
  const files = Object.entries(unzipSync(bytes, { filter: isWanted }));
  // If an archive has a single top-level folder, that folder is the project.
  const root = /^[^./][^/]*\//.exec(files[0]?.[0] ?? "")?.[0];
  const cut = root && files.every(([path]) => path.startsWith(root)) && !/^(?:shared|roles|agents|skills|prompts)\//.test(root) ? root.length : 0;
  return [...files.map(([path, bytes]) => ({ path: path.slice(cut), size: bytes.length, bytes })), ...large];
}

globalThis.RolewrightFolders = {
  read,

  /** A ZIP archive of texts by path. */
  zip: (files) => zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
};
