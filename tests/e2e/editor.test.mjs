// Tests `RolewrightEditor` on its own in a real browser.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
let browser;
let page;

before(async () => {
  await import("../../www/build.mjs");
  browser = await launch();
});
after(() => browser?.close());

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  await page.setContent(`<!doctype html><html lang="en"><style>
    :root { --surface: #fff; --sunken: #eee; --text: #111; --text-3: #666; --accent: #3d4ecf; --error: #b3261e; --warning: #8a5200; --info: #0a5ca8; --selection: #d9deff }
    </style><button>before</button><div id="host" style="height: 400px"></div><button>after</button>`);
  await page.addScriptTag({ path: `${root}/www/generated/editor.js` });
});

async function open(doc, path = "a.md") {
  await page.evaluate(
    ([doc, path]) => {
      window.told = { changes: [], selections: [], idle: 0, commands: [], asks: [] };
      window.editor = RolewrightEditor.create(document.getElementById("host"), {
        doc,
        path,
        label: "Role text",
        onChange: (...change) => told.changes.push(change),
        onSelection: (...selection) => told.selections.push(selection),
        onIdle: () => (told.idle += 1),
        onCommand: (name) => told.commands.push(name),
        onAsk: (...ask) => told.asks.push(ask),
      });
    },
    [doc, path],
  );
  return page.getByRole("textbox", { name: "Role text, a.md" });
}

const call = (name, ...args) => page.evaluate(([name, args]) => editor[name](...args), [name, args]);
const told = (what) => page.evaluate((what) => globalThis.told[what], what);
const problem = (from, to, more = {}) => ({ from, to, severity: "error", rule: "unknown-tool", message: "`Bsh` is no tool", fixTitle: "use `Bash`", index: 7, ...more });

test("what is typed arrives as the whole text, and the caret as offset, line and column", async () => {
  const text = await open("one\r\n😀 two\r\n");
  await text.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("三");
  assert.deepEqual(await told("changes"), [["one\r\n😀 two\r\n三", false, "a.md"]]);
  assert.deepEqual((await told("selections")).at(-1), [14, 14, 3, 2]);
});

test("an insertion that replaces most of a text is told as such", async () => {
  const text = await open("one two three\n");
  await text.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("a role that was pasted");
  assert.deepEqual((await told("changes")).at(-1), ["a role that was pasted", true, "a.md"]);
});

test("a jump selects exactly the range, with emoji and CRLF before it, and takes the focus", async () => {
  const doc = "😀\r\n中文 word here\r\n";
  await open(doc);
  const from = doc.indexOf("word");
  await call("select", from, from + 4, true);
  assert.equal(await page.evaluate(() => getSelection().toString()), "word");
  assert.deepEqual((await told("selections")).at(-1), [from, from + 4, 2, 8]);
  await page.keyboard.type("x");
  assert.equal(await call("text"), "😀\r\n中文 x here\r\n");
});

test("Tab leaves the editor and Shift-Tab leaves it the other way", async () => {
  const text = await open("abc");
  await text.focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "after");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "before");
  assert.equal(await call("text"), "abc");
});

test("the keys of the page arrive as commands, once, and change nothing", async () => {
  const text = await open("abc");
  await page.evaluate(() => addEventListener("keydown", (event) => told.commands.push(`page saw ${event.key}`)));
  await text.focus();
  for (const key of ["F8", "Shift+F8", "Control+.", "Control+s", "Control+Enter", "F1", "Alt+Enter", "F12"]) await page.keyboard.press(key);
  const seen = (await told("commands")).filter((name) => !/page saw (Shift|Control|Alt)$/.test(name));
  assert.deepEqual(seen, ["next-problem", "previous-problem", "actions", "save", "prompt", "palette", "definition", "definition"]);
  assert.equal(await call("text"), "abc");
});

test("a click with Control asks for the definition of what was clicked", async () => {
  await open("word\r\nword {{NAME}}");
  await page.getByText("{{NAME}}").click({ modifiers: ["Control"] });
  const [command] = await told("commands");
  const offset = Number(/^definition:(\d+)$/.exec(command)[1]);
  assert.ok(offset >= 11 && offset <= 19, command);
});

