#!/usr/bin/env node
// The entry point of the command line: `cli_bg.wasm.br` is the program, `world.js` what it sees of the system.

import { run } from "./run.js";

const words = process.argv.slice(2);

// A command that writes files or waits is told to stop, which takes a thread beside it that listens. Any
// other ends at once.
const mayBeStopped = words.some((word) => /^--(fix|fix-unsafe|watch)$/.test(word));

if (mayBeStopped) await (await import("./beside.js")).runBeside(words);
else process.exitCode = run(words);
