// Turns a page's Markdown into HTML, with anchors, links between pages, and the frame around it.

import { posix } from "node:path";
import { Marked } from "marked";

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]);

/** `{ html, headings }` of a page. `known` maps files of the repository to the pages that show them. */
export function render(markdown, { page, known }) {
  const headings = [];
  const slugs = new Map();
  const slug = (text) => {
    const plain = text.toLowerCase().replace(/<[^>]*>|&\w+;/g, "").replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replace(/\s/g, "-");
    const times = slugs.get(plain) ?? 0;
    slugs.set(plain, times + 1);
    return times === 0 ? plain : `${plain}-${times}`;
  };
  const renderer = {
    heading({ tokens, depth }) {
      const html = this.parser.parseInline(tokens);
      const id = slug(html);
      if (depth === 2) headings.push({ id, html });
      return `<h${depth} id="${id}">${html}</h${depth}>\n`;
    },
    code({ text, lang }) {
      // The second word of the information is the file that the block shows.
      const [language = "", file] = (lang ?? "").split(" ");
      const caption = file && !file.includes("=") ? `<figcaption><code>${escape(file)}</code></figcaption>` : "";
      const block = `<pre tabindex="0"><code${language ? ` class="language-${escape(language)}"` : ""}>${escape(text)}\n</code></pre>`;
      return caption ? `<figure>${caption}${block}</figure>\n` : `${block}\n`;
    },
    link({ href, tokens }) {
      const html = this.parser.parseInline(tokens);
      const target = linked(href, page, known);
      return target === null ? html : `<a href="${escape(target)}">${html}</a>`;
    },
    table(token) {
      const cells = (row, tag, label = () => "") => row.map(({ tokens }, at) => `<${tag}${label(at)}>${this.parser.parseInline(tokens)}</${tag}>`).join("");
      // A narrow screen has no header row; the first cell is a title there.
      const label = (at) => (at > 0 ? ` data-label="${escape(token.header[at].text)}"` : "");
      const rows = token.rows.map((row) => `<tr>${cells(row, "td", label)}</tr>`).join("\n");
      return `<div class="wide" tabindex="0" role="group" aria-label="Table"><table><thead><tr>${cells(token.header, "th")}</tr></thead>\n<tbody>${rows}</tbody></table></div>\n`;
    },
  };
  const html = new Marked({ gfm: true, renderer }).parse(markdown);
  return { html, headings };
}

/** Where a link of a file leads in the manual; null where the manual has nothing there. */
function linked(href, page, known) {
  if (/^(https?:|#)/.test(href) || page.source === undefined) return href;
  const [path, anchor] = href.split("#");
  if (path.endsWith(".html")) return href;
  const file = posix.normalize(posix.join(posix.dirname(page.source), path));
  const target = known.get(file);
  if (target === undefined) return null;
  // A rule has a page of its own, where the file has a section.
  if (file === "docs/rules.md" && anchor) return relative(page.path, `rules/${anchor}.html`);
  if (file === "docs/hosts.md" && anchor) return relative(page.path, `hosts/${anchor}.html`);
  return relative(page.path, target) + (anchor ? `#${anchor}` : "");
}

function relative(from, to) {
  return posix.relative(posix.dirname(from), to) || posix.basename(to);
}

/** The text of a page below its title, for the search. */
export function words(html) {
  const body = html.replace(/<h1\b[^>]*>.*?<\/h1>/, "").replace(/<\/?(?:a|code|em|strong|sub|del)\b[^>]*>/g, "");
  const plain = body.replace(/<[^>]*>/g, " ").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  return plain.replace(/\s+/g, " ").trim();
}

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** The whole page. */
export function layout({ page, html, headings, all }) {
  const to = (path) => escape(relative(page.path, path));
  const up = "../".repeat(page.path.split("/").length - 1);
  const groups = [...new Set(all.filter(({ isListed }) => isListed).map(({ group }) => group))];
  const item = (other) => {
    const isHere = other.path === page.path;
    const isAround = !isHere && other.path === `${page.path.split("/")[0]}/index.html`;
    return `<li><a href="${to(other.path)}"${isHere ? ' aria-current="page"' : isAround ? ' aria-current="true"' : ""}>${escape(other.title)}</a></li>`;
  };
  const navigation = groups.map((group) => `<h2>${group}</h2>\n<ul>${all.filter((other) => other.isListed && other.group === group).map(item).join("\n")}</ul>`).join("\n");
  const contents = headings.length > 2 ? `<nav class="contents" aria-labelledby="on-this-page"><h2 id="on-this-page">On this page</h2><ul>${headings.map(({ id, html }) => `<li><a href="#${id}">${html.replace(/<\/?a\b[^>]*>/g, "")}</a></li>`).join("")}</ul></nav>` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)} – Rolewright</title>
<link rel="icon" type="image/svg+xml" href="${up}../icons/icon.svg">
<link rel="stylesheet" href="${up}manual.css">
<script src="${up}manual.js" defer data-index="${up}search.json"></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<a class="home" href="${up}index.html">Rolewright</a>
<a class="menu" href="#pages">Contents</a>
<search><label for="search">Search the manual</label><input id="search" type="search" autocomplete="off" spellcheck="false" aria-controls="found"></search>
<button id="theme" type="button" hidden>Theme: system</button>
<a href="${up}../index.html">Playground</a>
</header>
<section id="found" aria-label="Search results" hidden><p role="status"></p><ul></ul></section>
<nav class="pages" id="pages" aria-label="Manual">
${navigation}
</nav>
<main id="content" tabindex="-1">
${html.replace("</h1>\n", (end) => end + contents)}</main>
</body>
</html>
`;
}
