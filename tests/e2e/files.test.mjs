// Tests the files of a project: the main file, imports and renames.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const rail = (play) => play.page.getByRole("navigation", { name: "Files" });

/** Drops files on the page, as from a folder of this computer. */
async function drop(play, files) {
  const data = await play.page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/markdown" }));
    return data;
  }, files);
  await play.page.dispatchEvent("body", "drop", { dataTransfer: data });
}

test("a new file leaves the prompt as it is, and can be made the main file", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("The main role.");
  await play.promptHolds("The main role.");
  await rail(play).getByRole("button", { name: "New file" }).click();
  await page.getByRole("textbox", { name: "File path" }).fill("other.md");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Role text, other.md" }).waitFor();
  await play.write("The other role.");
  await play.settled();
  await play.promptHolds("The main role.");
  await page.getByRole("button", { name: "Make this the main file", exact: true }).click();
  await play.promptHolds("The other role.");
});

test("a file that is dropped on one's own work does not become the main file unasked", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("The main role.");
  await play.promptHolds("The main role.");
  await drop(play, [["tone.md", "Be kind."]]);
  await page.getByRole("textbox", { name: "Role text, tone.md" }).waitFor();
  await play.settled();
  await play.promptHolds("The main role.");
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Make it the main file" }).click();
  await play.promptHolds("Be kind.");
});

test("of several files dropped on the example, the one no other includes is the main file, and the example goes", async () => {
  const { play } = on;
  const page = await play.visit();
  await drop(play, [["a-tone.md", "Be kind."], ["reviewer.md", "You review.\n\n{{include:a-tone.md}}\n"]]);
  await page.getByRole("textbox", { name: "Role text, reviewer.md" }).waitFor();
  await play.promptHolds("You review.");
  await play.promptHolds("Be kind.");
  assert.equal(await rail(play).getByRole("listitem").count(), 2);
});

const focused = (play, id) => play.page.waitForFunction((id) => document.activeElement?.id === id, id);

test("a file that is not text, or too long to be checked, is refused with the reason", async () => {
  const { play } = on;
  const page = await play.visit();
  await drop(play, [["binary.md", "a\0b"]]);
  await page.getByRole("group", { name: "Notice" }).getByText("contains NUL bytes").waitFor();
  await drop(play, [["long.md", "x".repeat((1 << 20) + 1)]]);
  await page.getByRole("group", { name: "Notice" }).getByText("larger than 1 MiB").waitFor();
  assert.equal(await rail(play).getByRole("listitem").count(), 2);
});

test("a name that is taken stays in its field, to be changed", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("The main role.");
  await rail(play).getByRole("button", { name: "New file" }).click();
  const field = page.getByRole("textbox", { name: "File path" });
  await field.fill("role.md");
  await page.keyboard.press("Enter");
  await page.getByRole("group", { name: "Notice" }).getByText("already exists").waitFor();
  assert.equal(await field.inputValue(), "role.md");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await focused(play, "file-role.md2");
});

test("the focus goes on to a file after a rename or a deletion, and to the editor after undo", async () => {
  const { play } = on;
  const page = await play.visit();
  await rail(play).getByRole("button", { name: /^review-style/ }).focus();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "File path" }).fill("style.md");
  await page.keyboard.press("Enter");
  await focused(play, "file-style.md");
  await page.keyboard.press("Delete");
  await focused(play, "file-.claude/agents/code-reviewer.md");
  const undo = page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" });
  await undo.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.closest(".cm-editor"));
});

test("nothing of the first example stays in a project that is pasted over it, nor in its links", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("# Cook\n\nYou cook.\n");
  await play.promptHolds("You cook.");
  assert.equal(await rail(play).getByRole("listitem").count(), 1);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await play.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: /^Copy as Markdown/ }).click();
  await page.getByRole("group", { name: "Notice" }).getByText("copied").waitFor();
  assert.doesNotMatch(await page.evaluate(() => navigator.clipboard.readText()), /finding|review-style/);
});

