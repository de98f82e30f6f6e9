// Validates the machine-readable outputs against their schemas, and compares engine, package, command line and
// language server on the corpus. The page is compared with the package in tests/e2e/parity.test.mjs.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { FIRST, PROGRAM } from "./command.mjs";
import { MATRIX, PKG, tools } from "./pack.mjs";

tools();
const { default: Ajv } = await import(join(MATRIX, "node_modules/ajv/dist/ajv.js"));
const { default: formats } = await import(join(MATRIX, "node_modules/ajv-formats/dist/index.js"));
const root = mkdtempSync(join(tmpdir(), "rolewright-formats-"));
after(() => rmSync(root, { recursive: true, force: true }));

const files = {
  ".claude/agents/ä b.md": "---\nname: a\ndescription: Use when 😀\ntools: Read, bash, Taskk\n---\n# A \u202e\n\n{{include:shared/x.md}} {{X}}\n",
  ".claude/agents/c.md": "---\nname: a\n---\n\0",
  "shared/x.md": "{{include:y.md}}\n",
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const output = (format) => {
  const { stdout } = spawnSync(PROGRAM, [...FIRST, "check", "--profile", "style", "--format", format], { cwd: root, encoding: "utf8" });
  return stdout;
};

function validator(schema) {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats(ajv);
  const validate = ajv.compile(schema);
  return (value) => {
    validate(value);
    return validate.errors?.map((error) => `${error.instancePath} ${error.message}`) ?? [];
  };
}

test("the JSON output fits its published schema", () => {
  const schema = JSON.parse(readFileSync(join(PKG, "schema.json"), "utf8"));
  const faults = validator({ $ref: "#/$defs/output", $defs: schema.$defs });
  const found = JSON.parse(output("json"));
  assert.ok(found.summary.files === 2 && found.files.some((file) => file.diagnostics.length > 3));
  assert.deepEqual(faults(found), []);
  assert.notDeepEqual(faults({ ...found, more: 1 }), []);
});

test("the SARIF output matches the standard's schema and refers to rules and files", () => {
  // The schema is in draft 4; of what later drafts changed, it uses only these two.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(join(MATRIX, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
  assert.match(schema.title, /\(SARIF\) Version 2\.1\.0/);
  const faults = validator(schema);
  const log = JSON.parse(output("sarif"));
  assert.deepEqual(faults(log), []);
  const [run] = log.runs;
  assert.ok(run.results.length > 3);
  for (const result of run.results) {
    assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    const { uri, uriBaseId } = result.locations[0].physicalLocation.artifactLocation;
    const file = new URL(uri, run.originalUriBaseIds[uriBaseId].uri);
    assert.ok(existsSync(fileURLToPath(file)), file.href);
  }
  assert.notDeepEqual(faults({ ...log, version: "2.0.0" }), []);
});

test("the JUnit output fits what its readers expect, whatever a document contains", async () => {
  const { default: xmllint } = await import(join(MATRIX, "node_modules/xmllint-wasm/index-node.js"));
  const schema = readFileSync(new URL("./junit.xsd", import.meta.url), "utf8");
  const faults = async (xml) => (await xmllint.validateXML({ xml, schema })).errors.map((error) => error.rawMessage);
  const xml = output("junit");
  assert.match(xml, /<failure /);
  assert.deepEqual(await faults(xml), []);
  assert.notDeepEqual(await faults(xml.replace("classname=", "class=")), []);
});

const data = process.env.ROLEWRIGHT_DATA ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const corpus = existsSync(join(data, "corpus/manifest.jsonl"));
const short = ({ rule, severity, range, message }) => [rule, severity, range.start.offset, range.end.offset, message];

/** Every file in the corpus with the engine's result in Rust; offsets count bytes. */
function* byEngine() {
  const printed = execFileSync("cargo", ["run", "--quiet", "-p", "rolewright-tests", "--bin", "report"], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    encoding: "utf8",
    maxBuffer: 1 << 29,
    env: { ...process.env, ROLEWRIGHT_DATA: data },
  });
  for (const line of printed.split("\n").filter(Boolean)) {
    const { file, path, host, diagnostics } = JSON.parse(line);
    const bytes = readFileSync(join(data, "corpus", file));
    yield { file, path, host, diagnostics, bytes, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
  }
}

/** The results of the command line and its language server for `files`, each at its path in its repository. */
function byCommand(files) {
  const workspace = mkdtempSync(join(tmpdir(), "rolewright-corpus-"));
  try {
    // No file in the corpus may affect which others are checked.
    writeFileSync(join(workspace, "rolewright.json"), '{ "include": ["**/*"], "ignore": ["rolewright.json"] }');
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), bytes);
    }
    const { stdout, stderr } = spawnSync(PROGRAM, [...FIRST, "check", "--format", "json"], { cwd: workspace, encoding: "utf8", maxBuffer: 1 << 29 });
    assert.equal(stderr, "");
    return [new Map(JSON.parse(stdout).files.map((file) => [file.path, file])), byServer(workspace)];
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** The language server's results for every role in a workspace, by path. */
function byServer(workspace) {
  const root = pathToFileURL(`${workspace}/`).href;
  const framed = (message) => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
  const messages = [
    { id: 1, method: "initialize", params: { rootUri: root, capabilities: { textDocument: { diagnostic: {} } } } },
    { id: 2, method: "workspace/diagnostic", params: { previousResultIds: [] } },
    { id: 3, method: "shutdown" },
    { method: "exit" },
  ];
  const { status, stdout } = spawnSync(PROGRAM, [...FIRST, "lsp"], { cwd: workspace, input: messages.map(framed).join(""), maxBuffer: 1 << 29 });
  assert.equal(status, 0);
  const answers = [];
  for (let at = 0; at < stdout.length; ) {
    const body = stdout.indexOf("\r\n\r\n", at) + 4;
    const end = body + Number(/Content-Length: (\d+)/.exec(stdout.toString("latin1", at, body))[1]);
    answers.push(JSON.parse(stdout.toString("utf8", body, end)));
    at = end;
  }
  const { items } = answers.find((answer) => answer.id === 2).result;
  return new Map(items.map(({ uri, items }) => [decodeURIComponent(uri.slice(root.length)), items]));
}

