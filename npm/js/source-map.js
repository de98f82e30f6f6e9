// The way back from a prompt as a Source Map, version 3: lines and columns from 0, columns in UTF-16. The
// engine can write one too, for users of Rust; here its segments are enough, and it stays out of the wasm.

/** The map of a compilation whose segments count UTF-16; `textOf(path)` gives the text of a file. */
export function sourceMap({ prompt, file, segments }, textOf) {
  const sources = [...new Set(segments.map(({ path }) => path))];
  const places = new Map(sources.map((path) => [path, placesOf(textOf(path) ?? "")]));
  const place = placesOf(prompt);
  const mappings = [];
  // Every number but the column is relative to the one before.
  let [line, column, source, sourceLine, sourceColumn] = [0, 0, 0, 0, 0];
  const add = (at, from, path) => {
    for (; line < at[0]; line += 1, column = 0) mappings.push(";");
    if (mappings.length > 0 && mappings.at(-1) !== ";") mappings.push(",");
    const index = sources.indexOf(path);
    mappings.push(number(at[1] - column) + number(index - source) + number(from[0] - sourceLine) + number(from[1] - sourceColumn));
    [column, source, sourceLine, sourceColumn] = [at[1], index, from[0], from[1]];
  };
  for (const { prompt: [start, end], path, source: [from, to], kind } of segments) {
    // One mapping for each line: the format maps no line that it does not name.
    for (let at = start; at < end; at = prompt.indexOf("\n", at) + 1 || end) {
      add(place(at), places.get(path)(kind === "literal" ? Math.min(from + at - start, to) : from), path);
    }
  }
  return JSON.stringify({ version: 3, file: file.path, sources, names: [], mappings: mappings.join("") });
}

// Line and column of an offset.
function placesOf(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return [low, offset - starts[low]];
  };
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// A number in base 64, of variable length.
function number(value) {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}
