// Tests a newcomer's first steps: the greeting, starting points, help, and copying the prompt.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

test("a first visit says in one sentence what this is, and offers to paste, open and see examples", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const welcome = page.getByRole("complementary", { name: "Welcome" });
  await welcome.getByText(/Check a role definition.*Nothing leaves your browser/).waitFor();
  await welcome.getByRole("button", { name: "Open", exact: true }).waitFor();
  await welcome.getByRole("button", { name: "Examples" }).click();
  await welcome.getByRole("button", { name: /^Docs writer/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.evaluate(() => navigator.clipboard.writeText("# Cook\n\nYou cook.\n"));
  await welcome.getByRole("button", { name: "Paste" }).click();
  await play.promptHolds("You cook.");
  await welcome.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Project: Cook" }).waitFor();
});

test("an empty project has no problems and offers starting points for the usual hosts", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("button", { name: /^Project/ }).click();
  await page.getByRole("button", { name: "New empty project" }).click();
  await page.getByText("Nothing to check yet.").waitFor();
  await play.status.getByText("Nothing to check", { exact: true }).waitFor();
  assert.ok(await page.getByRole("button", { name: "Copy prompt" }).isDisabled(), "there is nothing to copy");
  assert.equal(await page.getByText(/0 words/).count(), 0, "nor to count");
  assert.equal(await play.problems.getByRole("listitem").count(), 0);
  await page.getByRole("button", { name: /^GitHub Copilot agent/ }).click();
  await page.getByRole("button", { name: "Host GitHub Copilot agent" }).waitFor();
  await page.getByText(/^No problems\./).waitFor();
  await play.promptHolds("You review code changes.");
});

test("every starting point is free of errors", async () => {
  const { play } = on;
  const page = await play.visit();
  const names = ["Claude Code subagent", "GitHub Copilot agent", "Agent Skill", "AGENTS.md", "System prompt"];
  for (const name of names) {
    await page.getByRole("button", { name: /^Project/ }).click();
    await page.getByRole("button", { name: "New empty project" }).click();
    await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
    await play.settled();
    assert.deepEqual(await play.problems.getByRole("listitem").allInnerTexts(), [], name);
  }
});

test("copying the prompt is the primary action, and help has the keys", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy prompt" }).click();
  await page.getByRole("group", { name: "Notice" }).getByText("Prompt copied.").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^You are a senior engineer/);
  await page.getByRole("button", { name: "Help" }).click();
  const help = page.getByRole("dialog", { name: "Rolewright" });
  await help.getByText("Next problem; with Shift, the previous one").waitFor();
  await help.getByText(/Version \d.*\d+ rules, \d+ hosts/).waitFor();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
});

test("hovering a part of an include lights all of it and says file, line and chain", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("button", { name: /^Project/ }).click();
  await page.getByRole("button", { name: /^On-call template/ }).click();
  await play.promptHolds("the release channel");
  await play.prompt.getByText("the release channel").hover();
  const lit = await play.prompt.locator(".lit").allInnerTexts();
  assert.match(lit.join("\n"), /Who knows what[\s\S]*Databases/);
  await page.getByText(/contacts\.md, line \d+ .*via .*on-call\.md:\d+ → .*escalation\.md:\d+/).waitFor();
});

test("a project is called as its role until it is given a name of its own", async () => {
  const { play } = on;
  const page = await play.visit();
  const project = (name) => page.getByRole("button", { name: `Project: ${name}`, exact: true });
  await play.write("---\nname: reviewer\ndescription: Reviews code. Use it after each change.\n---\nReview.\n");
  await project("reviewer").waitFor();
  await page.waitForFunction(() => document.title === "reviewer · Rolewright");
  await play.write("# Style guide\n\nWrite plainly.\n");
  await project("Style guide").click();
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await project("Mine").waitFor();
  await play.write("---\nname: other\n---\nReview.\n");
  await play.promptHolds("Review.");
  await project("Mine").waitFor();
});

test("a name keeps what is typed when the page is drawn again", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("button", { name: /^Project: / }).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Mine");
  // From this width on, the files are closed.
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.equal(await name.inputValue(), "Mine");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Project: Mine", exact: true }).waitFor();
});
