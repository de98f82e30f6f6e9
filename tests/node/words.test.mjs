// Checks that the words of the page, the package and the command line are plain English, without retired phrases.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path) => readFileSync(`${root}/${path}`, "utf8");

// Phrases that read as a translation, as a pattern of whole words.
const PATTERN = pattern(read("tests/retired-phrases.txt"));

function pattern(list) {
  const phrases = list.split("\n").filter((line) => !line.startsWith("#") && line.includes(" = "));
  const words = phrases.map((line) => line.split(" = ")[0].replace("*", "[\\w'-]*"));
  return new RegExp(`(?<![\\w'-])(?:${words.join("|")})(?![\\w'-])`, "giu");
}

/** The string literals of a Rust or JavaScript source, without tests and comments. */
function strings(source) {
  const code = source.split("#[cfg(test)]")[0].replace(/^\s*\/\/.*$/gm, "").replace(/^\s*\/?\*.*$/gm, "");
  return [...code.matchAll(/"((?:\\.|[^"\\\n])*(?:\\\n(?:\\.|[^"\\\n])*)*)"|`((?:\\.|[^`\\])*)`/g)]
    .map(([, plain, template]) => plain ?? template.replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, "…"))
    .filter((text) => / /.test(text));
}

/** The text and the attributes of a page. */
const markup = (source) => [source.replace(/<[^>]*>/g, " "), ...strings(source)];

/** Prose without code blocks and code spans. */
const prose = (markdown) => [markdown.replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, "``")];

/** The documentation comments of a declaration file. */
const comments = (source) => source.match(/\/\*\*[^]*?\*\//g) ?? [];

// Folder or file, the files of a folder, and how to take the words out of one.
const SOURCES = [
  ["web/page/src", /(?<!tests)\.rs$/, strings],
  ["web/engine/src", /\.rs$/, strings],
  ["www/editor", /\.js$/, strings],
  ["www/boot.js", undefined, strings],
  ["www/index.html", undefined, markup],
  ["www/manifest.webmanifest", undefined, strings],
  ["npm/js", /\.js$/, strings],
  ["npm/cli", /\.js$/, strings],
  ["npm/types", /\.d\.ts$/, comments],
  ["npm/schema.json", undefined, strings],
  ["npm/README.md", undefined, prose],
  ["docs/manual", /\.m?js$/, strings],
  ["editors/vscode/src", /\.js$/, strings],
  ["editors/vscode/package.json", undefined, strings],
  ["action.yml", undefined, (source) => [source]],
];

const filesOf = (path, name) =>
  name ? readdirSync(`${root}/${path}`, { recursive: true }).map((file) => `${path}/${file}`).filter((file) => name.test(file)) : [path];

for (const [path, name, textsOf] of SOURCES) {
  test(`${path} has no retired phrase`, () => {
    const found = filesOf(path, name).flatMap((file) =>
      textsOf(read(file)).flatMap((text) => (text.match(PATTERN) ?? []).map((phrase) => `${file}: “${phrase}” in: ${text.trim().slice(0, 90)}`)),
    );
    assert.deepEqual(found, []);
  });
}

test("a retired phrase is found in a string, and not in a comment or a longer word", () => {
  const phrases = (source) => strings(source).flatMap((text) => text.match(PATTERN) ?? []);
  assert.deepEqual(phrases('const a = "Text stands here";'), ["stands"]);
  assert.deepEqual(phrases('const a = "Coloured text";'), ["Coloured"]);
  assert.deepEqual(phrases('// "Text stands here"\nconst a = "It outstands the mast";'), []);
});
