// A line that says how far it is, on terminals, for runs of more than a second.

/** `show(count)` draws it now and then; `clear()` takes it away before something else is written. */
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
      stream.write(`\r\x1b[Kchecked ${count} files …`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
    },
  };
}
