// The worker of VS Code for the Web: the language server in WebAssembly, fed with the messages of the client.

import { LanguageSession, initSync } from "rolewright-cli";
import { createSession } from "./session.js";
import { keep, panicMessage } from "./world.js";

let session = null;
const waiting = [];

self.onmessage = ({ data }) => {
  if (data.engine) {
    data.files.forEach(({ path, bytes }) => keep(path, bytes));
    initSync({ module: new WebAssembly.Module(data.engine) });
    session = createSession(new LanguageSession(), (message) => self.postMessage(message));
    waiting.splice(0).forEach(receive);
  } else if ("bytes" in data) keep(data.path, data.bytes);
  else if (session) receive(data);
  else waiting.push(data);
};

function receive(message) {
  try {
    session(message);
  } catch (error) {
    throw new Error(panicMessage() ?? error.message, { cause: error });
  }
}
