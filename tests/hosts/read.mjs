// Reads what was written for the hosts with the published readers of YAML and JSON, and with the hosts'
// own loaders where they are published for Node. Takes the lines of `conversions` from standard input and
// the folders of the packages as its arguments; prints one line for each difference and then the counts.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { check } from "./programs.mjs";

const folder = process.argv[2];
const require = createRequire(path.join(folder, "package.json"));
const jsYaml = require("js-yaml");
const yaml = require("yaml");

const readers = {
  "js-yaml": (text) => jsYaml.load(text),
  "yaml 1.2": (text) => yaml.parse(text, { version: "1.2", logLevel: "silent" }),
  "yaml 1.1": (text) => yaml.parse(text, { version: "1.1", logLevel: "silent" }),
};

const counts = new Map();
const differences = [];
const count = (what) => counts.set(what, (counts.get(what) ?? 0) + 1);
const differ = (line, reader, what) =>
  differences.push(`${line.source} for ${line.host}, ${reader}: ${what}`);

/** The role inside a YAML or JSON file. */
function roleOf(line, root) {
  const steps = (line.roles ?? "").split(".").filter(Boolean);
  return steps.reduce((value, step) => {
    if (step === "*") return Object.values(value)[0];
    return step.endsWith("[]") ? value[step.slice(0, -2)][0] : value[step];
  }, root);
}

const shown = (value) => JSON.stringify(value)?.slice(0, 160);
const squeezed = (text) => text.trim().replace(/^When this applies: .*\n\n/u, "");

function compare(line, reader, role) {
  if (line.description !== null && line.descriptionField) {
    const found = role?.[line.descriptionField];
    const same = typeof found === "string" && found.trim() === line.description.trim();
    if (!same) differ(line, reader, `description ${shown(found)} instead of ${shown(line.description)}`);
  }
  const name = line.nameField && role?.[line.nameField];
  if (name != null && typeof name !== "string") differ(line, reader, `name ${shown(name)}`);
}

function parts(line, role) {
  const texts = line.prompts.map((name) => role[name] ?? "");
  // The first two of three say who the role is and what it is for.
  const own = texts.length > 2 ? texts.slice(2) : texts;
  return own.map((text) => text.replace(/^\n+|\n+$/gu, "")).filter(Boolean).join("\n\n");
}

function readText(line) {
  // No published reader of TOML is among the packages; Python has one.
  if (line.syntax === "toml") return;
  if (line.syntax === "json") {
    const role = roleOf(line, JSON.parse(line.text));
    count("JSON");
    compare(line, "JSON", role);
    if (role[line.prompts[0]] !== line.prompt) differ(line, "JSON", "another prompt");
    return;
  }
  const isFrontMatter = line.syntax === "markdown";
  if (isFrontMatter && !line.frontMatter) return;
  const [, head, body] = isFrontMatter ? (line.text.match(/^---\n((?:[\s\S]*?\n)??)---\n([\s\S]*)$/u) ?? []) : [, line.text];
  for (const [reader, read] of Object.entries(readers)) {
    count(reader);
    let role;
    try {
      // One of them rejects an empty text.
      const root = head.trim() === "" ? {} : read(head);
      role = isFrontMatter ? (root ?? {}) : roleOf(line, root);
    } catch (error) {
      differ(line, reader, `cannot be read: ${String(error.message).split("\n")[0]}`);
      continue;
    }
    compare(line, reader, role);
    const prompt = isFrontMatter ? squeezed(body) : parts(line, role);
    if (prompt.trim() !== line.prompt.trim()) differ(line, reader, "another prompt");
  }
}

/** The loader of each host, as `(line) => reason why it is refused, or null`. What stops a host when the
 * role starts is refused as well. */
const loaders = {};

try {
  const module = (name) =>
    import(pathToFileURL(path.join(folder, "node_modules/@google/gemini-cli-core/dist/src/agents", name)));
  const [gemini, { templateString }] = await Promise.all([module("agentLoader.js"), module("utils.js")]);
  // What its local executor fills in.
  const inputs = { query: "", cliVersion: "", activeModel: "", today: "" };
  loaders.gemini = async (line) => {
    try {
      const [agent] = await gemini.parseAgentMarkdown(line.path, line.text);
      if (agent.system_prompt !== line.prompt.trim()) return "another prompt";
      templateString(agent.system_prompt, inputs);
      return null;
    } catch (error) {
      return error.message;
    }
  };
} catch (error) {
  console.log(`skipped: Gemini's loader does not start (${String(error.message).split("\n")[0]})`);
}

try {
  const roo = require("@roo-code/types");
  loaders.roo = async (line) => {
    const read = roo.customModesSettingsSchema.safeParse(yaml.parse(line.text));
    return read.success ? null : read.error.issues.map((issue) => issue.message).join("; ");
  };
} catch (error) {
  console.log(`skipped: Roo's schema does not start (${String(error.message).split("\n")[0]})`);
}

try {
  const chunks = path.join(folder, "node_modules/@qwen-code/qwen-code/chunks");
  const isManager = (name) => readFileSync(path.join(chunks, name), "utf8").includes("var SubagentManager = class");
  const file = existsSync(chunks) && readdirSync(chunks).filter((name) => name.endsWith(".js")).find(isManager);
  if (!file) throw new Error("the package has no SubagentManager");
  const { SubagentManager, templateString } = await import(pathToFileURL(path.join(chunks, file)));
  // What an agent is started with.
  const context = { get_keys: () => ["task_prompt", "hook_context"], get: () => "" };
  const manager = new SubagentManager({ getToolRegistry: () => undefined });
  loaders.qwen = async (line) => {
    try {
      const agent = manager.parseSubagentContent(line.text, line.path, "project");
      if (agent.systemPrompt.trim() !== line.prompt.trim()) return "another prompt";
      templateString(agent.systemPrompt, context);
      return null;
    } catch (error) {
      return error.message;
    }
  };
} catch (error) {
  console.log(`skipped: Qwen's loader does not start (${String(error.message).split("\n")[0]})`);
}

const forPrograms = [];
for await (const text of createInterface({ input: process.stdin })) {
  const line = JSON.parse(text);
  readText(line);
  if (["opencode", "claude-code-plugin", "claude-skill"].includes(line.host)) forPrograms.push(line);
  const loader = loaders[line.host];
  if (!loader) continue;
  count(`the loader of ${line.host}`);
  const refused = await loader(line);
  if (refused !== null && line.loads) differ(line, "its loader", `refused: ${refused.replaceAll("\n", " ")}`);
  else if (refused === null && !line.loads && line.sound) differ(line, "its loader", "loads, but an error was reported");
}
check(process.argv[3] ?? folder, forPrograms, { count, differ, skip: (why) => console.log(`skipped: ${why}`) });
for (const difference of differences) console.log(`different: ${difference}`);
for (const [what, number] of counts) console.log(`${what}: ${number} files`);
console.log(`${differences.length} differences`);
process.exit(differences.length === 0 ? 0 : 1);
