import type { HostId, RuleName } from "./names.js";

export type { HostId, RuleName };

/** Texts by path; paths with "/", relative to the workspace root. */
export type Files = Record<string, string>;

/** error: the host rejects or ignores the file, or it is a security fact; warning: the host reads it differently from what is written, or it is very likely wrong; info: advice. */
export type Severity = "error" | "warning" | "info";

/** Which rules run: errors and warnings; advice too (the default); matters of taste too. */
export type Profile = "core" | "recommended" | "style";

/** What is known of a template variable. */
export interface VariableDeclaration {
  /** What it is for. */
  description?: string;
  /** Its value where none is given. */
  default?: string;
  /** Whether it is an error that it has no value; else nothing stands in its place. By default it is. */
  required?: boolean;
  /** `runtime`: left for the host to fill in. */
  stage?: "compile" | "runtime";
  /** For people. */
  example?: string;
  /** For people. */
  enum?: string[];
  /** For people. */
  pattern?: string;
}

/** Settings that every call takes. */
export interface Options {
  /** What the text is written for; "auto" (the default): from the path, then from the content. */
  host?: HostId | "auto";
  /** What includes and rules across files may see. Without it nothing is said about other files. */
  files?: Files;
  /** Values of template variables. */
  values?: Record<string, string>;
  /** Declarations of template variables beside those in a role's head, which win; a string is the default. */
  variables?: Record<string, string | VariableDeclaration>;
  /** What an unset variable is; by default "error" in `compile` and "keep" elsewhere. */
  missing?: "error" | "keep" | "empty";
  /** How includes are read; what is left out is taken from the text's own head. */
  templates?: TemplateOptions;
  /** Rules by name: off, or on with a severity. A name that does not exist is itself reported. */
  rules?: Partial<Record<RuleName, "off" | Severity>> & Record<string, "off" | Severity>;
  profile?: Profile;
  /** Folders that stand for a path beginning with "/". */
  mounts?: Record<string, Mount>;
  /** The most that may come together. */
  limits?: Partial<Limits>;
  /** What offsets, columns and segments count; by default UTF-16 units, as JavaScript strings do. */
  encoding?: "utf-16" | "utf-8";
}

export interface TemplateOptions {
  /** Where a bare path is looked for: in the root and then in the including file's folder (the default), or in one of them. */
  resolve?: "root-then-file" | "root" | "file";
  /** The folder that bare and "/" paths start from, relative to the workspace. */
  root?: string;
  /** Whether headings of included text move below the heading they stand under. */
  shift?: "auto" | "none";
  /** What becomes of blank lines around included text. */
  spacing?: "paragraphs" | "exact";
  /** Whether unknown variables in code are live. */
  code?: "literal" | "live";
}

export interface Mount {
  /** The folder, relative to the workspace. */
  path: string;
  /** "data": inserted as it stands, unread and delimited. */
  trust?: "template" | "data";
}

/** Sizes are bytes. */
export interface Limits {
  /** Includes inside includes (8, at most 64). */
  depth: number;
  /** Included texts in all (1,000). */
  expansions: number;
  /** Different files (256). */
  files: number;
  /** One file (1 MiB). */
  file: number;
  /** The expanded text (1 MiB). */
  output: number;
  /** One directive (1 KiB). */
  directive: number;
  /** The head of one file (64 KiB). */
  frontMatter: number;
}

/** Settings of a call about one text. */
export interface FileOptions extends Options {
  /** Where the text stands or would stand, relative to the workspace root. */
  path?: string;
}

export type CheckOptions = FileOptions;

export interface FixOptions extends FileOptions {
  /** Whether fixes that somebody should look at are applied too. */
  unsafe?: boolean;
}

export interface CompileOptions extends FileOptions {
  /** The host to write for; by default the one the text is for. */
  to?: HostId;
  /** Whether permissions may become wider. Without it the narrower file is written and a loss of severity error says so. */
  allowWidening?: boolean;
  /** Whether a source map of the prompt (version 3) is made. */
  map?: boolean;
}

export interface Position {
  /** From the start of the text, in the chosen encoding. */
  offset: number;
  /** From 1. */
  line: number;
  /** From 1, in the chosen encoding. */
  column: number;
}

/** `end` is behind the last character. */
export interface Range {
  start: Position;
  end: Position;
}

export interface Edit {
  path: string;
  range: Range;
  text: string;
}

