// Tests the page without a network and during an update.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { redeploy, scratch } from "./deploy.mjs";
import { dist, stage } from "./playground.mjs";

const on = stage();
const VERSION = /<html lang="en"/;

const ROLE = "---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, bash\n---\nReview. 😀\n";

test("after one visit everything works without a network", async () => {
  const { play } = on;
  await play.visit();
  await play.readyOffline();
  await play.write(ROLE);
  await play.saved();
  await play.context.setOffline(true);
  await play.page.reload();
  await play.promptHolds("Review. 😀");
  await play.problem("tool-case").getByRole("button", { name: /^Fix: / }).click();
  await play.problem("tool-case").waitFor({ state: "detached" });
  await play.editor.focus();
  await play.page.keyboard.press("ControlOrMeta+End");
  await play.page.keyboard.type("Typed offline.");
  await play.promptHolds("Typed offline.");
  // Chromium 148 still cuts the network after a reload but tells the page that it is online.
  await play.context.setOffline(false);
  await play.context.setOffline(true);
  await play.status.getByText("Offline", { exact: true }).waitFor();
  await play.saved();
  await play.page.reload();
  await play.promptHolds("Typed offline.");
});

test("the engine comes back without a network", async () => {
  const { play } = on;
  await play.visit();
  await play.readyOffline();
  await play.context.setOffline(true);
  await (await play.engine()).evaluate(() => setTimeout(() => { for (;;); }));
  await play.write("Before the watchdog.");
  await play.page.waitForTimeout(300);
  await play.page.keyboard.type(" After it.");
  await play.promptHolds("Before the watchdog. After it.");
});

test("a new version waits while the user types, loses no text, and is activated on request", async () => {
  const { play, site } = on;
  const folder = await scratch();
  try {
    await play.visit();
    await play.readyOffline();
    await redeploy(dist, join(folder, "next"), "index.html", (html) => html.replace(VERSION, `$& data-version="next"`));
    await play.write("Typed before. ");
    site.folder = join(folder, "next");
    await play.page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found.update()));
    await play.editor.focus();
    await play.page.keyboard.type("Typed meanwhile. ");
    const update = play.status.getByRole("button", { name: /Update ready/ });
    await update.waitFor();
    assert.equal(await play.page.evaluate(() => document.documentElement.dataset.version), undefined);
    await play.page.keyboard.type("Typed after.");
    await play.promptHolds("Typed before. Typed meanwhile. Typed after.");
    await update.click();
    await play.page.waitForFunction(() => document.documentElement.dataset.version === "next");
    await play.promptHolds("Typed before. Typed meanwhile. Typed after.");
  } finally {
    await rm(folder, { recursive: true });
  }
});
