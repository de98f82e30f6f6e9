// Tests the host dialog and the file of the host that a role is compiled for.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ROLE = "---\nname: reader\ndescription: Reads code. Use it for every question.\ntools: Read, Grep\ncolor: blue\n---\n\nYou read code.\n";

async function begin(play) {
  await play.visit();
  await play.write(ROLE);
  await play.chooseHost("Claude Code subagent");
}

const row = (play, title) => play.hosts.getByRole("row").filter({ has: play.page.getByRole("button", { name: title, exact: true }) });

test("the dialog says what a host is, how it was detected, and what each host makes of the role", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("button", { name: "Host Claude Code subagent" }).click();
  await play.hosts.getByText(/A host is the product that loads your role/).waitFor();
  await play.hosts.getByRole("button", { name: /^Written for Claude Code subagent .+/ }).waitFor();
  await play.hosts.getByRole("button", { name: /^Compiled for The same host/ }).waitFor();
  const copilot = row(play, "GitHub Copilot agent");
  await copilot.getByText(/Loads|Rejected|No file/).waitFor();
  await copilot.getByText(".github/agents/code-reviewer.agent.md").waitFor();
  await copilot.getByText(/^\d (errors?|warnings?)$/).first().waitFor({ state: "attached" });
  const titles = await play.hosts.getByRole("rowheader").allInnerTexts();
  assert.ok(titles.indexOf("Legacy") > titles.indexOf("GitHub Copilot agent"), titles.join());
  assert.ok(titles.indexOf("Legacy") < titles.indexOf("Gemini CLI subagent"), titles.join());
  const verdicts = await play.hosts.locator("td.result").count();
  assert.ok(verdicts > 30, `${verdicts} hosts`);
  await page.keyboard.type("codex toml");
  assert.equal(await play.hosts.locator("td.result").count(), 1);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Codex agent");
  await page.keyboard.press("Escape");
  await play.hosts.waitFor({ state: "hidden" });
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Host.*Claude Code/);
});

