// `rolewright compile`: what is printed and written, and what is refused.

import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { A, folder, role, run, template } from "./command.mjs";

test("compile prints the file, writes it, maps it and says when it is stale", () => {
  const root = folder(template);
  const words = ["compile", "roles/a.md", "--value", "LANGUAGE=English"];
  const text = "# A\n\n## B\n\nBe kind.\n\nIn English.\n";
  assert.deepEqual(run(root, words), { code: 0, out: text, err: "" });
  assert.equal(run(root, [...words, "--prompt"]).out, text);
  assert.equal(run(root, [...words, "--out", "out.md", "--map", "out.md.map"]).out, "");
  assert.equal(readFileSync(join(root, "out.md"), "utf8"), text);
  const map = JSON.parse(readFileSync(join(root, "out.md.map"), "utf8"));
  assert.deepEqual([map.version, map.file, map.sources], [3, "out.md", ["roles/a.md", "shared/b.md"]]);
  assert.equal(run(root, [...words, "--out", "build/x/out.md", "--map", "build/out.map"]).code, 0);
  const moved = JSON.parse(readFileSync(join(root, "build/out.map"), "utf8"));
  assert.deepEqual([moved.file, moved.sources], ["x/out.md", ["../roles/a.md", "../shared/b.md"]]);
  assert.equal(run(root, [...words, "--out", "out.md", "--map", "gone.map", "--check"]).code, 1);
  assert.equal(run(root, [...words, "--out", "out.md", "--check"]).code, 0);
  writeFileSync(join(root, "shared/b.md"), "# B\n\nBe short.\n");
  const stale = run(root, [...words, "--out", "out.md", "--check"]);
  assert.deepEqual([stale.code, stale.err], [1, "rolewright: out.md is out of date\n"]);
});

test("compile fails on a variable without a value, and tells where", () => {
  const { code, out, err } = run(folder(template), ["compile", "roles/a.md"]);
  assert.equal(code, 1);
  assert.match(out, /\{\{LANGUAGE\}\}/);
  assert.match(err, /error\[undefined-variable\][^]*roles\/a\.md:5:4/);
});

test("compile does not write over the role, nor into a folder", () => {
  const root = folder(template);
  const words = ["compile", "roles/a.md", "--value", "LANGUAGE=English", "--out"];
  const over = run(root, [...words, "./roles/a.md"]);
  assert.equal(over.code, 2);
  assert.match(over.err, /--out would overwrite the role itself/);
  const into = run(root, [...words, "shared"]);
  assert.equal(into.code, 2);
  assert.match(into.err, /shared: cannot be written: is a folder/);
  assert.equal(readFileSync(join(root, "roles/a.md"), "utf8"), template["roles/a.md"]);
});

test("what a host cannot express is reported at its place, and widening needs a flag", () => {
  const root = folder({ [A]: role("a", "Bash") });
  const narrow = run(root, ["compile", A, "--to", "cursor-agent"]);
  assert.equal(narrow.code, 1);
  assert.match(narrow.err, /^error\[loss\]: Cursor cannot enforce the limits of `tools`: the role could read files, change files[^]*a\.md:4:1\n[^]*4 \| tools: Bash\n[^]*= help: Use --allow-widening to write the file with more permissions\./);
  assert.equal(narrow.out, "");
  const wide = run(root, ["compile", A, "--to", "cursor-agent", "--allow-widening"]);
  assert.equal(wide.code, 0);
  assert.ok(!wide.out.includes("readonly: true"));
});

test("only permissions that would become wider are a reason to suggest that they may", () => {
  const root = folder({ [A]: role("a"), ".roomodes": "customModes:\n  - slug: x\n    name: X\n    roleDefinition: Look.\n    groups: [read]\n  - slug: [\n" });
  const { code, err } = run(root, ["compile", A, "--to", "roo"]);
  assert.equal(code, 1);
  assert.match(err, /^error\[loss\]: The role cannot be added to `\.roomodes`/);
  assert.ok(!err.includes("--allow-widening"), err);
});

