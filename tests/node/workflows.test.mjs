// Checks the workflows, the action and the issue forms: actions pinned by hash, the least permissions, no
// expression inside a script, and only commands that exist.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { root } from "./program.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const list = (folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith(".yml")).map((name) => `${folder}/${name}`);
const WORKFLOWS = list(".github/workflows");
const workflows = WORKFLOWS.map((path) => [path, parse(read(path))]);
const steps = workflows.flatMap(([path, { jobs }]) => Object.values(jobs).flatMap((job) => (job.steps ?? []).map((step) => [path, step])));

// Who may write, and what.
const MAY_WRITE = {
  "pages.yml deploy": ["pages", "id-token"],
  "release.yml npm": ["id-token"],
  "release.yml crates": ["id-token"],
  "release.yml github": ["contents"],
};

test("every action is pinned by its full hash, with the version beside it, and always the same one", () => {
  const pins = new Map();
  for (const path of [...WORKFLOWS, "action.yml", "docs/ci.md", "npm/README.md"]) {
    for (const [, use] of read(path).matchAll(/\buses: (.+)/g)) {
      if (use.startsWith("./") || use === "OWNER/rolewright@COMMIT") continue;
      const [, name, hash] = /^([\w./-]+)@([\da-f]{40}) # v\d+\.\d+\.\d+$/.exec(use) ?? assert.fail(`${path}: ${use}`);
      assert.equal(pins.get(name) ?? hash, hash, name);
      pins.set(name, hash);
    }
  }
  assert.ok(pins.size >= 7, `${pins.size} actions`);
});

test("workflows may read, and only the jobs that publish may write", () => {
  const found = {};
  for (const [path, { permissions, jobs }] of workflows) {
    assert.deepEqual(permissions, { contents: "read" }, path);
    for (const [name, job] of Object.entries(jobs)) {
      const writes = Object.entries(job.permissions ?? {}).filter(([, access]) => access === "write").map(([scope]) => scope);
      if (writes.length > 0) found[`${path.split("/").at(-1)} ${name}`] = writes;
    }
  }
  assert.deepEqual(found, MAY_WRITE);
});

test("no script contains an expression, and no checkout leaves credentials behind", () => {
  for (const [path, step] of steps) {
    assert.doesNotMatch(step.run ?? "", /\$\{\{/, path);
    if (step.uses?.startsWith("actions/checkout@")) assert.equal(step.with?.["persist-credentials"], false, path);
  }
});

test("what is published is built without a cache, and never twice at the same time", () => {
  for (const [path, { concurrency, jobs }] of workflows) {
    if (path.endsWith("test.yml")) continue;
    assert.equal(concurrency?.["cancel-in-progress"], false, path);
    for (const { uses, with: given } of Object.values(jobs).flatMap(({ steps = [] }) => steps)) {
      if (uses?.startsWith("actions/setup-node@")) assert.equal(given["package-manager-cache"], false, path);
    }
  }
});

test("tasks and packages that the workflows name exist", () => {
  const tasks = read("xtask/src/arguments.rs");
  const manifests = [read("core/Cargo.toml"), read("cli/Cargo.toml")].join();
  for (const [, { run = "" }] of steps) {
    for (const [, task] of run.matchAll(/cargo xtask (\w+)/g)) assert.ok(tasks.includes(`task("${task}",`), task);
    for (const [, name] of run.matchAll(/cargo .* -p ([\w-]+)/g)) assert.ok(manifests.includes(`name = "${name}"`), name);
  }
});

test("a job waits only for jobs of its workflow, and a called workflow exists", () => {
  for (const [path, { jobs }] of workflows) {
    for (const { needs = [], uses } of Object.values(jobs)) {
      for (const name of [needs].flat()) assert.ok(name in jobs, `${path}: ${name}`);
      if (uses) assert.ok(existsSync(join(root, uses)), uses);
    }
  }
});

test("issue forms have what a form needs, and no field twice", () => {
  const forms = list(".github/ISSUE_TEMPLATE").filter((path) => !path.endsWith("config.yml"));
  assert.equal(forms.length, 3);
  for (const path of forms) {
    const { name, description, body } = parse(read(path));
    assert.ok(name && description, path);
    const fields = body.filter(({ type }) => type !== "markdown");
    assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length, path);
    for (const { type, attributes } of fields) {
      assert.ok(["input", "textarea", "dropdown", "checkboxes"].includes(type), path);
      assert.ok(attributes.label, path);
      if (type === "dropdown") assert.ok(attributes.options.length > 1, path);
    }
    assert.ok(fields.some(({ validations }) => validations?.required), path);
  }
});