export interface Fix {
  /** What it does: "Quote the value". */
  title: string;
  /** safe: the meaning is kept, or what was plainly meant is restored; unsafe: somebody should look. */
  applicability: "safe" | "unsafe";
  /** Those of one file do not overlap and stand in ascending order. */
  edits: Edit[];
}

export interface Diagnostic {
  rule: RuleName;
  severity: Severity;
  path: string;
  range: Range;
  /** What is wrong: one sentence, names in backticks. */
  message: string;
  /** Why it matters for this host. */
  reason?: string;
  /** What to do. */
  help?: string;
  /** Further places. */
  labels: { path: string; range: Range; message: string }[];
  fix?: Fix;
  /** The rule's section in the documentation that comes with the package: `docs/rules.md#tool-case`. */
  url: string;
}

export interface Report {
  path: string;
  /** What the text was judged for. */
  host: HostId;
  /** Whether the host was detected rather than chosen. */
  detected: boolean;
  /** How the host was found: one sentence. */
  hostReason: string;
  /** What the file is, for people: "Markdown with YAML front matter". */
  kind: string;
  /** In the order of their places; those of other files follow. */
  diagnostics: Diagnostic[];
  /** What was not checked and why, one sentence each. */
  skipped: string[];
  stats: { rulesRun: number; rulesOff: number; bytes: number; lines: number };
}

export interface WorkspaceReport {
  /** One for each role, by path. */
  files: Report[];
  /** Paths of the files that lie where no host looks for roles. */
  skipped: string[];
}

export interface Fixed {
  text: string;
  /** What was applied, in order. */
  applied: AppliedFix[];
  /** What is left. */
  report: Report;
}

export interface AppliedFix {
  rule: RuleName;
  title: string;
}

export interface Segment {
  /** Start and end in the prompt, in the chosen encoding. */
  prompt: [number, number];
  /** The file it came from. */
  path: string;
  /** Start and end in that file, in the chosen encoding. */
  source: [number, number];
  kind: "literal" | "variable" | "unfilled" | "shift" | "indent" | "blank" | "fence" | "wrap";
}

/** Something that a host cannot express. */
export interface Loss {
  /** error: a permission would have become wider. */
  severity: Severity;
  path: string;
  range: Range;
  /** What is lost and what was done instead. */
  message: string;
}

export interface Compiled {
  /** The host that the file is written for. */
  host: HostId;
  /** The text the model sees. */
  prompt: string;
  /** What the host reads from disk. */
  file: { path: string; text: string };
  /** Cover the prompt exactly once, in order. */
  segments: Segment[];
  losses: Loss[];
  stats: {
    /** Of UTF-8. */
    bytes: number;
    /** Unicode scalar values. */
    characters: number;
    words: number;
    lines: number;
    /** An estimate; nine of ten English texts lie between low and high. */
    tokens: { estimate: number; low: number; high: number };
    /** The host's limit, where it has one; `hard` where the host enforces it. */
    limit?: { max: number; unit: "characters" | "bytes" | "lines"; used: number; hard: boolean };
    /** How much of the prompt each file makes up. */
    sources: { path: string; bytes: number; tokens: number }[];
  };
  variables: Variable[];
  /** The include tree, depth first; the text itself is the first node. */
  includes: Include[];
  diagnostics: Diagnostic[];
  /** With the option `map`: a source map of the prompt as JSON. */
  map?: string;
}

export interface Variable {
  name: string;
  uses: { path: string; range: Range }[];
  declared?: { path: string; range: Range };
  default?: string;
  description?: string;
  /** Whether a value was given. */
  given: boolean;
  /** Whether it is left for the host to fill in. */
  runtime: boolean;
}

export interface Include {
  path: string;
  /** 0 is the text itself. */
  depth: number;
  /** The directive. */
  from?: { path: string; range: Range };
  state: "included" | "absent" | "missing" | "cycle" | "refused";
  /** How many bytes it put into the prompt. */
  bytes: number;
}

export interface Outline {
  path: string;
  host: HostId;
  /** The front matter between its delimiters. */
  head?: Range;
  fields: { name: string; range: Range; value: Range }[];
  /** By their headings; `range` reaches to the next heading of the same or a higher level. */
  sections: { title: string; level: number; range: Range }[];
  tools: { name: string; range: Range }[];
  /** Targets of links and images. */
  references: { name: string; range: Range }[];
  directives: { kind: "include" | "variable"; name: string; range: Range }[];
}

