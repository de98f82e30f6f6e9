// Runs a command in its own thread, so that this one can receive Ctrl-C. A write in progress finishes first.

import { isatty } from "node:tty";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { run } from "./run.js";
import { supply } from "./world.js";

const SIGNALS = ["SIGINT", "SIGTERM"];

if (!isMainThread) {
  supply(workerData);
  process.exit(run(workerData.words));
}

/** Runs the command that the words name, and sets the exit code. */
export async function runBeside(words) {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  // Only this thread knows how wide the terminal is.
  const widths = [process.stdout, process.stderr].map((stream, at) => (isatty(at + 1) ? stream.columns : undefined));
  const worker = new Worker(new URL(import.meta.url), { workerData: { words, stop, widths } });
  const requestStop = () => {
    Atomics.store(stop, 0, 1);
    Atomics.notify(stop, 0);
  };
  for (const signal of SIGNALS) process.once(signal, requestStop);
  process.exitCode = await new Promise((done) => worker.once("exit", done));
  for (const signal of SIGNALS) process.removeListener(signal, requestStop);
}
