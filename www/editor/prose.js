//! Renders the engine's Markdown as elements: paragraphs, `code` and **bold**. Everything else is text;
//! nothing in a role ever becomes markup.

const PARTS = /(`[^`]*`|\*\*[^*]+\*\*)/;

/** The parts of one paragraph as nodes. */
export function inline(text) {
  return text.split(PARTS).map((part, number) => {
    if (number % 2 === 0) return document.createTextNode(part);
    const isCode = part.startsWith("`");
    const node = document.createElement(isCode ? "code" : "strong");
    node.textContent = isCode ? part.slice(1, -1) : part.slice(2, -2);
    return node;
  });
}

/** The paragraphs of a text. */
export function paragraphs(text) {
  return text.split(/\n{2,}/).map((lines) => {
    const paragraph = document.createElement("p");
    paragraph.append(...inline(lines));
    return paragraph;
  });
}
