import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { makeId, openBusyShop, placeArgs, send } from '../support/busy-shop.ts'
import { emptyDist, freePort, makeFolder, startMeja } from '../support/meja-process.ts'
import { freshDatabase } from './fresh-database.ts'

/** The way to the database, which can be taken away and given back. */
async function openWay(targetPort: number) {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let server: Server | null = null
  const open = () =>
    new Promise<void>((resolve) => {
      server = createServer((near) => {
        const far = connect(targetPort, '127.0.0.1')
        for (const [from, to] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(from)
          from.on('error', () => to.destroy()).on('close', () => to.destroy())
          from.pipe(to)
        }
      }).listen(port, '127.0.0.1', resolve)
    })
  const close = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve())
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    })
  await open()
  return { port, open, close }
}

test('without its database the server says so to people and to phones, and goes on when it is back', {
  timeout: 60_000,
}, async () => {
  const direct = new URL((await freshDatabase('postgres')) ?? '')
  const way = await openWay(Number(direct.port))
  const through = new URL(direct)
  through.port = String(way.port)
  const dataDir = makeFolder('gone')
  const distDir = emptyDist()
  const meja = await startMeja({
    dataDir,
    distDir,
    port: await freePort(),
    databaseUrl: through.href,
    env: { LOG_LEVEL: 'silent' },
  })
  onTestFinished(async () => {
    await meja.stop('SIGKILL')
    await way.close()
    for (const folder of [dataDir, distDir]) rmSync(folder, { recursive: true, force: true })
  })
  const shop = await openBusyShop(meja, direct.href)
  const [phone] = await shop.seatPhones(1)
  if (!phone) throw new Error('no phone')
  const args = placeArgs(shop.cart, phone.token)
  const id = makeId('cmd')
  const place = () => send(meja.url, 'order.place', args, { cookie: phone.cookie }, id)
  const scan = (language: string) =>
    fetch(`${meja.url}/t/${phone.token}`, { headers: { 'accept-language': language } })

  await way.close()
  const sinceMs = performance.now()
  const page = await scan('en')
  const html = await page.text()
  expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
  expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(html).toMatch(/<html lang="en">.*<h1[^>]*>One moment.*<h2[^>]*>Sebentar/)
  expect(html).toContain('/retry.js')
  expect(html).not.toContain(phone.token)
  expect(await (await scan('id')).text()).toMatch(/<html lang="id">.*<h1[^>]*>Sebentar.*<h2[^>]*>One moment/)

  const refused = await place()
  expect([refused.status, refused.answer.ok || refused.answer.refusal.code]).toEqual([
    503,
    'server.storage_unreachable',
  ])
  const outlets = await fetch(`${meja.url}/api/outlets`)
  expect([outlets.status, (await outlets.json()).refusal.code]).toEqual([503, 'server.storage_unreachable'])
  const health = await fetch(`${meja.url}/healthz`)
  expect([health.status, (await health.json()).database]).toEqual([503, 'down'])
  expect(performance.now() - sinceMs).toBeLessThan(5000)
  expect(meja.hasExited()).toBe(false)

  await way.open()
  const backMs = performance.now()
  let reply = await place()
  while (!reply.answer.ok && performance.now() - backMs < 10_000) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    reply = await place()
  }
  expect(reply.status, JSON.stringify(reply.answer)).toBe(200)
  expect((await scan('en')).status).toBe(200)
})
