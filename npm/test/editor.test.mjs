// Tests completion and hover as an editor requests them: `|` in a text marks the caret.

import assert from "node:assert/strict";
import { test } from "node:test";
import { complete, fix, hosts, hover } from "../pkg/node.js";

const CLAUDE = ".claude/agents/reviewer.md";

/** The completions at `|`. */
function at(marked, options = {}) {
  return complete(marked.replace("|", ""), marked.indexOf("|"), { path: CLAUDE, ...options });
}

const labels = (marked, options) => at(marked, options).map((item) => item.label);

/** The text after accepting the completion with that label. */
function taken(marked, label, options) {
  const text = marked.replace("|", "");
  const found = at(marked, options).find((item) => item.label === label);
  assert.ok(found, `${label} is none of ${labels(marked, options)}`);
  const { range, text: put } = found.edit;
  return text.slice(0, range.start.offset) + put + text.slice(range.end.offset);
}

/** The hover at `|`, and the text that it covers. */
function told(marked, options = {}) {
  const text = marked.replace("|", "");
  const found = hover(text, marked.indexOf("|"), { path: CLAUDE, ...options });
  return found && [text.slice(found.range.start.offset, found.range.end.offset), found.text];
}

test("a front matter key is completed, required ones first, none twice", () => {
  assert.deepEqual(labels("---\n|\n---\n").slice(0, 2), ["name", "description"]);
  assert.ok(!labels("---\nname: x\n|\n---\n").includes("name"));
  assert.ok(!labels("---\n|\nname: x\n---\n").includes("name"));
  assert.equal(taken("---\nname: x\nmod|\n---\n", "model"), "---\nname: x\nmodel: \n---\n");
});

test("a key is completed while the front matter is still open", () => {
  assert.ok(labels("---\nna|").includes("name"));
});

test("in the middle of a word the whole word is replaced, and a colon is not doubled", () => {
  assert.equal(taken("---\nname: x\nmo|dl: opus\n---\n", "model"), "---\nname: x\nmodel: opus\n---\n");
  assert.equal(taken("---\nname: x\ntools: Gr|ap, Read\n---\n", "Grep"), "---\nname: x\ntools: Grep, Read\n---\n");
});

test("fields that a host has given up are not offered", () => {
  const vscode = labels("---\n|\n---\n", { host: "vscode-agent" });
  assert.ok(vscode.includes("user-invocable") && !vscode.includes("infer"));
});

test("tools are completed in every way a list of them is written, and none twice", () => {
  assert.deepEqual(labels("---\nname: x\ntools: Read, Gr|\n---\n"), ["Grep"]);
  assert.deepEqual(labels("---\nname: x\ntools: [Gr|\n---\n"), ["Grep"]);
  assert.deepEqual(labels('---\nname: x\ntools: ["Read", "Gr|"]\n---\n'), ["Grep"]);
  assert.deepEqual(labels("---\nname: x\ntools:\n  - Read\n  - Gr|\n---\n"), ["Grep"]);
  assert.deepEqual(labels("---\nname: x\ntools:\n- Read\n- Gr|\n---\n"), ["Grep"]);
  assert.deepEqual(labels("---\nname: x\ntools: [\n  Read,\n  Gr|\n]\n---\n"), ["Grep"]);
  assert.ok(!labels("---\nname: x\ntools: Read, |\n---\n").includes("Read"));
  assert.deepEqual(labels("---\nname: x\ndisallowedTools: Gr|\n---\n"), ["Grep"]);
  assert.deepEqual(labels("---\ntools:\n  ba|\n---\n", { host: "opencode" }), ["bash"]);
});

