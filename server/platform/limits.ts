import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const MINUTE_S = 60
const perPhone = { points: 120, duration: MINUTE_S }
/** Sixty guests share one Wi-Fi address: the phone is counted first, the address only coarsely. */
const perAddress = { points: 6000, duration: MINUTE_S }
const guessesPerAddress = { points: 10, duration: MINUTE_S }
/** First contacts: a full table scans within one minute, a whole outlet opens its doors. */
const newPhonesPerTable = { points: 30, duration: MINUTE_S }
const newPhonesPerTouchpoint = { points: 120, duration: MINUTE_S }
const newPhonesPerOutlet = { points: 300, duration: MINUTE_S }
/** Feeds that are open at once from one address. */
const feedsPerAddress = { anonymous: 120, phone: 600 }

/** Who sends: staff are counted by themselves alone, so that nobody on the café's Wi-Fi can stop them. */
export type Sender = {
  readonly session: string | null
  readonly isPhone: boolean
  readonly address: string
}

/** A code that a phone without a name shows: whoever copies the cookie away makes a new phone each time. */
export type FirstContact = {
  readonly token: string
  readonly outletId: string
  readonly isTable: boolean
}

/** Each `take…` counts one and answers how many milliseconds to wait, or null when it may pass. */
export interface Limits {
  take(sender: Sender): Promise<number | null>
  /** Counts a code that is about to be tried, so that a burst at once is no way around. */
  takeGuess(address: string): Promise<number | null>
  /** Takes back one guess: the code was right, or nobody looked at it. */
  returnGuess(address: string): Promise<void>
  takeNewPhone(contact: FirstContact): Promise<number | null>
  /** Feeds that may be open at once from one address. */
  readonly feedsPerAddress: Readonly<Record<'anonymous' | 'phone', number>>
}

function groupsOf(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const bytes = dotted?.slice(1).map(Number) ?? []
  const pair = (at: number) => ((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)).toString(16)
  const plain = dotted ? `${address.slice(0, dotted.index)}${pair(0)}:${pair(2)}` : address
  const [head = [], tail = []] = plain
    .split('::')
    .map((side) => side.split(':').filter((group) => group !== ''))
  const gap = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...gap, ...tail].map((group) => Number.parseInt(group, 16))
}

/**
 * By what an address is counted: IPv6 by its /64, all of which one subscriber has to himself; IPv4 as it
 * is, also where it is written inside IPv6. Without the port that some proxies add.
 */
export function addressKey(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address
  const plain = bare.split('%')[0] ?? bare
  if (!isIPv6(plain)) return plain
  const groups = groupsOf(plain)
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const network = groups.slice(0, 4).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
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
  const strangersByAddress = make(perAddress)
  // Counted apart from strangers, who need no phone to flood and would stop the guests beside them.
  const phonesByAddress = make(perAddress)
  const guesses = make(guessesPerAddress)
  const newAtTable = make(newPhonesPerTable)
  const newAtTouchpoint = make(newPhonesPerTouchpoint)
  const newAtOutlet = make(newPhonesPerOutlet)
  return {
    async take({ session, isPhone, address }) {
      if (session === null) return consume(strangersByAddress, addressKey(address))
      const waitMs = await consume(phones, session)
      return waitMs === null && isPhone ? consume(phonesByAddress, addressKey(address)) : waitMs
    },
    takeGuess: (address) => consume(guesses, addressKey(address)),
    returnGuess: async (address) => {
      await guesses.reward(addressKey(address))
    },
    async takeNewPhone({ token, outletId, isTable }) {
      const atCode = isTable ? newAtTable : newAtTouchpoint
      const waitMs = await consume(atCode, token)
      // One photographed code must not use up what the outlet's other tables need.
      return waitMs ?? consume(newAtOutlet, outletId)
    },
    feedsPerAddress: {
      anonymous: feedsPerAddress.anonymous * scale,
      phone: feedsPerAddress.phone * scale,
    },
  }
}
