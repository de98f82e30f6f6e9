// Tests what is published: its contents, its size, the package linters' reports, and the README.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { MATRIX, PKG, bin, pack, project, tools } from "./pack.mjs";

tools();
const packed = pack();
const readme = readFileSync(join(PKG, "README.md"), "utf8");

test("the tarball holds what it should and nothing else", () => {
  assert.deepEqual(packed.entries.sort(), [
    "LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY.txt", "api.js", "check-all.js",
    "cli/beside.js", "cli/cli.js", "cli/cli_bg.wasm.br", "cli/helper.js", "cli/helpers.js", "cli/main.js", "cli/replace.js", "cli/run.js", "cli/world.js",
    "crash.js", "digest.js", "docs/rules.md", "engine.js",
    "engine_bg.wasm", "hosts.js", "index.d.ts", "inline.js", "input.js", "names.d.ts", "names.js",
    "nearest.js", "node.js", "package.json",
    "packed.js", "playground.d.ts", "playground.js", "rules.js", "rules.json", "runtime.js", "schema.json", "severity.js", "shared.js", "wasm.d.ts", "web.js", "worker-main.js",
    "worker.d.ts", "worker.js", "workerd.js", "workspace.js",
  ]);
});

test("the licenses of the crates in the WebAssembly come along", () => {
  const notices = readFileSync(join(PKG, "THIRD-PARTY.txt"), "utf8");
  for (const name of ["Rust standard library", "clap", "granit-parser", "wasm-bindgen"]) assert.match(notices, new RegExp(`^${name} \\d+\\.\\S+ \\(.*MIT.*\\)$`, "m"));
  assert.match(notices, /Permission is hereby granted, free of charge/);
});

test("there are no dependencies and no scripts", () => {
  const manifest = JSON.parse(readFileSync(join(PKG, "package.json"), "utf8"));
  for (const name of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) assert.equal(manifest[name], undefined);
});

test("no file is longer than 300 lines, and none names a place on the machine it was built on", () => {
  for (const path of packed.entries.filter((path) => path.endsWith(".js") && !["cli/cli.js", "engine.js", "hosts.js", "rules.js", "packed.js"].includes(path))) {
    assert.ok(readFileSync(join(PKG, path), "utf8").split("\n").length <= 300, path);
  }
  const engine = readFileSync(join(PKG, "engine_bg.wasm"));
  const command = brotliDecompressSync(readFileSync(join(PKG, "cli/cli_bg.wasm.br")));
  for (const place of [homedir(), join(PKG, "../..")]) for (const wasm of [engine, command]) assert.ok(!wasm.includes(`${place}/`), place);
});

test("publint finds nothing", async () => {
  const { publint } = await import(join(MATRIX, "node_modules/publint/src/index-node.js"));
  const { messages } = await publint({ pkgDir: PKG, strict: true, pack: false });
  assert.deepEqual(messages.map((m) => m.code).filter((code) => code !== "USE_LICENSE"), []);
});

