// Renews docs/playground.png from the release build: `cargo xtask screenshot`.

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
await play.problems.getByRole("button").first().click();
await play.prompt.locator(".lit").first().waitFor({ timeout: 2000 }).catch(() => {});
// The outline of a jump holds for two seconds.
await page.waitForTimeout(2500);
await page.screenshot({ path: fileURLToPath(new URL("../../docs/playground.png", import.meta.url)) });
await browser.close();
await site.close();
