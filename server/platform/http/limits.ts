import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type BucketSize, type Buckets, createBuckets } from './buckets.ts'

/** What a sender with a name may ask; nobody else's asking counts against it. */
const perSender = { points: 120, duration: 60 }
/** What makes no sense, of strangers at one address. */
const junk = { perSecond: 50, burst: 100 }
/**
 * Short codes tried from one address, by how they begin, so that a flood of one wrong code stands in the
 * way of hardly any right one; by address; and in all. 600 a second for a day try 1 in 20,000 of 40 bits, and
 * for the 15 minutes of a device's code 1 in 2,000,000.
 */
const guessesAlike = { perSecond: 1, burst: 10 }
const guessesPerAddress = { perSecond: 300, burst: 300 }
const guessesInAll = { perSecond: 600, burst: 600 }
/** Phones that this server names: enough for any café's rush, and what a flood may write to the disk. */
const newPhones = { perSecond: 150, burst: 300 }
/** Beyond that, kept for codes and addresses from which few come: a flood of one leaves the others room. */
const newPhonesKept = { perSecond: 50, burst: 100 }
const fewNewPhones = { perSecond: 2, burst: 5 }
/** And for those who were told to wait and did, with the same request: a flood of fresh ones leaves them this. */
const newPhonesWhoWaited = { perSecond: 25, burst: 50 }
/**
 * What is counted out for anybody who looks, by address: two hundred phones behind a café's one address
 * look once in 45 seconds each, and again whenever a cart has changed.
 */
const looks = { perSecond: 50, burst: 300 }
/** So many requests that were told to wait are known; the oldest is forgotten, and then waits like any. */
const MAX_TOLD = 20_000

/** Each `take…` counts one and answers how many milliseconds to wait, or null when it may pass. */
export interface Limits {
  /** A phone, a device or a person, by its name alone: nobody else at its address can stop it. */
  takeKnown(sender: string): Promise<number | null>
  /** What a stranger sent and nobody can use; counted once it is known to be that. */
  takeJunk(address: string): number | null
  /** A public page of numbers, asked for by anybody. */
  takeLook(address: string): number | null
  /** Counts a code that is about to be tried, so that a burst at once is no way around. */
  takeGuess(address: string, code: string): number | null
  /** Takes back one guess: the code was right, or nobody looked at it. */
  returnGuess(address: string, code: string): void
  /**
   * A present code shown by a phone without a name: whoever drops the cookie makes a new phone each time.
   * `requestId`: the same when the phone tries again.
   */
  takeNewPhone(address: string, token: string, requestId: string): number | null
}

/** Until a stranger's next try: soon, and not all at the same moment. */
function soonMs(): number {
  return 500 + Math.floor(Math.random() * 1500)
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

/** Two letters: a flood that tries them all tries each only a thousandth as often. Typing slips are one letter. */
function beginningOf(code: string): string {
  const letters = code.toLowerCase().replace(/[^0-9a-z]/g, '')
  return letters.slice(0, 2).replace(/[il]/g, '1').replace(/o/g, '0')
}

/** Who was told to wait until when; each may come once for that. */
function createTold(nowMs: () => number, room: Buckets) {
  const dueById = new Map<string, number>()
  return {
    takeWaited(requestId: string): boolean {
      const dueMs = dueById.get(requestId)
      return dueMs !== undefined && nowMs() >= dueMs && room.take('') && dueById.delete(requestId)
    },
    tell(requestId: string, waitMs: number): number {
      dueById.delete(requestId)
      dueById.set(requestId, nowMs() + waitMs)
      const [oldest] = dueById.size > MAX_TOLD ? dueById.keys() : []
      if (oldest !== undefined) dueById.delete(oldest)
      return waitMs
    },
  }
}

/** `scale` multiplies every limit; a load test of one machine against itself needs more than a café. */
export function createLimits(scale = 1, nowMs?: () => number): Limits {
  const make = ({ perSecond, burst }: BucketSize) =>
    createBuckets({ perSecond: perSecond * scale, burst: burst * scale }, nowMs)
  const senders = new RateLimiterMemory({ ...perSender, points: perSender.points * scale })
  const junkByAddress = make(junk)
  const looksByAddress = make(looks)
  const guesses = { alike: make(guessesAlike), byAddress: make(guessesPerAddress), all: make(guessesInAll) }
  const phones = { all: make(newPhones), kept: make(newPhonesKept), few: make(fewNewPhones) }
  const told = createTold(nowMs ?? (() => performance.now()), make(newPhonesWhoWaited))

  function guessKeys(address: string, code: string): readonly (readonly [Buckets, string])[] {
    const key = addressKey(address)
    return [
      [guesses.alike, `${key} ${beginningOf(code)}`],
      [guesses.byAddress, key],
      [guesses.all, ''],
    ]
  }

  return {
    takeKnown: (sender) => consume(senders, sender),
    takeJunk: (address) => (junkByAddress.take(addressKey(address)) ? null : soonMs()),
    takeLook: (address) => (looksByAddress.take(addressKey(address)) ? null : soonMs()),
    takeGuess(address, code) {
      return guessKeys(address, code).every(([buckets, key]) => buckets.take(key)) ? null : soonMs()
    },
    returnGuess(address, code) {
      for (const [buckets, key] of guessKeys(address, code)) buckets.give(key)
    },
    takeNewPhone(address, token, requestId) {
      // Asked first, also when there is room for all: who has come often is no newcomer when there is not.
      const isFew = phones.few.take(`${addressKey(address)} ${token}`)
      const isRoom = phones.all.take('') || (isFew && phones.kept.take('')) || told.takeWaited(requestId)
      return isRoom ? null : told.tell(requestId, soonMs())
    },
  }
}
