//! Starts the page and its engine, and registers the service worker. The attributes of this script's tag say
//! what to load, relative to the document: `data-js` and `data-wasm` for the page, `data-engine` for the
//! engine, and `data-sw` for the service worker (release builds only).
//!
//! Events on `document`:
//! - `rolewright:offline-ready`: the page now opens without a network; also sets
//!   `<html data-offline="ready">`.
//! - `rolewright:update-ready`: a new version is waiting; also sets `<html data-update="ready">`.
//! - `rolewright:engine-ready`: sent by the page when the engine has answered for the first time.
//! - `rolewright:apply-update`: sent by the page after saving, to activate the new version and reload.

const tag = document.getElementById("boot");
const address = (name) => new URL(tag.dataset[name], document.baseURI).href;

// How often an open tab checks for a new version.
const HOUR = 3600 * 1000;

// Without workers, the engine would keep the page from starting.
if (globalThis.Worker && tag.dataset.engine) startEngine();
// Must be set before the page creates a worker.
globalThis.Worker ??= worker();
start();
if (tag.dataset.sw && "serviceWorker" in navigator) engineReady().then(goOffline);

async function start() {
  try {
    // What is saved is read while the page loads, and the editor is there before the page takes its time.
    const [page] = await Promise.all([import(address("js")), globalThis.RolewrightStore?.ready]);
    await drawn();
    await page.default({ module_or_path: address("wasm") });
    globalThis.launchQueue?.setConsumer(openFiles);
  } catch (error) {
    console.error(error);
    showError(error);
  }
}

/** Waits for the next frame; a hidden tab draws none. */
function drawn() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 500);
  });
}

/**
 * Starts the engine while the page loads. `rolewrightEngine()` hands it over once, and then repeats what it
 * said until then.
 */
function startEngine() {
  const kinds = ["message", "messageerror", "error"];
  const held = [];
  const hold = (event) => held.push(event);
  const engine = new Worker(address("engine"), { type: "module", name: "rolewright" });
  for (const kind of kinds) engine.addEventListener(kind, hold);
  globalThis.rolewrightEngine = () => {
    delete globalThis.rolewrightEngine;
    for (const kind of kinds) engine.removeEventListener(kind, hold);
    // By then, the page listens.
    queueMicrotask(() => held.forEach((event) => engine.dispatchEvent(new event.constructor(event.type, event))));
    return engine;
  };
}

/** Handles files that the system opens with the installed app like dropped files. */
async function openFiles({ files }) {
  const dataTransfer = new DataTransfer();
  for (const handle of files) dataTransfer.items.add(await handle.getFile());
  window.dispatchEvent(new DragEvent("drop", { dataTransfer }));
}

/**
 * A replacement for `Worker` in browsers without it: runs the engine's module on the page's thread and
 * talks to it through a port that the module finds as `rolewrightPort`.
 */
function worker() {
  let count = 0;
  return class extends EventTarget {
    #port;
    // Without a worker, a trap or panic of the engine is reported only here.
    #trapped = ({ error, message }) => {
      if (error instanceof WebAssembly.RuntimeError || error?.name === "EnginePanic") this.#fail(message);
    };

    constructor(address) {
      super();
      const { port1, port2 } = new MessageChannel();
      this.#port = port1;
      port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
      addEventListener("error", this.#trapped);
      this.#start(address, port2);
    }

    async #start(address, port) {
      try {
        // A unique URL, because the browser would return the cached module that has stopped.
        const module = new URL(address, document.baseURI).href.replace("_loader.js", `.js#${++count}`);
        const engine = await import(module);
        globalThis.rolewrightPort = port;
        await engine.default();
      } catch (error) {
        this.#fail(String(error));
      }
    }

    #fail(message) {
      this.dispatchEvent(new ErrorEvent("error", { message }));
    }

    postMessage(data) {
      this.#port.postMessage(data);
    }

    terminate() {
      removeEventListener("error", this.#trapped);
      this.#port.close();
    }
  };
}

/** Shows the error on the page. */
function showError(error) {
  const box = document.createElement("main");
  box.className = "boot-failure";
  box.setAttribute("role", "alert");
  const heading = document.createElement("h1");
  heading.textContent = "Rolewright failed to start";
  const advice = document.createElement("p");
  advice.textContent = navigator.onLine
    ? "Part of the page could not be loaded. Your saved work is safe. Try again in a moment. If this keeps happening, a new version may be rolling out, or your browser may not support WebAssembly."
    : "You're offline, and the offline copy of this page is incomplete. Your saved work is safe. Try again when you're back online.";
  const details = document.createElement("p");
  details.textContent = String(error);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.addEventListener("click", () => location.reload());
  box.append(heading, advice, details, button);
  document.body.prepend(box);
  window.addEventListener("online", () => location.reload(), { once: true });
}

/**
 * Waits until the engine has answered and the answer is drawn: the offline copy would otherwise download the
 * engine a second time, and take time from the first answer.
 */
function engineReady() {
  return new Promise((resolve) => {
    document.addEventListener("rolewright:engine-ready", () => drawn().then(resolve), { once: true });
    setTimeout(resolve, 5000);
  });
}

async function goOffline() {
  const workers = navigator.serviceWorker;
  try {
    const registration = await workers.register(address("sw"), { updateViaCache: "none" });
    watchForUpdates(registration);
    await workers.ready;
    announceReady("offline");
  } catch (error) {
    // The browser may deny storage; the page then works only with a network.
    console.warn("No offline copy:", error);
  }
}

function watchForUpdates(registration) {
  const workers = navigator.serviceWorker;
  let wasControlled = workers.controller !== null;
  let isAsked = false;
  if (registration.waiting && wasControlled) announceReady("update");
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && workers.controller) announceReady("update");
    });
  });
  document.addEventListener("rolewright:apply-update", () => {
    isAsked = true;
    if (registration.waiting) registration.waiting.postMessage("SKIP_WAITING");
    else location.reload();
  });
  workers.addEventListener("controllerchange", () => {
    // The first service worker matches the page's version. A later one was activated by this tab or
    // another; this tab keeps its files until the user reloads.
    if (isAsked) location.reload();
    else if (wasControlled) announceReady("update");
    wasControlled = true;
  });
  const look = () => registration.update().catch(() => {});
  setInterval(look, HOUR);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

function announceReady(what) {
  document.documentElement.dataset[what] = "ready";
  document.dispatchEvent(new CustomEvent(`rolewright:${what}-ready`));
}
