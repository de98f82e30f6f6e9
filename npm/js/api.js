// The functions of the package, which validate arguments and call the engine.

import { checkAll } from "./check-all.js";
import { digestOf } from "./digest.js";
import * as input from "./input.js";
import { supplied } from "./nearest.js";
import { call } from "./runtime.js";
import { createWorkspace } from "./workspace.js";

/** The functions, bound to an engine that `load` provides if it is not running. */
export function bind(load) {
  const run = (name, ...values) => call(load, name, ...values);
  supplied(load);
  const at = (name, text, offset, options) => {
    input.text(name, text);
    input.offset(name, offset);
    return run(name, text, Math.min(offset, FURTHEST), input.options(name, options));
  };
  return {
    check(text, options) {
      input.text("check", text);
      return run("check", text, input.options("check", options));
    },
    checkAll(files, options) {
      input.files("checkAll", "files", files);
      return checkAll(run, files, input.options("checkAll", options));
    },
    fix(text, options) {
      input.text("fix", text);
      return run("fix", text, input.options("fix", options));
    },
    compile(text, options) {
      input.text("compile", text);
      return run("compile", text, input.options("compile", options));
    },
    matrix(text, options) {
      input.text("matrix", text);
      return run("matrix", text, input.options("matrix", options));
    },
    async inputDigest(text, options = {}) {
      input.text("inputDigest", text);
      const settings = input.options("inputDigest", options);
      const textOf = (path) => (path === (settings.path ?? "") ? text : settings.files?.text(path));
      return digestOf(run("inputs", text, settings), options, textOf);
    },
    outline(text, options) {
      input.text("outline", text);
      return run("outline", text, input.options("outline", options));
    },
    complete: (text, offset, options) => at("complete", text, offset, options),
    hover: (text, offset, options) => at("hover", text, offset, options),
    createWorkspace: (files, options) => createWorkspace(load, files, options),
  };
}

// Beyond the end of any text that a call accepts.
const FURTHEST = 0xffffffff;
