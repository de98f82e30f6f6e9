// The functions of the package: arguments are checked, options put into the shape the engine reads.

import { completions } from "./complete.js";
import { digestOf } from "./digest.js";
import { hosts } from "./hosts.js";
import { hovered } from "./hover.js";
import * as input from "./input.js";
import { placesOf } from "./places.js";
import { call } from "./runtime.js";
import { sourceMap } from "./source-map.js";
import { checkAll } from "./workspace.js";

/** The functions over an engine that `load` supplies when nobody has started it. */
export function bind(load) {
  const run = (name, ...values) => call(load, name, ...values);
  let known;
  // What completion and hover look at: in UTF-16, as strings are cut, and converted at the end.
  const view = (name, text, offset, options) => {
    input.text(name, text);
    input.offset(name, offset);
    input.options(name, options);
    const asked = input.options(name, { ...options, encoding: undefined });
    const places = placesOf(text, options.encoding);
    const outline = run("outline", text, asked);
    known ??= hosts();
    const host = known.find((host) => host.id === outline.host);
    const { files, values = {} } = options;
    return {
      text,
      offset: places.in(offset),
      outline,
      host,
      path: outline.path,
      syntax: outline.path ? syntaxOf(outline.path) : host.syntax,
      values,
      files: files ?? {},
      known: files !== undefined,
      rangeOf: places.range,
      outlineOf: (text, path) => run("outline", text, input.options("outline", { path })),
      variables: () => run("compile", text, asked).variables,
    };
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
      const { map, ...settings } = input.options("compile", options) ?? {};
      const done = run("compile", text, settings);
      if (!map) return done;
      const units = settings.encoding === "utf-8" ? run("compile", text, { ...settings, encoding: undefined }) : done;
      const textOf = (path) => (path === (settings.path ?? "") ? text : settings.files?.text(path));
      return { ...done, map: sourceMap(units, textOf) };
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
    complete: (text, offset, options = {}) => completions(view("complete", text, offset, options)),
    hover: (text, offset, options = {}) => hovered(view("hover", text, offset, options)),
  };
}

// What the engine takes a file for, by the end of its name.
function syntaxOf(path) {
  const [, ending] = /\.(toml|json|jsonc|json5|yaml|yml|roomodes)$/.exec(path) ?? [];
  if (ending === undefined) return "markdown";
  return ending === "toml" ? "toml" : ending.startsWith("json") ? "json" : "yaml";
}