export interface Completion {
  label: string;
  kind: "field" | "value" | "tool" | "model" | "path" | "fragment" | "variable" | "directive" | "rule";
  /** A sentence about it. */
  detail?: string;
  /** What is put in place of what. */
  edit: { range: Range; text: string };
}

export interface Hover {
  range: Range;
  /** Markdown. */
  text: string;
}

export interface HostInfo {
  id: HostId;
  /** What a person picks it by: "Claude Code subagent". */
  title: string;
  /** The product's name: "Claude Code". */
  product: string;
  syntax: "markdown" | "toml" | "yaml" | "json";
  /** Where its files lie, as globs. */
  locations: string[];
  /** In the order in which a file names them. */
  fields: HostField[];
  tools: { name: string; status: "current" | "alias" | "legacy" | "removed"; instead?: string }[];
  /** Names of models that the host itself gives a meaning. */
  models: string[];
  /** The longest prompt it reads. */
  limit?: { max: number; unit: "characters" | "bytes" | "lines"; hard: boolean };
  /** What this was taken from, and the day it was read (YYYY-MM-DD, or less). */
  source: string;
  checked: string;
}

export interface HostField {
  name: string;
  /** extension: one host of several that share the format reads it, `note` says which; ignored: documented as without effect here. */
  status: "current" | "extension" | "deprecated" | "ignored";
  /** What replaces a deprecated one. */
  instead?: string;
  required: boolean;
  /** The kinds of value it takes, in words; the one to be preferred first. */
  types: string[];
  /** The values it knows. */
  values: string[];
  /** Whether these are all there are. */
  closed: boolean;
  /** Of which list of the host it holds names. */
  names?: "tools" | "models";
  /** What it is for. */
  note?: string;
}

export interface RuleInfo {
  name: RuleName;
  severity: Severity;
  profile: Profile;
  /** What it reports. */
  summary: string;
  /** Why that matters. */
  why: string;
  /** What kind of fix it offers. */
  fix: "safe" | "unsafe" | null;
  /** Path, faulty text and the same text put right; `files` are the others of the workspace. */
  path: string;
  bad: string;
  good: string;
  files: Files;
}

/** A place for the engine's WebAssembly: an address, a request, a response, bytes, or a compiled module. */
export type WasmInput = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Starts the engine. In browsers it comes before the first call and fetches the `.wasm` beside the
 * module; in Node, Deno and Bun calls start the engine by themselves; edge runtimes hand a compiled
 * module in. Twice is the same promise; after a failure it may be tried again.
 */
export default function init(input?: WasmInput | Promise<WasmInput>): Promise<void>;

/** Starts the engine at once. */
export function initSync(input: BufferSource | WebAssembly.Module): void;

/** Checks a text. Texts of more than 1 MiB are refused with a diagnostic; no text makes this throw. */
export function check(text: string, options?: CheckOptions): Report;

/** Checks every role of a workspace and what holds between them; at most 64 MiB at once. */
export function checkAll(files: Files, options?: Omit<Options, "files">): WorkspaceReport;

/** Applies fixes until nothing changes; one that would make anything worse is left out. */
export function fix(text: string, options?: FixOptions): Fixed;

/** Fills in includes and variables and writes the file of a host. */
export function compile(text: string, options?: CompileOptions): Compiled;

/**
 * The SHA-256, in hexadecimal, of everything that `compile` with these options is made of: the version of the package, the
 * text, the files it includes and those it misses, values and settings. Other files and their order change nothing. A build
 * keeps it beside a compiled prompt to know whether to compile again.
 */
export function inputDigest(text: string, options?: Omit<CompileOptions, "map">): Promise<string>;

/** What stands where: fields, sections, tools, links, directives. */
export function outline(text: string, options?: FileOptions): Outline;

/**
 * What may stand at an offset (in the chosen encoding), best first: fields, values, tools, models, include paths and
 * their sections, variables, names of rules to ignore. An offset behind the end counts as the end.
 */
export function complete(text: string, offset: number, options?: FileOptions): Completion[];

/** What stands at an offset (in the chosen encoding), explained; null where there is nothing to say. */
export function hover(text: string, offset: number, options?: FileOptions): Hover | null;

/** Every host. Needs no engine. */
export function hosts(): HostInfo[];

/** Every rule with its documentation. Needs no engine. */
export function rules(): RuleInfo[];

/** Version of the package. */
export const version: string;

/** A call that the engine did not survive: a mistake of rolewright's. The next call starts it afresh. */
export class EngineCrashed extends Error {}
