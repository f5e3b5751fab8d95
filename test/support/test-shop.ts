import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sql, { raw } from 'sql-template-tag'
import { inject, onTestFinished } from 'vitest'
import type { IdPrefix } from '#shared/kernel/ids.ts'
import { localMoment } from '#shared/kernel/time.ts'
import { defaultChoices } from '#shared/menu/choices.ts'
import type { Menu, OrderType } from '#shared/menu/menu.ts'
import { chargesFor } from '#shared/ordering/charges.ts'
import type { OrderLineRequest } from '#shared/ordering/order.ts'
import { priceOrder } from '#shared/ordering/pricing.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Change, CommandArgs } from '#shared/protocol.ts'
import type { Role } from '#shared/staff/staff.ts'
import { runAsHouse } from '../../server/commands.ts'
import { readMenu } from '../../server/menu/menu.store.ts'
import { readOutlets } from '../../server/outlet/outlet.store.ts'
import type { Gateway } from '../../server/payment/gateways/gateway.ts'
import type { Clock } from '../../server/platform/clock.ts'
import type { Database } from '../../server/platform/database/database.ts'
import { openPostgres } from '../../server/platform/database/postgres/postgres.ts'
import { forgetSharedRecords } from '../../server/platform/database/shared-records.ts'
import { openSqlite } from '../../server/platform/database/sqlite.ts'
import { makeId } from '../../server/platform/random-ids.ts'
import { openSecrets, type Secrets } from '../../server/platform/secrets.ts'
import { openShop } from '../../server/shop.ts'
import { hashOneTimeCode } from '../../server/staff/one-time-code.ts'
import { replaceSetupCode } from '../../server/staff/staff.store.ts'
import type { Dialect } from './both-databases.ts'
import { type Browser, createBrowser, openFeed } from './browser.ts'
import { PEPPER, START_MS, scratchFolder, tinyFiles } from './filled-shop.ts'
import { takePostgres } from './postgres-shops.ts'
import { watchPlans } from './query-plans.ts'

type Wanted = readonly (Partial<OrderLineRequest> & { readonly itemId: string })[]

export type TestShopOptions = {
  readonly dialect: Dialect
  /** True keeps the real request limits; else they are out of the way. */
  readonly limits?: boolean
  readonly publicUrl?: string
  readonly mayPrintHere?: boolean
  readonly isConsole?: (request: Request) => boolean
  /** A second server on the database of this PostgreSQL shop. */
  readonly beside?: { readonly databaseUrl: string | null }
  /** Gateways besides the practice one, on the shop's own clock. */
  readonly gateways?: (clock: Clock) => readonly Gateway[]
  /** Wraps the database, to make it fail. */
  readonly wrap?: (database: Database) => Database
}

/** The PIN of everybody whom `staff` hires. */
export const PIN = '471190'
export const SETUP_CODE = 'K7PM-2XQD'

let browsers = 0
const hashes = new Map<string, Promise<string>>()
const verdicts = new Map<string, Promise<boolean>>()

/**
 * The real secrets, each slow hash made once: everybody whom `staff` hires has the same PIN, and a
 * thousand hirings of 8 ms would be most of the suite's time.
 */
function rememberingSecrets(secrets: Secrets): Secrets {
  const remember = <Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>) => {
    const value = known.get(key) ?? make()
    known.set(key, value)
    return value
  }
  return {
    fingerprint: secrets.fingerprint,
    hashPin: (pin) => remember(hashes, pin, () => secrets.hashPin(pin)),
    verifyPin: (pin, hash) => remember(verdicts, `${pin} ${hash}`, () => secrets.verifyPin(pin, hash)),
  }
}

/**
 * The whole server without a socket: the real app on a real database that holds the demo shop, with a
 * clock that tests turn. It is stopped and removed when the test is finished.
 */
