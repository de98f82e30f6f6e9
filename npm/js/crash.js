// The error of a call that crashed the engine.

let last;

/** Called by the engine when it panics, because the trap that follows has neither message nor location. */
export function panicked(message, location) {
  last = { message, location };
}

/** The message and location of the last panic, if any; returned once. */
export function takePanic() {
  const panic = last;
  last = undefined;
  return panic;
}

/** Thrown when the engine crashed during a call; the next call restarts it. */
export class EngineCrashed extends Error {
  constructor(name, cause, panic) {
    const detail = panic ? `: ${panic.message} (${panic.location})` : "";
    super(
      `rolewright: the engine crashed in ${name}()${detail}. This is a bug in rolewright. The next call restarts the engine.`,
      { cause },
    );
    this.name = "EngineCrashed";
    if (panic) this.panic = panic;
  }
}
