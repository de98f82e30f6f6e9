// The browser for tests: ROLEWRIGHT_CHROMIUM, or the first one found on PATH.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

function executable() {
  if (process.env.ROLEWRIGHT_CHROMIUM) return process.env.ROLEWRIGHT_CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        continue;
      }
    }
  }
  throw new Error("No Chromium found: name one in ROLEWRIGHT_CHROMIUM");
}

/** A running browser; the caller closes it. */
export function launch() {
  return chromium.launch({
    executablePath: executable(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}
