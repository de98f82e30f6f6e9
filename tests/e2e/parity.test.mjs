// Tests that the playground reports the same problems as the npm package, which npm/test/formats.test.mjs
// compares with the command line and the engine.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { stage } from "./playground.mjs";

const on = stage();
const { compile, createWorkspace, rules } = await import("../../npm/pkg/node.js");

const data = process.env.ROLEWRIGHT_DATA ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const seeds = ["000_75e146714b423fe4", "001_8d56308a61965109", "002_ae3cf28b9fc22baf", "003_72f7cfec94b6d2b8", "004_9cc4c157e1704a3f"]
  .map((name) => join(data, "seeds", `${name}.txt`))
  .filter((file) => existsSync(file));

/** The text of the list of problems, row by row. */
async function told(play, name) {
  const groups = play.problems.getByRole("button", { expanded: false }).and(play.page.locator(".group > .go"));
  while (await groups.count()) await groups.first().click();
  return play.problems.getByRole("listitem").evaluateAll((rows, name) =>
    rows.filter((row) => !row.matches(".group") && row.querySelector(".place").textContent.startsWith(`${name}:`)).map((row) => ["word", "message", "place", "rule-name"].map((name) => row.querySelector(`.${name}`).textContent.replace(/^.*?(\d+:\d+)$/, "$1"))),
    name,
  );
}

const WORDS = { error: "Error", warning: "Warning", info: "Info" };

test("the playground and the package say the same", { timeout: 300_000 }, async () => {
  const { play } = on;
  await play.visit();
  // Texts as they come from a keyboard or a clipboard: a browser converts other line endings and NUL.
  const examples = rules().filter(({ files }) => Object.keys(files).length === 0).map(({ bad }) => bad);
  const texts = [...examples.filter((text) => !/[\r\0]/.test(text)), ...seeds.map((file) => readFileSync(file, "utf8"))];
  const workspace = createWorkspace();
  let count = 0;
  for (const [number, text] of texts.entries()) {
    const name = `text-${number}.md`;
    await play.bring(name, text);
    await play.settled();
    workspace.set(name, text);
    const expected = workspace.check(name).diagnostics.map(({ severity, message, range, rule }) =>
      [WORDS[severity], message.replaceAll("`", ""), `${range.start.line}:${range.start.column}`, rule]);
    // Identical problems are grouped in the list.
    assert.deepEqual((await told(play, name)).sort(), expected.sort(), text.slice(0, 300));
    count += expected.length;
  }
  assert.ok(count > 30, `${count} findings in ${texts.length} texts`);
});

test("the playground and the package count the same words and tokens", async () => {
  const { play } = on;
  const page = await play.visit();
  const text = `---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n\n${"Review for {{TEAM:-us}}. ".repeat(100)}\n`;
  await play.bring("role.md", text);
  await play.settled();
  const { stats } = compile(text, { path: "role.md" });
  const { low, high } = stats.tokens;
  const size = page.getByText(new RegExp(`^${stats.words} words · about \\d+ tokens$`));
  await size.waitFor();
  assert.match(await size.getAttribute("title"), new RegExp(`: ${low} to ${high}\\.`));
});
