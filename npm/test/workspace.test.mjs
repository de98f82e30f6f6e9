// Tests the workspace object: files stay between calls, and nothing has to be freed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createWorkspace } from "../pkg/node.js";

const role = (name, body) => `---\nname: ${name}\ndescription: Reviews a change by ${name} when somebody asks for a second look at it.\ntools: Read\n---\n${body}\n`;
const A = ".claude/agents/a.md";
const B = ".claude/agents/b.md";

const rules = (report) => report.diagnostics.map(({ rule }) => rule);

test("a file that an include missed is found when it is set, and missed again when it is removed", () => {
  const workspace = createWorkspace({ [A]: role("a", "{{include:shared.md}}") });
  assert.deepEqual(rules(workspace.check(A)), ["missing-include"]);
  workspace.set("shared.md", "Be kind.\n");
  assert.deepEqual(rules(workspace.check(A)), []);
  assert.equal(workspace.remove("shared.md"), true);
  assert.equal(workspace.remove("shared.md"), false);
  assert.deepEqual(rules(workspace.check(A)), ["missing-include"]);
});

test("roles with the same name are reported, alone and together", () => {
  const workspace = createWorkspace({ [A]: role("x", "A."), [B]: role("x", "B.") });
  assert.deepEqual(rules(workspace.check(B)), ["duplicate-role-name"]);
  assert.deepEqual(workspace.checkAll().files.flatMap(rules), ["duplicate-role-name"]);
});

test("every service answers, in the encoding that was chosen", () => {
  const text = role("a", "# 漢\n\n{{include:shared.md}} {{NAME}}");
  const files = { [A]: text, "shared.md": "Be kind, {{NAME}}.\n" };
  const workspace = createWorkspace(files, { encoding: "utf-8", values: { NAME: "Ann" } });
  const at = (part) => Buffer.byteLength(text.slice(0, text.indexOf(part))) + 2;
  assert.equal(workspace.compile(A, { map: true }).prompt, "# 漢\n\nBe kind, Ann. Ann\n");
  assert.equal(workspace.outline(A).sections[0].title, "漢");
  assert.ok(workspace.complete(A, at("tools")).length > 0);
  assert.match(workspace.hover(A, at("tools")).text, /\*\*tools\*\*/);
  assert.equal(workspace.symbols(A)[0].name, "a");
  assert.equal(workspace.workspaceSymbols("漢")[0].container, "a");
  assert.equal(workspace.definition(A, at("shared.md"))[0].path, "shared.md");
  assert.deepEqual(workspace.references(A, at("NAME")).map(({ path }) => path), [A, "shared.md"]);
  assert.equal(workspace.rename(A, at("NAME"), "WHO").edits.length, 2);
  assert.deepEqual(workspace.renameFile("shared.md", "parts/shared.md").files, [["shared.md", "parts/shared.md"]]);
  assert.equal(workspace.foldingRanges(A)[0].kind, "front-matter");
  assert.equal(workspace.links(A)[0].path, "shared.md");
  assert.equal(workspace.sourceOf(A, 8)[0].path, "shared.md");
  assert.deepEqual(workspace.promptOf(A, "shared.md", 0, 2), [[7, 9]]);
  assert.deepEqual(workspace.codeActions(A, 0), []);
});

test("what cannot be renamed says why", () => {
  const workspace = createWorkspace({ [A]: role("a", "plain") });
  assert.throws(() => workspace.rename(A, 0, "x"), /Nothing here can be renamed/);
});

test("wrong arguments are TypeErrors that name them", () => {
  const workspace = createWorkspace({ [A]: role("a", "x") });
  assert.throws(() => workspace.check("b.md"), { name: "TypeError", message: /no file "b.md"/ });
  assert.throws(() => workspace.set("../x.md", ""), { name: "TypeError", message: /path/ });
  assert.throws(() => workspace.set("x.md", 1), { name: "TypeError", message: /text/ });
  assert.throws(() => workspace.complete(A, -1), { name: "TypeError", message: /offset/ });
  assert.throws(() => createWorkspace({}, { files: {} }), { name: "TypeError", message: /files/ });
});

test("a workspace holds at most 64 MiB", () => {
  const workspace = createWorkspace();
  const half = "a".repeat(33 * 1024 * 1024);
  workspace.set("a.md", half);
  assert.throws(() => workspace.set("b.md", half), { name: "RangeError", message: /64 MiB/ });
  assert.equal(workspace.text("b.md"), undefined);
});

test("thousands of unused workspaces leak no memory", async () => {
  const text = role("a", "x ".repeat(50_000));
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  for (let round = 0; round < 400; round += 1) {
    createWorkspace({ [A]: text }).check(A);
    if (round % 20 === 0) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  const grown = process.memoryUsage().arrayBuffers + process.memoryUsage().external - before;
  if (globalThis.gc) assert.ok(grown < 30 * 1024 * 1024, `${grown} bytes`);
});
