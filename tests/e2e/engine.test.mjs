// Tests that a crash of the engine loses no text and that the engine restarts. The crashes are real and
// happen inside the engine's worker.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { stage } from "./playground.mjs";

const on = stage({ permissions: ["clipboard-read", "clipboard-write"] });

/** Runs in the worker: a WebAssembly trap, once the current request is answered. */
function trapBetween() {
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
  setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f());
}

/** Runs in the worker: the request that holds `text` ends in a WebAssembly trap. */
function trapOn(text) {
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
  const listen = onmessage;
  onmessage = (event) => {
    if (!new TextDecoder().decode(event.data).includes(text)) return listen(event);
    new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f();
  };
}

/** Runs in the worker: the request that holds `text` claims to be longer than memory, so that reading it panics. */
function lengthen(text) {
  const listen = onmessage;
  onmessage = (event) => {
    if (new TextDecoder().decode(event.data).includes(text)) Object.defineProperty(event.data, "length", { value: 2 ** 32 - 1 });
    listen(event);
  };
}

/** Runs in the worker: never ends. */
function loopForEver() {
  setTimeout(() => {
    for (;;);
  });
}

test("the engine is there before the page, and what it said is not lost", async () => {
  const { play, site } = on;
  let goOn;
  const mayGoOn = new Promise((resolve) => (goOn = resolve));
  await play.context.route(/page-[0-9a-f]+\.wasm$/, (route) => mayGoOn.then(() => route.continue()));
  const visited = play.visit();
  while (!site.requests.some((path) => path.endsWith("engine_bg.wasm"))) await pause(20);
  const engine = play.context.pages()[0].workers()[0];
  while (!(await engine.evaluate(() => Boolean(globalThis.onmessage)))) await pause(20);
  goOn();
  await visited;
  await play.write("Answer in {{LANGUAGE}}.");
  await play.problem("undefined-variable").waitFor();
  assert.deepEqual(play.page.workers(), [engine]);
});

test("a trap between two questions is not even noticed by the author", async () => {
  const { play } = on;
  play.expect(/unreachable/);
  await play.visit();
  await play.write("Before the trap.");
  await play.promptHolds("Before the trap.");
  await (await play.engine()).evaluate(trapBetween);
  await play.write("After the trap. 陷阱 😀");
  await play.promptHolds("After the trap. 陷阱 😀");
});

test("a trap while checking keeps the text, says so, and the next key is answered", async () => {
  const { play } = on;
  play.expect(/unreachable/);
  await play.visit();
  await play.write("Before the trap.");
  await play.promptHolds("Before the trap.");
  await (await play.engine()).evaluate(trapOn, "The deadly text.");
  await play.write("The deadly text. 😀");
  await play.page.getByText("The checker crashed on this text and was restarted.").first().waitFor();
  await play.page.getByText("Compiled from an earlier version of the text").waitFor();
  assert.equal(await play.text(), "The deadly text. 😀");
  await play.page.keyboard.type(" More.");
  await play.promptHolds("The deadly text. 😀 More.");
  await play.problems.getByText("The checker crashed on this text").waitFor({ state: "detached" });
});

test("a panic while checking is shown with its message and place, and is in the bug report", async () => {
  const { play } = on;
  play.expect(/EnginePanic/);
  await play.visit();
  await play.write("Before the panic.");
  await play.promptHolds("Before the panic.");
  await (await play.engine()).evaluate(lengthen, "The deadly text.");
  await play.write("The deadly text.");
  const panic = /panicked at \S+\.rs:\d+:\d+:\s+capacity overflow/;
  await play.page.getByText(panic).first().waitFor();
  await play.page.getByRole("button", { name: "Copy bug report" }).click();
  await play.page.getByText("copied").first().waitFor();
  assert.match(await play.page.evaluate(() => navigator.clipboard.readText()), panic);
  await play.page.keyboard.press("Escape");
  await play.write("The living text.");
  await play.promptHolds("The living text.");
});

test("an engine that never answers is replaced, and the newest text is answered", async () => {
  const { play } = on;
  await play.visit();
  await play.write("Before the loop.");
  await play.promptHolds("Before the loop.");
  await (await play.engine()).evaluate(loopForEver);
  await play.write("First. ");
  await play.page.waitForTimeout(500);
  await play.page.keyboard.type("Second.");
  assert.equal(await play.text(), "First. Second.");
  await play.promptHolds("First. Second.");
});

test("an engine that cannot be loaded leaves a working editor, and comes when asked again", async () => {
  const { play, site } = on;
  play.expect(/404|Failed to load|MIME|engine/);
  site.breaks = (path) => path.startsWith("engine-");
  await play.visit({ hasEngine: false });
  await play.write("Typed without an engine.");
  await play.page.getByText("The checker could not be loaded. Your work is safe.").waitFor();
  site.breaks = () => false;
  await play.page.getByRole("button", { name: "Try again" }).click();
  await play.promptHolds("Typed without an engine.");
});

test("typing works before the engine has arrived", async () => {
  const { play } = on;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await play.context.route("**/*_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await play.visit({ hasEngine: false });
  await play.write("Typed early.");
  await play.page.getByText(/Loading the checker/).first().waitFor();
  assert.equal(await play.text(), "Typed early.");
  release();
  await play.promptHolds("Typed early.");
});

test("typing works before the page has arrived, and goes on with it", async () => {
  const { play } = on;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const page = (play.page = await play.context.newPage());
  await page.route(/\/page-[^/]*\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(play.site.url, { waitUntil: "commit" });
  await play.editor.filter({ hasText: "code-reviewer" }).waitFor();
  const place = await play.editor.boundingBox();
  await play.editor.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("Typed early");
  assert.equal(await page.locator(".frame").count(), 1);
  release();
  await page.locator(".frame").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.closest(".cm-editor"));
  await page.keyboard.type(", and later.");
  await play.promptHolds("Typed early, and later.");
  const { x } = await play.editor.boundingBox();
  assert.equal(x, place.x, "the editor stays where it was");
  await play.saved();
  // How many steps there are depends on the pauses; before the first one, nothing is left to undo.
  for (const _ of "Typed early, and later.") await page.keyboard.press("ControlOrMeta+z");
  await play.prompt.filter({ hasText: "Typed early" }).waitFor({ state: "detached" });
});

test("a page that cannot be loaded says so and comes when tried again", async () => {
  const { play, site } = on;
  play.expect(/404|Failed to load|WebAssembly|TypeError|CompileError/);
  site.breaks = (path) => /^page-.*\.wasm$/.test(path);
  play.page = await play.context.newPage();
  await play.page.goto(site.url);
  await play.page.getByRole("alert").getByText("Rolewright failed to start").waitFor();
  site.breaks = () => false;
  await play.page.getByRole("button", { name: "Try again" }).click();
  await play.editor.waitFor();
});

test("where the browser has no workers the engine runs beside the page, and comes back after a trap", async () => {
  const { play } = on;
  play.expect(/unreachable/);
  await play.context.addInitScript(() => delete globalThis.Worker);
  await play.visit();
  assert.equal(play.page.workers().length, 0);
  await play.write("Checked {{BESIDE}} the page. 😀");
  await play.promptHolds("Checked {{BESIDE}} the page. 😀");
  await play.problem("undefined-variable").waitFor();
  await play.page.evaluate(trapBetween);
  await play.page.waitForTimeout(300);
  await play.write("Checked again.");
  await play.promptHolds("Checked again.");
});
