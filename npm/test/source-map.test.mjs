// Reads the source map with an independent consumer, Node's own.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { compile } from "../pkg/node.js";

const MAIN = fileURLToPath(new URL("../pkg/cli/main.js", import.meta.url));
const made = [];
after(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const files = {
  "shared/tone.md": "---\nvariables: { WHO: you }\n---\n# Ton 😀 漢\r\n\r\nBe kind, {{WHO}} 😀 too.\r\n\r\n{{include:./deep.md}}\n",
  "shared/deep.md": "Title\n=====\n\n- one\n- {{WHAT}} end\n",
  "config/a.json": '{ "a": "````" }\n',
};
const path = "roles/a.md";
const text = "---\nname: a\ndescription: Use it when code was changed.\n---\n\n# Rôle 😀\n\n- list\n\n  {{include:shared/tone.md}}\n\n😀 in {{LANGUAGE}} and {{MISSING}}.\n\n{{include:config/a.json}}\n\n{{include:gone.md}} (if exists)\nend";
const values = { LANGUAGE: "two\nlines", WHAT: "x" };

/** Line and column, from 0, of an offset in UTF-16 units. */
function place(text, offset) {
  const lines = text.slice(0, offset).split("\n");
  return [lines.length - 1, lines.at(-1).length];
}

/** Every offset of the prompt, with the source and the place there that the map gives for it. */
function* walked(map, result, prompt) {
  const read = new SourceMap(map);
  const start = result.indexOf(prompt);
  for (let offset = 0; offset < prompt.length; offset += 1) {
    const [line, column] = place(result, start + offset);
    const { originalSource, originalLine, originalColumn, generatedLine, generatedColumn } = read.findEntry(line, column);
    assert.equal(generatedLine, line, `line ${line} is not mapped`);
    yield { offset, source: originalSource, at: [originalLine, originalColumn], delta: column - generatedColumn };
  }
}

test("every character of a prompt leads to its file, line and column", () => {
  const done = compile(text, { path, files, values, map: true });
  const all = { ...files, [path]: text };
  for (const { offset, source, at, delta } of walked(JSON.parse(done.map), done.prompt, done.prompt)) {
    const segment = done.segments.find(({ prompt: [from, to] }) => from <= offset && offset < to);
    assert.equal(source, segment.path);
    if (segment.kind === "literal") {
      const line = all[source].split("\n")[at[0]];
      assert.equal(line.slice(at[1] + delta).replace("\r", "\n")[0] ?? "\n", done.prompt[offset], `${source}:${at}`);
    } else {
      assert.deepEqual(at, place(all[source], segment.source[0]), `${segment.kind} at ${offset}`);
    }
  }
});

test("the map is the engine's own to the letter", () => {
  // The same text and mappings are in core/src/template/tests/provenance.rs.
  const { map } = compile("é {{V}}\nb\n", { path: "roles/main.md", values: { V: "1" }, map: true, encoding: "utf-8" });
  const { version, sources, names, mappings } = JSON.parse(map);
  assert.deepEqual([version, sources, names, mappings], [3, ["roles/main.md"], [], "AAAA,EAAE,CAAK;AACP"]);
});

test("the map of a host's file skips its front matter, wherever the prompt is in it", () => {
  const root = mkdtempSync(join(tmpdir(), "rolewright-"));
  made.push(root);
  for (const [name, content] of Object.entries({ ...files, [path]: text })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const words = ["compile", path, "--value", "LANGUAGE=l", "--value", "WHAT=x", "--value", "MISSING=m"];
  const { prompt } = compile(text, { path, files, values: { LANGUAGE: "l", WHAT: "x", MISSING: "m" } });
  for (const [to, ending] of [["claude-code", "md"], ["codex-agent", "toml"], ["chat-json", "json"]]) {
    const run = spawnSync(process.execPath, [MAIN, ...words, "--to", to, "--out", `out.${ending}`, "--map", "out.map"], { cwd: root, encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
    const [file, map] = [`out.${ending}`, "out.map"].map((name) => readFileSync(join(root, name), "utf8"));
    if (!file.includes(prompt)) {
      assert.equal(JSON.parse(map).mappings, "", "what stands there in another form has no places");
      continue;
    }
    for (const { offset, source } of walked(JSON.parse(map), file, prompt)) assert.ok(source, `${to} ${offset}`);
    const first = new SourceMap(JSON.parse(map)).findEntry(0, 0);
    assert.equal(first.originalSource, file.indexOf(prompt) === 0 ? path : undefined);
  }
});
