// The custom element that shows the playground in a frame. It loads no engine: the playground has its own.
// Importing this module neither defines the element nor needs a document.

const ATTRIBUTES = ["src", "theme", "example"];
const SHEET = ":host { display: block; height: 480px } :host([hidden]) { display: none } iframe { width: 100%; height: 100%; border: 0 }";
// The version of the links that the playground reads.
const VERSION = "1";
const Base = globalThis.HTMLElement ?? class {};

/**
 * The playground with files from the page: the files of `project`, or of the element's
 * `<script type="text/markdown" data-path="…">` children.
 */
export class RolewrightPlayground extends Base {
  #frame = null;
  #project = null;
  #turn = 0;

  static get observedAttributes() {
    return ATTRIBUTES;
  }

  /** The displayed project: `{ files, main, name, values, host, target, profile, rules }`, or `null` for the children. */
  get project() {
    return this.#project;
  }

  set project(project) {
    if (project !== null && typeof project?.files !== "object") throw new TypeError("project.files must be an object of texts by path");
    this.#project = project;
    this.#show();
  }

  connectedCallback() {
    if (!this.#frame) this.#build();
    this.#show();
  }

  attributeChangedCallback() {
    this.#show();
  }

  #build() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    this.#frame = document.createElement("iframe");
    this.#frame.title = "Rolewright playground";
    this.#frame.loading = "lazy";
    this.#frame.allow = "clipboard-write";
    root.append(this.#frame);
  }

  async #show() {
    const turn = ++this.#turn;
    // The children are there once the page's parser has reached the end of the element.
    await null;
    if (!this.#frame || !this.isConnected || turn !== this.#turn || !this.getAttribute("src")) return;
    const project = this.#project ?? this.#ofChildren();
    const address = await addressOf(new URL(this.getAttribute("src"), this.ownerDocument.baseURI), {
      theme: this.getAttribute("theme"),
      example: this.getAttribute("example"),
      project,
    });
    if (turn === this.#turn) this.#frame.src = address;
  }

  #ofChildren() {
    const scripts = [...this.querySelectorAll(":scope > script[data-path]")];
    if (!scripts.length) return null;
    // The line after the tag is not part of the text.
    const files = scripts.map((script) => [script.dataset.path, script.textContent.replace(/^\r?\n/, "")]);
    return { files: Object.fromEntries(files), main: files[0][0] };
  }
}

/** Defines the element, once; a second call does nothing. */
export function define(name = "rolewright-playground") {
  if (!customElements.get(name)) customElements.define(name, class extends RolewrightPlayground {});
}

/**
 * The URL that embeds the playground at `src`. The texts are in the fragment, which browsers
 * never send to a server.
 */
export async function addressOf(src, { theme, example, project } = {}) {
  const address = new URL(src);
  address.searchParams.set("embed", "1");
  if (theme) address.searchParams.set("theme", theme);
  if (example) address.searchParams.set("example", example);
  if (project) address.hash = VERSION + (await pack(JSON.stringify(shared(project))));
  return address.href;
}

/** A project under the short names that links have. */
function shared({ files, main, name, values, host, target, profile, rules }) {
  return { f: files, e: main ?? Object.keys(files)[0], n: name ?? "From this page", v: values ?? {}, t: host, c: target, p: profile, r: rules ?? {} };
}

async function pack(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
