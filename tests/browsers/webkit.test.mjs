// The essential path in WebKit: the small browser of WebKitGTK, driven over WebDriver.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "../e2e/server.mjs";
import { dist, essentialPath, isExecutable, program } from "./essential.mjs";

// Debian installs the browser next to the library.
const LIBRARIES = "/usr/lib/x86_64-linux-gnu";

const server = program("WebKitWebDriver");
const screen = program("xvfb-run");
const browser = miniBrowser();
const skip = server && screen && browser ? false : "WebKit was not found: install webkit2gtk-driver and xvfb";

function miniBrowser() {
  try {
    const folders = readdirSync(LIBRARIES).filter((name) => name.startsWith("webkit2gtk-"));
    return folders.map((name) => join(LIBRARIES, name, "MiniBrowser")).find(isExecutable);
  } catch {
    return undefined;
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A session of the browser, with what the path needs and an end. */
async function session(port) {
  const post = async (path, body = {}, method = "POST") => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: method === "POST" ? JSON.stringify(body) : undefined });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value?.error}: ${value?.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } } };
  let started;
  for (let tries = 0; !started; tries += 1) {
    try {
      started = await post("/session", { capabilities });
    } catch (error) {
      // The server may not be listening yet.
      if (tries > 50) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
  const at = `/session/${started.sessionId}`;
  await post(`${at}/window/rect`, { width: 1440, height: 900 }).catch(() => {});
  return {
    goto: (url) => post(`${at}/url`, { url }),
    reload: () => post(`${at}/refresh`),
    evaluate: (script, ...args) => post(`${at}/execute/sync`, { script: `return (${script})(...arguments)`, args }),
    end: () => post(at, undefined, "DELETE").catch(() => {}),
  };
}

test("the essential path in WebKit", { skip }, async (t) => {
  const [site, port] = [await serve(dist), await freePort()];
  // Its own process group, so that the screen and the browser end with it.
  const child = spawn(screen, ["-a", server, `--port=${port}`], { stdio: "ignore", detached: true });
  let driver;
  try {
    driver = await session(port);
    await essentialPath(t, driver, site);
  } finally {
    await driver?.end();
    process.kill(-child.pid, "SIGTERM");
    await site.close();
  }
});
