// Tests where the areas are at every width of the window.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const AREAS = { files: ".rail", editor: ".edit", prompt: ".side", problems: ".dock" };

/** The areas that are visible at a size, with their boxes. */
async function areas(play, width, height = 900) {
  await play.page.setViewportSize({ width, height });
  return play.page.evaluate((areas) => {
    const visible = Object.entries(areas).filter(([, selector]) => document.querySelector(selector).checkVisibility());
    return Object.fromEntries(visible.map(([name, selector]) => [name, document.querySelector(selector).getBoundingClientRect().toJSON()]));
  }, AREAS);
}

test("a wider window never gives a narrower editor, and it has 62 characters from 1200 pixels", async () => {
  const { play } = on;
  const page = await play.visit();
  let before = 0;
  for (let width = 900; width <= 2600; width += width % 100 === 99 ? 1 : 99 - (width % 100)) {
    const { editor, prompt } = await areas(play, width);
    assert.ok(editor.width >= before, `${editor.width} at ${width} pixels, ${before} before`);
    assert.ok(prompt.width >= 320, `the prompt has ${prompt.width} at ${width} pixels`);
    before = editor.width;
  }
  await areas(play, 1200);
  const characters = await play.editor.evaluate((content) => {
    const line = content.querySelector(".cm-line");
    const probe = document.createElement("span");
    probe.textContent = "0".repeat(100);
    probe.style.position = "absolute";
    line.append(probe);
    const one = probe.getBoundingClientRect().width / 100;
    probe.remove();
    const { paddingLeft, paddingRight } = getComputedStyle(line);
    return (line.getBoundingClientRect().width - parseFloat(paddingLeft) - parseFloat(paddingRight)) / one;
  });
  assert.ok(characters >= 62, `${characters} characters`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test("from 1600 pixels there are four columns and no dock", async () => {
  const { play } = on;
  await play.visit();
  const { files, editor, prompt, problems } = await areas(play, 1600);
  const order = [files, editor, prompt, problems];
  assert.ok(order.every((area, at) => at === 0 || area.left >= order[at - 1].right - 1), "side by side, in that order");
  assert.ok(order.every((area) => Math.abs(area.height - editor.height) < 2), "of the same height");
});

test("below 1600 pixels problems are under the editor only, and files are open from 1440", async () => {
  const { play } = on;
  const page = await play.visit();
  for (const width of [1599, 1440, 1200]) {
    const { files, editor, prompt, problems } = await areas(play, width);
    assert.equal(Boolean(files), width >= 1440, `${width}: files`);
    assert.ok(Math.abs(problems.right - editor.right) < 2 && problems.top >= editor.bottom - 1, `${width}: under the editor`);
    assert.ok(prompt.height >= editor.height + problems.height - 2, `${width}: the prompt has the full height`);
  }
  await page.getByRole("button", { name: "Files", exact: true }).click();
  assert.ok((await areas(play, 1280)).files, "and the button opens the files over the editor");
});

test("a tall window of 700 to 899 pixels has the editor over the prompt, and problems as a sheet", async () => {
  const { play } = on;
  const page = await play.visit();
  const { editor, prompt, problems } = await areas(play, 820, 1180);
  assert.equal(problems, undefined);
  assert.ok(prompt.top >= editor.bottom - 1 && editor.height > 300 && prompt.height > 300);
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: /^Problems/ }).click();
  const open = await areas(play, 820, 1180);
  assert.ok(open.editor && open.prompt && open.problems.top > open.editor.top + 200);
});

test("on a phone there is one bar, and undo, redo, next problem and fix while writing", async () => {
  const { play } = on;
  const page = await play.visit();
  const editing = page.getByRole("toolbar", { name: "Editing" });
  for (const width of [390, 320]) {
    await areas(play, width, 700);
    const { height } = await page.getByRole("banner").boundingBox();
    assert.ok(height <= 48, `${height} pixels at ${width}`);
  }
  await play.editor.click();
  await editing.waitFor();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("More.");
  await page.locator("#prompt").filter({ hasText: "More." }).waitFor({ state: "attached" });
  await editing.getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction(() => !document.querySelector("#prompt").textContent.includes("More."));
  assert.ok(await play.editor.evaluate((node) => node === document.activeElement), "the keyboard stays");
  await editing.getByRole("button", { name: "Next problem" }).click();
  await page.waitForFunction(() => getSelection().toString().length > 0);
  await editing.getByRole("button", { name: "Fixes and other actions" }).click();
  await page.getByRole("menuitem").first().waitFor();
});

test("a phone shows the welcome over the text only, and the status bar only where it has something to say", async () => {
  const { play } = on;
  const page = await play.visit();
  await areas(play, 390, 844);
  const welcome = page.getByRole("complementary", { name: "Welcome" });
  await welcome.waitFor();
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Prompt" }).click();
  await welcome.waitFor({ state: "hidden" });
  assert.ok(!(await play.status.isVisible()), "saved, and nothing else to say");
  await play.context.setOffline(true);
  await page.locator(".banner").getByText("You're offline. Everything still works.").waitFor();
});

test("the boundary follows the pointer where other columns are", async () => {
  const { play } = on;
  const page = await play.visit();
  await areas(play, 1920, 1080);
  const splitter = page.getByRole("separator", { name: "Editor width" });
  const { x, y, width, height } = await splitter.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 60, y + height / 2, { steps: 4 });
  await page.mouse.up();
  const after = await splitter.boundingBox();
  assert.ok(Math.abs(after.x - (x - 60)) < 20, `${after.x}, not ${x - 60}`);
});

