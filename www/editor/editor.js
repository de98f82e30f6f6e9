//! The editor of the playground, built on CodeMirror 6 and exposed as the global `RolewrightEditor`.
//!
//! All offsets are UTF-16 offsets in the original text, with its own line endings.

import { history, indentWithTab, isolateHistory, redo, undo } from "@codemirror/commands";
import { bracketMatching, foldGutter, forceParsing, indentUnit } from "@codemirror/language";
import { search } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState } from "@codemirror/state";
import { EditorView, dropCursor, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { actions, offer } from "./actions.js";
import { keys } from "./keys.js";
import { languageOf, unfolding } from "./language.js";
import { changesText, documentOf, plan, planText, textOf, toDocument, toText } from "./line-ends.js";
import { carets, currentNumbers } from "./carets.js";
import { counting } from "./counting.js";
import { direction } from "./direction.js";
import { begin, takeOver } from "./early.js";
import { look } from "./look.js";
import { highlighting, marks, targeting } from "./marks.js";
import { problems, showing } from "./problems.js";
import { Questions, explain, services } from "./services.js";
// These are not parts of the editor; they are bundled here to save requests.
import "./disk.js";
import "./folders.js";
import "./link.js";
import "./store.js";

const HINT = "Press Tab to leave the editor, F8 to go to the next problem, Control or Command with period for fixes and other actions, Shift with F1 for an explanation, and Control with Space for completions.";

const EMPTY = "Write or paste a role, or drop a file here.";

// After a pause of this length, the user is not in the middle of a word.
const IDLE_MS = 500;

// The part of a text that is parsed before it is shown, and the most time that parsing may take.
const SEEN_AT_FIRST = 10_000;
const PARSING_MS = 50;

// Invisible characters that CodeMirror does not mark by default: joiners, fillers, variation selectors
// and tag characters, except the zero-width joiner and the emoji variation selector.
const INVISIBLE = /[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200c\u202a-\u202c\u2060-\u2064\u2068\u206a-\u206f\u3164\uffa0\u{e0000}-\u{e007f}]/u;

// The search panel's own words are lower case and terse.
const SEARCH_WORDS = {
  next: "Next",
  previous: "Previous",
  all: "Select all",
  "match case": "Match case",
  regexp: "Regular expression",
  "by word": "Whole word",
  replace: "Replace",
  "replace all": "Replace all",
};

// A longer insertion counts as a paste.
const PASTE = 8;

/** An editor with the state of every file that was opened in it. */
class Editor {
  #files = new Map();
  #view;
  #elements;
  #target;
  #path;
  #options;
  #questions;
  #setup;
  #theme = new Compartment();
  #wrap = new Compartment();
  #habits = new Compartment();
  #isDark = false;
  #isWrapped = true;
  #isTabIndenting = false;
  #isSpelling = false;
  #idleTimer = 0;
  #isLoading = false;

  constructor(parent, options) {
    this.#options = options;
    this.#path = options.path;
    this.#questions = new Questions((kind, ticket, offset) => this.#options.onAsk(kind, ticket, this.#path, offset));
    const hint = describe();
    this.#setup = this.#extensions(hint.id);
    this.#view = new EditorView({ state: this.#stateOf(options.doc) });
    this.#elements = [hint, this.#view.dom];
    parent.append(...this.#elements);
    // The fold markers of sections need the whole tree, and would move when it is complete.
    forceParsing(this.#view, SEEN_AT_FIRST, PARSING_MS);
    this.#target = targeting(this.#view);
    this.#view.scrollDOM.addEventListener("scroll", () => this.#tellScroll(), { passive: true });
  }

  /** Shows a file, and restores its undo history, selection and scroll position. */
  open(path, text) {
    if (path !== this.#path) this.#swap(path, text);
    if (this.text() === text) return;
    const { changes, effects } = planText(this.#view.state, text);
    this.#quietly(() => this.#view.dispatch({ changes, effects, annotations: isolateHistory.of("full") }));
  }

  /** Discards the state of a file. */
  close(path) {
    this.#files.delete(path);
    if (path === this.#path) this.#path = null;
  }

  /** Keeps the state of a file under a new path. */
  rename(from, to) {
    const file = this.#files.get(from);
    this.#files.delete(from);
    if (file) this.#files.set(to, file);
    if (from !== this.#path) return;
    this.#path = to;
    this.#view.dispatch({});
  }

  /** Moves to another place, and reports to other handlers from then on. */
  move(parent, options, isFocused) {
    this.#options = options;
    parent.append(...this.#elements);
    if (this.text() !== options.doc) options.onChange(this.text(), false, this.#path);
    this.#tellSelection(this.#view.state);
    if (isFocused) this.#view.focus();
  }

  /** The exact text, with its original line endings. */
  text() {
    return textOf(this.#view.state);
  }

  /** Replaces the displayed problems. */
  setProblems(list) {
    this.#view.dispatch(showing(list.map((problem) => ({ ...problem, ...this.#range(problem) }))));
  }

  /** Applies disjoint ascending edits as one undo step and announces `label` to screen readers. */
  applyEdits(edits, label) {
    const { changes, effects } = plan(this.#view.state, edits);
    const annotations = [isolateHistory.of("full")];
    this.#view.dispatch({ changes, effects, annotations, userEvent: "input.fix" });
    if (label) this.announce(label);
  }

  /** Selects a range, scrolls to it and unfolds it. */
  select(from, to, focus) {
    const range = this.#range({ from, to });
    const selection = EditorSelection.range(range.from, range.to);
    const scroll = EditorView.scrollIntoView(selection, { y: "center" });
    this.#view.dispatch({ selection, effects: [...unfolding(this.#view.state, range), scroll] });
    if (focus) this.#view.focus();
    this.#target.show(range);
  }

  /** Scrolls an offset to the top. */
  scrollTo(offset) {
    const position = toDocument(this.#view.state, offset);
    this.#view.dispatch({ effects: EditorView.scrollIntoView(position, { y: "start", yMargin: 12 }) });
  }

  /** Answers the request with that ticket from `onAsk`. */
  answer(ticket, value) {
    this.#questions.answer(ticket, value);
  }

  /** Explains the element at the caret, like its key binding. */
  explain() {
    this.focus();
    explain(this.#view, this.#questions);
  }

  /** Shows a menu of actions at the caret; `onCommand("action:INDEX")` when one is chosen. */
  offer(list) {
    offer(this.#view, list, this.#options.onCommand);
  }

  /** Highlights `ranges` and nothing else. */
  highlight(ranges) {
    this.#view.dispatch({ effects: highlighting(ranges.map((range) => this.#range(range))) });
  }

  /** Sets `light` or `dark`; the colors come from the page's style sheet. */
  setTheme(name) {
    this.#isDark = name === "dark";
    this.#configure();
  }

  /** Sets the font size in CSS pixels. */
  setFontSize(px) {
    this.#view.dom.style.fontSize = `${px}px`;
    this.#view.requestMeasure();
  }

  /** Sets whether long lines wrap. */
  setWrap(isWrapped) {
    this.#isWrapped = isWrapped;
    this.#configure();
  }

  /** Sets whether Tab indents (after Escape, it leaves the editor), and whether the browser checks spelling. */
  setHabits(isTabIndenting, isSpelling) {
    this.#isTabIndenting = isTabIndenting;
    this.#isSpelling = isSpelling;
    this.#configure();
  }

  focus() {
    this.#view.focus();
  }

  /** Announces `text` to screen readers when they are idle. */
  announce(text) {
    this.#view.dispatch({ effects: EditorView.announce.of(text) });
  }

  undo() {
    return undo(this.#view);
  }

  redo() {
    return redo(this.#view);
  }

  destroy() {
    clearTimeout(this.#idleTimer);
    this.#target.stop();
    this.#view.destroy();
  }

  #stateOf(text) {
    const { doc, extensions } = documentOf(text);
    return EditorState.create({ doc, extensions: [extensions, languageOf(this.#path ?? ""), this.#setup] });
  }

  #swap(path, text) {
    const { state } = this.#view;
    if (this.#path !== null) this.#files.set(this.#path, { state, scroll: this.#view.scrollSnapshot() });
    const kept = this.#files.get(path);
    this.#settle();
    this.#path = path;
    this.#quietly(() => this.#view.setState(kept ? kept.state : this.#stateOf(text)));
    // A stored state still has the theme that was active when it was stored.
    this.#configure();
    if (kept) this.#view.dispatch({ effects: kept.scroll });
    this.#tellSelection(this.#view.state);
  }

  #quietly(change) {
    this.#isLoading = true;
    change();
    this.#isLoading = false;
  }

  #range({ from, to }) {
    const { state } = this.#view;
    const start = toDocument(state, from);
    return { from: start, to: Math.max(start, toDocument(state, to)) };
  }

  #configure() {
    this.#view.dispatch({ effects: [this.#theme.reconfigure(this.#themeNow()), this.#wrap.reconfigure(this.#wrapNow()), this.#habits.reconfigure(this.#habitsNow())] });
  }

  #themeNow() {
    return EditorView.darkTheme.of(this.#isDark);
  }

  #wrapNow() {
    return this.#isWrapped ? EditorView.lineWrapping : [];
  }

  #habitsNow() {
    const spelling = EditorView.contentAttributes.of({ spellcheck: String(this.#isSpelling) });
    return [spelling, this.#isTabIndenting ? keymap.of([indentWithTab]) : []];
  }

  #extensions(hintId) {
    const onCommand = (name) => this.#options.onCommand(name);
    return [
      this.#theme.of(this.#themeNow()),
      this.#wrap.of(this.#wrapNow()),
      this.#habits.of(this.#habitsNow()),
      carets,
      counting,
      direction,
      EditorView.contentAttributes.of(() => ({ "aria-label": this.#label(), "aria-describedby": hintId, tabindex: "0" })),
      lineNumbers(),
      services(this.#questions),
      problems(onCommand),
      actions,
      foldGutter({ openText: "▾", closedText: "▸" }),
      highlightActiveLine(),
      currentNumbers,
      highlightSpecialChars({ addSpecialChars: INVISIBLE }),
      placeholder(EMPTY),
      dropCursor(),
      bracketMatching(),
      history(),
      search({ top: true }),
      EditorState.phrases.of(SEARCH_WORDS),
      indentUnit.of("  "),
      marks,
      look,
      keys(onCommand),
      EditorView.updateListener.of((update) => this.#tell(update)),
    ];
  }

  #label() {
    return this.#path ? `${this.#options.label}, ${this.#path}` : this.#options.label;
  }

  #tell(update) {
    if (this.#isLoading) return;
    if (update.transactions.some(changesText)) this.#tellChange(update);
    if (update.docChanged || update.selectionSet) this.#tellSelection(update.state);
    if (update.focusChanged && !update.view.hasFocus) this.#settle();
  }

  #tellChange({ state, startState, changes }) {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#settle(), IDLE_MS);
    this.#options.onChange(textOf(state), isWhole(startState, changes), this.#path);
  }

  /** The user scrolls only the pane under the pointer; the other pane follows. */
  #tellScroll() {
    const { scrollDOM, documentTop, state } = this.#view;
    if (!scrollDOM.matches(":hover")) return;
    const top = scrollDOM.getBoundingClientRect().top - documentTop + 12;
    this.#options.onScroll(toText(state, this.#view.lineBlockAtHeight(top).from));
  }

  #tellSelection(state) {
    const { from, to, head } = state.selection.main;
    const line = state.doc.lineAt(head);
    this.#options.onSelection(toText(state, from), toText(state, to), line.number, head - line.from + 1);
  }

  /** The user paused, or the focus left the editor. */
  #settle() {
    if (!this.#idleTimer) return;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = 0;
    this.#options.onIdle();
  }
}

/** Whether most of a text was replaced by a paste, even if by the same text. */
function isWhole({ doc }, changes) {
  let [removed, added] = [0, 0];
  changes.iterChanges((from, to, _, __, inserted) => {
    removed += to - from;
    added += inserted.length;
  });
  return added > PASTE && removed * 3 >= doc.length * 2;
}

/** The description for screen readers. */
function describe() {
  const hint = document.createElement("p");
  hint.id = "rolewright-editor-hint";
  hint.hidden = true;
  hint.textContent = HINT;
  return hint;
}

globalThis.RolewrightEditor = {
  /**
   * Creates an editor in `parent`. Options: `doc`, `path`, `label`, `onChange(text, isWhole, path)` (whether a paste replaced most of it),
   * `onSelection(from, to, line, column)` (line and column from 1), `onIdle()` half a second after
   * the last change or when the focus leaves, `onScroll(offset)` when the user scrolled, `onCommand(name)`, and `onAsk(kind, ticket, path, offset)`
   * for `completions` and `hover`, which `answer(ticket, value)` answers.
   */
  create(parent, options) {
    return takeOver(parent, options) ?? new Editor(parent, options);
  },
};

begin((parent, options) => new Editor(parent, options));
