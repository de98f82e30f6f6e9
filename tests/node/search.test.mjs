// Tests the manual's script with stand-ins for the page: what a search finds, in which order, and how it ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { manual } from "../../docs/manual/build.mjs";

const files = await manual();

/** The parts of an element that the script uses. */
function element(more = {}) {
  const listeners = {};
  const made = { hidden: true, value: "", children: [], dataset: {}, addEventListener: (name, listener) => (listeners[name] = listener), focus() {} };
  made.append = (...others) => made.children.push(...others);
  made.replaceChildren = (...others) => (made.children = others);
  made.fire = (name) => listeners[name]?.({});
  return Object.assign(made, more);
}

/** The page with the manual's script; `type(text)` gives the count and the titles that are found. */
async function open() {
  const [count, list] = [element(), element()];
  const all = { search: element(), found: element({ children: [count, list] }), theme: element() };
  const global = {};
  const stored = new Map();
  const document = { currentScript: { dataset: { index: "search.json" } }, getElementById: (id) => all[id], createElement: () => element(), documentElement: element() };
  const localStorage = { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value) };
  const fetch = async () => ({ json: async () => JSON.parse(files.get("search.json")) });
  const location = { href: "https://example.org/docs/index.html" };
  vm.runInNewContext(files.get("manual.js"), { document, localStorage, fetch, location, URL, addEventListener: (name, listener) => (global[name] = listener) });
  all.search.fire("focus");
  await new Promise((resolve) => setTimeout(resolve, 20));
  const type = (text) => {
    all.search.value = text;
    all.search.fire("input");
    return { count: count.textContent, titles: list.children.map((item) => item.children[0].textContent), links: list.children.map((item) => item.children[0].href) };
  };
  return { type, all, press: (key) => global.keydown({ key }), theme: () => document.documentElement.dataset.theme };
}

test("the name of a rule finds its page first, and the link leads there", async () => {
  const { type } = await open();
  const { titles, links } = type("tool-case");
  assert.equal(titles[0], "tool-case");
  assert.equal(links[0], "https://example.org/docs/rules/tool-case.html");
});

test("a page must contain every word, and nothing found says so", async () => {
  const { type } = await open();
  assert.ok(type("gitlab junit").titles.includes("CI recipes"));
  assert.deepEqual([type("gitlab xyzzy").count, type("gitlab xyzzy").titles], ["Nothing found.", []]);
});

test("a page that explains a word is found before those of single rules and hosts", async () => {
  const { type } = await open();
  for (const word of ["permissions", "annotations", "precedence"]) assert.doesNotMatch(type(word).links[0], /\/(?:rules|hosts)\/(?!index)/, word);
  assert.equal(type("permissions").titles[0], "Conversion, and what it loses");
  assert.equal(type("kiro").titles[0], "Kiro agent");
});

test("an excerpt begins and ends with whole words", async () => {
  const { all, type } = await open();
  type("verified");
  const [page] = all.found.children[1].children;
  const { textContent: excerpt } = page.children[1];
  const { text } = JSON.parse(files.get("search.json")).find(({ title }) => title === page.children[0].textContent);
  for (const word of excerpt.replace(/^…|…$/g, "").split(" ")) assert.ok(text.split(" ").includes(word), word);
});

test("Escape closes the results", async () => {
  const { type, all, press } = await open();
  type("role");
  assert.equal(all.found.hidden, false);
  press("Escape");
  assert.deepEqual([all.found.hidden, all.search.value], [true, ""]);
});

test("the theme follows the system until it is chosen", async () => {
  const { all, theme } = await open();
  assert.equal(theme(), "system");
  all.theme.fire("click");
  all.theme.fire("click");
  assert.deepEqual([theme(), all.theme.textContent, all.theme.hidden], ["dark", "Theme: dark", false]);
});
