// Builds the extension into dist/ and packs it: `node build.mjs [FILE.vsix]`. Installs what it needs first.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { WORKER, engine, engineNotices } from "./worker.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const dist = join(here, "dist");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const file = process.argv[2] ?? join(here, `rolewright-vscode-${version}.vsix`);

install();
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const known = JSON.parse(readFileSync(join(root, "docs/hosts.json"), "utf8"));
writeFileSync(join(dist, "hosts.json"), JSON.stringify(known.filter(({ tier }) => tier !== "recognized").map(({ id, title }) => ({ id, name: title }))));
// That of the package, which names the hosts and the rules.
copyFileSync(join(root, "npm/pkg/schema.json"), join(dist, "schema.json"));
copyFileSync(join(root, "www/icons/icon-192.png"), join(dist, "icon.png"));
writeFileSync(join(here, "LICENSE.txt"), license());
const shared = { absWorkingDir: here, bundle: true, minify: true, metafile: true, logLevel: "warning" };
const node = await build({
  ...shared,
  entryPoints: ["src/extension.js"],
  outfile: "dist/extension.cjs",
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
});
const web = await build({
  ...shared,
  entryPoints: ["src/web/extension.js"],
  // VS Code for the Web takes no other ending.
  outfile: "dist/web/extension.js",
  platform: "browser",
  format: "cjs",
  target: "es2022",
  external: ["vscode"],
});
await build({ ...shared, ...WORKER, outfile: "dist/web/worker.js" });
writeFileSync(join(dist, "web/rolewright.wasm"), engine());
const inputs = { ...node.metafile.inputs, ...web.metafile.inputs };
writeFileSync(join(dist, "THIRD-PARTY.txt"), `${notices({ inputs })}\n${"=".repeat(80)}\n\n${engineNotices()}`);
// The list is part of the bundle.
rmSync(join(dist, "hosts.json"));
run(join(here, "node_modules/.bin/vsce"), ["package", "--no-dependencies", "--allow-missing-repository", "--out", file]);

/** Once per lockfile. */
function install() {
  const lock = readFileSync(join(here, "package-lock.json"), "utf8");
  const stamp = join(here, "node_modules/.rolewright");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  run("npm", ["install", "--ignore-scripts", "--no-save"]);
  writeFileSync(stamp, lock);
}

function run(program, words) {
  // A fixed time for the entries: the same sources give the same bytes.
  const env = { ...process.env, SOURCE_DATE_EPOCH: "315532800" };
  const { status, error } = spawnSync(program, words, { cwd: here, stdio: "inherit", env, shell: process.platform === "win32" });
  if (status !== 0) throw error ?? new Error(`${program} ${words.join(" ")} failed`);
}

/** Both licenses; the marketplace shows one file. */
function license() {
  const texts = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(join(root, name), "utf8").trim());
  return `Rolewright is licensed under either of the following, at your option.\n\n${texts.join(`\n\n${"=".repeat(80)}\n\n`)}\n`;
}

/** The licenses of the packages in the bundle. */
function notices({ inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
  const text = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
    const legal = readdirSync(join(here, folder)).find((name) => /^licen[sc]e/i.test(name));
    if (!legal) throw new Error(`${name} has no license text`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(here, folder, legal), "utf8").trim()}\n`;
  });
  return `The extension contains the following third-party software.\n\n${text.join(`\n${"=".repeat(80)}\n\n`)}`;
}
