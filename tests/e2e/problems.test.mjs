// Tests the list of problems: filters, groups, previews, undo, values and turning rules off.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const HEAD = "---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, bash\n---\n";
const notice = (play) => play.page.getByRole("group", { name: "Notice" });

async function begin(play, text) {
  await play.visit();
  await play.write(text);
  await play.problem("tool-case").waitFor();
}

test("severities are shown and hidden, and words find problems by text and rule", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review {{ONE}} and {{TWO}}.\n\n{{include:none.md}}\n`);
  const rows = play.problems.getByRole("listitem");
  const all = await rows.count();
  const errors = play.page.getByRole("group", { name: "Severities" }).getByRole("button", { name: /error/ });
  await errors.click();
  assert.equal(await errors.getAttribute("aria-pressed"), "false");
  assert.ok((await rows.count()) < all);
  await errors.click();
  const filter = play.page.getByRole("searchbox", { name: "Filter problems by text or rule" });
  await filter.fill("undefined two");
  assert.equal(await rows.count(), 1);
  await rows.getByText("TWO").first().waitFor();
  await filter.fill("zzz");
  await play.page.getByText("All problems are hidden by the filter.").waitFor();
});

test("ten missing includes fold into one row that creates all of them", async () => {
  const { play } = on;
  const includes = Array.from({ length: 10 }, (_, n) => `{{include:shared/part-${n}.md}}\n`).join("\n");
  await begin(play, `${HEAD}Review.\n\n${includes}`);
  const group = play.problem("10 includes do not exist");
  await group.getByRole("button", { name: /10 includes do not exist/ }).click();
  await play.problem("missing-include").nth(9).waitFor();
  await group.getByRole("button", { name: "Create all 10 files" }).click();
  await play.problem("missing-include").first().waitFor({ state: "detached" });
  assert.equal(await play.page.getByRole("navigation", { name: "Files" }).getByRole("listitem").count(), 11);
});

test("problems are grouped by file or by rule, and a group is closed and opened by its row", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review {{ONE}} and {{TWO}}.\n\n{{include:none.md}}\n`);
  const { page } = play;
  await play.bring("second.md", "---\nname: s\ndescription: Writes code. Use it after each change.\n---\nWrite {{THREE}}.\n");
  await play.problem("THREE").first().waitFor();
  const group = page.getByRole("combobox", { name: "Group problems" });
  await group.selectOption("By file");
  const second = play.problems.getByRole("button", { name: /second\.md/, expanded: true });
  await second.waitFor();
  const rows = play.problems.getByRole("listitem");
  const all = await rows.count();
  await second.click();
  await page.waitForFunction((all) => document.querySelectorAll("[aria-label=Problems] > li").length < all, all);
  await group.selectOption("By rule");
  await play.problems.getByRole("button", { name: /undefined-variable.*3/, expanded: true }).waitFor();
  await play.problems.getByRole("button", { name: /tool-case/, expanded: true }).waitFor();
  // The rows of a rule are adjacent, whatever their files.
  const names = await rows.locator(".rule-name").allInnerTexts();
  assert.deepEqual(names, [...new Set(names)].flatMap((rule) => names.filter((name) => name === rule)));
});

test("the controls of the list never cover its heading, and a group's row is one line", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review {{ONE}}, {{TWO}} and {{THREE}}.\n\n{{include:none.md}}\n\nTBD\n`);
  await play.page.getByRole("combobox", { name: "Group problems" }).selectOption("By rule");
  for (const width of [1200, 1440, 1600, 1920]) {
    await play.page.setViewportSize({ width, height: 900 });
    const heading = await play.page.locator("#problems-heading").boundingBox();
    const tools = await play.page.locator(".list-tools > *").evaluateAll((tools) => tools.map((tool) => tool.getBoundingClientRect().toJSON()));
    for (const { left, right, top } of tools) {
      assert.ok(left >= heading.x + heading.width || top >= heading.y + heading.height, `at ${width}: ${left} is behind the heading`);
      assert.ok(right <= width);
    }
    const row = await play.problems.getByRole("button", { name: /^undefined-variable/ }).boundingBox();
    assert.ok(row.height <= 32, `at ${width}: ${row.height}`);
  }
});

test("the problem at the caret is the current one of the list", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review {{ONE}}.\n\nThen {{TWO}}.\n`);
  const { page } = play;
  await play.problem("undefined-variable").nth(1).waitFor();
  await play.editor.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction(() => document.querySelector(".problem[data-current=true]").textContent.includes("TWO"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction(() => document.querySelector(".problem[data-current=true]").textContent.includes("ONE"));
});

