// The functions of the installed package, called in Node.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as rolewright from "../pkg/node.js";

const { check, checkAll, fix, compile, outline, complete, hosts, rules, EngineCrashed } = rolewright;
const path = ".claude/agents/reviewer.md";
const head = (tools) => `---\nname: reviewer\ndescription: Reviews a change. Use when code was changed.\ntools: ${tools}\n---\n# Reviewer\n\nReview the change.\n`;
const named = (report) => report.diagnostics.map((d) => d.rule);

test("a check names the rule, the place and the fix", () => {
  const report = check(head("Read, bash"), { path });
  assert.equal(report.host, "claude-code");
  assert.equal(report.path, path);
  assert.equal(report.kind, "Markdown with YAML front matter");
  const [found] = report.diagnostics;
  assert.equal(found.rule, "tool-case");
  assert.equal(found.path, path);
  assert.deepEqual(found.range.start, { offset: 90, line: 4, column: 14 });
  assert.equal(found.fix.applicability, "safe");
  assert.deepEqual(found.fix.edits.map((edit) => edit.text), ["Bash"]);
});

test("the results are plain data, which survives a structured clone and JSON", () => {
  const report = check(head("Read, bash"), { path });
  assert.deepEqual(structuredClone(report), report);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
});

test("offsets count UTF-16 units, or bytes where asked", () => {
  for (const [newline, bom] of [["\n", ""], ["\r\n", ""], ["\n", "\ufeff"]]) {
    const text = `${bom}# 😀 漢字${newline}x \u202e y${newline}`;
    const at = text.indexOf("\u202e");
    const of = (encoding) => check(text, { path: "roles/a.md", encoding }).diagnostics.find((d) => d.rule === "bidi-control").range;
    assert.equal(of("utf-16").start.offset, at);
    assert.equal(text.slice(of(undefined).start.offset, of(undefined).end.offset), "\u202e");
    assert.equal(of("utf-8").start.offset, Buffer.byteLength(text.slice(0, at)));
    assert.equal(of("utf-8").end.offset, Buffer.byteLength(text.slice(0, at + 1)));
    assert.deepEqual(of("utf-16").start, { offset: at, line: 2, column: 3 });
  }
});

// Walks two results in step and calls `visit` with each pair of positions and the text they refer to.
function places(one, other, path, visit) {
  if (typeof one !== "object" || one === null) return assert.equal(one, other);
  const own = typeof one.path === "string" ? one.path : path;
  if ("offset" in one) return visit(one, other, own);
  assert.deepEqual(Object.keys(one), Object.keys(other));
  for (const key of Object.keys(one)) {
    if (key === "source" && Array.isArray(one[key])) one[key].forEach((offset, at) => visit({ offset }, { offset: other[key][at] }, own));
    else if (key !== "prompt" || !Array.isArray(one[key])) places(one[key], other[key], own, visit);
  }
}

test("every place in every result counts what was asked for", () => {
  const own = ".claude/agents/a 漢.md";
  const text = "---\r\nname: 漢\r\ndescription: 😀 Reviews. Use when 漢.\r\ntools: Read, bash, 漢字, Taskk\r\nvariables:\r\n  TEAM: { default: 漢 }\r\n---\r\n# 😀\r\n\r\n漢 {{TEAM}} {{NO}} [x](y.md) \u202e\r\n\r\n{{include:b.md}}\r\n\r\n{{include:gone.md}} 漢\r\n";
  const texts = { [own]: text, "b.md": "# 漢\n\n漢 {{include:none.md}} {{NO}}\n", ".claude/agents/b.md": text };
  let count = 0;
  const visit = (utf16, utf8, path) => {
    const before = texts[path].slice(0, utf16.offset);
    assert.equal(utf8.offset, Buffer.byteLength(before), path);
    if ("line" in utf16) {
      const line = before.split(/\r\n|\n/);
      assert.deepEqual([utf16.line, utf16.column], [line.length, line.at(-1).length + 1]);
      assert.deepEqual([utf8.line, utf8.column], [line.length, Buffer.byteLength(line.at(-1)) + 1]);
    }
    count++;
  };
  const options = { path: own, files: texts, profile: "style" };
  const at = text.indexOf("Taskk") + 2;
  const calls = {
    check: (encoding) => check(text, { ...options, encoding }),
    checkAll: (encoding) => checkAll(texts, { profile: "style", encoding }),
    compile: (encoding) => compile(text, { ...options, encoding, to: "cursor-agent" }),
    outline: (encoding) => outline(text, { ...options, encoding }),
    complete: (encoding) => complete(text, encoding === "utf-8" ? Buffer.byteLength(text.slice(0, at)) : at, { ...options, encoding }),
    hover: (encoding) => rolewright.hover(text, encoding === "utf-8" ? Buffer.byteLength(text.slice(0, at)) : at, { ...options, encoding }),
  };
  for (const [name, call] of Object.entries(calls)) {
    const before = count;
    places(call("utf-16"), call("utf-8"), own, visit);
    assert.ok(count > before, name);
  }
  const [fixed, bytes] = ["utf-16", "utf-8"].map((encoding) => fix(text, { ...options, encoding }));
  texts[own] = fixed.text;
  places(fixed.report, bytes.report, own, visit);
  assert.ok(count > 150, `${count} places`);
});

