// Globs: `*` within a name, `**` across folders, `?`, `{a,b}` and `[a-z]`.

/** A predicate for paths (with "/"); validate the globs with `fault` first. */
export function matcher(globs) {
  const patterns = globs.map(regexp);
  return (path) => patterns.some((pattern) => pattern.test(path));
}

/** The error in a glob, if any. */
export function fault(glob) {
  try {
    regexp(glob);
    return undefined;
  } catch {
    return `invalid glob "${glob}": reversed range in brackets`;
  }
}

const regexp = (glob) => new RegExp(`^${source(glob.replace(/^\.\//, ""))}$`, "u");

/** Whether a command-line argument is a glob. */
export const isGlob = (text) => /[*?{[]/.test(text);

/** The folder of a glob that needs no matching: "a/b" of "a/b/*.md". */
export function baseOf(glob) {
  const parts = glob.split("/");
  const first = parts.findIndex(isGlob);
  return parts.slice(0, first < 0 ? -1 : first).join("/");
}

/** The regular expression of a glob, as text. */
export function source(glob) {
  let out = "";
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const c = glob[at];
    if (c === "*" && glob[at + 1] === "*") {
      const wholeName = (at === 0 || glob[at - 1] === "/") && [undefined, "/"].includes(glob[at + 2]);
      if (wholeName && glob[at + 2] === "/") {
        out += "(?:[^/]+/)*";
        at += 2;
      } else {
        // Next to other characters, `**` means `*`.
        out += wholeName ? ".*" : "[^/]*";
        while (glob[at + 1] === "*") at++;
      }
    } else if (c === "*") out += "[^/]*";
    else if (c === "?") out += "[^/]";
    else if (c === "{") {
      out += "(?:";
      depth++;
    } else if (c === "}" && depth > 0) {
      out += ")";
      depth--;
    } else if (c === "," && depth > 0) out += "|";
    else if (c === "[") {
      const end = glob.indexOf("]", at + 2);
      if (end < 0) out += "\\[";
      else {
        const negated = "!^".includes(glob[at + 1]);
        const inside = glob.slice(at + (negated ? 2 : 1), end).replace(/[\\\][^]/g, "\\$&");
        out += `[${negated ? "^/" : ""}${inside}]`;
        at = end;
      }
    } else if (c === "\\" && at + 1 < glob.length) out += escaped(glob[++at]);
    else out += escaped(c);
  }
  return out + ")".repeat(depth);
}

const escaped = (c) => c.replace(/[.+^$(){}|[\]\\/*?]/g, "\\$&");
