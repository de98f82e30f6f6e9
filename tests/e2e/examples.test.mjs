// Tests that every example opens from the menu and shows what it is meant to show.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const EXAMPLES = {
  "Code reviewer": { rules: ["invalid-yaml", "undefined-variable"], prompt: "How to write a finding" },
  "Docs writer": { rules: ["nested-fence"], prompt: "You are a technical writer." },
  "Release notes": { rules: ["invalid-name", "uninformative-description", "unclosed-fence"], prompt: "" },
  "Support desk": { rules: ["plain-heading", "doubled-quote", "machine-path"], prompt: "" },
  "On-call template": { rules: ["missing-include"], prompt: "Payments" },
};

for (const [name, { rules, prompt }] of Object.entries(EXAMPLES)) {
  test(`“${name}” shows ${rules.join(", ")}`, async () => {
    const { play } = on;
    const page = await play.visit();
    await page.getByRole("button", { name: /^Project: / }).click();
    await page.getByRole("listitem").getByRole("button", { name: new RegExp(`^${name}`) }).first().click();
    await page.getByRole("button", { name: `Project: ${name}` }).waitFor();
    for (const rule of rules) await play.problem(rule).first().waitFor();
    await play.promptHolds(prompt);
    assert.deepEqual(play.faults, []);
  });
}

test("the first visit opens a working example with two problems and one include", async () => {
  const { play } = on;
  await play.visit();
  assert.equal(await play.problems.getByRole("listitem").count(), 2);
  await play.prompt.getByText("How to write a finding").waitFor();
  await play.page.getByRole("tab", { name: "Outline" }).click();
  await play.page.getByRole("table", { name: "Files in the prompt" }).getByText("shared/review-style.md").waitFor();
});
