// Tests that the focus stays on the page when the control that has it disappears.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage({ permissions: ["clipboard-read", "clipboard-write"] });

const ROLE = "---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, Grep, bash\n---\nReview the code.\n";
const PROJECT = /^Project: /;

/** What has the focus once the page has settled: its name or text. */
async function focused(play) {
  await play.settled();
  return play.page.evaluate(() => {
    const { activeElement: active } = document;
    return active === document.body ? "nothing" : (active.ariaLabel ?? active.textContent).trim();
  });
}

/** Presses the button of that name by keyboard. */
async function press(play, name) {
  await play.page.getByRole("button", { name }).first().focus();
  await play.page.keyboard.press("Enter");
}

test("every entry of a menu leaves the focus on the menu's button", async () => {
  const { play } = on;
  const page = await play.visit();
  for (const entry of [/^Copy link/, /^Copy as Markdown/, /^Copy as a task/, /^Copy command/]) {
    await press(play, "Share");
    await press(play, entry);
    assert.match(await focused(play), /^Share/, String(entry));
  }
  for (const entry of [/^New empty project/, /^Support desk/]) {
    await press(play, PROJECT);
    await press(play, entry);
    assert.match(await focused(play), PROJECT, String(entry));
  }
  await press(play, PROJECT);
  await press(play, /^Snapshots/);
  await page.getByRole("dialog", { name: "Snapshots" }).waitFor();
  await page.keyboard.press("Escape");
  assert.match(await focused(play), PROJECT);
});

test("an example of the welcome and a starter of an empty project lead to the editor", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("complementary", { name: "Welcome" }).getByRole("button", { name: "Examples" }).focus();
  await page.keyboard.press("Enter");
  await press(play, /^On-call template/);
  assert.match(await focused(play), /^Role text/);
  await press(play, PROJECT);
  await press(play, /^New empty project/);
  await press(play, /^\.claude\/agents|^Claude Code/);
  assert.match(await focused(play), /^Role text/);
});

test("closing a file's tab, or making its file the main one, leaves the focus on the tab in front", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.bring("a.md", ROLE);
  await play.bring("b.md", ROLE);
  const tabs = page.getByRole("group", { name: "Open files" });
  await tabs.getByRole("button", { name: "a.md", exact: true }).click();
  await press(play, "Make this the main file");
  assert.match(await focused(play), /^a\.md/);
  await press(play, "Close a.md");
  assert.match(await focused(play), /^b\.md/);
});

test("a rule that is turned off, and undo in the list, leave the focus in the list", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(ROLE.replace("Read,", "Read, Grpe,"));
  await play.problem("tool-case").waitFor();
  await play.problem("tool-case").getByRole("button", { name: /^Why/ }).focus();
  await page.keyboard.press("Enter");
  await press(play, "in the project");
  await play.problem("tool-case").waitFor({ state: "detached" });
  assert.match(await focused(play), /Grpe/);
});

test("undo after all safe fixes, and with the focus in the list, keeps the focus on the page", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(ROLE);
  await play.problem("tool-case").waitFor();
  await press(play, /^Apply all safe fixes/);
  await play.problem("tool-case").waitFor({ state: "detached" });
  assert.notEqual(await focused(play), "nothing");
  await page.keyboard.press("ControlOrMeta+z");
  assert.notEqual(await focused(play), "nothing");
  await play.write("Review.");
  await play.editor.focus();
  await play.write(ROLE);
  await play.problem("tool-case").getByRole("button").first().focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.notEqual(await focused(play), "nothing");
});
