// Tests saving: several tabs, denied storage and full storage.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Play, stage } from "./playground.mjs";

const on = stage();

async function secondTab(play) {
  const other = new Play(play.site, play.context);
  await other.visit();
  return other;
}

test("a second tab says that the project is open, and a copy keeps both texts", async () => {
  const { play } = on;
  await play.visit();
  await play.write("The first tab's text.");
  await play.saved();
  const other = await secondTab(play);
  await other.page.getByRole("alert").getByText("This project is open in another tab").waitFor();
  await other.page.getByRole("button", { name: "Open a copy" }).click();
  await other.write("The second tab's text.");
  await other.saved();
  await play.editor.focus();
  await play.page.keyboard.press("ControlOrMeta+End");
  await play.page.keyboard.type(" Still the first.");
  await play.saved();
  await play.page.reload();
  await other.page.reload();
  await play.promptHolds("The first tab's text. Still the first.");
  await other.promptHolds("The second tab's text.");
});

test("a second tab can take the project over, with the newest text of the first", async () => {
  const { play } = on;
  await play.visit();
  // Until it has been saved once, there is no project that two tabs could share.
  await play.write("Older text.");
  await play.saved();
  await play.write("Newest text.");
  const other = await secondTab(play);
  await other.page.getByRole("button", { name: "Take over" }).click();
  await play.page.getByRole("alert").getByText("This project is open in another tab").waitFor();
  await other.promptHolds("Newest text.");
  await other.editor.focus();
  await other.page.keyboard.press("ControlOrMeta+End");
  await other.page.keyboard.type(" Taken over.");
  await other.saved();
  await other.page.reload();
  await other.promptHolds("Newest text. Taken over.");
});

/** Two tabs that both changed one project, the second of them asked to take it over. */
async function bothChanged(play) {
  await play.visit();
  await play.write("What both began with.");
  await play.saved();
  const other = await secondTab(play);
  await other.write("The second tab's words.");
  await play.write("The first tab's words.");
  await play.saved();
  await other.page.getByRole("button", { name: "Take over" }).click();
  await other.page.getByRole("alert").getByText("changed in both tabs").waitFor();
  return other;
}

async function openCopy(play) {
  await play.page.getByRole("button", { name: /^Project: / }).click();
  await play.page.getByRole("button", { name: /\(copy\) ?(just now|\d+ min ago)/ }).first().click();
}

test("taking over a project that both tabs changed asks, and the version not chosen is kept as a copy", async () => {
  const { play } = on;
  const other = await bothChanged(play);
  await other.promptHolds("The second tab's words.");
  await other.page.getByRole("button", { name: "Use the other tab's version" }).click();
  await other.promptHolds("The first tab's words.");
  await other.saved();
  await openCopy(other);
  await other.promptHolds("The second tab's words.");
});

test("keeping one's own version at a take-over keeps the other tab's as a copy", async () => {
  const { play } = on;
  const other = await bothChanged(play);
  await other.page.getByRole("button", { name: "Keep this version" }).click();
  await other.saved();
  await other.page.reload();
  await other.promptHolds("The second tab's words.");
  await openCopy(other);
  await other.promptHolds("The first tab's words.");
});

test("undo after a take-over leads back to the words of this tab", async () => {
  const { play } = on;
  const other = await bothChanged(play);
  await other.page.getByRole("button", { name: "Use the other tab's version" }).click();
  await other.promptHolds("The first tab's words.");
  await other.editor.focus();
  await other.page.keyboard.press("ControlOrMeta+z");
  await other.promptHolds("The second tab's words.");
});

test("what is typed in a tab that does not have the project is kept as a copy, even when the tab is closed", async () => {
  const { play } = on;
  await play.visit();
  await play.write("The first tab's words.");
  await play.saved();
  const other = await secondTab(play);
  await other.write("Nobody took this over.");
  const closed = other.page.waitForEvent("close");
  await other.page.close({ runBeforeUnload: true });
  await closed;
  await play.page.reload();
  await play.promptHolds("The first tab's words.");
  await openCopy(play);
  await play.promptHolds("Nobody took this over.");
});

test("where the browser keeps nothing the page works and says so", async () => {
  const { play } = on;
  play.expect(/No offline copy/);
  await play.context.addInitScript(() => {
    const deny = { get: () => { throw new DOMException("denied", "SecurityError"); } };
    Object.defineProperty(window, "localStorage", deny);
    Object.defineProperty(window, "sessionStorage", deny);
    if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new DOMException("denied", "SecurityError"));
  });
  await play.visit();
  await play.write("Nobody keeps this.");
  await play.promptHolds("Nobody keeps this.");
  await play.page.getByRole("alert").getByText("isn't saving your work").waitFor();
  assert.equal(await play.download(), "Nobody keeps this.");
});

test("a full browser is said, and saving goes on once there is room", async () => {
  const { play } = on;
  await play.visit();
  await play.write("Kept while there was room.");
  await play.saved();
  await play.page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      for (let n = 0; n < 12; n += 1) {
        try {
          localStorage.setItem(`ballast ${size} ${n}`, "x".repeat(size));
        } catch {
          break;
        }
      }
    }
  });
  await play.write("x".repeat(5000));
  await play.page.getByRole("alert").getByText("storage is full").waitFor();
  assert.equal((await play.text()).length, 5000);
  await play.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("ballast")).forEach((key) => localStorage.removeItem(key)));
  await play.write("Room again.");
  await play.saved();
  await play.page.reload();
  await play.promptHolds("Room again.");
});
