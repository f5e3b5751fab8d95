import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Sixty guests share one Wi-Fi address: the phone is counted first, the address only coarsely. */
const perPhone = { points: 120, duration: 60 }
const perAddress = { points: 6000, duration: 60 }
const guessesPerAddress = { points: 10, duration: 60 }

export interface Limits {
  /** Counts one request; answers how many milliseconds to wait, or null when it may pass. */
  take(who: { readonly session: string | null; readonly address: string }): Promise<number | null>
  /** Counts one wrong code or PIN against the address, and says how long it must now wait. */
  takeGuess(address: string): Promise<number | null>
  /** Without counting: must this address wait because of its guesses? */
  guessWait(address: string): Promise<number | null>
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (error) {
    if (error instanceof RateLimiterRes) return error.msBeforeNext
    throw error
  }
}

/** `scale` multiplies every limit; a load test of one machine against itself needs more than a café. */
export function createLimits(scale = 1): Limits {
  const make = (limit: { points: number; duration: number }) =>
    new RateLimiterMemory({ ...limit, points: limit.points * scale })
  const phones = make(perPhone)
  const addresses = make(perAddress)
  const guesses = make(guessesPerAddress)
  return {
    take: ({ session, address }) =>
      session === null ? consume(addresses, address) : consume(phones, session),
    takeGuess: (address) => consume(guesses, address),
    guessWait: async (address) => {
      const state = await guesses.get(address)
      return state && state.remainingPoints <= 0 ? state.msBeforeNext : null
    },
  }
}