test("a notice covers no problem", async () => {
  const { play } = on;
  for (const [width, height] of [[1920, 1080], [1440, 900], [1280, 800], [1024, 768], [820, 1180], [390, 844]]) {
    const page = await play.visit({ address: `${play.site.url}?example=code-reviewer` });
    await page.setViewportSize({ width, height });
    if (width < 900) await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: /^Problems/ }).click();
    await page.getByRole("button", { name: /^Apply all safe fixes/ }).click();
    const notice = page.getByRole("group", { name: "Notice" });
    await notice.waitFor();
    assert.ok(await play.problems.isVisible(), `${width}: the list is still shown`);
    const shown = await notice.boundingBox();
    const list = await page.locator("#dock-panel").boundingBox();
    const apart = shown.x + shown.width <= list.x || list.x + list.width <= shown.x || shown.y + shown.height <= list.y || list.y + list.height <= shown.y;
    assert.ok(apart, `${width}: ${JSON.stringify({ shown, list })}`);
    await page.close();
  }
});

test("the button that creates a file with a long path is not cut off on a phone", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(`---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n{{include:${"a-long-folder/".repeat(6)}file.md}}\n`);
  await play.problem("missing-include").waitFor();
  await areas(play, 390, 800);
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: /^Problems/ }).click();
  const { x, width } = await page.getByRole("button", { name: /^Create a-long/ }).boundingBox();
  assert.ok(x >= 0 && x + width <= 390, `${x} to ${x + width}`);
});

test("from 1600 pixels the outline is below the files, and a section of it leads to its place in both panes", async () => {
  const { play } = on;
  const page = await play.visit();
  const outline = page.getByRole("region", { name: /^Outline/ });
  await areas(play, 1440);
  assert.ok(!(await outline.isVisible()));
  await areas(play, 1600);
  await outline.getByRole("button", { name: /^Limits/ }).click();
  await play.status.getByText("Ln 18, Col 1").waitFor();
  const tokens = await outline.getByRole("listitem").allInnerTexts();
  assert.match(tokens[0], /Before the first heading\)\s+\d+/);
});

test("a phone names the host in full, shows every panel, and says what its buttons do", async () => {
  const { play } = on;
  const page = await play.visit();
  const views = page.getByRole("navigation", { name: "Views" });
  for (const host of ["Claude Code subagent", "GitHub Copilot agent"]) {
    await areas(play, 1280);
    await play.chooseHost(host);
    for (const width of [390, 320]) {
      await areas(play, width, 800);
      const { clientWidth, scrollWidth, clientHeight, scrollHeight } = await page.locator(".host-name").evaluate(({ clientWidth, scrollWidth, clientHeight, scrollHeight }) => ({ clientWidth, scrollWidth, clientHeight, scrollHeight }));
      assert.ok(scrollWidth <= clientWidth + 1 && scrollHeight <= clientHeight + 1, `${host} is cut off at ${width}`);
      assert.ok((await page.getByRole("banner").boundingBox()).height <= 48, `${host} at ${width}`);
    }
  }
  await areas(play, 390, 800);
  await views.getByRole("button", { name: "Prompt" }).click();
  const { x, width } = await page.getByRole("tab", { name: "Graph" }).boundingBox();
  assert.ok(x + width <= 390, `the last tab ends at ${x + width}`);
  const count = await views.getByRole("button", { name: /^Problems/ }).locator(".count").boundingBox();
  assert.ok(count.x + count.width <= 380, `the count ends at ${count.x + count.width}`);
  await views.getByRole("button", { name: "Files" }).click();
  for (const words of ["New file", "Open files from this computer", "Open a folder from this computer", "Download this file"]) {
    const button = page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: words });
    assert.ok((await button.boundingBox()).width > 120 && (await button.innerText()).includes(words), words);
  }
});
