import type { HostId, RuleName } from "./names.js";

export type { HostId, RuleName };

/** File contents by path. Paths are relative to the workspace root and use "/". */
export type Files = Record<string, string>;

/** error: the host rejects or ignores the file, or there is a security problem; warning: the host reads the text differently than written, or it is very likely a mistake; info: advice. */
export type Severity = "error" | "warning" | "info";

/** Which rules run. core: what a build should fail on; recommended (the default): advice as well; style: matters of taste as well. */
export type Profile = "core" | "recommended" | "style";

/** The declaration of a template variable. */
export interface VariableDeclaration {
  /** What it is for. */
  description?: string;
  /** Its value if none is given. */
  default?: string;
  /** Whether a missing value is an error (the default). If false, the variable expands to nothing. */
  required?: boolean;
  /** `runtime`: the host fills in the value. */
  stage?: "compile" | "runtime";
  /** An example value, for documentation. */
  example?: string;
  /** The possible values, for documentation. */
  enum?: string[];
  /** A pattern for values, for documentation. */
  pattern?: string;
}

/** Options that every call accepts. */
export interface Options {
  /** The host that the text is for; "auto" (the default) detects it from the path, then from the content. */
  host?: HostId | "auto";
  /** The files that includes and cross-file checks can see. If absent, references to other files are not checked. */
  files?: Files;
  /** Values of template variables. */
  values?: Record<string, string>;
  /** Declarations of template variables; those in a role's front matter take precedence. A string is the default value. */
  variables?: Record<string, string | VariableDeclaration>;
  /** How to treat an unset variable; "error" by default in `compile` and "keep" elsewhere. */
  missing?: "error" | "keep" | "empty";
  /** How includes are expanded; options that are absent come from the text's own front matter. */
  templates?: TemplateOptions;
  /** Severity by rule name, or "off". Unknown rule names are reported. */
  rules?: Partial<Record<RuleName, "off" | Severity>> & Record<string, "off" | Severity>;
  profile?: Profile;
  /** Folders that paths beginning with "/" map to. */
  mounts?: Record<string, Mount>;
  /** Limits on size and nesting. */
  limits?: Partial<Limits>;
  /** The unit of offsets, columns and segments; UTF-16 code units by default, as in JavaScript strings. */
  encoding?: "utf-16" | "utf-8";
}

export interface TemplateOptions {
  /** Where a bare path is resolved: in the root and then in the including file's folder (the default), or in only one of them. */
  resolve?: "root-then-file" | "root" | "file";
  /** The folder that bare and "/" paths are relative to, itself relative to the workspace root. */
  root?: string;
  /** Whether headings in included text are shifted below the heading they appear under. */
  shift?: "auto" | "none";
  /** How blank lines around included text are handled. */
  spacing?: "paragraphs" | "exact";
  /** Whether unknown variables in code are expanded. */
  code?: "literal" | "live";
}

export interface Mount {
  /** The folder, relative to the workspace. */
  path: string;
  /** "data": inserted verbatim with delimiters, and not parsed. */
  trust?: "template" | "data";
}

/** Limits; sizes are in bytes. */
export interface Limits {
  /** Nesting depth of includes (default 8, at most 64). */
  depth: number;
  /** Total number of included texts (default 1,000). */
  expansions: number;
  /** Number of distinct files (default 256). */
  files: number;
  /** Size of one file (default 1 MiB). */
  file: number;
  /** Size of the expanded text (default 1 MiB). */
  output: number;
  /** Size of one directive (default 1 KiB). */
  directive: number;
  /** Size of the front matter of one file (default 64 KiB). */
  frontMatter: number;
}

/** Options of a call that takes one text. */
export interface FileOptions extends Options {
  /** The path of the text, relative to the workspace root; the file need not exist. */
  path?: string;
}

export type CheckOptions = FileOptions;

export interface FixOptions extends FileOptions {
  /** Whether to apply unsafe fixes, which need review, as well. */
  unsafe?: boolean;
}

export interface CompileOptions extends FileOptions {
  /** The host to compile for; by default the host of the text. */
  to?: HostId;
  /**
   * Which role of a YAML, TOML or JSON file with several is compiled: its name, or its position from 0. By default the first
   * one; for another host, a loss then says that there are others. If the file has no such role, a diagnostic names those it has.
   */
  role?: string | number;
  /** Whether the file may grant more permissions than the source. If not, no file is written for a host that can only be given more, and a loss of severity error says why. */
  allowWidening?: boolean;
  /** Whether to generate a source map of the prompt (version 3). */
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

/** `end` is exclusive. */
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
  /** What the fix does, for example "Quote the value". */
  title: string;
  /** safe: preserves the meaning or restores what was clearly intended; unsafe: needs review. */
  applicability: "safe" | "unsafe";
  /** Edits of one file do not overlap and are in ascending order. */
  edits: Edit[];
}