test("the tools of a file appear beside its name and mark, and move neither", async () => {
  const { play } = on;
  await play.visit();
  const row = rail(play).getByRole("listitem").filter({ hasText: "code-reviewer.md" });
  const places = async () => ({ row: await row.boundingBox(), mark: await row.getByText("main", { exact: true }).boundingBox() });
  await play.editor.hover();
  const before = await places();
  await row.hover();
  await row.getByRole("button", { name: /^Rename/ }).waitFor();
  assert.deepEqual(await places(), before);
});

test("undo of a paste over the first example brings back its path and its files", async () => {
  const { play } = on;
  const page = await play.visit();
  const example = await play.text();
  await play.write("---\nname: mine\ndescription: Cooks. Use it at noon.\n---\nYou cook.\n");
  await page.getByRole("textbox", { name: "Role text, role.md" }).waitFor();
  await play.settled();
  await page.keyboard.press("ControlOrMeta+z");
  await page.getByRole("textbox", { name: "Role text, .claude/agents/code-reviewer.md" }).waitFor();
  assert.equal(await play.text(), example);
  await page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: /^review-style\.md/ }).waitFor();
  await page.getByRole("button", { name: "Host Claude Code subagent" }).waitFor();
  await play.settled();
  assert.equal(await play.problem("missing-include").count(), 0);
  // And redo is the paste again.
  await play.editor.focus();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await page.getByRole("textbox", { name: "Role text, role.md" }).waitFor();
  await play.settled();
  assert.match(await play.text(), /You cook\./);
  assert.equal(await page.getByRole("navigation", { name: "Files" }).getByRole("listitem").filter({ hasText: "review-style.md" }).count(), 0);
});

for (const width of [1440, 390]) {
  test(`the tab of the file in front is in view beside several long names, at ${width} pixels`, async () => {
    const { play } = on;
    const page = await play.visit();
    const names = ["first", "second", "third", "fourth", "fifth"].map((name) => `${name}-file-with-a-rather-long-name-for-a-role.md`);
    await drop(play, names.map((name) => [name, `You are ${name}.`]));
    const open = async (name) => {
      if (width < 700) await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Files" }).click();
      await rail(play).getByRole("button", { name, exact: false }).first().click();
      await page.getByRole("textbox", { name: `Role text, ${name}` }).waitFor();
    };
    await page.setViewportSize({ width, height: 844 });
    for (const name of [...names, names[0]]) {
      await open(name);
      const tabs = page.getByRole("group", { name: "Open files" });
      const tab = await tabs.getByRole("button", { name: new RegExp(`^${name}`) }).boundingBox();
      const strip = await tabs.boundingBox();
      assert.ok(tab.x >= strip.x - 1 && tab.x + tab.width <= strip.x + strip.width + 1, `${name} is at ${tab.x} to ${tab.x + tab.width}, the strip at ${strip.x} to ${strip.x + strip.width}`);
    }
  });
}

test("a file that cannot be checked says so instead of an empty prompt", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("You review code.\0\0");
  await play.settled();
  await page.getByText("No prompt: the file was not checked.").waitFor();
});

test("a new file whose name is not confirmed is not kept", async () => {
  const { play } = on;
  const page = await play.visit();
  const before = await rail(play).getByRole("listitem").count();
  await rail(play).getByRole("button", { name: "New file" }).click();
  await page.getByRole("textbox", { name: "File path" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: /^Role text, .*code-reviewer\.md/ }).waitFor();
  assert.equal(await rail(play).getByRole("listitem").count(), before);
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^code-reviewer\.md/);
});

test("a project that took its name from its main file takes that of another one", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: first\ndescription: Reads code. Use it after each change.\n---\nRead.\n");
  await page.getByRole("button", { name: "Project: first" }).waitFor();
  await play.bring("second.md", "---\nname: second\ndescription: Reads code. Use it after each change.\n---\nRead.\n");
  await page.getByRole("button", { name: "Project: second" }).waitFor();
});
