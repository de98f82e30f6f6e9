// `--format text`: findings with the lines they are in, then one line of counts.

import { relative, resolve, sep } from "node:path";
import { frame } from "./frame.js";

/** See formats.js. */
export function text(write, { style, width, workspace }) {
  return {
    file({ diagnostics }, text, home = workspace) {
      const shown = (path) => relative(".", resolve(home.root, path)).replaceAll(sep, "/");
      for (const diagnostic of diagnostics) write(`${finding(diagnostic, text, { style, width, workspace: home, shown })}\n`);
    },
    end(tally) {
      write(`${summary(tally, style)}\n`);
    },
  };
}

function finding(d, text, { style, width, workspace, shown }) {
  const textOf = (path) => (path === d.path ? text : workspace.files.text(path));
  const labels = d.labels.map((label) => ({
    path: shown(label.path),
    text: textOf(label.path),
    start: label.range.start.offset,
    end: label.range.end.offset,
    message: label.message,
  }));
  const fix = d.fix && `${d.fix.title} (${d.fix.applicability === "safe" ? "--fix" : "--fix-unsafe"})`;
  // A finding may be about another file than the one that was checked: an included one.
  const own = d.range && (textOf(d.path) ?? "");
  const { severity, message, reason, help } = d;
  const place = { path: shown(d.path), text: own, start: d.range.start.offset, end: d.range.end.offset };
  return frame({ severity, title: d.rule, message, reason, help, fix, labels, style, width, ...place });
}

function summary(tally, style) {
  const { files, errors, warnings, infos, fixable, fixed, seen, unread } = tally;
  const found = [
    errors && style.red(counted(errors, "error")),
    warnings && style.yellow(counted(warnings, "warning")),
    infos && style.blue(counted(infos, "hint")),
  ].filter(Boolean);
  const result = found.length > 0 ? found.join(", ") : style.green("nothing found");
  const lines = [`${counted(files, "file")} checked: ${result}${fixable ? `; ${fixable} with a fix` : ""}`];
  if (fixed) lines.push(`${counted(fixed, "fix", "fixes")} applied`);
  const passed = [
    seen.others && `${seen.others} lie where no host looks`,
    seen.ignored && `${seen.ignored} ignored`,
    seen.links && `${counted(seen.links, "link")} out of the workspace`,
    unread && `${unread} unreadable`,
  ].filter(Boolean);
  if (passed.length > 0) lines.push(style.dim(`${counted(seen.files, "file")} looked at; left out: ${passed.join(", ")}`));
  if (seen.files > seen.most) lines.push(style.yellow(`stopped after ${seen.most} files: name the folders to check`));
  return lines.join("\n");
}

const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
