// `rolewright check` and the small commands: which files are checked, what is printed, and the exit codes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { A, B, FIRST, MAIN, NATIVE, PROGRAM, folder, role, run, runUnprivileged, template } from "./command.mjs";

test("a clean workspace says so and exits with 0", () => {
  const { code, out, err } = run(folder({ [A]: role("a"), "README.md": "# Read me\n" }), ["check"]);
  assert.equal(out, "1 file checked: no problems\n2 files found; skipped: 1 documentation\n");
  assert.deepEqual([code, err], [0, ""]);
});

test("a finding in an included file is shown with the line of that file", () => {
  const files = { [A]: `${role("a")}\n{{include:shared/x.md}}\n`, "shared/x.md": "{{include:y.md}}\n" };
  const { out } = run(folder(files), ["check"]);
  assert.match(out, / --> shared\/x\.md:1:11\n +\|\n +1 \| \{\{include:y\.md\}\}\n/);
});

test("a finding is shown with its line, its reason and its fix", () => {
  const { code, out } = run(folder({ [A]: role("a", "Read, bash") }), ["check"]);
  assert.equal(code, 0, "warnings do not fail");
  assert.equal(
    out,
    `warning[tool-case]: Tool \`bash\` is spelled \`Bash\` in Claude Code
 --> .claude/agents/a.md:4:14
  |
4 | tools: Read, bash
  |              ^^^^
  |
  = why: Claude Code silently ignores tool names it does not recognize.
  = fix: Replace \`bash\` with \`Bash\` (--fix)

1 file checked: 1 warning; 1 fixable with --fix
Run \`rolewright rules tool-case\` for details on this rule.
`,
  );
});

test("colors are used only on request", () => {
  const root = folder({ [A]: role("a", "Read, bash") });
  const escape = "\x1b[";
  assert.ok(!run(root, ["check"]).out.includes(escape));
  assert.ok(run(root, ["check", "--color", "always"]).out.includes(`${escape}33m`));
  assert.ok(run(root, ["check"], { env: { FORCE_COLOR: "1" } }).out.includes(escape));
  assert.ok(!run(root, ["check"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).out.includes(escape));
});

// The one of util-linux; others have different options.
const noTerminal = spawnSync("script", ["--version"]).status !== 0 && "there is no `script` to open a terminal";

test("on a terminal, colors are on and no frame is wider than it", { skip: noTerminal }, () => {
  const root = folder({ "a.md": `# A\n\n${"word by word, ".repeat(20)}and see \u202ethis.\n` });
  const command = [PROGRAM, ...FIRST, "check", "a.md"].map((word) => `'${word}'`).join(" ");
  const on = (env) => spawnSync("script", ["-qec", `stty rows 24 cols 48; exec ${command}`, "/dev/null"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH, TERM: "xterm", ...env } }).stdout;
  const text = on({});
  assert.ok(text.includes("\x1b[31m"), text);
  const plain = on({ NO_COLOR: "1" });
  assert.ok(!plain.includes("\x1b["), plain);
  const frames = plain.split("\r\n").filter((line) => /^\d* +\|/.test(line));
  assert.ok(frames.length >= 3 && frames.every((line) => line.length <= 48), plain);
});

test("wide characters, tabs and invisible characters are underlined where they appear", () => {
  const { out } = run(folder({ "a.md": "# A\n\n漢字 😀\tx \u202e y\n" }), ["check", "a.md"]);
  const [line, marks] = out.split("\n").slice(3, 5);
  assert.equal(line, "3 | 漢字 😀 x ⟨U+202E⟩ y");
  // Each of the first three takes two cells.
  assert.equal(marks, "  |           ^^^^^^^^");
});

test("of many places the first are shown and the others named by line", () => {
  const { out } = run(folder({ "a.md": `# A\n\n${Array.from({ length: 12 }, (_, n) => `See /home/ann/${n}.md and so on.\n`).join("\n")}` }), ["check", "a.md"]);
  assert.equal(out.match(/- also here/g).length, 6);
  assert.match(out, /\n {3}= also: lines 17, 19, 21, 23, 25\n/);
});

