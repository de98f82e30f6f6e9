// Builds the manual from the repository: `node docs/manual/build.mjs FOLDER` writes it below that folder.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { pages } from "./pages.mjs";
import { layout, render, words } from "./render.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every file of the manual by its path. */
export async function manual() {
  const read = (path) => readFileSync(join(root, path), "utf8");
  const all = pages(read);
  const known = new Map(all.filter(({ source }) => source).map(({ source, path }) => [source, path]));
  const files = new Map();
  const index = [];
  for (const page of all) {
    const { html, headings } = render(page.markdown, { page, known });
    files.set(page.path, layout({ page, html, headings, all }));
    index.push({ path: page.path, title: page.title, isListed: page.isListed, headings: headings.map(({ html }) => words(html)).join("\n"), text: words(html) });
  }
  files.set("search.json", JSON.stringify(index));
  const styles = await bundled("manual.css", {});
  const script = await bundled("manual.js", { format: "iife" });
  return files.set("manual.css", styles).set("manual.js", script);
}

async function bundled(name, options) {
  const entry = fileURLToPath(new URL(name, import.meta.url));
  const { outputFiles } = await bundle({ entryPoints: [entry], bundle: true, minify: true, target: "es2022", legalComments: "none", write: false, logLevel: "warning", ...options });
  return outputFiles[0].text;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = process.argv[2];
  if (!folder) throw new Error("usage: node docs/manual/build.mjs FOLDER");
  const files = await manual();
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.log(`Built the manual: ${files.size} files in ${folder}`);
}
