// Packs the extension, and checks what a marketplace requires of it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import { missing as skip } from "../worker.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const base = mkdtempSync(join(tmpdir(), "rolewright-vsix-"));
after(() => rmSync(base, { recursive: true, force: true }));
const packed = () => {
  const file = join(base, "rolewright.vsix");
  execFileSync(process.execPath, [join(here, "build.mjs"), file], { stdio: ["ignore", "ignore", "inherit"] });
  return unzipSync(readFileSync(file));
};
const files = skip ? {} : packed();
const text = (path) => strFromU8(files[`extension/${path}`]);

test("the extension holds what it runs, its documentation and its licenses", { skip }, () => {
  const paths = Object.keys(files).filter((path) => path.startsWith("extension/")).map((path) => path.slice(10)).sort();
  assert.deepEqual(paths, [
    "LICENSE.txt", "dist/THIRD-PARTY.txt", "dist/extension.cjs", "dist/icon.png", "dist/schema.json",
    "dist/web/extension.js", "dist/web/rolewright.wasm", "dist/web/worker.js",
    "media/panel.css", "media/panel.js", "package.json", "readme.md",
  ]);
  assert.match(text("LICENSE.txt"), /either of the following[^]*MIT License[^]*Apache License/);
});

test("the licenses of the packages and of the crates in the WebAssembly come along", { skip }, () => {
  for (const name of ["vscode-languageclient", "granit-parser", "Rust standard library"]) {
    assert.match(text("dist/THIRD-PARTY.txt"), new RegExp(`^${name} \\d+\\.\\S+ \\(`, "m"));
  }
});

test("the packages have licenses that may be delivered", { skip }, () => {
  const source = readFileSync(join(here, "../../xtask/src/licenses.rs"), "utf8");
  const allowed = [.../const ALLOWED[^=]*= \[([^\]]*)\]/.exec(source)[1].matchAll(/"([^"]+)"/g)].map(([, license]) => license);
  const [packages] = text("dist/THIRD-PARTY.txt").split("Rolewright contains the following");
  const found = [...packages.matchAll(/^(\S+) \d\S* \(([^()]+)\)$/gm)];
  assert.ok(found.length >= 4, `${found.length} packages`);
  for (const [, name, license] of found) assert.ok(allowed.includes(license), `${name}: ${license}`);
});

test("the schema for rolewright.json knows the hosts and the rules", { skip }, () => {
  const { $defs } = JSON.parse(text("dist/schema.json"));
  assert.ok($defs.host.enum.includes("claude-code"));
  assert.ok("tool-case" in $defs.rules.properties);
});

test("the manifest has what a marketplace asks for", { skip }, () => {
  const manifest = JSON.parse(text("package.json"));
  for (const field of ["name", "displayName", "description", "version", "publisher", "license", "icon", "categories"]) assert.ok(manifest[field], field);
  assert.ok(manifest.keywords.length <= 30);
  assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
  for (const path of [manifest.main, manifest.browser, manifest.icon, ...manifest.contributes.jsonValidation.map(({ url }) => url)]) assert.ok(files[join("extension", path)], path);
  // At least 128 by 128 pixels, and no SVG.
  const icon = Buffer.from(files[join("extension", manifest.icon)]);
  assert.equal(icon.toString("latin1", 1, 4), "PNG");
  assert.ok(icon.readUInt32BE(16) >= 128 && icon.readUInt32BE(20) >= 128);
});

test("the page of the extension shows no picture and follows no link that the package does not contain", { skip }, () => {
  assert.doesNotMatch(text("readme.md"), /!\[|\]\((?!https:)/);
});
