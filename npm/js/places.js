// Offsets of a text, to and from the encoding that a caller asked for.

/** `in(offset)` gives the UTF-16 offset; `range(start, end)` a range in the caller's encoding. */
export function placesOf(text, encoding) {
  const utf8 = encoding === "utf-8";
  // The last range: completions of one place share theirs.
  let last;
  const bytes = (piece) => new TextEncoder().encode(piece).length;
  const position = (at) => {
    const before = text.slice(0, at);
    const lines = before.split(/\r\n|\r|\n/);
    const inLine = lines.at(-1);
    return {
      offset: utf8 ? bytes(before) : at,
      line: lines.length,
      column: (utf8 ? bytes(inLine) : inLine.length) + 1,
    };
  };
  return {
    in(offset) {
      if (!utf8) return Math.min(offset, text.length);
      const encoded = new TextEncoder().encode(text);
      let end = Math.min(offset, encoded.length);
      // An offset inside a character counts as its start; 0b10 begins every byte of one but the first.
      while (end < encoded.length && (encoded[end] & 0xc0) === 0x80) end -= 1;
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(encoded.subarray(0, end)).length;
    },
    range(start, end) {
      if (last?.start !== start || last.end !== end) last = { start, end, range: { start: position(start), end: position(end) } };
      return structuredClone(last.range);
    },
  };
}