// The server counts from 0, and compares each file with all of its neighbors.
const LEVELS = { error: 1, warning: 2, info: 3 };
const place = ({ line, column }) => ({ line: line - 1, character: column - 1 });
const served = ({ code, severity, range, message }) => [code, severity, range, message.split("\n")[0]];
const expected = ({ rule, severity, range, message }) => [rule, LEVELS[severity], { start: place(range.start), end: place(range.end) }, message];
const alone = ([rule]) => rule !== "duplicate-role-name";

test("the engine, the package, the command line and the language server say the same of every file of the corpus", { skip: !corpus && "the corpus is not there (ROLEWRIGHT_DATA)" }, async () => {
  const { check, checkAll } = await import(join(PKG, "node.js"));
  // Files with the same path in several repositories go into different workspaces.
  const rounds = [];
  let count = 0;
  for (const file of byEngine()) {
    const report = check(file.text, { path: file.path, encoding: "utf-8" });
    assert.deepEqual([report.host, report.diagnostics.map(short)], [file.host, file.diagnostics], file.file);
    const clash = (other) => other === file.path || other.startsWith(`${file.path}/`) || file.path.startsWith(`${other}/`);
    let round = rounds.find((files) => !files.some(({ path }) => clash(path)));
    if (!round) rounds.push((round = []));
    round.push(file);
    count++;
  }
  assert.ok(count > 1000);
  for (const round of rounds) {
    const [told, server] = byCommand(round);
    assert.equal(told.size, round.length);
    const files = Object.fromEntries(round.map(({ path, text }) => [path, text]));
    // Files in places where no host looks are checked one by one, without comparing names.
    const report = checkAll(files);
    const others = report.skipped.map((path) => check(files[path], { path, files, rules: { "duplicate-role-name": "off" } }));
    for (const { path, host, diagnostics } of [...report.files, ...others]) {
      assert.deepEqual([told.get(path).host, told.get(path).diagnostics], [host, diagnostics], path);
      const own = diagnostics.filter((diagnostic) => diagnostic.path === path);
      assert.deepEqual(server.get(path).map(served).filter(alone), own.map(expected).filter(alone), path);
    }
  }
});
