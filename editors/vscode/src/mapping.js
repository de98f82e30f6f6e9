// Maps between a compiled prompt and its sources. Offsets are UTF-16 code units, as the server and the editor
// count them.

/** What a piece of the prompt says about its source: only these are copied from it character by character. */
const COPIED = new Set(["literal", "unfilled"]);

/** Where an offset in the prompt came from: `{ path, offset }`, or null outside the prompt. */
export function sourceOf(segments, offset) {
  const found = segments[indexAt(segments, offset)];
  if (!found) return null;
  const inside = COPIED.has(found.kind) ? offset - found.prompt[0] : 0;
  return { path: found.path, offset: Math.min(found.source[0] + inside, found.source[1]) };
}

/**
 * Where a place in a source is in the prompt: `[start, end]` of its piece and the offset itself, or null if
 * the prompt has nothing of it. Where a text is included more than once, the first place counts.
 */
export function promptOf(segments, path, offset) {
  const holds = (inclusive) => ({ path: from, source: [start, end] }) =>
    from === path && offset >= start && (offset < end || (inclusive && offset === end));
  const found = segments.find(holds(false)) ?? segments.findLast(holds(true));
  if (!found) return null;
  const inside = COPIED.has(found.kind) ? offset - found.source[0] : 0;
  return { piece: found.prompt, offset: Math.min(found.prompt[0] + inside, found.prompt[1]) };
}

/** The index of the segment at an offset; the last one at the end of the prompt. */
function indexAt(segments, offset) {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle].prompt[1] <= offset) low = middle + 1;
    else high = middle;
  }
  const last = segments.length - 1;
  return low > last && offset === segments[last]?.prompt[1] ? last : low;
}

/** The folder that the paths of a compilation are relative to: the role, whose URI has the path `file`, is one of its files. */
export function rootOf(file, path) {
  if (!file.endsWith(`/${path}`)) return null;
  return file.slice(0, -path.length - 1) || "/";
}

/** A path below a root. */
export const within = (root, path) => (root === "/" ? `/${path}` : `${root}/${path}`);
