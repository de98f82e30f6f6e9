// The outputs for machines against their schemas, and the corpus through the engine, the package and
// the command line.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
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
  const { stdout } = spawnSync(process.execPath, [join(PKG, "cli/main.js"), "check", "--profile", "style", "--format", format], { cwd: root, encoding: "utf8" });
  return JSON.parse(stdout);
};

function validator(schema) {
  const ajv = new Ajv({ strict: false, allErrors: true });
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
  const found = output("json");
  assert.ok(found.summary.files === 2 && found.files.some((file) => file.diagnostics.length > 3));
  assert.deepEqual(faults(found), []);
  assert.notDeepEqual(faults({ ...found, more: 1 }), []);
});

test("the SARIF output has what the standard demands", () => {
  const faults = validator(JSON.parse(readFileSync(new URL("./sarif.schema.json", import.meta.url), "utf8")));
  const log = output("sarif");
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

// What these say depends on the files around, which the command line sees and the call was not given.
const OTHERS = new Set(["duplicate-role-name", "missing-include"]);

const data = process.env.ROLEWRIGHT_DATA ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const corpus = existsSync(join(data, "corpus/manifest.jsonl"));

test("the engine, the package and the command line say the same of every file of the corpus", { skip: !corpus && "the corpus is not there (ROLEWRIGHT_DATA)" }, async () => {
  const { check } = await import(join(PKG, "node.js"));
  const printed = execFileSync("cargo", ["run", "--quiet", "-p", "rolewright-tests", "--bin", "report"], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    encoding: "utf8",
    maxBuffer: 1 << 29,
    env: { ...process.env, ROLEWRIGHT_DATA: data },
  });
  const short = ({ rule, severity, range, message }) => [rule, severity, range.start.offset, range.end.offset, message];
  let count = 0;
  for (const line of printed.split("\n").filter(Boolean)) {
    const { file, path, host, diagnostics } = JSON.parse(line);
    const bytes = readFileSync(join(data, "corpus", file));
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const report = check(text, { path, encoding: "utf-8" });
    assert.deepEqual([report.host, report.diagnostics.map(short)], [host, diagnostics], file);
    if (count++ % 40 === 0) {
      const { stdout } = spawnSync(process.execPath, [join(PKG, "cli/main.js"), "check", "-", "--stdin-path", path, "--format", "json"], { cwd: root, input: bytes, encoding: "utf8", maxBuffer: 1 << 28 });
      const expected = check(text, { path, files: {} }).diagnostics.map(short);
      assert.deepEqual(JSON.parse(stdout).files[0].diagnostics.filter((d) => !OTHERS.has(d.rule)).map(short), expected.filter(([rule]) => !OTHERS.has(rule)), file);
    }
  }
  assert.ok(count > 1000);
});
