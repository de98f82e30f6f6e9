// Tests the editor services: completion, hover, definitions and code actions, by the keyboard alone, on the
// release build.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const HEAD = "---\nname: reviewer\ndescription: Reviews code. Use it after each change.\n";

/** Writes a role and puts the caret after the first `part` of it. */
async function write(play, text, part) {
  await play.write(text);
  await play.settled();
  // Lines may be wrapped on the screen, so positions are counted in characters.
  const before = text.slice(0, text.indexOf(part) + part.length);
  await play.page.keyboard.press("ControlOrMeta+Home");
  for (const _ of before) await play.page.keyboard.press("ArrowRight");
}

/** Axe's findings in the current page. */
async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("; ")}`);
}

test("a field is proposed while it is typed, and Enter puts it in", async () => {
  const { play } = on;
  const page = await play.visit();
  await write(play, `${HEAD}\n---\nReview.\n`, "change.\n");
  await page.keyboard.type("tool");
  const options = page.getByRole("listbox", { name: "Completions" }).getByRole("option");
  await options.filter({ hasText: /^tools/ }).first().waitFor();
  assert.deepEqual(await faults(page), []);
  // The list ignores keys at first, so that it does not swallow a key meant for the text.
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  assert.match(await play.text(), /\ntools/);
  await page.keyboard.press("Escape");
});

// The text before the caret, the text after it, what is typed, and what is proposed then.
const PROPOSED = {
  "a value": [`${HEAD}permissionMode: `, "\n---\nReview.\n", "acc", "acceptEdits"],
  "a tool": [`${HEAD}tools: Read, `, "\n---\nReview.\n", "Gr", "Grep"],
  "a model": [`${HEAD}model: `, "\n---\nReview.\n", "son", "sonnet"],
  "a file": [`${HEAD}---\n`, "\n", "{{include:sty", "style.md"],
  "a section of a file": [`${HEAD}---\n`, "\n", "{{include:style.md#ton", "Tone"],
  "a variable": [`${HEAD}---\nReview for {{TEAM}}. Ask `, "\n", "{{TE", "TEAM"],
  "a rule": [`${HEAD}---\nReview.\n`, "\n", "<!-- rolewright-ignore tool-c", "tool-case"],
};

for (const [what, [before, after, typed, label]] of Object.entries(PROPOSED)) {
  test(`${what} is proposed while it is typed`, async () => {
    const { play } = on;
    const page = await play.visit();
    await play.bring("style.md", "# Style\n\n## Tone\n\nBe kind.\n");
    await play.bring(".claude/agents/reviewer.md", "Review.\n");
    await write(play, before + after, before);
    await page.keyboard.type(typed, { delay: 20 });
    await page.getByRole("listbox", { name: "Completions" }).getByRole("option").filter({ hasText: label }).first().waitFor();
  });
}

test("typing goes on while proposals are being worked out", async () => {
  const { play } = on;
  const page = await play.visit();
  await write(play, `${HEAD}---\nReview.\n`, "Review.");
  await page.keyboard.type(" Then write {{include:shared/", { delay: 5 });
  await page.keyboard.press("Escape");
  await page.keyboard.type("x.md}} and stop.", { delay: 5 });
  assert.match(await play.text(), /Review\. Then write \{\{include:shared\/x\.md\}\} and stop\./);
  await play.promptHolds("and stop.");
});

test("a field is explained under the pointer", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(`${HEAD}tools: Read\n---\nReview.\n`);
  await play.settled();
  await play.editor.getByText("tools", { exact: true }).first().hover();
  const card = page.locator(".rw-explanation");
  await card.filter({ hasText: "The only tools it may use" }).waitFor();
  assert.deepEqual(await faults(page), []);
});

test("F12 on an include opens its file", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.bring("style.md", "Be kind.\n");
  await play.bring("role.md", `${HEAD}---\n\n{{include:style.md}}\n`);
  await play.settled();
  await play.editor.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  for (let column = 0; column < 12; column += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("F12");
  await page.getByRole("textbox", { name: "Role text, style.md" }).waitFor();
  assert.equal(await play.text(), "Be kind.\n");
});

test("the menu at the caret offers a fix, and Enter applies it as one step", async () => {
  const { play } = on;
  const page = await play.visit();
  await write(play, `${HEAD}tools: Read, bash\n---\nReview.\n`, "Read, ba");
  await play.problem("tool-case").waitFor();
  await page.keyboard.press("Control+.");
  const menu = page.getByRole("menu", { name: "Actions at the cursor" });
  await menu.getByRole("menuitem", { name: "Turn off tool-case in this file" }).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.keyboard.press("Enter");
  await play.problem("tool-case").waitFor({ state: "detached" });
  assert.match(await play.text(), /tools: Read, Bash\n/);
  await page.keyboard.press("ControlOrMeta+z");
  assert.match(await play.text(), /tools: Read, bash\n/);
});

test("Escape closes the menu and changes nothing", async () => {
  const { play } = on;
  const page = await play.visit();
  await write(play, `${HEAD}tools: Read, bash\n---\nReview.\n`, "Read, ba");
  await play.problem("tool-case").waitFor();
  await page.keyboard.press("Control+.");
  const menu = page.getByRole("menu", { name: "Actions at the cursor" });
  await menu.waitFor();
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  assert.ok(await play.editor.evaluate((node) => node === document.activeElement));
  assert.match(await play.text(), /tools: Read, bash\n/);
});

test("a missing include is created from the menu and opened", async () => {
  const { play } = on;
  const page = await play.visit();
  await write(play, `${HEAD}---\n\n{{include:shared/none.md}}\n`, "{{include:sha");
  await play.problem("missing-include").waitFor();
  await page.keyboard.press("Control+.");
  const create = page.getByRole("menuitem", { name: "Create shared/none.md" });
  await create.waitFor();
  await create.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Role text, shared/none.md" }).waitFor();
  await play.problem("missing-include").waitFor({ state: "detached" });
});

test("a key explains what is at the caret, and Escape closes the explanation", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: r\ndescription: Reviews code. Use it after each change.\n---\nReview.\n");
  await play.settled();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+F1");
  const card = page.locator(".rw-explanation");
  await card.waitFor();
  assert.match(await card.textContent(), /name/i);
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "hidden" });
  await page.keyboard.press("Shift+F1");
  await card.waitFor();
  await page.keyboard.press("ArrowDown");
  await card.waitFor({ state: "hidden" });
});

test("several places are edited at once", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("one two\none three\n");
  await play.settled();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ControlOrMeta+d");
  await page.keyboard.press("ControlOrMeta+d");
  await page.keyboard.type("ten");
  assert.equal(await play.text(), "ten two\nten three\n");
  assert.equal(await page.locator(".rw-caret").count(), 1);
  // The first Escape closes the list of completions.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".rw-caret").count(), 0);
});

test("the search panel says how many matches there are, and which is selected", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("one two\none three\n");
  await play.settled();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ControlOrMeta+f");
  await page.keyboard.type("one");
  await page.getByText("2 matches").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("1 of 2").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("2 of 2").waitFor();
  await page.keyboard.type("x");
  await page.getByText("No matches").waitFor();
});

test("finding, its options and replacing have a row each", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.editor.focus();
  await page.keyboard.press("ControlOrMeta+f");
  const rows = [
    [["textbox", "Find"], ["button", "Next"], ["button", "Previous"]],
    [["button", "Select all"], ["checkbox", "Match case"], ["checkbox", "Regular expression"], ["checkbox", "Whole word"]],
    [["textbox", "Replace"], ["button", "Replace"], ["button", "Replace all"]],
  ];
  const middle = async ([role, name]) => {
    const { y, height } = await page.getByRole(role, { name, exact: true }).boundingBox();
    return y + height / 2;
  };
  const heights = await Promise.all(rows.map((row) => Promise.all(row.map(middle))));
  for (const row of heights) assert.ok(Math.max(...row) - Math.min(...row) < 4, JSON.stringify(heights));
  assert.ok(heights[0][0] + 20 < heights[1][0] && heights[1][0] + 20 < heights[2][0], JSON.stringify(heights));
});

test("Tab indents and spelling is checked only where that is switched on, and Escape leads out", async () => {
  const { play } = on;
  const page = await play.visit();
  assert.equal(await play.editor.getAttribute("spellcheck"), "false");
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("checkbox", { name: /^Tab indents/ }).check();
  await page.getByRole("checkbox", { name: "Check spelling" }).check();
  await page.keyboard.press("Escape");
  assert.equal(await play.editor.getAttribute("spellcheck"), "true");
  await play.write("one\n");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("Tab");
  assert.equal(await play.text(), "  one\n");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.ok(!(await play.editor.evaluate((editor) => editor === document.activeElement)));
});
