// Generates docs/playground.png from the release build: `cargo xtask screenshot`.

import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { Play, context, dist } from "./playground.mjs";
import { serve } from "./server.mjs";

const browser = await launch();
const site = await serve(dist);
const play = new Play(site, await context(browser, { viewport: { width: 1360, height: 850 }, deviceScaleFactor: 1.5 }));
const page = await play.visit();
await play.settled();
await play.readyOffline();
await play.saved();
await play.problem("undefined-variable").getByRole("button").first().click();
// The first check includes the engine's start; the picture shows the time of a later one.
await page.keyboard.press("ArrowRight");
await page.keyboard.type(" ");
await play.settled();
await page.keyboard.press("Backspace");
await play.settled();
// The outline of a jump lasts two seconds.
await page.waitForTimeout(2500);
await page.screenshot({ path: fileURLToPath(new URL("../../docs/playground.png", import.meta.url)) });
await browser.close();
await site.close();
