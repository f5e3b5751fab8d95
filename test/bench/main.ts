// `npm run bench`: one table. `npm run bench -- orders feeds` runs these parts only.
import { cpus, freemem, loadavg, totalmem } from 'node:os'
import { benchCodes } from './codes.ts'
import { benchFeeds } from './feeds.ts'
import { benchFirstScan } from './first-scan.ts'
import { benchOrders, benchPostgres } from './orders.ts'
import { printTable, type Row } from './table.ts'

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  orders: benchOrders,
  postgres: benchPostgres,
  feeds: benchFeeds,
  scan: benchFirstScan,
  codes: benchCodes,
}

const gb = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !parts[name])
if (unknown) {
  console.error(`There is no part "${unknown}". Parts: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${gb(totalmem())} memory, ${gb(freemem())} free, load ${loadavg()[0]?.toFixed(2)}`,
)
const rows: Row[] = []
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`${name} …`)
  rows.push(...(await part()))
}
printTable(rows)
process.exit(0)
