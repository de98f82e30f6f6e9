// `rolewright compile FILE`: one role in, the file of a host out. What is wrong or lost is told on
// standard error.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { hostIds } from "../names.js";
import { hint } from "../nearest.js";
import { Usage } from "./arguments.js";
import { discover, newTally } from "./discover.js";
import { ask, optionsFor } from "./engine.js";
import { EXIT } from "./exit.js";
import { formatter } from "./formats.js";
import { frame } from "./frame.js";
import { Problem } from "./problem.js";
import { readInput, readRole } from "./read.js";
import { overlay } from "./settings.js";
import { styles, widthOf } from "./style.js";
import { openWorkspace } from "./workspace.js";
import { replace } from "./write.js";

/** Compiles; the result is the exit code. */
export async function run(options) {
  const { paths, to, out, map, prompt, check, color } = options;
  if (paths.length === 0) throw new Usage('compile needs a FILE, or "-" for standard input', "compile");
  if (to !== undefined && !hostIds.includes(to)) {
    throw new Usage(`--to: there is no host "${to}"${hint(to, hostIds)}`, "compile");
  }
  if (check && !out) throw new Usage("--check compares with the file of --out: name it", "compile");
  const style = styles(process.stderr, color);
  const workspace = openWorkspace(".", options.config, style);
  const { text, path } = await source(paths[0], options, workspace);
  const settings = optionsFor(path, workspace, overlay(options)(workspace.config.optionsFor(path)));
  const done = ask("compile", text, { ...settings, to, allowWidening: options.allowWidening, map: map !== undefined });
  const failed = tell(done, text, path, { style, width: widthOf(process.stderr), workspace });
  const result = prompt ? done.prompt : done.file.text;
  if (check) return fresh(out, result) && !failed ? EXIT.fine : EXIT.found;
  if (failed && (out || map)) {
    process.stderr.write("rolewright: nothing was written\n");
    return EXIT.found;
  }
  if (map) replace(map, sourceMap(done, result, out ?? done.file.path));
  if (out) replace(out, result);
  else process.stdout.write(result);
  return failed ? EXIT.found : EXIT.fine;
}

async function source(word, { stdinPath = "stdin.md" }, workspace) {
  if (word === "-") return { text: await readInput(), path: stdinPath.replaceAll("\\", "/").replace(/^(\.\/|\/)+/, "") };
  const problems = [];
  const found = [...discover([word], workspace, { isRole: () => false, seen: newTally(), complain: (why) => problems.push(why) })];
  if (found.length !== 1) throw new Problem(`rolewright: ${problems[0] ?? `${word}: compile takes one file`}`);
  return { text: readRole(found[0].file, word), path: found[0].path };
}

// Errors and losses; hints are for `check`.
function tell({ diagnostics, losses }, text, path, { style, width, workspace }) {
  const write = (piece) => process.stderr.write(piece);
  const serious = diagnostics.filter(({ severity }) => severity === "error");
  const told = formatter("text", { style, width, workspace, write });
  told.file({ diagnostics: serious, path }, text);
  for (const loss of losses) {
    const from = loss.path === path ? text : (workspace.files.text(loss.path) ?? "");
    const place = { path: loss.path, text: from, start: loss.range.start.offset, end: loss.range.end.offset };
    write(`${frame({ severity: loss.severity, title: "loss", message: loss.message.replace(/\.$/, ""), style, width, ...place })}\n`);
  }
  return serious.length > 0 || losses.some(({ severity }) => severity === "error");
}

function fresh(file, text) {
  let now;
  try {
    now = readFileSync(resolve(file), "utf8");
  } catch {
    process.stderr.write(`rolewright: ${file} is not there\n`);
    return false;
  }
  if (now !== text) process.stderr.write(`rolewright: ${file} is not up to date\n`);
  return now === text;
}

// The engine maps the prompt; a host file has its head before it, whose lines map to nothing.
function sourceMap({ map, prompt }, result, file) {
  const parsed = JSON.parse(map);
  const before = result.endsWith(prompt) ? result.slice(0, result.length - prompt.length) : "";
  return `${JSON.stringify({ ...parsed, file, mappings: ";".repeat(before.split("\n").length - 1) + parsed.mappings })}\n`;
}