test("a rule can be turned off, turned on and given a severity", () => {
  const text = head("Read, bash");
  assert.ok(!named(check(text, { path, rules: { "tool-case": "off" } })).includes("tool-case"));
  const [found] = check(text, { path, rules: { "tool-case": "error" } }).diagnostics;
  assert.equal(found.severity, "error");
});

test("an unknown rule in the settings is a diagnostic, not an exception", () => {
  assert.ok(named(check(head("Read"), { path, rules: { "tool-cas": "off" } })).includes("unknown-rule"));
});

test("fixing reaches a text without the finding", () => {
  const fixed = fix(head("Read, bash"), { path });
  assert.equal(fixed.text, head("Read, Bash"));
  assert.deepEqual(fixed.applied.map((a) => a.rule), ["tool-case"]);
  assert.ok(!named(fixed.report).includes("tool-case"));
});

test("a workspace is checked as a whole, and what no host reads is left out", () => {
  const files = { ".claude/agents/a.md": head("Read"), ".claude/agents/b.md": head("Read"), "notes/c.md": "# C\n" };
  const report = checkAll(files);
  assert.deepEqual(report.files.map((file) => file.path), [".claude/agents/a.md", ".claude/agents/b.md"]);
  assert.deepEqual(report.skipped, ["notes/c.md"]);
  assert.ok(report.files[1].diagnostics.some((d) => d.rule === "duplicate-role-name"));
});

test("what lies around a file says whether it is a role", () => {
  const skill = "---\nname: forms\ndescription: Designs forms. Use it.\n---\nDesign.\n";
  const report = checkAll({
    "kit/.claude-plugin/plugin.json": "{}",
    "kit/agents/clerk.md": "Answer.\n",
    "skills/forms/SKILL.md": skill,
    "skills/forms/reference.md": head("Read"),
  });
  assert.deepEqual(report.files.map((file) => file.path), ["kit/agents/clerk.md", "skills/forms/SKILL.md"]);
});

const template = "# Role 😀\n\n{{include:shared/tone.md}}\n\nAnswer in {{LANGUAGE}}.\n";
const files = { "shared/tone.md": "# Tone 漢\n\nBe kind.\n" };

test("a compilation fills in includes and variables", () => {
  const done = compile(template, { path: "roles/a.md", files, values: { LANGUAGE: "English" } });
  assert.equal(done.prompt, "# Role 😀\n\n## Tone 漢\n\nBe kind.\n\nAnswer in English.\n");
  assert.equal(done.stats.bytes, Buffer.byteLength(done.prompt));
  assert.deepEqual(done.includes.map(({ path, state }) => [path, state]), [["roles/a.md", "included"], ["shared/tone.md", "included"]]);
  assert.deepEqual(done.variables.map(({ name, given }) => [name, given]), [["LANGUAGE", true]]);
});

