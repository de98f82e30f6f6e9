// Terminal colors.

/** Functions that style text for `stream` if it supports colors. `choice`: auto, always or never. */
export function styles(stream, choice = "auto") {
  const on = choice === "always" || (choice === "auto" && wanted(stream));
  const code = (open, close) => (text) => (on ? `\x1b[${open}m${text}\x1b[${close}m` : text);
  return {
    bold: code(1, 22),
    dim: code(2, 22),
    red: code(31, 39),
    green: code(32, 39),
    yellow: code(33, 39),
    blue: code(34, 39),
    cyan: code(36, 39),
  };
}

// NO_COLOR as no-color.org defines it and FORCE_COLOR as Node does.
function wanted(stream) {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return !["0", "false"].includes(FORCE_COLOR);
  return Boolean(stream.isTTY) && TERM !== "dumb";
}

/** Width of the terminal in cells; 100 if there is none. */
export function widthOf(stream) {
  const told = Number(process.env.COLUMNS);
  const width = stream.columns || (told > 0 ? told : 100);
  return Math.max(30, width);
}
