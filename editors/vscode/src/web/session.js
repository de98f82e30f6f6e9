// Turns messages into the stream of bytes that the language server reads, and its stream into messages.

const HEAD = /^Content-Length: (\d+)\r\n\r\n/;

/** A function that takes a message of the client; `server` is the engine's session, and `send` gets its messages. */
export function createSession(server, send) {
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  return (message) => {
    const body = encoder.encode(JSON.stringify(message));
    server.push(encoder.encode(`Content-Length: ${body.length}\r\n\r\n`));
    server.push(body);
    for (let out = server.step(); out !== undefined; out = server.step()) {
      for (let bytes = encoder.encode(out); bytes.length > 0; ) {
        const [head, length] = HEAD.exec(decoder.decode(bytes.subarray(0, 64)));
        const end = head.length + Number(length);
        send(JSON.parse(decoder.decode(bytes.subarray(head.length, end))));
        bytes = bytes.subarray(end);
      }
    }
  };
}
