// `--format github`: workflow commands that a run of GitHub Actions shows beside the lines.

const COMMANDS = { error: "error", warning: "warning", info: "notice" };

/** See formats.js. */
export function github(write) {
  return {
    file({ diagnostics }) {
      for (const { rule, severity, path, range, message, reason, help } of diagnostics) {
        const { start, end } = range;
        // GitHub takes columns for ranges of one line only.
        const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : "";
        const place = `file=${property(path)},line=${start.line},endLine=${end.line}${columns},title=${property(rule)}`;
        const said = [`${message}.`, reason, help].filter(Boolean).join("\n");
        write(`::${COMMANDS[severity]} ${place}::${data(said)}\n`);
      }
    },
    end({ files, errors, warnings, infos }) {
      write(`${files} files: ${errors} errors, ${warnings} warnings, ${infos} hints\n`);
    },
  };
}

const data = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
