// Tests saving to a folder on this computer. The folder is in the browser's own file system, which has
// the same handles and needs no picker.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

/** A visit whose picker gives the folder "project" of the browser's own file system. */
async function visit(play) {
  await play.context.addInitScript(() => {
    globalThis.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("project", { create: true });
  });
  return play.visit();
}

/** The text of a file on disk; `null` if there is none. */
const onDisk = (play, path) =>
  play.page.evaluate(async (path) => {
    try {
      let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("project");
      const names = path.split("/");
      for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
      return await (await (await folder.getFileHandle(names.at(-1))).getFile()).text();
    } catch {
      return null;
    }
  }, path);

/** Writes a file in the folder, as another program would. */
const elsewhere = (play, name, text) =>
  play.page.evaluate(
    async ([name, text]) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("project", { create: true });
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writable.write(text);
      await writable.close();
    },
    [name, text],
  );

async function choose(play) {
  await play.page.getByRole("button", { name: /^Project: / }).click();
  await play.page.getByRole("button", { name: "Save to a folder…" }).click();
}

/** The notice with that text. */
const notice = (play, text) => play.page.getByRole("group", { name: "Notice" }).getByText(text);

const press = async (play, key) => {
  await play.editor.focus();
  await play.page.keyboard.press(key);
};

test("a project is saved to a folder, again with Ctrl-S, and undo puts the folder back", async () => {
  const { play } = on;
  const page = await visit(play);
  await play.write("One.\n");
  await play.settled();
  await choose(play);
  await notice(play, "Saved 1 file to project.").waitFor();
  await play.status.getByText("Saved to disk", { exact: true }).waitFor();
  assert.equal(await onDisk(play, "role.md"), "One.\n");
  await play.write("Two.\n");
  await play.status.getByText("Not saved to disk").waitFor();
  await press(play, "ControlOrMeta+s");
  await play.status.getByText("Saved to disk", { exact: true }).waitFor();
  assert.equal(await onDisk(play, "role.md"), "Two.\n");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await notice(play, "The folder was restored.").waitFor();
  assert.equal(await onDisk(play, "role.md"), "One.\n");
  await play.status.getByText("Not saved to disk").waitFor();
});

test("files keep their folders, and undo of a first save leaves none behind", async () => {
  const { play } = on;
  const page = await visit(play);
  await choose(play);
  await notice(play, /^Saved \d+ files to project\.$/).waitFor();
  assert.match(await onDisk(play, ".claude/agents/code-reviewer.md"), /^---\nname: code-reviewer/);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await notice(play, "The folder was restored.").waitFor();
  assert.equal(await onDisk(play, ".claude/agents/code-reviewer.md"), null);
});

test("what somebody else changed on disk is written over only on request", async () => {
  const { play } = on;
  const page = await visit(play);
  await play.write("Mine.\n");
  await play.settled();
  await elsewhere(play, "role.md", "Theirs.\n");
  await choose(play);
  await notice(play, "role.md has different contents in project. Nothing was saved there.").waitFor();
  assert.equal(await onDisk(play, "role.md"), "Theirs.\n");
  await play.status.getByText("Not saved to disk").waitFor();
  await page.getByRole("button", { name: "Overwrite" }).click();
  await notice(play, "Saved 1 file to project.").waitFor();
  assert.equal(await onDisk(play, "role.md"), "Mine.\n");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await notice(play, "The folder was restored.").waitFor();
  assert.equal(await onDisk(play, "role.md"), "Theirs.\n");
});

test("after a reload the project still knows its folder, and what the folder lacks", async () => {
  const { play } = on;
  const page = await visit(play);
  await play.write("One.\n");
  await play.settled();
  await choose(play);
  await play.status.getByText("Saved to disk", { exact: true }).waitFor();
  await play.write("Two.\n");
  await play.saved();
  await page.reload();
  await play.status.getByText("Not saved to disk").waitFor();
  await press(play, "ControlOrMeta+s");
  await play.status.getByText("Saved to disk", { exact: true }).waitFor();
  assert.equal(await onDisk(play, "role.md"), "Two.\n");
});

test("where the browser refuses, the page says so and nothing is called saved", async () => {
  const { play } = on;
  const page = await visit(play);
  await play.write("One.\n");
  await play.settled();
  await page.evaluate(() => (FileSystemHandle.prototype.requestPermission = async () => "denied"));
  await choose(play);
  await notice(play, "The browser was not allowed to save to project.").waitFor();
  await play.status.getByText("Not saved to disk").waitFor();
  assert.equal(await onDisk(play, "role.md"), null);
});

test("a browser that cannot save to a folder offers the archive", async () => {
  const { play } = on;
  await play.context.addInitScript(() => delete globalThis.showDirectoryPicker);
  const page = await play.visit();
  await page.getByRole("button", { name: /^Project: / }).click();
  assert.equal(await page.getByRole("button", { name: "Save to a folder…" }).count(), 0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("F1");
  await page.getByRole("combobox", { name: "Command" }).fill("save to a folder");
  await page.keyboard.press("Enter");
  await notice(play, "This browser cannot save to a folder.").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  assert.match((await download).suggestedFilename(), /\.zip$/);
});
