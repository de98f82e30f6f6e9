// Renews the PNGs in www/icons from the SVGs beside them: `node tests/e2e/icons.mjs`.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";

const folder = fileURLToPath(new URL("../../www/icons/", import.meta.url));
const PICTURES = [
  ["icon.svg", "icon-192.png", 192],
  ["icon.svg", "icon-512.png", 512],
  ["maskable.svg", "maskable-512.png", 512],
  ["maskable.svg", "apple-touch-180.png", 180],
];

const browser = await launch();
for (const [source, target, size] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = await readFile(folder + source, "utf8");
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  await page.screenshot({ path: folder + target, omitBackground: true });
  await page.close();
}
await browser.close();
