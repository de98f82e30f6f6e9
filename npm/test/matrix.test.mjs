// Tests the tarball in clean projects: runtimes, bundlers, a page without one, a worker, an edge runtime.
// Every page runs in a real browser and must show the engine's result.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "../../tests/e2e/browser.mjs";
import { MATRIX, PKG, bin, pack, project, tools } from "./pack.mjs";

tools();
const { file: tarball } = pack();
const require = createRequire(join(MATRIX, "package.json"));
const browser = await launch();
after(() => browser.close());

const CALL = 'check("---\\nname: a\\ntools: bash\\n---\\nx\\n", { path: ".claude/agents/a.md" })';
const SHOW = `document.body.textContent = ${CALL}.host;`;
const HTML = '<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,"></head><body><script type="module" src="./main.js"></script></body></html>';
// The code that a reader copies from the README: the block that follows a bold name.
const readme = readFileSync(join(PKG, "README.md"), "utf8");
const block = (name) => new RegExp(`^\\*\\*${name}[^]*?^\`\`\`\\w+\\n([^]*?)^\`\`\``, "m").exec(readme)[1];
const page = (name) => `${block(name)}${SHOW}\n`;
const PLAIN = page("Vite 8");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Serves a folder as any static host does; a missing file is answered with the page, as development servers do. */
async function served(root, use, headers = {}) {
  const server = createServer((request, response) => {
    const path = join(root, decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = existsSync(path) && extname(path) ? path : join(root, "index.html");
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", ...headers });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The text of a page as soon as it has any; an error in the page fails the test. */
async function shown(address) {
  const page = await browser.newPage();
  const failed = new Promise((_, reject) => page.on("pageerror", reject));
  try {
    await page.goto(address);
    await Promise.race([page.waitForFunction(() => document.body.innerText.trim() !== "", undefined, { timeout: 30_000 }), failed]);
    return (await page.innerText("body")).trim();
  } finally {
    await page.close();
  }
}

const shownIn = (root, headers) => served(root, shown, headers);

function program(words, cwd, env) {
  const { status, stdout, stderr, error } = spawnSync(words[0], words.slice(1), { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  assert.equal(status, 0, `${error ?? ""}${stdout}${stderr}`);
  return stdout.trim();
}

const SCRIPT = { "main.js": `import { check } from "rolewright";\nconsole.log(${CALL}.host);\n` };

test("Node imports it and runs its command", () => {
  const root = project(tarball, SCRIPT);
  assert.equal(program([process.execPath, "main.js"], root), "claude-code");
  assert.match(program([process.execPath, "node_modules/rolewright/cli/main.js", "--version"], root), /^\d/);
});

for (const version of [20, 22, 24]) {
  const node = join(MATRIX, `node_modules/node-${version}/bin/node`);
  test(`Node ${version} imports it and runs its command`, { skip: !existsSync(node) && `there is no Node ${version} for this system` }, () => {
    const role = "---\nname: a\ndescription: Reviews a change. Use when code was changed.\ntools: Read\n---\nReview it.\n";
    const root = project(tarball, { ...SCRIPT, ".claude/agents/a.md": role });
    const command = [node, "node_modules/rolewright/cli/main.js"];
    assert.match(program([node, "--version"], root), new RegExp(`^v${version}\\.`));
    assert.equal(program([node, "main.js"], root), "claude-code");
    assert.match(program([...command, "check"], root), /^1 file checked: no problems$/m);
    assert.match(program([...command, "compile", ".claude/agents/a.md", "--to", "opencode"], root), /read: allow/);
  });
}

test("npm installs it and links its command", () => {
  const root = project(tarball, {});
  program(["npm", "install", "--offline", "--no-audit", "--no-fund", "--prefix", root, tarball], root);
  assert.match(program([join(root, "node_modules/.bin/rolewright"), "--version"], root), /^\d/);
});

const native = (folder, name) => {
  const home = join(MATRIX, "node_modules", folder);
  const found = existsSync(home) ? readdirSync(home).map((entry) => [join(home, entry, name), join(home, entry, "bin", name)]).flat().filter((path) => existsSync(path)) : [];
  return found[0];
};

test("Deno runs it", { skip: !native("@deno", "deno") && "there is no Deno for this system" }, () => {
  const root = project(tarball, SCRIPT);
  const env = { DENO_DIR: join(root, "cache"), DENO_NO_UPDATE_CHECK: "1" };
  assert.equal(program([native("@deno", "deno"), "run", "--allow-read", "--node-modules-dir=manual", "main.js"], root, env), "claude-code");
});

test("Bun runs it", { skip: !native("@oven", "bun") && "there is no Bun for this system" }, () => {
  assert.equal(program([native("@oven", "bun"), "main.js"], project(tarball, SCRIPT)), "claude-code");
});

const EDGE = block("Cloudflare Workers");

test("an edge runtime that refuses to compile bytes runs it from a module", () => {
  const root = project(tarball, {
    // The runtime compiles the .wasm itself and hands in the module.
    "hooks.js": `export const load = (url, context, next) => url.endsWith(".wasm")
      ? { format: "module", shortCircuit: true, source: "import { readFileSync } from 'node:fs'; export default new WebAssembly.Module(readFileSync(new URL(" + JSON.stringify(url) + ")));" }
      : next(url, context);`,
    "edge.js": 'import { register } from "node:module";\nregister("./hooks.js", import.meta.url);\n',
    "refuse.js": `
      // Node compiles its HTTP client when these are first used.
      await new Response("").text();
      void Request;
      const refused = () => { throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder"); };
      const Real = WebAssembly.Module;
      WebAssembly.Module = new Proxy(Real, { construct: refused });
      WebAssembly.compile = WebAssembly.compileStreaming = WebAssembly.instantiateStreaming = refused;
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = (input, imports) => (input instanceof Real ? instantiate(input, imports) : refused());
      globalThis.fetch = refused;`,
    "main.js": `${EDGE}import "./refuse.js";\nconsole.log(${CALL}.host);\n`,
  });
  assert.equal(program([process.execPath, "--import=./edge.js", "--conditions=workerd", "main.js"], root), "plain\nclaude-code");
});

test("workerd runs it", { skip: !native("@cloudflare", "workerd") && "there is no workerd for this system" }, async () => {
  const root = project(tarball, {
    "main.js": `${EDGE}export default { fetch: () => new Response(${CALL}.host) };\n`,
    "config.capnp": `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (
        services = [(name = "main", worker = .worker)],
        sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
      );
      const worker :Workerd.Worker = (
        modules = [
          (name = "main.js", esModule = embed "out/main.js"),
          (name = "rolewright/wasm", wasm = embed "node_modules/rolewright/engine_bg.wasm"),
        ],
        compatibilityDate = "2025-01-01",
      );`,
  });
  execFileSync(bin("esbuild"), ["main.js", "--bundle", "--format=esm", "--conditions=workerd", "--external:rolewright/wasm", "--outdir=out", "--log-level=error"], { cwd: root });
  const server = spawn(native("@cloudflare", "workerd"), ["serve", "config.capnp", "--control-fd=3"], { cwd: root, stdio: ["ignore", "ignore", "pipe", "pipe"] });
  try {
    let output = "";
    server.stderr.on("data", (piece) => (output += piece));
    const port = await new Promise((found, failed) => {
      server.stdio[3].on("data", (piece) => {
        const told = /"port":(\d+)/.exec(String(piece));
        if (told) found(told[1]);
      });
      server.once("exit", () => failed(new Error(output)));
    });
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "claude-code");
  } finally {
    server.kill();
  }
});

test("a page without a bundler runs it, and compares the engine with its hash", async () => {
  const root = project(tarball, {});
  const hash = createHash("sha384").update(readFileSync(join(root, "node_modules/rolewright/engine_bg.wasm"))).digest("base64");
  const written = (hash) => `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,"></head><body>${block("A page without a bundler").replace("HASH", hash)}</body></html>`;
  assert.equal(await shownIn(project(tarball, { "index.html": written(hash) })), "plain");
  await assert.rejects(shownIn(project(tarball, { "index.html": written(hash.replace(/^.../, "AAA")) })), /could not be fetched|Failed to fetch/);
});

test("a page without a bundler runs it, under a strict policy", async () => {
  const page = HTML.replace("./main.js", "./main.mjs");
  const code = PLAIN.replace('"rolewright"', '"./node_modules/rolewright/web.js"');
  const policy = `default-src 'none'; ${/script-src [^`]+/.exec(readme)[0]}; connect-src 'self'; img-src data:`;
  assert.equal(await shownIn(project(tarball, { "index.html": page, "main.mjs": code }), { "content-security-policy": policy }), "claude-code");
});

test("a page whose server answers with HTML gets an error that says what to do", async () => {
  const code = `import init from "./node_modules/rolewright/web.js";\nawait init("./gone").catch((error) => (document.body.textContent = error.message));\n`;
  assert.match(await shownIn(project(tarball, { "index.html": HTML, "main.js": code })), /is HTML, not WebAssembly/);
});

const CLIENT = `import { createClient, Superseded } from "rolewright/worker";
const client = createClient();
const text = "---\\nname: a\\ntools: bash\\n---\\nx\\n";
const calls = [1, 2, 3, 4].map(() => client.check(text, { path: ".claude/agents/a.md" }));
const ended = await Promise.allSettled(calls);
const wrong = await client.check(text, { hots: 1 }).catch((error) => error instanceof TypeError);
document.body.textContent = [...ended.map((end) => end.value?.host ?? (end.reason instanceof Superseded ? "superseded" : String(end.reason))), wrong].join(" ");
`;
const ANSWERS = "claude-code superseded superseded claude-code true";

// Runs in a worker: the first instance's `check` runs into a real trap.
const TRAPPED = `
const trap = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,116,0,0,10,5,1,3,0,0,11])));
const { Instance, instantiate } = WebAssembly;
let started = 0;
const first = ({ exports }) => Object.create(WebAssembly.Instance.prototype, { exports: { value: started++ === 0 ? { ...exports, check: trap.exports.t } : exports } });
WebAssembly.Instance = function (module, imports) { return first(new Instance(module, imports)); };
WebAssembly.instantiate = async (module, imports) => first(await instantiate(module, imports));
const { serve } = await import("./node_modules/rolewright/worker.js");
serve(await import("./node_modules/rolewright/web.js"));
postMessage({ up: true });
`;

test("a trap in a worker is an EngineCrashed in the page, and the next call is answered", async () => {
  const code = `import { createClient } from "./node_modules/rolewright/worker.js";
    import { EngineCrashed } from "./node_modules/rolewright/web.js";
    const thread = new Worker("./trapped.js", { type: "module" });
    await new Promise((up) => (thread.onmessage = up));
    const client = createClient({ worker: () => thread });
    const crash = await client.check("x").catch((error) => error);
    const { host } = await client.check("# A");
    document.body.textContent = [crash instanceof EngineCrashed, crash.cause.message, host].join(" ");`;
  const root = project(tarball, { "index.html": HTML, "main.js": code, "trapped.js": TRAPPED });
  assert.equal(await shownIn(root), "true unreachable plain");
});

test("a worker answers a page, the latest question first", async () => {
  const code = CLIENT.replace('"rolewright/worker"', '"./node_modules/rolewright/worker.js"');
  assert.equal(await shownIn(project(tarball, { "index.html": HTML, "main.js": code })), ANSWERS);
});

for (const name of ["vite", "vite-7"]) {
  const source = page(name === "vite" ? "Vite 8" : "Vite 7");
  const load = () => import(pathToFileURL(join(MATRIX, "node_modules", name, "dist/node/index.js")).href);
  const files = { "index.html": HTML, "main.js": source };

  test(`${name} builds a page with it`, async () => {
    const root = project(tarball, files);
    const { build } = await load();
    await build({ root, logLevel: "error", configFile: false, build: { target: "es2022" } });
    assert.equal(await shownIn(join(root, "dist")), "claude-code");
  });

  test(`${name} serves a page with it while developing`, async () => {
    const root = project(tarball, files);
    const { createServer: develop } = await load();
    const server = await develop({ root, logLevel: "silent", configFile: false, server: { port: 0, host: "127.0.0.1" } });
    await server.listen();
    try {
      assert.equal(await shown(`http://127.0.0.1:${server.httpServer.address().port}/`), "claude-code");
    } finally {
      await server.close();
    }
  });
}

