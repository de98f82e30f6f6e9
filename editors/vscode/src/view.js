// The panel's HTML: the prompt in pieces that know where they came from.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escape = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** The page around the prompt. Scripts need the nonce; nothing is fetched from elsewhere. */
export function page({ nonce, source, script, style }) {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escape(style)}">
<title>Compiled prompt</title>
</head>
<body>
<header id="about" role="status"></header>
<main id="prompt" tabindex="0" aria-label="Compiled prompt"></main>
<script nonce="${nonce}" src="${escape(script)}"></script>
</body>
</html>`;
}

/** The prompt as HTML: one element for each run of pieces from the same file. */
export function body({ prompt, segments, entry }) {
  return segments
    .map(({ prompt: [start, end], path, kind }) => {
      const label = path === entry ? "" : ` title="${escape(path)}"`;
      const classes = [path === entry ? "own" : "included", kind].join(" ");
      return `<span class="${classes}" data-start="${start}"${label}>${escape(prompt.slice(start, end))}</span>`;
    })
    .join("");
}

// In the words of the command line.
function share({ used, max }) {
  const percent = Math.floor((used * 100) / Math.max(max, 1));
  return percent === 0 && used > 0 ? "under 1%" : `${percent}%`;
}

/** One line about the prompt. */
export function about({ host, stats, diagnostics }) {
  const tokens = stats.tokens.estimate.toLocaleString("en");
  const parts = [host, `about ${tokens} tokens`];
  if (stats.limit) parts.push(`${share(stats.limit)} of the limit`);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors > 0) parts.push(errors === 1 ? "1 error" : `${errors} errors`);
  return parts.join(" · ");
}
