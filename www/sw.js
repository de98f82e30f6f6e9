//! The service worker: caches a complete version of the site before using it, so that an open page never
//! mixes files of two versions. No user text passes through it.

// Filled in by the release build: [path, integrity] of every file.
const FILES = [];

// Several copies of the site can share one origin, and cache storage belongs to the origin.
const PREFIX = `rolewright ${new URL(self.registration.scope).pathname} `;
const version = digest(new TextEncoder().encode(JSON.stringify(FILES)));
const home = addressOf("index.html");

// Visited pages of the manual are cached separately from the versions of the page.
const MANUAL = addressOf("docs/");
const VISITED = `rolewright-manual ${new URL(self.registration.scope).pathname}`;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = request.url.startsWith(self.registration.scope) && request.method === "GET";
  if (!isOurs) return;
  event.respondWith(request.url.startsWith(MANUAL) ? visit(request) : answer(request));
});

async function install() {
  const cache = await caches.open(await cacheName());
  await Promise.all(FILES.map(([path, integrity]) => store(cache, addressOf(path), integrity)));
}

async function activate() {
  const mine = await cacheName();
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== mine);
  // Another tab may have activated this version; pages that are still open need the previous one.
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.some(({ url }) => url.startsWith(self.registration.scope))) older.pop();
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const found = await stored(request);
  if (found) return found;
  try {
    return await fetch(request);
  } catch (error) {
    const page = request.mode === "navigate" && (await stored(new Request(home)));
    if (page) return page;
    throw error;
  }
}

/** A file of the manual, as it is now; without a network, as it was at the last visit. */
async function visit(request) {
  const cache = await caches.open(VISITED);
  const address = request.url.replace(/[?#].*$/, "");
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(address, response.clone());
    return response;
  } catch (error) {
    const found = await cache.match(address, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}

/** A cached file of this version, or of the previous one. */
async function stored(request) {
  const mine = await cacheName();
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== mine);
  const url = new URL(request.url);
  const address = url.href.replace(/[?#].*$/, "").replace(/\/index\.html$/, "/");
  for (const name of [mine, ...names.reverse()]) {
    const found = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** Adds a file to `cache`, from an older version if it is unchanged, or else from the network. */
async function store(cache, address, integrity) {
  const response = (await unchanged(address, integrity)) ?? (await download(address, integrity));
  await cache.put(address, response);
}

async function unchanged(address, integrity) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const old = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (old && (await digest(await old.clone().arrayBuffer())) === integrity) return old;
  }
  return undefined;
}

async function download(address, integrity) {
  // The page has usually just loaded the file. The digest shows whether it is this version's, so that no
  // server need be asked again, not even one that sends no ETag.
  const loaded = await fetch(address, { cache: "force-cache" }).catch(() => null);
  if (loaded?.ok) {
    const body = await loaded.arrayBuffer();
    if ((await digest(body)) === integrity) return new Response(body, { headers: loaded.headers });
  }
  const response = await fetch(address, { cache: "no-cache", integrity });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  // A redirected response must not answer a navigation; a copy may.
  return new Response(await response.blob(), { headers: response.headers });
}

/** The URL of a file; many static hosts redirect `index.html` to its folder. */
function addressOf(path) {
  return new URL(path.replace(/(^|\/)index\.html$/, "$1") || "./", self.registration.scope).href;
}

async function cacheName() {
  return PREFIX + (await version);
}

async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...hash))}`;
}