test("segments cover the prompt exactly once and lead to the same text", () => {
  for (const encoding of ["utf-16", "utf-8"]) {
    const { prompt, segments } = compile(template, { path: "roles/a.md", files, values: { LANGUAGE: "English" }, encoding });
    const cut = (text, [from, to]) => (encoding === "utf-16" ? text.slice(from, to) : Buffer.from(text).subarray(from, to).toString());
    assert.equal(segments.map((s) => cut(prompt, s.prompt)).join(""), prompt);
    segments.forEach((s, at) => assert.equal(s.prompt[0], at === 0 ? 0 : segments[at - 1].prompt[1]));
    for (const s of segments.filter((s) => s.kind === "literal")) {
      assert.equal(cut(s.path === "roles/a.md" ? template : files[s.path], s.source), cut(prompt, s.prompt));
    }
  }
});

test("a source map is made where it is asked for", () => {
  const { map } = compile(template, { path: "roles/a.md", files, map: true });
  assert.deepEqual(JSON.parse(map).sources, ["roles/a.md", "shared/tone.md"]);
  assert.equal(compile(template, { path: "roles/a.md", files }).map, undefined);
});

test("a diagnostic in an included file has that file's path and places", () => {
  const report = check("{{include:b.md}}\n", { path: "a.md", files: { "b.md": "x\n\n{{include:c.md}}\n" } });
  const found = report.diagnostics.find((d) => d.rule === "missing-include");
  assert.equal(found.path, "b.md");
  assert.equal(found.range.start.line, 3);
});

test("the outline lists the parts of a role and their ranges", () => {
  const text = `${head("Read, Bash")}\n{{X}}\n`;
  const found = outline(text, { path });
  assert.deepEqual(found.fields.map((f) => f.name), ["name", "description", "tools"]);
  assert.deepEqual(found.tools.map((t) => text.slice(t.range.start.offset, t.range.end.offset)), ["Read", "Bash"]);
  assert.deepEqual(found.sections.map((s) => s.title), ["Reviewer"]);
  assert.deepEqual(found.directives.map((d) => [d.kind, d.name]), [["variable", "X"]]);
});

test("every host and every rule is described", () => {
  assert.ok(hosts().length >= 14);
  for (const host of hosts()) assert.match(host.checked, /^\d{4}(-\d\d){0,2}$/);
  assert.deepEqual(rules(), JSON.parse(readFileSync(new URL("../pkg/rules.json", import.meta.url), "utf8")));
  assert.notEqual(rules(), rules());
});

test("wrong arguments throw a TypeError that names them and the nearest right one", () => {
  const wrong = (call, message) => assert.throws(call, (error) => error instanceof TypeError && message.test(error.message));
  wrong(() => check(), /^check: `text` must be a string, not undefined$/);
  wrong(() => check("x", { hots: "plain" }), /`options` has no `hots`; did you mean "host"\?/);
  wrong(() => check("x", { host: "claude-cod" }), /`options\.host` must be "auto" or the id of a host, as in `hosts\(\)`, not "claude-cod"; did you mean "claude-code"\?$/);
  wrong(() => check("x", { rules: { "tool-case": "eror" } }), /`options\.rules\["tool-case"\]` must be .*did you mean "error"/);
  wrong(() => check("x", { path: "../a.md" }), /`options\.path` must be relative/);
  wrong(() => check("x", null), /`options` must be an object, not null/);
  wrong(() => compile("x", { to: "auto" }), /`options\.to` must be/);
  wrong(() => complete("x", 1.5), /`offset` must be a whole number/);
  wrong(() => checkAll([]), /^checkAll: `files` must be an object, not an array$/);
  wrong(() => checkAll(new Map()), /^checkAll: `files` must be an object, not a Map$/);
  wrong(() => checkAll({ "/a.md": "x" }), /^checkAll: `files` has a path that must be relative to the workspace/);
  wrong(() => check("x".repeat(64 * 1024 * 1024 + 1)), /`text` must be at most 64 MiB/);
});

