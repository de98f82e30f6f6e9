import type { Files, HostId, Options } from "./index.js";

/** What the embedded playground shows. */
export interface PlaygroundProject {
  /** Texts by path. */
  files: Files;
  /** The main file; by default the first one. */
  main?: string;
  /** The name of the project. */
  name?: string;
  /** Values of template variables. */
  values?: Record<string, string>;
  /** What the main file is written for; detected by default. */
  host?: HostId;
  /** What the main file is compiled for; by default what it is written for. */
  target?: HostId;
  profile?: Options["profile"];
  rules?: Options["rules"];
}

/**
 * The playground in a frame. Attributes: `src` (the address of a playground, required), `theme` (`light` or
 * `dark`) and `example` (the name of one of its examples). Without `project`, each child
 * `<script type="text/markdown" data-path="…">` is a file.
 */
export class RolewrightPlayground extends HTMLElement {
  project: PlaygroundProject | null;
}

/** Defines the element as `name`, by default `rolewright-playground`; a second call does nothing. */
export function define(name?: string): void;

/** The URL that embeds the playground at `src`. The texts are in its fragment. */
export function addressOf(
  src: string | URL,
  options?: { theme?: string | null; example?: string | null; project?: PlaygroundProject | null },
): Promise<string>;
