import {
  cleanupOutdatedCaches,
  getCacheKeyForURL,
  matchPrecache,
  type PrecacheEntry,
  precache,
} from 'workbox-precaching'

interface ShellWorker {
  readonly manifest: readonly (PrecacheEntry | string)[]
  /** Address of the one page that answers every navigation of this scope. */
  readonly shellUrl: string
  /** Path beginnings that belong to the server or to another worker. */
  readonly leftAlone: readonly string[]
}

/** Keeps the app's shell on the phone. Data is never cached here: orders and menu live in IndexedDB, with the pages. */
export function startShellWorker(worker: ServiceWorkerGlobalScope, settings: ShellWorker): void {
  cleanupOutdatedCaches()
  precache([...settings.manifest])

  worker.addEventListener('fetch', (event) => {
    const { request } = event
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.origin !== worker.location.origin) return
    // A folder's name without its slash is the folder's too.
    if (settings.leftAlone.some((beginning) => `${url.pathname}/`.startsWith(beginning))) return
    if (request.mode === 'navigate') {
      const isFile = /\.[^/]+$/.test(url.pathname)
      if (!isFile) event.respondWith(fromShell(settings.shellUrl, request))
      return
    }
    if (getCacheKeyForURL(url.pathname)) event.respondWith(fromShell(url.pathname, request))
  })

  // Never skipWaiting by itself: a page in the middle of an order would lose the files that it still has to load.
  worker.addEventListener('message', (event) => {
    if (event.data?.type === 'SKIP_WAITING') event.waitUntil(worker.skipWaiting())
  })

  // On the first visit the page is taken over at once, so that its lazy parts load when the signal drops.
  worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
}

async function fromShell(url: string, request: Request): Promise<Response> {
  return (await matchPrecache(url)) ?? fetch(request)
}
