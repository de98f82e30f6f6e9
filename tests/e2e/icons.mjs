// Generates the PNGs in www/icons from icon.svg: `node tests/e2e/icons.mjs`.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { launch } from "./browser.mjs";

const folder = fileURLToPath(new URL("../../www/icons/", import.meta.url));
const icon = await readFile(`${folder}icon.svg`, "utf8");
// Systems crop these to their own shape, so they have square corners and a margin around the picture.
const maskable = icon.replace(/ rx="\d+"/, "").replace(/(<rect[^>]*>)/, '$1<g transform="translate(72 72) scale(.72)">').replace("</svg>", "</g></svg>");

const PICTURES = [
  [icon, "icon-192.png", 192],
  [maskable, "maskable-512.png", 512],
  [maskable, "apple-touch-180.png", 180],
];

// Every visitor downloads the icons: few colors, of which the rarer ones are blends at edges, are a
// third of the size of what a browser writes.
const COLORS = 24;

const browser = await launch();
for (const [svg, target, size] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  const shot = (await page.screenshot({ omitBackground: true })).toString("base64");
  await writeFile(folder + target, png(size, await page.evaluate(pixelsOf, `data:image/png;base64,${shot}`)));
  await page.close();
}
await browser.close();

/** Runs in the page: the pixels of a picture, one number each. */
async function pixelsOf(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  return [...new Uint32Array(canvas.getImageData(0, 0, picture.width, picture.height).data.buffer)];
}

/** A PNG with few enough colors for one index per pixel. */
function png(size, pixels) {
  const count = new Map();
  for (const pixel of pixels) count.set(pixel, (count.get(pixel) ?? 0) + 1);
  const colors = [...count.keys()].sort((one, other) => count.get(other) - count.get(one)).slice(0, COLORS).map(channels);
  const nearest = new Map([...count.keys()].map((pixel) => [pixel, indexOfNearest(colors, channels(pixel))]));
  const rows = Buffer.alloc(size * (size + 1));
  pixels.forEach((pixel, at) => (rows[at + Math.floor(at / size) + 1] = nearest.get(pixel)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(colors.flatMap((color) => color.slice(0, 3)))),
    chunk("tRNS", Buffer.from(colors.map(([, , , alpha]) => alpha))),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function channels(pixel) {
  return [0, 8, 16, 24].map((shift) => (pixel >>> shift) & 255);
}

function indexOfNearest(colors, wanted) {
  const distance = (color) => color.reduce((sum, value, at) => sum + (value - wanted[at]) ** 2, 0);
  return colors.reduce((best, color, at) => (distance(color) < distance(colors[best]) ? at : best), 0);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