test("a place that lies outside of what is shown of a line gets a window of its own", () => {
  const line = `${"x ".repeat(20)}/home/ann/a.md ${"y ".repeat(300)}/home/ann/b.md ${"z ".repeat(40)}`;
  const { out } = run(folder({ "a.md": `# A\n\n${line}\n` }), ["check", "a.md"], { env: { COLUMNS: "80" } });
  const rows = out.split("\n").filter((row) => /^(3 | {2})\||^\.\.\./.test(row));
  const marked = (at) => {
    const from = rows[at + 1].search(/[-^]/);
    return rows[at].slice(from, from + /[-^]+/.exec(rows[at + 1])[0].length);
  };
  const shown = rows.findIndex((row) => row.startsWith("3 |"));
  assert.equal(marked(shown), "/home/ann/a.md");
  assert.equal(rows[shown + 2], "...");
  assert.equal(marked(shown + 3), "/home/ann/b.md");
});

test("a range over several lines is marked where it begins and where it ends", () => {
  const { out } = run(folder({ "a.md": "# A\n\n````\nx\n\n# B\n" }), ["check", "a.md"]);
  assert.match(out, /^(error|warning|info)\[unclosed-fence\]/);
});

test("a long line is cut around the range, in a narrow terminal too", () => {
  const root = folder({ "a.md": `# A\n\n${"word ".repeat(60)}\u202e${" more".repeat(60)}\n` });
  const { out } = run(root, ["check", "a.md"], { env: { COLUMNS: "40" } });
  for (const line of out.split("\n").filter((line) => /^( *\d+)? \|/.test(line))) assert.ok(line.length <= 42, line);
  assert.match(out, /3 \| ….*⟨U\+202E⟩.*…/);
});

test("control characters of a document never reach the terminal", () => {
  const { out } = run(folder({ [A]: role("a", "Read, \x1b[31mred") }), ["check", A]);
  assert.ok(!out.includes("\x1b"));
  assert.match(out, /⟨U\+001B⟩/);
});

test("the failing severity and the number of warnings decide the exit code", () => {
  const root = folder({ [A]: role("a", "Read, bash") });
  assert.equal(run(root, ["check"]).code, 0);
  assert.equal(run(root, ["check", "--severity", "warning"]).code, 1);
  assert.equal(run(root, ["check", "--max-warnings", "0"]).code, 1);
  assert.equal(run(root, ["check", "--max-warnings", "1"]).code, 0);
  assert.equal(run(root, ["check", "--rule", "tool-case=error"]).code, 1);
  assert.equal(run(root, ["check", "--rule=tool-case=off", "--severity", "info"]).code, 0);
});

test("a workspace without roles says what to do, and exits with 2", () => {
  const { code, out } = run(folder({ "README.md": "# Read me\n" }), ["check"]);
  assert.equal(code, 2);
  assert.match(out, /^no roles found; name a file or folder, or add a glob to `include` in rolewright\.json\n/);
});

test("a file that is checked in part is named with the reason", () => {
  const root = folder({ ".roomodes": "[1]\n", "sub/.roomodes": "[2]\n" });
  assert.match(run(root, ["check"]).out, /not fully checked: \.roomodes and 1 more\. No role was found in this YAML file/);
  const json = JSON.parse(run(root, ["check", "--format", "json"]).out);
  assert.match(json.files[0].skipped[0], /No role was found in this YAML file/);
  const sarif = JSON.parse(run(root, ["check", "--format", "sarif"]).out);
  const [{ executionSuccessful, toolExecutionNotifications }] = sarif.runs[0].invocations;
  assert.deepEqual([executionSuccessful, toolExecutionNotifications.map((note) => note.level)], [true, ["note"]]);
});

test("SARIF says what could not be read", () => {
  const { code, out } = run(folder({ [A]: role("a") }), ["check", ".", "gone.md", "--format", "sarif"]);
  assert.equal(code, 2);
  const [invocation] = JSON.parse(out).runs[0].invocations;
  assert.equal(invocation.executionSuccessful, false);
  assert.match(invocation.toolExecutionNotifications[0].message.text, /gone\.md: no such file/);
});

