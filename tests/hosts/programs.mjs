// Lets hosts that are programs read what was written for them: OpenCode lists its agents, and Claude Code
// validates a plugin. Both run without an account, in a folder and a home of their own.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const MINUTES = 60_000;
/** At most this many rejections are located one by one; each takes a start of the program. */
const ROUNDS = 12;

/** The program of a package that has one package for each platform. */
function program(folder, scope, prefix, name) {
  const packages = path.join(folder, "node_modules", scope);
  const own = `${prefix}-${process.platform}-${process.arch}`;
  const found = existsSync(packages) ? readdirSync(packages).filter((entry) => entry === own) : [];
  const places = found.flatMap((entry) => [path.join(packages, entry, name), path.join(packages, entry, "bin", name)]);
  return places.find(existsSync);
}

function start(file, args, cwd) {
  const home = path.join(cwd, "home");
  mkdirSync(home, { recursive: true });
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home };
  const options = { cwd, env, encoding: "utf8", timeout: 5 * MINUTES, maxBuffer: 1 << 28 };
  return spawnSync(file, args, options);
}

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Version 1 does not start if one agent violates its schema; else it lists them all. */
function openCode(file, lines, report) {
  const cwd = mkdtempSync(path.join(tmpdir(), "rolewright-opencode-"));
  const agents = new Map(lines.filter((line) => line.loads).map((line, at) => [`role-${at}`, line]));
  const place = (name) => path.join(cwd, ".opencode/agents", `${name}.md`);
  for (const [name, line] of agents) write(place(name), line.text);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { stdout = "", stderr = "", error } = start(file, ["agent", "list"], cwd);
    const listed = listedIn(stdout);
    if (error || (listed.size === 0 && !/\.md/u.test(stderr))) {
      report.skip(`OpenCode does not start (${String(error ?? stderr).split("\n")[0]})`);
      break;
    }
    if (listed.size > 0) {
      const ownName = (name, line) => {
        const [, own] = /^name: (.+)$/mu.exec(line.text.split("\n---\n")[0]) ?? [];
        return own?.startsWith('"') ? JSON.parse(own) : (own ?? name);
      };
      const missing = () => [...agents].filter(([name, line]) => !listed.has(ownName(name, line)));
      // On a busy machine, a few lines of the long list were missing once.
      if (missing().length > 0) for (const name of listedIn(start(file, ["agent", "list"], cwd).stdout ?? "")) listed.add(name);
      agents.forEach(() => report.count("OpenCode"));
      for (const [, line] of missing()) report.differ(line, "OpenCode", "not listed");
      break;
    }
    const name = /agents\/(role-\d+)\.md/u.exec(stderr)?.[1];
    if (!name) break;
    report.differ(agents.get(name), "OpenCode", `refused: ${stderr.split("\n").slice(1, 3).join(" ")}`);
    agents.delete(name);
    rmSync(place(name));
  }
  rmSync(cwd, { recursive: true, force: true });
}

/** The names in OpenCode's list of agents. */
function listedIn(stdout) {
  return new Set([...stdout.matchAll(/^(.+) \((?:primary|subagent|all)\)$/gmu)].map(([, name]) => name));
}

/** The validator says which front matter cannot be parsed, and little more. */
function claudeCode(file, lines, report) {
  const cwd = mkdtempSync(path.join(tmpdir(), "rolewright-claude-"));
  const place = (line, at) => (line.host === "claude-skill" ? `skills/role-${at}/SKILL.md` : `agents/role-${at}.md`);
  const files = new Map(lines.map((line, at) => [path.join(cwd, "plugin", place(line, at)), line]));
  write(path.join(cwd, "plugin/.claude-plugin/plugin.json"), '{ "name": "written", "version": "1.0.0" }\n');
  for (const [name, line] of files) write(name, line.text);
  const { stdout = "", stderr = "", error } = start(file, ["plugin", "validate", "--json", "plugin"], cwd);
  try {
    const contents = new Map(JSON.parse(stdout).contents.map((entry) => [entry.file, entry.errors]));
    for (const [name, line] of files) {
      report.count("Claude Code's validator");
      const errors = contents.get(name) ?? [];
      if (line.loads && errors.length > 0) report.differ(line, "Claude Code", errors[0].message);
    }
  } catch {
    report.skip(`Claude Code's validator does not start (${String(error ?? stderr).split("\n")[0]})`);
  }
  rmSync(cwd, { recursive: true, force: true });
}

/** Hands each program the lines of its hosts. */
export function check(folder, lines, report) {
  const of = (...hosts) => lines.filter((line) => hosts.includes(line.host));
  const programs = [
    ["OpenCode", program(folder, "", "opencode", "opencode"), of("opencode"), openCode],
    ["Claude Code's validator", program(folder, "@anthropic-ai", "claude-code", "claude"), of("claude-code-plugin", "claude-skill"), claudeCode],
  ];
  for (const [title, file, own, run] of programs) {
    if (file) run(file, own, report);
    else report.skip(`${title} is not there`);
  }
}
