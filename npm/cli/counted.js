// Counts in words.

/** "1 file", "2 files". */
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