test("of the files that a hook names, --only-roles checks those that a run over their folder would", () => {
  const root = folder({
    [A]: role("a", "bash"),
    ".claude/agents/old.md": role("old", "bash"),
    ".claude/agents/secret.md": role("secret", "bash"),
    "README.md": "# Read me\n\n```\n",
    "prompts/p.md": "# P\n",
    ".gitignore": "secret.md\n",
    "rolewright.json": '{ "ignore": ["**/old.md"], "include": ["prompts"] }',
  });
  const words = [A, ".claude/agents/old.md", ".claude/agents/secret.md", "README.md", "prompts/p.md"];
  const paths = (more) => JSON.parse(run(root, ["check", "--format", "json", ...more, ...words]).out).files.map((file) => file.path);
  assert.deepEqual(paths(["--only-roles"]), [A, "prompts/p.md"]);
  assert.deepEqual(paths([]), words);
});

test("a comment silences what holds between two files", () => {
  const twin = role("x").replace("name: x", "# rolewright-ignore duplicate-role-name: twins\nname: x");
  const { code, out } = run(folder({ [A]: role("x"), [B]: twin }), ["check"]);
  assert.deepEqual([code, out], [0, "2 files checked: no problems\n"]);
});

test("two files of a folder that claim one name are found without reading all of them at once", () => {
  const { code, out } = run(folder({ [A]: role("x"), [B]: role("x") }), ["check", "--format", "json"]);
  assert.equal(code, 1);
  const found = JSON.parse(out).files.flatMap((file) => file.diagnostics);
  assert.deepEqual(found.map((d) => [d.rule, d.path]), [["duplicate-role-name", B]]);
});

test("a named file is compared with its neighbors, in time however many are named", () => {
  const files = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`.claude/agents/r${String(n).padStart(3, "0")}.md`, role(`r${n === 7 || n === 300 ? 599 : n}`)]));
  const root = folder(files);
  const paths = Object.keys(files);
  const twins = (words) => JSON.parse(run(root, ["check", "--format", "json", ...words]).out).files.filter((file) => file.diagnostics.some((d) => d.rule === "duplicate-role-name")).map((file) => file.path);
  assert.deepEqual(twins([paths[7]]), [paths[7]]);
  assert.deepEqual(twins(paths.slice(0, 40)), [paths[7]]);
  const started = Date.now();
  assert.deepEqual(twins(paths), [paths[7], paths[300], paths[599]]);
  assert.ok(Date.now() - started < 20_000);
  assert.deepEqual(twins(["."]), [paths[300], paths[599]]);
});

test(".gitignore, the configuration and links decide what is looked at", () => {
  const root = folder({
    [A]: role("a"),
    ".claude/agents/old/b.md": role("b", "bash"),
    ".claude/agents/gone/c.md": role("c", "bash"),
    ".claude/agents/gone/kept.md": role("kept"),
    ".gitignore": "# a comment\n/.claude/agents/gone/*\n!kept.md\n",
    "rolewright.json": '{ "ignore": [".claude/agents/old"], "include": ["roles/**/*.md"] }',
    "roles/deep/d.md": "# D\n",
    "node_modules/x/.claude/agents/e.md": role("e", "bash"),
  });
  const elsewhere = folder({ "secret.md": role("secret", "bash") });
  symlinkSync(join(elsewhere, "secret.md"), join(root, ".claude/agents/link.md"));
  symlinkSync(root, join(root, ".claude/agents/loop"));
  const { out } = run(root, ["check", "--format", "json"]);
  assert.deepEqual(JSON.parse(out).files.map((file) => file.path), [A, ".claude/agents/gone/kept.md", "roles/deep/d.md"]);
  assert.match(run(root, ["check"]).out, /skipped: .*1 link that cannot be followed/);
  const named = run(root, ["check", ".claude/agents/link.md"]);
  assert.equal(named.code, 2);
  assert.match(named.err, /symbolic links out of the workspace are not followed/);
});

