// The name that somebody probably meant.

/** The one of `names` nearest to `name`, where one is near. */
export function nearest(name, names) {
  const most = Math.max(1, Math.floor(name.length / 3));
  let best;
  let least = most + 1;
  for (const other of names) {
    const away = distance(name.toLowerCase(), other.toLowerCase());
    if (away < least) [best, least] = [other, away];
  }
  return best;
}

/** `; did you mean "x"?`, or nothing. */
export function hint(name, names) {
  const near = nearest(name, names);
  return near ? `; did you mean "${near}"?` : "";
}

// Letters added, dropped, changed or swapped with their neighbour.
function distance(a, b) {
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
