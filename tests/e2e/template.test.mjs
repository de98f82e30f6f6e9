// Tests a role made of several files: the source of each part of the prompt, the include tree, values and
// comparisons.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

/** Opens the example with nested includes and two value sets. */
async function onCall(play) {
  const page = await play.visit();
  await page.getByRole("button", { name: /^Project: / }).click();
  await page.getByRole("button", { name: /^On-call template/ }).click();
  await play.promptHolds("On call for Payments");
  await play.settled();
  return page;
}

const panel = (play, name) => play.page.getByRole("tab", { name }).click();

test("the margin names the file of every included part, in its own color", async () => {
  const { play } = on;
  await onCall(play);
  const parts = await play.prompt.locator(".block .label").evaluateAll((labels) =>
    labels.map((label) => [label.textContent, getComputedStyle(label.nextElementSibling).borderInlineStartColor]),
  );
  assert.deepEqual(parts.map(([name]) => name), ["escalation.md", "contacts.md", "tone.md"]);
  assert.equal(new Set(parts.map(([, color]) => color)).size, 3);
});

test("pointing at a part names its file, its line and the includes that led there", async () => {
  const { play } = on;
  await onCall(play);
  await play.prompt.getByText("Deploys and rollbacks").hover();
  await play.page.getByText(/^shared\/contacts\.md, line 3/).waitFor();
  await play.page.getByText("via roles/on-call.md:22 → shared/escalation.md:7").waitFor();
});

test("the keyboard names a part's file and line as the pointer does", async () => {
  const { play } = on;
  const page = await onCall(play);
  await play.prompt.focus();
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press("ArrowDown");
    if (await page.locator(".origin", { hasText: "shared/escalation.md, line" }).count()) break;
  }
  await page.getByRole("status").filter({ hasText: /^escalation\.md, line \d+/ }).waitFor({ state: "attached" });
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Role text, shared/escalation.md" }).waitFor();
});

test("an included file opens as a tab from its directive, and its own faults are shown", async () => {
  const { play } = on;
  const page = await onCall(play);
  await play.prompt.getByText("## Tone").click();
  await play.editor.getByText("{{include:shared/tone.md}}").click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("textbox", { name: "Role text, shared/tone.md" }).waitFor();
  await page.getByRole("group", { name: "Open files" }).getByRole("button", { name: "tone.md", exact: true }).waitFor();
  await play.write("Ask the \"\"duty officer\" first.\n");
  await play.problem("doubled-quote").getByText("tone.md:1").waitFor();
  await page.getByRole("group", { name: "Open files" }).getByRole("button", { name: /^on-call\.md/ }).click();
  await play.problem("doubled-quote").waitFor({ state: "detached" });
  await page.getByRole("group", { name: "Open files" }).getByRole("button", { name: "tone.md", exact: true }).click();
  await play.problem("doubled-quote").waitFor();
});

test("the include tree shows bytes, tokens and share of each file, and what is missing", async () => {
  const { play } = on;
  const page = await onCall(play);
  await panel(play, "Outline");
  const rows = await page.getByRole("table", { name: "Files in the prompt" }).getByRole("row").allInnerTexts();
  const flat = rows.map((row) => row.replace(/[\s\u202f]+/g, " "));
  assert.match(flat[1], /^roles\/on-call\.md \d+ \d+ 100%$/);
  assert.match(flat[2], /^shared\/escalation\.md on-call\.md:22 \d+ \d+ \d+%$/);
  assert.match(flat[3], /^shared\/contacts\.md escalation\.md:7 \d+ \d+ \d+%$/);
  assert.ok(flat.some((row) => /known-issues\.md .*optional, not found/.test(row)), flat.join("\n"));
  assert.ok(flat.some((row) => /handover\.md .*missing/.test(row)), flat.join("\n"));
});

test("all bars of the outline have one scale, and a small share is not none", async () => {
  const { play } = on;
  const page = await play.visit();
  const part = (title, words) => `## ${title}\n\n${"Read each changed file. ".repeat(words)}\n\n`;
  await play.write(`---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n\n# Parts\n\n${part("One", 260)}${part("Two", 140)}{{include:shared/review-style.md}}\n`);
  await play.promptHolds("Two");
  await panel(play, "Outline");
  const bars = await page.locator(".outline tbody tr").evaluateAll((rows) =>
    rows.map((row) => {
      const widths = [...row.querySelectorAll(".bar-of > span")].map((span) => parseFloat(span.style.width.match(/[\d.]+/)[0]));
      return [row.querySelector("td:last-child .number").textContent, widths.reduce((sum, width) => sum + width, 0)];
    }),
  );
  assert.ok(bars.length > 4, JSON.stringify(bars));
  for (const [share, width] of bars) assert.ok(Math.abs(width - (share === "<1%" ? 0 : parseInt(share))) <= 0.6, `${width} for ${share}`);
  assert.ok(bars.some(([share]) => share === "<1%"), JSON.stringify(bars));
  assert.ok(!bars.some(([share]) => share === "0%"), JSON.stringify(bars));
});

