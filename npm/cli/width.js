// Measures text in terminal cells.

const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
// East Asian Wide and Fullwidth blocks; emoji are found by their property.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;
const PLAIN = /^[\x20-\x7e]*$/;

/** The pieces of `text` that a terminal shows as one, each with its cells. */
export function cells(text) {
  if (PLAIN.test(text)) return Array.from(text, (piece) => ({ piece, cells: 1 }));
  return Array.from(segments.segment(text), ({ segment: piece }) => ({ piece, cells: width(piece) }));
}

/** Cells of a whole text. */
export function widthOfText(text) {
  return cells(text).reduce((sum, { cells }) => sum + cells, 0);
}

function width(piece) {
  return WIDE.test(piece) || EMOJI.test(piece) ? 2 : 1;
}

/** `text` broken into lines of at most `width` cells, at spaces. */
export function wrapped(text, width) {
  const lines = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line && widthOfText(line) + 1 + widthOfText(word) > width) {
        lines.push(line);
        line = word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    lines.push(line);
  }
  return lines;
}
