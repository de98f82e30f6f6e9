// The whole output of every command, format and error, against files in snapshots/.
// `ROLEWRIGHT_SNAPSHOTS=write node --test npm/test/snapshots.test.mjs` rewrites them; review the diff.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { A, B, MAIN, NATIVE, folder, role, run, template } from "./command.mjs";

const front = (name, tools) => `---\nname: ${name}\ndescription: Reviews a change. Use when code was changed.\ntools: ${tools}\n---\n`;

/** A workspace with problems of all kinds. */
const problems = {
  [A]: `${front("reviewer", "Read, bash")}# Reviewer 漢字 😀\n\nText\twith \u202e a hidden mark.\n`,
  [B]: `${front("reviewer", "Read")}Review it, ${"word by word, ".repeat(60)}and see \u202ethis.\n`,
  ".codex/agents/c.toml": 'name = "c"\n',
  "README.md": "# Read me\n",
  "rolewright.json": '{ "rules": { "implicit-all-tools": "off", "missing-trigger": "off" } }\n',
};

/** A workspace with one fixable problem. */
const one = { [A]: role("a", "Read, bash"), ".gitignore": "old\n", "old/x.md": "", "rolewright.json": "{}\n" };

const broken = { "rolewright.json": '{\n  "profil": "core",\n  "rules": { "tool-cas": "off" },\n  "host": 3\n}\n' };
const roles = { ...template, [A]: role("a", "Bash"), [B]: role("b"), "rolewright.json": '{ "values": { "LANGUAGE": "Dutch" } }\n' };

// By snapshot name: the files, the arguments and other inputs of a run.
const RUNS = {
  plain: [problems, ["check"]],
  color: [problems, ["check", "--color", "always"]],
  narrow: [problems, ["check"], { env: { COLUMNS: "48" } }],
  quiet: [problems, ["check", "--quiet"]],
  verbose: [problems, ["check", "-v"]],
  list: [problems, ["check", "--list"]],
  json: [problems, ["check", "--format", "json"]],
  github: [problems, ["check", "--format", "github"]],
  sarif: [one, ["check", "--format", "sarif"]],
  junit: [problems, ["check", "--format", "junit"]],
  gitlab: [problems, ["check", "--format", "gitlab"]],
  "max-warnings": [one, ["check", "--max-warnings", "0"]],
  diff: [one, ["check", "--diff"]],
  "dry-run": [one, ["check", "--fix", "--dry-run"]],
  fix: [one, ["check", "--fix"]],
  "fix-input": [one, ["check", "-", "--fix", "--stdin-path", B], { input: role("b", "bash, Frobnicate") }],
  "baseline-made": [one, ["check", "--baseline", "known.json", "--update-baseline"]],
  "baseline-missing": [one, ["check", "--baseline", "known.json"]],
  nothing: [{ "README.md": "# Read me\n" }, ["check"]],
  "nothing-json": [{ "README.md": "# Read me\n" }, ["check", "--format", "json"]],
  unreadable: [{ "b.md": Buffer.from([0xff, 0xfe, 0x41]), "c.md": Buffer.from([0x89, 0, 1, 0xff]) }, ["check", "gone.md", "b.md", "c.md", "none/*.md"]],
  configuration: [broken, ["check"]],
  "unknown-command": [{}, ["chek"]],
  "unknown-option": [{}, ["check", "--fromat", "json"]],
  "unknown-value": [{}, ["check", "--format", "jsn"]],
  "unknown-rule": [one, ["check", "--rule", "tool-cas=off"]],
  "unknown-host": [{}, ["check", "--host", "claude-cod"]],
  "missing-value": [{}, ["check", "--value"]],
  "no-command": [{}, []],
  "help-check": [{}, ["check", "--help"]],
  "help-compile": [{}, ["compile", "--help"]],
  rule: [{}, ["rules", "tool-case"]],
  host: [{}, ["hosts", "plain"]],
  init: [{}, ["init"]],
  "init-again": [one, ["init"]],
  "completions-fish": [{}, ["completions", "fish"]],
  "manual-init": [{}, ["man", "init"]],
  compile: [roles, ["compile", "roles/a.md"]],
  "compile-undefined": [template, ["compile", "roles/a.md"]],
  "compile-widened": [roles, ["compile", A, "--to", "cursor-agent"]],
  "compile-report": [roles, ["compile", A, B, "--to", "claude-code,copilot", "--report"]],
  "compile-dry-run": [roles, ["compile", A, B, "--to", "claude-code,copilot", "--out", "build/", "--dry-run"]],
  "compile-diff": [roles, ["compile", B, "--to", "copilot", "--out", "out.md", "--diff"]],
  "compile-prompt": [roles, ["compile", "roles/a.md", "--prompt"]],
  "compile-check": [roles, ["compile", A, "--out", "out.md", "--check"]],
  "compile-json": [roles, ["compile", A, "--to", "copilot", "--format", "json"]],
  "compile-missing": [roles, ["compile", "gone.md"]],
};

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The result of a run, without everything that differs between machines and versions. */
function told([files, words, more], runs = run) {
  const root = folder(files);
  const { code, out, err } = runs(root, words, more);
  const text = `$ rolewright ${words.join(" ")}\n${out}${err && `--- standard error\n${err}`}--- exit code ${code}\n`;
  // SARIF carries the documentation of all rules, which has a test of its own.
  const own = text.replace(/"rules":\[.*\](?=,"semanticVersion")/, '"rules":⟨rules⟩').replace(/"ruleIndex":\d+/g, '"ruleIndex":⟨index⟩');
  return own.replaceAll(realpathSync(root), "⟨root⟩").replaceAll(`${version}"`, '⟨version⟩"').replaceAll("\x1b", "␛");
}

for (const [name, given] of Object.entries(RUNS)) {
  test(`the output is as it was: ${name}`, () => {
    const file = new URL(`./snapshots/${name}.txt`, import.meta.url);
    const text = told(given);
    if (process.env.ROLEWRIGHT_SNAPSHOTS === "write") writeFileSync(file, text);
    assert.equal(text, readFileSync(file, "utf8"));
  });
}

test("no snapshot is without its run", () => {
  const names = readdirSync(new URL("./snapshots", import.meta.url)).map((name) => name.replace(".txt", ""));
  assert.deepEqual(names.sort(), Object.keys(RUNS).sort());
});

// These change with every rule and every host, so the two programs are compared with each other instead.
const LISTS = [
  ["rules"], ["rules", "--format", "json"], ["hosts"], ["hosts", "--format", "json"], ["hosts", "claude-code"], ["check", "--format", "sarif"],
  ["--help"], ["--version"], ["completions", "bash"], ["completions", "zsh"], ["man"], ["man", "check"],
];

test("the native command line and the package's print the same", { skip: !(NATIVE && existsSync(MAIN)) && "takes both: ROLEWRIGHT_CLI and npm/pkg" }, () => {
  const inNode = (cwd, words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], { cwd, encoding: "utf8", env: { PATH: process.env.PATH } });
    return { code: status, out: stdout, err: stderr };
  };
  for (const words of LISTS) assert.equal(told([problems, words]), told([problems, words], inNode), words.join(" "));
});
