// What the exit codes mean.

/** Exit codes of every command. */
export const EXIT = { fine: 0, found: 1, broken: 2 };