test("for all hosts, what can be written is written, and the rest is named", () => {
  const root = folder({ [A]: role("a", "Bash") });
  const { code, err } = run(root, ["compile", A, "--to", "all", "--out", "build/"]);
  assert.equal(code, 1);
  assert.match(err, /^rolewright: \.claude\/agents\/a\.md was not written for cursor-agent$/m);
  assert.ok(!err.includes("nothing was written"));
  assert.ok(existsSync(join(root, "build/.github/agents/a.agent.md")));
  assert.ok(!existsSync(join(root, "build/.cursor/agents/a.md")));
});

test("a file of another workspace is compiled with that one's files", () => {
  const other = folder({ ...template, "rolewright.json": '{ "values": { "LANGUAGE": "Dutch" } }' });
  assert.equal(run(folder({}), ["compile", join(other, "roles/a.md")]).out, "# A\n\n## B\n\nBe kind.\n\nIn Dutch.\n");
});

test("values come from a file too, and a bad one is named", () => {
  const root = folder({ ...template, "values.json": '{ "LANGUAGE": "Dutch" }', "bad.json": "[1]" });
  assert.match(run(root, ["compile", "roles/a.md", "--values", "values.json"]).out, /In Dutch\./);
  const bad = run(root, ["compile", "roles/a.md", "--values", "bad.json"]);
  assert.equal(bad.code, 2);
  assert.match(bad.err, /bad\.json: must be an object whose values are strings/);
});

test("variables can be declared in the configuration too, and front matter takes precedence", () => {
  const declared = { TEAM: "Core", product: { default: "the shop" }, DATE: { stage: "runtime" } };
  const root = folder({
    "a.md": "---\nvariables: { TEAM: Head }\n---\n{{TEAM}}, {{product}}, {{DATE}}.\n",
    "rolewright.json": JSON.stringify({ variables: declared }),
  });
  const { code, out } = run(root, ["compile", "a.md", "--prompt"]);
  assert.deepEqual([code, out], [0, "Head, the shop, {{DATE}}.\n"]);
  writeFileSync(join(root, "rolewright.json"), '{ "variables": { "TEAM": { "defualt": "x" } } }');
  assert.match(run(root, ["check"]).err, /unknown setting "defualt"[^]*Did you mean "default"/);
});

const DATA = {
  ".codex/agents/a.toml": 'name = "a"\ndescription = "Looks."\ndeveloper_instructions = "Look."\n',
  ".roomodes": "customModes:\n  - slug: a\n    name: A\n    groups: [read]\n    roleDefinition: Look.\n",
  ".kiro/agents/a.json": '{ "name": "a", "prompt": "Look.", "tools": ["read"] }\n',
};

test("a role in a data file is compiled for its own host", () => {
  const root = folder(DATA);
  for (const [path, text] of Object.entries(DATA)) {
    assert.deepEqual(run(root, ["compile", path, "--prompt"]), { code: 0, out: "Look.\n", err: "" }, path);
    assert.equal(run(root, ["compile", path]).out, text, path);
  }
});

test("a role in a data file is converted for another host", () => {
  const root = folder(DATA);
  const { code, out } = run(root, ["compile", ".codex/agents/a.toml", "--to", "claude-code"]);
  assert.deepEqual([code, out], [0, "---\nname: a\ndescription: Looks.\n---\n\nLook.\n"]);
});

test("a role that its host would refuse is an error that names what is missing", () => {
  const root = folder(DATA);
  const { code, err } = run(root, ["compile", ".kiro/agents/a.json", "--to", "claude-code"]);
  assert.equal(code, 1);
  assert.match(err, /^error\[missing-field\]: Missing field `description`/);
});

test("a failed compilation replaces nothing", () => {
  const root = folder({ ...template, "out.md": "as it was\n" });
  const { code, err } = run(root, ["compile", "roles/a.md", "--out", "out.md"]);
  assert.equal(code, 1);
  assert.match(err, /nothing was written/);
  assert.equal(readFileSync(join(root, "out.md"), "utf8"), "as it was\n");
});

test("an include never reads outside of the workspace", () => {
  const outside = folder({ "secret.md": "TOP SECRET\n" });
  const root = folder({ "a.md": "{{include:link.md}}\n", "rolewright.json": "{}" });
  symlinkSync(join(outside, "secret.md"), join(root, "link.md"));
  const { out } = run(root, ["compile", "a.md"]);
  assert.ok(!out.includes("SECRET"));
});
