// A shop made ready for load: open at every hour, many tables, a confirmed phone at each.
import { randomBytes } from 'node:crypto'
import { type IdPrefix, newId } from '#shared/kernel/ids.ts'
import { localMoment } from '#shared/kernel/time.ts'
import { defaultChoices } from '#shared/menu/choices.ts'
import type { Menu } from '#shared/menu/menu.ts'
import type { OrderLineRequest } from '#shared/ordering/order.ts'
import { priceOrder } from '#shared/ordering/pricing.ts'
import type { Outlet, OutletSettings } from '#shared/outlet/outlet.ts'
import type { CommandAnswer } from '#shared/protocol.ts'
import type { MejaProcess } from './meja-process.ts'
import { openSideReader, type SideReader } from './table-data.ts'

export function makeId(prefix: IdPrefix): string {
  return newId(prefix, Date.now(), randomBytes(10))
}

export type Reply = { readonly status: number; readonly answer: CommandAnswer; readonly cookies: string }

/** Sends one command once. `auth` is a cookie header or, for the house, an authorization header. */
export async function send(
  url: string,
  name: string,
  args: unknown,
  auth: { readonly cookie?: string; readonly authorization?: string } = {},
  id = makeId('cmd'),
): Promise<Reply> {
  const response = await fetch(`${url}/api/commands/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': id, ...auth },
    body: JSON.stringify(args),
  })
  const cookies = response.headers.getSetCookie().map((each) => each.split(';')[0])
  return {
    status: response.status,
    answer: (await response.json()) as CommandAnswer,
    cookies: cookies.join('; '),
  }
}

async function ask<Result>(...call: Parameters<typeof send>): Promise<{ result: Result; cookies: string }> {
  const { answer, cookies } = await send(...call)
  if (!answer.ok) throw new Error(`${call[1]}: ${JSON.stringify(answer.refusal)}`)
  return { result: answer.result as Result, cookies }
}

/** A phone that sits at a table, let in by the barista. */
export type Phone = { readonly cookie: string; readonly customerId: string; readonly token: string }
export type Cart = { readonly lines: readonly OrderLineRequest[]; readonly totalRp: number }

export type BusyShop = {
  readonly outletId: string
  readonly cart: Cart
  /** Cookies of an enrolled device with the owner signed in. */
  readonly staffCookie: string
  /** Adds tables and answers their tokens. */
  addTables(count: number): Promise<string[]>
  /** Adds tables and seats one confirmed phone at each. */
  seatPhones(count: number): Promise<Phone[]>
}

export function placeArgs(cart: Cart, token: string, orderId = makeId('ord')) {
  return { orderId, token, lines: cart.lines, note: '', shownTotalRp: cart.totalRp }
}

async function inGroups<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += 32) await Promise.all(items.slice(at, at + 32).map(work))
}

// A café's usual order: two drinks with their choices made.
function usualCart(menu: Menu, outlet: Outlet): Cart {
  const moment = localMoment(Date.now(), outlet.zone)
  const facts = {
    menu,
    charges: outlet.charges,
    soldOut: new Set<string>(),
    moment,
    orderType: 'table' as const,
  }
  const lines = menu.items
    .filter(({ availability }) => !availability.weekdays && !availability.from && !availability.until)
    .map((item) => ({ itemId: item.id, choices: defaultChoices(item, menu), quantity: 1, note: '' }))
    .filter((line) => priceOrder([line], facts).ok)
    .toSorted((a, b) => b.choices.length - a.choices.length)
    .slice(0, 2)
  const priced = priceOrder(lines, facts)
  if (!priced.ok) throw new Error(priced.refusal.code)
  return { lines, totalRp: priced.value.quote.totalRp }
}

async function recordOf<Body>(side: SideReader, kind: string, where: string): Promise<Body> {
  const [row] = await side.rows<{ body: string }>(
    `SELECT body FROM records WHERE kind = '${kind}' AND ${where}`,
  )
  if (!row) throw new Error(`no ${kind}`)
  return JSON.parse(row.body) as Body
}

function openAlways({ id: _id, rev: _rev, load: _load, ...settings }: Outlet): OutletSettings {
  const day = [{ from: '00:00', until: '24:00' }]
  return {
    ...settings,
    hours: [day, day, day, day, day, day, day],
    specialDays: [],
    seasons: [],
    caps: { unpaidTableRp: 1_000_000_000 },
    pickup: { isOn: true, isServiceCharged: false },
  }
}

async function signIn(meja: MejaProcess, outletId: string): Promise<string> {
  const code = /first owner: {2}(\S+)/.exec(meja.output())?.[1]
  if (!code) throw new Error(`No set-up code:\n${meja.output()}`)
  const args = {
    code,
    outletId,
    staffId: makeId('stf'),
    deviceId: makeId('dev'),
    name: 'Rani',
    pin: '480157',
    deviceLabel: 'Bar',
  }
  return (await ask(meja.url, 'setup.complete', args)).cookies
}

/** Turns the demo shop of a freshly started server into one that takes orders at any hour. */
export async function openBusyShop(meja: MejaProcess, databaseUrl?: string): Promise<BusyShop> {
  const house = { authorization: `Console ${meja.consoleKey()}` }
  const side = await openSideReader({ dataDir: meja.dataDir, databaseUrl })
  const outlet = await recordOf<Outlet>(
    side,
    'outlet',
    `id = (SELECT id FROM outlets WHERE slug = 'mojopahit')`,
  )
  const outletId = outlet.id
  await ask(meja.url, 'outlet.change', { outletId, settings: openAlways(outlet) }, house)
  const cart = usualCart(await recordOf<Menu>(side, 'menu', `id = '${outletId}'`), outlet)
  await side.close()
  const staffCookie = await signIn(meja, outletId)
  let tables = 0

  async function addTables(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => makeId('tbl'))
    await inGroups(ids, async (tableId) => {
      const label = `L${++tables}`
      await ask(meja.url, 'table.add', { tableId, outletId, areaId: 'dalam', label, seats: 4 }, house)
    })
    const reader = await openSideReader({ dataDir: meja.dataDir, databaseUrl })
    const rows = await reader.rows<{ token: string; table_id: string }>(
      'SELECT token, table_id FROM codes WHERE replaced_at_ms IS NULL AND table_id IS NOT NULL',
    )
    await reader.close()
    const mine = new Set(ids)
    return rows.filter((row) => mine.has(row.table_id)).map((row) => row.token)
  }

  async function seat(token: string): Promise<Phone> {
    const scan = await ask<{ customerId: string }>(meja.url, 'code.scan', { token })
    const orderId = makeId('ord')
    await ask(meja.url, 'order.place', placeArgs(cart, token, orderId), { cookie: scan.cookies })
    await ask(meja.url, 'order.accept', { orderId, readyInMinutes: 5 }, house)
    return { cookie: scan.cookies, customerId: scan.result.customerId, token }
  }

  return {
    outletId,
    cart,
    staffCookie,
    addTables,
    async seatPhones(count) {
      const phones: Phone[] = []
      await inGroups(await addTables(count), async (token) => {
        phones.push(await seat(token))
      })
      return phones
    },
  }
}
