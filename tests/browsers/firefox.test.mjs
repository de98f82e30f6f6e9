// The essential path in Firefox, over WebDriver BiDi.

import assert from "node:assert/strict";
import { test } from "node:test";
import puppeteer from "puppeteer-core";
import { serve } from "../e2e/server.mjs";
import { dist, essentialPath, program } from "./essential.mjs";

const executablePath = process.env.ROLEWRIGHT_FIREFOX ?? program("firefox-esr", "firefox");
const skip = executablePath ? false : "no Firefox was found: name one in ROLEWRIGHT_FIREFOX";

test("the essential path in Firefox", { skip }, async (t) => {
  const site = await serve(dist);
  // The size of the window, not of the page: older versions of Firefox reject what sets the latter.
  const args = ["--width=1440", "--height=900"];
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, args, defaultViewport: null });
  try {
    const page = await browser.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    const driver = {
      goto: (address) => page.goto(address),
      reload: () => page.reload(),
      evaluate: (script, ...values) => page.evaluate(script, ...values),
    };
    await essentialPath(t, driver, site);
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
    await site.close();
  }
});
