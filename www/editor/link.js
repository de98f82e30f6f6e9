//! Share links, exposed as the global `RolewrightLink`: the compressed text is in the fragment of the URL,
//! which browsers never send to a server.

// The first character of the fragment. All released versions must stay readable.
const VERSION = "1";

/** The URL of this page with `text` in its fragment. */
async function make(text) {
  const packed = new Uint8Array(await new Response(through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text))).arrayBuffer());
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  const safe = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${location.href.replace(/#.*/s, "")}#${VERSION}${safe}`;
}

/** The text in a fragment, and whether it is complete. */
async function read(fragment) {
  let text = "";
  try {
    const safe = fragment.slice(1).replaceAll("-", "+").replaceAll("_", "/");
    // A single leftover character encodes no byte, and `atob` would reject it.
    const binary = atob(safe.length % 4 === 1 ? safe.slice(0, -1) : safe);
    const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const decoder = new TextDecoder();
    for await (const bytes of chunks(through(new DecompressionStream("deflate-raw"), packed))) text += decoder.decode(bytes, { stream: true });
    return { text, isWhole: fragment[0] === VERSION };
  } catch {
    // The URL was truncated; the readable part is still worth showing.
    return { text, isWhole: false };
  }
}

function through(stream, bytes) {
  const writer = stream.writable.getWriter();
  // Errors surface on the readable side.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  return stream.readable;
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Parses `text` as JSON; for a truncated text, the part before the cut. */
function parse(text) {
  const begun = text.replace(/(?:,|\\(?:u[\da-f]{0,3})?)$/i, "");
  for (const end of ["", "}", '"}', "}}", '"}}', '""}', ':""}', '":""}', '":""}}']) {
    try {
      return JSON.parse(begun + end);
    } catch {
      continue;
    }
  }
  return null;
}

globalThis.RolewrightLink = {
  make,

  /**
   * Calls `take(value, isWhole)` for the link that opened the page and for every later one; `take(null, true)`
   * for a link that only a later version can read.
   */
  listen(take) {
    const look = async () => {
      const fragment = location.hash.slice(1);
      if (!/^\d[\w-]/.test(fragment)) return;
      // Reloading the page must not open the project again.
      history.replaceState(history.state, "", location.href.replace(/#.*/s, ""));
      if (fragment[0] > VERSION) return take(null, true);
      const { text, isWhole } = await read(fragment);
      const value = parse(text);
      take(value, isWhole && value !== null);
    };
    addEventListener("hashchange", look);
    look();
  },
};
