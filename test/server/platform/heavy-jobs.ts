// What heavy-work.test.ts lets the thread do.
import { threadId } from 'node:worker_threads'

export function add(a: number, b: number): number {
  return a + b
}

export function ownThread(): number {
  return threadId
}

export function refuse(): never {
  throw new RangeError('There is no label to print.')
}

export function neverEnds(): never {
  for (;;) Math.sqrt(2)
}

export function eatsMemory(): number {
  const eaten: number[][] = []
  for (;;) eaten.push(Array.from({ length: 1_000_000 }, (_, index) => index + 0.5))
}

/** Blocks its thread and answers bytes. */
export function work(forMs: number): Uint8Array {
  const untilMs = performance.now() + forMs
  while (performance.now() < untilMs) Math.sqrt(2)
  return new Uint8Array([1, 2, 3])
}
