// The messages about a compilation for another host.

/** `{ file, problem, losses }`: the file to show, or why there is none, and what the host cannot express. */
export function outcome(compiled, hostName) {
  const losses = compiled.losses.map(({ message }) => message);
  if (compiled.file) return { file: compiled.file, problem: null, losses };
  const errors = compiled.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const [reason = "the role cannot be compiled"] = [...compiled.losses.filter(({ severity }) => severity === "error").map(({ message }) => message), ...errors];
  return { file: null, problem: `Nothing was compiled for ${hostName}: ${reason}`, losses };
}

/** "3 problems in 2 files". */
export function counted(report) {
  const items = (report?.items ?? []).map(({ items = [] }) => items.length).filter((count) => count > 0);
  const problems = items.reduce((sum, count) => sum + count, 0);
  if (problems === 0) return "No problems found.";
  return `${problems} ${problems === 1 ? "problem" : "problems"} in ${items.length} ${items.length === 1 ? "file" : "files"}.`;
}
