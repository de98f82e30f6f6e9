// The manual's search and theme. Both work without any other site, and the page is readable without them.

const script = document.currentScript;
const input = document.getElementById("search");
const found = document.getElementById("found");
const [count, list] = found.children;
const theme = document.getElementById("theme");
const MOST = 20;
let index = null;

input.addEventListener("focus", load, { once: true });
input.addEventListener("input", show);
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || found.hidden) return;
  input.value = "";
  show();
  input.focus();
});

async function load() {
  const address = new URL(script.dataset.index, location.href);
  const list = await (await fetch(address)).json();
  index = list.map((page) => ({ ...page, url: new URL(page.path, address).href, lower: page.text.toLowerCase(), name: page.title.toLowerCase(), sections: page.headings.toLowerCase() }));
  show();
}

function show() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  found.hidden = words.length === 0;
  if (found.hidden || !index) return;
  const pages = search(words);
  list.replaceChildren(...pages.slice(0, MOST).map((page) => entry(page, words)));
  count.textContent = pages.length === 0 ? "Nothing found." : pages.length === 1 ? "1 page" : `${pages.length} pages`;
}

/** The pages that contain every word: those with it in the title first, then those that explain more than one rule or host. */
function search(words) {
  const score = ({ name, sections, isListed, lower }) => {
    let sum = isListed ? 10 : 0;
    for (const word of words) {
      if (name === word) sum += 100;
      else if (name.includes(word)) sum += 20;
      else if (sections.includes(word)) sum += 10;
      else if (!lower.includes(word)) return 0;
      sum += Math.min(lower.split(word).length, 9);
    }
    return sum;
  };
  const scored = index.map((page) => ({ page, score: score(page) })).filter(({ score }) => score > 0);
  return scored.sort((a, b) => b.score - a.score).map(({ page }) => page);
}

function entry({ url, title, text, lower }, words) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const near = Math.max(0, lower.indexOf(words[0]) - 60);
  // Whole words only.
  const at = near === 0 ? 0 : text.indexOf(" ", near) + 1;
  const end = text.length <= at + 160 ? text.length : text.lastIndexOf(" ", at + 160);
  const excerpt = document.createElement("p");
  excerpt.textContent = `${at > 0 ? "…" : ""}${text.slice(at, end)}${end < text.length ? "…" : ""}`;
  item.append(link, excerpt);
  return item;
}

const THEMES = ["system", "light", "dark"];
const KEY = "rolewright-manual-theme";

function apply(name) {
  document.documentElement.dataset.theme = name;
  theme.textContent = `Theme: ${name}`;
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

let current = THEMES.includes(stored()) ? stored() : "system";
apply(current);
theme.hidden = false;
theme.addEventListener("click", () => {
  current = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length];
  apply(current);
  try {
    localStorage.setItem(KEY, current);
  } catch {
    // Storage may be denied; the theme then lasts until the next page.
  }
});
