// `--format json`: one object on one line, written as it comes.

import { version } from "../names.js";

/** See formats.js. */
export function json(write) {
  let first = true;
  const open = () => {
    const before = first ? `{"version":${JSON.stringify(version)},"files":[\n` : ",\n";
    first = false;
    return before;
  };
  return {
    file({ path, host, kind, diagnostics, skipped }) {
      write(`${open()}${JSON.stringify({ path, host, kind, diagnostics, skipped })}`);
    },
    end({ files, errors, warnings, infos, fixable, fixed }) {
      const summary = { files, errors, warnings, infos, fixable, fixed };
      write(`${first ? open() : ""}\n],"summary":${JSON.stringify(summary)}}\n`);
    },
  };
}
