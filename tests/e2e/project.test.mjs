// Tests what concerns a whole project: folders and archives, all its roles, renames, and what the address
// asks for.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { unzipSync, zipSync } from "fflate";
import { stage } from "./playground.mjs";

const on = stage();

const rail = (play) => play.page.getByRole("navigation", { name: "Files" });
const paths = (play) => rail(play).getByRole("listitem").getByRole("button", { name: /.*/ }).locator("xpath=self::*[@id]").evaluateAll((rows) => rows.map(({ id }) => id.slice("file-".length)));

const MAIN = "---\nname: main\ndescription: Answers questions. Use for every question.\n---\n\nAnswer {{TEAM}}.\n\n{{include:shared/tone.md}}\n";
const FILES = { ".claude/agents/main.md": MAIN, "shared/tone.md": "Be kind to {{TEAM}}.\n" };

async function bring(play, files) {
  const chooser = play.page.waitForEvent("filechooser");
  await play.page.getByRole("button", { name: "Open files from this computer" }).click();
  await (await chooser).setFiles(files);
}

function archive(files) {
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  return { name: "project.zip", mimeType: "application/zip", buffer: Buffer.from(zipSync(bytes)) };
}

async function begin(play) {
  await play.visit();
  await bring(play, archive(FILES));
  await play.promptHolds("Be kind");
}

test("an archive is opened with the paths of its files, and everything else in it is left out", async () => {
  const { play } = on;
  await play.visit();
  await bring(play, archive({ ...FILES, "node_modules/a/readme.md": "No.\n", "logo.png": "\0", ".git/config.toml": "no\n" }));
  await play.promptHolds("Be kind");
  assert.deepEqual(await paths(play), [".claude/agents/main.md", "shared/tone.md"]);
});

test("what is left out of an archive because it is too large or too much is said", async () => {
  const { play } = on;
  await play.visit();
  const notice = play.page.getByRole("group", { name: "Notice" });
  await bring(play, archive({ ...FILES, "notes/long.md": "x".repeat((1 << 20) + 1) }));
  await notice.getByText("notes/long.md is larger than 1 MiB, the size limit.").waitFor();
  await bring(play, archive(Object.fromEntries(Array.from({ length: 503 }, (_, n) => [`notes/${n}.md`, `Note ${n}.`]))));
  await notice.getByText("At most 500 files can be opened; left out: 3.").waitFor();
});

test("a folder keeps its paths", async () => {
  const { play } = on;
  await play.visit();
  const folder = await mkdtemp(join(tmpdir(), "rolewright-"));
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const chooser = play.page.waitForEvent("filechooser");
  await play.page.getByRole("button", { name: "Open a folder from this computer" }).click();
  await (await chooser).setFiles(folder);
  await play.promptHolds("Be kind");
  assert.deepEqual(await paths(play), [".claude/agents/main.md", "shared/tone.md"]);
  await rm(folder, { recursive: true });
});

test("a folder that is dropped keeps its paths, and its code is left out", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.evaluate((files) => {
    // A script cannot make a folder to drop; this is what the browser hands out for one.
    const entry = (path, below) => {
      const fullPath = `/${path}`;
      if (typeof below === "string") return { isFile: true, fullPath, file: (done) => done(new File([below], path)) };
      let rest = Object.entries(below).map(([name, child]) => entry(`${path}/${name}`, child));
      return { isDirectory: true, fullPath, createReader: () => ({ readEntries: (done) => done(rest.splice(0)) }) };
    };
    DataTransferItem.prototype.webkitGetAsEntry = () => entry("work", files);
    const data = new DataTransfer();
    data.items.add(new File([], "work"));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
  }, { ".claude": { agents: { "main.md": MAIN } }, shared: { "tone.md": "Be kind to {{TEAM}}.\n" }, src: { "main.rs": "fn main() {}" }, node_modules: { a: { "readme.md": "No.\n" } } });
  await play.promptHolds("Be kind");
  assert.deepEqual(await paths(play), [".claude/agents/main.md", "shared/tone.md"]);
});

test("a project is downloaded as an archive with its settings", async () => {
  const { play } = on;
  await begin(play);
  await play.chooseHost("Claude Code subagent");
  const download = play.page.waitForEvent("download");
  await play.page.getByRole("button", { name: "Share", exact: true }).click();
  await play.page.getByRole("button", { name: /^Download as ZIP/ }).click();
  const chunks = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
  const files = unzipSync(new Uint8Array(Buffer.concat(chunks)));
  const text = (path) => new TextDecoder().decode(files[path]);
  assert.deepEqual(Object.keys(files).sort(), [".claude/agents/main.md", "rolewright.json", "shared/tone.md"]);
  assert.equal(text("shared/tone.md"), FILES["shared/tone.md"]);
  assert.deepEqual(JSON.parse(text("rolewright.json")).overrides, [{ files: [".claude/agents/main.md"], host: "claude-code" }]);
});

