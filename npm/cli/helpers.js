// Divides the check of many files among threads. A helper is a second run of the same command in a thread of its
// own, with the program that the first thread has compiled. It finds the same files, checks some of them, hands
// the results over to the first thread, and writes nothing.

import { availableParallelism } from "node:os";
import { MessageChannel, Worker, isMainThread, receiveMessageOnPort, workerData } from "node:worker_threads";

// Each takes tens of megabytes.
const MOST_THREADS = 4;
// A helper that has been silent for this long does not answer anymore.
const PATIENCE_MS = 10_000;
// The numbers that the threads share: of the messages so far, of the helpers that have ended, of the first
// thread's turn, and how many parts of each turn have been claimed. A turn is the check of one batch of files.
const [SENT, ENDED, TURN, CLAIMED] = [0, 1, 2, 3];
const MOST_TURNS = 1 << 12;

// No batch has as many parts.
const NONE = 2 ** 32 - 1;

const own = isMainThread ? undefined : workerData?.helper;
let shared = own?.shared;
let command;
const ports = [];
let turn = -1;
let alone = 0;
let results = [];

/** Takes note of the program and its arguments, for helpers. */
export function prepare(module, words) {
  command = { module, words };
}

/** Whether this thread is a helper. */
export const isHelper = () => own !== undefined;

/** Starts the helpers, if there are processors for them. */
export function startHelpers() {
  if (!isMainThread || shared) return;
  const count = Math.min(availableParallelism(), MOST_THREADS) - 1;
  if (count < 1) return;
  shared = new Int32Array(new SharedArrayBuffer(4 * (CLAIMED + MOST_TURNS)));
  for (let at = 0; at < count; at += 1) {
    const { port1, port2 } = new MessageChannel();
    const helper = { shared, port: port2 };
    const options = { workerData: { ...command, helper }, transferList: [port2], execArgv: [] };
    const worker = new Worker(new URL("./helper.js", import.meta.url), options);
    // The first thread does what a helper has not done.
    worker.on("error", () => {});
    worker.unref();
    port1.unref();
    ports.push(port1);
  }
}

/** Begins the next batch. */
export function nextTurn() {
  turn += 1;
  alone = 0;
  if (!shared) return;
  if (!own) {
    Atomics.store(shared, TURN, turn);
    Atomics.notify(shared, TURN);
    return;
  }
  // Results that nobody takes yet fill the memory.
  for (let first; (first = Atomics.load(shared, TURN)) < turn - 1; ) Atomics.wait(shared, TURN, first);
}

/** The next part of the batch that no thread has. */
export function claim() {
  if (shared && turn < MOST_TURNS) return Atomics.add(shared, CLAIMED + turn, 1);
  return own ? NONE : alone++;
}

/** Keeps the result of a part for the first thread. */
export function handOver(at, bytes) {
  results.push({ turn, at, bytes: bytes.slice() });
}

/** Sends the results. */
export function endTurn() {
  own.port.postMessage(results);
  results = [];
  wake();
}

/** Says that this helper will send nothing anymore. */
export function end() {
  Atomics.add(shared, ENDED, 1);
  wake();
}

function wake() {
  Atomics.add(shared, SENT, 1);
  Atomics.notify(shared, SENT);
}

/** The result of a part that a helper has done; nothing if there will be none. */
export function takeOver() {
  for (;;) {
    if (!shared) return undefined;
    const sent = Atomics.load(shared, SENT);
    const hasEnded = Atomics.load(shared, ENDED) === ports.length;
    for (const port of ports) {
      for (let got; (got = receiveMessageOnPort(port)); ) results.push(...got.message);
    }
    const at = results.findIndex((result) => result.turn === turn);
    if (at >= 0) return results.splice(at, 1)[0];
    if (hasEnded || Atomics.wait(shared, SENT, sent, PATIENCE_MS) === "timed-out") return undefined;
  }
}
