// Runs the scripts of action.yml, the hooks and the recipes of docs/ci.md as they are written.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { parse } from "yaml";
import { missing, pathIn, root } from "./program.mjs";

const base = mkdtempSync(join(tmpdir(), "rolewright-ci-"));
after(() => rmSync(base, { recursive: true, force: true }));
const skip = process.platform === "win32" ? "needs a POSIX shell" : missing;
const PATH = skip ? process.env.PATH : pathIn(join(base, "bin"));

const read = (path) => readFileSync(join(root, path), "utf8");
const action = parse(read("action.yml"));
const recipes = [...read("docs/ci.md").matchAll(/^```(yaml|sh)\n([^]*?)^```/gm)].map(([, language, text]) => ({ language, text }));
const yaml = recipes.filter(({ language }) => language === "yaml").map(({ text }) => parse(text));
const shell = recipes.filter(({ language }) => language === "sh").map(({ text }) => text);

const role = (tools, name = "reviewer") => `---\nname: ${name}\ndescription: Reviews a change for mistakes. Use when code was changed and needs a second look.\ntools: ${tools}\n---\nReview the change.\n`;
const GOOD = { ".claude/agents/reviewer.md": role("Read, Grep") };
const BAD = { ".claude/agents/reviewer.md": role("Read, Grpe") };
// An error, where an unknown tool is a warning.
const BROKEN = { ".claude/agents/reviewer.md": "---\nname: reviewer\n---\nReview the change.\n" };

/** A folder with these files. */
function folder(files) {
  const at = mkdtempSync(join(base, "work-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
  return at;
}

function run(cwd, program, words, env = {}) {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd, encoding: "utf8", env: { PATH, HOME: base, ...env } });
  return { status, out: stdout, err: stderr };
}

const git = (cwd, ...words) => {
  const author = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"];
  const done = run(cwd, "git", [...author, ...words]);
  assert.equal(done.status, 0, done.err);
};

