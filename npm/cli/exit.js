// The exit codes.

/** Exit codes of every command; `stopped` is the shell convention for Ctrl-C. */
export const EXIT = { fine: 0, found: 1, broken: 2, stopped: 130 };
