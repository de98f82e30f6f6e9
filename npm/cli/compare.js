// Cross-file checks within a folder: role names that several files claim.

import { ask, optionsFor } from "./engine.js";
import { insert } from "../check-all.js";

// Up to this many named files are compared with their whole folder; beyond it, claims are collected first.
const FEW = 8;

/** Adds the cross-file diagnostics of a folder to the reports of its files: `{ text, settings, explicit, report, claim? }`. */
export function compare(passed, job) {
  const claims = passed.filter((file) => file.claim && !file.explicit);
  if (claims.length > 1) {
    for (const diagnostic of ask("compare", claims.map((file) => file.claim), claims[0].settings)) {
      const report = claims.find((file) => file.report.path === diagnostic.path)?.report;
      if (report) insert(report.diagnostics, diagnostic);
    }
  }
  // A file named on the command line is also compared with neighbors that were not named.
  const named = passed.filter((file) => file.explicit && file.claim);
  const clashing = named.length > FEW ? twice(named, job) : named;
  for (const file of clashing) file.report = ask("check", file.text, file.settings);
}

// The named files whose role name another file in the folder also claims.
function twice(named, { over }) {
  const counts = new Map();
  const key = ({ host, name }) => `${host} ${name}`;
  const count = (claim) => claim && counts.set(key(claim), (counts.get(key(claim)) ?? 0) + 1);
  for (const { claim } of named) count(claim);
  const [{ home, claim }] = named;
  const folder = claim.path.slice(0, claim.path.lastIndexOf("/") + 1);
  const known = new Set(named.map((file) => file.claim.path));
  for (const path of home.files.paths()) {
    const isNeighbor = path.startsWith(folder) && !path.includes("/", folder.length) && !known.has(path);
    const text = isNeighbor && ask("unread", path) === undefined ? home.files.text(path) : undefined;
    if (text !== undefined) count(ask("checkOne", text, optionsFor(path, home, over(home.config.optionsFor(path)))).claim);
  }
  return named.filter((file) => counts.get(key(file.claim)) > 1);
}
