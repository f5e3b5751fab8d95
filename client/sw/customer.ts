/// <reference lib="webworker" />
import type { PrecacheEntry } from 'workbox-precaching'
import { startShellWorker } from './shell-worker.ts'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] }

startShellWorker(self, {
  manifest: self.__WB_MANIFEST,
  shellUrl: '/index.html',
  leftAlone: ['/api/', '/staff/', '/healthz/'],
})