test("the types resolve wherever ES modules do", () => {
  const words = [packed.file, "--profile", "esm-only", "--format", "ascii", "--no-color", "--exclude-entrypoints", "wasm", "rules.json", "schema.json"];
  const { status, stdout, stderr } = spawnSync(bin("attw"), words, { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
});

const examples = (language) => [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map((found) => found[1]);

test("every example of the README compiles against the declarations", () => {
  const pages = examples("html").map((page) => /<script type="module">([^]*)<\/script>/.exec(page)[1].replace("./node_modules/rolewright/web.js", "rolewright"));
  const code = [...examples("ts"), ...examples("js"), ...pages];
  assert.ok(code.length >= 9, `${code.length} examples`);
  const root = project(packed.file, {
    ...Object.fromEntries(code.map((text, at) => [`example-${at}.ts`, text])),
    // As vite/client declares it.
    "vite.d.ts": 'declare module "*?url" {\n  const address: string;\n  export default address;\n}\n',
    "tsconfig.json": JSON.stringify({
      compilerOptions: { module: "nodenext", target: "es2023", lib: ["es2023", "dom"], types: [], strict: true, noEmit: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
      include: ["*.ts"],
    }),
  });
  const compile = () => spawnSync(bin("tsc"), ["-p", root], { cwd: root, encoding: "utf8" });
  const { status, stdout } = compile();
  assert.equal(status, 0, stdout);
  writeFileSync(join(root, "wrong.ts"), 'import { check } from "rolewright";\ncheck("x", { hots: "plain" });\n');
  assert.match(compile().stdout, /wrong\.ts\(2,\d+\): error TS\d+: .*'hots' does not exist/);
});

test("the first example of the README does what it says", () => {
  const root = project(packed.file, { "example.mjs": examples("ts")[0] });
  const out = execFileSync(process.execPath, ["example.mjs"], { cwd: root, encoding: "utf8" });
  assert.match(out, /4:14 warning tool-case: Tool `bash` is spelled `Bash` in Claude Code\n/);
  assert.match(out, /\ntrue\nBe kind\.\n\nAnswer in English\.\n/);
});

test("the editor's example of the README does what it says", () => {
  const root = project(packed.file, { "example.mjs": examples("ts").find((code) => code.includes("hover(")) });
  const out = execFileSync(process.execPath, ["example.mjs"], { cwd: root, encoding: "utf8" });
  assert.match(out, /^Grep 32 34 Grep\n\*\*tools\*\*: a string or a list of strings\./);
});

test("the hook in the README checks the roles that are staged, and no other file", () => {
  const root = project(packed.file, { "README.md": "# A\n\n```\n", ".claude/agents/a b.md": "---\nname: a\n---\n", ".gitignore": "node_modules\n" });
  const [, hook] = /```sh\n([^]*?)```/.exec(readme);
  const bins = join(root, "node_modules/.bin");
  mkdirSync(bins);
  symlinkSync("../rolewright/cli/main.js", join(bins, "rolewright"));
  chmodSync(join(root, "node_modules/rolewright/cli/main.js"), 0o755);
  const env = { ...process.env, HOME: root, npm_config_offline: "true" };
  const git = (...words) => spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: root, encoding: "utf8", env });
  git("init", "--quiet");
  mkdirSync(join(root, ".git/hooks"), { recursive: true });
  writeFileSync(join(root, ".git/hooks/pre-commit"), hook, { mode: 0o755 });
  git("add", "README.md");
  const docs = git("commit", "--quiet", "-m", "docs");
  assert.equal(docs.status, 0, docs.stderr + docs.stdout);
  git("add", "--all");
  const refused = git("commit", "-m", "role");
  assert.equal(refused.status, 1);
  assert.match(refused.stdout + refused.stderr, /error\[missing-field\][^]*a b\.md/);
  assert.match(refused.stdout + refused.stderr, /1 file checked/);
});

test("the file that the URL of a finding names is in the package and has that section", () => {
  const text = readFileSync(join(PKG, "docs/rules.md"), "utf8");
  for (const name of JSON.parse(readFileSync(join(PKG, "rules.json"), "utf8")).map((rule) => rule.name)) {
    assert.match(text, new RegExp(`^#{2,3} ${name}$`, "m"));
  }
  const script = 'import { check } from "rolewright";\nconsole.log(check("---\\nname: a\\ntools: bash\\n---\\nx", { path: ".claude/agents/a.md" }).diagnostics[0].url);\n';
  const root = project(packed.file, { "main.mjs": script });
  assert.match(execFileSync(process.execPath, ["main.mjs"], { cwd: root, encoding: "utf8" }), /^docs\/rules\.md#[a-z-]+\n$/);
});

test("the configuration in the README fits the schema", async () => {
  const { default: Ajv } = await import(join(MATRIX, "node_modules/ajv/dist/ajv.js"));
  const schema = JSON.parse(readFileSync(join(PKG, "schema.json"), "utf8"));
  const validate = new (Ajv.default ?? Ajv)({ strict: false }).compile(schema);
  assert.ok(validate(JSON.parse(examples("json")[0])), JSON.stringify(validate.errors));
  assert.ok(!validate({ hots: "plain" }));
});

test("declarations name every function and nothing that is not there", async () => {
  const api = await import(join(PKG, "node.js"));
  const types = readFileSync(join(PKG, "index.d.ts"), "utf8");
  const declared = [...types.matchAll(/^export (?:function|const|class) (\w+)/gm)].map((found) => found[1]);
  assert.deepEqual(Object.keys(api).filter((name) => name !== "default").sort(), declared.sort());
});

test("each entry of the command line explains itself", () => {
  for (const command of ["check", "compile", "rules", "hosts", "init", "lsp", "completions", "man"]) {
    const out = execFileSync(process.execPath, [join(PKG, "cli/main.js"), command, "--help"], { encoding: "utf8" });
    assert.ok(out.includes(`Usage: rolewright ${command}`));
    assert.ok(readme.includes(`rolewright ${command}`));
  }
  assert.ok(readdirSync(join(PKG, "cli")).includes("main.js"));
});
