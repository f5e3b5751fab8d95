// Assertions stay on in production: a broken invariant must stop one request, not spread.

/** Throws when `condition` is false. For things that only a bug can break; refusals are values. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`)
}

/** Marks a switch as exhaustive: the compiler refuses the call when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable case: ${JSON.stringify(value)}`)
}