// An invalid value for every option, by the option's name in the message.
const WRONG = {
  host: { host: "x" },
  files: { files: [] },
  'files["a.md"]': { files: { "a.md": 3 } },
  values: { values: new Map() },
  "values.A": { values: { A: 1 } },
  variables: { variables: [] },
  "variables.A": { variables: { A: 1 } },
  "variables.A.stage": { variables: { A: { stage: "x" } } },
  "variables.A.enum.0": { variables: { A: { enum: [1] } } },
  missing: { missing: "x" },
  templates: { templates: 3 },
  "templates.resolve": { templates: { resolve: "x" } },
  "templates.root": { templates: { root: 1 } },
  "templates.shift": { templates: { shift: "x" } },
  "templates.spacing": { templates: { spacing: "x" } },
  "templates.code": { templates: { code: "x" } },
  rules: { rules: "off" },
  'rules["tool-case"]': { rules: { "tool-case": true } },
  profile: { profile: "x" },
  mounts: { mounts: null },
  'mounts["/b/"]': { mounts: { "/b/": "b" } },
  'mounts["/b/"].path': { mounts: { "/b/": { path: 1 } } },
  'mounts["/b/"].trust': { mounts: { "/b/": { path: "b", trust: "x" } } },
  limits: { limits: [] },
  "limits.depth": { limits: { depth: -1 } },
  "limits.expansions": { limits: { expansions: "1" } },
  "limits.files": { limits: { files: 1.5 } },
  "limits.file": { limits: { file: NaN } },
  "limits.output": { limits: { output: Infinity } },
  "limits.directive": { limits: { directive: null } },
  "limits.frontMatter": { limits: { frontMatter: {} } },
  encoding: { encoding: "utf8" },
  path: { path: "/etc/a.md" },
};
const OWN = { fix: { unsafe: { unsafe: 1 } }, compile: { to: { to: "x" }, role: { role: -1 }, allowWidening: { allowWidening: "yes" }, map: { map: 1 } } };

test("every option of every function is checked, and the message names it", () => {
  const { files: _, path: __, ...rest } = WRONG;
  const many = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("files[")));
  for (const name of ["check", "checkAll", "fix", "compile", "outline", "complete", "hover"]) {
    const wrongs = { ...(name === "checkAll" ? many : WRONG), ...OWN[name] };
    for (const [option, options] of Object.entries(wrongs)) {
      const call = () => (["complete", "hover"].includes(name) ? rolewright[name]("x", 0, options) : rolewright[name](name === "checkAll" ? {} : "x", options));
      assert.throws(call, (error) => error instanceof TypeError && error.message.startsWith(`${name}: \`options.${option}\` `), `${name} ${option}`);
    }
    const [option] = Object.keys(name === "checkAll" ? { path: 1 } : { pth: 1 });
    assert.throws(() => rolewright[name](name === "checkAll" ? {} : "x", ...(["complete", "hover"].includes(name) ? [0] : []), { [option]: "a.md" }), /has no `pa?th`/);
  }
});

test("paths that no place of a workspace has are refused", () => {
  for (const path of ["/a.md", "a\\b.md", "../a.md", "a/../b.md", "./a.md", "a//b.md", "a/", "C:/a.md"]) assert.throws(() => check("x", { path }), TypeError, path);
  for (const path of ["", "a.md", ".claude/agents/a.md", "a/..b/c...md", "a/b:c.md"]) assert.ok(check("x", { path }));
});

