// Tests accessibility (axe, themes, narrow screens, keyboard) and that roles never run as markup.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { stage } from "./playground.mjs";

const on = stage();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Why axe cannot decide on a contrast; a person has looked at each of these.
const LOOKED_AT = new Map([
  // A menu lies over it, it is scrolled half out of view, or it is drawn: the colors are those that contrast.rs checks.
  ["bgOverlap", "color-contrast"],
  ["elmPartiallyObscured", "color-contrast"],
  ["elmPartiallyObscuring", "color-contrast"],
  // A sign and no text: the arrow of a section that can be folded, and counts of one digit.
  ["nonBmp", "color-contrast"],
  ["shortTextContent", "color-contrast"],
]);
// The question mark is called Help, and the rows of the host dialog are complete once the hosts have answered.
const LOOKED_AT_RULES = ["label-content-name-mismatch", "th-has-data-cells"];

/** What axe finds wrong with the page, or cannot decide and nobody has looked at, in short. */
async function complaints(play) {
  // Through the debugger, because the page's policy forbids foreign scripts, including this one.
  await play.page.evaluate(axe);
  const { violations, incomplete } = await play.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations", "incomplete"] }));
  const isNew = ({ any, all, none }, id) => ![...any, ...all, ...none].every(({ data }) => LOOKED_AT.get(data?.messageKey) === id);
  const undecided = incomplete
    .filter(({ id }) => !LOOKED_AT_RULES.includes(id))
    .map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => isNew(node, rule.id)) }));
  return [...violations, ...undecided].flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.split("\n").slice(1).join(";")}`));
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in any panel, ${colorScheme}`, async () => {
    const { play } = on;
    const page = await play.visit();
    await page.emulateMedia({ colorScheme });
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      assert.deepEqual(await complaints(play), [], await tab.innerText());
    }
    await page.getByRole("button", { name: "Commands" }).click();
    await page.getByRole("dialog").waitFor();
    assert.deepEqual(await complaints(play), [], "commands");
    await page.keyboard.press("Escape");
    for (const name of ["Help", "Rules"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await complaints(play), [], name);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: /^Project/ }).click();
    assert.deepEqual(await complaints(play), [], "projects");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "View", exact: true }).click();
    assert.deepEqual(await complaints(play), [], "view");
  });

  test(`axe finds nothing while one writes on a phone, ${colorScheme}`, async () => {
    const { play } = on;
    const page = await play.visit();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await play.editor.focus();
    await page.getByRole("toolbar", { name: "Editing" }).waitFor();
    assert.deepEqual(await complaints(play), []);
  });

  test(`at 320 pixels every zone fits without sideways scrolling, ${colorScheme}`, async () => {
    const { play } = on;
    const page = await play.visit();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 640 });
    await play.settled();
    const zones = page.getByRole("navigation", { name: "Views" }).getByRole("button");
    assert.equal(await zones.count(), 4);
    for (const zone of await zones.all()) {
      await zone.click();
      const name = await zone.innerText();
      const widest = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));
      assert.ok(widest <= 320, `${name}: ${widest} pixels`);
      assert.deepEqual(await complaints(play), [], name);
    }
  });
}

// A window of 1280 × 720 pixels, enlarged.
for (const [zoom, width, height] of [[200, 640, 360], [400, 320, 180]]) {
  test(`at ${zoom} % nothing is cut off, and everything is reached by scrolling one way`, async () => {
    const { play } = on;
    const page = await play.visit();
    await page.setViewportSize({ width, height });
    await play.settled();
    for (const zone of await page.getByRole("navigation", { name: "Views" }).getByRole("button").all()) {
      await zone.click();
      const name = await zone.innerText();
      const cut = await page.evaluate(() => {
        const { scrollWidth } = document.documentElement;
        const hidden = [...document.querySelectorAll("button, select, input, textarea, [role=tab], .cm-content")]
          .filter((node) => node.checkVisibility() && !node.closest(".skips"))
          .filter((node) => {
            node.scrollIntoView({ block: "center", inline: "nearest" });
            const { left, right, top, bottom } = node.getBoundingClientRect();
            return right - left > 0 && (left < -1 || right > innerWidth + 1 || bottom < 1 || top > innerHeight - 1);
          })
          .map((node) => node.textContent.trim().slice(0, 40) || node.ariaLabel);
        return scrollWidth > innerWidth ? ["the page itself", ...hidden] : hidden;
      });
      assert.deepEqual(cut, [], name);
      assert.ok((await page.locator(".work").boundingBox()).height >= 160, `${name}: room to read`);
    }
    await page.getByRole("button", { name: "Commands" }).click();
    await page.getByRole("combobox", { name: "Command" }).waitFor();
    const { width: wide } = await page.getByRole("dialog").boundingBox();
    assert.ok(wide <= width);
  });
}

