// What every browser must be able to do: see, write, fix, choose a host, reload, work offline. A driver has
// `goto(address)`, `reload()` and `evaluate(script, ...values)`; everything else happens in the page.

import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The release build. */
export const dist = fileURLToPath(new URL("../../dist", import.meta.url));

// A busy machine starts the engine slowly.
const PATIENCE_MS = 30_000;

/** The first of these programs that is on PATH. */
export function program(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs the path as subtests of `t`. */
export async function essentialPath(t, driver, site) {
  const until = async (what, script, ...values) => {
    const end = Date.now() + PATIENCE_MS;
    // A page that is still loading cannot be queried.
    while (!(await driver.evaluate(script, ...values).catch(() => false))) {
      assert.ok(Date.now() < end, `not within ${PATIENCE_MS / 1000} s: ${what}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  const holds = (selector, text) =>
    until(`“${text}” in ${selector}`, (selector, text) => document.querySelector(selector)?.textContent.includes(text) ?? false, selector, text);
  const press = (selector, words) =>
    until(`a ${selector} with “${words}”`, (selector, words) => {
      const button = [...document.querySelectorAll(selector)].find((node) => node.textContent.includes(words));
      button?.click();
      return Boolean(button);
    }, selector, words);
  const write = (text) =>
    driver.evaluate((text) => {
      document.querySelector(".cm-content").focus();
      document.execCommand("selectAll");
      document.execCommand("insertText", false, text);
      return true;
    }, text);

  await t.test("a first visit shows the prompt, the problems and how long the check took", async () => {
    await driver.goto(site.url);
    await holds("#prompt", "You are a senior engineer");
    await holds(".problems", "undefined-variable");
    await holds(".status", "rules · ");
    const status = await driver.evaluate(() => document.querySelector(".status").textContent);
    assert.doesNotMatch(status, /\b0\.0 ms/, "a coarse clock is no reason to say that a check took no time");
  });

  await t.test("a fix is applied", async () => {
    await press(".remedies button", "Fix:");
    await until("no invalid-yaml", () => ![...document.querySelectorAll(".rule-name")].some((name) => name.textContent === "invalid-yaml"));
    await holds(".problems", "undefined-variable");
  });

  await t.test("what is written is checked and compiled", async () => {
    await write("You review code for {{TEAM}}.");
    await holds("#prompt", "You review code for");
    await holds(".problems", "undefined-variable");
  });

  await t.test("another host is chosen in the dialog", async () => {
    await press(".bar > .host", "Host");
    await press(".hosts .choose", "GitHub Copilot agent");
    await holds(".bar > .host", "GitHub Copilot agent");
  });

  await t.test("a reload keeps the text and the host", async () => {
    await holds(".status", "Saved");
    await driver.reload();
    await holds("#prompt", "You review code for");
    await holds(".bar > .host", "GitHub Copilot agent");
  });

  await t.test("the page opens and checks without a network", async () => {
    await holds(".status", "Ready offline");
    await site.close();
    await driver.reload();
    await holds("#prompt", "You review code for");
    await write("Written offline for {{NOBODY}}.");
    await holds("#prompt", "Written offline");
    await holds(".problems", "NOBODY");
  });
}