export interface Diagnostic {
  rule: RuleName;
  severity: Severity;
  path: string;
  range: Range;
  /** The problem: one clause without a period, names in backticks. */
  message: string;
  /** Why it matters on this host. */
  reason?: string;
  /** What to do. */
  help?: string;
  /** Related places. */
  labels: { path: string; range: Range; message: string }[];
  fix?: Fix;
  /** The rule's section in the documentation included in the package, for example `docs/rules.md#tool-case`. */
  url: string;
}

export interface Report {
  path: string;
  /** The host that the text was checked for. */
  host: HostId;
  /** Whether the host was detected rather than chosen. */
  detected: boolean;
  /** How the host was determined, in one sentence. */
  hostReason: string;
  /** A description of the file format, for example "Markdown with YAML front matter". */
  kind: string;
  /** In order of position; diagnostics in other files come last. */
  diagnostics: Diagnostic[];
  /** What was not checked and why, one sentence each. */
  skipped: string[];
  stats: { rulesRun: number; rulesOff: number; bytes: number; lines: number };
}

export interface WorkspaceReport {
  /** One report per role, sorted by path. */
  files: Report[];
  /** Paths of files in places where no host looks for roles. */
  skipped: string[];
}

export interface Fixed {
  text: string;
  /** The applied fixes, in order. */
  applied: AppliedFix[];
  /** The report on the fixed text. */
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

/** Something that the target host cannot express. */
export interface Loss {
  /** error: the role could do more than its source allows. */
  severity: Severity;
  path: string;
  range: Range;
  /** What is lost and what was done instead. */
  message: string;
}

export type MatrixOptions = Omit<CompileOptions, "to" | "map">;

/** The compilation of a role for one host. */
export interface MatrixRow {
  host: HostId;
  /** Whether the host accepts the file: there is one, and its check finds no error. */
  loads: boolean;
  permissions: Compiled["permissions"];
  losses: Loss[];
  file: Compiled["file"];
  /** The errors of this compilation. */
  diagnostics: Diagnostic[];
}

export interface Compiled {
  /** The host that the text was compiled for. */
  host: HostId;
  /** The text the model sees. */
  prompt: string;
  /** What the host reads from disk; null where it would grant more permissions, and where the text is not compiled. */
  file: { path: string; text: string } | null;
  /** What happens to the role's permissions: `not-applicable` if a file of this kind carries no permissions. */
  permissions: "exact" | "not-applicable" | "narrowed" | "widened";
  /** Cover the whole prompt in order, without gaps or overlaps. */
  segments: Segment[];
  losses: Loss[];
  stats: {
    /** UTF-8 bytes. */
    bytes: number;
    /** Unicode scalar values. */
    characters: number;
    words: number;
    lines: number;
    /** An estimate; nine out of ten English texts fall between low and high. */
    tokens: { estimate: number; low: number; high: number };
    /** The host's limit, if it has one; `hard` if the host enforces it. */
    limit?: { max: number; unit: "characters" | "bytes" | "lines"; used: number; hard: boolean };
    /** How much each file contributes to the prompt. */
    sources: { path: string; bytes: number; tokens: number }[];
    /**
     * How much each section contributes, from its heading to the next. The text before the first
     * heading has level 0 and no title. The tokens of `sources` and of `sections` each add up to the
     * estimate.
     */
    sections: { title: string; level: number; prompt: [number, number]; bytes: number; tokens: number }[];
  };
  variables: Variable[];
  /** The include tree in depth-first order; the text itself is the first node. */
  includes: Include[];
  diagnostics: Diagnostic[];
  /** A source map of the prompt as JSON, with the option `map`. */
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
  /** Whether the host fills it in at run time. */
  runtime: boolean;
}

export interface Include {
  path: string;
  /** 0 for the text itself. */
  depth: number;
  /** The directive. */
  from?: { path: string; range: Range };
  state: "included" | "absent" | "missing" | "cycle" | "refused";
  /** UTF-8 bytes that it contributes to the prompt. */
  bytes: number;
  /** Estimated tokens of them. */
  tokens: number;
}

export interface Outline {
  path: string;
  host: HostId;
  /** The front matter between its delimiters. */
  frontMatter?: Range;
  fields: { name: string; range: Range; value: Range }[];
  /** Sections by heading; `range` extends to the next heading of the same or a higher level. */
  sections: { title: string; level: number; range: Range }[];
  tools: { name: string; range: Range }[];
  /** Targets of links and images. */
  references: { name: string; range: Range }[];
  directives: { kind: "include" | "variable"; name: string; range: Range }[];
}

export interface Completion {
  label: string;
  kind: "field" | "value" | "tool" | "model" | "path" | "fragment" | "variable" | "directive" | "rule";
  /** A one-sentence description. */
  detail?: string;
  /** The edit that inserts the completion. */
  edit: { range: Range; text: string };
}

export interface Hover {
  range: Range;
  /** Markdown. */
  text: string;
}

export interface HostInfo {
  id: HostId;
  /** The display name, for example "Claude Code subagent". */
  title: string;
  /** The product name, for example "Claude Code". */
  product: string;
  /** What its files are. */
  kind: "role" | "prompt" | "rule" | "context";
  /** How well its facts are known; of a recognized host few are, so its files get no errors. */
  tier: "verified" | "documented" | "recognized";
  status: "current" | "legacy" | "ended";
  /** What replaces a product that is not current. */
  statusNote?: string;
  /** The version of the product that the facts hold for. */
  version?: string;
  syntax: "markdown" | "toml" | "yaml" | "json";
  /** Where the host looks for files, as globs. */
  locations: string[];
  /** In the conventional order of a file. */
  fields: HostField[];
  tools: { name: string; status: "current" | "alias" | "legacy" | "removed"; instead?: string }[];
  /** Model names that the host defines. */
  models: string[];
  /** The maximum prompt length. */
  limit?: { max: number; unit: "characters" | "bytes" | "lines"; hard: boolean };
  /** The source of these facts, and when it was checked (YYYY-MM-DD, or a prefix). */
  source: string;
  checked: string;
}

export interface HostField {
  name: string;
  /** extension: read by only some hosts that share the format (see `note`); ignored: documented to have no effect on this host. */
  status: "current" | "extension" | "deprecated" | "ignored";
  /** The replacement for a deprecated field. */
  instead?: string;
  required: boolean;
  /** The accepted types, as text, preferred first. */
  types: string[];
  /** The known values. */
  values: string[];
  /** Whether `values` is complete. */
  closed: boolean;
  /** The list of the host that values are taken from. */
  names?: "tools" | "models";
  /** What the field is for. */
  note?: string;
}

export interface RuleInfo {
  name: RuleName;
  severity: Severity;
  profile: Profile;
  /** What the rule reports. */
  summary: string;
  /** Why it matters. */
  why: string;
  /** The kind of fix that the rule offers. */
  fix: "safe" | "unsafe" | null;
  /** The example: its path, an incorrect and a corrected text, and the other files of the workspace in `files`. */
  path: string;
  bad: string;
  good: string;
  files: Files;
}

/** The engine's WebAssembly: a URL, a request, a response, bytes or a compiled module. */
export type WasmInput = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Starts the engine. In browsers, call it before any other function; it fetches the `.wasm` file next to
 * the module. In Node, Deno and Bun, calls start the engine automatically. Edge runtimes must pass a
 * compiled module. Calling it twice returns the same promise; after a failure you can retry.
 */
export default function init(input?: WasmInput | Promise<WasmInput>): Promise<void>;

/** Starts the engine synchronously. */
export function initSync(input: BufferSource | WebAssembly.Module): void;

/** Checks a text. A text larger than 1 MiB is rejected with a diagnostic; no text makes this throw. */
export function check(text: string, options?: CheckOptions): Report;

/** Checks every role in a workspace, cross-file checks included; at most 64 MiB per call. */
export function checkAll(files: Files, options?: Omit<Options, "files">): WorkspaceReport;

/** Applies fixes until nothing changes; skips a fix that would introduce a more severe diagnostic. */
export function fix(text: string, options?: FixOptions): Fixed;

/**
 * Fills in includes and variables and writes the file of a host. A text that cannot be compiled (one that
 * is not text, a data file without a role or TOML front matter for another host) has the diagnostic `unreadable-file`, an empty prompt and no file.
 */
export function compile(text: string, options?: CompileOptions): Compiled;

/** The compilation of a text for each host, in the order of `hosts()`. */
export function matrix(text: string, options?: MatrixOptions): MatrixRow[];

/**
 * The SHA-256, in hexadecimal, of all inputs to `compile` with these options: the package version, the text, the files it
 * includes and those that are missing, values and settings. Other files and the order of files do not affect it. A build can
 * store it with a compiled prompt to decide whether to compile again.
 */
export function inputDigest(text: string, options?: Omit<CompileOptions, "map">): Promise<string>;

/** The fields, sections, tools, links and directives of a text, with their ranges. */
export function outline(text: string, options?: FileOptions): Outline;

/**
 * Completions at an offset (in the chosen encoding), best first: fields, values, tools, models, include paths and their
 * sections, variables and rule names in suppressions. An offset past the end means the end.
 */
export function complete(text: string, offset: number, options?: FileOptions): Completion[];

/** Documentation for the text at an offset (in the chosen encoding), or null. */
export function hover(text: string, offset: number, options?: FileOptions): Hover | null;

/**
 * A workspace that stays in the engine: files are kept between calls, and only what an edit touches is checked again.
 * Its memory is released when nothing references the object. It holds at most 64 MiB of text.
 */
export function createWorkspace(files?: Files, options?: Omit<Options, "files">): Workspace;

/** All hosts. Does not need the engine. */
export function hosts(): HostInfo[];

/** All rules with their documentation. Does not need the engine. */
export function rules(): RuleInfo[];

/** The package version. */
export const version: string;

/** Thrown when the engine crashed during a call, which is a bug in rolewright. The next call restarts the engine. */
export class EngineCrashed extends Error {
  /** The panic message and its source location. Absent if the engine ran out of stack or memory. */
  readonly panic?: { message: string; location: string };
}

/** Files that stay between calls. A path that names no file of the workspace is a TypeError. Offsets are in the chosen encoding. */
export interface Workspace {
  /** Adds a file or changes its text. */
  set(path: string, text: string): void;
  /** Removes a file and returns whether it existed. */
  remove(path: string): boolean;
  /** The paths of all files, sorted. */
  readonly paths: string[];
  /** The text of a file. */
  text(path: string): string | undefined;
  /** Checks a file, cross-file checks included. */
  check(path: string): Report;
  /** Checks every role. */
  checkAll(): WorkspaceReport;
  /** Compiles a file. */
  compile(path: string, options?: Pick<CompileOptions, "to" | "role" | "allowWidening" | "map">): Compiled;
  outline(path: string): Outline;
  complete(path: string, offset: number): Completion[];
  hover(path: string, offset: number): Hover | null;
  /** The roles in a file, with their fields and sections. */
  symbols(path: string): Symbol[];
  /** Roles, sections and declared variables whose names contain the letters of `query` in order. */
  workspaceSymbols(query?: string): WorkspaceSymbol[];
  /** The definition of the name at an offset. */
  definition(path: string, offset: number): Location[];
  /** All references to the symbol at an offset. */
  references(path: string, offset: number): Location[];
  /** The edits that rename the variable, section or included file at an offset. Throws an Error with the reason if it cannot be renamed. */
  rename(path: string, offset: number, name: string): Rename;
  /** The edits for moving a file: to its own includes and links, and to those that point to it. */
  renameFile(from: string, to: string): Rename;
  /** The code actions for a range. */
  codeActions(path: string, start: number, end?: number): CodeAction[];
  foldingRanges(path: string): FoldingRange[];
  links(path: string): Link[];
  /** The source of an offset in the compiled prompt, followed by the include chain, innermost first. */
  sourceOf(path: string, offset: number): Location[];
  /** The ranges of the compiled prompt of `path` that come from a range of `source`. */
  promptOf(path: string, source: string, start: number, end?: number): [number, number][];
}

export interface Location {
  path: string;
  range: Range;
}

export interface Symbol {
  name: string;
  kind: "role" | "field" | "section" | "variable";
  detail?: string;
  /** The whole of it. */
  range: Range;
  /** Its name in the text. */
  selection: Range;
  children: Symbol[];
}

export interface WorkspaceSymbol {
  name: string;
  kind: Symbol["kind"];
  /** What contains it. */
  container?: string;
  location: Location;
}

export interface Rename {
  /** Edits of texts, before files move. */
  edits: Edit[];
  /** Files that move, from path to path. */
  files: [from: string, to: string][];
}

export interface CodeAction {
  title: string;
  kind: "fix" | "fix-all" | "fix-rule" | "suppress-here" | "suppress-in-file" | "create-include";
  rule?: RuleName;
  applicability: "safe" | "unsafe";
  edits: Edit[];
  /** Files it creates, with their text. */
  creates: [path: string, text: string][];
}

export interface FoldingRange {
  /** From 1. */
  startLine: number;
  endLine: number;
  kind: "front-matter" | "section" | "code-block" | "value" | "comment";
}

export interface Link {
  range: Range;
  /** The target file in the workspace. */
  path?: string;
  /** The target address on the web. */
  url?: string;
}
