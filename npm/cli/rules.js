// `rolewright rules [NAME]`: lists the rules or explains one.

import { rules } from "../rules.js";
import { hint } from "../nearest.js";
import { Usage } from "./arguments.js";
import { EXIT } from "./exit.js";
import { visible } from "./frame.js";
import { styles, widthOf } from "./style.js";
import { wrapped } from "./width.js";

/** Runs the command and returns its exit code. */
export function run({ paths: [name], format, color }) {
  const list = rules();
  const one = list.find((rule) => rule.name === name);
  if (name !== undefined && !one) throw new Usage(`unknown rule "${name}"${hint(name, list.map((rule) => rule.name))}`, "rules");
  const style = styles(process.stdout, color);
  const text = format === "json" ? `${JSON.stringify(one ?? list, null, 2)}\n` : one ? explained(one, style) : table(list, style);
  process.stdout.write(text);
  return EXIT.fine;
}

function table(list, style) {
  const width = Math.max(...list.map((rule) => rule.name.length));
  const color = { error: style.red, warning: style.yellow, info: style.blue };
  const line = ({ name, severity, summary }) => `${style.bold(name.padEnd(width))}  ${color[severity](severity.padEnd(7))}  ${summary}`;
  return `${list.map(line).join("\n")}\n`;
}

function explained({ name, severity, profile, fix, summary, why, path, bad, good }, style) {
  const width = Math.min(100, widthOf(process.stdout));
  const example = (text) => visible(text).replace(/^/gm, "    ").trimEnd();
  const fixed = fix ? `, with ${fix === "safe" ? "a safe" : "an unsafe"} fix` : "";
  return [
    `${style.bold(name)}: ${severity}, profile ${profile}${fixed}`,
    "",
    ...wrapped(summary, width),
    "",
    ...wrapped(why, width),
    "",
    style.bold(`Incorrect (${path}):`),
    example(bad),
    "",
    style.bold("Correct:"),
    example(good),
    "",
  ].join("\n");
}
