// How the language server of VS Code for the Web is bundled: the npm package's command line, with a world of its own.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const cli = join(here, "../../npm/pkg/cli");

/** Why there is nothing to bundle, or false. */
export const missing = !existsSync(join(cli, "cli.js")) && "npm/pkg is not built (`cargo xtask build`)";

/** The engine in WebAssembly. */
export const engine = () => brotliDecompressSync(readFileSync(join(cli, "cli_bg.wasm.br")));

/** The licenses of the crates in it. */
export const engineNotices = () => readFileSync(join(cli, "../THIRD-PARTY.txt"), "utf8");

/** Options of esbuild. */
export const WORKER = {
  absWorkingDir: here,
  entryPoints: ["src/web/worker.js"],
  bundle: true,
  platform: "browser",
  format: "iife",
  target: "es2022",
  plugins: [
    {
      name: "world",
      setup({ onResolve }) {
        onResolve({ filter: /^rolewright-cli$/ }, () => ({ path: join(cli, "cli.js") }));
        onResolve({ filter: /^\.\/world\.js$/ }, () => ({ path: join(here, "src/web/world.js") }));
      },
    },
  ],
};
