// Lists the manual's pages with their Markdown: those that are written, and those that are made from the rules,
// the facts about hosts and the schema.

import { example } from "./playground.mjs";
import { configuration } from "./schema.mjs";

/**
 * All pages in the order of the navigation: `{ path, title, group, markdown, source, isListed }`. `read(path)` gives a
 * file of the repository; `source` is the file that links in other files mean by this page.
 */
export function pages(read) {
  const written = (path, source, group, title) => {
    const markdown = withoutComments(read(source));
    return { path, source, group, markdown, title: title ?? heading(markdown), isListed: true };
  };
  const rules = JSON.parse(read("docs/rules.json"));
  return [
    written("index.html", "docs/manual/start.md", "Guide"),
    written("templates.html", "docs/templates.md", "Guide"),
    written("conversion.html", "docs/manual/conversion.md", "Guide"),
    { path: "configuration.html", source: "npm/schema.json", group: "Guide", title: "Configuration", markdown: configuration(JSON.parse(read("npm/schema.json")), rules), isListed: true },
    written("editors.html", "docs/editors.md", "Guide"),
    written("ci.html", "docs/ci.md", "Guide"),
    { path: "rules/index.html", source: "docs/rules.md", group: "Reference", title: "Rules", markdown: ruleTable(rules), isListed: true },
    ...hosts(withoutComments(read("docs/hosts.md")), JSON.parse(read("docs/hosts.json"))),
    written("package.html", "npm/README.md", "Reference", "npm package"),
    written("crate.html", "core/README.md", "Reference", "Rust crate"),
    written("design.html", "docs/manual/design.md", "Background"),
    ...rules.map(rulePage),
  ];
}

const heading = (markdown) => /^# (.+)$/m.exec(markdown)[1];
const withoutComments = (markdown) => markdown.replace(/^<!-- Generated [^]*?-->\n+/m, "");
const cell = (text) => text.replaceAll("|", "\\|");

function ruleTable(rules) {
  const row = ({ name, severity, profile, fix, summary }) => `| [\`${name}\`](${name}.html) | ${severity} | ${profile} | ${fix ?? "–"} | ${cell(summary)} |`;
  return `# Rules

The severity is the usual one: the same diagnostic is an error for a host that rejects the file, and less where it does less harm. The profile is the smallest one that runs the rule: \`core\` contains what a build should fail on, \`recommended\` (the default) adds advice, and \`style\` adds matters of taste. A safe fix keeps the meaning of the text; the result of an unsafe one should be reviewed. [Configuration](../configuration.html) explains how to switch a rule off or change its severity.

| rule | severity | profile | fix | reports |
|---|---|---|---|---|
${rules.map(row).join("\n")}
`;
}

function rulePage(rule) {
  const { name, summary, why, severity, profile, fix, path, bad, good, files, reach } = rule;
  const fixes = fix ? `, with ${fix === "safe" ? "a safe" : "an unsafe"} fix` : "";
  const others = Object.entries(files).map(([path, text]) => `With \`${path}\`:\n\n${text ? fenced(text) : "(empty file)\n"}`);
  const markdown = `# ${name}

${summary}

*Severity ${severity}, profile \`${profile}\`${fixes}.*

${why}

${reach}

## Reported

In \`${path}\`:

${fenced(bad)}
[Open in the playground](../../index.html#${example(rule)})

${others.join("\n")}

## Not reported

${fenced(good)}

## Switch it off

For one place, put a comment before the block, with your reason:

\`\`\`markdown
<!-- rolewright-ignore ${name}: reason -->
\`\`\`

For everything, in \`rolewright.json\`:

\`\`\`json
{ "rules": { "${name}": "off" } }
\`\`\`
`;
  return { path: `rules/${name}.html`, title: name, group: "Rules", markdown, isListed: false };
}

/** A code block that no fence inside can end, with invisible characters spelled out. */
function fenced(text) {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  const shown = text.replace(/[^\n\t\P{C}]|[\u{e0000}-\u{e0fff}\ufe00-\ufe0f]/gu, (character) => `⟨U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
  return `${fence}markdown\n${shown}${shown.endsWith("\n") ? "" : "\n"}${fence}\n`;
}

/** A page for the table of hosts, and one for each section of the document. */
function hosts(markdown, known) {
  const [intro, ...sections] = markdown.split(/^## /m);
  const ids = sections.map((section) => section.slice(0, section.indexOf("\n")).trim());
  const titles = new Map(known.map(({ id, title }) => [id, title]));
  const links = (text, prefix) => text.replace(/\]\(#([\w-]+)\)/g, (whole, id) => (ids.includes(id) ? `](${prefix}${id}.html)` : whole));
  const page = (section, at) => {
    const id = ids[at];
    const title = titles.get(id);
    // One level up, because the section is a page of its own now.
    const text = section.slice(section.indexOf("\n")).trim().replace(/^#(#+) /gm, "$1 ");
    if (!text.startsWith(`${title}. `)) throw new Error(`docs/hosts.md does not begin ${id} with its title`);
    const lifted = `# ${title}\n\nIn settings and on the command line: \`${id}\`. ${text.slice(title.length + 2)}\n`;
    return { path: `hosts/${id}.html`, title, group: "Hosts", markdown: links(lifted, ""), isListed: false };
  };
  return [
    { path: "hosts/index.html", source: "docs/hosts.md", group: "Reference", title: "Hosts", markdown: links(intro, ""), isListed: true },
    ...sections.map(page),
  ];
}