test("settings change by glob, and the command line has the last word", () => {
  const root = folder({
    [A]: role("a", "bash"),
    [B]: role("b", "bash"),
    "rolewright.json": `{ "rules": { "tool-case": "error" }, "overrides": [{ "files": ["**/b.md"], "rules": { "tool-case": "off" } }] }`,
  });
  const severities = (words) => JSON.parse(run(root, ["check", "--format", "json", ...words]).out).files.map((f) => f.diagnostics.map((d) => d.severity));
  assert.deepEqual(severities([]), [["error"], []]);
  assert.deepEqual(severities(["--rule", "tool-case=info"]), [["info"], ["info"]]);
});

test("a configuration is found upwards, and a mistake in it is shown in its place", () => {
  const root = folder({ "deep/er/x.txt": "", "rolewright.json": '{\n  "profil": "core",\n  "rules": { "tool-cas": "off" },\n  "host": 3\n}\n' });
  const { code, err } = run(join(root, "deep/er"), ["check"]);
  assert.equal(code, 2);
  assert.match(err, /unknown setting "profil"\n --> .*rolewright\.json:2:3\n  \|\n2 \|   "profil": "core",\n  \|   \^{8}\n  \|\n  = help: Did you mean "profile"\?/);
  assert.match(err, /unknown rule "tool-cas"[^]*Did you mean "tool-case"\?/);
  assert.match(err, /rolewright\.json:4:11\n/);
  writeFileSync(join(root, "rolewright.json"), '{ "include": ["[z-a].md"] }');
  assert.match(run(root, ["check"]).err, /invalid glob "\[z-a\]\.md"[^]*rolewright\.json:1:15\n/);
  writeFileSync(join(root, "rolewright.json"), '// Comments are fine,\n{ "rules": {}, } // and a comma after the last value');
  assert.equal(run(root, ["check"]).err, "");
});

test("wrong usage says what was meant and exits with 2", () => {
  const root = folder({});
  for (const [words, message] of [
    [["chek"], /unknown command "chek"; did you mean "check"\?/],
    [["check", "--fromat", "json"], /unknown option --fromat; did you mean --format\?/],
    [["check", "--format", "jsn"], /--format must be .*did you mean "json"\?/],
    [["check", "--host", "claude-cod"], /unknown host "claude-cod"; did you mean "claude-code"\?/],
    [["check", "--rule", "x=off"], /--rule: unknown rule "x"; `rolewright rules` lists them\n/],
    [["check", "--host", "bogus"], /--host: unknown host "bogus"; `rolewright hosts` lists them\n/],
    [["compile", "a.md", "--to", "bogus"], /--to: unknown host "bogus"; `rolewright hosts` lists them\n/],
    [["hosts", "bogus"], /unknown host "bogus"; `rolewright hosts` lists them\n/],
    [["rules", "x"], /unknown rule "x"; `rolewright rules` lists them\n/],
    [["check", "--rule", "tool-case"], /--rule must be NAME=VALUE/],
    [["check", "--max-warnings", "-1"], /must be a whole number/],
    [["check", "--value"], /--value requires a value/],
    [["compile"], /compile requires a FILE/],
    [["check", "[z-a].md"], /invalid glob "\[z-a\]\.md"/],
    [["rules", "tool-cas"], /did you mean "tool-case"\?/],
  ]) {
    const { code, out, err } = run(root, words);
    assert.deepEqual([code, out], [2, ""], words.join(" "));
    assert.match(err, message);
  }
  assert.equal(run(root, []).code, 2);
  assert.equal(run(root, ["--help"]).code, 0);
  assert.match(run(root, ["--version"]).out, /^\d+\.\d+\.\d+\n$/);
});

test("what cannot be read is named, the rest is checked, and the exit code is 2", () => {
  const root = folder({ [A]: role("a"), "b.md": Buffer.from([0xff, 0xfe, 0x41]), "c.md": Buffer.from([0x89, 0x50, 0, 1, 0xff]) });
  const { code, out, err } = run(root, ["check", "missing.md", "b.md", "c.md", A, "none/*.md"]);
  assert.equal(code, 2);
  assert.match(out, /1 file checked/);
  assert.match(err, /missing\.md: no such file/);
  assert.match(err, /b\.md: cannot be read: not valid UTF-8/);
  assert.match(err, /c\.md: cannot be read: binary file/);
  assert.match(err, /none\/\*\.md: no file matches/);
});

