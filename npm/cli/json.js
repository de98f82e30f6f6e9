// A JSON parser that keeps the range of every value, so that configuration errors can be shown in place.

/** The text is not JSON; `at` is the offset of what is wrong. */
export class Malformed extends Error {
  constructor(message, at, end = at + 1) {
    super(message);
    Object.assign(this, { at, end });
  }
}

/** The root node of `text`: `{ value, start, end, keys? , items? }`; keys are `{ name, start, end, node }`. */
export function read(text) {
  const reader = new Reader(text);
  const node = reader.value(0);
  reader.blank();
  if (reader.at < text.length) reader.fail("unexpected text after the end of the JSON value");
  return node;
}

const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const WORDS = { true: true, false: false, null: null };

class Reader {
  constructor(text) {
    this.text = text;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  fail(message, at = this.at, end) {
    throw new Malformed(message, at, end);
  }

  blank() {
    while (" \t\r\n".includes(this.text[this.at] ?? "x")) this.at++;
  }

  value(depth) {
    this.blank();
    if (depth > 100) this.fail("nested too deeply");
    const start = this.at;
    const c = this.text[start];
    if (c === undefined) this.fail("expected a value before the end of the file");
    if (c === "{") return this.object(start, depth);
    if (c === "[") return this.array(start, depth);
    if (c === '"') return { value: this.string(), start, end: this.at };
    if (c === "/") this.fail("comments are not allowed in JSON", start, start + 2);
    const word = /[\w+.-]+/y;
    word.lastIndex = start;
    const [found] = word.exec(this.text) ?? [];
    if (found === undefined) this.fail(`unexpected \`${c}\``);
    this.at += found.length;
    if (Object.hasOwn(WORDS, found)) return { value: WORDS[found], start, end: this.at };
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(found)) {
      return { value: Number(found), start, end: this.at };
    }
    return this.fail(`\`${found}\` is not a JSON value; put strings in double quotes`, start, this.at);
  }

  object(start, depth) {
    const keys = [];
    this.at++;
    for (let first = true; !this.closes("}", first); first = false) {
      const from = this.at;
      if (this.text[from] !== '"') this.fail("expected a name in double quotes");
      const name = this.string();
      const end = this.at;
      this.blank();
      if (this.text[this.at] !== ":") this.fail("expected `:`");
      this.at++;
      if (keys.some((key) => key.name === name)) this.fail(`duplicate key \`${name}\``, from, end);
      keys.push({ name, start: from, end, node: this.value(depth + 1) });
    }
    const value = Object.fromEntries(keys.map(({ name, node }) => [name, node.value]));
    return { value, start, end: this.at, keys };
  }

  array(start, depth) {
    const items = [];
    this.at++;
    for (let first = true; !this.closes("]", first); first = false) items.push(this.value(depth + 1));
    return { value: items.map((item) => item.value), start, end: this.at, items };
  }

  // Moves past the closing bracket, or past the comma to the next item.
  closes(bracket, first) {
    this.blank();
    const c = this.text[this.at];
    if (c === bracket) {
      this.at++;
      return true;
    }
    if (c === undefined) this.fail(`missing closing \`${bracket}\``);
    if (first) return false;
    if (c !== ",") this.fail(`expected \`,\` or \`${bracket}\``);
    const comma = this.at++;
    this.blank();
    if (this.text[this.at] === bracket) this.fail("trailing commas are not allowed in JSON", comma);
    return false;
  }

  string() {
    const start = this.at++;
    let value = "";
    for (;;) {
      const c = this.text[this.at++];
      if (c === undefined || c === "\n") this.fail("unterminated string", start, this.at - 1);
      if (c === '"') return value;
      value += c === "\\" ? this.escape() : c;
    }
  }

  escape() {
    const c = this.text[this.at++];
    if (c === "u") {
      const hex = this.text.slice(this.at, this.at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail("`\\u` must be followed by four hexadecimal digits", this.at - 2, this.at + 4);
      this.at += 4;
      return String.fromCharCode(parseInt(hex, 16));
    }
    if (!Object.hasOwn(ESCAPES, c ?? "")) this.fail(`invalid escape \`\\${c}\``, this.at - 2, this.at);
    return ESCAPES[c];
  }
}
