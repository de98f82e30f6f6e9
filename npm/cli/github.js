// `--format github`: workflow commands that GitHub Actions shows as annotations.

import { dirname, join, relative, sep } from "node:path";
import { counted } from "./counted.js";
import { inside, upwards } from "./paths.js";

const COMMANDS = { error: "error", warning: "warning", info: "notice" };

/** See formats.js. */
export function github(write, { workspace }) {
  return {
    file({ diagnostics }, _text, home = workspace) {
      const above = fromCheckout(home.root);
      for (const { rule, severity, path, range, message, reason, help } of diagnostics) {
        const { start, end } = range;
        // GitHub accepts columns only for single-line ranges.
        const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : "";
        const place = `file=${property(above + path)},line=${start.line},endLine=${end.line}${columns},title=${property(rule)}`;
        const said = [message.endsWith("?") ? message : `${message}.`, reason, help].filter(Boolean).join("\n");
        write(`::${COMMANDS[severity]} ${place}::${data(said)}\n`);
      }
    },
    end({ files, errors, warnings, infos }) {
      write(`${counted(files, "file")}: ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${counted(infos, "info")}\n`);
    },
  };
}

// GitHub expects paths relative to the checkout, which may contain the workspace.
function fromCheckout(root) {
  const named = process.env.GITHUB_WORKSPACE;
  const checkout = named && inside(named, root) !== undefined ? named : dirname(upwards(root, ".git") ?? join(root, "x"));
  const above = relative(checkout, root).replaceAll(sep, "/");
  return above && `${above}/`;
}

const data = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
