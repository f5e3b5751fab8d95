// Tabs of one phone: each loads the client's real sync code anew, all share one IndexedDB.
import 'fake-indexeddb/auto'
import { vi } from 'vitest'

export type Tab = {
  readonly db: typeof import('../../client/sync/db.ts')
  readonly outbox: typeof import('../../client/sync/outbox.ts')
  readonly sender: typeof import('../../client/sync/sender.ts')
  readonly api: typeof import('../../client/sync/api.ts')
  readonly store: typeof import('../../client/sync/store-changes.ts')
}

let phones = 0
const ANSWER_WITHIN_MS = 400
const realFetch = globalThis.fetch
const realTimeout = AbortSignal.timeout.bind(AbortSignal)

/** A phone without anything stored. `origin` and `cookie` are where its requests go and who it is. */
export function takePhone(network?: { readonly origin: () => string; readonly cookie: () => string }): {
  readonly requests: () => number
} {
  let requests = 0
  phones++
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new EventTarget())
  // A hanging answer is waited for 15 s on a phone, and 0.4 s here.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => realTimeout(Math.min(ms, ANSWER_WITHIN_MS)))
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    requests++
    if (!network) return Promise.reject(new TypeError('There is no network.'))
    const headers = { ...(init.headers as Record<string, string>), cookie: network.cookie() }
    return realFetch(`${network.origin()}${path}`, { ...init, headers })
  })
  return { requests: () => requests }
}

/** Web Locks as a browser keeps them for all tabs of one origin; `kill` is the end of a tab. */
export function createLocks() {
  const tails = new Map<string, Promise<void>>()
  return {
    request(name: string, options: { signal: AbortSignal }, work: () => Promise<void>): Promise<void> {
      const before = tails.get(name) ?? Promise.resolve()
      const turn = before.then(() => {
        options.signal.throwIfAborted()
        return work()
      })
      tails.set(
        name,
        turn.catch(() => undefined),
      )
      return turn
    },
  }
}

/** What `navigator` offers: Web Locks, or (old iPhones) none. */
export function withLocks(locks: ReturnType<typeof createLocks> | undefined): void {
  vi.stubGlobal('navigator', { onLine: true, locks })
}

/** Opens a tab: fresh modules, the same storage. A killed tab is one whose sender was stopped and that is left alone. */
export async function openTab(): Promise<Tab> {
  vi.resetModules()
  const db = await import('../../client/sync/db.ts')
  // Dexie keeps to the IndexedDB that it found first, so each phone has a database of its own name.
  db.openDatabase(`meja-customer-${phones}`)
  return {
    db,
    outbox: await import('../../client/sync/outbox.ts'),
    sender: await import('../../client/sync/sender.ts'),
    api: await import('../../client/sync/api.ts'),
    store: await import('../../client/sync/store-changes.ts'),
  }
}

export async function until(check: () => boolean | Promise<boolean>, withinMs = 8000): Promise<void> {
  const endMs = performance.now() + withinMs
  while (!(await check())) {
    if (performance.now() > endMs) throw new Error(`It did not come to that within ${withinMs} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export const neverRenew = async () => false
