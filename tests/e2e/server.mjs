// A static file server for tests, with a sub-path, MIME types, ETags and gzip. Tests can switch the folder
// and make requests fail.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/** Serves `folder` under `prefix` on a free loopback port until `close()`. */
export async function serve(folder, prefix = "/sub/path/") {
  const site = { folder, hasTags: true, breaks: () => false, requests: [], statuses: [] };
  const server = createServer((request, response) => answer(site, prefix, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  site.origin = `http://127.0.0.1:${server.address().port}`;
  site.url = site.origin + prefix;
  site.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return site;
}

async function answer(site, prefix, request, response) {
  const path = decodeURIComponent(new URL(request.url, site.origin).pathname);
  site.requests.push(path);
  response.on("finish", () => site.statuses.push([path.slice(prefix.length), response.statusCode]));
  if (!path.startsWith(prefix) || site.breaks(path.slice(prefix.length))) return refuse(response);
  const name = path.slice(prefix.length) || "index.html";
  const bytes = await readFile(join(site.folder, normalize(`/${name}`))).catch(() => null);
  return bytes ? deliver(site, name, bytes, request, response) : refuse(response);
}

function deliver(site, name, bytes, request, response) {
  const tag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
  const headers = { "content-type": TYPES[extname(name)] ?? "application/octet-stream", vary: "accept-encoding" };
  if (site.hasTags) Object.assign(headers, { etag: tag, "cache-control": "no-cache" });
  if (request.headers["if-none-match"] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  const isZipped = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "") && !name.endsWith(".png");
  const body = isZipped ? zipped(tag, bytes) : bytes;
  if (isZipped) headers["content-encoding"] = "gzip";
  response.writeHead(200, { ...headers, "content-length": body.length }).end(body);
}

// A host compresses a file once, so that no visit waits for it.
const compressed = new Map();

function zipped(tag, bytes) {
  if (!compressed.has(tag)) compressed.set(tag, gzipSync(bytes, { level: 6 }));
  return compressed.get(tag);
}

function refuse(response) {
  response.writeHead(404, { "content-type": "text/html; charset=utf-8" }).end("<!doctype html><title>Not found</title>");
}
