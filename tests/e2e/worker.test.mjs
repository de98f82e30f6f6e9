// Tests the start script and the service worker on a site of three files: caching, updates and broken
// deployments.

import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { deploy, scratch } from "./deploy.mjs";
import { serve } from "./server.mjs";

let browser;
let context;
let folder;
let site;
let boot;

before(async () => {
  browser = await launch();
  boot = await readFile(new URL("../../www/boot.js", import.meta.url), "utf8");
});
after(() => browser?.close());

beforeEach(async () => {
  folder = await scratch();
  await put("one");
  site = await serve(join(folder, "dist"));
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await site.close();
  await rm(folder, { recursive: true });
});

function put(version, more = {}) {
  return deploy(join(folder, "dist"), {
    "index.html": `<!doctype html><html lang="en"><meta charset="utf-8"><title>${version}</title>
      <script id="boot" type="module" src="./boot.js" data-js="./page-${version}.js" data-wasm="./page-${version}.wasm" data-sw="./sw.js"></script><body>`,
    "boot.js": boot,
    [`page-${version}.js`]: `export default async ({ module_or_path }) => { const answer = await fetch(module_or_path);
      if (!answer.ok) throw new Error("page: " + answer.status); document.body.textContent = await answer.text(); }`,
    [`page-${version}.wasm`]: `version ${version}`,
    "same.txt": "the same in every version",
    ...more,
  });
}

async function open() {
  const page = await context.newPage();
  await page.goto(site.url);
  return page;
}

const isOffline = (page) => page.waitForSelector("html[data-offline=ready]", { state: "attached" });
const isUpdated = (page) => page.waitForSelector("html[data-update=ready]", { state: "attached" });
const text = (page) => page.locator("body").innerText();
const look = (page) => page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found.update()));
const applyUpdate = (page) => page.evaluate(() => void document.dispatchEvent(new Event("rolewright:apply-update")));

test("after one visit the page opens without a network, with a query and by its index too", async () => {
  const page = await open();
  await isOffline(page);
  await context.setOffline(true);
  for (const address of ["", "?from=home", "index.html", "#part"]) {
    await page.goto(site.url + address);
    await page.getByText("version one").waitFor();
  }
  assert.equal(await page.evaluate(() => fetch("same.txt").then((answer) => answer.text())), "the same in every version");
});

test("nothing is downloaded twice for the copy", async () => {
  const page = await open();
  await isOffline(page);
  const answers = site.statuses.filter(([path]) => path === "page-one.wasm").map(([, status]) => status);
  assert.equal(answers.filter((status) => status === 200).length, 1, answers.join());
});

test("a new version waits while the old page goes on, and comes when it is asked for", async () => {
  const page = await open();
  await isOffline(page);
  await put("two");
  await look(page);
  await isUpdated(page);
  assert.equal(await text(page), "version one");
  await page.reload();
  await page.getByText("version one").waitFor();
  await isUpdated(page);
  await applyUpdate(page);
  await page.getByText("version two").waitFor();
  await context.setOffline(true);
  await page.reload();
  await page.getByText("version two").waitFor();
});

test("a new version that is not asked for comes when the last tab has closed", async () => {
  const page = await open();
  await isOffline(page);
  await put("two");
  await look(page);
  await isUpdated(page);
  await page.close();
  const next = await open();
  await next.getByText("version two").waitFor();
});

test("a second tab keeps the files of its version after another tab changed to the new one", async () => {
  const [one, two] = [await open(), await open()];
  // Both, because a page that is not controlled yet is not notified of a new version.
  await isOffline(one);
  await isOffline(two);
  await put("two");
  await look(one);
  await isUpdated(one);
  await isUpdated(two);
  await applyUpdate(one);
  await one.getByText("version two").waitFor();
  assert.equal(await text(two), "version one");
  assert.equal(await two.evaluate(() => fetch("page-one.wasm").then((answer) => answer.text())), "version one");
  await applyUpdate(two);
  await two.getByText("version two").waitFor();
});

test("the copies of older versions are removed", async () => {
  const names = () => page.evaluate(() => caches.keys());
  let page = await open();
  await isOffline(page);
  for (const version of ["two", "three"]) {
    await put(version);
    await look(page);
    await isUpdated(page);
    await page.close();
    page = await open();
    await page.getByText(`version ${version}`).waitFor();
    await page.waitForFunction(() => caches.keys().then((found) => found.length === 1));
  }
  assert.equal((await names()).length, 1);
});

test("a half finished deployment is refused and the old version stays whole", async () => {
  const page = await open();
  await isOffline(page);
  await put("two");
  site.breaks = (path) => path === "page-two.wasm";
  await look(page).catch(() => {});
  await page.waitForFunction(() => navigator.serviceWorker.getRegistration().then((found) => !found.installing));
  assert.equal(await page.locator("html[data-update]").count(), 0);
  await context.setOffline(true);
  await page.reload();
  await page.getByText("version one").waitFor();
});

test("only what changed is downloaded for a new version", async () => {
  const page = await open();
  await isOffline(page);
  await put("two");
  site.requests.length = 0;
  await look(page);
  await isUpdated(page);
  assert.ok(site.requests.some((path) => path.endsWith("page-two.wasm")));
  assert.deepEqual(site.requests.filter((path) => /same\.txt|boot\.js/.test(path)), []);
});

test("a copy of the site elsewhere on the origin keeps its files", async () => {
  const page = await open();
  await isOffline(page);
  await page.evaluate(() => caches.open("rolewright /elsewhere/ sha256-x"));
  await put("two");
  await look(page);
  await isUpdated(page);
  await page.close();
  await (await open()).getByText("version two").waitFor();
  const next = context.pages().at(-1);
  await next.waitForFunction(() => caches.keys().then((names) => names.length === 2));
  assert.ok((await next.evaluate(() => caches.keys())).includes("rolewright /elsewhere/ sha256-x"));
});

test("a page that cannot be loaded says so, and trying again helps once it is there", async () => {
  site.breaks = (path) => path === "page-one.wasm";
  const page = await open();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /failed to start[\s\S]*saved work is safe[\s\S]*page: 404/);
  site.breaks = () => false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("version one").waitFor();
});