test("editor and prompt are side by side, stacked, or the prompt is alone", async () => {
  const { play } = on;
  const page = await play.visit();
  const choose = async (layout) => {
    await page.getByRole("button", { name: "View", exact: true }).click();
    await page.getByRole("combobox", { name: "Layout" }).selectOption(layout);
    await page.keyboard.press("Escape");
  };
  const boxes = async () => [await play.editor.boundingBox(), await play.prompt.boundingBox()];
  let [editor, prompt] = await boxes();
  assert.ok(prompt.x > editor.x + 300);
  await choose("Stacked");
  [editor, prompt] = await boxes();
  assert.ok(prompt.y > editor.y + 100 && prompt.x < editor.x + 100);
  await page.getByRole("separator", { name: "Editor height" }).focus();
  await page.keyboard.press("End");
  const [, lower] = await boxes();
  assert.ok(lower.y > prompt.y + 50);
  await choose("Prompt only");
  assert.equal(await play.editor.isVisible(), false);
  await page.reload();
  await play.prompt.getByText("senior engineer").click();
  await play.editor.waitFor();
});

test("when the system sets all colors, included parts and the current problem still differ", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.emulateMedia({ forcedColors: "active" });
  const bars = await play.prompt.locator(".block .text").evaluateAll((parts) => parts.map((part) => getComputedStyle(part).borderInlineStartColor));
  const labelled = await play.prompt.locator(".block").evaluateAll((blocks) => blocks.findIndex((block) => block.querySelector(".label")));
  assert.notEqual(bars[labelled], bars[0]);
  const outlines = await play.problems.getByRole("listitem").evaluateAll((rows) => rows.map((row) => getComputedStyle(row).outlineStyle));
  assert.deepEqual(outlines, ["solid", "none"]);
  // Of this button, axe takes the colors of the style sheet for those of the system; it is black on white.
  assert.deepEqual((await complaints(play)).filter((complaint) => !complaint.startsWith("color-contrast: .primary:")), []);
});

test("a preference for less motion is respected", async () => {
  const { play } = on;
  const page = await play.visit();
  const moving = () =>
    page.evaluate(() => [...document.querySelectorAll("*")].filter((node) => !/^(none|all)$/.test(getComputedStyle(node).transitionProperty) || getComputedStyle(node).animationName !== "none").length);
  assert.equal(await moving(), 0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.ok((await moving()) > 0);
});

test("every target is at least 24 pixels each way", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.settled();
  const small = await page.evaluate(() =>
    // A splitter is as thin as it looks; arrow keys and the palette do the same.
    [...document.querySelectorAll("button, select, input, textarea, [role=tab]")]
      .filter((node) => node.checkVisibility() && !node.closest(".cm-editor, p, figcaption"))
      .map((node) => [node.textContent.trim() || node.ariaLabel, node.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.max(width, height) > 0 && (Math.min(width, height) < 24))
      .map(([name, { width, height }]) => `${name}: ${width} × ${height}`),
  );
  assert.deepEqual(small, []);
});

test("the keyboard alone writes a role, reads its problem, fixes it and reads the prompt", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.settled();
  await page.locator("body").press("Tab");
  const skip = page.getByRole("button", { name: "Skip to editor" });
  assert.ok(await skip.evaluate((link) => link === document.activeElement), "the first stop skips to the editor");
  await page.keyboard.press("Enter");
  assert.ok(await play.editor.evaluate((node) => node === document.activeElement), "and it leads there");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, bash\n---\nReview.\n");
  await play.problem("tool-case").waitFor();
  await page.keyboard.press("F8");
  await page.waitForFunction(() => getSelection().toString() === "bash");
  await page.keyboard.press("Control+.");
  await page.getByRole("menuitem", { name: "Replace" }).first().waitFor();
  await page.keyboard.press("Enter");
  await play.problem("tool-case").waitFor({ state: "detached" });
  assert.match(await play.text(), /tools: Read, Bash\n/);
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.waitForFunction(() => document.activeElement.closest("#prompt"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.closest(".cm-editor"));
});

test("arrow keys walk the list of problems and Escape goes back to the editor", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: r\ndescription: Reviews code. Use it after each change.\ntools: Read, bash\n---\nReview {{ONE}}.\n");
  await play.problem("undefined-variable").waitFor();
  await play.problem("tool-case").first().getByRole("button").first().focus();
  await page.keyboard.press("End");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Variable ONE/);
  await page.keyboard.press("Home");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Tool bash/);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.closest(".cm-editor"));
});

test("new problems are said once in one polite region", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.settled();
  assert.equal(await page.locator("[role=status], [aria-live=polite]").filter({ visible: false }).count() > 0, true);
  await play.write("---\nname: r\ndescription: Reviews code. Use it after each change.\n---\nReview {{ONE}}.\n");
  await page.getByRole("status").filter({ hasText: /ONE|warning|error/ }).waitFor({ state: "attached" });
});

