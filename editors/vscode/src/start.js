// What the extension does in every VS Code: connects the editor to the language server and registers the commands.

import { commands } from "./commands.js";
import { createPanel } from "./panel.js";

/**
 * `editor` is the module `vscode`; `connect(context)` starts a client of the language server, or says why there is
 * none; `hosts` and `deflate` are those of the commands.
 */
export function createExtension({ editor, hosts, deflate, connect }) {
  const { commands: registry, window, workspace } = editor;
  let client = null;

  async function stop() {
    await client?.stop();
    client = null;
  }

  async function activate(context) {
    const start = async () => {
      await stop();
      client = await connect(context);
    };
    const request = async (method, params) => {
      if (!client) await start();
      return client.sendRequest(method, params);
    };
    const address = (uri) => client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
    const { compile, ...all } = commands({ editor, request, address, hosts, deflate });
    const panel = createPanel({ editor, context, compile });
    const guarded = (run) => async () => {
      try {
        await run();
      } catch (error) {
        window.showErrorMessage(error.message);
      }
    };
    for (const [name, run] of Object.entries({ ...all, showPrompt: panel.show, restart: start })) {
      context.subscriptions.push(registry.registerCommand(`rolewright.${name}`, guarded(run)));
    }
    context.subscriptions.push(
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("rolewright") && guarded(start)()),
      workspace.onDidGrantWorkspaceTrust(guarded(start)),
    );
    await guarded(start)();
  }

  return { activate, deactivate: stop };
}
