// A thread that checks a part of the files for the first one; see helpers.js.

import { workerData } from "node:worker_threads";
import { initSync, run } from "./cli.js";
import { end } from "./helpers.js";

try {
  initSync({ module: workerData.module });
  run(workerData.words);
} finally {
  end();
}
