// `rolewright check`: checks files one folder at a time, so that memory use does not grow with the
// workspace.

import { dirname, resolve } from "node:path";
import { EngineCrashed } from "../crash.js";
import { Usage } from "./arguments.js";
import { compare } from "./compare.js";
import { discover, newTally } from "./discover.js";
import { ask, optionsFor } from "./engine.js";
import { EXIT } from "./exit.js";
import { formatter } from "./formats.js";
import { judgeOf, withoutParts } from "./judge.js";
import { Problem } from "./problem.js";
import { progress } from "./progress.js";
import { readInput, readRole } from "./read.js";
import { overlay } from "./settings.js";
import { RANK } from "../severity.js";
import { styles, widthOf } from "./style.js";
import { openWorkspace, workspaceOf } from "./workspace.js";
import { replace } from "./write.js";

const SIGNALS = ["SIGINT", "SIGTERM"];

/** Runs the command and returns its exit code. */
export async function run(options) {
  const job = prepared(options);
  const { tally, bar, out } = job;
  if (options.list) return listed(job);
  const stop = () => (tally.stopped = true);
  for (const signal of SIGNALS) process.once(signal, stop);
  let folder;
  let passed = [];
  let turn = 0;
  for await (const item of items(job)) {
    if (item.folder !== folder) {
      emit(passed, job);
      [folder, passed] = [item.folder, []];
    }
    const done = one(item, job);
    if (done) passed.push(done);
    bar.show(tally.files);
    // Yields so that signals are handled; a write in progress finishes first.
    if (job.fixing || ++turn % 16 === 0) await new Promise((next) => setImmediate(next));
    if (tally.stopped) break;
  }
  emit(passed, job);
  bar.clear();
  for (const signal of SIGNALS) process.removeListener(signal, stop);
  out.end(tally);
  if (tally.stopped) {
    process.stderr.write(`rolewright: interrupted after ${tally.files} files; no file was left partly written\n`);
    return EXIT.stopped;
  }
  return code(tally, job);
}

// `--list`: says which files would be checked, and why, in place of checking them.
async function listed(job) {
  const { tally } = job;
  const lines = [];
  for await (const { path, judged } of items(job)) {
    const { kind = "role", host = "auto", reason = "It was named." } = judged ?? {};
    lines.push(`${path}\t${kind}\t${host}\t${reason}\n`);
  }
  process.stdout.write(lines.join(""));
  for (const [reason, count] of tally.seen.others) process.stderr.write(`skipped: ${count} ${reason}\n`);
  return tally.unread > 0 || (lines.length === 0 && isSearch(job)) ? EXIT.broken : EXIT.fine;
}

// State shared by all files of a run.
function prepared(options) {
  const words = options.paths.length > 0 || options.listed ? options.paths : ["."];
  const format = options.format ?? "text";
  const fixing = Boolean(options.fix || options.fixUnsafe);
  const fixesInput = fixing && words.includes("-");
  if (fixesInput && (words.length > 1 || format !== "text")) {
    throw new Usage("with --fix, standard input must be the only input and --format must be text, because the fixed text is printed", "check");
  }
  // The fixed text goes to standard output so that it can be piped; the report goes to standard error.
  const stream = fixesInput ? process.stderr : process.stdout;
  const workspace = openWorkspace(".", options.config, styles(process.stderr, options.color));
  const bar = progress();
  const tally = {
    files: 0, errors: 0, warnings: 0, infos: 0, fixable: 0, fixed: 0, unread: 0, stopped: false,
    seen: newTally(), problems: [], partly: new Map(), example: undefined,
  };
  const complain = (message) => {
    tally.unread++;
    tally.problems.push(message);
    bar.clear();
    process.stderr.write(`rolewright: ${message}\n`);
  };
  const out = formatter(format, { style: styles(stream, options.color), width: widthOf(stream), workspace, write: (piece) => stream.write(piece) });
  return { options, words, fixing, workspace, over: overlay(options), tally, complain, bar, out };
}

async function* items({ options, words, workspace, over, tally, complain }) {
  if (words.includes("-")) {
    const text = await readInput();
    const path = (options.stdinPath ?? "stdin.md").replaceAll("\\", "/").replace(/^(\.\/|\/)+/, "");
    tally.seen.files++;
    yield { path, text, explicit: true, home: workspace, folder: "-" };
  }
  const done = new Set();
  for (const word of words.filter((word) => word !== "-")) {
    const home = workspaceOf(word, workspace, options.config);
    // A folder that somebody names gets the benefit of the doubt; the whole workspace does not.
    const judge = judgeOf(home, resolve(word) !== home.root, tally.seen);
    const found = discover([word], home, { judge, onlyRoles: options.onlyRoles, seen: tally.seen, complain, done });
    const all = Array.from(found, (item) => ({ ...item, home, folder: dirname(item.file) }));
    const optionsOf = (path, home) => optionsFor(path, home, over(home.config.optionsFor(path)));
    yield* withoutParts(all, optionsOf, tally.seen);
  }
}

// Reads, fixes and checks one file.
function one({ file, path, text, explicit, home }, job) {
  const { over, tally, complain, fixing } = job;
  try {
    text ??= readRole(file, path);
    const settings = optionsFor(path, home, over(home.config.optionsFor(path)));
    if (fixing) text = fixedText(file, path, text, settings, home, job);
    tally.files++;
    return { text, home, settings, explicit, ...ask("checkOne", text, settings) };
  } catch (error) {
    if (error instanceof EngineCrashed) complain(`${path}: ${error.message}`);
    else if (error instanceof Problem) complain(error.message);
    else throw error;
    return undefined;
  }
}

function fixedText(file, path, text, settings, home, { options, tally }) {
  const fixed = ask("fix", text, { ...settings, unsafe: Boolean(options.fixUnsafe) });
  tally.fixed += fixed.applied.length;
  if (!file) process.stdout.write(fixed.text);
  else if (fixed.text !== text) {
    replace(file, fixed.text, path);
    home.files.forget(path);
  }
  return fixed.text;
}

// Cross-file checks of a folder need all of its files.
function emit(passed, job) {
  const { options, tally, out, bar } = job;
  compare(passed, job);
  const failing = RANK[options.severity ?? "error"];
  for (const { report, text, home } of passed) {
    count(report, tally);
    if (options.quiet) report.diagnostics = report.diagnostics.filter((d) => RANK[d.severity] >= failing);
    if (report.diagnostics.length > 0) bar.clear();
    tally.example ??= report.diagnostics[0]?.rule;
    out.file(report, text, home);
  }
}

function count({ path, diagnostics, skipped }, tally) {
  for (const diagnostic of diagnostics) {
    tally[`${diagnostic.severity}s`]++;
    if (diagnostic.fix) tally.fixable++;
  }
  for (const why of skipped) {
    const known = tally.partly.get(why);
    if (known) known.count++;
    else tally.partly.set(why, { count: 1, first: path });
  }
}

// Whether files were searched for, so that finding none is a fault.
const isSearch = ({ options, words }) => words.length > 0 && !options.onlyRoles;

function code(tally, job) {
  const { severity = "error", maxWarnings = Infinity } = job.options;
  if (tally.unread > 0 || (tally.files === 0 && isSearch(job))) return EXIT.broken;
  const failing = tally.errors + (severity !== "error" ? tally.warnings : 0) + (severity === "info" ? tally.infos : 0);
  return failing > 0 || tally.warnings > maxWarnings ? EXIT.found : EXIT.fine;
}
