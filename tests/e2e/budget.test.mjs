// Tests the picture of the prompt's composition: bars and figures by section and file.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const HEAD = "---\nname: reader\ndescription: Reads every file of a change. Use it after each change of the sources.\n---\n# Reader\n\nRead each file of the change, line by line.\n\n";
const ROLE = `${HEAD}{{include:style.md}}\n\nReport what the files say, and quote the lines you mean.\n\n{{include:tone.md}}\n`;

/** Opens a role with two includes: one with a heading, one without. */
async function reader(play) {
  const page = await play.visit();
  await play.bring("style.md", "## Style\n\nWrite short sentences in plain words, one idea each.\n");
  await play.bring("tone.md", "Stay friendly, even if the author was not.\n");
  await play.bring("reader.md", ROLE);
  await play.promptHolds("Stay friendly");
  await play.settled();
  return page;
}

const hues = (bars) => bars.evaluateAll((spans) => spans.map((span) => span.className));

test("text after an include keeps its own color, and an include without a heading has one", async () => {
  const { play } = on;
  const page = await reader(play);
  assert.deepEqual(await hues(page.locator(".bars > span")), ["hue-0", "hue-1", "hue-0", "hue-2"]);
  await page.setViewportSize({ width: 1600, height: 900 });
  assert.deepEqual(await hues(page.locator(".contents li").filter({ hasText: "Style" }).locator(".bar-of > span")), ["hue-1", "hue-0", "hue-2"]);
  await page.getByRole("tab", { name: "Outline" }).click();
  const row = page.getByRole("table", { name: "Sections of the prompt" }).getByRole("row").filter({ hasText: "Style" });
  assert.deepEqual(await hues(row.locator(".bar-of > span")), ["hue-1", "hue-0", "hue-2"]);
});

test("a click on a part of the picture goes to that part, even inside a section", async () => {
  const { play } = on;
  const page = await reader(play);
  await page.locator(".bars > span").nth(2).click();
  await play.status.getByText("Ln 11, Col 1").waitFor();
});

test("a file has the same share everywhere, of tokens", async () => {
  const { play } = on;
  const page = await reader(play);
  const below = (await page.locator(".foot .legend").allInnerTexts()).map((text) => text.trim());
  await page.getByRole("tab", { name: "Outline" }).click();
  const rows = await page.getByRole("table", { name: "Files in the prompt" }).getByRole("row").allInnerTexts();
  const tokens = (row) => Number(row.split(/\s+/).at(-2));
  const all = tokens(rows[1]);
  for (const name of ["style.md", "tone.md"]) {
    const row = rows.find((text) => text.startsWith(name));
    const share = `${Math.round((tokens(row) * 100) / all)}%`;
    assert.equal(row.split(/\s+/).at(-1), share, name);
    assert.ok(below.includes(`${name} ${share}`), `${below} has no ${name} ${share}`);
  }
});

for (const [width, count] of [[390, 200], [1440, 200]]) {
  test(`the picture of ${count} sections stays inside its pane at ${width} pixels`, async () => {
    const { play } = on;
    const page = await play.visit();
    await page.setViewportSize({ width, height: 844 });
    await play.write(HEAD + Array.from({ length: count }, (_, n) => `## Section ${n}\n\nRead.\n`).join("\n"));
    await play.settled();
    if (width < 700) await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Prompt" }).click();
    const [foot, last] = await page.locator(".foot, .bars > span:last-child").evaluateAll((all) => all.map((element) => element.getBoundingClientRect().right));
    assert.ok(last <= foot, `the picture ends at ${last}, its pane at ${foot}`);
  });
}
