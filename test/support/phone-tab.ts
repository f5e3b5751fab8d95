// Tabs of one phone: each loads the client's real sync code anew, all share one IndexedDB.
import 'fake-indexeddb/auto'
// Before `document` is a stand-in: it looks for a real one once.
import 'vue'
import { vi } from 'vitest'

export type Tab = {
  readonly db: typeof import('../../client/sync/db.ts')
  readonly outbox: typeof import('../../client/sync/outbox.ts')
  readonly sender: typeof import('../../client/sync/sender.ts')
  readonly api: typeof import('../../client/sync/api.ts')
  readonly store: typeof import('../../client/sync/store-changes.ts')
  readonly read: typeof import('../../client/sync/read-records.ts')
}

let phones = 0
const ANSWER_WITHIN_MS = 400
/** Some tests let time go by a hundred times as fast. */
const PATIENT_MS = 100_000
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

type LockOptions = { readonly signal?: AbortSignal; readonly steal?: boolean }

/** Web Locks as a browser keeps them for all tabs of one origin: a queue that can be left, and locks that can be stolen. */
export function createLocks() {
  const holders = new Map<string, (error: DOMException) => void>()
  const queues = new Map<string, (() => void)[]>()
  const queueOf = (name: string) => queues.get(name) ?? queues.set(name, []).get(name) ?? []
  const goOn = (name: string) => {
    if (!holders.has(name)) queueOf(name).shift()?.()
  }
  return {
    request(name: string, { signal, steal }: LockOptions, work: () => Promise<void>): Promise<void> {
      return new Promise((resolve, reject) => {
        const begin = () => {
          signal?.removeEventListener('abort', leave)
          holders.set(name, reject)
          const done = () => {
            if (holders.get(name) === reject) holders.delete(name)
            goOn(name)
          }
          void Promise.resolve().then(work).then(resolve, reject).finally(done)
        }
        const leave = () => {
          queues.set(
            name,
            queueOf(name).filter((each) => each !== begin),
          )
          reject(new DOMException('The request was aborted.', 'AbortError'))
        }
        if (signal?.aborted) return leave()
        if (steal) {
          holders.get(name)?.(new DOMException('The lock was stolen.', 'AbortError'))
          return begin()
        }
        signal?.addEventListener('abort', leave)
        queueOf(name).push(begin)
        goOn(name)
      })
    },
  }
}

/** What `navigator` offers: Web Locks, or (old iPhones) none. */
export function withLocks(locks: ReturnType<typeof createLocks> | undefined): void {
  vi.stubGlobal('navigator', { onLine: true, locks })
}

/** Opens a tab: fresh modules, the same storage, which it waits for no longer than `patienceMs`. A killed tab is one whose sender was stopped and that is left alone. */
export async function openTab(patienceMs = PATIENT_MS): Promise<Tab> {
  vi.resetModules()
  const db = await import('../../client/sync/db.ts')
  // Dexie keeps to the IndexedDB that it found first, so each phone has a database of its own name.
  db.openDatabase(`meja-customer-${phones}`, patienceMs)
  return {
    db,
    outbox: await import('../../client/sync/outbox.ts'),
    sender: await import('../../client/sync/sender.ts'),
    api: await import('../../client/sync/api.ts'),
    store: await import('../../client/sync/store-changes.ts'),
    read: await import('../../client/sync/read-records.ts'),
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
