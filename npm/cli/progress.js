// A progress line on terminals for runs longer than a second.

/** `show(count)` redraws the line at most ten times a second; `clear()` removes it before other output. */
export function progress(stream = process.stderr) {
  if (!stream.isTTY || process.env.TERM === "dumb") return { show() {}, clear() {} };
  const started = Date.now();
  let drawn = 0;
  let shown = false;
  return {
    show(count) {
      const now = Date.now();
      if (now - started < 1000 || now - drawn < 100) return;
      drawn = now;
      shown = true;
      stream.write(`\r\x1b[Kchecked ${count} files…`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
    },
  };
}
