// What a screen reader finds in three flows, as text: a first look, a problem and its fix, the prompt.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const lines = (...all) => all.join("\n");

test("a first look: what this is, what can be done, and the parts of the page", async () => {
  const { play } = on;
  const page = await play.visit();
  assert.equal(
    await page.getByRole("banner").ariaSnapshot(),
    lines(
      "- banner:",
      '  - button "Files" [pressed]',
      '  - heading "Rolewright" [level=1]',
      `  - 'button "Project: Code reviewer"': Code reviewer`,
      '  - button "Host Claude Code subagent"',
      '  - button "Share"',
      '  - button "View"',
      '  - button "Commands"',
      '  - button "Help": "?"',
    ),
  );
  assert.equal(
    await page.getByRole("complementary", { name: "Welcome" }).ariaSnapshot(),
    lines(
      '- complementary "Welcome":',
      "  - strong: Check a role definition and see the exact prompt the model gets.",
      '  - text: "Nothing leaves your browser. Edit this example, or bring your own:"',
      '  - button "Paste"',
      '  - button "Open"',
      '  - button "Examples"',
    ),
  );
  const parts = await page.locator("#app").ariaSnapshot();
  for (const part of ["main:", 'navigation "Files"', 'region "Editor"', 'region "Compiled prompt"', 'region "Problems"', "contentinfo:"]) {
    assert.ok(parts.includes(`- ${part}`), part);
  }
});

test("a problem: severity, message, rule and place are one name; then the reason and what can be done", async () => {
  const { play } = on;
  const page = await play.visit();
  assert.equal(
    await play.problem("undefined-variable").ariaSnapshot(),
    lines(
      "- listitem:",
      '  - button "Warning Variable TEAM has no value undefined-variable code-reviewer.md: 8:55":',
      "    - text: Warning Variable",
      "    - code: TEAM",
      '    - text: "has no value undefined-variable code-reviewer.md: 8:55"',
      "  - text: The model sees a literal",
      '  - code: "{{TEAM}}"',
      "  - text: .",
      '  - textbox "Value for TEAM"',
      '  - button "Set"',
      `  - 'button "Why: undefined-variable"': Why`,
    ).replace(/^( {2}- )(button "Warning.*"):$/m, "$1'$2':"),
  );
  const said = (words) => page.locator("#status").filter({ hasText: words }).waitFor();
  await said(/^2 warnings\. New: line 3, Invalid YAML/);
  await page.getByRole("button", { name: /^Fix: Quote/ }).press("Enter");
  await play.problem("invalid-yaml").waitFor({ state: "detached" });
  await said(/^1 warning\.$/);
});

test("the prompt: its hint, its headings with their levels, and its text", async () => {
  const { play } = on;
  await play.visit();
  const [first, ...rest] = (await play.prompt.ariaSnapshot()).split("\n");
  assert.equal(first, '- group "Compiled prompt":');
  assert.match(rest[0], /Use the arrow keys to move between parts, Enter to go to the source and Escape to return to the editor\. You are a senior engineer/);
  assert.deepEqual(
    rest.filter((line) => line.includes("heading")).map((line) => line.trim()),
    ['- heading "What you do" [level=2]', '- heading "How to write a finding" [level=3]', '- heading "Limits" [level=2]'],
  );
});
