// Assembles the package in npm/pkg from the WebAssembly and glue of the engine and of the command line (the
// first argument names their folder), the scripts of this folder, docs/rules.json and docs/hosts.json.
// `cargo xtask build` calls it.

import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, deflateRawSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");
const from = process.argv[2];
const pkg = join(here, "pkg");
const next = join(here, "pkg-next");

rmSync(next, { recursive: true, force: true });
mkdirSync(join(next, "cli"), { recursive: true });
const write = (name, text) => writeFileSync(join(next, name), text);

const wasm = readFileSync(join(from, "engine_bg.wasm"));
write("engine_bg.wasm", wasm);
write("engine.js", glue(readFileSync(join(from, "engine.js"), "utf8")));
write("packed.js", `// engine_bg.wasm, deflated, as base64.\nexport const packed = "${deflateRawSync(wasm, { level: constants.Z_BEST_COMPRESSION }).toString("base64")}";\n`);
// Only Node reads it, and unpacking it takes less time than downloading the fifth that compression saves.
write("cli/cli_bg.wasm.br", brotliCompressSync(readFileSync(join(from, "cli_bg.wasm"))));
write("cli/cli.js", glue(readFileSync(join(from, "cli.js"), "utf8")));
copy("js", ".");
copy("cli", "cli");
copy("types", ".");
for (const name of ["README.md", "package.json"]) cpSync(join(here, name), join(next, name));
for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(join(root, name), join(next, name));

cpSync(join(from, "THIRD-PARTY.txt"), join(next, "THIRD-PARTY.txt"));

// The target of a diagnostic's `url`.
mkdirSync(join(next, "docs"));
cpSync(join(root, "docs/rules.md"), join(next, "docs/rules.md"));
const rules = JSON.parse(readFileSync(join(root, "docs/rules.json"), "utf8"));
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
write("rules.json", `${JSON.stringify(rules, null, 1)}\n`);
const known = JSON.parse(readFileSync(join(root, "docs/hosts.json"), "utf8"));
write("rules.js", data("rules", "Every rule with its documentation, as in rules.json", rules));
write("hosts.js", data("hosts", "Every host and what is known of it", known));

const hosts = known.map((host) => host.id);
const names = rules.map((rule) => rule.name);
write("names.js", `// Names that arguments are compared with.\n\nexport const version = ${JSON.stringify(version)};\nexport const hostIds = ${JSON.stringify(hosts)};\n`);
write("names.d.ts", `/** What a role may be written for. */\nexport type HostId =\n${union(hosts)}\n\n/** The rules. */\nexport type RuleName =\n${union(names)}\n`);
write("schema.json", schema());

rmSync(pkg, { recursive: true, force: true });
renameSync(next, pkg);
console.log(`Built npm/pkg: rolewright ${version}, ${readdirSync(pkg).length} entries`);

function copy(folder, to) {
  const scripts = readdirSync(join(here, folder)).filter((name) => /\.[jt]s$/.test(name));
  for (const name of scripts) cpSync(join(here, folder, name), join(next, to, name));
}

// The glue may not log: what it warns of cannot happen here.
function glue(text) {
  return text.replaceAll(/^\s*console\.warn\(.*\)\s*;?\s*$/gm, "");
}

// A function that returns the engine's tables without the engine.
function data(name, about, list) {
  return `// ${about}.\n\nconst list = ${JSON.stringify(list)};\n\n/** ${about}. */\nexport const ${name} = () => structuredClone(list);\n`;
}

function union(names) {
  return `${names.map((name) => `  | "${name}"`).join("\n")};`;
}

// The schema's host and rule names are the engine's.
function schema() {
  const schema = JSON.parse(readFileSync(join(here, "schema.json"), "utf8"));
  schema.$defs.host.enum = ["auto", ...hosts];
  schema.$defs.rules.properties = Object.fromEntries(
    rules.map((rule) => [rule.name, { $ref: "#/$defs/setting", description: rule.summary }]),
  );
  return `${JSON.stringify(schema, null, 1)}\n`;
}
