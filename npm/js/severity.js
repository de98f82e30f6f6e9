// The order of severities.

/** Severities by rank. */
export const RANK = { info: 0, warning: 1, error: 2 };
