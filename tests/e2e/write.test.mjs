// Tests writing a role: problems, prompt, jumps, fixes, hosts, values and saving.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const ROLE = `---
name: code-reviewer
description: Reviews changed code for faults. Use it after each change of the sources.
tools: Read, Grep, Bsh
---
# Code reviewer 😀

You review code. 你要检查每一次修改。

Answer in {{LANGUAGE}}.
`;

test("a typed role shows its problems and its prompt", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  await play.promptHolds("你要检查每一次修改。");
  await play.problem("unknown-tool").getByText("Bsh").first().waitFor();
  await play.problem("undefined-variable").getByText("LANGUAGE").first().waitFor();
  assert.match(await play.prompt.innerText(), /Code reviewer 😀/);
  assert.doesNotMatch(await play.prompt.innerText(), /description:/);
});

test("a key rebuilds no row of the outline", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await play.write(`First.\n\n${Array.from({ length: 20 }, (_, n) => `## Section ${n}\n\nRead each file.\n`).join("\n")}`);
  await play.settled();
  await page.getByRole("region", { name: "Outline" }).getByRole("button", { name: /^Section 19/ }).waitFor();
  await page.evaluate(() => {
    globalThis.rebuilt = 0;
    const count = (changes) => (globalThis.rebuilt += changes.length);
    new MutationObserver(count).observe(document.querySelector(".contents"), { subtree: true, childList: true });
  });
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("x");
  await play.promptHolds("xFirst.");
  await play.settled();
  assert.equal(await page.evaluate(() => globalThis.rebuilt), 0);
});

test("a click on a problem selects its exact range after emoji and Chinese text", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  await play.problem("undefined-variable").getByRole("button").first().click();
  assert.equal(await play.selection(), "{{LANGUAGE}}");
  await play.status.getByText("Ln 10, Col").waitFor();
});

test("a click on a problem selects its exact range in a document with CRLF", async () => {
  const { play } = on;
  await play.visit();
  await play.bring("crlf.md", ROLE.replaceAll("\n", "\r\n"));
  await play.problem("undefined-variable").getByRole("button").first().click();
  assert.equal(await play.selection(), "{{LANGUAGE}}");
  await play.problem("unknown-tool").getByRole("button").first().click();
  assert.equal(await play.selection(), "Bsh");
});

test("Enter on a problem jumps to it, and F8 goes from problem to problem", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  await play.problem("unknown-tool").getByRole("button").first().focus();
  await play.page.keyboard.press("Enter");
  assert.equal(await play.selection(), "Bsh");
  await play.page.keyboard.press("F8");
  await play.page.waitForFunction(() => getSelection().toString() === "{{LANGUAGE}}");
  await play.page.keyboard.press("Shift+F8");
  await play.page.waitForFunction(() => getSelection().toString() === "Bsh");
});

test("a fix is one click, and one undo takes it back", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE.replace("Bsh", "bash"));
  const row = play.problem("tool-case");
  await row.getByRole("button", { name: /^Fix: / }).click();
  await row.waitFor({ state: "detached" });
  assert.match(await play.text(), /tools: Read, Grep, Bash\n/);
  await play.editor.focus();
  await play.page.keyboard.press("ControlOrMeta+z");
  await row.waitFor();
  assert.match(await play.text(), /tools: Read, Grep, bash\n/);
});

test("all safe fixes are one click and one undo step, in a document with CRLF too", async () => {
  const { play } = on;
  await play.visit();
  const role = "---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, Grep, bash\n---\nReview.\n";
  await play.bring("r.md", role.replaceAll("\n", "\r\n"));
  await play.problem("tool-case").first().waitFor();
  await play.page.getByRole("button", { name: /^Apply all safe fixes/ }).click();
  await play.page.waitForFunction(() => document.querySelector(".cm-content").textContent.includes("tools: Read, Grep, Bash"));
  await play.problem("tool-case").first().waitFor({ state: "detached" });
  await play.editor.focus();
  await play.page.keyboard.press("ControlOrMeta+z");
  await play.problem("tool-case").first().waitFor();
  assert.match(await play.text(), /tools: Read, Grep, bash\n/);
});

test("another host judges the same text differently", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  await play.chooseHost("Claude Code subagent");
  await play.problem("unknown-tool").first().waitFor();
  await play.chooseHost("Plain role");
  await play.problem("unknown-tool").first().waitFor({ state: "detached" });
});

test("a value fills its variable in the prompt", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  await play.problem("undefined-variable").first().waitFor();
  await play.page.getByRole("tab", { name: /^Values/ }).click();
  await play.page.getByRole("textbox", { name: "LANGUAGE", exact: true }).fill("français <b>");
  await play.page.getByRole("tab", { name: /^Prompt/ }).click();
  await play.promptHolds("Answer in français <b>.");
  await play.problem("undefined-variable").first().waitFor({ state: "detached" });
});

test("a click in the prompt goes to its source, and the caret lights its place in the prompt", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  await play.promptHolds("You review code.");
  await play.prompt.getByText("You review code.").click();
  await play.status.getByText("Ln 8,").waitFor();
  await play.prompt.locator(".highlighted").filter({ hasText: "You review code." }).waitFor();
});

test("the documentation of a rule opens in place", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  const row = play.problem("unknown-tool");
  await row.getByRole("button", { name: "Why: unknown-tool" }).click();
  const rule = play.page.getByRole("region", { name: "Rule unknown-tool" });
  await rule.getByRole("group", { name: "Correct", exact: true }).waitFor();
  await rule.getByRole("button", { name: "Open as a project" }).click();
  await play.page.getByRole("button", { name: /^Project: .*unknown-tool/ }).waitFor();
  await play.problem("unknown-tool").waitFor();
});

test("the text, line ends included, is there after a reload", async () => {
  const { play } = on;
  await play.visit();
  const role = ROLE.replaceAll("\n", "\r\n");
  await play.bring("kept.md", role);
  await play.editor.focus();
  await play.page.keyboard.press("Control+End");
  await play.page.keyboard.type("Kept. 保留");
  await play.saved();
  await play.page.reload();
  await play.promptHolds("Kept. 保留");
  assert.equal(await play.download(), `${role}Kept. 保留`);
});

test("what was typed last is kept even when the tab is closed at once", async () => {
  const { play } = on;
  await play.visit();
  await play.write("Typed last.");
  await play.page.close({ runBeforeUnload: true });
  await play.visit();
  await play.promptHolds("Typed last.");
});

test("an empty file says what to do with it, and what is typed takes its place", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("button", { name: /^Project: / }).click();
  await page.getByRole("button", { name: "New empty project" }).click();
  await page.getByText("Write or paste a role, or drop a file here.").waitFor();
  await play.write("You review code.");
  await play.promptHolds("You review code.");
  assert.equal(await play.text(), "You review code.");
  await page.getByRole("button", { name: /^Project: / }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Project: Mine" }).waitFor();
});

test("a project that was deleted from the list comes back with undo", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("Kept.");
  await play.saved();
  const projects = page.getByRole("button", { name: /^Project: / });
  await projects.click();
  await page.getByRole("button", { name: "New empty project" }).click();
  await projects.click();
  await page.getByRole("button", { name: /^Delete project New project/ }).click();
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" }).click();
  await projects.click();
  await page.getByRole("button", { name: /^New project (just now|\d+ min ago)/ }).click();
  await play.promptHolds("Kept.");
});

test("a missing include is created from its problem and opens as a tab", async () => {
  const { play } = on;
  await play.visit();
  await play.write("---\nname: a\ndescription: Reviews code. Use it after each change.\n---\nFirst.\n\n{{include:parts/style.md}}\n");
  await play.problem("missing-include").getByRole("button", { name: /^Create/ }).click();
  await play.page.getByRole("textbox", { name: "Role text, parts/style.md" }).waitFor();
  await play.write("Write plainly. 😀");
  await play.promptHolds("Write plainly. 😀");
  await play.problem("missing-include").waitFor({ state: "detached" });
});

const FAULTY = "---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: read\ndisallowedTools: grep\n---\nReview.\n";

test("after a fix the focus stays in the list, and after the last one it does not fall to the page itself", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(FAULTY);
  const rows = play.problem("tool-case");
  await rows.nth(1).waitFor();
  await rows.first().getByRole("button", { name: /^Fix: / }).focus();
  await page.keyboard.press("Enter");
  await rows.nth(1).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement.closest(".problems"));
  await page.getByRole("button", { name: /^Apply all safe fixes/ }).focus();
  await page.keyboard.press("Enter");
  await rows.first().waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement !== document.body);
});

test("the list follows F8", async () => {
  const { play } = on;
  const page = await play.visit();
  const uses = Array.from({ length: 40 }, (_, n) => `{{include:none_${n}.md}}`).join("\n\n");
  await play.write(`---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n${uses}\n`);
  await play.problems.getByText("40 includes do not exist").waitFor();
  await page.keyboard.press("Shift+F8");
  const last = play.problem("none_39.md");
  await page.waitForFunction(() => getSelection().toString().includes("none_39.md"));
  const [row, panel] = [await last.boundingBox(), await page.locator("#dock-panel").boundingBox()];
  assert.ok(row.y >= panel.y - 2 && row.y + row.height <= panel.y + panel.height + 2, JSON.stringify({ row, panel }));
});

test("nothing is shown as changed before the first edit", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.getByText("No edits yet.").waitFor();
});

test("a role pasted over the example is not compared with the example", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("tab", { name: "Changes" }).click();
  await play.write("# Cook\n\nYou cook.\n");
  await play.settled();
  await page.getByText("No edits yet.").waitFor();
  await page.keyboard.type("Slowly.");
  const changed = page.getByRole("group", { name: "Changed lines" });
  await changed.getByText("Slowly.").waitFor();
  assert.doesNotMatch(await changed.innerText(), /senior engineer/);
});

test("a notice that offers nothing goes with the next edit", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("First.");
  await page.keyboard.press("ControlOrMeta+s");
  await page.getByRole("group", { name: "Notice" }).getByText("Saved in this browser.").waitFor();
  await play.write("Second.");
  await page.getByRole("group", { name: "Notice" }).waitFor({ state: "detached" });
});

test("while nothing was checked there are no counts", async () => {
  const { play, site } = on;
  play.expect(/./);
  site.breaks = (path) => /^engine-/.test(path);
  await play.visit({ hasEngine: false });
  await play.status.getByText("Not checked yet").waitFor();
});

test("where F8 leads is said in full, and no summary of new problems interrupts it", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.evaluate(() => {
    globalThis.spoken = [];
    const status = document.querySelector("#status");
    new MutationObserver(() => globalThis.spoken.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await play.write("---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: read\n---\nReview {{ONE}}.\n");
  await play.problem("tool-case").waitFor();
  await page.keyboard.press("F8");
  await page.waitForFunction(() => globalThis.spoken.some((text) => /line 4/.test(text)));
  // Longer than the pause before a summary is announced.
  await page.waitForTimeout(2200);
  const spoken = (await page.evaluate(() => globalThis.spoken)).filter(Boolean);
  assert.match(spoken.at(-1), /line 4/, spoken.join(" | "));
});

test("the tools of a file in the list do not move its mark onto a line of its own", async () => {
  const { play } = on;
  const page = await play.visit();
  const file = page.getByRole("navigation", { name: "Files" }).getByRole("listitem").filter({ hasText: "code-reviewer.md" });
  const before = await file.boundingBox();
  await file.hover();
  await file.getByRole("button", { name: /^Rename/ }).waitFor();
  assert.deepEqual(await file.boundingBox(), before);
  const [folder, mark] = [await file.getByText(".claude/agents").boundingBox(), await file.getByText("main", { exact: true }).boundingBox()];
  assert.ok(Math.abs(folder.y + folder.height / 2 - mark.y - mark.height / 2) < 4, JSON.stringify({ folder, mark }));
});
