#!/usr/bin/env node
// The entry point of the command line: `cli_bg.wasm.br` is the program, `world.js` what it sees of the system.

import { run } from "./run.js";

const words = process.argv.slice(2);

// A command that writes files or waits is asked to stop, so a second thread listens for Ctrl-C. Any other
// command ends at once.
const mayBeStopped = words.some((word) => /^--(fix|fix-unsafe|watch)$/.test(word));

if (mayBeStopped) await (await import("./beside.js")).runBeside(words);
else process.exitCode = run(words);
