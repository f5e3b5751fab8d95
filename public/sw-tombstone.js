// The kill switch. Served in place of /sw.js or /staff/sw.js when a released worker must be withdrawn:
// browsers fetch the worker's address again by themselves, so this reaches every phone within a day.
// It drops the cached shell of its own scope and leaves; orders waiting on the phone live in IndexedDB and stay.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => {
  event.waitUntil(leave())
})

async function leave() {
  const ownShells = (await caches.keys()).filter((name) => name.endsWith(self.registration.scope))
  await Promise.all(ownShells.map((name) => caches.delete(name)))
  await self.registration.unregister()
}
