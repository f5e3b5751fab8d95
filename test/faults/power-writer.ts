// Places orders through the whole application on SQLite and notes each acknowledged one in a file
// beside the database, so that a trace of this process holds writes and acknowledgements in order.
// Run as: power-writer.ts FOLDER ORDERS [normal]. `normal` is the negative control.
import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import sql from 'sql-template-tag'
import { localMoment } from '#shared/kernel/time.ts'
import { defaultChoices } from '#shared/menu/choices.ts'
import { priceOrder } from '#shared/ordering/pricing.ts'
import { seedDemo } from '../../server/first-run/demo.ts'
import { readMenu } from '../../server/menu/menu.store.ts'
import { readOutlets } from '../../server/outlet/outlet.store.ts'
import { migrate } from '../../server/platform/database/migrate.ts'
import { openSqlite } from '../../server/platform/database/sqlite.ts'
import { makeId } from '../../server/platform/random-ids.ts'
import { openSecrets } from '../../server/platform/secrets.ts'
import { openShop } from '../../server/shop.ts'
import { createBrowser } from '../support/browser.ts'
import { START_MS, tinyFiles } from '../support/filled-shop.ts'

const [folder = '', orders = '0', control] = process.argv.slice(2)

const { pragma } = BetterSqlite3.prototype
BetterSqlite3.prototype.pragma = function (source: string, options?: BetterSqlite3.PragmaOptions): unknown {
  // A few hundred orders must also see the log copied into the database, which is cut short too.
  if (source.startsWith('wal_autocheckpoint')) return pragma.call(this, 'wal_autocheckpoint = 300', options)
  if (control !== 'normal') return pragma.call(this, source, options)
  // The very mistake that must be found: the connection says FULL and does NORMAL.
  if (source === 'synchronous = FULL') return pragma.call(this, 'synchronous = NORMAL', options)
  return source === 'synchronous' ? 2 : pragma.call(this, source, options)
}

const database = openSqlite(folder)
await migrate(database)
const quiet = () => undefined
const shop = openShop({
  database,
  wakeUrl: null,
  secrets: openSecrets(folder, null),
  clock: { now: () => START_MS },
  log: { info: quiet, warn: quiet, error: quiet },
  files: tinyFiles(),
  publicUrl: null,
  limitScale: 100_000,
  dataDir: folder,
  addressOf: () => '127.0.0.1',
  isConsole: (request) => request.headers.get('authorization') === 'house',
  onGroupError: (error) => {
    throw error
  },
})
await seedDemo(shop.door)
const outlet = (await readOutlets(database.read)).find((each) => each.slug === 'mojopahit')
const menu = outlet && (await readMenu(database.read, outlet.id))
const item = menu?.items.find((each) => each.id === 'americano')
if (!outlet || !menu || !item) throw new Error('The demo shop is not what it was.')
const lines = [{ itemId: item.id, choices: defaultChoices(item, menu), quantity: 1, note: '' }]
const moment = localMoment(START_MS, outlet.zone)
const priced = priceOrder(lines, {
  menu,
  charges: outlet.charges,
  soldOut: new Set(),
  moment,
  orderType: 'table',
})
if (!priced.ok) throw new Error(priced.refusal.code)
const { totalRp } = priced.value.quote

const codes = await database.read.all<{ token: string }>(
  sql`SELECT token FROM codes WHERE table_id IS NOT NULL AND outlet_id = ${outlet.id} LIMIT 8`,
)
const acknowledged = openSync(join(folder, 'acknowledged.log'), 'a')
const house = createBrowser(shop.app, '127.0.0.1')

async function phoneAt(token: string, count: number): Promise<void> {
  const browser = createBrowser(shop.app, '127.0.0.1')
  await browser.send('code.scan', { token })
  for (let n = 0; n < count; n++) {
    const orderId = makeId('ord', START_MS)
    const answer = await browser.send('order.place', {
      orderId,
      token,
      lines,
      note: '',
      shownTotalRp: totalRp,
    })
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    writeSync(acknowledged, `${orderId}\n`)
    if (n > 0) continue
    await house.send('order.accept', { orderId, readyInMinutes: 5 }, { headers: { authorization: 'house' } })
    const { visitId } = answer.body.result
    await house.send(
      'visit.raise_cap',
      { visitId, capRp: 100_000_000 },
      { headers: { authorization: 'house' } },
    )
  }
}

await Promise.all(codes.map(({ token }) => phoneAt(token, Math.ceil(Number(orders) / codes.length))))
// Ends as a power cut ends it: nothing is closed, nothing is written back.
process.kill(process.pid, 'SIGKILL')
