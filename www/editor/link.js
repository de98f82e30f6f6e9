//! A project in a link, as one global: `RolewrightLink`. The text goes deflated into the fragment of
//! the address, which browsers send to nobody. What is in the text is not known here.

// The first character of the fragment; every version that was ever given out stays readable.
const VERSION = "1";

/** The address of this page with `text` in it. */
async function make(text) {
  const packed = new Uint8Array(await new Response(through(new CompressionStream("deflate-raw"), new TextEncoder().encode(text))).arrayBuffer());
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  const safe = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${location.href.replace(/#.*/s, "")}#${VERSION}${safe}`;
}

/** The text of a fragment and whether it is the whole of it. */
async function read(fragment) {
  let text = "";
  try {
    const safe = fragment.slice(1).replaceAll("-", "+").replaceAll("_", "/");
    // A single character over holds no byte and would be refused.
    const binary = atob(safe.length % 4 === 1 ? safe.slice(0, -1) : safe);
    const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const decoder = new TextDecoder();
    for await (const bytes of chunks(through(new DecompressionStream("deflate-raw"), packed))) text += decoder.decode(bytes, { stream: true });
    return { text, isWhole: fragment[0] === VERSION };
  } catch {
    // A chat or a mail program has cut the address: what came through is still worth showing.
    return { text, isWhole: false };
  }
}

function through(stream, bytes) {
  const writer = stream.writable.getWriter();
  // What is wrong with the bytes is told where the other end is read.
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

/** `text` as a value; of a text that was cut off in the middle, what stands before. */
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

  /** Calls `take(value, isWhole)` for the link the page was opened by and for each one that follows. */
  listen(take) {
    const look = async () => {
      const fragment = location.hash.slice(1);
      if (!/^\d[\w-]/.test(fragment)) return;
      // Loading the page again must not bring the project in again.
      history.replaceState(history.state, "", location.href.replace(/#.*/s, ""));
      const { text, isWhole } = await read(fragment);
      const value = parse(text);
      take(value, isWhole && value !== null);
    };
    addEventListener("hashchange", look);
    look();
  },
};
