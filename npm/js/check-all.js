// Checks a workspace file by file, and then runs the cross-file checks.

import { RANK } from "./severity.js";

/** Checks every role in `files` through `run(name, …arguments)`. */
export function checkAll(run, files, settings) {
  const paths = Object.keys(files).sort();
  const around = { text: (path) => (Object.hasOwn(files, path) ? files[path] : undefined), paths: () => paths };
  const report = { files: [], skipped: [] };
  const claims = [];
  const roles = rolesOf(run, files, paths, { ...settings, files: around });
  for (const path of paths) {
    if (!roles.has(path)) {
      report.skipped.push(path);
      continue;
    }
    const passed = run("checkOne", files[path], { ...settings, files: around, path });
    report.files.push(passed.report);
    if (passed.claim) claims.push(passed.claim);
  }
  if (claims.length > 1) {
    const byPath = new Map(report.files.map((file) => [file.path, file]));
    for (const diagnostic of run("compare", claims, { ...settings, files: around })) {
      insert(byPath.get(diagnostic.path).diagnostics, diagnostic);
    }
  }
  return report;
}

// The roles, without roles that are parts of other roles.
function rolesOf(run, files, paths, settings) {
  const roles = new Map();
  for (const path of paths) {
    const judged = run("unread", path) === undefined ? run("judge", path, files[path], settings) : {};
    if (judged.host !== undefined) roles.set(path, judged);
  }
  const parts = new Set();
  for (const [path, { includes }] of roles) {
    if (!includes || parts.has(path)) continue;
    for (const other of run("inputs", files[path], { ...settings, path }).read) if (other !== path) parts.add(other);
  }
  for (const path of parts) if (roles.get(path)?.mayBePart) roles.delete(path);
  return roles;
}

/** Inserts a diagnostic in the order of the engine. */
export function insert(diagnostics, added) {
  const { path, range, severity, rule } = added;
  const behind = (d) => {
    if (d.path !== path) return true;
    if (d.range.start.offset !== range.start.offset) return d.range.start.offset > range.start.offset;
    return d.severity === severity ? d.rule > rule : RANK[d.severity] < RANK[severity];
  };
  const at = diagnostics.findIndex(behind);
  diagnostics.splice(at < 0 ? diagnostics.length : at, 0, added);
}
