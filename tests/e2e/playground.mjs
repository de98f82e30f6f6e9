// Drives the release build of the playground by role and name, never by page structure; any unexpected
// error in the browser fails the test.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, afterEach, before, beforeEach } from "node:test";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

// A hang of the engine is noticed after five seconds, on a busy machine a little later.
const PATIENCE_MS = 12_000;

/** The release build. */
export const dist = fileURLToPath(new URL("../../dist", import.meta.url));

const output = fileURLToPath(new URL("../output", import.meta.url));

/** Gives every test of a file a fresh `stage.play` on a site of its own in one browser. */
export function stage(options = {}) {
  const stage = {};
  before(async () => {
    if (!existsSync(`${dist}/index.html`)) throw new Error("There is no release build: run `cargo xtask build` first");
    stage.browser = await launch();
  });
  after(() => stage.browser?.close());
  beforeEach(async () => {
    stage.site = await serve(dist);
    stage.play = new Play(stage.site, await context(stage.browser, options));
  });
  afterEach(async (test) => {
    const faults = stage.play.faults;
    if (!test.passed) await picture(stage.play, test.name);
    await stage.play.context.close();
    await stage.site.close();
    assert.deepEqual(faults, [], `faults in the browser during “${test.name}”`);
  });
  return stage;
}

// Screenshots of the tabs of a failed test, to find out why.
async function picture(play, name) {
  for (const [number, page] of play.context.pages().entries()) {
    const file = `${name.replace(/\W+/g, "-").slice(0, 60)}-${number}.png`;
    await page.screenshot({ path: join(output, file) }).catch(() => {});
  }
}

/** A browser profile of its own, without animations. */
export function context(browser, options = {}) {
  return browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
}

/** One visitor: a profile with its tabs, and the tab in front. */
export class Play {
  faults = [];
  expected = [];

  constructor(site, context) {
    this.site = site;
    this.context = context;
    context.setDefaultTimeout(PATIENCE_MS);
    context.on("weberror", (error) => this.#fault(`uncaught: ${error.error().message}`));
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#fault(`console: ${message.text()}`);
    });
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(site.url) && !/^(data|blob):/.test(url)) this.#fault(`request elsewhere: ${url}`);
    });
  }

  /** Expects the errors whose text matches. */
  expect(pattern) {
    this.expected.push(pattern);
  }

  #fault(text) {
    if (!this.expected.some((pattern) => pattern.test(text))) this.faults.push(text);
  }

  /** Opens a tab and waits for the editor, then for the first answer if an engine is expected. */
  async visit({ hasEngine = true, address = this.site.url } = {}) {
    this.page = await this.context.newPage();
    await this.page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await this.page.goto(address);
    // The frame has an editor of its own, until the page takes over.
    await this.page.locator(".app:not(.frame)").waitFor({ state: "attached" });
    await this.editor.waitFor();
    if (hasEngine) await this.settled();
    return this.page;
  }

  get editor() {
    return this.page.getByRole("textbox", { name: /^Role text/ });
  }

  get prompt() {
    return this.page.getByRole("group", { name: "Compiled prompt" });
  }

  get problems() {
    return this.page.getByRole("list", { name: "Problems" });
  }

  /** The status bar, which a phone hides while it has nothing to say. */
  get status() {
    return this.page.getByRole("contentinfo", { includeHidden: true });
  }

  /** The button that names the host and opens the host dialog. */
  get host() {
    return this.page.getByRole("button", { name: /^Host / });
  }

  /** The open host dialog. */
  get hosts() {
    return this.page.getByRole("dialog", { name: "Hosts" });
  }

  /** Chooses the host of that title in the host dialog: the one the text is written for, or compiled for. */
  async chooseHost(title, question = "Written for") {
    await this.host.click();
    await this.hosts.getByRole("button", { name: new RegExp(`^${question}`) }).click();
    await this.hosts.getByRole("rowheader").getByRole("button", { name: title, exact: true }).click();
    await this.hosts.waitFor({ state: "hidden" });
    await this.settled();
  }

  /** The rows of the problems list that name `rule`. */
  problem(rule) {
    return this.problems.getByRole("listitem").filter({ hasText: rule });
  }

  /** Waits until the engine has answered about the text as it is now. */
  async settled() {
    await this.status.getByText(/\d+ rules · /).waitFor({ state: "attached" });
    await this.page.waitForFunction(() => !document.querySelector(".stale"));
    // What the answer moves, such as the caret to the first problem, moves with the next frames.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Replaces the text of the file in the editor, as a paste would. */
  async write(text) {
    await this.editor.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  /** Adds a file from this computer, byte for byte, and makes it the main one. */
  async bring(name, text) {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Open files from this computer" }).click();
    await (await chooser).setFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
    await this.page.getByRole("textbox", { name: `Role text, ${name}` }).waitFor();
    const main = this.page.getByRole("button", { name: "Make this the main file", exact: true });
    if (await main.isVisible()) await main.click();
  }

  /** What the editor shows. */
  text() {
    return this.editor.evaluate((content) => [...content.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));
  }

  /** What is selected in the editor. */
  selection() {
    return this.page.evaluate(() => getSelection().toString());
  }

  /** Waits until the prompt holds `text`. */
  async promptHolds(text) {
    await this.prompt.filter({ hasText: text }).waitFor();
  }

  /** Saves the file in the editor to disk; returns its bytes as text. */
  async download() {
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("navigation", { name: "Files" }).getByRole("button", { name: "Download this file" }).click();
    const chunks = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  /** The worker the engine runs in. */
  async engine() {
    await this.settled();
    return this.page.workers()[0];
  }

  /** Waits until the browser has saved the text. */
  async saved() {
    await this.status.getByText("Saved", { exact: true }).waitFor({ state: "attached" });
  }

  /** Waits until the page opens without a network. */
  async readyOffline() {
    await this.status.getByText(/Ready offline/).waitFor({ state: "attached" });
  }
}
