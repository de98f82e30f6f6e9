// Tests the custom element of the npm package in a page of its own.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();
const element = await readFile(new URL("../../npm/js/playground.js", import.meta.url), "utf8");

const HOST = `<!doctype html><html lang="en"><title>A page</title><body>
<rolewright-playground src="./" theme="dark">
  <script type="text/markdown" data-path="roles/main.md">
Before.

{{include:part.md}}
</script>
  <script type="text/markdown" data-path="part.md">
The part.
</script>
</rolewright-playground>
<script type="module">import { define } from "./element.js"; define(); define();</script>`;

/** Opens the page with the element; returns its frame. */
async function visit(play) {
  play.page = await play.context.newPage();
  const { page } = play;
  await page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body: HOST }));
  await page.route("**/element.js", (route) => route.fulfill({ contentType: "text/javascript", body: element }));
  await page.goto(`${play.site.url}host.html`);
  return page.frameLocator("rolewright-playground >> iframe");
}

test("the element shows the files of its page in an embedded playground", async () => {
  const { play } = on;
  const frame = await visit(play);
  const prompt = frame.getByRole("group", { name: "Compiled prompt" });
  await prompt.filter({ hasText: "Before." }).filter({ hasText: "The part." }).waitFor();
  assert.equal(await frame.locator(":root").getAttribute("data-theme"), "dark");
  assert.equal(await frame.getByRole("contentinfo").getByText("Open Rolewright").count(), 1);
  // There is nothing to go back to, so no notice appears.
  assert.equal(await frame.getByRole("group", { name: "Notice" }).count(), 0);
});

test("another project takes the place of the one before", async () => {
  const { play } = on;
  const frame = await visit(play);
  const prompt = frame.getByRole("group", { name: "Compiled prompt" });
  await prompt.filter({ hasText: "The part." }).waitFor();
  await play.page.evaluate(() => {
    document.querySelector("rolewright-playground").project = { files: { "x.md": "Ask {{WHO}}.\n" }, values: { WHO: "Ann" }, host: "plain" };
  });
  await prompt.filter({ hasText: "Ask Ann." }).waitFor();
  await play.page.evaluate(() => document.querySelector("rolewright-playground").setAttribute("theme", "light"));
  await frame.locator(':root[data-theme="light"]').waitFor();
  await prompt.filter({ hasText: "Ask Ann." }).waitFor();
});
