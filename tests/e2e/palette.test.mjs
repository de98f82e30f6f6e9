// Tests the command palette: commands, and whatever else has a name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

/** Opens the palette and types `words`; returns the remaining options. */
async function find(play, words) {
  await play.page.getByRole("button", { name: "Commands" }).click();
  await play.page.getByRole("combobox", { name: "Command" }).fill(words);
  return play.page.getByRole("listbox", { name: "Commands" }).getByRole("option");
}

test("the palette finds a file and opens it", async () => {
  const { play } = on;
  const page = await play.visit();
  await (await find(play, "style.md")).filter({ hasText: "File" }).first().click();
  await page.getByRole("textbox", { name: /^Role text, .*style\.md$/ }).waitFor();
});

test("the palette finds a heading of the prompt and goes to its line", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n\nIntro.\n\n## The far heading\n\nText.\n");
  await play.promptHolds("The far heading");
  await play.settled();
  await (await find(play, "far heading")).filter({ hasText: "Heading" }).click();
  await play.status.getByText("Ln 8, Col 1").waitFor();
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains("cm-content")));
});

test("the palette finds a host and compiles for it", async () => {
  const { play } = on;
  const page = await play.visit();
  await (await find(play, "compile for opencode")).filter({ hasText: "Compile for" }).first().click();
  await page.getByRole("button", { name: /^Compiled for OpenCode/ }).waitFor();
});

test("the palette finds an example and a project, and the way back", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("My own words.\n");
  await play.saved();
  await (await find(play, "docs writer")).filter({ hasText: "Example" }).click();
  await page.getByRole("button", { name: "Project: Docs writer" }).waitFor();
  await (await find(play, "new project")).filter({ hasText: /Project$/ }).click();
  await play.promptHolds("My own words.");
});

test("the palette finds the undo of what was just done", async () => {
  const { play } = on;
  const page = await play.visit();
  const file = page.getByRole("navigation", { name: "Files" }).getByRole("listitem").filter({ hasText: "review-style.md" });
  await file.hover();
  await file.getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("group", { name: "Notice" }).getByText(/^Deleted .*review-style\.md\.$/).waitFor();
  await (await find(play, "undo deleted")).first().click();
  await file.waitFor();
});
