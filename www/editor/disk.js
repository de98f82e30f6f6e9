//! Saves a project to a folder on this computer, exposed as the global `RolewrightDisk`. This requires
//! the File System Access API; in other browsers, `status` says so, and the ZIP archive is the alternative.

import { diskOf, keepDisk } from "./store.js";

// The files that the last save replaced, so that it can be undone.
let last = null;

/** The file handle of a path in a folder. */
async function handleOf(folder, path, create) {
  const names = path.split("/");
  const name = names.pop();
  let parent = folder;
  for (const part of names) parent = await parent.getDirectoryHandle(part, { create });
  return { parent, name, file: await parent.getFileHandle(name, { create }) };
}

/** The text of a file, with its byte-order mark; `null` if there is none. */
async function textOf(folder, path) {
  try {
    const { file } = await handleOf(folder, path, false);
    const bytes = await (await file.getFile()).arrayBuffer();
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error?.name === "NotFoundError") return null;
    throw error;
  }
}

async function put(folder, path, text) {
  const { file } = await handleOf(folder, path, true);
  const writable = await file.createWritable();
  await writable.write(text);
  await writable.close();
}

async function remove(folder, path) {
  const { parent, name } = await handleOf(folder, path, false);
  await parent.removeEntry(name);
}

/** The folder of a project, and whether the project has something that the folder lacks. */
async function status(id, files) {
  const canSave = typeof globalThis.showDirectoryPicker === "function";
  const disk = canSave ? await diskOf(id) : null;
  const isDirty = disk ? Object.entries(files).some(([path, text]) => disk.known[path] !== text) : false;
  return { canSave, folder: disk?.folder.name, isDirty };
}

/** Lets the user choose a folder, and saves there. */
async function link(id, files) {
  try {
    const folder = await globalThis.showDirectoryPicker({ id: "rolewright", mode: "readwrite" });
    await keepDisk(id, { folder, known: {} });
  } catch (error) {
    return error?.name === "AbortError" ? { state: "cancelled" } : { state: "failed", why: String(error?.message ?? error) };
  }
  return save(id, files, false);
}

/**
 * Writes the files that differ. Overwrites files that someone else changed since they were last read
 * or written here only if `isForced`.
 */
async function save(id, files, isForced) {
  const disk = await diskOf(id);
  if (!disk) return { state: "none" };
  const { folder, known } = disk;
  const result = { folder: folder.name, paths: [], left: [] };
  try {
    const permission = (await folder.requestPermission?.({ mode: "readwrite" })) ?? "granted";
    if (permission !== "granted") return { ...result, state: "denied" };
    const former = {};
    for (const [path, text] of Object.entries(files)) {
      const found = await textOf(folder, path);
      if (found !== text) former[path] = found;
    }
    const changed = Object.keys(former);
    const foreign = changed.filter((path) => former[path] !== null && former[path] !== known[path]);
    if (foreign.length && !isForced) return { ...result, state: "changed", paths: foreign };
    last = { id, former, files };
    for (const path of changed) await put(folder, path, files[path]);
    await keepDisk(id, { folder, known: files });
    return { ...result, state: "saved", paths: changed, left: Object.keys(known).filter((path) => !(path in files)) };
  } catch (error) {
    return { ...result, state: error?.name === "NotFoundError" ? "gone" : "failed", why: String(error?.message ?? error) };
  }
}

/** Restores the files that the last save replaced and that have not changed since; returns whether all worked. */
async function undo(id) {
  const disk = await diskOf(id);
  if (!disk || last?.id !== id) return false;
  const { folder, known } = disk;
  let isWhole = true;
  try {
    for (const [path, former] of Object.entries(last.former)) {
      if ((await textOf(folder, path)) !== last.files[path]) {
        isWhole = false;
        continue;
      }
      await (former === null ? remove(folder, path) : put(folder, path, former));
      if (former === null) delete known[path];
      else known[path] = former;
    }
    await keepDisk(id, { folder, known });
  } catch {
    return false;
  }
  last = null;
  return isWhole;
}

globalThis.RolewrightDisk = { status, link, save, undo };