test("values are those that the field knows", () => {
  assert.deepEqual(labels("---\npermissionMode: acc|\n---\n"), ["acceptEdits"]);
  assert.deepEqual(labels("---\nbackground: |\n---\n"), ["true", "false"]);
  assert.ok(labels("---\nmodel: op|\n---\n").includes("opus"));
  assert.deepEqual(labels('---\nmodel: "hai|\n---\n'), ["haiku"]);
  assert.deepEqual(labels("---\nname: |\n---\n"), ["reviewer"]);
  assert.deepEqual(labels("---\nname: |\n---\n", { path: "skills/pdf-forms/SKILL.md" }), ["pdf-forms"]);
  assert.deepEqual(labels("---\ndescription: Rea|\n---\n"), []);
});

test("text in the front matter is text", () => {
  assert.deepEqual(complete("---\ndescription: |\n  mo\n---\n", "---\ndescription: |\n  mo".length, { path: CLAUDE }), []);
  assert.deepEqual(labels("---\n# mo|\n---\n"), []);
  assert.deepEqual(labels("---\nname: x\n---\nmo|\n"), []);
});

test("rolewright's own keys are completed too", () => {
  assert.ok(labels("---\nname: x\n|\n---\n").includes("templates"));
  assert.ok(labels("---\ntemplates:\n  re|\n---\n").includes("resolve"));
  assert.deepEqual(labels("---\ntemplates:\n  resolve: ro|\n---\n"), ["root-then-file", "root"]);
  assert.deepEqual(labels("---\nvariables:\n  TEAM:\n    def|\n---\n"), ["default"]);
});

test("a Codex agent is completed in TOML", () => {
  const codex = { path: ".codex/agents/a.toml" };
  assert.equal(taken('name = "a"\nmodel_r|\n', "model_reasoning_effort", codex), 'name = "a"\nmodel_reasoning_effort = \n');
  assert.equal(taken("model_reasoning_effort = |\n", "xhigh", codex), 'model_reasoning_effort = "xhigh"\n');
  assert.equal(taken('model_reasoning_effort = "xh|"\n', "xhigh", codex), 'model_reasoning_effort = "xhigh"\n');
  assert.deepEqual(labels('developer_instructions = """\nna|\n"""\n', codex), []);
  assert.deepEqual(labels("[mcp_servers.x]\nna|\n", codex), []);
});

test("a Roo mode is completed in YAML, each mode by itself", () => {
  const roo = { path: ".roomodes" };
  assert.ok(labels("customModes:\n  - slug: a\n    na|\n", roo).includes("name"));
  assert.ok(labels("customModes:\n  - |\n", roo).includes("slug"));
  assert.ok(!labels("customModes:\n  - slug: a\n    |\n    name: A\n", roo).some((label) => ["slug", "name"].includes(label)));
  assert.ok(labels("customModes:\n  - slug: a\n    name: A\n  - slug: b\n    na|\n", roo).includes("name"));
  assert.deepEqual(labels("customModes:\n  - slug: a\n    groups:\n      - read\n      - ed|\n", roo), ["edit"]);
  assert.deepEqual(labels("customModes:\n  - slug: a\n    source: pro|\n", roo), ["project"]);
});

test("a Kiro agent is completed in JSON", () => {
  const kiro = { path: ".kiro/agents/a.json" };
  assert.equal(taken('{\n  "des|\n}\n', "description", kiro), '{\n  "description": \n}\n');
  assert.equal(taken('{\n  "des|": ""\n}\n', "description", kiro), '{\n  "description": ""\n}\n');
  assert.equal(taken('{ "tools": ["read", |] }\n', "write", kiro), '{ "tools": ["read", "write"] }\n');
  assert.ok(!labels('{ "tools": ["read", "|"] }\n', kiro).includes("read"));
  assert.deepEqual(labels('{ "includeMcpJson": | }\n', kiro), ["true", "false"]);
  assert.deepEqual(labels('{ "prompt": "na|" }\n', kiro), []);
  assert.deepEqual(labels('{ "mcpServers": { "na|" } }\n', kiro), []);
});

