// Tests how a diagnostic is drawn: the line, the underlines, the window, the notes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { frame, visible } from "../pkg/cli/frame.js";
import { styles } from "../pkg/cli/style.js";

/** The frame of a text in which « and » stand around the range. */
function drawn(marked, more = {}) {
  const start = marked.indexOf("«");
  const text = marked.replace("«", "").replace("»", "");
  const end = marked.indexOf("»") - 1;
  return frame({ severity: "warning", title: "some-rule", message: "Something is wrong", path: "a.md", text, start, end, ...more });
}

const rows = (text) => text.split("\n").slice(3, -1);

test("one line with its range underlined", () => {
  assert.equal(
    drawn("# A\n\nSome «words» here\n", { reason: "It matters.", help: "Do this.", fix: "Does it (--fix)" }),
    `warning[some-rule]: Something is wrong
 --> a.md:3:6
  |
3 | Some words here
  |      ^^^^^
  |
  = why: It matters.
  = help: Do this.
  = fix: Does it (--fix)
`,
  );
});

test("a range over several lines is marked on its first and on its last", () => {
  assert.deepEqual(rows(drawn("a\nb «c\nd\ne\nf» g\n")), ["2 | b c", "  |   ^", "...", "5 | f g", "  | ^"]);
  assert.deepEqual(rows(drawn("b «c\nd» e\n")), ["1 | b c", "  |   ^", "2 | d e", "  | ^"]);
});

test("a range without characters is one mark, at the end of a text too", () => {
  assert.deepEqual(rows(drawn("ab«»c\n")), ["1 | abc", "  |   ^"]);
  assert.deepEqual(rows(drawn("ab«»")), ["1 | ab", "  |   ^"]);
  assert.deepEqual(rows(drawn("ab\n«»")), ["2 |", "  | ^"]);
  assert.deepEqual(rows(drawn("«»")), ["1 |", "  | ^"]);
});

test("line ends of every kind end a line and are not shown", () => {
  for (const end of ["\n", "\r\n", "\r"]) assert.deepEqual(rows(drawn(`a${end}«b»${end}c`)), ["2 | b", "  | ^"]);
});

test("tabs reach to their stops, wide characters take two cells, marks follow both", () => {
  assert.deepEqual(rows(drawn("\t«x»\n")), ["1 |     x", "  |     ^"]);
  assert.deepEqual(rows(drawn("ab\t«x»\n")), ["1 | ab  x", "  |     ^"]);
  assert.deepEqual(rows(drawn("漢字 «漢字» x\n")), ["1 | 漢字 漢字 x", "  |      ^^^^"]);
  assert.deepEqual(rows(drawn("👩‍👩‍👧 «e\u0301» x\n")), ["1 | 👩‍👩‍👧 e\u0301 x", "  |    ^"]);
});

test("invisible characters are shown by number and underlined in full", () => {
  assert.deepEqual(rows(drawn("a«\u202e»b\n")), ["1 | a⟨U+202E⟩b", "  |  ^^^^^^^^"]);
  assert.equal(visible("\x1b[31m\x07"), "⟨U+001B⟩[31m⟨U+0007⟩");
});

test("a line of 9,000 characters is cut around the range, wherever it is", () => {
  for (const at of [0, 1, 500, 4096, 8000, 8996]) {
    const line = "abcdefghi ".repeat(900);
    const text = `${line.slice(0, at)}«${line.slice(at, at + 4)}»${line.slice(at + 4)}`;
    for (const width of [30, 80, 200]) {
      const [shown, marks] = rows(drawn(`${text}\n`, { width }));
      assert.ok(shown.length <= width && marks.length <= width, `${shown.length} of ${width}`);
      const from = marks.indexOf("^");
      assert.match(marks, /^ {2}\| +\^{4}$/);
      assert.equal(shown.slice(from, from + 4).padEnd(4), line.slice(at, at + 4));
    }
  }
});

test("a range longer than the window fills it", () => {
  const [shown, marks] = rows(drawn(`x «${"y".repeat(9000)}» z\n`, { width: 60 }));
  assert.ok(shown.length <= 60 && marks.length <= 60);
  assert.ok(shown.endsWith("…") && marks.endsWith("^"));
});

test("a line of a megabyte is drawn at once", () => {
  const started = Date.now();
  drawn(`${"x".repeat(1 << 20)}«y»${"漢".repeat(1 << 20)}\n`);
  assert.ok(Date.now() - started < 500);
});

test("further places are in order with their labels, other files below with their own lines", () => {
  const text = "one\ntwo\nthree\n";
  const label = (path, from, start, end, message) => ({ path, text: from, start, end, message });
  const out = frame({
    severity: "error", title: "r", message: "m", path: "a.md", text, start: 8, end: 13,
    labels: [label("a.md", text, 0, 3, "first"), label("b.md", "x\ny\n", 2, 3, "there")],
  });
  assert.equal(out, `error[r]: m
 --> a.md:3:1
  |
1 | one
  | --- first
...
3 | three
  | ^^^^^
 ::: b.md:2:1
  |
2 | y
  | - there
`);
});

test("notes are broken at words and stay below their first word", () => {
  const out = drawn("«x»\n", { width: 40, help: "Put the words where they belong, one after the other." });
  assert.deepEqual(out.split("\n").slice(-4, -1), ["  |", "  = help: Put the words where they", "          belong, one after the other."]);
});

test("colors show the severity and are reset", () => {
  const style = styles({}, "always");
  for (const [severity, code] of [["error", 31], ["warning", 33], ["info", 34]]) {
    const out = drawn("«x»\n", { severity, style });
    assert.ok(out.startsWith(`\x1b[${code}m`));
    assert.equal(out.match(/\x1b\[(1|2|3[1-6])m/g).length, out.match(/\x1b\[(22|39)m/g).length);
  }
});
