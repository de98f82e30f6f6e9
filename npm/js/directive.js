// What may stand in a directive: `{{include:path#fragment|option}}` and `{{NAME}}`.

const OPTIONS = ["optional", "raw", "inline", "once", "fence", "shift=auto", "shift=none", "level=", "wrap=none", "wrap=xml", "wrap=comment", "title=keep", "title=strip"];

/** The directive that the place is inside of: `{ path }`, `{ path, fragment }`, `{ option }` or `{ name }`, each as typed. */
export function directiveAt(text, offset) {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const [, dollar, inside] = /(\$?)\{\{([^{}]*)$/.exec(line) ?? [];
  if (inside === undefined || dollar) return undefined;
  const [, rest] = /^include:\s*(.*)$/.exec(inside) ?? [];
  if (rest === undefined) return /[:|?]/.test(inside) ? {} : { name: inside.trimStart() };
  const options = rest.split("|");
  if (options.length > 1) return { option: options.at(-1).trimStart() };
  const at = rest.indexOf("#");
  return at < 0 ? { path: rest } : { path: rest.slice(0, at).trim(), fragment: rest.slice(at + 1) };
}

/**
 * What completes it: `{ label, kind, detail, text, typed }`. `of(text)` gives the outline of another text,
 * `variables()` what the template knows.
 */
export function inDirective(found, { path: own, files, values, outlineOf, variables }) {
  if (found.fragment !== undefined) return fragments(found, own, files, outlineOf);
  if (found.path !== undefined) return paths(found.path, own, files);
  if (found.option !== undefined) {
    return OPTIONS.filter((name) => starts(name, found.option)).map((label) => ({ label, kind: "directive", typed: found.option }));
  }
  if (found.name === undefined) return [];
  const known = new Map(variables().map((variable) => [variable.name, variable]));
  for (const name of Object.keys(values)) if (!known.has(name)) known.set(name, { name });
  const named = [...known.values()].filter(({ name }) => name !== found.name && starts(name, found.name));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  const items = named.map((variable) => ({ label: variable.name, kind: "variable", detail: about(variable, values), typed: found.name }));
  const include = { label: "include:", kind: "directive", detail: "Puts another file in.", typed: found.name };
  return starts("include:", found.name) ? [...items, include] : items;
}

/** A variable in a sentence or two. */
export function about({ name, description, default: otherwise, runtime, declared }, values) {
  const said = [description && (/[.!?]$/.test(description) ? description : `${description}.`)];
  if (Object.hasOwn(values, name)) said.push(`Its value is ${JSON.stringify(values[name])}.`);
  else if (runtime) said.push("The host fills it in.");
  else if (otherwise !== undefined) said.push(`By default it is ${JSON.stringify(otherwise)}.`);
  else if (declared) said.push("It has no value yet.");
  return said.filter(Boolean).join(" ") || undefined;
}

// As they may be written: from the root, or with `./` and `../` from the file's own folder.
function paths(typed, own, files) {
  const folder = own.includes("/") ? own.slice(0, own.lastIndexOf("/")) : "";
  const written = (path) => (/^\.\.?\//.test(typed) ? relative(folder, path) : typed.startsWith("/") ? `/${path}` : path);
  const names = Object.keys(files).filter((path) => path !== own).sort().map(written);
  const within = (name) => !starts(name, typed) && name.split("/").some((_, at, parts) => starts(parts.slice(at).join("/"), typed));
  const found = [...names.filter((name) => starts(name, typed)), ...(typed.startsWith(".") ? [] : names.filter(within))];
  return found.map((label) => ({ label, kind: "path", typed }));
}

function relative(folder, path) {
  const from = folder ? folder.split("/") : [];
  const to = path.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  const up = "../".repeat(from.length - same);
  return `${up || "./"}${to.slice(same).join("/")}`;
}

function fragments({ path, fragment }, own, files, outlineOf) {
  const target = resolved(path, own, files);
  if (target === undefined) return [];
  const text = files[target];
  const seen = new Map();
  const items = outlineOf(text, target)
    .sections.filter(({ range }) => /^ {0,3}#|^.*\n {0,3}(=+|-+)\s*$/m.test(text.slice(range.start.offset).split("\n", 2).join("\n")))
    .map(({ title, level }) => ({ label: slug(title, seen), kind: "fragment", detail: `${"#".repeat(level)} ${title}`, typed: fragment }));
  return items.filter(({ label }) => starts(label, fragment));
}

/** The file that a path names, as the template language looks for it. */
export function resolved(path, own, files) {
  const folder = own.includes("/") ? own.slice(0, own.lastIndexOf("/") + 1) : "";
  const clean = (name) => {
    const parts = [];
    for (const part of name.split("/")) part === ".." ? parts.pop() : part !== "." && part !== "" && parts.push(part);
    return parts.join("/");
  };
  const candidates = /^\.\.?\//.test(path) ? [folder + path] : path.startsWith("/") ? [path] : [path, folder + path];
  return candidates.map(clean).find((name) => Object.hasOwn(files, name));
}

// As GitHub makes addresses of headings, numbered where one comes again.
function slug(title, seen) {
  const base = title.replace(/\]\([^)]*\)/g, "").replace(/[^\p{Alphabetic}\p{N}_ -]/gu, "").replaceAll(" ", "-").toLowerCase();
  const count = seen.get(base) ?? 0;
  seen.set(base, count + 1);
  return count === 0 ? base : `${base}-${count}`;
}

const starts = (name, typed) => name.toLowerCase().startsWith(typed.toLowerCase());
