// The functions of the package: arguments are checked, options put into the shape the engine reads.

import * as input from "./input.js";
import { call } from "./runtime.js";

/** The functions over an engine that `load` supplies when nobody has started it. */
export function bind(load) {
  const run = (name, ...values) => call(load, name, ...values);
  return {
    check(text, options) {
      input.text("check", text);
      return run("check", text, input.options("check", options));
    },
    checkAll(files, options) {
      input.files("checkAll", "files", files);
      return run("checkAll", files, input.options("checkAll", options));
    },
    fix(text, options) {
      input.text("fix", text);
      return run("fix", text, input.options("fix", options));
    },
    compile(text, options) {
      input.text("compile", text);
      return run("compile", text, input.options("compile", options));
    },
    outline(text, options) {
      input.text("outline", text);
      return run("outline", text, input.options("outline", options));
    },
    complete(text, offset, options) {
      input.text("complete", text);
      input.offset("complete", offset);
      return run("complete", text, offset, input.options("complete", options));
    },
    hover(text, offset, options) {
      input.text("hover", text);
      input.offset("hover", offset);
      return run("hover", text, offset, input.options("hover", options));
    },
    hosts: () => run("hosts"),
  };
}
