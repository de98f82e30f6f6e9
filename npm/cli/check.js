// `rolewright check`: files in, findings out, one folder at a time, so that memory does not grow with
// the workspace.

import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { EngineCrashed } from "../crash.js";
import { discover, newTally } from "./discover.js";
import { ask, optionsFor } from "./engine.js";
import { EXIT } from "./exit.js";
import { formatter } from "./formats.js";
import { baseOf, isGlob } from "./glob.js";
import { Problem } from "./problem.js";
import { progress } from "./progress.js";
import { readInput, readRole } from "./read.js";
import { overlay } from "./settings.js";
import { styles, widthOf } from "./style.js";
import { inside, openWorkspace } from "./workspace.js";
import { replace } from "./write.js";

const RANK = { info: 0, warning: 1, error: 2 };

/** Checks; the result is the exit code. */
export async function run(options) {
  const style = styles(process.stdout, options.color);
  const workspace = openWorkspace(".", options.config, styles(process.stderr, options.color));
  const over = overlay(options);
  const words = options.paths.length > 0 ? options.paths : ["."];
  const tally = { errors: 0, warnings: 0, infos: 0, fixable: 0, files: 0, fixed: 0, seen: newTally(), unread: 0 };
  const complain = (message) => {
    tally.unread++;
    bar.clear();
    process.stderr.write(`rolewright: ${message}\n`);
  };
  const bar = progress();
  const out = formatter(options.format ?? "text", { style, width: widthOf(process.stdout), workspace });
  const job = { options, workspace, over, tally, complain, bar, out };
  let stopped = false;
  const stop = () => (stopped = true);
  process.once("SIGINT", stop);
  let folder;
  let passed = [];
  let turn = 0;
  for await (const item of items(words, job)) {
    if (item.folder !== folder) {
      emit(passed, job);
      [folder, passed] = [item.folder, []];
    }
    const done = one(item, job);
    if (done) passed.push(done);
    bar.show(tally.files);
    // Lets a signal in: a file that is being written is finished first.
    if (options.fix || options.fixUnsafe || ++turn % 16 === 0) await new Promise((next) => setImmediate(next));
    if (stopped) break;
  }
  emit(passed, job);
  bar.clear();
  process.removeListener("SIGINT", stop);
  out.end(tally);
  if (stopped) {
    process.stderr.write(`rolewright: stopped after ${tally.files} files; none is half written\n`);
    return 130;
  }
  return code(tally, options);
}

async function* items(words, { options, workspace, tally, complain }) {
  if (words.includes("-")) {
    const text = await readInput();
    const path = (options.stdinPath ?? "stdin.md").replaceAll("\\", "/").replace(/^(\.\/|\/)+/, "");
    tally.seen.files++;
    yield { path, text, explicit: true, home: workspace, folder: "-" };
  }
  const done = new Set();
  for (const word of words.filter((word) => word !== "-")) {
    const home = homeOf(word, workspace, options);
    const isRole = (path) => home.config.includes(path) || ask("hostOf", path) !== undefined;
    for (const item of discover([word], home, { isRole, seen: tally.seen, complain, done })) {
      yield { ...item, home, folder: dirname(item.file) };
    }
  }
}

// What lies outside of the workspace belongs to one of its own.
function homeOf(word, workspace, { config }) {
  const file = resolve(word);
  const base = isGlob(word) && !existsSync(file) ? resolve(baseOf(word)) : file;
  if (!existsSync(base) || inside(workspace.root, realpathSync(base)) !== undefined) return workspace;
  return openWorkspace(statSync(base).isDirectory() ? base : dirname(base), config);
}

// Reads, mends and checks one file.
function one({ file, path, text, explicit, home }, job) {
  const { options, over, tally, complain } = job;
  try {
    text ??= readRole(file, path);
    const settings = optionsFor(path, home, over(home.config.optionsFor(path)));
    if ((options.fix || options.fixUnsafe) && file) text = mended(file, path, text, settings, home, job);
    tally.files++;
    // Whoever names a file wants to know everything about it; the others are compared by the folder.
    if (explicit) return { text, home, report: ask("check", text, settings) };
    return { text, home, settings, ...ask("checkOne", text, settings) };
  } catch (error) {
    if (error instanceof EngineCrashed) complain(`${path}: ${error.message}`);
    else if (error instanceof Problem) complain(error.message);
    else throw error;
    return undefined;
  }
}

function mended(file, path, text, settings, home, { options, tally }) {
  const fixed = ask("fix", text, { ...settings, unsafe: Boolean(options.fixUnsafe) });
  if (fixed.text === text) return text;
  replace(file, fixed.text, path);
  home.files.forget(path);
  tally.fixed += fixed.applied.length;
  return fixed.text;
}

// What the files of one folder say of each other is known when all of them were read.
function emit(passed, { options, tally, out, bar }) {
  const claims = passed.filter((file) => file.claim);
  if (claims.length > 1) {
    const found = ask("census", claims.map((file) => file.claim), claims[0].settings);
    for (const diagnostic of found) {
      passed.find((file) => file.report.path === diagnostic.path)?.report.diagnostics.push(diagnostic);
    }
  }
  const failing = RANK[options.severity ?? "error"];
  for (const { report, text, home } of passed) {
    for (const diagnostic of report.diagnostics) {
      tally[`${diagnostic.severity}s`]++;
      if (diagnostic.fix) tally.fixable++;
    }
    if (options.quiet) report.diagnostics = report.diagnostics.filter((d) => RANK[d.severity] >= failing);
    if (report.diagnostics.length > 0) bar.clear();
    out.file(report, text, home);
  }
}

function code(tally, { severity = "error", maxWarnings = Infinity }) {
  if (tally.unread > 0) return EXIT.broken;
  const failing = tally.errors + (severity !== "error" ? tally.warnings : 0) + (severity === "info" ? tally.infos : 0);
  return failing > 0 || tally.warnings > maxWarnings ? EXIT.found : EXIT.fine;
}