test("axe finds nothing in the dialog, and it fits a phone", async () => {
  const { play } = on;
  const page = await play.visit();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await play.host.click();
    await row(play, "GitHub Copilot agent").getByText(/Loads|Rejected|No file/).waitFor();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`), []);
    await page.keyboard.press("Escape");
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await play.host.click();
  const { scrollWidth, clientWidth } = await play.hosts.evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  assert.ok(scrollWidth <= clientWidth, `${scrollWidth} of ${clientWidth} pixels`);
});

test("the host file is really converted, at the path of its host, and what is lost leads to its place", async () => {
  const { play } = on;
  await begin(play);
  const { page } = play;
  await play.chooseHost("GitHub Copilot agent", "Compiled for");
  await page.getByRole("button", { name: "Host Claude Code subagent compiled for GitHub Copilot agent" }).waitFor();
  await page.getByText(/^Converted from Claude Code subagent to GitHub Copilot agent\./).waitFor();
  await page.getByText(".github/agents/reader.agent.md").first().waitFor();
  const file = await page.getByRole("group", { name: "Host file contents" }).textContent();
  assert.match(file, /^---\n/);
  assert.match(file, /tools:.*read/s);
  assert.doesNotMatch(file, /color: blue/);
  const loss = page.getByRole("listitem").filter({ hasText: "color" });
  await loss.getByRole("button", { name: /^Line \d+/ }).click();
  await page.waitForFunction(() => getSelection().toString().includes("color") || getSelection().toString().includes("blue"));
  assert.equal(await play.problem("unknown-field").count(), 0, "the text is still checked for its own host");
});

test("a host that would allow the role more gets no file, and the page says why", async () => {
  const { play } = on;
  await begin(play);
  await play.chooseHost("Codex agent", "Compiled for");
  await play.page.getByText("Not converted: Codex agent would let the role do more than its source allows.").waitFor();
  await play.page.getByText("npx rolewright compile role.md --host claude-code --to codex-agent --allow-widening", { exact: true }).waitFor();
  assert.equal(await play.page.getByText(/^Converted/).count(), 0);
  assert.equal(await play.page.getByRole("group", { name: "Host file contents" }).count(), 0);
  await play.host.click();
  await row(play, "Codex agent").getByText("No file").waitFor();
  await row(play, "Codex agent").getByText("widened").waitFor();
});

test("what a role is compiled for is kept, and the same host again converts nothing", async () => {
  const { play } = on;
  await begin(play);
  const { page } = play;
  await play.chooseHost("GitHub Copilot agent", "Compiled for");
  await play.saved();
  await page.reload();
  await page.getByRole("button", { name: "Host Claude Code subagent compiled for GitHub Copilot agent" }).waitFor();
  await play.chooseHost("The same host", "Compiled for");
  await page.getByRole("tab", { name: "Host file" }).click();
  await page.getByText("This is the host the text is written for, so nothing is converted.").waitFor();
  assert.match(await page.getByRole("group", { name: "Host file contents" }).textContent(), /tools: Read, Grep\n/);
});

test("the files of two hosts are compared", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, Grep\n---\nReview.\n");
  await play.chooseHost("Claude Code subagent");
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.getByRole("combobox", { name: "Compare with" }).selectOption({ label: "Host file: OpenCode agent" });
  const diff = page.getByRole("group", { name: "Changed lines" });
  await diff.getByText("tools: Read, Grep").waitFor();
  await page.getByText(/^−OpenCode agent: \d+ lines?$/).waitFor();
  await page.getByText(/^\+Claude Code subagent: \d+ lines?$/).waitFor();
  // After an edit, the hosts are compared again.
  await play.write("---\nname: r\ndescription: Reviews code. Use it after each change.\n---\nReview.\n");
  await diff.getByText("tools: Read, Grep").waitFor({ state: "hidden" });
});

test("of a file with several roles the page says which one it shows, and shows the chosen one", async () => {
  const { play } = on;
  const page = await play.visit();
  const modes = "customModes:\n  - slug: reader\n    name: Reader\n    groups: [read]\n    roleDefinition: You read.\n  - slug: writer\n    name: Writer\n    groups: [read, edit]\n    roleDefinition: You write.\n";
  await play.bring(".roomodes", modes);
  await play.promptHolds("You read.");
  await play.editor.locator(".cm-line span").filter({ hasText: /^customModes$/ }).waitFor();
  const role = page.getByRole("combobox", { name: "Role of this file" });
  assert.deepEqual(await role.getByRole("option").allInnerTexts(), ["reader (1 of 2)", "writer (2 of 2)"]);
  await role.selectOption("writer (2 of 2)");
  await play.promptHolds("You write.");
  await play.saved();
  await page.reload();
  await play.promptHolds("You write.");
  assert.equal(await role.inputValue(), "1");
  await play.chooseHost("Claude Code subagent", "Compiled for");
  await page.getByText(".claude/agents/writer.md").first().waitFor();
  await role.selectOption("reader (1 of 2)");
  await page.getByText(".claude/agents/reader.md").first().waitFor();
});

test("an error of the role is not blamed on the hosts, and no path is promised", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(`${ROLE}\n{{include:none.md}}\n`);
  await page.getByRole("button", { name: "Host Claude Code subagent" }).click();
  for (const title of ["Claude Code subagent", "GitHub Copilot agent"]) {
    const cells = row(play, title);
    await cells.getByText("Has errors", { exact: true }).waitFor();
    assert.equal(await cells.getByText("Rejected").count(), 0, title);
    assert.equal(await cells.getByText(/^(role|\.github\/.*)\.md$/).count(), 0, `${title} writes no file`);
    await cells.getByText("1 error", { exact: true }).waitFor({ state: "attached" });
  }
  await row(play, "Claude Code subagent").getByText("detected", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Host file" }).click();
  await page.getByText(/Detected as Claude Code subagent, the best match for the front matter fields\./).waitFor();
  await play.chooseHost("GitHub Copilot agent", "Compiled for");
  await page.getByText(/The role has errors/).waitFor();
  assert.equal(await page.getByText(/rejects the file/).count(), 0);
});

test("the reason a host gets no file is not cut off", async () => {
  const { play } = on;
  await begin(play);
  await play.host.click();
  await row(play, "Codex agent").getByText("No file").waitFor();
  for (const width of [1440, 1280, 390]) {
    await play.page.setViewportSize({ width, height: 800 });
    const cut = await play.hosts.locator(".written .meta").evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1 || getComputedStyle(one).overflow === "hidden").length);
    assert.equal(cut, 0, `at ${width}`);
  }
});

test("on its own host, a role that is repaired is changed and not lost", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: reader\ndescription: Reads code: use it for every question.\ntools: Read, Grep\n---\n\nYou read code.\n");
  await play.chooseHost("Claude Code subagent");
  await page.getByRole("tab", { name: "Host file" }).click();
  await page.getByText("1 change", { exact: true }).waitFor();
  assert.equal(await page.getByText("so nothing is converted").count(), 0);
  await page.getByText("not everything stays as it is written").waitFor();
  await play.host.click();
  await row(play, "Claude Code subagent").getByText("Loads, 1 change").waitFor();
});

test("the dialog shows the chosen host, and Enter in the search chooses the only match", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.host.click();
  await page.keyboard.type("codex toml");
  await page.keyboard.press("Enter");
  await play.hosts.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Host Codex agent" }).waitFor();
  await play.settled();
  await play.chooseHost("Windsurf workflow");
  await play.host.click();
  await play.hosts.getByText(/Loads|Rejected|No file/).first().waitFor();
  const chosen = play.hosts.getByRole("button", { name: "Windsurf workflow", exact: true });
  await page.waitForFunction(() => document.querySelector(".choose[aria-pressed=true]"));
  const [inner, outer] = [await chosen.boundingBox(), await play.hosts.boundingBox()];
  assert.ok(inner.y > outer.y && inner.y + inner.height < outer.y + outer.height, `${inner.y} in ${outer.y} to ${outer.y + outer.height}`);
});
