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
  MatrixOptions,
  MatrixRow,
  Options,
  Outline,
  Report,
  WasmInput,
  WorkspaceReport,
} from "./index.js";

/** Rejects a call that was replaced by a later call to the same function. */
export class Superseded extends Error {}

/** Options of `createClient`. */
export interface ClientOptions {
  /** Creates the worker; by default the worker in this package. Your own worker must call {@link serve}. */
  worker?: () => Worker;
  /** Passed to `init` in the worker: the URL of the `.wasm` file, its bytes or a compiled module. */
  wasm?: Exclude<WasmInput, Request | Response>;
  /** Milliseconds after which an unanswered call fails; 10,000 by default. Loading the engine does not count. */
  timeout?: number;
}

/**
 * The functions of "rolewright", run in a worker. While one call runs, one call to each function can
 * wait: a later call replaces it, and the earlier promise rejects with {@link Superseded}. If the worker
 * crashes or does not respond in time, its call rejects with `EngineCrashed`, and the next call starts
 * a new worker.
 */
export interface Client {
  check(text: string, options?: CheckOptions): Promise<Report>;
  checkAll(files: Files, options?: Omit<Options, "files">): Promise<WorkspaceReport>;
  fix(text: string, options?: FixOptions): Promise<Fixed>;
  compile(text: string, options?: CompileOptions): Promise<Compiled>;
  matrix(text: string, options?: MatrixOptions): Promise<MatrixRow[]>;
  inputDigest(text: string, options?: Omit<CompileOptions, "map">): Promise<string>;
  outline(text: string, options?: FileOptions): Promise<Outline>;
  complete(text: string, offset: number, options?: FileOptions): Promise<Completion[]>;
  hover(text: string, offset: number, options?: FileOptions): Promise<Hover | null>;
  hosts(): Promise<HostInfo[]>;
  /** Terminates the worker and rejects pending calls. */
  close(): void;
}

/** Creates a client. Nothing is loaded before the first call. */
export function createClient(options?: ClientOptions): Client;

/** Serves a {@link Client} from your own worker; `api` is the namespace of "rolewright". */
export function serve(api: typeof import("./index.js"), scope?: DedicatedWorkerLike): void;

/** The part of a worker's global scope that `serve` uses. */
export interface DedicatedWorkerLike {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
}
