// The one error that is the engine's own fault.

/** A call that the engine did not survive. The next call starts it afresh. */
export class EngineCrashed extends Error {
  constructor(name, cause) {
    super(
      `rolewright: the engine crashed in ${name}(); this is a mistake in rolewright. The next call starts it afresh.`,
      { cause },
    );
    this.name = "EngineCrashed";
  }
}
