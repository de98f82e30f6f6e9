// Tests the way from the playground to the manual, and how the manual looks: light, dark and on a phone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A summary of axe's findings in a page. */
async function complaints(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

test("help leads to the manual, and a rule to its page", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("button", { name: "Help", exact: true }).click();
  const opened = play.context.waitForEvent("page");
  await page.getByRole("dialog").getByRole("link", { name: "Read the manual" }).click();
  const manual = await opened;
  await manual.getByRole("heading", { level: 1 }).first().waitFor();
  assert.match(manual.url(), /\/docs\/(?:index\.html)?$/);
  await manual.close();
  await page.keyboard.press("Escape");
  await play.problem("undefined-variable").getByRole("button", { name: /^Why/ }).click();
  const rule = play.context.waitForEvent("page");
  await page.getByRole("region", { name: "Rule undefined-variable" }).getByRole("link", { name: "In the manual" }).click();
  await (await rule).getByRole("heading", { level: 1, name: "undefined-variable" }).waitFor();
});

for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 390]]) {
  test(`axe finds nothing in the manual, ${colorScheme}, at ${width} pixels, and nothing is too wide`, async () => {
    const { play } = on;
    const page = await play.context.newPage();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    for (const path of ["index", "rules/index", "rules/undefined-variable", "hosts/claude-code", "templates", "package"]) {
      await page.goto(`${play.site.url}docs/${path}.html`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      assert.deepEqual(await complaints(page), [], path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path}: ${wide} pixels`);
    }
  });
}
