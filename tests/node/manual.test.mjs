// Builds the manual and checks it: every link and anchor leads somewhere, nothing is fetched from elsewhere, the
// structure is accessible, links into the playground open what the page shows, and every example runs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { after, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { manual } from "../../docs/manual/build.mjs";
import { missing, pathIn, program, root } from "./program.mjs";

const files = await manual();
const html = [...files].filter(([path]) => path.endsWith(".html"));
const read = (path) => readFileSync(join(root, path), "utf8");
const rules = JSON.parse(read("docs/rules.json"));
const base = mkdtempSync(join(tmpdir(), "rolewright-manual-"));
after(() => rmSync(base, { recursive: true, force: true }));

const ids = (text) => [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
const entities = (text) => text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

test("there is a page for every rule and every host, and each is linked from its list", () => {
  for (const { name } of rules) {
    assert.ok(files.has(`rules/${name}.html`), name);
    assert.ok(files.get("rules/index.html").includes(`href="${name}.html"`), name);
  }
  for (const { id } of JSON.parse(read("docs/hosts.json"))) {
    assert.ok(files.has(`hosts/${id}.html`), id);
    assert.ok(files.get("hosts/index.html").includes(`href="${id}.html"`), id);
  }
});

test("every link leads to a page and an anchor that exist", () => {
  const broken = [];
  for (const [path, text] of html) {
    for (const [, target] of text.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^https?:/.test(target)) continue;
      const [file, anchor] = entities(target).split("#");
      const to = file ? posix.normalize(posix.join(posix.dirname(path), file)) : path;
      // The playground and its icon are next to the manual.
      if (["../index.html", "../icons/icon.svg"].includes(to)) continue;
      const found = files.get(to);
      if (found === undefined || (anchor && !ids(found).includes(anchor))) broken.push(`${path}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

test("no page fetches anything from elsewhere, and the policy says so", () => {
  for (const [path, text] of html) {
    assert.doesNotMatch(text, /<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//, path);
    assert.doesNotMatch(text, /<script(?![^>]* src=)|\son\w+="|\sstyle="/, path);
    assert.match(text, /Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'/, path);
  }
  assert.doesNotMatch(files.get("manual.css"), /url\(|@import/);
  assert.doesNotMatch(files.get("manual.js"), /https?:\/\//);
});

test("every page has a language, a title, one main heading, no skipped level and no id twice", () => {
  const titles = new Set();
  for (const [path, text] of html) {
    assert.match(text, /^<!doctype html>\n<html lang="en">/, path);
    titles.add(/<title>([^<]+)<\/title>/.exec(text)[1]);
    const main = /<main[^>]*>([^]*)<\/main>/.exec(text)[1];
    const levels = [...main.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    assert.equal(levels.filter((level) => level === 1).length, 1, path);
    levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, `${path}: h${level} after h${levels[at - 1]}`));
    const all = ids(text);
    assert.deepEqual(all.filter((id, at) => all.indexOf(id) !== at), [], path);
    assert.equal(text.match(/aria-current="page"/g)?.length ?? 0, /^(rules|hosts)\/(?!index)/.test(path) ? 0 : 1, path);
  }
  assert.equal(titles.size, html.length);
});

test("the search index has every page, with its words and without markup", () => {
  const index = JSON.parse(files.get("search.json"));
  assert.deepEqual(index.map(({ path }) => path).sort(), html.map(([path]) => path).sort());
  const page = index.find(({ path }) => path === "rules/tool-case.html");
  assert.match(page.text, /Claude Code recognizes Bash but silently ignores bash/);
  assert.doesNotMatch(page.text, /<\/?(?:p|code|h\d)>|&lt;/);
  // A result shows the title above the text.
  assert.match(page.text, /^A tool name differs from the host's only in case\. Severity warning, profile core, with a safe fix\. /);
});

test("on a narrow screen, the navigation is one step away, and cells have the names of their columns", () => {
  for (const [path, text] of html) {
    assert.match(text, /<a class="menu" href="#pages">Contents<\/a>/, path);
    assert.match(text, /<nav class="pages" id="pages" /, path);
  }
  assert.match(files.get("rules/index.html"), /<td data-label="severity">warning<\/td><td data-label="profile">core<\/td><td data-label="fix">/);
});

test("an empty file of an example is not an empty box, and a rule says where its example is reported", () => {
  const page = files.get("rules/broken-reference.html");
  assert.match(page, /With <code>skills\/filing\/references\/order\.md<\/code>:<\/p>\s*<p>\(empty file\)<\/p>/);
  for (const { name, reach } of rules) assert.ok(files.get(`rules/${name}.html`).includes(reach.slice(0, 12)), name);
});

test("the link of a rule opens its example in the playground", () => {
  for (const { name, path, bad, files: others } of rules) {
    const [, fragment] = /<a href="\.\.\/\.\.\/index\.html#1([\w-]+)">Open in the playground<\/a>/.exec(files.get(`rules/${name}.html`)) ?? assert.fail(name);
    const project = JSON.parse(inflateRawSync(Buffer.from(fragment, "base64url")));
    assert.deepEqual([project.f, project.e], [{ [path]: bad, ...others }, path]);
  }
});

test("invisible characters of an example are spelled out", () => {
  assert.match(files.get("rules/bidi-control.html"), /⟨U\+202E⟩/);
  for (const [path, text] of html) assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u{e0000}-\u{e007f}]/u, path);
});

test("the page about configuration names every setting of the schema", () => {
  const page = files.get("configuration.html");
  const schema = JSON.parse(read("npm/schema.json"));
  for (const name of Object.keys(schema.properties)) assert.ok(page.includes(`<td><code>${name}</code></td>`), name);
  assert.doesNotMatch(page, /undefined|\[object/);
});

test("every setting says what it means, and the hosts are linked", () => {
  const page = files.get("configuration.html");
  for (const [, row] of page.matchAll(/<tr>(<td>[^]*?)<\/tr>/g)) assert.doesNotMatch(row, /<td[^>]*><\/td>/, row);
  assert.match(page, /<td[^>]*><code>auto<\/code> or a <a href="hosts\/index\.html">host<\/a><\/td>/);
});

test("the page of a host has the name that people know, and says how it is written in settings", () => {
  const page = files.get("hosts/claude-code.html");
  assert.match(page, /<h1[^>]*>Claude Code subagent<\/h1>/);
  assert.match(page, /<p>In settings and on the command line: <code>claude-code<\/code>\. Identified by its name field/);
});

// An example is a sequence of blocks: `LANGUAGE FILE` writes a file, `sh` runs, and a `text` after it is what is printed.
const skip = process.platform === "win32" ? "needs a POSIX shell" : missing;
const PATH = skip ? process.env.PATH : pathIn(join(base, "bin"));

for (const page of ["docs/manual/start.md", "docs/manual/conversion.md"]) {
  test(`the examples of ${page} run as written`, { skip }, () => {
    const cwd = mkdtempSync(join(base, "page-"));
    const blocks = [...read(page).matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```/gm)];
    let printed = null;
    for (const [, language, more, text] of blocks) {
      if (language === "sh") {
        const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", text], { cwd, encoding: "utf8", env: { PATH, HOME: base } });
        assert.equal(status, Number(/exit=(\d)/.exec(more ?? "")?.[1] ?? 0), text + stdout + stderr);
        printed = stdout;
      } else if (language === "text") {
        assert.equal(printed, text);
      } else if (more) {
        mkdirSync(dirname(join(cwd, more)), { recursive: true });
        writeFileSync(join(cwd, more), text);
      }
    }
    assert.ok(printed !== null, "nothing ran");
  });
}