test("every field of every host is completed where such a host's file has its fields, and explained", () => {
  const heads = { markdown: "---\n|\n---\n", toml: "|\n", yaml: "|\n", json: "{ | }\n" };
  // Hosts whose roles are not at the top of their files.
  const deeper = { roo: "customModes:\n  - |\n", crewai: "x:\n  |\n", "crewai-task": "x:\n  |\n", pool: "subagents:\n  agents:\n    x:\n      |\n", "claude-agents-map": '{ "agents": { "x": { | } } }\n' };
  const paths = { markdown: undefined, toml: "a.toml", yaml: "a.yaml", json: "a.json" };
  let count = 0;
  for (const { id, syntax, fields } of hosts()) {
    const head = deeper[id] ?? heads[syntax];
    const found = labels(head, { host: id, path: paths[syntax] });
    for (const { name, status } of fields) {
      assert.equal(found.includes(name), ["current", "extension"].includes(status), `${id}: ${name}`);
      const [colon, value] = { toml: [" =", " 1"], json: ['":', " 1"] }[syntax] ?? [":", " 1"];
      const written = head.replace("|", `|${syntax === "json" ? '"' : ""}${name}${colon}${value}`).replace('|"', '"|');
      const [named, text] = told(written, { host: id, path: paths[syntax] });
      assert.equal(named, name);
      assert.ok(text.startsWith(`**${name}**: `), `${id}: ${text}`);
      count++;
    }
  }
  assert.ok(count > 150, `${count} fields`);
});

const files = { "shared/tone.md": "# Tone 漢\n\nBe kind.\n\n## Words & [links](x)\n\n## Tone 漢\n", "shared/list.md": "x\n", "roles/near.md": "x\n" };
const role = { path: "roles/a.md", files };

test("a path is completed from the root, from the folder, and by a part of it", () => {
  assert.deepEqual(labels("{{include:sh|}}\n", role), ["shared/list.md", "shared/tone.md"]);
  assert.deepEqual(labels("{{include:ton|}}\n", role), ["shared/tone.md"]);
  assert.deepEqual(labels("{{include:./|}}\n", role), ["./near.md"]);
  assert.deepEqual(labels("{{include:../sh|}}\n", role), ["../shared/list.md", "../shared/tone.md"]);
  assert.deepEqual(labels("{{include:/sh|}}\n", role), ["/shared/list.md", "/shared/tone.md"]);
  assert.equal(taken("{{include:sh|ared/tne.md}}\n", "shared/tone.md", role), "{{include:shared/tone.md}}\n");
  assert.deepEqual(labels("{{include:|}}\n", { path: "roles/a.md" }), []);
});

test("a completed path is one that the engine finds", () => {
  for (const typed of ["sh", "./", "../sh", "/sh"]) {
    for (const label of labels(`{{include:${typed}|}}\n`, role)) {
      const { report } = fix(`{{include:${label}}}\n`, role);
      assert.deepEqual(report.diagnostics.filter((d) => d.rule === "missing-include"), [], label);
    }
  }
});

test("a section of an included file is completed as the engine names it", () => {
  const found = labels("{{include:shared/tone.md#|}}\n", role);
  assert.deepEqual(found, ["tone-漢", "words--links", "tone-漢-1"]);
  for (const label of found) {
    const { report } = fix(`{{include:shared/tone.md#${label}}}\n`, role);
    assert.deepEqual(report.diagnostics.filter((d) => d.rule === "missing-fragment"), [], label);
  }
});

test("options of an include are completed", () => {
  const text = "{{include:shared/tone.md|op}}\n";
  assert.deepEqual(complete(text, text.indexOf("}}"), role).map((item) => item.label), ["optional"]);
});

test("a variable is completed where it is declared, supplied or used", () => {
  const head = "---\nvariables:\n  TEAM: { description: Who we are, default: Platform }\n---\n";
  const [found] = at(`${head}{{TE|}}\n`);
  assert.deepEqual([found.label, found.detail], ["TEAM", 'Who we are. Its default is "Platform".']);
  assert.deepEqual(labels("{{LANG|}}\n", { values: { LANGUAGE: "Dutch" } }), ["LANGUAGE"]);
  assert.deepEqual(labels("{{OTHER}} {{OT|}}\n"), ["OTHER"]);
  assert.deepEqual(labels("${{ git|\n"), []);
});

