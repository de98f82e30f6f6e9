// Renews the PNGs in www/icons from icon.svg: `node tests/e2e/icons.mjs`.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";

const folder = fileURLToPath(new URL("../../www/icons/", import.meta.url));
const icon = await readFile(`${folder}icon.svg`, "utf8");
// Systems cut their own shape out of these: no corners of ours, and the picture well inside.
const maskable = icon.replace(/ rx="\d+"/, "").replace(/(<rect[^>]*>)/, '$1<g transform="translate(72 72) scale(.72)">').replace("</svg>", "</g></svg>");

const PICTURES = [
  [icon, "icon-192.png", 192],
  [maskable, "maskable-512.png", 512],
  [maskable, "apple-touch-180.png", 180],
];

const browser = await launch();
for (const [svg, target, size] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  await page.screenshot({ path: folder + target, omitBackground: true });
  await page.close();
}
await browser.close();
