#!/usr/bin/env node
// The command line: arguments in, an exit code out. 0: nothing at or above the failing severity;
// 1: something; 2: wrong usage, an unreadable file or a mistake of rolewright's own.

import { Usage, parse } from "./arguments.js";
import { Problem } from "./problem.js";
import { EXIT } from "./exit.js";

// A reader that went away (`| head`) has seen what it wanted.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? EXIT.fine : EXIT.broken));
process.stderr.on("error", () => {});

const COMMANDS = {
  check: () => import("./check.js"),
  compile: () => import("./compile.js"),
  rules: () => import("./rules.js"),
  hosts: () => import("./hosts.js"),
  init: () => import("./init.js"),
  help: () => import("./help.js"),
  version: () => import("./version.js"),
};

try {
  const { command, options } = parse(process.argv.slice(2));
  const { run } = await COMMANDS[command]();
  process.exitCode = await run(options);
} catch (error) {
  process.exitCode = EXIT.broken;
  process.stderr.write(`${complaint(error)}\n`);
}

function complaint(error) {
  if (error instanceof Usage) return `rolewright: ${error.message}\nTry \`rolewright ${error.command ?? ""} --help\`.`.replace("  ", " ");
  if (error instanceof Problem) return error.message;
  return `rolewright: a mistake of rolewright's own, please report it\n${error?.stack ?? error}`;
}