test("the size of a prompt is as precise as it is known, and large units are named", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(`---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n\n${"Read each changed file. ".repeat(100)}\n`);
  await play.chooseHost("Claude Code subagent");
  const size = page.getByText(/^\d+ words · about \d+0 tokens$/);
  await size.waitFor();
  assert.match(await size.getAttribute("title"), /^Estimated token count: \d+ to \d+\. /);
  await page.getByText(/^2,\d{3} bytes of 1 MiB$/).waitFor();
});

test("the outline says and draws how much of the host's limit the prompt uses", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write(`---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n\n${"Read each changed file. ".repeat(625)}\n`);
  await play.chooseHost("GitHub Copilot agent");
  await page.getByText(/15,\d{3} of 30,000 characters/).waitFor();
  await panel(play, "Outline");
  await page.getByText(/^Uses 5\d% of the host's limit: 15,\d{3} of 30,000 characters$/).waitFor();
  const share = await page.locator(".budget .bar-of").evaluate((bar) => bar.firstElementChild.clientWidth / bar.clientWidth);
  assert.ok(Math.abs(share - 0.5) < 0.02, `${share}`);
});

test("sets of values are kept under names and change the prompt at once", async () => {
  const { play } = on;
  const page = await onCall(play);
  await panel(play, /^Values/);
  await page.getByRole("combobox", { name: "Value set" }).selectOption("Search");
  await page.getByRole("tabpanel", { name: /^Values/ }).getByText("default", { exact: true }).waitFor();
  await page.getByRole("textbox", { name: "TEAM", exact: true }).fill("Discovery");
  await page.getByRole("button", { name: "Duplicate set" }).click();
  await page.getByRole("textbox", { name: "Name of this value set" }).fill("Night shift");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "PAGER", exact: true }).fill("night");
  await panel(play, "Prompt");
  await play.promptHolds("On call for Discovery");
  await play.promptHolds("page night");
  await play.saved();
  await page.reload();
  await play.promptHolds("page night");
  await panel(play, /^Values/);
  const sets = page.getByRole("combobox", { name: "Value set" });
  assert.deepEqual(await sets.getByRole("option").allInnerTexts(), ["Payments", "Search", "Night shift"]);
});

test("unused and missing values are shown differently", async () => {
  const { play } = on;
  const page = await onCall(play);
  await play.write("---\nname: a\ndescription: Answers alerts. Use it when one fires.\n---\n\nAsk {{WHO}} of {{TEAM}}.\n");
  await panel(play, /^Values 1/);
  await page.getByText("missing", { exact: true }).waitFor();
  await page.getByRole("heading", { name: "Set but not used by this role" }).waitFor();
  await page.getByRole("button", { name: "Remove SERVICE" }).click();
  await page.getByRole("button", { name: "Remove SERVICE" }).waitFor({ state: "detached" });
});