test("problems are underlined by line style, not by color alone, and move with the text", async () => {
  const text = await open("one two three");
  await call("setProblems", [problem(0, 3), problem(4, 7, { severity: "warning" }), problem(8, 13, { severity: "info" })]);
  const style = (word) => page.getByText(word, { exact: true }).evaluate((node) => getComputedStyle(node).textDecorationStyle);
  assert.deepEqual([await style("one"), await style("two"), await style("three")], ["wavy", "dashed", "dotted"]);
  await text.focus();
  await page.keyboard.press("Home");
  await page.keyboard.type("zero ");
  assert.equal(await style("three"), "dotted");
});

test("problems and highlights stay visible with forced colors", async () => {
  await page.emulateMedia({ forcedColors: "active" });
  await open("one two three");
  await call("setProblems", [problem(0, 3)]);
  await call("highlight", [{ from: 4, to: 7 }]);
  const styles = (selector) => page.locator(selector).evaluate((node) => {
    const { textDecorationStyle, outlineStyle } = getComputedStyle(node);
    return [textDecorationStyle, outlineStyle];
  });
  assert.equal((await styles(".rw-problem"))[0], "wavy");
  assert.equal((await styles(".rw-highlighted"))[1], "dashed");
});

test("a problem without extent is still to be seen, beside an emoji, at a line's end and on an empty line", async () => {
  const doc = "😀x\n\nend";
  await open(doc);
  await call("setProblems", [problem(0, 0), problem(4, 4), problem(doc.length, doc.length)]);
  const marks = await page.locator(".rw-problem").allTextContents();
  assert.deepEqual(marks, ["😀", "\u00a0", "d"]);
});

test("advice about a whole paragraph is underlined at its start only, and its card opens anywhere in it", async () => {
  const doc = `${"word ".repeat(60)}end`;
  await open(doc);
  await call("setProblems", [problem(0, doc.length, { severity: "info" })]);
  const marks = await page.locator(".rw-problem").allTextContents();
  assert.deepEqual(marks, ["word ".repeat(9).trimEnd()]);
  await page.getByText("end").hover({ position: { x: 2, y: 4 } });
  await page.locator(".rw-card").waitFor();
});

test("the card under the pointer names the problem, and its button asks for the fix", async () => {
  await open("use Bsh here");
  await call("setProblems", [problem(4, 7)]);
  await page.getByText("Bsh", { exact: true }).hover();
  const button = page.getByRole("button", { name: "Fix: use Bash" });
  await button.waitFor();
  assert.match(await page.locator(".rw-card").innerText(), /Error\s*unknown-tool\s*Bsh is no tool/);
  await button.click();
  assert.deepEqual(await told("commands"), ["fix:7"]);
});

test("Escape closes the card", async () => {
  const text = await open("use Bsh here");
  await call("setProblems", [problem(4, 7)]);
  await text.focus();
  await page.getByText("Bsh", { exact: true }).hover();
  await page.locator(".rw-card").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".rw-card").waitFor({ state: "detached" });
});

test("a message is shown as text, whatever it holds", async () => {
  await open("use Bsh here");
  await call("setProblems", [problem(4, 7, { message: "<img src=x onerror=alert(1)> `<b>`" })]);
  await page.getByText("Bsh", { exact: true }).hover();
  await page.locator(".rw-card").waitFor();
  assert.equal(await page.locator(".rw-card img, .rw-card b").count(), 0);
  assert.match(await page.locator(".rw-card").innerText(), /<img src=x onerror=alert\(1\)> <b>/);
});

test("edits are one undo step, exact to the line end", async () => {
  const doc = "name: a\r\ntools: Bsh\r\nend: b\r\n";
  await open(doc);
  await call("applyEdits", [
    { from: 6, to: 7, text: "aa\r\nmore: 😀" },
    { from: 16, to: 19, text: "Bash" },
  ], "2 problems fixed");
  assert.equal(await call("text"), "name: aa\r\nmore: 😀\r\ntools: Bash\r\nend: b\r\n");
  await call("undo");
  assert.equal(await call("text"), doc);
  await call("redo");
  assert.equal(await call("text"), "name: aa\r\nmore: 😀\r\ntools: Bash\r\nend: b\r\n");
});

