// `rolewright compile`: what is printed and written, and what is rejected.

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
  assert.match(err, /^error\[loss\]: The role cannot be added to `\.roomodes`/m);
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

const TWO = "customModes:\n  - slug: a\n    name: A\n    description: Looks.\n    groups: [read]\n    roleDefinition: Look.\n  - slug: b\n    name: B\n    description: Edits.\n    groups: [edit]\n    roleDefinition: Edit.\n";

test("every role of a file with several is converted", () => {
  const root = folder({ ".roomodes": TWO });
  const { code, err } = run(root, ["compile", ".roomodes", "--to", "claude-code", "--out", "build/"]);
  assert.equal(code, 0, err);
  const made = (name) => readFileSync(join(root, "build/.claude/agents", `${name}.md`), "utf8");
  assert.match(made("a"), /tools: Read, Grep, Glob\n---\n\nLook\.\n$/);
  assert.match(made("b"), /tools: Edit, Write, NotebookEdit\n---\n\nEdit\.\n$/);
  const printed = run(root, ["compile", ".roomodes", "--to", "claude-code"]);
  assert.deepEqual([printed.code, printed.out], [2, ""]);
  assert.match(printed.err, /several results require --out DIR/);
  const told = JSON.parse(run(root, ["compile", ".roomodes", "--to", "claude-code", "--format", "json"]).out);
  assert.deepEqual(told.files.map(({ role, compiled }) => [role, compiled.file.path]), [[0, ".claude/agents/a.md"], [1, ".claude/agents/b.md"]]);
  // For its own host, the file is one.
  assert.equal(run(root, ["compile", ".roomodes"]).out, TWO);
});

test("what is wrong for the second host only is told too", () => {
  const root = folder({ [A]: `${role("a")}\nUse \${USER_ID}.\n` });
  const { code, err } = run(root, ["compile", A, "--to", "claude-code,gemini", "--out", "build/"]);
  assert.equal(code, 1);
  assert.match(err, /error\[host-placeholder\]: `\$\{USER_ID\}` is not a placeholder in Gemini CLI/);
});

test("roles that a host keeps in one file are written side by side", () => {
  const other = A.replace("a.md", "b.md");
  const root = folder({ [A]: role("a"), [other]: role("b"), ".roomodes": "customModes:\n  - slug: c\n    name: C\n    groups: [read]\n    roleDefinition: Look.\n" });
  const words = ["compile", A, other, "--to", "roo"];
  const slugs = (text) => [...text.matchAll(/slug: (\w+)/g)].map(([, slug]) => slug);
  assert.deepEqual(slugs(run(root, words).out), ["c", "a", "b"]);
  assert.equal(run(root, [...words, "--out", ".roomodes"]).code, 0);
  assert.deepEqual(slugs(readFileSync(join(root, ".roomodes"), "utf8")), ["c", "a", "b"]);
  assert.equal(run(root, [...words, "--out", ".roomodes", "--check"]).code, 0);
});

test("a role is added to the roles where it is written, not to those of the workspace", () => {
  const mode = (slug) => `customModes:\n  - slug: ${slug}\n    name: X\n    groups: [read]\n    roleDefinition: Look.\n`;
  const root = folder({ [A]: role("a"), ".roomodes": mode("here"), "other/.roomodes": mode("there"), "broken/.roomodes": Buffer.from([0xc3, 0x28]) });
  const slugs = (path) => [...readFileSync(join(root, path), "utf8").matchAll(/slug: (\w+)/g)].map(([, slug]) => slug);
  for (const [out, path] of [["other/", "other/.roomodes"], ["new/", "new/.roomodes"], ["file.yaml", "file.yaml"]]) {
    assert.equal(run(root, ["compile", A, "--to", "roo", "--out", out]).code, 0);
    assert.deepEqual(slugs(path), path.startsWith("other") ? ["there", "a"] : ["a"], path);
  }
  assert.deepEqual(slugs(".roomodes"), ["here"]);
  const { code, err } = run(root, ["compile", A, "--to", "roo", "--out", "broken/"]);
  assert.equal(code, 2);
  assert.match(err, /broken\/\.roomodes: cannot be read: /);
});

