// What two files of one folder say of each other: names that both of them claim.

import { ask, optionsFor } from "./engine.js";
import { insert } from "../workspace.js";

// So many named files are each compared with all of their folder; of more the claims are listed first.
const FEW = 8;

/** Adds what is wrong between the files of a folder: `{ text, settings, explicit, report, claim? }`. */
export function compare(passed, job) {
  const claims = passed.filter((file) => file.claim && !file.explicit);
  if (claims.length > 1) {
    for (const diagnostic of ask("compare", claims.map((file) => file.claim), claims[0].settings)) {
      const report = claims.find((file) => file.report.path === diagnostic.path)?.report;
      if (report) insert(report.diagnostics, diagnostic);
    }
  }
  // Whoever names a file wants to know everything about it, whether its neighbours are named or not.
  const named = passed.filter((file) => file.explicit && file.claim);
  const clashing = named.length > FEW ? twice(named, job) : named;
  for (const file of clashing) file.report = ask("check", file.text, file.settings);
}

// Those of the named files whose name is claimed by another file of the folder too.
function twice(named, { over }) {
  const counts = new Map();
  const key = ({ host, name }) => `${host} ${name}`;
  const count = (claim) => claim && counts.set(key(claim), (counts.get(key(claim)) ?? 0) + 1);
  for (const { claim } of named) count(claim);
  const [{ home, claim }] = named;
  const folder = claim.path.slice(0, claim.path.lastIndexOf("/") + 1);
  const known = new Set(named.map((file) => file.claim.path));
  for (const path of home.files.paths()) {
    const isNeighbour = path.startsWith(folder) && !path.includes("/", folder.length) && !known.has(path);
    const text = isNeighbour && ask("hostOf", path) !== undefined ? home.files.text(path) : undefined;
    if (text !== undefined) count(ask("checkOne", text, optionsFor(path, home, over(home.config.optionsFor(path)))).claim);
  }
  return named.filter((file) => counts.get(key(file.claim)) > 1);
}