test("the READMEs show what the command line prints", { skip }, () => {
  for (const [page, tools] of [["README.md", "Read, Grpe"], ["npm/README.md", "Read, bash"]]) {
    const cwd = mkdtempSync(join(base, "readme-"));
    mkdirSync(join(cwd, ".claude/agents"), { recursive: true });
    const front = `name: reviewer\ndescription: Reviews a change for mistakes. Use when code was changed.\ntools: ${tools}`;
    writeFileSync(join(cwd, ".claude/agents/reviewer.md"), `---\n${front}\n---\nReview the change.\n`);
    const shown = /^```(?:text)?\n(warning\[[^]*?)^```/m.exec(read(page))[1];
    const { status, stdout } = spawnSync("rolewright", ["check", ".claude/agents"], { cwd, encoding: "utf8", env: { PATH, HOME: base } });
    assert.equal(status, 0, stdout);
    assert.equal(stdout.slice(0, shown.length), shown, page);
  }
});

test("the README's template and conversion work as written", { skip }, () => {
  const blocks = [...read("README.md").matchAll(/^```\n([^]*?)^```/gm)].map(([, text]) => text);
  const cwd = mkdtempSync(join(base, "readme-"));
  for (const folder of [".claude/agents", "shared"]) mkdirSync(join(cwd, folder), { recursive: true });
  writeFileSync(join(cwd, "shared/style.md"), "# Style\n\n## Tone\n\nBe kind.\n");
  const template = blocks.find((text) => text.startsWith("{{include:"));
  writeFileSync(join(cwd, ".claude/agents/reviewer.md"), `---\nname: reviewer\ndescription: Reviews a change for mistakes. Use when code was changed.\ntools: Read\n---\n${template}`);
  const run = (script) => spawnSync("sh", ["-e", "-c", script], { cwd, encoding: "utf8", env: { PATH, HOME: base } });
  assert.equal(run("rolewright compile .claude/agents/reviewer.md --prompt").stdout, "## Tone\n\nBe kind.\n\nAnswer in English.\n");
  const done = run(blocks.find((text) => text.startsWith("rolewright compile")));
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /opencode +exact[^]*copilot +exact/);
});

test("the example of rolewright.json is accepted", { skip }, () => {
  const cwd = mkdtempSync(join(base, "config-"));
  const page = files.get("configuration.html");
  const example = /<figcaption><code>rolewright\.json<\/code><\/figcaption><pre[^>]*><code[^>]*>([^]*?)<\/code>/.exec(page)[1];
  writeFileSync(join(cwd, "rolewright.json"), entities(example));
  writeFileSync(join(cwd, "role.md"), "# Reviewer\n\nReview the change to {{PRODUCT}}.\n");
  const { status, stdout, stderr } = spawnSync(program, ["check", "role.md"], { cwd, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
});

test("the examples of the page about templates expand without an error", { skip }, () => {
  const [template, declarations] = [...read("docs/templates.md").matchAll(/^```\w*\n([^]*?)^```/gm)].map(([, text]) => text);
  const cwd = mkdtempSync(join(base, "templates-"));
  mkdirSync(join(cwd, "shared"));
  writeFileSync(join(cwd, "shared/rules.md"), "Be exact.\n");
  writeFileSync(join(cwd, "role.md"), `---\n${declarations}---\n${template}`);
  const words = ["compile", "role.md", "--host", "plain", "--prompt", "--value", "PRODUCT=Mill"];
  const { status, stdout, stderr } = spawnSync(program, words, { cwd, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, "You review changes to Mill.\n\nBe exact.\n\nRead these, if they exist:\n");
});