test("every file keeps its own undo steps and caret", async () => {
  const text = await open("first");
  await text.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  await call("open", "b.md", "second");
  await page.getByRole("textbox", { name: "Role text, b.md" }).focus();
  await page.keyboard.press("End");
  await page.keyboard.type("?");
  await call("open", "a.md", "first!");
  assert.deepEqual((await told("selections")).at(-1), [6, 6, 1, 7]);
  await call("undo");
  assert.equal(await call("text"), "first");
  await call("open", "b.md", "second?");
  await call("undo");
  assert.equal(await call("text"), "second");
});

test("opening a file tells no change, and a renamed one keeps its steps", async () => {
  const text = await open("first");
  await text.focus();
  await page.keyboard.type("A");
  await call("rename", "a.md", "c.md");
  await call("open", "b.md", "second");
  await call("open", "c.md", "Afirst");
  assert.equal((await told("changes")).length, 1);
  await call("undo");
  assert.equal(await call("text"), "first");
  assert.equal((await told("changes")).at(-1)[2], "c.md");
});

test("a file that comes with another text shows that text, and undo leads back", async () => {
  await open("first\r\n");
  await call("open", "a.md", "first\r\nsecond\n");
  assert.equal(await call("text"), "first\r\nsecond\n");
  await call("undo");
  assert.equal(await call("text"), "first\r\n");
});

test("a pause is reported once, and leaving the editor counts as one", async () => {
  const text = await open("one");
  await text.focus();
  await page.keyboard.type("xy");
  assert.equal(await told("idle"), 0);
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => globalThis.told.idle === 1, null, { timeout: 300 });
  await page.waitForTimeout(600);
  assert.equal(await told("idle"), 1);
  await text.focus();
  await page.keyboard.type("z");
  await page.waitForFunction(() => globalThis.told.idle === 2);
});

test("Enter continues a list and ends it on an empty item, in Markdown only", async () => {
  const text = await open("");
  await text.focus();
  await page.keyboard.type("1. one\ntwo\n\nend");
  assert.equal(await call("text"), "1. one\n2. two\nend");
  await call("open", "b.md", "---\ntools:\n- Read");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nx");
  assert.equal(await call("text"), "---\ntools:\n- Read\nx");
});

test("headings, keys and directives are highlighted differently, code is left alone", async () => {
  await open("---\nname: x\n---\n# Title {{NAME}}\n\n{{include:a.md}}\n\n```\n{{include:b.md}}\n```\n\n${{ NOT }} \\{{NOT}}\n");
  // A busy browser parses a moment later.
  await page.locator(".rw-include").first().waitFor();
  assert.deepEqual(await page.locator(".rw-include").allTextContents(), ["{{include:a.md}}"]);
  assert.deepEqual(await page.locator(".rw-variable").allTextContents(), ["{{NAME}}"]);
});

test("a colon in an unquoted value makes no key of the words before it", async () => {
  await open("---\nname: x\ndescription: Use it when: a. Then: b. Always:\nlist:\n  - what: when: it\ntools: [Read]\n---\nText: this.\n");
  await page.locator(".cm-line span").filter({ hasText: /^tools$/ }).waitFor();
  const keys = await page.locator(".cm-line span").evaluateAll((spans) => {
    const isKey = (span) => getComputedStyle(span).color === "rgb(61, 78, 207)";
    return spans.filter(isKey).map((span) => span.textContent);
  });
  assert.deepEqual(keys, ["name", "description", "list", "what", "tools"]);
});

test("sections fold, and a jump into one unfolds it", async () => {
  const doc = "# One\ntext\n\n## Below\nmore\n\n# Two\nend\n";
  await open(doc);
  await page.locator(".cm-foldGutter span[title='Fold line']").first().click();
  assert.equal(await page.getByText("more").count(), 0);
  assert.equal(await page.getByText("Two").count(), 1);
  await call("select", doc.indexOf("more"), doc.indexOf("more") + 4, false);
  assert.equal(await page.getByText("more").count(), 1);
});

test("hidden characters are made visible", async () => {
  await open("a\u200bb\u202ec\u{e0041}d");
  assert.equal(await page.locator(".cm-specialChar").count(), 3);
});

