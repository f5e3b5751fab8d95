import { database, onOpenedLate } from './db.ts'

// A phone's clock is set back and forth, by its owner, by the network, by an empty battery. How long something
// waited is therefore counted: by whichever of the two clocks, of the day or of the page, went further since it
// was last looked at (the page's stands still while the phone sleeps). The server's time puts it right.

const KEY = 'deviceTime'

type DeviceTime = {
  /** Milliseconds; only differences mean anything. */
  readonly atMs: number
  /** `Date.now()` then. */
  readonly wallMs: number
  /** The server's time less this one, found once and then kept; null while no server was ever heard. */
  readonly serverAheadMs: number | null
}

let known: DeviceTime | null = null
/** `performance.now()` when `known` was looked at last. */
let pageMs = 0
let restored: Promise<void> | null = null

/** Goes on from where the last page, or another tab, left it. Works without storage too. */
export function restoreDeviceTime(): Promise<void> {
  restored ??= restore()
  return restored
}

// What this page counted without it knows nothing of the pages before; what they kept has waited meanwhile.
onOpenedLate(() => {
  restored = null
})

async function restore(): Promise<void> {
  const kept = await database()
    .settings.get(KEY)
    .catch(() => undefined)
  known = (kept?.value as DeviceTime | undefined) ??
    known ?? { atMs: Date.now(), wallMs: Date.now(), serverAheadMs: null }
  // Between two pages there is only the clock of the day.
  pageMs = performance.now()
}

function look(): DeviceTime {
  const [wallMs, nowPageMs] = [Date.now(), performance.now()]
  const before = known ?? { atMs: wallMs, wallMs, serverAheadMs: null }
  const passedMs = known ? Math.max(wallMs - before.wallMs, nowPageMs - pageMs, 0) : 0
  pageMs = nowPageMs
  known = { ...before, atMs: before.atMs + passedMs, wallMs }
  return known
}

/** The time by this device's own count, in milliseconds; it follows no clock that jumps. */
export function deviceNowMs(): number {
  return Math.round(look().atMs)
}

/**
 * Puts the count right by the server's time. What is behind is always made up for; what ran ahead is taken
 * back only by news that is `fresh`: after a sleep, beats of long ago come first.
 */
export function correctDeviceTime(serverNowMs: number, isFresh: boolean): void {
  if (!known) return
  const now = look()
  if (now.serverAheadMs === null) {
    if (!isFresh) return
    known = { ...now, serverAheadMs: serverNowMs - now.atMs }
  } else {
    const rightMs = serverNowMs - now.serverAheadMs
    if (rightMs < now.atMs && !isFresh) return
    known = { ...now, atMs: rightMs }
  }
}

/** Within a transaction that may write settings: so that a restart goes on from here at least. */
export async function keepDeviceTime(): Promise<void> {
  await database().settings.put({ key: KEY, value: look() })
}
