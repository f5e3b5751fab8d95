// One phone at one table of a real server, and a bad network between them.
import { rmSync } from 'node:fs'
import { expect } from 'vitest'
import { type BusyShop, openBusyShop, type Phone, placeArgs } from '../../support/busy-shop.ts'
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts'
import { emptyDist, freePort, type MejaProcess, makeFolder, startMeja } from '../../support/meja-process.ts'
import { openSideReader } from '../../support/table-data.ts'

export type TableForOne = {
  readonly shop: BusyShop
  readonly phone: Phone
  readonly proxy: FaultProxy
  readonly origin: string
  order(): ReturnType<typeof placeArgs>
  restart(signal: NodeJS.Signals): Promise<void>
  kill(): Promise<void>
  /** Fails unless the server holds this order exactly once. */
  expectOnce(orderId: string): Promise<void>
  /** How many orders the server holds of this id. */
  count(orderId: string): Promise<number>
  close(): Promise<void>
}

export async function openTable(): Promise<TableForOne> {
  const dataDir = makeFolder('sync')
  const distDir = emptyDist()
  const port = await freePort()
  const start = () => startMeja({ dataDir, distDir, port })
  let meja: MejaProcess = await start()
  const shop = await openBusyShop(meja)
  const [phone] = await shop.seatPhones(1)
  if (!phone) throw new Error('no phone')
  const proxy = await startFaultProxy(port)

  async function count(orderId: string): Promise<number> {
    const side = await openSideReader({ dataDir })
    const rows = await side.rows(`SELECT id FROM orders WHERE id = '${orderId}'`)
    await side.close()
    return rows.length
  }

  return {
    shop,
    phone,
    proxy,
    origin: `http://127.0.0.1:${proxy.port}`,
    order: () => placeArgs(shop.cart, phone.token),
    kill: () => meja.stop('SIGKILL'),
    restart: async (signal) => {
      await meja.stop(signal)
      meja = await start()
    },
    count,
    expectOnce: async (orderId) => {
      expect(await count(orderId)).toBe(1)
      const side = await openSideReader({ dataDir })
      const commands = await side.rows<{ n: number }>(
        `SELECT COUNT(*) AS n FROM commands WHERE answer LIKE '%${orderId}%' AND name = 'order.place'`,
      )
      await side.close()
      expect(commands[0]?.n).toBe(1)
    },
    close: async () => {
      await proxy.close()
      await meja.stop('SIGKILL')
      for (const folder of [dataDir, distDir]) rmSync(folder, { recursive: true, force: true })
    },
  }
}