test("the comparison shows what another set of values changes, and what the last edit did", async () => {
  const { play } = on;
  const page = await onCall(play);
  await panel(play, "Changes");
  await page.getByRole("combobox", { name: "Compare with" }).selectOption("Value set: Search");
  const changed = page.getByRole("group", { name: "Changed lines" });
  await changed.getByText("# On call for Search").waitFor();
  const lines = (await changed.locator(".diff-line").allInnerTexts()).map((line) => line.replace(/\s+/g, " ").trim());
  assert.ok(lines.some((line) => /^− ?Removed: ?# On call for Search$/.test(line)), lines.join("\n"));
  assert.ok(lines.some((line) => /^\+ ?Added: ?# On call for Payments$/.test(line)), lines.join("\n"));
  await page.getByRole("combobox", { name: "Compare with" }).selectOption("Before the last edit");
  await play.editor.getByText("First five minutes").click();
  await page.keyboard.press("End");
  await page.keyboard.type(" of it");
  await changed.getByText("## First five minutes of it").waitFor();
});

test("raw text shows what is invisible, and keeps every character", async () => {
  const { play } = on;
  const page = await play.visit();
  const text = "One  two.\n\n-\tTab and\u{a0}space \n";
  await play.write(text);
  await play.promptHolds("Tab and");
  await play.settled();
  await page.getByRole("button", { name: "Raw" }).click();
  for (const kind of ["line-break", "spaces", "tab-stop", "special-space"]) assert.ok((await play.prompt.locator(`.${kind}`).count()) > 0, kind);
  assert.equal(await play.prompt.evaluate((prompt) => [...prompt.querySelectorAll(".text")].map((block) => block.textContent).join("")), text);
  await play.prompt.focus();
  await page.keyboard.press("ControlOrMeta+a");
  assert.ok((await play.selection()).includes("One  two.\n\n-\tTab and\u{a0}space"));
  await page.getByRole("button", { name: "Document" }).click();
  assert.equal(await play.prompt.locator(".line-break").count(), 0);
});

test("lines of a list are wrapped under their text, and every character is kept", async () => {
  const { play } = on;
  await play.visit();
  const long = "Read each changed file from start to end, and name the line of each finding. ".repeat(4).trim();
  const text = `Intro.\n\n- ${long}\n  - ${long}\n    ${long}\n\n10. ${long}\n\n    ${long}\n\n\`\`\`\n- code\n\`\`\`\n\n*Not* an item.\n`;
  await play.write(text);
  await play.promptHolds("Not an item.".slice(4));
  await play.settled();
  assert.equal(await play.prompt.evaluate((prompt) => [...prompt.querySelectorAll(".text")].map((block) => block.textContent).join("")), text);
  // The left edges of the lines that each item takes: the first is that of its bullet.
  const edges = await play.prompt.evaluate((prompt) =>
    [...prompt.querySelectorAll(".item")].map((item) => {
      const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
      const lefts = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const word of node.data.matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          const { left, top } = range.getBoundingClientRect();
          if (lefts.at(-1)?.top !== Math.round(top)) lefts.push({ top: Math.round(top), words: [] });
          lefts.at(-1).words.push(left);
        }
      }
      const isMarked = /^\s*(-|\d+\.) /.test(item.textContent);
      return lefts.map(({ words }, line) => Math.round(words[line === 0 && isMarked ? 1 : 0]));
    }),
  );
  assert.equal(edges.length, 5);
  for (const lines of edges) {
    assert.ok(lines.length > 1, "each is long enough to wrap");
    assert.equal(Math.max(...lines) - Math.min(...lines) <= 1, true, JSON.stringify(edges));
  }
  await play.prompt.focus();
  await play.page.keyboard.press("ControlOrMeta+a");
  assert.ok((await play.selection()).includes(`Intro.\n\n- ${long}\n  - ${long}\n`));
});

test("code and tables have characters of one width, and marks step back", async () => {
  const { play } = on;
  await play.visit();
  await play.write("# Title\n\nText with `code`.\n\n| a | b |\n|---|---|\n| iiii | mmmm |\n\n```\niiii\nmmmm\n```\n");
  await play.promptHolds("mmmm");
  const width = (text) =>
    play.prompt.evaluate((prompt, text) => {
      const walker = document.createTreeWalker(prompt, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.data.lastIndexOf(text);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + text.length);
        return Math.round(range.getBoundingClientRect().width);
      }
    }, text);
  for (const [narrow, wide] of [["| iiii", "| mmmm"], ["iiii", "mmmm"]]) assert.equal(await width(narrow), await width(wide));
  const color = (found) => found.first().evaluate((node) => getComputedStyle(node).color);
  assert.notEqual(await color(play.prompt.locator(".mark")), await color(play.prompt.getByText("Title", { exact: true })));
});

test("a section of the outline leads to its place in the prompt and in the text", async () => {
  const { play } = on;
  const page = await play.visit();
  const filler = "Read each changed file from start to end.\n\n".repeat(60);
  await play.write(`---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n\n## First\n\n${filler}## Last\n\nStop.\n`);
  await play.promptHolds("Last");
  await play.settled();
  await panel(play, "Outline");
  const table = page.getByRole("table", { name: "Sections of the prompt" });
  const shares = await table.locator("td .number").allInnerTexts();
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + Number.parseInt(share), 0) - 100) <= 2, shares.join());
  await table.getByRole("button", { name: "Last" }).click();
  await play.status.getByText("Ln 128, Col 1").waitFor();
  await play.prompt.getByText("Stop.").waitFor();
  const inView = await play.prompt.getByText("Stop.").evaluate((node) => {
    const [own, pane] = [node.getBoundingClientRect(), node.closest(".paper").getBoundingClientRect()];
    return own.top >= pane.top && own.bottom <= pane.bottom;
  });
  assert.ok(inView);
});
