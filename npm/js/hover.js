// What stands at a place, explained in Markdown.

/** The hover at a view of a text, or null. */
export function hovered({ outline, host, offset, places }) {
  const at = (list) => list.find(({ range }) => range.start.offset <= offset && offset < range.end.offset);
  const told = (item, text) => ({ range: places.range(item.range.start.offset, item.range.end.offset), text });
  const tool = at(outline.tools);
  if (tool) return told(tool, toolText(tool.name, host));
  const field = at(outline.fields);
  if (field) return told(field, fieldText(field.name, host));
  const directive = at(outline.directives);
  if (directive) {
    const kind = directive.kind === "include" ? "puts this file in." : "is a variable of this template.";
    return told(directive, `\`${directive.name}\` ${kind}`);
  }
  return null;
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
  const { types, values, required, note } = field;
  const kind = `${types.join(" or ")}${required ? ", required" : ""}`;
  const known = values.length > 0 ? `\n\nValues: ${values.map((value) => `\`${value}\``).join(", ")}.` : "";
  return `**${name}**: ${kind}.${note ? `\n\n${note}` : ""}${known}`;
}