test("vite builds a page with the worker", async () => {
  const root = project(tarball, { "index.html": HTML, "main.js": CLIENT });
  const { build } = await import(pathToFileURL(join(MATRIX, "node_modules/vite/dist/node/index.js")).href);
  await build({ root, logLevel: "error", configFile: false, build: { target: "es2022" }, worker: { format: "es" } });
  assert.equal(await shownIn(join(root, "dist")), ANSWERS);
});

test("webpack builds a page with it", async () => {
  const root = project(tarball, { "main.js": PLAIN, "dist/index.html": HTML });
  const webpack = require("webpack");
  const stats = await new Promise((done, failed) =>
    webpack({ context: root, mode: "production", entry: "./main.js", output: { path: join(root, "dist"), filename: "main.js" } }, (error, result) => (error ? failed(error) : done(result))));
  assert.ok(!stats.hasErrors(), stats.toString("errors-only"));
  assert.equal(await shownIn(join(root, "dist")), "claude-code");
});

test("esbuild builds a page with it, with the file loader", async () => {
  const root = project(tarball, { "main.js": page("esbuild"), "dist/index.html": HTML });
  execFileSync(bin("esbuild"), ["main.js", "--bundle", "--format=esm", "--outdir=dist", "--loader:.wasm=file", "--log-level=error"], { cwd: root });
  assert.equal(await shownIn(join(root, "dist")), "claude-code");
});

