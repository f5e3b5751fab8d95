import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeId, openBusyShop, placeArgs, send } from '../support/busy-shop.ts'
import { emptyDist, freePort, makeFolder, startMeja } from '../support/meja-process.ts'
import { openSideReader } from '../support/table-data.ts'

/** Mounts a small disk of memory; false where this user may not. */
function mountSmallDisk(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'meja-test', folder]).status === 0
}

function canMount(): boolean {
  const folder = makeFolder('mount')
  const isMounted = mountSmallDisk(folder)
  if (isMounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return isMounted
}

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (const size of [65_536, 4096, 512]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size, 1))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(file)
  }
}

const isAllowed = canMount()
if (!isAllowed) console.log('SKIPPED: the full disk needs a user who may mount (root).')

test.skipIf(!isAllowed)(
  'a full disk refuses orders with its reason, still shows the menu, and goes on once there is room',
  { timeout: 60_000 },
  async () => {
    const dataDir = makeFolder('full')
    const distDir = emptyDist()
    expect(mountSmallDisk(dataDir)).toBe(true)
    const meja = await startMeja({ dataDir, distDir, port: await freePort(), env: { LOG_LEVEL: 'silent' } })
    onTestFinished(async () => {
      await meja.stop('SIGKILL')
      spawnSync('umount', [dataDir])
      for (const folder of [dataDir, distDir]) rmSync(folder, { recursive: true, force: true })
    })
    const shop = await openBusyShop(meja)
    const [phone] = await shop.seatPhones(1)
    if (!phone) throw new Error('no phone')
    const place = (args: ReturnType<typeof placeArgs>, id: string) =>
      send(meja.url, 'order.place', args, { cookie: phone.cookie }, id)

    fill(join(dataDir, 'ballast'))
    const answered: string[] = []
    let refused: { id: string; args: ReturnType<typeof placeArgs> } | null = null
    // The write-ahead file may still have room of its own for a while.
    for (let tries = 0; tries < 2000 && !refused; tries++) {
      const args = placeArgs(shop.cart, phone.token)
      const id = makeId('cmd')
      const reply = await place(args, id)
      if (reply.answer.ok) answered.push(args.orderId)
      else {
        expect([reply.status, reply.answer.refusal.code]).toEqual([503, 'server.storage_full'])
        refused = { id, args }
      }
    }
    if (!refused) throw new Error('The disk never became full.')
    const stillFull = await place(refused.args, refused.id)
    expect(stillFull.status).toBe(503)

    expect(meja.hasExited()).toBe(false)
    expect((await fetch(`${meja.url}/t/${phone.token}`)).status).toBe(200)
    expect((await fetch(`${meja.url}/api/outlets`)).status).toBe(200)
    const health = await fetch(`${meja.url}/healthz`)
    expect([health.status, ((await health.json()) as { disk: string }).disk]).toEqual([503, 'low'])

    rmSync(join(dataDir, 'ballast'))
    const freedMs = performance.now()
    let reply = await place(refused.args, refused.id)
    while (!reply.answer.ok && performance.now() - freedMs < 5000) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      reply = await place(refused.args, refused.id)
    }
    expect(reply.status, JSON.stringify(reply.answer)).toBe(200)
    expect((await place(refused.args, refused.id)).status).toBe(200)

    const side = await openSideReader({ dataDir })
    const orders = (await side.rows<{ id: string }>('SELECT id FROM orders')).map((order) => order.id)
    await side.close()
    for (const id of [...answered, refused.args.orderId]) expect(orders).toContain(id)
    expect(orders.length).toBe(answered.length + 2)
  },
)
