// Runs in the panel: shows the prompt, reports clicks, and highlights the part with the caret.

const editor = acquireVsCodeApi();
const prompt = document.getElementById("prompt");
const status = document.getElementById("about");

addEventListener("message", ({ data }) => {
  if (data.type === "prompt") {
    // The extension has escaped the text; the policy allows no script in it anyway.
    prompt.innerHTML = data.html;
    status.textContent = data.about;
  } else if (data.type === "highlight") {
    highlight(data.range);
  }
});

prompt.addEventListener("click", (event) => {
  // Dragging selects text to copy.
  const selection = getSelection();
  if (selection && !selection.isCollapsed) return;
  const piece = event.target.closest("[data-start]");
  if (!piece) return;
  const inside = selection?.anchorNode && piece.contains(selection.anchorNode) ? selection.anchorOffset : 0;
  editor.postMessage({ type: "jump", offset: Number(piece.dataset.start) + inside });
});

function highlight(range) {
  for (const piece of prompt.querySelectorAll(".current")) piece.classList.remove("current");
  const found = range && prompt.querySelector(`[data-start="${range[0]}"]`);
  if (!found) return;
  found.classList.add("current");
  found.scrollIntoView({ block: "nearest" });
}

editor.postMessage({ type: "ready" });
