// `rolewright compile FILE`: compiles one role to a host file and reports errors and losses on standard
// error.

import { readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
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
import { openWorkspace, workspaceOf } from "./workspace.js";
import { replace } from "./write.js";

/** Runs the command and returns its exit code. */
export async function run(options) {
  const { paths, to, out, map, prompt, check, color } = options;
  if (paths.length === 0) throw new Usage('compile requires a FILE, or "-" for standard input', "compile");
  if (to !== undefined && !hostIds.includes(to)) {
    throw new Usage(`--to: unknown host "${to}"${hint(to, hostIds)}`, "compile");
  }
  if (check && !out) throw new Usage("--check requires --out FILE to compare with", "compile");
  const style = styles(process.stderr, color);
  const workspace = workspaceOf(paths[0], openWorkspace(".", options.config, style), options.config);
  const { text, path, file } = await source(paths[0], options, workspace);
  for (const [flag, target] of [["--out", out], ["--map", map]]) {
    if (target && file && resolve(target) === file) throw new Usage(`${flag} would overwrite the role itself; choose another file`, "compile");
  }
  const settings = optionsFor(path, workspace, overlay(options)(workspace.config.optionsFor(path)));
  const done = ask("compile", text, { ...settings, to, allowWidening: options.allowWidening, map: map !== undefined });
  const failed = tell(done, text, path, { style, width: widthOf(process.stderr), workspace });
  // Without a prompt there is nothing to write or to compare.
  if (done.diagnostics.some((d) => d.rule === "unreadable-file" && d.path === path && d.severity === "error")) return EXIT.broken;
  // Where the host could only be given more than the role may do, there is no file.
  if (!prompt && !done.file) {
    if (out || map) process.stderr.write("rolewright: nothing was written\n");
    return EXIT.found;
  }
  const result = prompt ? done.prompt : done.file.text;
  const files = [[out, result], [map, map && mapOf(done, result, map, out ?? done.file?.path ?? path, workspace.root)]].filter(([name]) => name);
  if (check) return files.map(([name, text]) => fresh(name, text)).every(Boolean) && !failed ? EXIT.fine : EXIT.found;
  if (failed && files.length > 0) {
    process.stderr.write("rolewright: nothing was written\n");
    return EXIT.found;
  }
  for (const [name, text] of files) replace(name, text);
  if (!out) process.stdout.write(result);
  return failed ? EXIT.found : EXIT.fine;
}

async function source(word, { stdinPath = "stdin.md" }, workspace) {
  if (word === "-") return { text: await readInput(), path: stdinPath.replaceAll("\\", "/").replace(/^(\.\/|\/)+/, "") };
  const problems = [];
  const found = [...discover([word], workspace, { isRole: () => false, seen: newTally(), complain: (why) => problems.push(why) })];
  if (found.length !== 1) throw new Problem(`rolewright: ${problems[0] ?? `${word}: compile takes exactly one file`}`);
  return { text: readRole(found[0].file, word), path: found[0].path, file: found[0].file };
}

// Only errors and losses; `check` reports the rest.
function tell({ diagnostics, losses }, text, path, { style, width, workspace }) {
  const write = (piece) => process.stderr.write(piece);
  const serious = diagnostics.filter(({ severity }) => severity === "error");
  const told = formatter("text", { style, width, workspace, write });
  told.file({ diagnostics: serious, path }, text);
  for (const loss of losses) {
    const from = loss.path === path ? text : (workspace.files.text(loss.path) ?? "");
    const place = { path: loss.path, text: from, start: loss.range.start.offset, end: loss.range.end.offset };
    const help = loss.severity === "error" ? "Use --allow-widening to write the file with more permissions." : undefined;
    write(`${frame({ severity: loss.severity, help, title: "loss", message: loss.message.replace(/\.$/, ""), style, width, ...place })}\n`);
  }
  return serious.length > 0 || losses.some(({ severity }) => severity === "error");
}

function fresh(file, text) {
  let now;
  try {
    now = readFileSync(resolve(file), "utf8");
  } catch {
    process.stderr.write(`rolewright: ${file} does not exist\n`);
    return false;
  }
  if (now !== text) process.stderr.write(`rolewright: ${file} is out of date\n`);
  return now === text;
}

// The map covers the prompt; the front matter before it in a host file maps to nothing. A file that encodes
// the prompt (JSON) has no mappings at all. Paths in a map are relative to the map's own folder.
function mapOf(done, result, mapFile, file, root) {
  const parsed = JSON.parse(done.map);
  const at = result.lastIndexOf(done.prompt);
  const before = result.slice(0, Math.max(at, 0));
  const from = (name, base) => relative(dirname(resolve(mapFile)), resolve(base, name)).replaceAll(sep, "/");
  const own = { file: from(file, "."), sources: parsed.sources.map((source) => from(source, root)) };
  return `${JSON.stringify({ ...parsed, ...own, mappings: at < 0 ? "" : ";".repeat(before.split("\n").length - 1) + parsed.mappings })}\n`;
}
