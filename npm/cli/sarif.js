// `--format sarif`: SARIF 2.1.0 for code scanning, with columns in UTF-16 code units.

import { pathToFileURL } from "node:url";
import { version } from "../names.js";
import { rules } from "../rules.js";
import { visible } from "./frame.js";

const LEVELS = { error: "error", warning: "warning", info: "note" };

/** See formats.js. */
export function sarif(write, { workspace }) {
  const list = rules();
  const index = new Map(list.map((rule, at) => [rule.name, at]));
  const bases = new Map([[workspace.root, "WORKSPACE"]]);
  let first = true;
  write('{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[\n');
  return {
    file({ diagnostics }, _text, home = workspace) {
      if (!bases.has(home.root)) bases.set(home.root, `WORKSPACE-${bases.size + 1}`);
      for (const diagnostic of diagnostics) {
        write(`${first ? "" : ",\n"}${JSON.stringify(result(diagnostic, index, bases.get(home.root)))}`);
        first = false;
      }
    },
    end({ problems, stopped, partly }) {
      const driver = { name: "rolewright", version, semanticVersion: version, rules: list.map(described) };
      const roots = [...bases].map(([root, base]) => [base, { uri: `${pathToFileURL(root).href}/` }]);
      const rest = {
        tool: { driver },
        originalUriBaseIds: Object.fromEntries(roots),
        invocations: [invocation(problems, stopped, partly)],
      };
      write(`\n],${JSON.stringify(rest).slice(1, -1)}}]}\n`);
    },
  };
}

// Also reports files that could not be read, or only in part.
function invocation(problems, stopped, partly) {
  const notes = [...partly].map(([why, { count, first }]) => `${first}${count > 1 ? ` and ${count - 1} more` : ""}: ${why}`);
  const told = (level) => (text) => ({ level, message: { text } });
  const all = [...problems.map(told("error")), ...notes.map(told("note"))];
  return { executionSuccessful: problems.length === 0 && !stopped, ...(all.length > 0 && { toolExecutionNotifications: all }) };
}

function described({ name, summary, why, severity, path, bad, good }) {
  const example = (text) => `\`\`\`\`text\n${visible(text).replace(/\n$/, "")}\n\`\`\`\``;
  return {
    id: name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${summary} ${why}`,
      markdown: `${summary}\n\n${why}\n\nIncorrect (\`${path}\`):\n\n${example(bad)}\n\nCorrect:\n\n${example(good)}\n`,
    },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result({ rule, severity, path, range, message, reason, help, labels, fix }, index, base) {
  const said = [message.endsWith("?") ? message : `${message}.`, reason, help].filter(Boolean).join(" ");
  const out = {
    ruleId: rule,
    ruleIndex: index.get(rule),
    level: LEVELS[severity],
    message: { text: said },
    locations: [{ physicalLocation: place(path, range, base) }],
  };
  if (labels.length > 0) {
    out.relatedLocations = labels.map((label, id) => ({ id, physicalLocation: place(label.path, label.range, base), message: { text: label.message } }));
  }
  if (fix) out.fixes = [{ description: { text: fix.title }, artifactChanges: changes(fix.edits, base) }];
  return out;
}

function changes(edits, base) {
  const files = Map.groupBy ? Map.groupBy(edits, (edit) => edit.path) : grouped(edits);
  return [...files].map(([path, edits]) => ({
    artifactLocation: location(path, base),
    replacements: edits.map(({ range, text }) => ({ deletedRegion: region(range), insertedContent: { text } })),
  }));
}

function grouped(edits) {
  const files = new Map();
  for (const edit of edits) files.set(edit.path, [...(files.get(edit.path) ?? []), edit]);
  return files;
}

const place = (path, range, base) => ({ artifactLocation: location(path, base), region: region(range) });
const location = (path, base) => ({ uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: base });
const region = ({ start, end }) => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});
