// Measures, for `cargo xtask bench`, the time from a keystroke to the paint of the changed prompt and of a
// problem on another line, in the release build.

import { launch } from "./browser.mjs";
import { Play, context, dist } from "./playground.mjs";
import { serve } from "./server.mjs";

const SAMPLES = 40;
// Longer than the page's typing pause, so that each key is handled alone.
const PAUSE_MS = 700;
const CASES = [
  { bytes: 10_000, slower: 1, aim: 50 },
  { bytes: 100_000, slower: 4, aim: 100 },
];

const browser = await launch();
const site = await serve(dist);
for (const { bytes, slower, aim } of CASES) {
  const times = await measure(bytes, slower);
  const [half, most] = [0.5, 0.95].map((share) => times[Math.ceil(share * times.length) - 1].toFixed(1));
  const machine = slower === 1 ? "" : `, processor slowed ${slower}×`;
  console.log(`keystroke to paint at ${bytes / 1000} kB${machine}: p50 ${half} ms, p95 ${most} ms (aim: p95 ≤ ${aim} ms)`);
}
await browser.close();
await site.close();

async function measure(bytes, slower) {
  const play = new Play(site, await context(browser));
  const page = await play.visit();
  await play.write(roleOf(bytes));
  await play.problem("undefined-variable").waitFor();
  await page.evaluate(watch);
  const session = await play.context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await play.editor.press("Control+Home");
  await play.editor.getByText("Begin here.").click();
  await page.keyboard.press("End");
  const times = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await page.waitForTimeout(PAUSE_MS);
    await page.evaluate(() => void (globalThis.painted = globalThis.nextPaint()));
    await page.keyboard.press(sample % 2 ? "Backspace" : "Enter");
    times.push(await page.evaluate(() => globalThis.painted));
  }
  await play.context.close();
  return times.sort((one, other) => one - other);
}

/** Runs in the page: the time from the next key to the paint that shows what it changed. */
function watch() {
  const rows = () => [...document.querySelectorAll("[aria-label=Problems] > li")];
  const problem = () => rows().find((row) => row.textContent.includes("undefined-variable"))?.textContent;
  const prompt = () => document.querySelector("#prompt")?.textContent;
  globalThis.nextPaint = () =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("The page did not answer a key within ten seconds")), 10_000);
      const before = [problem(), prompt()];
      let start = 0;
      addEventListener("keydown", (event) => (start = event.timeStamp), { capture: true, once: true });
      const observer = new MutationObserver(() => {
        if (!start || problem() === before[0] || prompt() === before[1]) return;
        observer.disconnect();
        // After the frame is handed over, not before it is drawn.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - start);
          port2.postMessage(null);
        });
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
}

function roleOf(bytes) {
  const head = "---\nname: r\ndescription: Reviews code. Use it after each change.\n---\n\nBegin here.\n\n";
  const sentence = "Read each changed file from start to end, name the line, say what is wrong and why it matters. ";
  let body = "";
  for (let part = 1; head.length + body.length < bytes; part += 1) body += `## Part ${part}\n\n${sentence.repeat(4).trim()}\n\n`;
  return `${head}${body}Answer in {{LANGUAGE}}.\n`;
}