test("a folder and a file without permission are named, and the rest is checked", { skip: process.platform === "win32" && "Windows keeps permissions elsewhere" }, () => {
  const root = folder({ ".claude/agents/closed/a.md": role("a"), ".claude/agents/b.md": role("b"), ".claude/agents/c.md": role("c") });
  chmodSync(join(root, ".claude/agents/closed"), 0);
  chmodSync(join(root, ".claude/agents/b.md"), 0);
  const { code, out, err } = runUnprivileged(root, ["check"]);
  chmodSync(join(root, ".claude/agents/closed"), 0o755);
  assert.equal(code, 2);
  assert.match(out, /^1 file checked: no problems\n/);
  assert.match(err, /closed: cannot be listed: permission denied/);
  assert.match(err, /b\.md: cannot be read: permission denied/);
});

test("a file that may not be written stays as it is, and is named", { skip: process.platform === "win32" && "Windows keeps permissions elsewhere" }, () => {
  const root = folder({ "a.md": "No \u202ex\n" });
  chmodSync(join(root, "a.md"), 0o444);
  const { code, out, err } = runUnprivileged(root, ["check", "a.md", "--fix"]);
  assert.equal(code, 2);
  assert.match(err, /a\.md: cannot be written: permission denied/);
  assert.match(out, /bidi-control[^]*1 file checked: 1 error/, "what is left is reported");
  assert.doesNotMatch(out, /applied/);
  assert.equal(readFileSync(join(root, "a.md"), "utf8"), "No \u202ex\n");
  assert.deepEqual(readdirSync(root), ["a.md"]);
});

test("a file of 10 MB is refused with a finding, quickly", () => {
  const root = folder({ [A]: "word ".repeat(2_000_000) });
  const started = Date.now();
  const { code, out } = run(root, ["check"]);
  assert.equal(code, 1);
  assert.match(out, /error\[unreadable-file\]: File is too large to check \(10,000,000 bytes\)/);
  assert.ok(Date.now() - started < 10_000);
});

test("standard input is checked as the path it would have", () => {
  const { code, out } = run(folder({}), ["check", "-", "--stdin-path", A, "--format", "json"], { input: role("a", "Read, bash") });
  assert.equal(code, 0);
  const [file] = JSON.parse(out).files;
  assert.deepEqual([file.path, file.host, file.diagnostics[0].rule], [A, "claude-code", "tool-case"]);
});

test("a reader that goes away ends the run quietly", () => {
  const root = folder(Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`.claude/agents/r${n}.md`, role(`r${n}`, "Read, bash")])));
  const { stdout, stderr } = spawnSync("sh", ["-c", '"$@" check | head -n 1', "sh", PROGRAM, ...FIRST], { cwd: root, encoding: "utf8" });
  assert.match(stdout, /^warning\[tool-case\]/);
  assert.equal(stderr, "");
});

/** Roles with a mistake each, enough for several batches. */
const many = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`p${n % 10}/.claude/agents/r${n}.md`, role(`r${n}`, `Read, Frobnicate${n}`)]));

test("threads that share a folder say the same as one that checks the files by name", () => {
  const root = folder(many);
  const shared = run(root, ["check", "--format", "json"]);
  const alone = run(root, ["check", "--format", "json", ...Object.keys(many)]);
  const files = (output) => JSON.parse(output.out).files.map(({ path, diagnostics }) => [path, diagnostics]).sort();
  assert.equal(shared.code, alone.code);
  assert.equal(files(shared).length, 600);
  assert.deepEqual(files(shared), files(alone));
});

test("a thread that does not start is done without", { skip: NATIVE && "the native program has no script for threads" }, () => {
  const copy = folder({});
  cpSync(dirname(dirname(MAIN)), copy, { recursive: true });
  rmSync(join(copy, "cli/helper.js"));
  const root = folder(many);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, "cli/main.js"), "check"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, env: { PATH: process.env.PATH } });
  const whole = run(root, ["check"]);
  assert.deepEqual([status, stdout, stderr], [whole.code, whole.out, whole.err]);
});

