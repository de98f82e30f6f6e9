// The packed extension in the real workbench of VS Code for the Web: a step of `cargo xtask test --full`.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../e2e/browser.mjs";
import { serveWorkbench } from "./workbench.mjs";

const packages = process.env.ROLEWRIGHT_VSCODE;
const skip = !packages && "VS Code for the Web is not installed (`cargo xtask test --full` does it)";
const extension = fileURLToPath(new URL("../../editors/vscode", import.meta.url));

const FILES = {
  ".claude/agents/clerk.md": "---\nname: clerk\ndescription: Files letters. Use when a letter arrives.\ntools: Read, Grpe\n---\n\n# Clerk\n\n{{include:/shared/tone.md}}\n",
  "shared/tone.md": "Be kind.\n",
};

test("a role is checked, and its size stands above it", { skip, timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "rolewright-vscode-web-"));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const workbench = await serveWorkbench({ packages, extension, folder });
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(120_000);
    await page.goto(workbench.address);
    await page.getByRole("treeitem", { name: ".claude" }).click();
    await page.getByRole("treeitem", { name: "clerk.md" }).click();
    await page.locator(".squiggly-warning").first().waitFor();
    // The include is filled in: seven tokens, not two.
    await page.getByText("compiled: 7 tokens").waitFor();
    await page.keyboard.press("Control+Shift+M");
    await page.getByText("Claude Code has no tool `Grpe`").waitFor();
    assert.equal(await page.getByText("Rolewright client").count(), 0);
  } finally {
    await browser.close();
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