test("a megabyte on one line opens, and is edited", async () => {
  await open("");
  const took = await page.evaluate(() => {
    const start = performance.now();
    editor.open("big.md", "x ".repeat(500_000));
    editor.applyEdits([{ from: 0, to: 0, text: "y" }], "");
    return performance.now() - start;
  });
  assert.equal((await call("text")).length, 1_000_001);
  assert.ok(took < 5000, `${took} ms`);
});

/** Waits until the editor asks for `kind`; returns the ticket, the path and the offset. */
async function asked(kind) {
  const ask = await page.waitForFunction((kind) => told.asks.findLast(([asked]) => asked === kind), kind);
  const [, ticket, path, offset] = await ask.jsonValue();
  return { ticket, path, offset };
}

test("what may be written is asked for at the exact offset, listed, and put in by the keyboard alone", async () => {
  const text = await open("😀\r\nto");
  await text.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Space");
  const { ticket, path, offset } = await asked("completions");
  assert.deepEqual([path, offset], ["a.md", 6]);
  const item = (label, detail) => ({ label, text: label, kind: "field", detail, from: 4, to: 6 });
  await call("answer", ticket, [item("tools", "What `it` may use."), item("topic", null)]);
  const options = page.getByRole("option");
  await options.first().waitFor();
  assert.deepEqual(await options.allTextContents(), ["toolsfield", "topicfield"]);
  assert.equal(await page.locator(".cm-completionInfo code").textContent(), "it");
  await page.waitForTimeout(100);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await call("text"), "😀\r\ntopic");
});

test("an answer to a question that a newer one has replaced is dropped", async () => {
  const text = await open("to");
  await text.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Control+Space");
  const { ticket } = await asked("completions");
  await page.keyboard.type("o");
  await page.waitForFunction((old) => told.asks.at(-1)[1] > old, ticket);
  await call("answer", ticket, [{ label: "old", text: "old", kind: "field", detail: null, from: 0, to: 2 }]);
  await page.waitForTimeout(100);
  assert.equal(await page.getByRole("option").count(), 0);
});

test("a word that is written in full is not proposed, so that Enter ends the line", async () => {
  const text = await open("");
  await text.focus();
  await page.keyboard.type("opus");
  const { ticket } = await asked("completions");
  await call("answer", ticket, [{ label: "opus", text: "opus", kind: "model", detail: null, from: 0, to: 4 }]);
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  assert.equal(await call("text"), "opus\n");
});

test("an explanation is shown as text, never as markup", async () => {
  await open("name: x");
  await page.locator(".cm-line").hover({ position: { x: 20, y: 10 } });
  const { ticket, offset } = await asked("hover");
  assert.ok(offset >= 0 && offset <= 4, `${offset}`);
  await call("answer", ticket, { from: 0, to: 4, text: "**name**: text.\n\n<img src=x> and `<b>`" });
  const card = page.locator(".rw-explanation");
  await card.waitFor();
  assert.deepEqual(await card.locator("p").allTextContents(), ["name: text.", "<img src=x> and <b>"]);
  assert.equal(await card.locator("strong").textContent(), "name");
  assert.equal(await card.locator("img, b").count(), 0);
});

test("the menu of actions is walked by keys, says what is unsafe, and Escape leads back", async () => {
  const text = await open("abc");
  await text.focus();
  const list = [
    { title: "Replace `a` with `b`", isUnsafe: false, index: 0 },
    { title: "Remove it", isUnsafe: true, index: 1 },
  ];
  await call("offer", list);
  const items = page.getByRole("menu", { name: "Actions at the cursor" }).getByRole("menuitem");
  assert.deepEqual(await items.allTextContents(), ["Replace a with b", "Remove it may change the meaning"]);
  await page.waitForFunction(() => document.activeElement.textContent.startsWith("Replace"));
  await page.keyboard.press("Escape");
  assert.equal(await items.count(), 0);
  assert.ok(await text.evaluate((node) => node === document.activeElement));
  assert.deepEqual(await told("commands"), []);
  await call("offer", list);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.deepEqual(await told("commands"), ["action:1"]);
  assert.equal(await items.count(), 0);
  assert.ok(await text.evaluate((node) => node === document.activeElement));
});