test("esbuild builds the inline entry into one script", async () => {
  const root = project(tarball, { "main.js": page("Single-file pages"), "dist/index.html": HTML });
  execFileSync(bin("esbuild"), ["main.js", "--bundle", "--minify", "--format=esm", "--outdir=dist", "--log-level=error"], { cwd: root });
  assert.deepEqual(readdirSync(join(root, "dist")).sort(), ["index.html", "main.js"]);
  assert.equal(await shownIn(join(root, "dist")), "claude-code");
});

test("Rollup builds a page with it, with the file copied beside", async () => {
  const root = project(tarball, { "main.js": PLAIN, "dist/index.html": HTML });
  const { rollup } = await import(pathToFileURL(require.resolve("rollup")).href);
  const { default: resolve } = await import(pathToFileURL(require.resolve("@rollup/plugin-node-resolve")).href);
  const bundle = await rollup({ input: join(root, "main.js"), plugins: [(resolve.default ?? resolve)({ browser: true })] });
  await bundle.write({ file: join(root, "dist/main.js"), format: "es" });
  copyFileSync(join(root, "node_modules/rolewright/engine_bg.wasm"), join(root, "dist/engine_bg.wasm"));
  assert.equal(await shownIn(join(root, "dist")), "claude-code");
});

test("a server that renders pages may import the browser's entry", () => {
  const root = project(tarball, { "main.js": 'import "./node_modules/rolewright/web.js";\nimport "rolewright/worker";\nimport "rolewright/inline";\nconsole.log("rendered");\n' });
  assert.equal(program([process.execPath, "main.js"], root), "rendered");
});
