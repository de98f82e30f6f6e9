// Tests the graph of the project: a picture of the connections, and a table with the same content.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

test("files that include, link or name each other are drawn and listed, and both lead to them", async () => {
  const { play } = on;
  const page = await play.visit();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files from this computer" }).click();
  const file = (name, text) => ({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
  await (await chooser).setFiles([
    file("planner.agent.md", "---\nname: planner\ndescription: Plans the work. Use it first.\nhandoffs:\n  - label: Build\n    agent: builder\n    prompt: Go.\n---\n{{include:style.md}}\n{{include:none.md}}\n"),
    file("builder.agent.md", "---\nname: builder\ndescription: Builds what was planned. Use it second.\n---\nYou build. See [style](style.md).\n"),
    file("style.md", "Write plainly.\n"),
    file("alone.md", "Nobody names this.\n"),
  ]);
  await play.settled();
  await page.getByRole("tab", { name: "Graph" }).click();
  const rows = page.getByRole("table", { name: "Connections between files" }).getByRole("row");
  await rows.nth(4).waitFor();
  const listed = (await rows.allInnerTexts()).slice(1).map((row) => row.replace(/\s+/g, " ").trim());
  assert.deepEqual(listed, [
    "builder.agent.md:5 links to style.md",
    "planner.agent.md:9 includes style.md",
    "planner.agent.md:10 includes none.md missing",
    "planner.agent.md:6 hands off to builder.agent.md",
  ]);
  assert.deepEqual(await page.locator(".apart li").allInnerTexts(), ["alone.md"]);
  const picture = page.getByRole("img", { name: "4 files and 4 connections, listed below" });
  assert.equal(await picture.locator(".line").count(), 4);
  await picture.locator(".box").filter({ hasText: "style.md" }).click();
  await page.getByRole("textbox", { name: "Role text, style.md" }).waitFor();
  await rows.nth(4).getByRole("button", { name: "planner.agent.md:6" }).click();
  await page.getByRole("textbox", { name: "Role text, planner.agent.md" }).waitFor();
  await page.waitForFunction(() => getSelection().toString() === "builder");
});

test("the graph follows edits, and a project of one file says how to connect others", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: alone\ndescription: Works alone. Use it for tests.\n---\nText.\n");
  await page.getByRole("tab", { name: "Graph" }).click();
  await page.getByText("No file refers to another one yet.").waitFor();
  await play.write("---\nname: alone\ndescription: Works alone. Use it for tests.\n---\n{{include?:notes.md}}\n{{include:other.md}}\n");
  await page.getByRole("row", { name: /other\.md missing/ }).waitFor();
});

test("a box says a file's folder under its name, and a small graph fits a phone", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("tab", { name: "Graph" }).click();
  await page.locator(".box-path").first().waitFor();
  assert.deepEqual(await page.locator(".box-path").allTextContents(), [".claude/agents", "shared"]);
  await page.setViewportSize({ width: 390, height: 844 });
  const { scrollWidth, clientWidth } = await page.locator(".picture").evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  assert.ok(scrollWidth <= clientWidth, `${scrollWidth} of ${clientWidth} pixels`);
});

test("the texts of a box stay inside it", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: a-name-that-is-longer-than-its-box\n---\n{{include:shared/some/folder/a-long-name-of-a-file.md}}\n");
  await page.getByRole("tab", { name: "Graph" }).click();
  await page.locator(".box-title").first().waitFor();
  const over = await page.evaluate(() =>
    [...document.querySelectorAll(".box")].flatMap((box) => {
      const right = box.querySelector("rect").getBoundingClientRect().right;
      const texts = [...box.querySelectorAll("text")];
      return texts.filter((text) => text.getBoundingClientRect().right > right - 4).map((text) => text.textContent);
    }),
  );
  assert.deepEqual(over, []);
});
