//! Completions and hovers at a place in the text. It sends a request about a place and receives an answer
//! with ranges of the text; it knows nothing about roles.

import { autocompletion } from "@codemirror/autocomplete";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip } from "@codemirror/view";
import { toDocument, toText } from "./line-ends.js";
import { inline, paragraphs } from "./prose.js";

/** Pending requests; only the latest of each kind is awaited. */
export class Questions {
  #send;
  #last = 0;
  #waiting = new Map();

  /** `send(kind, ticket, offset)` asks the page. */
  constructor(send) {
    this.#send = send;
  }

  /** A promise of the answer; `null` if a newer request of its kind has replaced it. */
  ask(kind, offset) {
    this.#waiting.get(kind)?.resolve(null);
    const ticket = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(kind, { ticket, resolve });
      this.#send(kind, ticket, offset);
    });
  }

  /** Settles the request with that ticket, unless it is no longer awaited. */
  answer(ticket, value) {
    for (const [kind, waiting] of this.#waiting) {
      if (waiting.ticket !== ticket) continue;
      this.#waiting.delete(kind);
      waiting.resolve(value);
    }
  }
}

function source(questions) {
  return async (context) => {
    const { state, pos, explicit } = context;
    // An answer about an older text would be dropped, so every change asks again.
    context.addEventListener("abort", () => {}, { onDocChange: true });
    const found = await questions.ask("completions", toText(state, pos));
    if (!found?.length) return null;
    const from = toDocument(state, found[0].from);
    const to = toDocument(state, found[0].to);
    const written = state.sliceDoc(from, to);
    // A fully typed word needs no completion, so that Enter ends the line.
    const isDone = !explicit && found.some(({ text }) => text === written);
    return isDone ? null : { from, to, filter: false, options: found.map(optionOf) };
  };
}

function optionOf({ label, text, kind, detail }) {
  return { label, apply: text, detail: kind, info: detail ? () => infoOf(detail) : undefined };
}

function infoOf(detail) {
  const node = document.createElement("p");
  node.append(...inline(detail));
  return node;
}

function explanation(questions) {
  return async ({ state }, position) => {
    const found = await questions.ask("hover", toText(state, position));
    if (!found) return null;
    return cardOf(state, found);
  };
}

function cardOf(state, found) {
  const create = () => {
    const dom = document.createElement("div");
    dom.className = "rw-card rw-explanation";
    dom.append(...paragraphs(found.text));
    return { dom };
  };
  return { pos: toDocument(state, found.from), end: toDocument(state, found.to), above: false, create };
}

const showing = StateEffect.define();

/** The card that a key has opened; it closes when the text or the selection changes. */
const card = StateField.define({
  create: () => null,
  update(shown, transaction) {
    const asked = transaction.effects.find((effect) => effect.is(showing));
    if (asked) return asked.value;
    return transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Explains the element at the caret in a card, and announces the explanation to screen readers. */
export async function explain(view, questions) {
  const asked = view.state;
  const found = await questions.ask("hover", toText(asked, asked.selection.main.head));
  if (view.state.doc !== asked.doc) return;
  const text = found ? found.text.replaceAll("`", "") : "Nothing to explain here.";
  view.dispatch({ effects: [showing.of(found && cardOf(asked, found)), EditorView.announce.of(text)] });
}

function close(view) {
  if (!view.state.field(card)) return false;
  view.dispatch({ effects: showing.of(null) });
  return true;
}

/** The list of completions and the card with an explanation. */
export function services(questions) {
  return [
    autocompletion({ override: [source(questions)], icons: false, aboveCursor: false, maxRenderedOptions: 60 }),
    hoverTooltip(explanation(questions), { hideOnChange: true }),
    card,
    keymap.of([
      { key: "Shift-F1", run: (view) => (explain(view, questions), true), preventDefault: true },
      { key: "Escape", run: close },
    ]),
  ];
}
