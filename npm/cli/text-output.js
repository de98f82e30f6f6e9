// `--format text`: diagnostics with their source lines, then a summary.

import { relative, resolve, sep } from "node:path";
import { counted } from "./counted.js";
import { frame } from "./frame.js";

/** See formats.js. */
export function text(write, { style, width, workspace }) {
  return {
    file({ path: checked, diagnostics }, text, home = workspace) {
      const shown = (path) => relative(".", resolve(home.root, path)).replaceAll(sep, "/");
      // A diagnostic may be in an included file instead of the checked one.
      const textOf = (path) => (path === checked ? text : home.files.text(path));
      for (const diagnostic of diagnostics) write(`${drawn(diagnostic, { textOf, style, width, shown })}\n`);
    },
    end(tally) {
      write(`${summary(tally, style)}\n`);
    },
  };
}

function drawn(d, { textOf, style, width, shown }) {
  const labels = d.labels.map((label) => ({
    path: shown(label.path),
    text: textOf(label.path),
    start: label.range.start.offset,
    end: label.range.end.offset,
    message: label.message,
  }));
  const fix = d.fix && `${d.fix.title} (${d.fix.applicability === "safe" ? "--fix" : "--fix-unsafe"})`;
  const own = d.range && (textOf(d.path) ?? "");
  const { severity, message, reason, help } = d;
  const place = { path: shown(d.path), text: own, start: d.range.start.offset, end: d.range.end.offset };
  return frame({ severity, title: d.rule, message, reason, help, fix, labels, style, width, ...place });
}

function summary(tally, style) {
  const { files, errors, warnings, infos, fixable, fixed, seen, unread, partly, example } = tally;
  const found = [
    errors && style.red(counted(errors, "error")),
    warnings && style.yellow(counted(warnings, "warning")),
    infos && style.blue(counted(infos, "info")),
  ].filter(Boolean);
  const result = found.length > 0 ? found.join(", ") : style.green("no problems");
  const lines = [files > 0 || unread > 0 ? `${counted(files, "file")} checked: ${result}${fixable ? `; ${fixable} fixable` : ""}` : NONE];
  if (fixed) lines.push(`${counted(fixed, "fix", "fixes")} applied`);
  for (const [why, { count, first }] of partly) lines.push(style.dim(`partly checked: ${first}${count > 1 ? ` and ${count - 1} more` : ""}. ${why}`));
  const passed = [
    ...Array.from(seen.others, ([reason, count]) => `${count} ${reason}`),
    seen.ignored && `${seen.ignored} ignored`,
    seen.links && `${counted(seen.links, "link")} that cannot be followed`,
    unread && `${unread} unreadable`,
  ].filter(Boolean);
  if (passed.length > 0) lines.push(style.dim(`${counted(seen.files, "file")} found; skipped: ${passed.join(", ")}`));
  if (files === 0 && seen.near.length > 0) {
    const [first] = seen.near;
    lines.push(`nearest: ${seen.near.join(", ")}; to check such files, name them, or add "${first}" or a glob to \`include\` in rolewright.json`);
  }
  if (example) lines.push(style.dim(`Run \`rolewright rules ${example}\` for details on a rule.`));
  return lines.join("\n");
}

const NONE = "no roles found; name a file or folder, or add a glob to `include` in rolewright.json";