test("a fix shows what it changes while it has the focus, and can be taken back", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review.\n`);
  const { page } = play;
  await page.getByRole("button", { name: /^Fix: / }).focus();
  const preview = page.locator(".preview");
  await preview.getByText("tools: Read, Bash", { exact: true }).waitFor();
  await preview.getByText("tools: Read, bash", { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await play.problem("tool-case").waitFor({ state: "detached" });
  await notice(play).getByRole("button", { name: "Undo" }).click();
  await play.problem("tool-case").waitFor();
  assert.match(await play.text(), /tools: Read, bash\n/);
});

test("the notice after all safe fixes counts them as the button did, and goes with the panel it covers", async () => {
  const { play } = on;
  const page = await play.visit();
  // The description cannot be judged before it is quoted: a fix reveals a problem.
  await play.write("---\nname: r\ndescription: Helps with SQL: queries\ntools: Read, bash\n---\nReview {{ONE}}.\n");
  await play.chooseHost("Claude Code subagent");
  await page.getByRole("button", { name: "Apply all safe fixes (2)" }).click();
  await notice(play).getByText(/^Applied 2 fixes\. \d problems remain\.$/).waitFor();
  await play.settled();
  const left = Number(/(\d) problems/.exec(await notice(play).innerText())[1]);
  assert.equal(await play.problems.getByRole("listitem").count(), left);
  await page.getByRole("tab", { name: "Outline" }).click();
  await notice(play).waitFor({ state: "detached" });
});

test("a problem without a fix says in its row what to do, and Why does not repeat the row", async () => {
  const { play } = on;
  await begin(play, `---\nname: r\ndescription: Reviews code.\ntools: Read, bash\n---\nReview.\n`);
  await play.chooseHost("Claude Code subagent");
  const row = play.problem("description-length");
  const help = row.locator(".remedies .help-text");
  await help.filter({ hasText: "Say what the role does" }).waitFor();
  const said = await help.innerText();
  await row.getByRole("button", { name: /^Why/ }).click();
  await row.getByRole("region", { name: "Rule description-length" }).waitFor();
  assert.equal((await row.innerText()).split(said).length, 2, "said once");
  const fixable = play.problem("tool-case");
  assert.equal(await fixable.locator(".help-text").count(), 0, "its fix says it");
});

test("many problems get a taller panel, which does not move while the text is edited", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.setViewportSize({ width: 1280, height: 800 });
  const height = async () => (await page.locator(".dock").boundingBox()).height;
  const usual = await height();
  await play.write(`${HEAD}Review {{ONE}}, {{TWO}} and {{THREE}}.\n\n{{include:none.md}}\n`);
  await play.problem("missing-include").waitFor();
  await play.settled();
  const tall = await height();
  assert.ok(tall > usual + 100, `${usual}, then ${tall}`);
  await play.editor.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ControlOrMeta+Shift+k");
  await play.problem("missing-include").waitFor({ state: "detached" });
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ControlOrMeta+Shift+k");
  await play.problem("undefined-variable").first().waitFor({ state: "detached" });
  assert.equal(await height(), tall);
  // A height that someone has chosen stays.
  await page.getByRole("separator", { name: "Problems panel height" }).focus();
  await page.keyboard.press("ArrowDown");
  const chosen = await height();
  assert.ok(Math.abs(chosen - (tall - 14)) < 6, `${tall}, then ${chosen}`);
});

test("Undo of a fix goes when something else is edited", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review.\n`);
  await play.page.getByRole("button", { name: /^Fix: / }).click();
  await notice(play).getByRole("button", { name: "Undo" }).waitFor();
  await play.editor.focus();
  await play.page.keyboard.press("ControlOrMeta+End");
  await play.page.keyboard.type("More.");
  await notice(play).waitFor({ state: "detached" });
});

