// What stands at a place, explained in Markdown.

import { about, resolved } from "./directive.js";
import { keyAt } from "./head.js";
import { rules } from "./rules.js";

/** The hover at a view of a text, or null. */
export function hovered(view) {
  const { outline, host, offset, syntax } = view;
  const at = (list) => list.find(({ range }) => range.start.offset <= offset && offset < range.end.offset);
  const told = (item, text) => ({ range: view.rangeOf(item.range.start.offset, item.range.end.offset), text });
  const directive = at(outline.directives);
  if (directive) return told(directive, directive.kind === "include" ? includeText(directive, view) : variableText(directive, view));
  const tool = at(outline.tools);
  if (tool) return told(tool, toolText(tool.name, host));
  const field = at(outline.fields);
  if (field) return told(field, fieldText(field.name, host));
  return inFile(view, syntax) ?? value(view) ?? suppressed(view);
}

// In files that are no Markdown the engine reads no fields: the line says which one it is.
function inFile({ text, offset, host, rangeOf, outline }, syntax) {
  if (syntax === "markdown" || outline.fields.length > 0) return undefined;
  const key = keyAt(text, offset, syntax);
  const isTop = key && (syntax === "yaml" ? key.parents.join() === "customModes" : key.parents.length === 0);
  return isTop ? { range: rangeOf(key.start, key.end), text: fieldText(key.name, host) } : undefined;
}

// A value that its field knows.
function value({ text, offset, outline, host, rangeOf }) {
  const field = outline.fields.find(({ value }) => value.start.offset <= offset && offset < value.end.offset);
  const known = host.fields.find(({ name }) => name === field?.name);
  if (!known) return undefined;
  const { start, end } = field.value;
  const written = text.slice(start.offset, end.offset).replace(/^["']|["']$/g, "");
  const range = () => rangeOf(start.offset, end.offset);
  if (known.values.includes(written)) return { range: range(), text: `\`${written}\` is a value that ${host.product} knows for \`${known.name}\`.` };
  if (known.names === "models" && host.models.includes(written)) return { range: range(), text: `\`${written}\` is a name for a model in ${host.product}.` };
  return undefined;
}

// The rule that a comment switches off.
function suppressed({ text, offset, rangeOf }) {
  const start = text.slice(0, offset).search(/[\w-]*$/);
  const [name] = /^[\w-]+/.exec(text.slice(start)) ?? [];
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  if (!name || !/(?:<!--|#)\s*rolewright-ignore(?:-file)?\s+$/.test(line)) return null;
  const rule = rules().find((rule) => rule.name === name);
  const said = rule ? `**${name}**: ${rule.severity}.\n\n${rule.summary}\n\n${rule.why}` : `There is no rule \`${name}\`.`;
  return { range: rangeOf(start, start + name.length), text: said };
}

function variableText({ name }, { variables, values }) {
  const variable = variables().find((variable) => variable.name === name) ?? { name };
  return `\`${name}\` is a variable of this template.\n\n${about(variable, values) ?? "It has no value yet."}`;
}

function includeText({ name }, { path, files, known }) {
  const [file] = name.split("#");
  const target = resolved(file, path, files);
  if (target !== undefined) {
    const lines = files[target].split(/\r\n|\r|\n/).length - (/[\r\n]$/.test(files[target]) ? 1 : 0);
    return `Puts \`${target}\` in: ${lines} ${lines === 1 ? "line" : "lines"}.`;
  }
  return known ? `Puts \`${name}\` in. There is no such file.` : `Puts \`${name}\` in.`;
}

function toolText(name, { product, tools }) {
  const tool = tools.find((tool) => tool.name === name);
  if (!tool) return `\`${name}\` is none of the tools that are known of ${product}.`;
  const { status, instead } = tool;
  if (status === "alias") return `\`${name}\` is another name for \`${instead}\` in ${product}.`;
  if (status === "legacy") return `\`${name}\` is an old name for \`${instead}\` in ${product}.`;
  if (status === "removed") return `${product} no longer has \`${name}\`${instead ? `; \`${instead}\` does its work now` : ""}.`;
  return `\`${name}\` is a tool of ${product}.`;
}

function fieldText(name, { title, fields }) {
  const field = fields.find((field) => field.name === name);
  if (!field) return `\`${name}\` is none of the fields that are known of: ${title}.`;
  const { types, values, required, note, status, instead } = field;
  const kind = `${types.join(" or ")}${required ? ", required" : ""}`;
  const old = status === "deprecated" ? `\n\nDeprecated${instead ? `: write \`${instead}\`` : ""}.` : "";
  const known = values.length > 0 ? `\n\nValues: ${values.map((value) => `\`${value}\``).join(", ")}.` : "";
  return `**${name}**: ${kind}.${old}${note ? `\n\n${note}` : ""}${known}`;
}
