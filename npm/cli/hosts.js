// `rolewright hosts [ID]`: lists the hosts or describes one.

import { hosts } from "../hosts.js";
import { hint } from "../nearest.js";
import { Usage } from "./arguments.js";
import { EXIT } from "./exit.js";
import { styles, widthOf } from "./style.js";
import { wrapped } from "./width.js";

/** Runs the command and returns its exit code. */
export function run({ paths: [id], format, color }) {
  const list = hosts();
  const one = list.find((host) => host.id === id);
  if (id !== undefined && !one) throw new Usage(`unknown host "${id}"${hint(id, list.map((host) => host.id))}`, "hosts");
  const style = styles(process.stdout, color);
  const text = format === "json" ? `${JSON.stringify(one ?? list, null, 2)}\n` : one ? described(one, style) : table(list, style);
  process.stdout.write(text);
  return EXIT.fine;
}

function table(list, style) {
  const width = Math.max(...list.map((host) => host.id.length));
  const line = ({ id, title, locations }) => `${style.bold(id.padEnd(width))}  ${title}${locations.length > 0 ? style.dim(`  ${locations[0]}`) : ""}`;
  return `${list.map(line).join("\n")}\n`;
}

function described(host, style) {
  const width = Math.min(100, widthOf(process.stdout));
  const { id, title, locations, fields, tools, models, limit, source, checked } = host;
  const places = locations.length > 0 ? locations : [`no fixed location; select it with --host ${id}`];
  const out = [`${style.bold(id)}: ${title}`, "", style.bold("Files"), ...places.map((place) => `  ${place}`)];
  if (fields.length > 0) out.push("", style.bold("Fields"));
  for (const field of fields) {
    const values = field.values.length > 0 ? `: ${field.values.join(", ")}` : "";
    const state = { deprecated: `; deprecated${field.instead ? ` in favor of ${field.instead}` : ""}`, ignored: "; ignored" }[field.status] ?? "";
    const kind = `${field.types.join(" or ")}${values}${field.required ? "; required" : ""}${state}`;
    const said = `${field.name}  ${kind}${field.note ? `. ${field.note}` : ""}`;
    const [first, ...rest] = wrapped(said, width - 6);
    out.push(`  ${first.replace(field.name, style.bold(field.name))}`, ...rest.map((line) => `      ${line}`));
  }
  const current = tools.filter((tool) => tool.status === "current").map((tool) => tool.name);
  const listed = (name, names) => {
    if (names.length > 0) out.push("", style.bold(name), ...wrapped(names.join(", "), width - 2).map((line) => `  ${line}`));
  };
  listed("Tools", current);
  listed("Models", models);
  if (limit) out.push("", style.bold("Longest prompt"), `  ${limit.max} ${limit.unit}${limit.hard ? "" : " (recommended)"}`);
  out.push("", style.dim(`Source: ${source.replace(/\.$/, "")}; checked ${/-\d\d-/.test(checked) ? "on" : "in"} ${checked}.`), "");
  return out.join("\n");
}
