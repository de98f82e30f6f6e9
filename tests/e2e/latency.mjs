// Measures the release build in the browser: the start, the time from a keystroke to the paint of the changed
// prompt and of a problem on another line, and the heap over thousands of keys. `node tests/e2e/latency.mjs`
// prints everything; `start`, `keys` or `heap` as an argument only that.

import { launch } from "./browser.mjs";
import { Play, context, dist } from "./playground.mjs";
import { serve } from "./server.mjs";

const VISITS = 7;
const SAMPLES = 40;
// Longer than the page's typing pause, so that each key is handled alone.
const PAUSE_MS = 700;
const STARTS = [
  { slower: 1, aims: [400, 600] },
  { slower: 4, aims: [1200, 1800] },
];
const SIZES = [
  { bytes: 15_000, aim: 35 },
  { bytes: 100_000, aim: 80 },
  { bytes: 300_000, aim: 100 },
];
const MANY_KEYS = 5_000;

const wanted = process.argv[2];
const browser = await launch();
const site = await serve(dist);
if (!wanted || wanted === "start") for (const start of STARTS) await measureStart(start);
if (!wanted || wanted === "keys") for (const size of SIZES) await measureKeys(size);
if (!wanted || wanted === "heap") await measureHeap();
await browser.close();
await site.close();

/** First visits, each with an empty cache. */
async function measureStart({ slower, aims }) {
  const visits = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const play = new Play(site, await context(browser));
    const page = (play.page = await play.context.newPage());
    await slowDown(play, slower);
    await page.addInitScript(watchStart);
    await page.goto(site.url);
    await page.waitForFunction(() => globalThis.started.problems);
    // Any later movement would follow soon after.
    await page.waitForTimeout(1000);
    visits.push(await page.evaluate(() => globalThis.started));
    await play.context.close();
  }
  const median = (name) => visits.map((visit) => visit[name]).sort((one, other) => one - other)[VISITS >> 1];
  const shift = Math.max(...visits.map((visit) => visit.shift));
  console.log(
    `start${machine(slower)}: editor usable after ${median("editor").toFixed(0)} ms (aim: ${aims[0]}), ` +
      `first problems after ${median("problems").toFixed(0)} ms (aim: ${aims[1]}), layout shift at most ${shift.toFixed(4)} (aim: 0)`,
  );
}

async function measureKeys({ bytes, aim }) {
  const play = new Play(site, await context(browser));
  const page = await play.visit();
  await play.write(roleOf(bytes));
  await play.problem("undefined-variable").waitFor();
  await page.evaluate(watch);
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
  times.sort((one, other) => one - other);
  const [half, most] = [0.5, 0.95].map((share) => times[Math.ceil(share * times.length) - 1].toFixed(1));
  console.log(`keystroke to paint at ${bytes / 1000} kB: p50 ${half} ms, p95 ${most} ms (aim: p95 ≤ ${aim} ms)`);
}

/** The heap after a fifth of the keys, when all caches are warm, and at the end. */
async function measureHeap() {
  const play = new Play(site, await context(browser));
  const page = await play.visit();
  await play.write(roleOf(15_000));
  await play.settled();
  await play.editor.press("Control+Home");
  await play.editor.getByText("Begin here.").click();
  await page.keyboard.press("End");
  const session = await play.context.newCDPSession(page);
  await session.send("Performance.enable");
  const heaps = [];
  for (let key = 1; key <= MANY_KEYS; key += 1) {
    await page.keyboard.press(key % 2 ? "x" : "Backspace");
    if (key !== MANY_KEYS / 5 && key !== MANY_KEYS) continue;
    await play.settled();
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    heaps.push(metrics.find(({ name }) => name === "JSHeapUsedSize").value / 1024 / 1024);
  }
  await play.context.close();
  const [early, late] = heaps.map((heap) => heap.toFixed(1));
  console.log(`heap after ${MANY_KEYS / 5} keys ${early} MiB, after ${MANY_KEYS} keys ${late} MiB (aim: flat)`);
}

async function slowDown(play, slower) {
  const session = await play.context.newCDPSession(play.page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
}

function machine(slower) {
  return slower === 1 ? "" : `, processor slowed ${slower}×`;
}

/** Runs in the page before anything else: when the editor is there, when the first problems are, and what moved. */
function watchStart() {
  const started = (globalThis.started = { editor: 0, problems: 0, shift: 0 });
  const look = () => {
    if (document.querySelector(".cm-content")) started.editor ||= performance.now();
    if (document.querySelector("[aria-label=Problems] > li")) started.problems ||= performance.now();
    if (!started.problems) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const add = (list) => list.getEntries().forEach(({ hadRecentInput, value }) => (started.shift += hadRecentInput ? 0 : value));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
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
