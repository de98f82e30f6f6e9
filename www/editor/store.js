//! Projects and their snapshots in IndexedDB, exposed as the global `RolewrightStore`.
//!
//! Database writes are asynchronous, so until one completes, the text is also in localStorage, which is
//! synchronous: a tab that is closed or crashes loses nothing. The next visit moves what it finds there to the
//! database, along with everything from earlier versions, which had only localStorage. If the browser denies
//! the database, localStorage is used alone.

import { openDB } from "idb";

const LAST = "rolewright:last";
const PROJECT = "rolewright:project:";

// The interval between automatic snapshots, and the number of snapshots to keep.
const SNAPSHOT_MS = 10 * 60_000;
const MOST_SNAPSHOTS = 50;

// Larger projects are written to localStorage only when the page is closed, because that takes a frame.
const LARGE = 256 * 1024;

// The capacity of localStorage, in UTF-16 units. Trying to write more takes so long that a slow
// browser closes the page without asking.
const MOST_NOTED = 5 * 1024 * 1024;

// A browser that does not answer must not keep the page from starting.
const PATIENCE_MS = 3000;

const local = area("localStorage");
const tab = area("sessionStorage");
/** The writes in progress: the data being written, by project. */
const writing = new Map();
/** The folders of the projects of this visit; the database may be denied. */
const disks = new Map();
let database = null;
/** Ends when the database is open, or denied. */
let opened;
let isLeaving = false;

/** Storage that the browser may deny by throwing. */
function area(name) {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}

