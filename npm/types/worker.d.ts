import type {
  CheckOptions,
  CompileOptions,
  Compiled,
  Completion,
  FileOptions,
  Files,
  FixOptions,
  Fixed,
  Hover,
  HostInfo,
  Options,
  Outline,
  Report,
  WasmInput,
  WorkspaceReport,
} from "./index.js";

/** A call that a later one of the same function took the place of. */
export class Superseded extends Error {}

/** How a client starts its worker. */
export interface ClientOptions {
  /** Makes the worker; by default the one of this package. Yours calls {@link serve}. */
  worker?: () => Worker;
  /** Handed to `init` in the worker: the address of the `.wasm`, its bytes or a compiled module. */
  wasm?: Exclude<WasmInput, Request | Response>;
  /** Milliseconds after which a call that got no answer is given up; 10,000 by default. Loading the engine does not count. */
  timeout?: number;
}

/**
 * The functions of "rolewright", run in a worker. While one call runs, one call of each function may
 * wait: a later call takes its place, and the earlier promise is rejected with {@link Superseded}.
 * A worker that crashes or does not answer in time rejects its call with `EngineCrashed`; the next
 * call starts another worker.
 */
export interface Client {
  check(text: string, options?: CheckOptions): Promise<Report>;
  checkAll(files: Files, options?: Omit<Options, "files">): Promise<WorkspaceReport>;
  fix(text: string, options?: FixOptions): Promise<Fixed>;
  compile(text: string, options?: CompileOptions): Promise<Compiled>;
  inputDigest(text: string, options?: Omit<CompileOptions, "map">): Promise<string>;
  outline(text: string, options?: FileOptions): Promise<Outline>;
  complete(text: string, offset: number, options?: FileOptions): Promise<Completion[]>;
  hover(text: string, offset: number, options?: FileOptions): Promise<Hover | null>;
  hosts(): Promise<HostInfo[]>;
  /** Ends the worker; calls that wait are rejected. */
  close(): void;
}

/** A client. Nothing is loaded before its first call. */
export function createClient(options?: ClientOptions): Client;

/** Answers a {@link Client} in a worker of your own; `api` is everything that "rolewright" exports. */
export function serve(api: typeof import("./index.js"), scope?: DedicatedWorkerLike): void;

/** What `serve` needs of a worker's global scope. */
export interface DedicatedWorkerLike {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}
