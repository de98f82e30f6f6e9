// A workspace whose files stay in the engine between calls. They are sent again after a crash, and the
// engine's memory is released when the object is garbage-collected.

import * as input from "./input.js";
import { generation, make, run } from "./runtime.js";

/** A workspace on an engine that `load` provides if it is not running. */
export function createWorkspace(load, files = {}, options = {}) {
  input.files("createWorkspace", "files", files);
  return new Workspace(load, files, input.options("createWorkspace", options));
}

class Workspace {
  #load;
  #files;
  #settings;
  #engine;
  #generation;

  constructor(load, files, settings) {
    this.#load = load;
    this.#files = new Map(Object.entries(files));
    this.#settings = settings;
  }

  set(path, text) {
    input.text("set", text);
    input.filePath("set", path);
    const wrong = this.#ask("set", path, text);
    if (wrong !== undefined) throw new RangeError(`set: ${wrong}`);
    this.#files.set(path, text);
  }

  remove(path) {
    input.filePath("remove", path);
    const removed = this.#ask("remove", path);
    this.#files.delete(path);
    return removed;
  }

  get paths() {
    return [...this.#files.keys()].sort();
  }

  text(path) {
    return this.#files.get(path);
  }

  check(path) {
    return this.#of("check", path);
  }

  checkAll() {
    return this.#ask("checkAll");
  }

  compile(path, options) {
    return this.#of("compile", path, input.options("compileFile", options));
  }

  outline(path) {
    return this.#of("outline", path);
  }

  complete(path, offset) {
    return this.#at("complete", path, offset);
  }

  hover(path, offset) {
    return this.#at("hover", path, offset);
  }

  symbols(path) {
    return this.#of("symbols", path);
  }

  workspaceSymbols(query = "") {
    return this.#ask("workspaceSymbols", query);
  }

  definition(path, offset) {
    return this.#at("definition", path, offset);
  }

  references(path, offset) {
    return this.#at("references", path, offset);
  }

  rename(path, offset, name) {
    return this.#at("rename", path, offset, name);
  }

  renameFile(from, to) {
    return this.#of("renameFile", from, to);
  }

  codeActions(path, start, end = start) {
    return this.#at("codeActions", path, start, end);
  }

  foldingRanges(path) {
    return this.#of("foldingRanges", path);
  }

  links(path) {
    return this.#of("links", path);
  }

  sourceOf(path, offset) {
    return this.#at("sourceOf", path, offset);
  }

  promptOf(path, source, start, end = start) {
    return this.#of("promptOf", path, source, start, end);
  }

  #at(name, path, offset, ...rest) {
    input.offset(name, offset);
    return this.#of(name, path, offset, ...rest);
  }

  #of(name, path, ...rest) {
    if (!this.#files.has(path)) throw new TypeError(`${name}: no file ${JSON.stringify(path)} in this workspace`);
    return this.#ask(name, path, ...rest);
  }

  // A restarted engine does not know the state of the previous one.
  #ask(name, ...values) {
    return run(this.#load, name, () => {
      if (this.#engine === undefined || this.#generation !== generation()) {
        this.#engine = make("Workspace", this.#settings);
        this.#generation = generation();
        for (const [path, text] of this.#files) this.#engine.set(path, text);
      }
      return this.#engine[name](...values);
    });
  }
}

