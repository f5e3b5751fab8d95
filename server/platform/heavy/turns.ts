import { BusyError } from '../database/writer.ts'

/** A long piece of work, such as a book of codes, lets the quick ones go before it. */
export type Length = 'quick' | 'long'
export type Turns = <Value>(length: Length, work: () => Promise<Value>) => Promise<Value>

/** A page of previews is asked for at once; long pieces hold a request open each for many seconds. */
export const MAX_WAITING: Readonly<Record<Length, number>> = { quick: 32, long: 8 }

/** One at a time, in order. Rejects with BusyError when too many of that length wait already. */
export function createTurns(): Turns {
  const waiting: Readonly<Record<Length, (() => void)[]>> = { quick: [], long: [] }
  let isTaken = false

  function passOn(): void {
    const next = waiting.quick.shift() ?? waiting.long.shift()
    if (next) next()
    else isTaken = false
  }

  return async (length, work) => {
    if (isTaken) {
      if (waiting[length].length >= MAX_WAITING[length]) throw new BusyError(`Too much ${length} work waits.`)
      await new Promise<void>((resolve) => waiting[length].push(resolve))
    }
    isTaken = true
    try {
      return await work()
    } finally {
      passOn()
    }
  }
}
