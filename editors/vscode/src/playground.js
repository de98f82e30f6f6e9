// Links that open a project in the playground. The project is in the fragment, which is never sent to a server.

/** A link that contains these files: `entry` is the role, `values` its variables; `deflate` compresses a text. */
export async function link(address, { files, entry, name, values = {}, host }, deflate) {
  const project = JSON.stringify({ f: files, e: entry, n: name, v: values, t: host, r: {} });
  return `${address.replace(/#.*/s, "")}#1${base64url(await deflate(project))}`;
}

function base64url(bytes) {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The files that a compilation used: the role and what it includes. */
export function used({ includes, segments }, entry) {
  const paths = [entry, ...includes.map(({ path }) => path), ...segments.map(({ path }) => path)];
  return [...new Set(paths)].filter(Boolean);
}
