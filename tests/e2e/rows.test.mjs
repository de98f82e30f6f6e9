// Tests what the rows of the problems list and the line above it say about files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();

const HEAD = "---\nname: reader\ndescription: Reads each change. Use it after each change of the sources.\ntools: Read, Grep, bash\n---\n";
const FAULTY = `${HEAD}Read the change.\n`;
const FINE = FAULTY.replace("bash", "Bash");
const LONG = "a-really-long-file-name-for-a-role-that-nobody-would-write-by-hand.md";

test("a row names its file while another file is open", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.bring("reader.md", FAULTY);
  const file = play.problem("tool-case").getByText("reader.md:");
  const width = async () => (await file.boundingBox()).width;
  assert.ok((await width()) <= 1);
  await page.getByRole("button", { name: "New file" }).click();
  await page.keyboard.press("Enter");
  await play.settled();
  assert.ok((await width()) > 20);
});

test("the line of a problem is in view on a phone, however long the file's name is", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.bring(LONG, FAULTY);
  await play.bring("other.md", FINE.replace("reader", "other"));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: /^Problems/ }).click();
  const place = play.problem("tool-case").locator(".place");
  const end = await place.evaluate((element) => {
    const line = document.createRange();
    line.selectNodeContents(element.lastChild);
    return line.getBoundingClientRect().right;
  });
  assert.ok(end <= 390, `the line ends at ${end}`);
});

test("all safe fixes say that they are those of the open file, where there are others", async () => {
  const { play } = on;
  await play.visit();
  await play.bring("reader.md", FAULTY);
  await play.page.getByRole("button", { name: "Apply all safe fixes (1)", exact: true }).waitFor();
  await play.bring("other.md", FAULTY.replace("reader", "other"));
  await play.page.getByRole("button", { name: "Apply all safe fixes in this file (1)", exact: true }).waitFor();
});

test("a missing include can be created from a role that is open and not the main file", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.bring("reader.md", FINE);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files from this computer" }).click();
  const other = `${FINE.replace("reader", "other")}\n{{include:shared/tone.md}}\n`;
  await (await chooser).setFiles({ name: "other.md", mimeType: "text/markdown", buffer: Buffer.from(other) });
  await play.problem("missing-include").getByRole("button", { name: "Create shared/tone.md" }).click();
  await page.getByRole("textbox", { name: "Role text, shared/tone.md" }).waitFor();
  await play.problem("missing-include").waitFor({ state: "detached" });
});

test("an empty file that is open has no problems yet", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.bring("reader.md", FINE);
  await play.bring(".claude/agents/new.md", "");
  await play.settled();
  await page.getByText("Nothing to check yet.").waitFor();
  assert.equal(await play.problems.getByRole("listitem").count(), 0);
});
