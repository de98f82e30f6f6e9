// Tests the progress line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { progress } from "../pkg/cli/progress.js";

function drawnOn({ isTTY }, steps) {
  const written = [];
  const bar = progress({ isTTY, write: (piece) => written.push(piece) });
  steps(bar);
  return written;
}

test("a terminal shows progress after a second, at most ten times a second, and the line is removed", (context) => {
  context.mock.timers.enable({ apis: ["Date"] });
  const written = drawnOn({ isTTY: true }, (bar) => {
    bar.show(1);
    bar.clear();
    context.mock.timers.tick(1001);
    bar.show(2);
    bar.show(3);
    context.mock.timers.tick(101);
    bar.show(4);
    bar.clear();
    bar.clear();
  });
  assert.deepEqual(written, ["\r\x1b[Kchecked 2 files…", "\r\x1b[Kchecked 4 files…", "\r\x1b[K"]);
});

test("nothing is shown if the output is not a terminal", (context) => {
  context.mock.timers.enable({ apis: ["Date"] });
  const written = drawnOn({ isTTY: false }, (bar) => {
    context.mock.timers.tick(5000);
    bar.show(2);
    bar.clear();
  });
  assert.deepEqual(written, []);
});