// Prints the command's peak memory in KiB to standard error: Node itself, or GNU time.
const MEASURED = NATIVE
  ? ["/usr/bin/time", "--format=%M", NATIVE]
  : [process.execPath, "--import", "data:text/javascript,process.on('exit',()=>process._rawDebug(process.resourceUsage().maxRSS))", MAIN];
const unmeasured = NATIVE && !existsSync(MEASURED[0]) && "there is no /usr/bin/time";

test("a workspace of 10,000 files is done in well under a minute, in memory that does not grow with it", { skip: unmeasured }, (context) => {
  const measured = (count) => {
    const filler = Array.from({ length: 150 }, (_, n) => `Review change ${n}, and name the file and the line of each remark.\n\n`).join("");
    const files = Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n % 100}/.claude/agents/r${n}.md`, role(`r${n}`) + filler]));
    const root = folder(files);
    const started = Date.now();
    const { status, stdout, stderr } = spawnSync(MEASURED[0], [...MEASURED.slice(1), "check"], { cwd: root, encoding: "utf8", env: { PATH: process.env.PATH } });
    assert.deepEqual([status, stdout], [0, `${count.toLocaleString("en-US")} files checked: no problems\n`]);
    assert.ok(Date.now() - started < 60_000);
    return Number(stderr);
  };
  // 110 MB of text pass through. Each thread of Node has its own heap, which the collector lets grow to a size.
  const threads = NATIVE ? 1 : Math.min(availableParallelism(), 4);
  const [few, many] = [measured(500), measured(10_000)];
  context.diagnostic(`500 files: ${few} KiB; 10,000 files: ${many} KiB`);
  assert.ok(few > 1000 && many < few + threads * 40 * 1024, `${few} and ${many} KiB`);
});

test("a file of another workspace is judged with that one's files and settings", () => {
  const other = folder({ ...template, "rolewright.json": '{ "rules": { "undefined-variable": "off" } }' });
  const { code, out } = run(folder({}), ["check", join(other, "roles/a.md"), "--format", "json"]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out).files.map((file) => file.diagnostics.map((d) => d.rule)), [[]]);
});

test("rules and hosts explain themselves", () => {
  const root = folder({});
  assert.match(run(root, ["rules"]).out, /^tool-case +warning +/m);
  assert.match(run(root, ["rules", "tool-case"]).out, /^tool-case: warning, profile core, with a safe fix\n/);
  assert.match(run(root, ["hosts"]).out, /^claude-code +Claude Code subagent/m);
  assert.match(run(root, ["hosts", "claude-code"]).out, /\nFiles\n  \.claude\/agents/);
  assert.equal(JSON.parse(run(root, ["hosts", "--format", "json"]).out)[0].id, "claude-code");
});

test("init writes a configuration that check reads, once", () => {
  const root = folder({ [A]: role("a") });
  assert.equal(run(root, ["init"]).code, 0);
  assert.equal(run(root, ["check"]).code, 0);
  const again = run(root, ["init"]);
  assert.deepEqual([again.code, again.out], [2, ""]);
  assert.match(again.err, /already exists/);
});

test("init names the schema where it is installed, and nothing that is not there", () => {
  const bare = folder({});
  run(bare, ["init"]);
  assert.deepEqual(Object.keys(JSON.parse(readFileSync(join(bare, "rolewright.json"), "utf8"))), ["profile", "rules", "include", "ignore"]);
  const installed = folder({ "node_modules/rolewright/schema.json": "{}" });
  run(installed, ["init"]);
  assert.equal(JSON.parse(readFileSync(join(installed, "rolewright.json"), "utf8")).$schema, "./node_modules/rolewright/schema.json");
});

test("a suppression comment silences its finding and no other", () => {
  const text = role("a", "Read, bash").replace("tools:", "# rolewright-ignore tool-case: on purpose\ntools:");
  const { out } = run(folder({ [A]: text }), ["check"]);
  assert.equal(out, "1 file checked: no problems\n");
});

test("the summary says which option applies the fixes", () => {
  const skill = "---\nname: filing\ndescription: Files letters. Use when a letter arrives.\n---\n\nFollow [the order](../order.md).\n";
  const files = { "skills/filing/SKILL.md": skill, "skills/filing/references/order.md": "" };
  const root = folder({ [A]: role("a", "Read, bash"), ...files });
  assert.match(run(root, ["check"]).out, /; 1 fixable with --fix, 1 more with --fix-unsafe\n/);
  assert.match(run(root, ["check", "--fix"]).out, /; 1 fixable with --fix-unsafe\n1 fix applied\n/);
});

test("only files that exist are counted as found", () => {
  const root = folder({ "a.md": "# A\n" });
  assert.equal(run(root, ["check", "gone.md"]).out, "0 files checked\n");
  assert.equal(run(root, ["check", "none/*.md"]).out, "0 files checked\n");
  assert.equal(run(root, ["check", "gone.md", "a.md"]).out, "1 file checked: no problems\n");
});

test("a file that the engine refuses is not counted as checked", () => {
  const root = folder({ "a.md": "# A\n", "b.md": Buffer.from("\ufeff# B\n", "utf16le") });
  const lines = run(root, ["check", "a.md", "b.md"]).out.split("\n").slice(-4);
  assert.deepEqual(lines, ["1 file checked: 1 error", "2 files found; skipped: 1 unreadable", "Run `rolewright rules unreadable-file` for details on this rule.", ""]);
});

test("problems in the baseline are hidden, and the summary says so", () => {
  const root = folder({ [A]: role("a", "Read, bash") });
  const words = ["check", "--baseline", "known.json"];
  assert.equal(run(root, [...words, "--update-baseline"]).code, 0);
  assert.match(run(root, words).out, /^1 file checked: no new problems; 1 hidden by the baseline\n/);
  writeFileSync(join(root, B), role("b", "Read, grep"));
  assert.match(run(root, words).out, /\n2 files checked: 1 warning; 1 fixable with --fix; 1 hidden by the baseline\n/);
});

test("--quiet shows the warnings that --max-warnings counts", () => {
  const root = folder({ [A]: role("a", "Read, bash") });
  assert.doesNotMatch(run(root, ["check", "--quiet"]).out, /tool-case/);
  const { code, out } = run(root, ["check", "--quiet", "--max-warnings", "0"]);
  assert.equal(code, 1);
  assert.match(out, /^warning\[tool-case\]/);
});

test("an explained rule shows the other files of its example", () => {
  const root = folder({});
  assert.match(run(root, ["rules", "long-prompt"]).out, /\nIncorrect \([^)]+\):\n[^]*\nCorrect:\n[^]*\nWith shared\/most\.md:\n    \S/);
  assert.match(run(root, ["rules", "broken-reference"]).out, /\nWith skills\/filing\/references\/order\.md:\n    \(empty file\)\n$/);
  const sarif = JSON.parse(run(folder({ [A]: role("a") }), ["check", "--format", "sarif"]).out);
  const help = (id) => sarif.runs[0].tool.driver.rules.find((rule) => rule.id === id).help.markdown;
  assert.match(help("long-prompt"), /\n\nWith `shared\/most\.md`:\n\n````text\n/);
  assert.match(help("broken-reference"), /\n\nWith `skills\/filing\/references\/order\.md`:\n\n\(empty file\)\n$/);
});

test("a described host says how well it is known, and no line is too long", () => {
  const { out } = run(folder({}), ["hosts", "claude-code"]);
  assert.match(out, /\n {2}1,048,576 bytes\n/);
  assert.match(out, /\nFacts: checked against the host's own code, version \d[\d.]*\.\nSource: /);
  assert.ok(out.split("\n").every((line) => line.length <= 100), out);
});

test("a setting of the wrong type is told every type that it can have", () => {
  const root = folder({ "rolewright.json": '{ "variables": { "TEAM": 3 } }' });
  assert.match(run(root, ["check"]).err, /^error\[rolewright\.json\]: must be a string or an object\n/);
});