export async function createTestShop(options: TestShopOptions) {
  // Another shop's records of the same ids are at the same revisions.
  forgetSharedRecords()
  const folder = scratchFolder('meja-shop-')
  let drop = async () => {}
  let wakeUrl: string | null = null
  let opened: Database
  if (options.beside?.databaseUrl) {
    wakeUrl = options.beside.databaseUrl
    opened = await openPostgres(wakeUrl)
  } else if (options.dialect === 'postgres') {
    const fresh = await takePostgres()
    drop = fresh.giveBack
    wakeUrl = fresh.url
    opened = fresh.database
  } else {
    cpSync(inject('sqliteTemplate'), folder, { recursive: true })
    opened = openSqlite(folder)
  }
  const plans = opened.dialect === 'sqlite' ? watchPlans(opened, join(folder, 'meja.db')) : null
  const watched = plans?.database ?? opened
  const database = options.wrap?.(watched) ?? watched
  let nowMs = START_MS
  const clock = {
    now: () => nowMs,
    set: (atMs: number) => {
      nowMs = atMs
    },
    turn: (byMs: number) => {
      nowMs += byMs
    },
  }
  const logLines: string[] = []
  const note = (level: string) => (facts: Record<string, unknown>, message: string) => {
    logLines.push(`${level} ${message} ${JSON.stringify(facts)}`)
  }
  const groupErrors: unknown[] = []
  const shop = openShop({
    database,
    secrets: rememberingSecrets(openSecrets(folder, PEPPER)),
    clock,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    files: tinyFiles(),
    publicUrl: options.publicUrl ?? null,
    mayPrintHere: options.mayPrintHere ?? true,
    limitScale: options.limits ? 1 : 100_000,
    dataDir: folder,
    wakeUrl,
    addressOf: (c) => c.req.header('x-test-address') ?? 'unknown',
    isConsole: options.isConsole ?? (() => false),
    gateways: options.gateways?.(clock) ?? [],
    onGroupError: (error) => groupErrors.push(error),
  })
  const { app, door } = shop
  const { read } = database

  let isStopped = false
  async function stop(): Promise<void> {
    if (isStopped) return
    isStopped = true
    await shop.stop(0)
    const growing = plans?.judge() ?? []
    await opened.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
    if (growing.length > 0) throw new Error(`These read more every day:\n${growing.join('\n')}`)
  }
  onTestFinished(stop)

  const id = (prefix: IdPrefix) => makeId(prefix, nowMs)
  const asHouse = (name: string, args: unknown) => runAsHouse(door, name, id('cmd'), args)

  function stranger(address?: string): Browser {
    browsers++
    return createBrowser(app, address ?? `10.0.${(browsers >> 8) & 255}.${browsers & 255}`)
  }

  async function outlet(slug = 'mojopahit'): Promise<Outlet> {
    const found = (await readOutlets(read)).find((each) => each.slug === slug)
    if (!found) throw new Error(`There is no outlet ${slug}.`)
    return found
  }

  async function menu(slug?: string): Promise<Menu> {
    const found = await readMenu(read, (await outlet(slug)).id)
    if (!found) throw new Error('There is no menu.')
    return found
  }

  /** Id and present token of a table. */
  async function table(label = 'A1', slug?: string): Promise<{ id: string; token: string }> {
    const row = await read.get<{ id: string; token: string }>(sql`
      SELECT tables.id AS id, codes.token AS token FROM tables JOIN codes ON codes.table_id = tables.id
      WHERE tables.label = ${label} AND tables.outlet_id = ${(await outlet(slug)).id} AND codes.replaced_at_ms IS NULL`)
    if (!row) throw new Error(`There is no table ${label}.`)
    return row
  }

  async function phone(label: string | null = 'A1', slug?: string) {
    const browser = stranger()
    if (label === null) return { ...browser, customerId: '' }
    const scan = await browser.send('code.scan', { token: (await table(label, slug)).token })
    if (scan.status !== 200) throw new Error(`The scan was answered ${JSON.stringify(scan.body)}`)
    return { ...browser, customerId: String(scan.body.result.customerId) }
  }

  /** Makes the set-up code valid, as the console prints it. */
  async function printSetupCode(code = SETUP_CODE, validMs = 86_400_000): Promise<string> {
    await door.writer.submit(async (tx) => {
      await replaceSetupCode(tx, hashOneTimeCode(code, door.secrets), nowMs + validMs)
      return { keep: true, value: undefined }
    })
    return code
  }

  /** Enrols a device at the outlet; nobody is signed in on it. */
  async function device(slug?: string, deviceId = id('dev')) {
    const browser = stranger()
    const outletId = (await outlet(slug)).id
    const invited = (await asHouse('device.invite', { outletId })) as { code: string }
    const enrolled = await browser.send('device.enrol', { code: invited.code, deviceId, label: 'Tablet' })
    if (enrolled.status !== 200) throw new Error(`Enrolling was answered ${JSON.stringify(enrolled.body)}`)
    return { ...browser, deviceId }
  }

  /** Gives the outlet these hours on every day that is not special: the demo's first is open around the clock. */
  async function setHours(from: string, until: string, slug?: string): Promise<void> {
    const { id: outletId, rev: _, load: __, ...settings } = await outlet(slug)
    const hours = Array.from({ length: 7 }, () => [{ from, until }])
    await asHouse('outlet.change', { outletId, settings: { ...settings, hours } })
  }

  /** Hires somebody with this role at this outlet and signs them in on a device of their own. */
  async function staff(role: Role = 'barista', slug?: string, name = `${role} Sari`) {
    const staffId = id('stf')
    await asHouse('staff.add', { staffId, name, role, pin: PIN, outletIds: [(await outlet(slug)).id] })
    const browser = await device(slug)
    const signedIn = await browser.send('staff.sign_in', { staffId, pin: PIN })
    if (signedIn.status !== 200) throw new Error(`Signing in was answered ${JSON.stringify(signedIn.body)}`)
    return { ...browser, staffId }
  }

  /** The arguments of an order at this table with the right total, as the phone computes it. */
  /** What a phone sends to order for pick-up, as soon as possible unless another time is wanted. */
  async function pickupArgs(
    outletId: string,
    wanted?: Wanted,
    wantedAtMs: number | null = null,
  ): Promise<CommandArgs<'pickup.place'>> {
    const found = (await readOutlets(database.read)).find(({ id }) => id === outletId)
    const { token: _, ...args } = await orderArgs('', wanted, found?.slug, 'pickup')
    return { ...args, outletId, name: 'Sari', wantedAtMs }
  }

  async function orderArgs(
    token: string,
    wanted: Wanted = [{ itemId: 'americano' }],
    slug?: string,
    orderType: OrderType = 'table',
  ): Promise<CommandArgs<'order.place'>> {
    const at = await outlet(slug)
    const sold = await menu(slug)
    const lines = wanted.map((line): OrderLineRequest => {
      const item = sold.items.find((each) => each.id === line.itemId)
      if (!item) throw new Error(`The menu has no ${line.itemId}.`)
      return { choices: [...defaultChoices(item, sold)], quantity: 1, note: '', ...line }
    })
    const moment = localMoment(nowMs, at.zone)
    const priced = priceOrder(lines, {
      menu: sold,
      charges: chargesFor(at, orderType),
      soldOut: new Set(),
      moment,
      orderType,
    })
    if (!priced.ok) throw new Error(`The order cannot be priced: ${JSON.stringify(priced.refusal)}`)
    return { orderId: id('ord'), token, lines, note: '', shownTotalRp: priced.value.quote.totalRp }
  }

  /** Everything that the stream holds for this browser, or null when it is refused. */
  async function readStream(browser: Browser, stream: string, afterSeq = 0): Promise<Change[] | null> {
    const feed = await openFeed(browser, [`${stream}@${afterSeq}`])
    await feed.until(({ events }) =>
      events.some(({ event }) => event === 'caught_up' || event === 'refused' || event === 'resync'),
    )
    await feed.close()
    return feed.events.some(({ event }) => event === 'refused') ? null : [...feed.changes]
  }

  async function count(
    tableName: 'orders' | 'commands' | 'changes' | 'records' | 'visits' | 'customers' | 'staff',
  ) {
    const row = await read.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM ${raw(tableName)}`)
    return row?.n ?? 0
  }

  return {
    app,
    door,
    writer: shop.writer,
    gatewayWork: shop.gatewayWork,
    database,
    databaseUrl: wakeUrl,
    read,
    clock,
    folder,
    logLines,
    groupErrors,
    stop,
    id,
    asHouse,
    stranger,
    outlet,
    setHours,
    menu,
    table,
    phone,
    printSetupCode,
    device,
    staff,
    orderArgs,
    pickupArgs,
    readStream,
    count,
  }
}
export type TestShop = Awaited<ReturnType<typeof createTestShop>>