test("an option that is undefined counts as left out", () => {
  const options = Object.fromEntries(Object.keys(WRONG).filter((name) => !/[.[]/.test(name)).map((name) => [name, undefined]));
  assert.deepEqual(check(head("bash"), { ...options, path }), check(head("bash"), { path }));
});

test("a role in a data file is converted for another host", () => {
  const roles = {
    ".codex/agents/a.toml": 'name = "a"\ndescription = "Looks."\ndeveloper_instructions = "Look."\n',
    ".roomodes": "customModes:\n  - slug: a\n    name: A\n    description: Looks.\n    groups: [read]\n    roleDefinition: Look.\n",
    ".kiro/agents/a.json": '{ "name": "a", "description": "Looks.", "prompt": "Look.", "tools": ["read"] }\n',
  };
  for (const [path, text] of Object.entries(roles)) {
    const { prompt, file, permissions } = compile(text, { path, to: "claude-code" });
    const tools = path.endsWith(".toml") ? "" : "tools: Read, Grep, Glob\n";
    assert.equal(prompt, "Look.\n", path);
    assert.deepEqual(file, { path: ".claude/agents/a.md", text: `---\nname: a\ndescription: Looks.\n${tools}---\n\nLook.\n` }, path);
    assert.equal(permissions, "exact", path);
  }
});

test("a host that can only be given more gets no file unless that is allowed", () => {
  const text = "---\nname: a\ndescription: Looks. Use it.\ntools: Read\n---\nLook.\n";
  const path = ".claude/agents/a.md";
  const refused = compile(text, { path, to: "codex-agent" });
  assert.deepEqual([refused.file, refused.permissions], [null, "widened"]);
  assert.deepEqual(refused.losses.map((loss) => loss.severity), ["error"]);
  const wide = compile(text, { path, to: "codex-agent", allowWidening: true });
  assert.equal(wide.file.path, ".codex/agents/a.toml");
  assert.deepEqual(wide.losses.map((loss) => loss.severity), ["warning"]);
});

test("a role of a file with several is chosen by its name or its position", () => {
  const text = "customModes:\n  - {slug: a, name: A, groups: [], roleDefinition: Read.}\n  - {slug: b, name: B, groups: [], roleDefinition: Look.}\n";
  const path = ".roomodes";
  const prompt = (role) => compile(text, { path, to: "plain", role }).prompt;
  assert.deepEqual([prompt(undefined), prompt("b"), prompt(1), prompt("a")], ["Read.\n", "Look.\n", "Look.\n", "Read.\n"]);
  assert.match(compile(text, { path, to: "plain" }).losses.at(-1).message, /Only the first of 2 roles, `a`, was converted/);
  for (const role of ["c", 2]) {
    const none = compile(text, { path, to: "plain", role });
    assert.deepEqual([none.file, none.prompt, none.diagnostics[0].reason], [null, "", "It contains `a`, `b`."]);
  }
  assert.equal(rolewright.matrix(text, { path, role: "b" }).find((row) => row.host === "plain").file.path, "b.md");
  const workspace = rolewright.createWorkspace({ [path]: text });
  assert.equal(workspace.compile(path, { to: "plain", role: "b" }).prompt, "Look.\n");
});

test("the matrix has a row for every host", () => {
  const text = "---\nname: a\ndescription: Looks. Use it.\ntools: Read\n---\nLook.\n";
  const rows = rolewright.matrix(text, { path: ".claude/agents/a.md" });
  assert.deepEqual(rows.map((row) => row.host), hosts().map((host) => host.id));
  const row = (id) => rows.find((row) => row.host === id);
  assert.deepEqual([row("claude-code").loads, row("claude-code").permissions], [true, "exact"]);
  assert.deepEqual([row("codex-agent").loads, row("codex-agent").permissions, row("codex-agent").file], [false, "widened", null]);
  assert.equal(row("plain").permissions, "not-applicable");
  const bare = rolewright.matrix("# A role\n\nLook.\n", { path: "roles/a.md" }).find((row) => row.host === "gemini");
  assert.deepEqual([bare.loads, bare.diagnostics.map((d) => d.rule)], [false, ["missing-field"]]);
});

test("no document throws, and a long one is refused with a diagnostic", () => {
  for (const text of ["", "\0", "---", "---\n: [\n---\n", "{{", "\ud800", "```", "<!--", "\ufeff---\n---\n"]) {
    assert.ok(Array.isArray(check(text).diagnostics));
    assert.equal(typeof compile(text).prompt, "string");
    assert.equal(typeof fix(text).text, "string");
  }
  assert.deepEqual(named(check("a".repeat((1 << 20) + 1))), ["unreadable-file"]);
});

// A real trap at the boundary of the engine: the first instance's `check` runs into an `unreachable`.
const TRAP = `
  import { readFileSync } from "node:fs";
  const trap = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(
    [0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,116,0,0,10,5,1,3,0,0,11])));
  const { Instance, instantiate } = WebAssembly;
  let started = 0;
  const first = ({ exports }) => Object.create(WebAssembly.Instance.prototype, { exports: { value: exports.check && started++ === 0 ? { ...exports, check: trap.exports.t } : exports } });
  WebAssembly.Instance = function (module, imports) { return first(new Instance(module, imports)); };
  WebAssembly.instantiate = async (module, imports) => first(await instantiate(module, imports));
  const bytes = readFileSync(new URL("engine_bg.wasm", process.argv[1]));
  const { default: init, check, compile, EngineCrashed } = await import(process.argv[1]);
  START
  let crashed;
  try { check("x"); } catch (error) { crashed = error; }
  console.log(crashed instanceof EngineCrashed, crashed.cause instanceof WebAssembly.RuntimeError);
  console.log(crashed.message);
  console.log(check("# A\\n").host, compile("# B").prompt.trim(), started);
  await init(bytes);
  console.log(check("# A\\n").host, started);
`;

for (const [entry, start] of [
  ["node", ""],
  ["web", "await init(bytes);"],
  ["inline", "await init();"],
  ["workerd", "await init(new WebAssembly.Module(bytes));"],
]) {
  test(`after a trap ${entry}.js throws EngineCrashed, and the next call runs in a new instance`, () => {
    const address = new URL(`../pkg/${entry}.js`, import.meta.url).href;
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", TRAP.replace("START", start), address], { encoding: "utf8" });
    const lines = out.trim().split("\n");
    assert.equal(lines[0], "true true");
    assert.equal(lines[1], "rolewright: the engine crashed in check(). This is a bug in rolewright. The next call restarts the engine.");
    assert.deepEqual(lines.slice(2), ["plain # B 2", "plain 2"]);
  });
}

// A real panic: the engine relies on validated options, and these were not validated.
const unchecked = { profile: "nonsense" };

test("a panic in the engine keeps its message and its place in the source", async () => {
  const { call } = await import("../pkg/runtime.js");
  assert.equal(check("# A\n").host, "plain");
  assert.throws(() => call(undefined, "check", "x", unchecked), (error) => {
    assert.ok(error instanceof EngineCrashed && error.cause instanceof WebAssembly.RuntimeError);
    assert.match(error.panic.message, /^options of a call: .*unknown variant `nonsense`, expected one of `core`, `recommended`, `style`/);
    assert.match(error.panic.location, /^npm\/src\/input\.rs:\d+:\d+$/);
    assert.equal(error.message, `rolewright: the engine crashed in check(): ${error.panic.message} (${error.panic.location}). This is a bug in rolewright. The next call restarts the engine.`);
    return true;
  });
  assert.equal(check("# A\n").host, "plain");
  // The next instance has the hook too, and does not repeat the last message.
  assert.throws(() => call(undefined, "outline", "x", { host: "nowhere" }), (error) => /unknown host `nowhere`/.test(error.panic.message));
});

// Each start in its own process, because a running engine is not started again.
const inProcess = (script) =>
  execFileSync(process.execPath, ["--input-type=module", "-e", script, new URL("../pkg/", import.meta.url).href], { encoding: "utf8" }).trim();

test("importing starts nothing and touches nothing", () => {
  const script = `
    let touched = [];
    globalThis.fetch = () => touched.push("fetch");
    const real = WebAssembly.Module;
    WebAssembly.Module = class extends real { constructor(x) { super(x); touched.push("Module"); } };
    const before = Object.keys(globalThis).length;
    for (const name of ["web", "node", "workerd", "inline", "worker"]) await import(process.argv[1] + name + ".js");
    console.log(touched.length, Object.keys(globalThis).length - before);`;
  assert.equal(inProcess(script), "0 0");
});

test("a call before the start says what to do, in browsers", () => {
  const script = `
    const { check } = await import(process.argv[1] + "web.js");
    try { check("x"); } catch (error) { console.log(error.message); }`;
  assert.match(inProcess(script), /check\(\) was called before the engine was started. Call `await init\(\)` first/);
});

test("a start is not needed once the engine runs, and loads nothing", () => {
  const script = `
    import { readFileSync } from "node:fs";
    const { default: init, initSync, check } = await import(process.argv[1] + "web.js");
    initSync(readFileSync(new URL(process.argv[1] + "engine_bg.wasm")));
    globalThis.fetch = () => { throw new Error("fetched"); };
    await init();
    console.log(check("# A\\n").host);`;
  assert.equal(inProcess(script), "plain");
});

test("in Node an address of a file that is not there is a promise that fails", () => {
  const script = `
    const { default: init, check } = await import(process.argv[1] + "node.js");
    await init(new URL("file:///no/such.wasm")).catch((error) => console.log(error.code));
    console.log(check("# A\\n").host);`;
  assert.equal(inProcess(script), "ENOENT\nplain");
});

test("a failed start explains itself, and a second one works", () => {
  const script = `
    import { readFileSync } from "node:fs";
    const { default: init, check } = await import(process.argv[1] + "web.js");
    const bytes = readFileSync(new URL(process.argv[1] + "engine_bg.wasm"));
    const page = () => new Response("<!doctype html><p>fallback", { headers: { "content-type": "text/html" } });
    for (const input of [page(), new Response("no", { status: 404 }), new Uint8Array([1, 2, 3, 4]), 42]) {
      await init(input).catch((error) => console.log(error.message));
    }
    const first = init(new Response(bytes, { headers: { "content-type": "application/wasm" } }));
    console.log(first === init());
    await first;
    console.log(check("# A\\n").host);`;
  const lines = inProcess(script).split("\n");
  assert.match(lines[0], /is HTML, not WebAssembly.*did not copy the \.wasm.*rolewright\/wasm\?url/);
  assert.match(lines[1], /returned status 404/);
  assert.match(lines[2], /is not WebAssembly/);
  assert.match(lines[3], /`input` must be a URL/);
  assert.deepEqual(lines.slice(4), ["true", "plain"]);
});

test("the engine starts from a module, bytes, a promise, and from the text of the inline entry", () => {
  for (const start of [
    `(await import(process.argv[1] + "workerd.js")).default(new WebAssembly.Module(bytes))`,
    `(await import(process.argv[1] + "web.js")).default(Promise.resolve(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)))`,
    `(await import(process.argv[1] + "web.js")).initSync(bytes)`,
    `(await import(process.argv[1] + "node.js")).default(new URL(process.argv[1] + "engine_bg.wasm"))`,
    `(await import(process.argv[1] + "inline.js")).default()`,
  ]) {
    const script = `
      import { readFileSync } from "node:fs";
      const bytes = readFileSync(new URL(process.argv[1] + "engine_bg.wasm"));
      await ${start};
      console.log((await import(process.argv[1] + "web.js")).check("# A\\n").host);`;
    assert.equal(inProcess(script), "plain", start);
  }
});

test("an edge runtime without input gets an error that says what it needs", () => {
  const script = `await (await import(process.argv[1] + "workerd.js")).default().catch((error) => console.log(error.message));`;
  assert.match(inProcess(script), /import engine from "rolewright\/wasm"/);
});

test("the digest of the inputs changes with what goes into a prompt, and with nothing else", async () => {
  const { inputDigest } = rolewright;
  const text = "{{include:a.md}}\n{{include:gone.md}} (if exists)\n{{X}}\n";
  const files = { "a.md": "A\n", "unused.md": "1\n" };
  const variables = { A: "1", B: { default: "2", stage: "runtime" } };
  const options = { path: "roles/r.md", files, values: { X: "1", Y: "2" }, variables, templates: { shift: "none", code: "live" } };
  const digest = await inputDigest(text, options);
  assert.match(digest, /^[0-9a-f]{64}$/);
  const same = [
    { ...options, files: { "unused.md": "2\n", "a.md": "A\n" } },
    { ...options, values: { Y: "2", X: "1" }, templates: { code: "live", shift: "none" } },
    { ...options, encoding: "utf-8" },
    { ...options, host: "auto" },
    { ...options, variables: { B: { stage: "runtime", default: "2" }, A: "1" } },
  ];
  for (const other of same) assert.equal(await inputDigest(text, other), digest);
  const changed = [
    [`${text}.`, options],
    [text, { ...options, files: { ...files, "a.md": "B\n" } }],
    [text, { ...options, files: { ...files, "gone.md": "" } }],
    [text, { ...options, values: { X: "2" } }],
    [text, { ...options, variables: { A: "2" } }],
    [text, { ...options, to: "copilot" }],
    [text, { ...options, templates: { shift: "auto" } }],
  ];
  for (const [other, set] of changed) assert.notEqual(await inputDigest(other, set), digest);
  await assert.rejects(inputDigest(text, { value: {} }), /inputDigest: `options` has no `value`/);
});
