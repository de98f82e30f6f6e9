// Makes the page about rolewright.json from its JSON Schema.

/** The page as Markdown. */
export function configuration(schema, rules) {
  const { properties, $defs } = schema;
  const resolve = (entry) => (entry.$ref ? { ...$defs[entry.$ref.split("/").at(-1)], ...entry } : entry);
  const rows = (properties) => Object.entries(properties).map(([name, entry]) => row(name, resolve(entry))).join("\n");
  const objects = ["templates", "mounts", "limits"].map((name) => section(name, $defs[name], resolve));
  return `# Configuration

\`rolewright.json\` at the root of a workspace holds its settings. It may have comments, and a nested one governs its folder. \`npx rolewright init\` creates one. Options of the command line take precedence; declarations in the front matter of a role take precedence over \`variables\`.

\`\`\`json rolewright.json
{
  "$schema": "./node_modules/rolewright/schema.json",
  "profile": "recommended",
  "rules": { "tool-case": "error", "first-person": "off" },
  "values": { "PRODUCT": "Mill" },
  "include": ["prompts/**/*.md"],
  "ignore": ["examples"],
  "overrides": [{ "files": ["drafts/**"], "profile": "core" }]
}
\`\`\`

Editors check the file against the schema in the package (\`rolewright/schema.json\`).

## Settings

| setting | type | meaning |
|---|---|---|
${rows(properties)}

The ${rules.length} names of \`rules\` are those of the [rules](rules/index.html).

## \`overrides\`

Each entry applies to the files that match \`files\`; later entries take precedence.

| setting | type | meaning |
|---|---|---|
${rows(resolve(properties.overrides).items.properties)}

## \`variables\`

${variables($defs.variables, resolve)}
${objects.join("\n")}
`;
}

function row(name, entry) {
  const type = name === "host" ? "`auto` or a [host](hosts/index.html)" : kind(entry);
  return `| \`${name}\` | ${type} | ${(entry.description ?? "").replaceAll("|", "\\|")} |`;
}

/** "a string", "one of `a`, `b`", "a list of strings". */
function kind(entry) {
  if (entry.enum) return `${entry.enum.length > 1 ? "one of " : ""}${entry.enum.map((value) => `\`${value}\``).join(", ")}`;
  if (entry.oneOf) return entry.oneOf.map(kind).join(" or ");
  if (entry.type === "array") return entry.items.type === "object" ? "a list of objects" : "a list of strings";
  return { string: "a string", boolean: "`true` or `false`", object: "an object", integer: "a whole number" }[entry.type] ?? "";
}

function variables({ description, additionalProperties }, resolve) {
  const [, object] = additionalProperties.oneOf;
  const rows = Object.entries(object.properties).map(([name, entry]) => row(name, resolve(entry)));
  return `${description} A string is the default value; an object may have:

| setting | type | meaning |
|---|---|---|
${rows.join("\n")}
`;
}

function section(name, definition, resolve) {
  const inner = definition.properties ?? definition.additionalProperties.properties;
  const rows = Object.entries(inner).map(([name, entry]) => row(name, resolve(entry)));
  const about = definition.description ? `${definition.description}\n\n` : "";
  return `## \`${name}\`

${about}| setting | type | meaning |
|---|---|---|
${rows.join("\n")}
`;
}
