// Tests sharing a project as a link, as Markdown and as a source map, and opening links.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Play, context, stage } from "./playground.mjs";

const on = stage({ permissions: ["clipboard-read", "clipboard-write"] });

const ROLE = "---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, bash\n---\n\nReview 😀 for {{TEAM}}.\r\n";

async function share(play, words) {
  await play.page.getByRole("button", { name: "Share", exact: true }).click();
  await play.page.getByRole("button", { name: words }).click();
}

const clipboard = (play) => play.page.evaluate(() => navigator.clipboard.readText());

async function linked(play) {
  await share(play, /^Copy link/);
  await play.page.getByRole("group", { name: "Notice" }).getByText(/Link copied: [\d,]+ characters/).waitFor();
  return clipboard(play);
}

async function visitor(play, address) {
  const other = new Play(play.site, await context(on.browser));
  await other.visit({ address });
  return other;
}

test("a link carries files, values and host to another person, line endings included", async () => {
  const { play } = on;
  await play.visit();
  await play.bring("r.md", ROLE);
  await play.chooseHost("Claude Code subagent");
  await play.page.getByRole("tab", { name: /^Values/ }).click();
  await play.page.getByRole("textbox", { name: "TEAM", exact: true }).fill("支付");
  await play.page.getByRole("tab", { name: /^Prompt/ }).click();
  await play.promptHolds("Review 😀 for 支付.");
  const link = await linked(play);
  assert.ok(link.startsWith(`${play.site.url}#1`), link);
  assert.doesNotMatch(link, /Review/);
  const other = await visitor(play, link);
  await other.page.getByText("Opened the link as a new project.").first().waitFor();
  await other.promptHolds("Review 😀 for 支付.");
  await other.page.getByRole("button", { name: "Host Claude Code subagent" }).waitFor();
  assert.equal(await other.download(), ROLE);
  assert.equal(new URL(other.page.url()).hash, "");
  await other.saved();
  await other.page.reload();
  await other.promptHolds("Review 😀 for 支付.");
  assert.deepEqual(other.faults, []);
  await other.context.close();
});

test("a link shows the role that was chosen in a file with several", async () => {
  const { play } = on;
  await play.visit();
  await play.bring(".roomodes", "customModes:\n  - {slug: reader, name: R, groups: [read], roleDefinition: You read.}\n  - {slug: writer, name: W, groups: [edit], roleDefinition: You write.}\n");
  await play.page.getByRole("combobox", { name: "Role of this file" }).selectOption("writer (2 of 2)");
  await play.promptHolds("You write.");
  const other = await visitor(play, await linked(play));
  await other.promptHolds("You write.");
  await other.context.close();
});

test("nothing of a link reaches the server", async () => {
  const { play, site } = on;
  await play.visit();
  const other = await visitor(play, await linked(play));
  assert.ok(site.requests.every((path) => !path.includes("#") && path.length < 80));
  await other.context.close();
});

test("a link opened over one's own work leaves that work in the list, and can be discarded", async () => {
  const { play } = on;
  await play.visit();
  await play.write("Theirs.");
  const link = await linked(play);
  await play.write("Mine.");
  await play.saved();
  await play.page.evaluate((link) => void (location.href = link), link);
  await play.promptHolds("Theirs.");
  await play.page.getByRole("button", { name: "Discard" }).click();
  await play.promptHolds("Mine.");
  await play.page.getByRole("button", { name: /^Project: / }).click();
  assert.equal(await play.page.getByText("Saved in this browser").count(), 0);
});

test("a link has no more than two thirds of the text's length", async () => {
  const { play } = on;
  await play.visit();
  const prose = await readFile(new URL("../../CONTRIBUTING.md", import.meta.url), "utf8");
  const role = `---\nname: contributor\ndescription: Helps to contribute. Use it before a pull request.\n---\n\n${prose.slice(0, 4900)}`;
  await play.write(role);
  await play.promptHolds("Add a rule");
  const { length } = await linked(play);
  assert.ok(length < (role.length * 2) / 3, `${length} characters for ${role.length}`);
});