test("a role that tries to run scripts stays text everywhere", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.evaluate(() => (globalThis.pwned = 0));
  const attack = `<img src=x onerror="pwned=1"><script>pwned=2</script>[go](javascript:pwned=3)<svg onload=pwned=4>`;
  await play.write(`---\nname: "${attack.replaceAll('"', "'")}"\ndescription: ${attack.replaceAll(":", "")}\ntools: "<b>x</b>"\n---\n# ${attack}\n\n{{include:<img src=x onerror=pwned=5>.md}} {{NAME:-${attack.replaceAll("}", "")}}}\n`);
  await play.promptHolds('<img src=x onerror="pwned=1">');
  for (const tab of await page.getByRole("tab").all()) await tab.click();
  for (const why of await page.getByRole("button", { name: /^Why/ }).all()) await why.click();
  assert.equal(await page.evaluate(() => globalThis.pwned), 0);
  assert.equal(await page.locator("body img, body script:not([src]), a[href^='javascript']").count(), 0);
});

test("a first visit, the copy for offline use included, downloads every file once", async () => {
  const { play, site } = on;
  await play.visit();
  await play.settled();
  await play.readyOffline();
  const full = site.statuses.filter(([, status]) => status === 200).map(([path]) => path || "index.html");
  const twice = full.filter((path, at) => full.indexOf(path) !== at);
  assert.deepEqual(twice, []);
  assert.deepEqual(site.statuses.filter(([, status]) => ![200, 304].includes(status)), []);
});

test("a server that sends no ETag is asked for every file once, too", async () => {
  const { play, site } = on;
  site.hasTags = false;
  await play.visit();
  await play.readyOffline();
  const full = site.statuses.map(([path]) => path || "index.html");
  assert.deepEqual(full.filter((path, at) => full.indexOf(path) !== at), []);
});

test("the policy of the page is in force, and nothing inline runs", async () => {
  const { play } = on;
  play.expect(/policy: (script|connect)-src|Content Security Policy|example\.org/);
  const page = await play.visit();
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ranInline = true";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.ranInline), undefined);
  const elsewhere = await page.evaluate(() => fetch("https://example.org/").then(() => "let through", () => "refused"));
  assert.equal(elsewhere, "refused");
});

for (const [width, height] of [[390, 844], [820, 1180], [1024, 768], [1440, 900], [1920, 1080]]) {
  test(`nothing moves while a first visit arrives, ${width} pixels wide`, async () => {
    const { play, site } = on;
    const page = (play.page = await play.context.newPage());
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      globalThis.moved = [];
      const name = ({ node }) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.outerHTML?.slice(0, 80);
      const add = (list) => list.getEntries().forEach(({ value, sources }) => globalThis.moved.push([value, ...sources.map(name)]));
      new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(site.url);
    await page.locator("[aria-label=Problems] > li").first().waitFor({ state: "attached" });
    await play.readyOffline();
    assert.deepEqual(await page.evaluate(() => globalThis.moved), []);
  });
}

test("the page itself never scrolls on a wide screen", async () => {
  const { play } = on;
  const page = await play.visit();
  const [height, room] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
  assert.ok(height <= room, `${height} of ${room} pixels`);
});

test("the editor keeps room to write in, wherever the boundary goes", async () => {
  const { play } = on;
  const page = await play.visit();
  await page.getByRole("separator", { name: "Editor width" }).focus();
  await page.keyboard.press("Home");
  const { width } = await page.getByRole("region", { name: "Editor" }).boundingBox();
  assert.ok(width >= 320, `${width} pixels`);
});

test("Control-A in the prompt selects the prompt and nothing else", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.prompt.focus();
  await page.keyboard.press("ControlOrMeta+a");
  const text = await play.selection();
  assert.match(text, /senior engineer/);
  assert.doesNotMatch(text, /Rolewright|Arrow keys/);
});

test("Option-Z wraps lines on a Mac, where that key types another character", async () => {
  const { play } = on;
  await play.visit();
  const wraps = () => play.editor.evaluate((content) => content.classList.contains("cm-lineWrapping"));
  assert.equal(await wraps(), true);
  await play.editor.dispatchEvent("keydown", { key: "Ω", code: "KeyZ", altKey: true, bubbles: true, cancelable: true });
  await play.page.waitForFunction(() => !document.querySelector(".cm-lineWrapping"));
});

test("an opened rule of the drawer uses its full width, and a role without variables has no value sets", async () => {
  const { play } = on;
  const page = await play.visit();
  await play.write("---\nname: r\ndescription: Cooks. Use it at noon.\n---\nYou cook.\n");
  await play.settled();
  await page.getByRole("tab", { name: /^Values/ }).click();
  await page.getByText(/This role has no variables/).waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Value set" }).count(), 0);
  await page.getByRole("button", { name: "Rules", exact: true }).click();
  const drawer = page.getByRole("dialog", { name: /Rules/ });
  await drawer.locator("summary").first().click();
  const opened = await drawer.locator("details[open] .examples").boundingBox();
  const list = await drawer.locator(".rules").boundingBox();
  assert.ok(list.x + list.width - (opened.x + opened.width) < 48, `${list.x + list.width}, ${opened.x + opened.width}`);
});
