// Tests that the editor preserves line endings and maps offsets in both directions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { history, redo, undo } from "@codemirror/commands";
import { plan, planText, stateOf, textOf, toDocument, toText } from "../../www/editor/line-ends.js";

const TEXTS = ["", "a", "a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\r\nb\nc\rd\r\n\r\n", "\n\r\n\r", "\r\r\n\n", "😀\r\n中文\n\r\nx"];

function run(state, ...specs) {
  for (const spec of specs) state = state.update(spec).state;
  return state;
}

function command(state, what) {
  what({ state, dispatch: (tr) => (state = tr.state) });
  return state;
}

test("a document gives back the text it was made of, whatever its line ends", () => {
  for (const text of TEXTS) assert.equal(textOf(stateOf(text)), text);
});

test("every offset that is not inside a CRLF goes to the document and back", () => {
  for (const text of TEXTS) {
    const state = stateOf(text);
    for (let offset = 0; offset <= text.length; offset += 1) {
      const inside = text[offset - 1] === "\r" && text[offset] === "\n";
      const back = toText(state, toDocument(state, offset));
      assert.equal(back, inside ? offset - 1 : offset, JSON.stringify([text, offset]));
    }
  }
});

test("offsets beyond the text are its end", () => {
  for (const text of TEXTS) assert.equal(toText(stateOf(text), toDocument(stateOf(text), 999)), text.length);
});

test("a new line takes the line end most frequent in the text", () => {
  const state = stateOf("a\r\nb\nc\r\n");
  assert.equal(textOf(run(state, { changes: { from: 1, insert: state.toText("\nx") } })), "a\r\nx\r\nb\nc\r\n");
});

test("typing before, after and between odd line ends leaves them alone", () => {
  let state = stateOf("a\r\nb\nc\r\n");
  state = run(state, { changes: { from: 3, insert: "1" } }, { changes: { from: 5, insert: "2" } });
  assert.equal(textOf(state), "a\r\nb1\n2c\r\n");
});

test("undo brings a deleted odd line end back, redo takes it away again", () => {
  let state = stateOf("a\r\nb\nc\r\n", history());
  state = run(state, { changes: { from: 1, to: 6 }, userEvent: "delete" });
  assert.equal(textOf(state), "a");
  state = command(state, undo);
  assert.equal(textOf(state), "a\r\nb\nc\r\n");
  state = command(state, redo);
  assert.equal(textOf(state), "a");
});

test("planned edits are exact, line ends included", () => {
  const text = "a\r\nbb\r\nc\r\n";
  const state = stateOf(text);
  const edits = [
    { from: 0, to: 1, text: "A\nA" },
    { from: 3, to: 5, text: "" },
    { from: 7, to: 8, text: "😀\r\n中" },
  ];
  assert.equal(textOf(run(state, plan(state, edits))), "A\nA\r\n\r\n😀\r\n中\r\n");
});

test("an edit that takes one half of a CRLF is exact too", () => {
  for (const [from, to] of [[1, 2], [2, 3], [0, 2], [2, 4]]) {
    const text = "a\r\nb\r\nc";
    const state = stateOf(text);
    const expected = text.slice(0, from) + text.slice(to);
    assert.equal(textOf(run(state, plan(state, [{ from, to, text: "" }]))), expected);
  }
});

test("random edits of random mixtures equal the same edits on a plain string, and undo returns", () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const piece = () => Array.from({ length: random(5) }, () => ["\r", "\n", "\r\n", "a", "😀"][random(5)]).join("");
  for (let round = 0; round < 2000; round += 1) {
    const text = piece() + piece() + piece();
    const from = random(text.length + 1);
    const to = from + random(text.length - from + 1);
    const insert = piece();
    const start = stateOf(text, history());
    let state = run(start, plan(start, [{ from, to, text: insert }]));
    const expected = text.slice(0, from) + insert + text.slice(to);
    assert.equal(textOf(state), expected, JSON.stringify({ text, from, to, insert }));
    if (!start.doc.eq(state.doc)) assert.equal(textOf(command(state, undo)), text, JSON.stringify({ text, from, to, insert }));
  }
});

test("a replaced text is exact and undoes as one step", () => {
  let state = stateOf("one\r\ntwo\r\n", history());
  state = run(state, planText(state, "one\n2\r\n"));
  assert.equal(textOf(state), "one\n2\r\n");
  assert.equal(textOf(command(state, undo)), "one\r\ntwo\r\n");
});
