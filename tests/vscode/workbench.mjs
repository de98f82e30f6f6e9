// Serves the workbench of VS Code for the Web with the extension and a folder. The workbench is that of code-server's
// package, which is on the npm registry; the folder's file system comes from @vscode/test-web.

import { createServer } from "node:http";
import { readFile, readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".ttf": "font/ttf" };

// The kinds of VS Code's `FileType`.
const kind = (entry) => (entry.isFile() ? 1 : entry.isDirectory() ? 2 : 0);

/** `packages` holds both packages, `extension` the built extension, and `folder` what is opened. */
export async function serveWorkbench({ packages, extension, folder }) {
  const code = join(packages, "code-server/lib/vscode");
  const roots = { "/code/": code, "/fs/": join(packages, "@vscode/test-web/fs-provider"), "/extension/": extension, "/static/mount/": folder };
  const template = await readFile(join(code, "out/vs/code/browser/workbench/workbench.html"), "utf8");
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const path = decodeURIComponent(pathname);
    const send = (body, type) => response.writeHead(200, { "Content-Type": type, "Access-Control-Allow-Origin": "*" }).end(body);
    const json = (value) => send(JSON.stringify(value), "application/json");
    try {
      if (path === "/") return send(page(template, server.address().port), "text/html");
      const root = Object.keys(roots).find((root) => `${path}/`.startsWith(root));
      const file = join(roots[root], path.slice(root.length));
      if (searchParams.has("stat")) {
        const found = await stat(file).catch(({ code }) => ({ error: code }));
        return json(found.error ? found : { type: kind(found), ctime: +found.ctime, mtime: +found.mtime, size: found.size });
      }
      if (searchParams.has("readdir")) return json((await readdir(file, { withFileTypes: true })).map((entry) => ({ name: entry.name, type: kind(entry) })));
      const bytes = await readFile(file);
      send(file.endsWith("/workbench/workbench.js") ? local(bytes.toString()) : bytes, TYPES[extname(file)] ?? "application/octet-stream");
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://localhost:${server.address().port}/`, close: () => new Promise((done) => server.close(done)) };
}

function page(template, port) {
  const at = (path) => ({ scheme: "http", authority: `localhost:${port}`, path });
  const settings = {
    folderUri: { scheme: "vscode-test-web", authority: "mount", path: "/" },
    additionalBuiltinExtensions: [at("/fs"), at("/extension")],
    userDataPath: "/user",
    isEnabledFileDownloads: false,
    isEnabledFileUploads: false,
    isEnabledCoderGettingStarted: false,
    productConfiguration: {
      enableTelemetry: false,
      extensionEnabledApiProposals: { "vscode.vscode-test-web-fs": ["fileSearchProvider", "textSearchProvider"] },
      webEndpointUrlTemplate: `http://{{uuid}}.localhost:${port}/code`,
      webviewContentExternalBaseUrlTemplate: `http://{{uuid}}.localhost:${port}/code/out/vs/workbench/contrib/webview/browser/pre/`,
    },
  };
  const values = { WORKBENCH_WEB_CONFIGURATION: JSON.stringify(settings).replaceAll('"', "&quot;"), WORKBENCH_WEB_BASE_URL: "/code", WORKBENCH_NLS_FALLBACK_URL: "/code/out/nls.messages.js" };
  return template.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? "");
}

// code-server's workbench expects its own server, for which VS Code for the Web has none.
function local(workbench) {
  return workbench
    .replace("remoteAuthority:location.host", "remoteAuthority:void 0")
    .replace(/(get userRoamingDataHome\(\)\{return )\w+\((\w+)\.file\(this\.userDataPath\)[^}]+\}\),"User"\)/, '$1$2.file("/User").with({scheme:"vscode-userdata"})');
}