test("roles that would get the same file are refused, and named", () => {
  const root = folder({ [A]: role("a"), "kit/.claude/agents/a.md": role("a").replace("Review what", "Look at what") });
  for (const host of ["copilot", "roo", "agents-md"]) {
    const { code, err } = run(root, ["compile", A, "kit/.claude/agents/a.md", "--to", host, "--out", "build/"]);
    assert.equal(code, 1, host);
    assert.match(err, /^rolewright: \.claude\/agents\/a\.md and kit\/\.claude\/agents\/a\.md would both be written to \S+; rename one of them$/m, host);
    assert.match(err, /nothing was written/);
    assert.ok(!existsSync(join(root, "build")), host);
  }
  // The same role twice is one.
  assert.equal(run(root, ["compile", A, A, "--to", "roo", "--out", "build/"]).code, 0);
  const { out } = run(root, ["compile", A, "kit/.claude/agents/a.md", "--to", "copilot", "--report"]);
  assert.match(out, /not written\n      error: another role has its place in `\.github\/agents\/a\.agent\.md`\n/);
  assert.match(out, /2 roles compiled: 1 file, 1 not written\n/);
});

test("every file that could not be written is named, and the others are written", () => {
  const other = A.replace("a.md", "b.md");
  const root = folder({ [A]: role("a"), [other]: role("b"), "build/.github/agents/a.agent.md/x": "" });
  const { code, err } = run(root, ["compile", A, other, "--to", "copilot", "--out", "build"]);
  assert.equal(code, 2);
  assert.match(err, /a\.agent\.md: cannot be written: is a folder/);
  assert.ok(existsSync(join(root, "build/.github/agents/b.agent.md")));
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

test("of two hosts that read one path, the second is not written, and the reason is the same everywhere", () => {
  const root = folder({ [A]: role("a", "Bash") });
  const words = ["compile", A, "--to", "opencode,opencode-2"];
  const why = "`opencode` writes a different file to the same path";
  const { code, err } = run(root, [...words, "--out", "build"]);
  assert.equal(code, 1);
  assert.ok(err.includes(`rolewright: ${A} was not written for opencode-2: ${why}\n`), err);
  for (const more of [[], ["--out", "build"]]) {
    const { code, out } = run(root, [...words, "--report", ...more]);
    assert.equal(code, 1);
    assert.ok(out.includes(`not written\n      error: ${why}\n`), out);
    assert.match(out, /1 role compiled: 1 file, 1 not written\n/);
  }
});

test("hosts that read the same text at the same path get one file", () => {
  const root = folder({ [A]: role("a") });
  const words = ["compile", A, "--to", "copilot,vscode-agent"];
  assert.equal(run(root, [...words, "--out", "build", "--dry-run"]).out, "would write build/.github/agents/a.agent.md\n");
  assert.match(run(root, [...words, "--report"]).out, /\n1 role compiled: 1 file\n/);
});

test("a report has a header, and calls permissions that a file cannot carry not applicable", () => {
  const root = folder({ [A]: role("a") });
  const { out } = run(root, ["compile", A, "--to", "agents-md", "--report"]);
  assert.equal(
    out,
    `.claude/agents/a.md
  host       permissions     prompt                            file
  agents-md  not applicable  20 tokens, under 1% of the limit  AGENTS.md
      info: AGENTS.md cannot express \`name\`; it was omitted
      info: AGENTS.md cannot express \`description\`; it was added to the start of the prompt
      warning: Codex reads no permissions from this kind of file; \`tools\` was omitted

1 role compiled: 1 file
`,
  );
});

test("a loss that is the same for every host is shown once", () => {
  const root = folder({ [A]: role("a", "Read, bash") });
  const { err } = run(root, ["compile", A, "--to", "opencode,copilot", "--out", "build"]);
  assert.equal(err.match(/Claude Code ignores `bash`/g).length, 1);
});

test("for all hosts, a loss names the kind of file that it is about", () => {
  const { err } = run(folder({ [A]: role("a") }), ["compile", A, "--to", "all", "--out", "build"]);
  const losses = err.match(/^error\[loss\].* cannot enforce/gm);
  assert.ok(losses.includes("error[loss]: A Claude Code skill cannot enforce"), losses.join("\n"));
  assert.equal(new Set(losses).size, losses.length);
});
