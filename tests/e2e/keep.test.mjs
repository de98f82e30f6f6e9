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
    Object.defineProperty(window, "indexedDB", deny);
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
    globalThis.put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
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
  await play.page.evaluate(() => (IDBObjectStore.prototype.put = globalThis.put));
  await play.write("Room again.");
  await play.saved();
  await play.page.reload();
  await play.promptHolds("Room again.");
});

test("what earlier versions of the page kept in localStorage is moved to the database", async () => {
  const { play } = on;
  await play.context.addInitScript(() => {
    if (!location.protocol.startsWith("http")) return;
    const workspace = { name: "Old project", files: { "old.md": "Kept by an earlier version." }, entry: "old.md", open: ["old.md"], active: "old.md" };
    if (localStorage.getItem("rolewright:last")) return;
    localStorage.setItem("rolewright:project:old", JSON.stringify({ at: 1, workspace }));
    localStorage.setItem("rolewright:last", "old");
  });
  await play.visit();
  await play.promptHolds("Kept by an earlier version.");
  assert.equal(await play.page.evaluate(() => localStorage.getItem("rolewright:project:old")), null);
  await play.page.reload();
  await play.promptHolds("Kept by an earlier version.");
});

test("a project of some megabytes is kept", async () => {
  const { play } = on;
  await play.visit();
  const part = "A line of text that is about as long as most lines are.\n";
  const large = (letter) => `${letter}\n${part.repeat(17_000)}`;
  for (const letter of "abcdefgh") {
    await play.page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], `${text[0]}.txt`));
      dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    }, large(letter));
    await play.page.getByRole("textbox", { name: `Role text, ${letter}.txt` }).waitFor();
  }
  // "Saved" may still refer to the previous file.
  await play.page.waitForFunction(async () => {
    const [project] = await RolewrightStore.list();
    const stored = project && (await RolewrightStore.read(project.id));
    return "h.txt" in (stored?.workspace.files ?? {});
  });
  await play.saved();
  await play.page.reload();
  await play.page.getByRole("textbox", { name: "Role text, h.txt" }).waitFor();
  const sizes = await play.page.evaluate(async () => {
    const [{ id }] = await RolewrightStore.list();
    const { workspace } = await RolewrightStore.read(id);
    return Object.values(workspace.files).map((text) => text.length);
  });
  assert.equal(sizes.filter((size) => size > 900_000).length, 8);
});

/** Makes the database wait, as a slow disk does: each call of the returned function lets the writes continue to the next stop. */
async function slowDisk(play) {
  await play.page.evaluate(() => {
    globalThis.stops = [];
    globalThis.stop = () =>
      new Promise((stopped) => {
        indexedDB.open("rolewright").onsuccess = ({ target: { result: db } }) => {
          const stop = { over: false };
          const store = db.transaction("texts", "readwrite").objectStore("texts");
          const wait = () => {
            if (!stop.over) store.count().onsuccess = wait;
            else db.close();
          };
          wait();
          stops.push(stop);
          stopped();
        };
      });
  });
  return {
    stop: () => play.page.evaluate(() => stop()),
    release: () => play.page.evaluate(() => void (stops.shift().over = true)),
  };
}

const LARGE = "A line of text that is about as long as most lines are.\n".repeat(17_000);

async function drop(play, name, text) {
  await play.page.evaluate(
    ([name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    },
    [name, text],
  );
  await play.page.getByRole("textbox", { name: `Role text, ${name}` }).waitFor();
}

/** Waits until half a second has passed without a long task. */
async function calm(play) {
  await play.page.evaluate(async () => {
    for (let calm = 0; calm < 20; ) {
      const start = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 25));
      calm = performance.now() - start < 100 ? calm + 1 : 0;
    }
  });
}

test("“Saved” is said of the last text only, not of one before that was slow to be written", async () => {
  const { play } = on;
  await play.visit();
  await play.write("To begin with.");
  await play.saved();
  const disk = await slowDisk(play);
  await disk.stop();
  await play.write("The first change.");
  // Until the page has handed it to the database; the second stop comes after that.
  await play.page.waitForTimeout(500);
  await disk.stop();
  await play.write("The second change.");
  await play.page.waitForTimeout(500);
  await disk.release();
  await play.page.waitForTimeout(300);
  await play.status.getByText("Saving…", { exact: true }).waitFor();
  await disk.release();
  await play.saved();
});

test("leaving asks first while a project too large for a note is not written yet", async () => {
  const { play } = on;
  await play.visit();
  for (const letter of "abcdefg") await drop(play, `${letter}.txt`, LARGE);
  await play.saved();
  const disk = await slowDisk(play);
  await disk.stop();
  await drop(play, "last.txt", LARGE);
  await play.status.getByText("Saving…", { exact: true }).waitFor();
  // Until the page has handed it to the database: Chromium closes a page that takes a second to answer.
  await calm(play);
  const asked = play.page.waitForEvent("dialog");
  const closing = play.page.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  await closing.catch(() => {});
  await disk.release();
  await play.saved();
  // No question is asked anymore.
  await play.page.reload();
  await play.page.getByRole("textbox", { name: "Role text, last.txt" }).waitFor();
});

test("words typed just before the page is reloaded are there again", async () => {
  const { play } = on;
  await play.visit();
  await play.write("The last words.");
  await play.editor.filter({ hasText: "The last words." }).waitFor();
  await play.page.reload();
  await play.promptHolds("The last words.");
});

async function openSnapshots(play) {
  await play.page.getByRole("button", { name: /^Project: / }).click();
  await play.page.getByRole("button", { name: "Snapshots…" }).click();
  const dialog = play.page.getByRole("dialog", { name: "Snapshots" });
  await dialog.waitFor();
  return dialog;
}

test("a snapshot brings a version back, and undo leads to the one before", async () => {
  const { play } = on;
  await play.visit();
  await play.write("The first version.");
  const dialog = await openSnapshots(play);
  await dialog.getByText("No snapshots yet.").waitFor();
  await dialog.getByLabel("Name").fill("First");
  await dialog.getByRole("button", { name: "Save a snapshot" }).click();
  await dialog.getByRole("button", { name: /^Restore First/ }).waitFor();
  await play.page.keyboard.press("Escape");
  await play.write("The second version.");
  await play.promptHolds("The second version.");
  await (await openSnapshots(play)).getByRole("button", { name: /^Restore First/ }).click();
  await play.promptHolds("The first version.");
  await play.saved();
  await play.page.getByRole("button", { name: "Undo", exact: true }).click();
  await play.promptHolds("The second version.");
  await play.saved();
  // The version that was replaced is kept as well, where the notice has gone.
  await (await openSnapshots(play)).getByRole("button", { name: /^Restore Before restoring/ }).click();
  await play.promptHolds("The second version.");
});

test("while a project is edited its earlier versions are kept by themselves", async () => {
  const { play } = on;
  await play.visit();
  await play.write("Yesterday's version.");
  await play.saved();
  await play.page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open("rolewright").onsuccess = ({ target: { result: db } }) => {
          const records = db.transaction("records", "readwrite").objectStore("records");
          records.openCursor().onsuccess = ({ target: { result: cursor } }) => {
            const { at, made, ...record } = cursor.value;
            cursor.update({ ...record, at: at - 86_400_000, made: made - 86_400_000 }).onsuccess = () => done(db.close());
          };
        };
      }),
  );
  await play.write("Today's version.");
  await play.saved();
  const dialog = await openSnapshots(play);
  await dialog.getByRole("button", { name: "Restore Saved automatically, 1 d ago" }).click();
  await play.promptHolds("Yesterday's version.");
});
