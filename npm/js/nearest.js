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

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
