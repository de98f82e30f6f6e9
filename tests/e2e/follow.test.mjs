// Tests that the prompt follows the caret, and that both panes are at the top after a role was pasted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage({ permissions: ["clipboard-read", "clipboard-write"] });

const SECTIONS = Array.from({ length: 30 }, (_, n) => `## Section ${n}\n\nRead file number ${n}, line by line.\n\nThen report what it says.\n`).join("\n");
const ROLE = `---\nname: reader\ndescription: Reads every file of a change. Use it after each change of the sources.\n---\n# Reader\n\n${SECTIONS}`;

/** Waits until a text of the prompt is in view there. */
function seen(play, text) {
  return play.prompt.getByText(text).first().evaluate(async (element) => {
    const pane = element.closest("[role=group]").getBoundingClientRect();
    for (let frame = 0; frame < 200; frame++) {
      const { top, bottom } = element.getBoundingClientRect();
      if (top >= pane.top && bottom <= pane.bottom) return true;
      await new Promise(requestAnimationFrame);
    }
    return false;
  });
}

/** How far the panes are scrolled: the editor and the prompt. */
function scrolled(play) {
  return play.page.evaluate(() => [".cm-scroller", "#prompt"].map((pane) => document.querySelector(pane).scrollTop));
}

/** Pastes a role over everything, and waits for its prompt. */
async function paste(play, role) {
  await play.page.evaluate((text) => navigator.clipboard.writeText(text), role);
  await play.editor.focus();
  await play.page.keyboard.press("ControlOrMeta+a");
  await play.page.keyboard.press("ControlOrMeta+v");
  await play.settled();
  await play.promptHolds("Section 29");
}

test("the prompt shows a section as it is written at the end of a pasted role", async () => {
  const { play } = on;
  const page = await play.visit();
  await paste(play, ROLE);
  await page.keyboard.press("ControlOrMeta+End");
  assert.ok(await seen(play, "Read file number 29"));
  await play.prompt.evaluate((pane) => pane.scrollTo(0, 0));
  await page.keyboard.type("\n## Finally\n\nThank the author.");
  await play.promptHolds("Thank the author.");
  assert.ok(await seen(play, "Thank the author."));
});

test("typing at the end of a pasted role is followed, without another key first", async () => {
  const { play } = on;
  const page = await play.visit();
  await paste(play, ROLE);
  await page.keyboard.type("Thank the author.");
  await play.promptHolds("Thank the author.");
  assert.ok(await seen(play, "Thank the author."));
});

test("the caret in the front matter shows the start of the prompt, on an empty line what is near", async () => {
  const { play } = on;
  const page = await play.visit();
  await paste(play, ROLE);
  await page.keyboard.press("ControlOrMeta+End");
  assert.ok(await seen(play, "Read file number 29"));
  await page.keyboard.press("ControlOrMeta+Home");
  assert.ok(await seen(play, "Reader"));
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.ok(await seen(play, "Read file number 29"));
});

for (const [what, second] of [["the same role", ROLE], ["nearly the same role", ROLE.replace("Section 3\n", "Section three\n")]]) {
  test(`both panes are at the top after pasting ${what} again`, async () => {
    const { play } = on;
    await play.visit();
    await paste(play, ROLE);
    await play.page.keyboard.press("ControlOrMeta+End");
    assert.ok(await seen(play, "Read file number 29"));
    await paste(play, second);
    const [editor, prompt] = await scrolled(play);
    assert.ok(editor < 20 && prompt < 20, `the panes are scrolled by ${editor} and ${prompt} pixels`);
  });
}