async function open() {
  const opening = openDB("rolewright", 1, {
    upgrade(db) {
      db.createObjectStore("records", { keyPath: "id" }).createIndex("of", "of");
      db.createObjectStore("texts");
      db.createObjectStore("disks");
    },
    // Do not block a newer version of the page in another tab.
    blocking: (_current, _next, event) => event.target.close(),
    terminated: () => (database = null),
  });
  const done = opening.then((db) => (database = db));
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** Both stores in one transaction, which `run` fills; done once everything is on disk. */
async function change(run) {
  if (!database) await opened;
  if (!database) throw new Error("IndexedDB is not available");
  const transaction = database.transaction(["records", "texts"], "readwrite");
  const work = run(transaction.objectStore("records"), transaction.objectStore("texts"));
  // The transaction's own error is more specific than those of its requests.
  const [done, result] = await Promise.allSettled([transaction.done, work]);
  if (done.status === "rejected") throw done.reason;
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

/** Stores a text where it survives the end of the page; returns whether there was room. */
function note(id, at, workspace) {
  try {
    local.setItem(PROJECT + id, JSON.stringify({ at, workspace }));
    return true;
  } catch {
    return false;
  }
}

function noted(id) {
  try {
    return JSON.parse(local?.getItem(PROJECT + id) ?? "null");
  } catch {
    return null;
  }
}

const notedIds = () => (local ? Object.keys(local).filter((key) => key.startsWith(PROJECT)).map((key) => key.slice(PROJECT.length)) : []);

// Ask only if neither storage has the text yet. The page writes its unsaved data in the capture
// phase of this event.
addEventListener("beforeunload", (event) => {
  const isSafe = ([id, { at, workspace }]) => sizeOf(workspace) < MOST_NOTED && note(id, at, workspace);
  if (![...writing].every(isSafe)) event.preventDefault();
});
addEventListener("pageshow", () => (isLeaving = false));
addEventListener("pagehide", () => {
  isLeaving = true;
  for (const [id, { at, workspace }] of writing) note(id, at, workspace);
});

/** Moves the noted projects to the database, unless the database has newer versions. */
async function moveNotes() {
  for (const id of notedIds()) {
    const text = local.getItem(PROJECT + id);
    const kept = noted(id);
    if (!kept?.workspace) continue;
    await change(async (records, texts) => {
      const record = await records.get(id);
      if (record?.at >= kept.at) return;
      await Promise.all([records.put(recordOf(id, kept.at, kept.workspace, record)), texts.put(kept.workspace, id)]);
    });
    if (local.getItem(PROJECT + id) === text) local.removeItem(PROJECT + id);
  }
}

/** Deletes the snapshots of deleted projects. This waits for the next visit, so that a deletion can be undone. */
async function tidy() {
  await change(async (records, texts) => {
    const all = await records.getAll();
    const projects = new Set([...all.filter(({ of }) => !of).map(({ id }) => id), ...notedIds()]);
    const orphans = all.filter(({ of }) => of && !projects.has(of));
    await Promise.all(orphans.flatMap(({ id }) => [records.delete(id), texts.delete(id)]));
  });
}

const sizeOf = ({ files }) => Object.values(files).reduce((sum, text) => sum + text.length, 0);

const recordOf = (id, at, { name }, former) => ({ id, name, at, made: former?.made ?? at });

async function read(id) {
  if (!database) await opened;
  const note = noted(id);
  if (!database) return note;
  const transaction = database.transaction(["records", "texts"]);
  const [record, workspace] = await Promise.all([transaction.objectStore("records").get(id), transaction.objectStore("texts").get(id), transaction.done]);
  return workspace && !(note?.at > record.at) ? { at: record.at, workspace } : note;
}

/** Writes a project: "yes", "pending" if a later write of it is still under way, "full" or "blocked". */
async function write(id, workspace) {
  const at = Date.now();
  const own = { at, workspace };
  writing.set(id, own);
  const isNoted = (sizeOf(workspace) < LARGE || isLeaving || !database) && note(id, at, workspace);
  try {
    await put(id, at, workspace).catch((error) => (isFull(error) ? putWithoutSnapshots(id, at, workspace) : Promise.reject(error)));
  } catch (error) {
    if (isNoted || note(id, at, workspace)) return "yes";
    return isFull(error) || local ? "full" : "blocked";
  } finally {
    if (writing.get(id) === own) writing.delete(id);
  }
  // A later write has its own note.
  if (writing.has(id)) return "pending";
  local?.removeItem(PROJECT + id);
  return "yes";
}

const isFull = (error) => error?.name === "QuotaExceededError";

function put(id, at, workspace) {
  return change(async (records, texts) => {
    const former = await records.get(id);
    if (former && (await isSnapshotDue(records, former))) await addSnapshot(records, texts, former, "");
    await Promise.all([records.put(recordOf(id, at, workspace, former)), texts.put(workspace, id)]);
  });
}

/** The text matters more than its former versions. */
async function putWithoutSnapshots(id, at, workspace) {
  await change(async (records, texts) => {
    const automatic = (await records.index("of").getAll(id)).filter(({ name }) => !name);
    await Promise.all(automatic.flatMap(({ id }) => [records.delete(id), texts.delete(id)]));
  });
  return put(id, at, workspace);
}

async function isSnapshotDue(records, { id, made }) {
  const snapshots = await records.index("of").getAll(id);
  return Date.now() - Math.max(made, ...snapshots.map(({ taken }) => taken)) >= SNAPSHOT_MS;
}

/** Keeps the stored version of a project; if there are too many, deletes the oldest unnamed one. */
async function addSnapshot(records, texts, { id: of, at }, name) {
  const taken = Date.now();
  const id = `${of}@${taken}-${Math.random().toString(36).slice(2)}`;
  await Promise.all([records.put({ id, of, name, at, taken }), texts.put(await texts.get(of), id)]);
  const all = (await records.index("of").getAll(of)).sort((a, b) => a.taken - b.taken);
  if (all.length <= MOST_SNAPSHOTS) return;
  const oldest = all.find(({ name }) => !name) ?? all[0];
  await Promise.all([records.delete(oldest.id), texts.delete(oldest.id)]);
}

/** Keeps the stored version of a project under a name; returns whether that worked. */
async function snapshot(id, name) {
  // Requested once the user has shown that this project matters, not on a first visit.
  navigator.storage?.persist?.().catch(() => {});
  try {
    return await change(async (records, texts) => {
      const record = await records.get(id);
      if (record) await addSnapshot(records, texts, record, name);
      return Boolean(record);
    });
  } catch {
    return false;
  }
}

/** The snapshots of a project, newest first. */
async function snapshots(id) {
  const all = database ? await database.getAllFromIndex("records", "of", id) : [];
  return all.sort((a, b) => b.taken - a.taken);
}

/** All projects, newest first. */
async function list() {
  if (!database) await opened;
  const records = database ? (await database.getAll("records")).filter(({ of }) => !of) : [];
  const known = new Map(records.map((record) => [record.id, record]));
  for (const id of notedIds()) {
    const note = noted(id);
    if (note?.workspace && !(known.get(id)?.at >= note.at)) known.set(id, recordOf(id, note.at, note.workspace));
  }
  return [...known.values()].sort((a, b) => b.at - a.at);
}

/** Deletes a project; its snapshots stay until the next visit. */
async function remove(id) {
  local?.removeItem(PROJECT + id);
  if (!database) await opened;
  if (database) await change((records, texts) => Promise.all([records.delete(id), texts.delete(id)]));
}

/** The project of this tab, or else the one used last. */
async function begin() {
  opened = open().catch(() => {});
  const moved = opened.then(() => database && moveNotes().then(tidy)).catch(() => {});
  const ids = [tab?.getItem(LAST), local?.getItem(LAST)].filter(Boolean);
  // A first visit does not wait for the database.
  if (local && !ids.length) return {};
  await moved;
  for (const id of new Set(ids)) {
    const kept = await read(id).catch(() => null);
    if (kept) return { id, kept };
  }
  return {};
}

/** `{ folder, known }`: the folder that a project is saved to, and the known content of its files. */
export async function diskOf(id) {
  return disks.get(id) ?? database?.get("disks", id) ?? null;
}

export async function keepDisk(id, disk) {
  disks.set(id, disk);
  await database?.put("disks", disk, id);
}

let current = {};

globalThis.RolewrightStore = {
  /** Resolves when `current` can be called. */
  ready: begin().then((found) => (current = found)),
  current: () => ({ ...current, works: Boolean(database ?? local) }),
  choose(id) {
    for (const storage of [tab, local]) {
      try {
        storage?.setItem(LAST, id);
      } catch {
        // If storage is full, the next visit starts with the previous project.
      }
    }
  },
  read,
  write,
  list,
  remove,
  snapshot,
  snapshots,
};
