#!/usr/bin/env node
// The entry point of the command line. Exit codes: 0, nothing reached the failing severity; 1, something
// did; 2, invalid usage, an unreadable file or an internal error.

import { Usage, parse } from "./arguments.js";
import { Problem } from "./problem.js";
import { EXIT } from "./exit.js";

// A closed pipe (`| head`) is not an error.
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
  if (error instanceof Usage) return `rolewright: ${error.message}\nRun \`rolewright ${error.command ?? ""} --help\` for usage.`.replace("  ", " ");
  if (error instanceof Problem) return error.message;
  return `rolewright: internal error; please report it\n${error?.stack ?? error}`;
}
