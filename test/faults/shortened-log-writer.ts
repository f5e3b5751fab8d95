// Writes orders one by one and shortens the log between them, noting each acknowledged one in a file
// beside the database. Run as: shortened-log-writer.ts FOLDER ORDERS.
import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { openSqlite } from '../../server/platform/database/sqlite.ts'
import { createWriter } from '../../server/platform/database/writer.ts'
import { shortenLog } from '../../server/platform/storage/shorten-log.ts'

const [folder = '', orders = '0'] = process.argv.slice(2)
const database = openSqlite(folder)
await database.script(
  'CREATE TABLE orders (id TEXT NOT NULL PRIMARY KEY, note TEXT NOT NULL); CREATE TABLE totals (n BIGINT NOT NULL); INSERT INTO totals VALUES (0)',
)
const writer = createWriter(database, () => undefined)
const acknowledged = openSync(join(folder, 'acknowledged.log'), 'a')
for (let n = 1; n <= Number(orders); n++) {
  await writer.submit(async (tx) => {
    await tx.run(
      sql`INSERT INTO orders (id, note) VALUES (${`order ${n}`}, ${'x'.repeat(300 + (n % 7) * 900)})`,
    )
    await tx.run(sql`UPDATE totals SET n = n + 1`)
    return { keep: true, value: undefined }
  })
  writeSync(acknowledged, `order ${n}\n`)
  if (n % 7 === 0 && !shortenLog(join(folder, 'meja.db'))) throw new Error('The log was not shortened.')
}
// Ends as a power cut ends it: nothing is closed, nothing is written back.
process.kill(process.pid, 'SIGKILL')