test("a link that was cut short shows what could be read, and says so", async () => {
  const { play } = on;
  await play.visit();
  const lines = Array.from({ length: 60 }, (_, n) => `Line ${n} of ${Math.sin(n)}.`).join("\n");
  await play.write(lines);
  const link = await linked(play);
  const other = await visitor(play, link.slice(0, -200));
  await other.page.getByText("This link is incomplete. The readable part was opened").first().waitFor();
  await other.promptHolds("Line 3 of 0.1411200080598672.");
  await other.page.evaluate(() => void (location.hash = "#1nonsense"));
  await other.page.getByText("This link is damaged. Nothing in it could be read.").first().waitFor();
  await other.promptHolds("Line 3 of 0.1411200080598672.");
  await other.context.close();
});

test("a link of the first version still opens", async () => {
  const fixture = await readFile(new URL("links/version-1.txt", import.meta.url), "utf8");
  const { play } = on;
  await play.visit({ address: `${play.site.url}#${fixture.trim()}` });
  await play.promptHolds("Kept for ever. 永远 😀");
  await play.page.getByRole("button", { name: "Project: Fixture" }).waitFor();
  await play.page.getByRole("button", { name: "Host Agent Skill" }).waitFor();
});

test("the project is copied as Markdown with its problems, and the problems alone", async () => {
  const { play } = on;
  await play.visit();
  await play.write(ROLE);
  await play.problem("tool-case").waitFor();
  await share(play, /^Copy as Markdown/);
  await play.page.getByText("Files and problems copied").first().waitFor();
  assert.match(await clipboard(play), /```markdown\n---\nname: r\n[\s\S]*```\n\n## Problems\n\n[\s\S]*\(tool-case\)/);
  await share(play, /^Copy as a task for an assistant/);
  await play.page.getByText("Problems copied").first().waitFor();
  const task = await clipboard(play);
  assert.match(task, /^Fix these problems in `role\.md` \([A-Z].+\)\. Keep everything else\.\n\n- \*\*/);
  assert.match(task, /\(tool-case\)\n {2}.+\n {2}Fix: Replace `bash` with `Bash`\n/);
  await share(play, /^Copy command/);
  await play.page.getByText("Command copied").first().waitFor();
  assert.match(await clipboard(play), /^npx rolewright check role\.md$/);
});

test("the source map leads from the prompt to the files", async () => {
  const { play } = on;
  await play.visit();
  const download = play.page.waitForEvent("download");
  await share(play, /^Download source map/);
  const file = await download;
  assert.equal(file.suggestedFilename(), "code-reviewer.md.prompt.map");
  const map = JSON.parse(await readFile(await file.path(), "utf8"));
  assert.equal(map.version, 3);
  assert.deepEqual(map.sources, [".claude/agents/code-reviewer.md", "shared/review-style.md"]);
  const lines = (await play.prompt.evaluate((paper) => [...paper.querySelectorAll(".text")].map((text) => text.textContent).join(""))).split("\n");
  const at = lines.findIndex((line) => line.includes("One finding, one paragraph"));
  assert.deepEqual(sourceOf(map, at), ["shared/review-style.md", 2]);
});

/** File and line (from 0) of the first mapping of a line of the prompt. */
function sourceOf(map, wanted) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let [source, line] = [0, 0];
  for (const [at, mappings] of map.mappings.split(";").entries()) {
    for (const [nth, mapping] of mappings.split(",").filter(Boolean).entries()) {
      const numbers = [];
      let [value, shift] = [0, 0];
      for (const digit of mapping) {
        const bits = digits.indexOf(digit);
        value |= (bits & 31) << shift;
        shift += 5;
        if (bits & 32) continue;
        numbers.push(value & 1 ? -(value >> 1) : value >> 1);
        [value, shift] = [0, 0];
      }
      source += numbers[1];
      line += numbers[2];
      if (at === wanted && nth === 0) return [map.sources[source], line];
    }
  }
  return null;
}

test("a link of a later version says so", async () => {
  const { play } = on;
  const page = await play.visit({ address: `${play.site.url}#9abc` });
  await page.getByRole("group", { name: "Notice" }).getByText(/later version of Rolewright/).waitFor();
  await page.getByRole("button", { name: "Project: Code reviewer" }).waitFor();
});
