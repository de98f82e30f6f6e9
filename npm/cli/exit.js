// What the exit codes mean.

/** Exit codes of every command; one that a signal stopped ends as shells expect of Ctrl-C. */
export const EXIT = { fine: 0, found: 1, broken: 2, stopped: 130 };