/** Runs a step of the action as a runner does: with inputs in its environment, in the shell that `bash` means there. */
function step(name, cwd, inputs = {}) {
  const found = action.runs.steps.find((found) => found.name === name);
  assert.equal(found.shell, "bash");
  assert.doesNotMatch(found.run, /\$\{\{/, "an expression in a script could run commands");
  const given = Object.fromEntries(Object.entries(action.inputs).map(([key, input]) => [key, inputs[key] ?? input.default]));
  const fill = (text) => text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, key) => given[key]);
  const env = Object.fromEntries(Object.entries(found.env).map(([key, text]) => [key, fill(text)]));
  const script = join(base, "step.sh");
  writeFileSync(script, found.run);
  const output = join(cwd, "github-output");
  const done = run(cwd, "bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { ...env, RUNNER_TEMP: cwd, GITHUB_OUTPUT: output });
  return { ...done, output: existsSync(output) ? readFileSync(output, "utf8") : "" };
}

test("the action annotates a finding and passes or fails as `check` does", { skip }, () => {
  const warned = step("Check", folder(BAD));
  assert.equal(warned.status, 0, warned.err);
  assert.match(warned.out, /^::warning file=\.claude\/agents\/reviewer\.md,line=4/m);
  assert.equal(step("Check", folder(BAD), { args: "--max-warnings=0\n" }).status, 1);
  assert.equal(step("Check", folder(BROKEN)).status, 1);
});

test("the action takes paths with spaces, one per line", { skip }, () => {
  const cwd = folder({ "my roles/one.md": BAD[".claude/agents/reviewer.md"], "two.md": GOOD[".claude/agents/reviewer.md"] });
  const done = step("Check", cwd, { paths: "my roles/one.md\ntwo.md", args: "--host=claude-code" });
  assert.match(done.out, /file=my roles\/one\.md/);
});

test("an input of the action cannot run a command", { skip }, () => {
  const cwd = folder(GOOD);
  step("Check", cwd, { paths: "$(touch ran)\n; touch ran", args: "`touch ran`" });
  step("Verify compiled files", cwd, { compile: "$(touch ran); touch ran" });
  assert.equal(existsSync(join(cwd, "ran")), false);
});

test("the action writes a SARIF report, with findings or without", { skip }, () => {
  for (const [files, findings] of [[GOOD, 0], [BROKEN, 1]]) {
    const cwd = folder(files);
    const done = step("Write the SARIF report", cwd);
    assert.equal(done.status, 0, done.err);
    assert.equal(done.output, `file=${join(cwd, "rolewright.sarif")}\n`);
    const report = JSON.parse(readFileSync(join(cwd, "rolewright.sarif"), "utf8"));
    assert.ok(report.runs[0].results.filter(({ level }) => level === "error").length >= findings);
  }
  assert.equal(step("Write the SARIF report", folder(GOOD), { paths: "absent.md" }).status, 2);
});

test("the action fails when a compiled file is out of date, and names it", { skip }, () => {
  const cwd = folder({ "roles/reviewer.md": role("Read, Grep"), "roles/other.md": role("Read", "other") });
  const lines = ["roles/reviewer.md --host claude-code --to claude-code --out a.md", "", "roles/other.md --host claude-code --to claude-code --out b.md"];
  const compile = lines.join("\n");
  assert.equal(step("Verify compiled files", cwd, { compile }).status, 1);
  for (const line of lines.filter(Boolean)) assert.equal(run(cwd, "rolewright", ["compile", ...line.split(" ")]).status, 0);
  assert.equal(step("Verify compiled files", cwd, { compile }).status, 0);
  writeFileSync(join(cwd, "b.md"), "changed\n");
  const done = step("Verify compiled files", cwd, { compile });
  assert.equal(done.status, 1);
  assert.deepEqual(done.out.match(/^::error .*$/gm), [`::error title=rolewright compile --check::Not up to date: ${lines[2]}`]);
});

test("the inputs on the page are those of the action", () => {
  const rows = [...read("docs/ci.md").matchAll(/^\| `([\w-]+)` \| (?:`(.*?)`)?/gm)];
  assert.deepEqual(rows.map(([, name]) => name), Object.keys(action.inputs));
  for (const [, name, value = ""] of rows) if (name !== "version") assert.equal(value, action.inputs[name].default, name);
  for (const job of yaml.map(({ jobs }) => jobs?.roles).filter(Boolean)) {
    for (const { uses, with: given } of job.steps) {
      if (uses?.startsWith("OWNER/")) for (const name of Object.keys(given)) assert.ok(name in action.inputs, name);
    }
  }
});

test("the version that the action and the hooks install is that of the package", () => {
  const { version } = JSON.parse(read("npm/package.json"));
  assert.equal(action.inputs.version.default, version);
  for (const { entry } of parse(read(".pre-commit-hooks.yaml"))) {
    for (const [, named] of entry.matchAll(/rolewright@(\S+)/g)) assert.equal(named, version);
  }
});

test("the scripts of the workflows on the page run", { skip }, () => {
  let ran = 0;
  for (const { jobs } of yaml) {
    for (const { run: script } of jobs?.roles.steps ?? []) {
      if (!script) continue;
      ran += 1;
      assert.match(run(folder(BAD), "bash", ["-e", "-c", script]).out, /^::warning /m);
    }
  }
  assert.equal(ran, 1);
});

test("the GitLab jobs write the reports that they hand over", { skip }, () => {
  const jobs = yaml.map(({ roles }) => roles).filter(Boolean);
  assert.equal(jobs.length, 2);
  for (const { script, artifacts } of jobs) {
    const cwd = folder(BROKEN);
    assert.equal(run(cwd, "bash", ["-e", "-c", script.join("\n")]).status, 1);
    const [[kind, file]] = Object.entries(artifacts.reports);
    const report = readFileSync(join(cwd, file), "utf8");
    if (kind === "codequality") assert.equal(JSON.parse(report)[0].location.path, ".claude/agents/reviewer.md");
    else assert.match(report, /<testsuites/);
  }
});

test("the pre-commit hooks check what they are handed and skip what is no role", { skip }, () => {
  const hooks = parse(read(".pre-commit-hooks.yaml"));
  const wanted = yaml.flatMap(({ repos }) => repos ?? []).flatMap(({ hooks }) => hooks.map(({ id }) => id));
  for (const id of wanted) assert.ok(hooks.some((hook) => hook.id === id), id);
  for (const { entry, files } of hooks) {
    const handed = [".claude/agents/reviewer.md", "README.md"];
    for (const path of handed) assert.match(path, new RegExp(files));
    for (const path of [".roomodes", "a/.cursorrules", "a.mdc", ".codex/agents/a.toml"]) assert.match(path, new RegExp(files));
    assert.doesNotMatch("src/main.rs", new RegExp(files));
    const done = (files) => run(folder({ ...files, "README.md": "# Read me\n" }), "sh", ["-c", `${entry} "$@"`, "sh", ...handed]);
    assert.equal(done(GOOD).status, 0);
    assert.equal(done(BROKEN).status, 1);
    assert.doesNotMatch(done(BROKEN).out, /README/);
  }
});

test("pre-commit itself accepts and runs the hooks", { skip: skip || (run(base, "sh", ["-c", "command -v pre-commit"]).status !== 0 && "pre-commit is not installed") }, () => {
  const hooks = folder({});
  copyFileSync(join(root, ".pre-commit-hooks.yaml"), join(hooks, ".pre-commit-hooks.yaml"));
  git(hooks, "init", "--quiet");
  git(hooks, "add", ".");
  git(hooks, "commit", "--quiet", "-m", "hooks");
  for (const id of ["rolewright", "rolewright-native"]) {
    for (const [files, status] of [[GOOD, 0], [BROKEN, 1]]) {
      const cwd = folder(files);
      git(cwd, "init", "--quiet");
      git(cwd, "add", ".");
      const done = run(cwd, "pre-commit", ["try-repo", hooks, id, "--all-files"]);
      assert.equal(done.status, status, done.out + done.err);
    }
  }
});

test("the hook for git stops a commit with an error", { skip }, () => {
  const script = shell.find((text) => text.startsWith("#!"));
  for (const [files, status] of [[GOOD, 0], [BROKEN, 1]]) {
    const cwd = folder({ ...files, "README.md": "# Read me\n" });
    git(cwd, "init", "--quiet");
    writeFileSync(join(cwd, ".git/hooks/pre-commit"), script);
    chmodSync(join(cwd, ".git/hooks/pre-commit"), 0o755);
    git(cwd, "add", ".");
    const done = run(cwd, "git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "roles"]);
    assert.equal(done.status === 0, status === 0, done.out + done.err);
  }
});

// The commands for any shell, in the order of the page: files, and how each run must end.
const COMMANDS = [
  { files: GOOD, status: 0 },
  { files: BROKEN, status: 1, prepare: branch },
  { files: BROKEN, status: 0 },
  { files: { "roles/reviewer.md": role("Read"), ".claude/agents/reviewer.md": "old\n" }, status: 1 },
];

/** A commit on origin/main, and what the branch adds to it. */
function branch(cwd) {
  git(cwd, "init", "--quiet");
  git(cwd, "commit", "--quiet", "--allow-empty", "-m", "main");
  git(cwd, "update-ref", "refs/remotes/origin/main", "HEAD");
  git(cwd, "add", ".");
  git(cwd, "commit", "--quiet", "-m", "roles");
}

test("the commands for any shell run as written", { skip }, () => {
  const scripts = shell.filter((text) => !text.startsWith("#!"));
  assert.equal(scripts.length, COMMANDS.length);
  scripts.forEach((script, at) => {
    const { files, status, prepare } = COMMANDS[at];
    const cwd = folder(files);
    prepare?.(cwd);
    const done = run(cwd, "sh", ["-e", "-c", script]);
    assert.equal(done.status, status, `${script}${done.out}${done.err}`);
  });
});