test("the rules are completed and explained in a comment that ignores one", () => {
  assert.ok(labels("# A\n\n<!-- rolewright-ignore nested|\n").includes("nested-fence"));
  assert.ok(labels("---\n# rolewright-ignore tool-c|\n---\n").includes("tool-case"));
  assert.match(told("# A\n\n<!-- rolewright-ignore nested-f|ence: why -->\n")[1], /^\*\*nested-fence\*\*: warning/);
  assert.equal(told("# A\n\n<!-- rolewright-ignore no-s|uch -->\n")[1], "Unknown rule `no-such`.");
});

test("a hover tells what a directive does", () => {
  assert.deepEqual(told("{{include:sha|red/list.md}}\n", role), ["{{include:shared/list.md}}", "Inserts `shared/list.md` (1 line)."]);
  assert.match(told("{{include:sha|red/no.md}}\n", role)[1], /which does not exist/);
  assert.match(told("{{LANG|UAGE}}\n", { values: { LANGUAGE: "Dutch" } })[1], /Its value is "Dutch"/);
  assert.match(told("{{LANG|UAGE}}\n")[1], /It has no value yet/);
});

test("a hover tells of tools and of values, and nothing of plain text", () => {
  assert.match(told("---\nname: x\ntools: Re|ad, MultiEdit\n---\n")[1], /a tool in Claude Code/);
  assert.match(told("---\nname: x\ntools: Read, Multi|Edit\n---\n")[1], /no longer has `MultiEdit`/);
  assert.deepEqual(told("---\npermissionMode: pl|an\n---\n"), ["plan", "`plan` is a valid value of `permissionMode` in Claude Code."]);
  assert.equal(told("---\nname: x\n---\nplain| text\n"), null);
});

test("a place is counted in bytes where that is asked for", () => {
  const text = "---\nname: 漢\nmod\n---\n";
  const [found] = complete(text, Buffer.byteLength("---\nname: 漢\nmod"), { path: CLAUDE, encoding: "utf-8" });
  assert.deepEqual(found.edit.range.start, { offset: Buffer.byteLength("---\nname: 漢\n"), line: 3, column: 1 });
  const told = hover("漢 {{X}}\n", Buffer.byteLength("漢 {{"), { encoding: "utf-8" });
  assert.deepEqual(told.range.start, { offset: 4, line: 1, column: 5 });
});

test("a replacement character before the caret counts as the character it is", () => {
  const text = "\ufffd{{X}}\n";
  const offset = Buffer.byteLength("\ufffd");
  assert.deepEqual(hover(text, offset, { encoding: "utf-8" }).range.start, { offset, line: 1, column: 4 });
  assert.equal(hover("{{X}}\ufffd\n", Buffer.byteLength("{{X}}\ufffd"), { encoding: "utf-8" }), null);
});

test("an offset inside a character counts as the start of that character", () => {
  const text = "---\nname: x\nmod😀\n---\n";
  const at = (offset) => complete(text, offset, { path: CLAUDE, encoding: "utf-8" });
  const before = Buffer.byteLength("---\nname: x\nmod");
  for (const cut of [1, 2, 3]) assert.deepEqual(at(before + cut), at(before));
});

test("no place of any text makes completion or hover throw", () => {
  const texts = ["", "---", "---\n", "---\n: [\n- - a: {\n---\n{{include:#|}} {{", "\ufeff---\r\ntools: [\r\n", '{ "a": [ { "b": "\\', 'a = """\n[x]\nb = ', "😀\ud800{{"];
  for (const text of texts) {
    for (const path of [CLAUDE, ".roomodes", ".kiro/agents/a.json", ".codex/agents/a.toml"]) {
      for (let offset = 0; offset <= text.length + 1; offset++) {
        assert.ok(Array.isArray(complete(text, offset, { path, files })));
        assert.ok(hover(text, offset, { path, files }) !== undefined);
      }
    }
  }
});
