// `--format json`: one JSON object, written file by file.

import { relative, resolve, sep } from "node:path";
import { version } from "../names.js";

/** See formats.js. */
export function json(write, { workspace }) {
  let first = true;
  const open = () => {
    const before = first ? `{"version":${JSON.stringify(version)},"files":[\n` : ",\n";
    first = false;
    return before;
  };
  return {
    file(report, _text, home = workspace) {
      const { path, host, kind, diagnostics, skipped } = home.root === workspace.root ? report : moved(report, home.root, workspace.root);
      write(`${open()}${JSON.stringify({ path, host, kind, diagnostics, skipped })}`);
    },
    end({ files, errors, warnings, infos, fixable, fixed }) {
      const summary = { files, errors, warnings, infos, fixable, fixed };
      write(`${first ? open() : ""}\n],"summary":${JSON.stringify(summary)}}\n`);
    },
  };
}

// A report from another workspace, with its paths made relative to the root of this one.
function moved(report, from, to) {
  const seen = (inner) => ({ ...inner, path: relative(to, resolve(from, inner.path)).replaceAll(sep, "/") });
  const diagnostics = report.diagnostics.map((d) => ({
    ...seen(d),
    labels: d.labels.map(seen),
    ...(d.fix && { fix: { ...d.fix, edits: d.fix.edits.map(seen) } }),
  }));
  return { ...seen(report), diagnostics };
}
