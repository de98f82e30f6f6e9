//! Starts the page and its offline copy. What to load stands in this script's own tag: `data-js` and
//! `data-wasm` the page, `data-sw` the service worker (release builds only), all relative to the
//! document. Of roles and problems nothing is known here.
//!
//! For the page, on `document`:
//! - `rolewright:offline-ready`: everything is stored, the page opens without a network. From then
//!   on `<html data-offline="ready">`.
//! - `rolewright:update-ready`: a new version waits. From then on `<html data-update="ready">`.
//! - `rolewright:apply-update`, sent by the page after saving: change to it and reload.

const tag = document.getElementById("boot");
const address = (name) => new URL(tag.dataset[name], document.baseURI).href;

// A tab may stay open for weeks; a new version is looked for this often.
const HOUR = 3600 * 1000;

// Before the page asks for one.
globalThis.Worker ??= worker();
start();
if (tag.dataset.sw && "serviceWorker" in navigator) goOffline();

async function start() {
  try {
    const page = await import(address("js"));
    await page.default({ module_or_path: address("wasm") });
    globalThis.launchQueue?.setConsumer(openFiles);
  } catch (error) {
    console.error(error);
    apologise(error);
  }
}

/** Files that the system opens with the installed page come in as if they were dropped on it. */
async function openFiles({ files }) {
  const dataTransfer = new DataTransfer();
  for (const handle of files) dataTransfer.items.add(await handle.getFile());
  window.dispatchEvent(new DragEvent("drop", { dataTransfer }));
}

/**
 * Stands in for `Worker` where there is none, for the engine alone: its module runs beside the page,
 * behind the same interface, and is heard through a port that it finds as `rolewrightPort`.
 */
function worker() {
  let count = 0;
  return class extends EventTarget {
    #port;
    // A trap or a panic of the engine reaches nobody else here.
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
        // Under an address of its own, or the browser would hand out the one that has stopped.
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

/** Says in the page what happened; work that was saved is not touched. */
function apologise(error) {
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
  document.body.append(box);
  window.addEventListener("online", () => location.reload(), { once: true });
}

async function goOffline() {
  const workers = navigator.serviceWorker;
  try {
    const registration = await workers.register(address("sw"), { updateViaCache: "none" });
    watchForUpdates(registration);
    await workers.ready;
    tell("offline");
  } catch (error) {
    // Storage may be denied: then the page works, but only with a network.
    console.warn("No offline copy:", error);
  }
}

function watchForUpdates(registration) {
  const workers = navigator.serviceWorker;
  let wasControlled = workers.controller !== null;
  let isAsked = false;
  if (registration.waiting && wasControlled) tell("update");
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && workers.controller) tell("update");
    });
  });
  document.addEventListener("rolewright:apply-update", () => {
    isAsked = true;
    if (registration.waiting) registration.waiting.postMessage("SKIP_WAITING");
    else location.reload();
  });
  workers.addEventListener("controllerchange", () => {
    // The first worker takes over a page of its own version; a later one was asked for by this tab
    // or by another, and then this one goes on with the files it has until it is told to reload.
    if (isAsked) location.reload();
    else if (wasControlled) tell("update");
    wasControlled = true;
  });
  const look = () => registration.update().catch(() => {});
  setInterval(look, HOUR);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

function tell(what) {
  document.documentElement.dataset[what] = "ready";
  document.dispatchEvent(new CustomEvent(`rolewright:${what}-ready`));
}
