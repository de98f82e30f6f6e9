// How serious a finding is.

/** Severities by rank. */
export const RANK = { info: 0, warning: 1, error: 2 };
