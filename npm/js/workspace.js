// A workspace that remembers: its files stay in the engine between calls. After a crash the engine is
// given them again; when nobody holds the object any more, the engine's memory is released with it.

import * as input from "./input.js";
import { generation, make, run } from "./runtime.js";

/** A workspace over an engine that `load` supplies when nobody has started it. */
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
    if (!this.#files.has(path)) throw new TypeError(`${name}: there is no file ${JSON.stringify(path)} in this workspace`);
    return this.#ask(name, path, ...rest);
  }

  // An engine that was started afresh knows nothing of the one before.
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