const FOREIGN = "---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, run_shell_command\n---\nReview.\n";

async function isReviewed(play, ask) {
  const { page } = play;
  const before = await play.text();
  await ask();
  const dialog = page.getByRole("dialog").filter({ hasText: "This may change the meaning of the text." });
  await dialog.getByRole("group", { name: "Changes" }).getByText("tools: Read, run_shell_command").waitFor();
  assert.equal(await play.text(), before, "nothing is changed yet");
  return dialog;
}

test("a fix that may change the meaning is shown first, from the row, by key and from the menu at the caret", async () => {
  const { play } = on;
  const { page } = { page: await play.visit() };
  await play.write(FOREIGN);
  await play.chooseHost("Claude Code subagent");
  const row = play.problem("foreign-tool");
  await row.waitFor();
  let dialog = await isReviewed(play, () => row.getByRole("button", { name: /^Fix: / }).click());
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "hidden" });
  await row.getByRole("button").first().focus();
  dialog = await isReviewed(play, () => page.keyboard.press("."));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await row.getByRole("button").first().click();
  dialog = await isReviewed(play, async () => {
    await page.keyboard.press("Control+.");
    await page.getByRole("menuitem", { name: /may change the meaning/ }).first().click();
  });
  await dialog.getByRole("button", { name: "Apply" }).click();
  await row.waitFor({ state: "detached" });
  await notice(play).getByRole("button", { name: "Undo" }).waitFor();
});

test("a variable gets its value from the row of its problem", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review for {{TEAM}}.\n`);
  await play.page.getByRole("textbox", { name: "Value for TEAM" }).fill("Payments.dev");
  await play.page.keyboard.press("Enter");
  await play.promptHolds("Review for Payments.dev.");
  await play.problem("undefined-variable").waitFor({ state: "detached" });
});

for (const [words, pattern] of [["here", /# rolewright-ignore tool-case\ntools/], ["in this file", /rolewright-ignore-file tool-case/], ["in the project", null]]) {
  test(`a rule is turned off ${words}, and that can be taken back`, async () => {
    const { play } = on;
    await begin(play, `${HEAD}Review.\n`);
    const before = await play.text();
    const row = play.problem("tool-case");
    await row.getByRole("button", { name: /^Why/ }).click();
    await row.getByRole("button", { name: words, exact: true }).click();
    await row.waitFor({ state: "detached" });
    if (pattern) assert.match(await play.text(), pattern);
    else assert.equal(await play.text(), before);
    await notice(play).getByRole("button", { name: "Undo" }).click();
    await row.waitFor();
    assert.equal(await play.text(), before);
  });
}

test("the rules are searched, changed, and written into the project as its configuration", async () => {
  const { play } = on;
  await begin(play, `${HEAD}Review.\n`);
  const { page } = play;
  await page.getByRole("button", { name: "Rules", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: "Rules" });
  await drawer.getByRole("button", { name: /^Style.*\+\d+ rules/ }).waitFor();
  const rows = drawer.getByRole("listitem");
  const all = await rows.count();
  assert.ok(all > 60, `${all} rules`);
  await drawer.getByRole("searchbox").fill("tool-case");
  assert.equal(await rows.count(), 1);
  await drawer.getByRole("combobox", { name: "Severity of tool-case" }).selectOption("off");
  await drawer.getByRole("searchbox").fill("");
  await drawer.getByRole("checkbox", { name: "Changed (1)" }).check();
  assert.equal(await rows.count(), 1);
  await rows.first().locator("summary").getByText("tool-case").click();
  await rows.first().getByText("Incorrect").waitFor();
  await drawer.getByRole("group", { name: "Configuration" }).getByText('"tool-case": "off"').waitFor();
  await drawer.getByRole("button", { name: "Save to the project" }).click();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  await page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: /^rolewright\.json/ }).waitFor();
  assert.equal(await play.problem("tool-case").count(), 0);
});
