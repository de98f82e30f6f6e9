// The one error that is the engine's own fault.

let last;

/** The engine calls this when it panics, before the trap: a trap itself says neither what nor where. */
export function panicked(message, location) {
  last = { message, location };
}

/** What the engine said before it crashed, if it did; it is told once. */
export function takePanic() {
  const said = last;
  last = undefined;
  return said;
}

/** A call that the engine did not survive. The next call starts it afresh. */
export class EngineCrashed extends Error {
  constructor(name, cause, panic) {
    const said = panic ? `: ${panic.message} (${panic.location})` : "";
    super(
      `rolewright: the engine crashed in ${name}()${said}. This is a bug in rolewright. The next call starts the engine afresh.`,
      { cause },
    );
    this.name = "EngineCrashed";
    if (panic) this.panic = panic;
  }
}
