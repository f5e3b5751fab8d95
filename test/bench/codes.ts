// A thousand table codes on sticker sheets, as one PDF.
import { openBusyShop } from '../support/busy-shop.ts'
import { emptyDist, freePort, makeFolder, startMeja } from '../support/meja-process.ts'
import { ms, type Row, row } from './table.ts'

const CODES = 1000

export async function benchCodes(): Promise<Row[]> {
  const meja = await startMeja({ dataDir: makeFolder('bench'), distDir: emptyDist(), port: await freePort() })
  const shop = await openBusyShop(meja)
  await shop.addTables(CODES)
  const startMs = performance.now()
  const response = await fetch(`${meja.url}/api/desk/${shop.outletId}/codes.pdf?layout=sticker-grid&ids=`, {
    headers: { cookie: shop.staffCookie },
  })
  const bytes = (await response.arrayBuffer()).byteLength
  const tookMs = performance.now() - startMs
  await meja.stop()
  if (response.status !== 200) throw new Error(`The PDF was answered ${response.status}.`)
  return [
    row(`${CODES} table codes as a PDF`, `${ms(tookMs)}, ${(bytes / 1024).toFixed(0)} KB`, {
      bar: '< 3000 ms',
      met: tookMs < 3000,
    }),
  ]
}
