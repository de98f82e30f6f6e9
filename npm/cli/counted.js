// Counts with singular and plural nouns.

/** "1 file", "2 files". */
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
