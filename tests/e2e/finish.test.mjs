// Tests small things that a careful reader notices: directions of writing, separators, gaps, widths.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage({ permissions: ["clipboard-read", "clipboard-write"] });

const HEAD = "---\nname: reader\ndescription: Reads each change. Use it after each change of the sources.\ntools: Read, Grep, bash\n---\n";

/** How far a line of text is from the left and the right edge of its column. */
function margins(locator) {
  return locator.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const [text] = [...range.getClientRects()].sort((a, b) => b.width - a.width);
    const pane = element.closest(".text, .cm-line").getBoundingClientRect();
    return [text.left - pane.left, pane.right - text.right];
  });
}

test("Hebrew and Arabic are written from right to left, line by line, in both panes", async () => {
  const { play } = on;
  await play.visit();
  await play.write(`${HEAD}# קורא\n\nאתה קורא כל שינוי.\n\n- اقرأ كل ملف\n\nRead each file.\n`);
  await play.promptHolds("אתה קורא");
  for (const text of ["אתה קורא", "اقرأ كل"]) {
    for (const pane of [play.editor, play.prompt]) {
      const [left, right] = await margins(pane.getByText(text).first());
      assert.ok(right < 60 && left > 100, `${text} is ${left} from the left and ${right} from the right`);
    }
  }
  const [left] = await margins(play.prompt.getByText("Read each file."));
  assert.ok(left < 30, `English is ${left} from the left`);
  await play.problem("tool-case").getByRole("button").first().click();
  assert.equal(await play.selection(), "bash");
});

test("numbers have separators, in the notice about a link too", async () => {
  const { play } = on;
  const page = await play.visit();
  // What cannot be compressed.
  const noise = Array.from({ length: 400 }, (_, n) => ((n + 1) * 2654435761 * 40503).toString(36)).join(" ");
  await play.write(`${HEAD}${noise}\n`);
  await play.settled();
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: /^Copy link/ }).click();
  await page.getByRole("group", { name: "Notice" }).getByText(/^Link copied: \d{1,2},\d{3} characters/).waitFor();
});

test("sentences have no wide gaps, and boxes that belong together are in line", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(HEAD.replace("bash", "Bash") + "Read each change with care.\n");
  await play.settled();
  const [before, after] = await page.locator(".note.ok").evaluate((note) => {
    const link = note.querySelector("button").getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(note.querySelector("span").firstChild);
    return [range.getBoundingClientRect().right, link.left];
  });
  assert.ok(after - before < 6, `a gap of ${after - before} pixels`);
  await play.write(`${HEAD}Read each change with care.\n`);
  await play.problem("tool-case").getByRole("button", { name: /^Why/ }).click();
  const [bad, good] = await page.locator(".examples pre").evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().top));
  assert.equal(bad, good);
});

test("the compared files of two hosts are in the font of code", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.getByRole("combobox", { name: "Compare with" }).selectOption({ label: "Host file: GitHub Copilot agent" });
  const font = (locator) => locator.evaluate((element) => getComputedStyle(element).fontFamily);
  const changed = page.getByRole("group", { name: "Changed lines" });
  await changed.waitFor();
  assert.equal(await font(changed), await font(changed.locator(".sign").first()));
});

test("three views of a tablet are equally wide", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.setViewportSize({ width: 820, height: 1180 });
  const buttons = page.getByRole("navigation", { name: "Views" }).getByRole("button");
  const widths = await buttons.evaluateAll((all) => all.map((button) => button.getBoundingClientRect().width).filter(Boolean));
  assert.equal(widths.length, 3);
  assert.ok(Math.max(...widths) - Math.min(...widths) < 2, widths.join());
});

test("the last row of the list shows both of its lines when the keyboard reaches it", async () => {
  const { play } = on;
  const page = await play.visit();
  const faults = Array.from({ length: 4 }, (_, n) => `Answer in {{LANGUAGE_${n}}}.\n`).join("\n");
  await play.write(`${HEAD}${faults}`);
  await play.problem("undefined-variable").first().waitFor();
  await play.problems.getByRole("listitem").first().getByRole("button").first().focus();
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press("ArrowDown");
    const [row, pane] = await page.evaluate(() => [document.activeElement.closest("li"), document.querySelector("#dock-panel")].map((element) => element.getBoundingClientRect().bottom));
    assert.ok(row <= pane + 8, `row ${step} ends at ${row}, the list at ${pane}`);
  }
});

test("the checkboxes of the View menu keep their size on a phone", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.setViewportSize({ width: 320, height: 700 });
  await page.getByRole("button", { name: "View", exact: true }).click();
  for (const box of await page.getByRole("checkbox").all()) assert.equal((await box.boundingBox()).width, 16);
});

test("all safe fixes fit beside the filter in a narrow list of several files", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.bring("first.md", `${HEAD}${Array.from({ length: 12 }, (_, n) => `Answer in {{LANGUAGE_${n}}}, then stop.\n`).join("\n")}`);
  await play.bring("second.md", HEAD.replace("reader", "second") + "Read {{FILE}} with care.\n");
  await page.getByRole("button", { name: /^Apply all safe fixes in this file/ }).waitFor();
  for (const width of [1280, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const [head, rules] = await page.locator(".dock-head, .rules-button").evaluateAll((all) => all.map((element) => element.getBoundingClientRect()));
    assert.ok(rules.right <= head.right && head.height < 44, `at ${width}: ${rules.right} of ${head.right}, ${head.height} high`);
    const fix = await page.locator(".fix-all").boundingBox();
    assert.ok(fix.x + fix.width <= rules.left + 1, `at ${width} the button ends at ${fix.x + fix.width}`);
  }
});
