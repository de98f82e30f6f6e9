// The functions of the package: arguments are checked, options put into the shape the engine reads.

import { completions } from "./complete.js";
import { hovered } from "./hover.js";
import * as input from "./input.js";
import { placesOf } from "./places.js";
import { call } from "./runtime.js";

/** The functions over an engine that `load` supplies when nobody has started it. */
export function bind(load) {
  const run = (name, ...values) => call(load, name, ...values);
  let known;
  // What completion and hover look at: in UTF-16, as strings are cut, and converted at the end.
  const view = (name, text, offset, options) => {
    input.options(name, options);
    const checked = input.options(name, { ...options, encoding: undefined });
    const places = placesOf(text, options.encoding);
    const outline = run("outline", text, checked);
    known ??= run("hosts");
    return { text, places, outline, offset: places.in(offset), host: known.find((host) => host.id === outline.host) };
  };
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
    complete(text, offset, options = {}) {
      input.text("complete", text);
      input.offset("complete", offset);
      return completions(view("complete", text, offset, options), options);
    },
    hover(text, offset, options = {}) {
      input.text("hover", text);
      input.offset("hover", offset);
      return hovered(view("hover", text, offset, options));
    },
    hosts: () => run("hosts"),
  };
}