test("every role of a project is checked, not the open one alone", async () => {
  const { play } = on;
  await play.visit();
  const other = "---\nname: other\ndescription: Reads code. Use for every question.\ntools: read\n---\nRead.\n";
  await bring(play, archive({ ...FILES, ".claude/agents/other.md": other }));
  await play.promptHolds("Be kind");
  await play.problem("other.md:4").filter({ hasText: "tool-case" }).waitFor();
  await rail(play).getByRole("button", { name: /^tone\.md/ }).click();
  await play.settled();
  await play.problem("other.md:4").waitFor();
  await rail(play).getByRole("button", { name: /^other\.md.*has problems/ }).waitFor();
});

test("renaming a file updates what includes it", async () => {
  const { play } = on;
  await begin(play);
  await rail(play).getByRole("button", { name: /^tone/ }).focus();
  await play.page.keyboard.press("F2");
  await play.page.getByRole("textbox", { name: "File path" }).fill("shared/voice.md");
  await play.page.keyboard.press("Enter");
  await play.page.getByRole("group", { name: "Notice" }).getByText("Updated 1 place").waitFor();
  await rail(play).getByRole("button", { name: /^main/ }).first().click();
  assert.match(await play.text(), /\{\{include:shared\/voice\.md\}\}/);
  assert.equal(await play.problem("missing-include").count(), 0);
  await play.promptHolds("Be kind");
});

test("F2 renames a variable in every file, with its value", async () => {
  const { play } = on;
  await begin(play);
  const { page } = play;
  await page.getByRole("textbox", { name: "Value for TEAM" }).first().fill("Payments");
  await page.keyboard.press("Enter");
  await play.promptHolds("Be kind to Payments.");
  await play.editor.getByText("TEAM").first().click();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "New name" }).fill("GROUP");
  await page.keyboard.press("Enter");
  await page.getByRole("group", { name: "Notice" }).getByText("Renamed TEAM to GROUP in 2 places.").waitFor();
  assert.match(await play.text(), /Answer \{\{GROUP\}\}\./);
  await play.promptHolds("Be kind to Payments.");
});

test("the prompt follows the editor, and the editor the prompt, unless that is turned off", async () => {
  const { play } = on;
  const page = await play.visit();
  const text = Array.from({ length: 120 }, (_, n) => `Paragraph number ${n}.\n`).join("\n");
  await play.write(text);
  await play.promptHolds("Paragraph number 119.");
  const top = (selector) => page.locator(selector).evaluate((pane) => pane.scrollTop);
  await page.waitForFunction(() => document.querySelector("#prompt").scrollTop < 40 && document.querySelector(".cm-scroller").scrollTop < 40);
  await play.editor.hover();
  await page.mouse.wheel(0, 1200);
  await page.waitForFunction(() => document.querySelector("#prompt").scrollTop > 300);
  await play.prompt.hover();
  await page.mouse.wheel(0, -5000);
  await page.waitForFunction(() => document.querySelector(".cm-scroller").scrollTop < 60);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("checkbox", { name: "Scroll editor and prompt together" }).uncheck();
  await page.keyboard.press("Escape");
  await play.editor.hover();
  await page.mouse.wheel(0, 1200);
  await page.waitForFunction(() => document.querySelector(".cm-scroller").scrollTop > 600);
  assert.ok((await top("#prompt")) < 40);
});

test("the address chooses example and theme, and keeps what was saved", async () => {
  const { play } = on;
  await play.visit();
  await play.write("My own role.");
  await play.saved();
  const page = await play.visit({ address: `${play.site.url}?example=docs-writer&theme=dark` });
  await play.promptHolds("You are a technical writer.");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.equal(new URL(page.url()).search, "");
  await page.getByRole("button", { name: /^Project/ }).click();
  await page.getByRole("button", { name: /^New project/ }).waitFor();
});

test("embedded in another page it is editor and prompt, and stores nothing", async () => {
  const { play } = on;
  const page = await play.visit({ address: `${play.site.url}?embed&example=support-desk&theme=light` });
  await page.getByRole("tab", { name: "Prompt" }).waitFor();
  assert.equal(await page.getByRole("banner").isVisible(), false);
  await page.getByRole("link", { name: "Open Rolewright" }).waitFor();
  await play.write("An edit.");
  await play.promptHolds("An edit.");
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("project")).length), 0);
  assert.deepEqual(await page.evaluate(() => RolewrightStore.list()), []);
});
